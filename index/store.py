"""The index on disk: generations written whole and swapped in, and the opened index.

``DIR/current`` names the generation in ``DIR/generations/`` that is served. A generation holds
``manifest.json``, ``reports.jsonl``, ``passages.jsonl``, ``figures.jsonl``, ``windows.npy``, ``windows.faiss``,
``tokens.npz`` and ``lexical/``: open formats only, no pickle.
"""

import json
import re
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embed import Vectors
from index.errors import IndexMismatchError
from index.late import PassageTokens
from index.lexical import TERM_WEIGHTS, LexicalIndex, TermWeights
from index.types import Figure, FigureKind, Passage, Report, SkippedFile, Span

faiss.omp_set_num_threads(1)  # a question is one search of a millisecond: waiting for threads takes longer

SCHEMA = 4
_NEAR = 100
"""Passages whose windows are compared with a question: those whose whole is nearest to it."""
_LEAST = 1e-6
"""Score of a passage that is near but not alike, so that it is still told from one that was not looked into."""
Passages = NDArray[np.int64]
NONE_ALSO = np.zeros(0, dtype=np.int64)
_KEPT_GENERATIONS = 2
"""The served one and the one before, which readers may still hold."""
_UNFINISHED = "unfinished-"
_ABANDONED_NS = 24 * 3600 * 10**9
"""Age from which an unfinished generation is taken to be of a killed process, not of one that is writing."""


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """What the manifest keeps of a report file, to see whether it changed; ``sha256`` is "" if skipped."""

    path: str
    sha256: str
    size: int
    mtime_ns: int


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
    """

    schema: int
    embedding: str
    fingerprint: str
    dimension: int
    max_tokens: int
    files: tuple[IndexedFile, ...]
    skipped: tuple[SkippedFile, ...]
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Generation:
    """Everything a generation holds, before it is written or after it is read.

    Attributes:
        windows_of: Passage position of each embedded window, shape (windows,) int32.
        vectors: Shape (windows, d) float32, L2-normalised, in passage order.
        tokens: The tokens of each passage, for late interaction.
    """

    manifest: Manifest
    reports: tuple[Report, ...]
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    windows_of: NDArray[np.int32]
    vectors: Vectors
    tokens: PassageTokens


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
        self._lexical = lexical
        self.tokens = tokens

    def text(self, passage: Passage) -> str:
        """The passage's exact text."""
        return self.reports[passage.report].text[passage.start : passage.end]

    def lexical_scores(
        self, question: str, restored: bool = False, weights: TermWeights = TERM_WEIGHTS
    ) -> NDArray[np.float32]:
        """BM25 score of every passage; shape (passages,) float32."""
        return self._lexical.scores(question, restored, weights)

    def share(self, key: str) -> float:
        """Share of the passages, 0 to 1, that hold a word, given by its key (see ``words``)."""
        return self._lexical.share(key)

    def passages_with(self, phrase: str) -> Passages:
        """Positions of the passages that hold every word of a phrase, and each two of them side by side."""
        return self._lexical.holding(phrase)

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

    Raises:
        OSError: The disk is full or the folder cannot be written; the old generation stays.
    """
    name = uuid.uuid4().hex[:12]
    aside = folder / "generations" / f"{_UNFINISHED}{name}"
    aside.mkdir(parents=True)
    try:
        _write_files(aside, generation)
        final = folder / "generations" / name
        aside.rename(final)
    except BaseException:  # Ctrl+C too
        shutil.rmtree(aside, ignore_errors=True)
        raise
    pointer = folder / f"current-{name}"
    pointer.write_text(name, "utf-8")
    pointer.replace(folder / "current")
    _remove_old(folder / "generations", keep=name)


def _write_files(folder: Path, generation: Generation) -> None:
    _write_lines(folder / "reports.jsonl", (_report_to_json(report) for report in generation.reports))
    _write_lines(folder / "passages.jsonl", (asdict(passage) for passage in generation.passages))
    _write_lines(folder / "figures.jsonl", (figure_to_json(figure) for figure in generation.figures))
    np.save(folder / "windows.npy", generation.windows_of, allow_pickle=False)
    flat = faiss.IndexFlatIP(generation.manifest.dimension)
    flat.add(generation.vectors)
    # bytes, not a path: faiss opens paths in the ANSI code page on Windows and fails on Vietnamese folders
    (folder / "windows.faiss").write_bytes(faiss.serialize_index(flat).tobytes())
    texts = {report.path: report.text for report in generation.reports}
    lexical = LexicalIndex.build([_searched_text(texts[p.report], p) for p in generation.passages])
    lexical.save(folder / "lexical")
    generation.tokens.save(folder / "tokens.npz")
    manifest = json.dumps(asdict(generation.manifest), ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(manifest, "utf-8")


def _searched_text(text: str, passage: Passage) -> str:
    """A passage with the headings it stands under, which say what its bare lines are about."""
    spans = (*passage.headings, Span(passage.start, passage.end))
    return "\n".join(text[span.start : span.end] for span in spans)


def _write_lines(path: Path, rows: Iterator[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _remove_old(generations: Path, keep: str) -> None:
    changed = {path: path.stat().st_mtime_ns for path in generations.iterdir() if path.name != keep}
    unfinished = [path for path in changed if path.name.startswith(_UNFINISHED)]
    finished = sorted((path for path in changed if path not in unfinished), key=changed.__getitem__)
    abandoned = [path for path in unfinished if time.time_ns() - changed[path] > _ABANDONED_NS]
    for path in [*finished[: 1 - _KEPT_GENERATIONS], *abandoned]:
        shutil.rmtree(path, ignore_errors=True)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the served generation, or None when there is no index yet.

    Raises:
        IndexMismatchError: The index was made by another version of this program, or is damaged.
    """
    current = _current(folder)
    return _manifest(folder, current) if current else None


def _manifest(folder: Path, current: Path) -> Manifest:
    try:
        raw = json.loads((current / "manifest.json").read_text("utf-8"))
        if raw["schema"] != SCHEMA:
            raise IndexMismatchError(
                f"Chỉ mục ở {str(folder)!r} thuộc phiên bản {raw['schema']}, chương trình này dùng {SCHEMA}: "
                f"hãy chạy «assistant index» để dựng lại."
            )
        raw["files"] = tuple(IndexedFile(**file) for file in raw["files"])
        raw["skipped"] = tuple(SkippedFile(**file) for file in raw["skipped"])
        return Manifest(**raw)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder) from error


def read(folder: Path) -> Index | None:
    """Open the served generation, or None when there is no index yet.

    Raises:
        IndexMismatchError: The index was made by another version of this program, or is damaged.
    """
    current = _current(folder)
    if current is None:
        return None
    manifest = _manifest(folder, current)
    try:
        reports = [_report_from_json(row) for row in _read_lines(current / "reports.jsonl")]
        passages = [_passage_from_json(row) for row in _read_lines(current / "passages.jsonl")]
        figures = [_figure_from_json(row) for row in _read_lines(current / "figures.jsonl")]
        windows_of = np.load(current / "windows.npy", allow_pickle=False)
        dense = faiss.deserialize_index(np.frombuffer((current / "windows.faiss").read_bytes(), dtype=np.uint8))
        lexical = LexicalIndex.load(current / "lexical", len(passages))
        tokens = PassageTokens.load(current / "tokens.npz", len(passages))
        _check_whole(manifest, reports, passages, windows_of, dense)
        if len(figures) != manifest.figures:
            raise ValueError("figures.jsonl does not hold the figures of the manifest")
    except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, BadZipFile) as error:
        raise _damaged(folder) from error
    return Index(manifest, reports, passages, figures, windows_of, dense, lexical, tokens)


def _check_whole(
    manifest: Manifest,
    reports: Sequence[Report],
    passages: Sequence[Passage],
    windows_of: NDArray[np.int32],
    dense: faiss.Index,
) -> None:
    """Raise ValueError when a file of the generation was cut short."""
    indexed = {(file.path, file.sha256) for file in manifest.files if file.sha256}
    if {(report.path, report.sha256) for report in reports} != indexed:
        raise ValueError("reports.jsonl does not hold the reports of the manifest")
    if set(windows_of.tolist()) != set(range(len(passages))) or dense.ntotal != len(windows_of):
        raise ValueError("passages, windows and vectors do not agree")


def _damaged(folder: Path) -> IndexMismatchError:
    return IndexMismatchError(f"Chỉ mục ở {str(folder)!r} bị hỏng: hãy chạy «assistant index» để dựng lại.")


def _current(folder: Path) -> Path | None:
    try:
        name = (folder / "current").read_text("utf-8").strip()
    except OSError:
        return None
    except ValueError as error:
        raise _damaged(folder) from error
    if not re.fullmatch(r"[0-9a-f]{12}", name):
        raise _damaged(folder)
    return folder / "generations" / name


def _read_lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def _report_to_json(report: Report) -> dict[str, object]:
    row = asdict(report)
    row["published"] = report.published.isoformat() if report.published else None
    return row


def _report_from_json(row: dict[str, object]) -> Report:
    row["content"] = _spans(row["content"])
    row["published"] = date.fromisoformat(str(row["published"])) if row["published"] else None
    return Report(**row)  # type: ignore[arg-type]


def _passage_from_json(row: dict[str, object]) -> Passage:
    row["sentences"] = _spans(row["sentences"])
    row["headings"] = _spans(row["headings"])
    return Passage(**row)  # type: ignore[arg-type]


def figure_to_json(figure: Figure) -> dict[str, object]:
    """A figure as JSON values; a value is a string of digits, so that none is lost in a float."""
    row = asdict(figure)
    row["value"] = None if figure.value is None else f"{figure.value:f}"
    return row


def _figure_from_json(row: dict[str, object]) -> Figure:
    row["kind"] = FigureKind(str(row["kind"]))
    row["value"] = None if row["value"] is None else Decimal(str(row["value"]))
    row["named"] = _spans(row["named"])
    row["sentence"] = _spans([row["sentence"]])[0]
    return Figure(**row)  # type: ignore[arg-type]


def _spans(rows: object) -> tuple[Span, ...]:
    assert isinstance(rows, list)
    return tuple(Span(**row) for row in rows)
