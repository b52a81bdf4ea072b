"""What a generation holds beside its manifest, and the files that it is written to and opened from.

``reports.jsonl``, ``passages.jsonl``, ``figures.jsonl``, ``windows.npy``, ``windows.faiss``, ``tokens.npz`` and
``lexical/``: open formats only, no pickle.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex, save_windows
from index.embed import Vectors
from index.late import PassageTokens
from index.lexical import LexicalIndex
from index.manifest import Manifest
from index.opened import Index
from index.records import (
    figure_from_json,
    figure_to_json,
    passage_from_json,
    read_lines,
    report_from_json,
    report_to_json,
    write_lines,
)
from index.types import Figure, Passage, Report


@dataclass(frozen=True, slots=True)
class Generation:
    """Everything a generation holds, before it is written.

    Attributes:
        windows_of: Passage position of each embedded window, shape (windows,) int32.
        vectors: Shape (windows, d) float32, L2-normalised, in passage order.
        tokens: The tokens of each passage, for late interaction.
        lexical: The words of the passages, see ``lexical.searched_text``.
    """

    manifest: Manifest
    reports: tuple[Report, ...]
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    windows_of: NDArray[np.int32]
    vectors: Vectors
    tokens: PassageTokens
    lexical: LexicalIndex


def write_files(folder: Path, generation: Generation) -> None:
    """Write all that a generation holds but its manifest, which comes last.

    Raises:
        OSError: The disk is full or the folder cannot be written.
    """
    write_lines(folder / "reports.jsonl", (report_to_json(report) for report in generation.reports))
    write_lines(folder / "passages.jsonl", (asdict(passage) for passage in generation.passages))
    write_lines(folder / "figures.jsonl", (figure_to_json(figure) for figure in generation.figures))
    save_windows(folder, generation.windows_of, generation.vectors)
    generation.lexical.save(folder / "lexical")
    generation.tokens.save(folder / "tokens.npz")


def open_files(folder: Path, manifest: Manifest) -> Index:
    """Read what ``write_files`` wrote; what is raised for files that are not such is up to their formats."""
    passages = [passage_from_json(row) for row in read_lines(folder / "passages.jsonl")]
    return Index(
        manifest,
        [report_from_json(row) for row in read_lines(folder / "reports.jsonl")],
        passages,
        [figure_from_json(row) for row in read_lines(folder / "figures.jsonl")],
        DenseIndex.load(folder, len(passages)),
        LexicalIndex.load(folder / "lexical", len(passages)),
        PassageTokens.load(folder / "tokens.npz", len(passages)),
    )
