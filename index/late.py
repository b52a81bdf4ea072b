"""Late interaction: each token of a question with its nearest token of a passage, for models that are a token table.

A mean of tokens blurs which words a passage has; this compares word by word, yet by meaning [1]. Of the passages,
only the token ids are stored, so it costs an index little, and it is meant for the best passages only.

[1] Khattab and Zaharia 2020, ColBERT, https://arxiv.org/abs/2004.12832
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder, TokenTableEmbedder

Ids = NDArray[np.uint32]


class PassageTokens:
    """The distinct token ids of each passage, laid end to end.

    Args:
        ids: Shape (tokens,).
        bounds: Half-open bounds of each passage in ``ids``, shape (passages + 1,).
    """

    def __init__(self, ids: Ids, bounds: NDArray[np.int64]) -> None:
        self._ids = ids
        self._bounds = bounds

    @classmethod
    def of(cls, texts: Sequence[str], embedder: TokenTableEmbedder | None) -> "PassageTokens":
        """The tokens of passages; none where the model is no token table."""
        ids: Sequence[Sequence[int]] = embedder.token_ids(texts) if embedder else [()] * len(texts)
        rows = [np.unique(np.array(row, dtype=np.uint32)) for row in ids]
        bounds = np.cumsum([0, *map(len, rows)])
        return cls(np.concatenate([np.zeros(0, dtype=np.uint32), *rows]), bounds)

    def save(self, path: Path) -> None:
        """Write both arrays, without pickle."""
        np.savez(path, ids=self._ids, bounds=self._bounds)

    @classmethod
    def load(cls, path: Path, count: int) -> "PassageTokens":
        """Read what ``save`` wrote.

        Raises:
            ValueError: The file does not hold the tokens of ``count`` passages.
        """
        with np.load(path, allow_pickle=False) as stored:
            ids, bounds = stored["ids"], stored["bounds"]
        if len(bounds) != count + 1 or bounds[-1] != len(ids):
            raise ValueError(f"{path.name} does not hold the tokens of {count} passages")
        return cls(ids, bounds)

    def scores(self, question: str, passages: Sequence[int], embedder: Embedder) -> NDArray[np.float32]:
        """How near the words of a question are to those of passages.

        Args:
            question: As it was meant.
            passages: Positions of the passages, at least one.
            embedder: The model of the index.

        Returns:
            Shape (passages,) float32, at most 1: for each token of the question the cosine with the nearest of the
            passage, in a mean weighted by the squared length of the token's vector, which is short for words that
            tell little. 0 where the model is no token table, or nothing is known of the question.
        """
        rows = [self._ids[self._bounds[passage] : self._bounds[passage + 1]] for passage in passages]
        if not isinstance(embedder, TokenTableEmbedder) or not all(map(len, rows)):
            return np.zeros(len(rows), dtype=np.float32)
        asked = embedder.token_vectors(np.array(embedder.token_ids([question])[0], dtype=np.uint32))
        distinct, places = np.unique(np.concatenate(rows), return_inverse=True)
        told = embedder.token_vectors(distinct)
        lengths = _lengths(asked)
        cosines = (asked / lengths[:, None]) @ told.T / _lengths(told)
        starts = np.cumsum([0, *map(len, rows[:-1])])
        nearest = np.maximum.reduceat(cosines[:, places], starts, axis=1)
        total = float((lengths**2).sum())
        scores: NDArray[np.float32] = (lengths**2 @ nearest) / total if total else np.zeros(len(rows), np.float32)
        return scores


def _lengths(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The length of each vector, above 0, shape (n,)."""
    lengths: NDArray[np.float32] = np.maximum(np.sqrt(np.einsum("nd,nd->n", vectors, vectors)), 1e-9)
    return lengths
