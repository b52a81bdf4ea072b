"""Reports → their passages, figures, vectors and words, as far as an earlier index does not hold them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedding, Vectors, encode_in_batches, passage_embedder, token_table
from index.figures import find_figures
from index.late import PassageTokens
from index.lexical import LexicalIndex
from index.reuse import Before
from index.split import split_report, windows
from index.store import searched_text
from index.tokens import count_tokens
from index.types import Figure, Passage, Report

Progress = Callable[[int, int], object]
"""Called with (steps done, steps in all): a step is a passage whose figures are found, or a window embedded."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of reports, in their order; the attributes are those of ``store.Generation``."""

    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    windows_of: NDArray[np.int32]
    vectors: Vectors
    tokens: PassageTokens
    lexical: LexicalIndex


class _Steps:
    """Counts what is done, and tells it."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        progress(0, total)

    def advance(self, count: int) -> None:
        self._done += count
        self._progress(self._done, self._total)


def make(reports: Sequence[Report], before: Before, embedding: Embedding, progress: Progress) -> Made:
    """Split reports, find their figures, embed their windows and index their words.

    Args:
        reports: In the order of the index.
        before: What can be used again.
        embedding: The embedding model.
        progress: Called as figures are found and windows embedded.

    Raises:
        EmbeddingError: The embedding model cannot be loaded.
    """
    split = [_passages(report, before) for report in reports]
    passages = tuple(passage for found in split for passage in found)
    texts_of = {report.path: report.text for report in reports}
    windowed = _window_texts(passages, texts_of)
    known = _known(before)
    fresh = [row for row, text in enumerate(windowed) if text not in known]
    unread = sum(len(found) for report, found in zip(reports, split, strict=True) if before.of(report) is None)
    steps = _Steps(progress, unread + len(fresh))
    figures: list[Figure] = []
    for report, found in zip(reports, split, strict=True):
        if held := before.of(report):
            figures.extend(held.figures)
        else:
            figures.extend(find_figures({report.path: report}, found))
            steps.advance(len(found))
    vectors = _embed(windowed, fresh, known, before, embedding, steps.advance)
    windows_of = np.repeat(np.arange(len(passages), dtype=np.int32), [len(windows(p)) for p in passages])
    if before.index and not unread and passages == before.index.passages:
        tokens, lexical = before.index.tokens, before.index.lexical
    else:
        tokens = PassageTokens.of([texts_of[p.report][p.start : p.end] for p in passages], token_table(embedding))
        lexical = LexicalIndex.build([searched_text(texts_of[p.report], p) for p in passages])
    return Made(passages, tuple(figures), windows_of, vectors, tokens, lexical)


def _passages(report: Report, before: Before) -> Sequence[Passage]:
    held = before.of(report)
    return held.passages if held else split_report(report, count_tokens)


def _known(before: Before) -> dict[str, int]:
    """The row of each text that was embedded before."""
    if before.index is None:
        return {}
    texts_of = {path: report.text for path, report in before.index.reports.items()}
    return {text: row for row, text in enumerate(_window_texts(before.index.passages, texts_of))}


def _window_texts(passages: Sequence[Passage], texts_of: Mapping[str, str]) -> list[str]:
    return [texts_of[passage.report][window.start : window.end] for passage in passages for window in windows(passage)]


def _embed(
    texts: Sequence[str],
    fresh: Sequence[int],
    known: Mapping[str, int],
    before: Before,
    embedding: Embedding,
    advance: Callable[[int], object],
) -> Vectors:
    """Vectors of all windows in passage order, shape (n, d) float32.

    Args:
        texts: The windows.
        fresh: Those to embed.
        known: The row in ``before`` of each of the others.
        before: Holds the vectors of the others.
        embedding: The embedding model; not loaded when there is nothing to embed.
        advance: Called with the number of windows after each batch.
    """
    old = before.index.vectors() if before.index else None
    if old is not None and not fresh:
        return old[[known[text] for text in texts]]
    new = encode_in_batches(passage_embedder(embedding), [texts[row] for row in fresh], advance)
    vectors = np.zeros((len(texts), new.shape[1]), dtype=np.float32)
    vectors[fresh] = new
    if old is not None:
        kept = [row for row, text in enumerate(texts) if text in known]
        vectors[kept] = old[[known[texts[row]] for row in kept]]
    return vectors
