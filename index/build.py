"""Build or refresh the index of a folder of reports, one builder at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index import store
from index.changes import as_it_is, is_same
from index.code import code_digest
from index.embed import Embedding, as_model, fingerprint
from index.errors import IndexMismatchError, ReportsError
from index.formats import ocr
from index.formats.kinds import NAMED
from index.generation import Generation
from index.load import SourceFile, list_files, other_files
from index.lock import building
from index.make import Progress, make
from index.manifest import SCHEMA, IndexedFile, Manifest
from index.report import read_report, read_reports
from index.reuse import SAME_TEXT, Before, has_these_vectors, left_before
from index.split import MAX_TOKENS
from index.types import Prepared, SkippedFile

__all__ = ["BuildSummary", "Progress", "build", "check_model", "is_current", "read_report"]

_READINGS = 5
"""Times a file is read that changes while it is read."""


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
    """Whether the index exists, was made with ``embedding`` and by this code, and no report file changed since.

    Raises:
        ReportsError: There is no such folder of reports.
        IndexMismatchError: The index on disk is damaged or of another version.
    """
    files = _list_files(folder)
    manifest = store.read_manifest(index_dir)
    if manifest is None or not has_these_vectors(manifest, embedding) or manifest.code != code_digest():
        return False
    indexed = [file for file in manifest.files if not file.archive]
    if [file.path for file in files] != [file.path for file in indexed] or _is_readable_now(manifest.skipped):
        return False
    return all(is_same(folder, file) for file in indexed)


def _is_readable_now(skipped: Sequence[SkippedFile]) -> bool:
    """Whether a scan was left out for want of a program that is installed now."""
    return any(file.reason.startswith(ocr.UNREAD) for file in skipped) and not ocr.missing()


def _list_files(folder: Path) -> list[SourceFile]:
    """The report files, see ``load.list_files``; listed again if one is removed meanwhile."""
    for _ in range(_READINGS):
        try:
            return list_files(folder)
        except FileNotFoundError:
            continue
    return list_files(folder)


def build(
    folder: Path,
    index_dir: Path,
    embedding: Embedding,
    progress: Progress = lambda done, total: None,
    waiting: Callable[[str], object] = lambda message: None,
) -> BuildSummary:
    """Index every readable report under ``folder``; what did not change is not made again, see ``reuse``.

    Args:
        folder: The reports.
        index_dir: Where the index is kept; swapped in whole at the end, or left where nothing changed.
        embedding: The embedding model, see ``embed``.
        progress: Called as files are read and windows embedded.
        waiting: Called when another builder must be waited for, with who that is.

    Raises:
        ReportsError: There is no such folder, or no readable report in it.
        EmbeddingError: The embedding model cannot be loaded.
        IndexLockError: Another builder did not end in time, or the index folder cannot be locked.
        OSError: The index cannot be written; an older index stays.
    """
    _list_files(folder)  # a folder that is not there is told before anything is created
    with building(index_dir, waiting):
        return _build(folder, index_dir, embedding, progress)


def _build(folder: Path, index_dir: Path, embedding: Embedding, progress: Progress) -> BuildSummary:
    before = left_before(index_dir, embedding)
    old = before.index
    read = _read_folder(folder, before, progress)
    made = make(read.prepared, before, embedding, progress)
    manifest = Manifest(
        schema=SCHEMA,
        embedding=as_model(embedding).name,
        fingerprint=fingerprint(embedding),
        dimension=made.vectors.shape[1],
        max_tokens=MAX_TOKENS,
        files=tuple(read.files),
        skipped=tuple(read.skipped),
        figures=len(made.figures),
        code=code_digest(),
    )
    if not (before.served and old and old.manifest == manifest):
        generation = Generation(
            manifest, tuple(one.report for one in read.prepared), made.passages, made.figures, made.windows_of,
            made.vectors, made.tokens, made.lexical,
        )  # fmt: skip
        store.write(index_dir, generation)
    return _summary(read.files, old.manifest.files if old else (), read.skipped, len(made.passages))


@dataclass(frozen=True, slots=True)
class _Folder:
    """What a folder holds: its reports, every report file, and what was left out and why."""

    prepared: list[Prepared]
    files: list[IndexedFile]
    skipped: list[SkippedFile]


def _read_folder(folder: Path, before: Before, progress: Progress) -> _Folder:
    """Read every report of a folder; those whose file did not change are as they were read before.

    Raises:
        ReportsError: There is no such folder, or no readable report in it.
    """
    read = _Folder([], [], [])
    first: dict[str, str] = {}
    files = _list_files(folder)
    for done, file in enumerate(files):
        progress(done, len(files))
        now = as_it_is(folder, file.path)
        found = before.found_in(now)
        if not found or _is_readable_now([one for one in found if isinstance(one, SkippedFile)]):
            found, now = _read_still(folder, now)
        kept = [one if isinstance(one, SkippedFile) else _if_new(one, first) for one in found]
        digests = {one.report.path: one.report.sha256 for one in kept if isinstance(one, Prepared)}
        read.files.append(replace(now, sha256=digests.pop(file.path, "")))
        read.files.extend(replace(now, path=path, sha256=sha256, archive=file.path) for path, sha256 in digests.items())
        read.prepared.extend(one for one in kept if isinstance(one, Prepared))
        read.skipped.extend(one for one in kept if isinstance(one, SkippedFile))
    progress(len(files), len(files))
    read.skipped.extend(other_files(folder))
    if not read.prepared:
        listed = "; ".join(f"{file.path}: {file.reason}" for file in read.skipped[:5]) or "thư mục trống"
        raise ReportsError(f"Thư mục {str(folder)!r} không có báo cáo nào đọc được ({listed}): hãy thêm tệp {NAMED}.")
    return read


def _if_new(prepared: Prepared, first: dict[str, str]) -> Prepared | SkippedFile:
    """The report, unless one before it has the same text; ``first`` holds the path of each text's first report."""
    report = prepared.report
    path = first.setdefault(report.sha256, report.path)
    return prepared if path == report.path else SkippedFile(report.path, f"{SAME_TEXT} {path!r}")


def _read_still(folder: Path, now: IndexedFile) -> tuple[list[Prepared | SkippedFile], IndexedFile]:
    """The reports of a file, and the file, which was the same before and after it was read.

    A file that goes on changing is left out, without a digest, so that it is tried again.
    """
    for _ in range(_READINGS):
        found = list(read_reports(folder, now.path))
        earlier, now = now, as_it_is(folder, now.path)
        if replace(now, ctime_ns=0) == replace(earlier, ctime_ns=0):
            return found, now
    unfinished = SkippedFile(now.path, "tệp đang được ghi; hãy lập lại chỉ mục khi ghi xong")
    return [unfinished], replace(now, digest="")


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
