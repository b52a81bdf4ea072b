"""Build or refresh the index of a folder of reports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import store
from index.embed import (
    Embedding,
    Vectors,
    as_model,
    encode_in_batches,
    fingerprint,
    passage_embedder,
    token_table,
)
from index.errors import IndexMismatchError, ReportsError
from index.figures import find_figures
from index.late import PassageTokens
from index.load import SourceFile, UnreadableFileError, list_files, other_files
from index.report import read_report
from index.split import MAX_TOKENS, split_report, windows
from index.store import Generation, Index, IndexedFile, Manifest
from index.tokens import count_tokens
from index.types import Passage, Report, SkippedFile

Progress = Callable[[int, int], object]
"""Called with (windows embedded so far, windows in all)."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, by report path."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    passages: int


def check_model(index_dir: Path, embedding: Embedding) -> None:
    """See that the index on disk, if there is one, was made with the embedding model of the settings.

    Raises:
        IndexMismatchError: It was made with another model; the message names both and how to rebuild.
    """
    manifest = store.read_manifest(index_dir)
    if manifest is not None and manifest.fingerprint != fingerprint(embedding):
        name = as_model(embedding).name
        same_name = " (cùng tên, nhưng tệp của mô hình hoặc tiền tố trước mỗi đoạn đã khác)"
        raise IndexMismatchError(
            f"Chỉ mục ở {str(index_dir)!r} được lập bằng mô hình nhúng khác ({manifest.embedding!r}, "
            f"{manifest.dimension} chiều) với {name!r} đang dùng{same_name if name == manifest.embedding else ''}: "
            f"cần dựng lại, bằng «assistant index»."
        )


def is_current(folder: Path, index_dir: Path, embedding: Embedding) -> bool:
    """Whether the index exists, was made with ``embedding``, and no report file changed since.

    Raises:
        ReportsError: There is no such folder of reports.
        IndexMismatchError: The index on disk is damaged or of another version.
    """
    files = list_files(folder)
    manifest = store.read_manifest(index_dir)
    if manifest is None or not _is_usable(manifest, embedding):
        return False
    known = {file.path: file for file in manifest.files}
    if {file.path for file in files} != set(known):
        return False
    return all(_same(folder, file, known[file.path]) for file in files)


def _is_usable(manifest: Manifest, embedding: Embedding) -> bool:
    """Whether the vectors of an index are those that would be made today."""
    return manifest.fingerprint == fingerprint(embedding) and manifest.max_tokens == MAX_TOKENS


def _same(folder: Path, file: SourceFile, indexed: IndexedFile) -> bool:
    # a skipped file is always tried again: allowing it to be read changes neither its size nor its time
    if indexed.sha256 and (file.size, file.mtime_ns) == (indexed.size, indexed.mtime_ns):
        return True
    try:
        return read_report(folder, file.path).sha256 == indexed.sha256
    except UnreadableFileError:
        return indexed.sha256 == ""


def build(
    folder: Path, index_dir: Path, embedding: Embedding, progress: Progress = lambda done, total: None
) -> BuildSummary:
    """Index every readable report under ``folder``; reports that did not change are not embedded again.

    Args:
        folder: The reports.
        index_dir: Where the index is kept; swapped in whole at the end.
        embedding: The embedding model, see ``embed``.
        progress: Called as windows are embedded.

    Raises:
        ReportsError: There is no such folder, or no readable report in it.
        EmbeddingError: The embedding model cannot be loaded.
        OSError: The index cannot be written; an older index stays.
    """
    read = _read_folder(folder)
    old = _previous(index_dir, embedding)
    passages = [passage for report in read.reports for passage in split_report(report, count_tokens)]
    vectors = _embed(read.reports, passages, embedding, old, progress)
    windows_of = np.repeat(np.arange(len(passages), dtype=np.int32), [len(windows(p)) for p in passages])
    figures = find_figures({report.path: report for report in read.reports}, passages)
    manifest = Manifest(
        schema=store.SCHEMA,
        embedding=as_model(embedding).name,
        fingerprint=fingerprint(embedding),
        dimension=vectors.shape[1],
        max_tokens=MAX_TOKENS,
        files=tuple(read.files),
        skipped=tuple(read.skipped),
        figures=len(figures),
    )
    texts = {report.path: report.text for report in read.reports}
    tokens = PassageTokens.of([texts[p.report][p.start : p.end] for p in passages], token_table(embedding))
    store.write(
        index_dir,
        Generation(manifest, tuple(read.reports), tuple(passages), tuple(figures), windows_of, vectors, tokens),
    )
    return _summary(read.files, old.manifest.files if old else (), read.skipped, len(passages))


@dataclass(frozen=True, slots=True)
class _Folder:
    """What a folder holds: its reports, every report file, and what was left out and why."""

    reports: list[Report]
    files: list[IndexedFile]
    skipped: list[SkippedFile]


def _read_folder(folder: Path) -> _Folder:
    """Read every report of a folder.

    Raises:
        ReportsError: There is no such folder, or no readable report in it.
    """
    read = _Folder([], [], [])
    for file in list_files(folder):
        try:
            report = read_report(folder, file.path)
        except UnreadableFileError as error:
            read.skipped.append(SkippedFile(file.path, str(error)))
            read.files.append(IndexedFile(file.path, "", file.size, file.mtime_ns))
            continue
        read.reports.append(report)
        read.files.append(IndexedFile(file.path, report.sha256, file.size, file.mtime_ns))
    read.skipped.extend(other_files(folder))
    if not read.reports:
        listed = "; ".join(f"{file.path}: {file.reason}" for file in read.skipped[:5]) or "thư mục trống"
        raise ReportsError(
            f"Thư mục {str(folder)!r} không có báo cáo nào đọc được ({listed}): hãy thêm tệp .txt hoặc .md."
        )
    return read


def _previous(index_dir: Path, embedding: Embedding) -> Index | None:
    """The served index if its vectors can be used again; a damaged or foreign one is simply built anew."""
    try:
        old = store.read(index_dir)
    except IndexMismatchError:
        return None
    return old if old and _is_usable(old.manifest, embedding) else None


def _embed(
    report_texts: Sequence[Report],
    passages: Sequence[Passage],
    embedding: Embedding,
    old: Index | None,
    progress: Progress,
) -> Vectors:
    """Vectors of all windows in passage order, shape (n, d) float32; windows that ``old`` holds are copied."""
    texts_of = {report.path: report.text for report in report_texts}
    texts = _window_texts(passages, texts_of)
    known: dict[str, int] = {}
    if old:
        old_texts = {path: report.text for path, report in old.reports.items()}
        known = {text: row for row, text in enumerate(_window_texts(old.passages, old_texts))}
    fresh = [row for row, text in enumerate(texts) if text not in known]
    progress(0, len(fresh))
    if old and not fresh:
        return old.vectors()[[known[text] for text in texts]]
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress(done, len(fresh))

    new = encode_in_batches(passage_embedder(embedding), [texts[row] for row in fresh], advance)
    vectors = np.zeros((len(texts), new.shape[1]), dtype=np.float32)
    vectors[fresh] = new
    if old:
        kept = [row for row, text in enumerate(texts) if text in known]
        vectors[kept] = old.vectors()[[known[texts[row]] for row in kept]]
    return vectors


def _window_texts(passages: Sequence[Passage], texts_of: Mapping[str, str]) -> list[str]:
    return [texts_of[passage.report][window.start : window.end] for passage in passages for window in windows(passage)]


def _summary(
    files: Sequence[IndexedFile], before: Sequence[IndexedFile], skipped: Sequence[SkippedFile], passages: int
) -> BuildSummary:
    old = {file.path: file.sha256 for file in before if file.sha256}
    new = {file.path: file.sha256 for file in files if file.sha256}
    return BuildSummary(
        added=tuple(path for path in new if path not in old),
        changed=tuple(path for path in new if path in old and new[path] != old[path]),
        removed=tuple(path for path in old if path not in new),
        unchanged=tuple(path for path in new if new[path] == old.get(path)),
        skipped=tuple(skipped),
        passages=passages,
    )
