"""Prepared reports → what is searched: vectors and words, as far as an earlier index does not hold them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedding, Vectors, encode_in_batches, passage_embedder, token_table
from index.late import PassageTokens
from index.lexical import LexicalIndex, searched_text
from index.opened import Index
from index.reuse import Before
from index.split import windows
from index.types import Figure, Passage, Prepared

Progress = Callable[[int, int], object]
"""Called with (steps done, steps in all): first a step is a file read, then a window embedded."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of reports, in their order; the attributes are those of ``generation.Generation``."""

    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    windows_of: NDArray[np.int32]
    vectors: Vectors
    tokens: PassageTokens
    lexical: LexicalIndex


def make(prepared: Sequence[Prepared], before: Before, embedding: Embedding, progress: Progress) -> Made:
    """Embed the windows of reports and index their words.

    Args:
        prepared: In the order of the index.
        before: What can be used again.
        embedding: The embedding model.
        progress: Called as windows are embedded.

    Raises:
        EmbeddingError: The embedding model cannot be loaded.
    """
    passages = tuple(passage for one in prepared for passage in one.passages)
    texts_of = {one.report.path: one.report.text for one in prepared}
    windowed = _window_texts(passages, texts_of)
    known = _known(before)
    fresh = [row for row, text in enumerate(windowed) if text not in known]
    vectors = _embed(windowed, fresh, known, before, embedding, progress)
    windows_of = np.repeat(np.arange(len(passages), dtype=np.int32), [len(windows(p)) for p in passages])
    same = before.same_code and before.index is not None and before.index.passages == passages
    if before.index and same and _texts(before.index) == texts_of:
        tokens, lexical = before.index.tokens, before.index.lexical
    else:
        tokens = PassageTokens.of([texts_of[p.report][p.start : p.end] for p in passages], token_table(embedding))
        lexical = LexicalIndex.build([searched_text(texts_of[p.report], p) for p in passages])
    figures = tuple(figure for one in prepared for figure in one.figures)
    return Made(passages, figures, windows_of, vectors, tokens, lexical)


def _texts(index: Index) -> dict[str, str]:
    return {path: report.text for path, report in index.reports.items()}


def _known(before: Before) -> dict[str, int]:
    """The row of each text that was embedded before."""
    if before.index is None:
        return {}
    return {text: row for row, text in enumerate(_window_texts(before.index.passages, _texts(before.index)))}


def _window_texts(passages: Sequence[Passage], texts_of: Mapping[str, str]) -> list[str]:
    return [texts_of[passage.report][window.start : window.end] for passage in passages for window in windows(passage)]


def _embed(
    texts: Sequence[str],
    fresh: Sequence[int],
    known: Mapping[str, int],
    before: Before,
    embedding: Embedding,
    progress: Progress,
) -> Vectors:
    """Vectors of all windows in passage order, shape (n, d) float32.

    Args:
        texts: The windows.
        fresh: Those to embed.
        known: The row in ``before`` of each of the others.
        before: Holds the vectors of the others.
        embedding: The embedding model; not loaded when there is nothing to embed.
        progress: Called after each batch.
    """
    old = before.index.vectors() if before.index else None
    if old is not None and not fresh:
        return old[[known[text] for text in texts]]
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress(done, len(fresh))

    progress(0, len(fresh))
    new = encode_in_batches(passage_embedder(embedding), [texts[row] for row in fresh], advance)
    vectors = np.zeros((len(texts), new.shape[1]), dtype=np.float32)
    vectors[fresh] = new
    if old is not None:
        kept = [row for row, text in enumerate(texts) if text in known]
        vectors[kept] = old[[known[texts[row]] for row in kept]]
    return vectors
