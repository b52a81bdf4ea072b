"""The index on disk: generations written whole and swapped in, and the opened index.

``DIR/current`` names the generation in ``DIR/generations/`` that is served. A generation holds
``manifest.json``, ``reports.jsonl``, ``passages.jsonl``, ``figures.jsonl``, ``windows.npy``, ``windows.faiss``,
``tokens.npz`` and ``lexical/``: open formats only, no pickle.

Its name is the digest of its manifest, which holds the digests of its other files: a byte that is not as it was
written is found on opening, wherever it is. A damaged generation is told, never served; nor is an older one in its
place, whose reports may have been changed or removed since.
"""

import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embed import Vectors
from index.errors import IndexMismatchError
from index.late import PassageTokens
from index.lexical import TERM_WEIGHTS, LexicalIndex, TermWeights
from index.records import (
    figure_from_json,
    figure_to_json,
    passage_from_json,
    read_lines,
    report_from_json,
    report_to_json,
    write_lines,
)
from index.seal import digests_of, first_damaged, sync, sync_all, sync_names
from index.types import Figure, Passage, Report, SkippedFile, Span

faiss.omp_set_num_threads(1)  # a question is one search of a millisecond: waiting for threads takes longer

SCHEMA = 6
_NEAR = 100
"""Passages whose windows are compared with a question: those whose whole is nearest to it."""
_LEAST = 1e-6
"""Score of a passage that is near but not alike, so that it is still told from one that was not looked into."""
Passages = NDArray[np.int64]
NONE_ALSO = np.zeros(0, dtype=np.int64)
_UNFINISHED = "unfinished-"
_MANIFEST = "manifest.json"
_Opened = TypeVar("_Opened")


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """What the manifest keeps of a report file, to see whether it changed.

    Attributes:
        path: POSIX path relative to the reports folder.
        sha256: Hex digest of the report's text, or "" if the file is skipped.
        size: Bytes.
        mtime_ns: Time of the last change, in nanoseconds, as whoever changes a file may set it.
        ctime_ns: Time the system saw the last change, in nanoseconds; 0 if a later one might have the same.
        inode: Number of the file on its disk.
        digest: Hex SHA-256 of the file's bytes, or "" if it could not be read.
        archive: Path of the archive it is a member of, whose size, times and digest these are then, or "".
    """

    path: str
    sha256: str
    size: int
    mtime_ns: int
    ctime_ns: int = 0
    inode: int = 0
    digest: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a generation was made.

    Attributes:
        schema: Version of the layout on disk.
        embedding: The model's name in the settings.
        fingerprint: The model's identity, see ``embed.fingerprint``.
        dimension: Components of a vector.
        max_tokens: Token budget of a passage.
        files: The indexed report files, by path.
        skipped: Files left out, with the reason.
        figures: Rows of the table of figures.
        code: The code it was made by, see ``code``.
    """

    schema: int
    embedding: str
    fingerprint: str
    dimension: int
    max_tokens: int
    files: tuple[IndexedFile, ...]
    skipped: tuple[SkippedFile, ...]
    figures: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class Generation:
    """Everything a generation holds, before it is written or after it is read.

    Attributes:
        windows_of: Passage position of each embedded window, shape (windows,) int32.
        vectors: Shape (windows, d) float32, L2-normalised, in passage order.
        tokens: The tokens of each passage, for late interaction.
        lexical: The words of the passages, see ``searched_text``.
    """

    manifest: Manifest
    reports: tuple[Report, ...]
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    windows_of: NDArray[np.int32]
    vectors: Vectors
    tokens: PassageTokens
    lexical: LexicalIndex


class Index:
    """An opened generation: reports, passages, figures and the scores of passages for a question."""

    def __init__(
        self,
        manifest: Manifest,
        reports: Sequence[Report],
        passages: Sequence[Passage],
        figures: Sequence[Figure],
        windows_of: NDArray[np.int32],
        dense: faiss.Index,
        lexical: LexicalIndex,
        tokens: PassageTokens,
    ) -> None:
        self.manifest = manifest
        self.reports = {report.path: report for report in reports}
        self.passages = tuple(passages)
        self.figures = tuple(figures)
        self._windows_of = windows_of
        self._dense = dense
        self._ends = np.searchsorted(windows_of, np.arange(len(self.passages)), side="right")
        self._starts = np.searchsorted(windows_of, np.arange(len(self.passages)), side="left")
        # half precision: it only chooses which passages are looked into, and reading it is what takes time
        self._whole = faiss.IndexScalarQuantizer(dense.d, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        self._whole.add(dense.reconstruct_batch(self._ends - 1))
        self.lexical = lexical
        self.tokens = tokens

    def text(self, passage: Passage) -> str:
        """The passage's exact text."""
        return self.reports[passage.report].text[passage.start : passage.end]

    def lexical_scores(
        self, question: str, restored: bool = False, weights: TermWeights = TERM_WEIGHTS
    ) -> NDArray[np.float32]:
        """BM25 score of every passage; shape (passages,) float32."""
        return self.lexical.scores(question, restored, weights)

    def share(self, key: str) -> float:
        """Share of the passages, 0 to 1, that hold a word, given by its key (see ``words``)."""
        return self.lexical.share(key)

    def passages_with(self, phrase: str) -> Passages:
        """Positions of the passages that hold every word of a phrase, and each two of them side by side."""
        return self.lexical.holding(phrase)

    def dense_scores(self, vector: Vectors, also: Passages = NONE_ALSO) -> NDArray[np.float32]:
        """Cosine of the question with every passage near it: the mean of that with the whole and with its best window.

        Args:
            vector: Shape (d,) float32, L2-normalised.
            also: Positions of passages to score though the whole is not near, shape (n,).

        Returns:
            Shape (passages,) float32, above 0 for those near and 0 for the others; all 0 for a zero vector.
        """
        scores = np.zeros(len(self.passages), dtype=np.float32)
        if not vector.any():
            return scores
        _, near = self._whole.search(vector[None, :], min(self._whole.ntotal, _NEAR))
        chosen = np.union1d(near[0], also)
        counts = self._ends[chosen] - self._starts[chosen]
        begins = np.cumsum(counts) - counts
        rows = np.arange(counts.sum()) - np.repeat(begins - self._starts[chosen], counts)
        cosines = self._dense.reconstruct_batch(rows) @ vector
        means = (np.maximum.reduceat(cosines, begins) + cosines[begins + counts - 1]) / 2
        scores[chosen] = np.maximum(means, _LEAST)
        return scores

    def vectors(self) -> Vectors:
        """All window vectors, shape (windows, d) float32, in passage order."""
        return np.asarray(self._dense.reconstruct_n(0, self._dense.ntotal), dtype=np.float32)

    def windows_of(self) -> NDArray[np.int32]:
        """Passage position of each window, shape (windows,)."""
        return self._windows_of


def write(folder: Path, generation: Generation) -> None:
    """Write a generation aside and swap it in; the old one is served until the last moment.

    Whatever ends this midway, a power cut too, leaves the old generation served: a file's bytes are on the disk before
    its name counts. Only who holds the folder's lock may write, see ``lock``.

    Raises:
        OSError: The disk is full or the folder cannot be written; the old generation stays.
    """
    generations = folder / "generations"
    generations.mkdir(parents=True, exist_ok=True)
    before = _served(folder)
    _remove(path for path in generations.iterdir() if path.name.startswith(_UNFINISHED))  # of builders that were killed
    aside, pointer = generations / f"{_UNFINISHED}{uuid.uuid4().hex[:12]}", folder / "current.new"
    final = aside
    try:
        aside.mkdir()
        _write_files(aside, generation)
        final = generations / _write_manifest(aside, generation.manifest)
        sync_all(aside)
        aside.rename(final)
        sync_names(generations)
        pointer.write_text(final.name, "utf-8")
        sync(pointer)
        if (folder / "current").is_dir():
            shutil.rmtree(folder / "current")
        pointer.replace(folder / "current")
    except BaseException:  # Ctrl+C too, perhaps after the swap
        if _served(folder) != final.name:
            _remove((aside, final))
        with suppress(OSError):
            pointer.unlink(missing_ok=True)
        raise
    sync_names(folder)
    # readers may still be opening the one before
    _remove(path for path in generations.iterdir() if path.name not in (before, final.name))


def _served(folder: Path) -> str:
    """The name of the served generation, or "" when there is none, or it cannot be told."""
    try:
        current = _current(folder)
    except IndexMismatchError:
        return ""
    return current.name if current else ""


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _write_files(folder: Path, generation: Generation) -> None:
    write_lines(folder / "reports.jsonl", (report_to_json(report) for report in generation.reports))
    write_lines(folder / "passages.jsonl", (asdict(passage) for passage in generation.passages))
    write_lines(folder / "figures.jsonl", (figure_to_json(figure) for figure in generation.figures))
    np.save(folder / "windows.npy", generation.windows_of, allow_pickle=False)
    flat = faiss.IndexFlatIP(generation.manifest.dimension)
    flat.add(generation.vectors)
    # bytes, not a path: faiss opens paths in the ANSI code page on Windows and fails on Vietnamese folders
    (folder / "windows.faiss").write_bytes(faiss.serialize_index(flat).tobytes())
    generation.lexical.save(folder / "lexical")
    generation.tokens.save(folder / "tokens.npz")


def _write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write the manifest with the digests of the files beside it, and give the name that it makes."""
    held = {**asdict(manifest), "parts": digests_of(folder), "made": uuid.uuid4().hex}  # no two are ever the same
    data = json.dumps(held, ensure_ascii=False, indent=1).encode()
    (folder / _MANIFEST).write_bytes(data)
    return _name(data)


def _name(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()[:12]


def searched_text(text: str, passage: Passage) -> str:
    """What is searched for words of a passage: it, and the headings that say what its bare lines are about.

    Args:
        text: The text of its report.
        passage: The passage.
    """
    spans = (*passage.headings, Span(passage.start, passage.end))
    return "\n".join(text[span.start : span.end] for span in spans)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the served generation, or None when there is no index yet.

    Raises:
        IndexMismatchError: The index was made by another version of this program, or is damaged.
    """
    return _of_served(folder, lambda current: _sealed(folder, current).manifest)


def read(folder: Path) -> Index | None:
    """Open the served generation, or None when there is no index yet.

    Raises:
        IndexMismatchError: The index was made by another version of this program, or is damaged; the message names
            the file.
    """
    return _of_served(folder, lambda current: _open(folder, current))


def _of_served(folder: Path, opened: Callable[[Path], _Opened]) -> _Opened | None:
    """What is opened of the served generation; should two builders end meanwhile, which removes it, of the next one."""
    current = _current(folder)
    while current is not None:
        try:
            return opened(current)
        except IndexMismatchError:
            now = _current(folder)
            if now == current:
                raise
            current = now
    return None


def read_older(folder: Path) -> Index | None:
    """Any whole generation where the served one is damaged: for its parts to be used again, not to be served."""
    for generation in (folder / "generations").glob("[0-9a-f]*"):
        with suppress(IndexMismatchError):
            return _open(folder, generation)
    return None


@dataclass(frozen=True, slots=True)
class _Sealed:
    manifest: Manifest
    parts: Mapping[str, str]


def _sealed(folder: Path, current: Path) -> _Sealed:
    try:
        data = (current / _MANIFEST).read_bytes()
        raw = json.loads(data)
        if raw["schema"] != SCHEMA:
            raise IndexMismatchError(
                f"Chỉ mục ở {str(folder)!r} thuộc phiên bản {raw['schema']}, chương trình này dùng {SCHEMA}: "
                f"hãy chạy «assistant index» để dựng lại."
            )
        if _name(data) != current.name:
            raise ValueError("the manifest is not the one that was written")
        parts = raw.pop("parts")
        del raw["made"]
        raw["files"] = tuple(IndexedFile(**file) for file in raw["files"])
        raw["skipped"] = tuple(SkippedFile(**file) for file in raw["skipped"])
        return _Sealed(Manifest(**raw), parts)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged(folder, _MANIFEST if current.is_dir() else "current") from error


def _open(folder: Path, current: Path) -> Index:
    sealed = _sealed(folder, current)
    if damaged := first_damaged(current, sealed.parts):
        raise _damaged(folder, damaged)
    try:
        return _read_parts(sealed.manifest, current)
    except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, BadZipFile) as error:
        raise _damaged(folder, current.name) from error


def _read_parts(manifest: Manifest, current: Path) -> Index:
    passages = [passage_from_json(row) for row in read_lines(current / "passages.jsonl")]
    return Index(
        manifest,
        [report_from_json(row) for row in read_lines(current / "reports.jsonl")],
        passages,
        [figure_from_json(row) for row in read_lines(current / "figures.jsonl")],
        np.load(current / "windows.npy", allow_pickle=False),
        faiss.deserialize_index(np.frombuffer((current / "windows.faiss").read_bytes(), dtype=np.uint8)),
        LexicalIndex.load(current / "lexical", len(passages)),
        PassageTokens.load(current / "tokens.npz", len(passages)),
    )


def _damaged(folder: Path, name: str) -> IndexMismatchError:
    return IndexMismatchError(
        f"Chỉ mục ở {str(folder)!r} bị hỏng (tệp {name!r}): hãy chạy «assistant index» để dựng lại."
    )


def _current(folder: Path) -> Path | None:
    try:
        name = (folder / "current").read_text("utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, IsADirectoryError) as error:
        raise _damaged(folder, "current") from error
    if not re.fullmatch(r"[0-9a-f]{12}", name):
        raise _damaged(folder, "current")
    return folder / "generations" / name
