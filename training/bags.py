"""Texts as bags of token ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

# A tokenizer's answers hold far more than the ids: turned into ids this many at a time.
_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as numbers, laid end to end: of pieces, or of the sentences which make up a passage.

    Attributes:
        ids: All ids, shape ``(ids,)`` int32.
        bounds: Half-open bounds of each text in ``ids``, shape ``(texts + 1,)`` int64.
    """

    ids: Tensor
    bounds: Tensor

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]] | Sequence[NDArray[np.int32]]) -> Bags:
        """Lay rows of numbers end to end."""
        lengths = torch.tensor([0, *map(len, rows)])
        joined = np.concatenate([np.asarray(row, dtype=np.int32) for row in rows])
        return cls(torch.from_numpy(joined), lengths.cumsum(0))

    @classmethod
    def encode(cls, tokenizer: Tokenizer, texts: Sequence[str]) -> Bags:
        """Tokenise the texts."""
        rows: list[NDArray[np.int32]] = []
        for start in range(0, len(texts), _AT_ONCE):
            encodings = tokenizer.encode_batch_fast(texts[start : start + _AT_ONCE])
            rows.extend(np.array(encoding.ids, dtype=np.int32) for encoding in encodings)
        return cls.of(rows)

    def part(self, first: int, last: int) -> Bags:
        """The texts ``first`` to ``last`` (half-open)."""
        bounds = self.bounds[first : last + 1]
        return Bags(self.ids[bounds[0] : bounds[-1]], bounds - bounds[0])

    def replaced(self, by: Bags) -> Bags:
        """Each id replaced by all ids of that text of ``by``: passages of sentences become passages of pieces."""
        starts, lengths = by.bounds[self.ids], by.bounds.diff()[self.ids]
        ends = torch.cat([torch.zeros(1, dtype=torch.int64), lengths.cumsum(0)])
        places = torch.arange(int(ends[-1])) + torch.repeat_interleave(starts - ends[:-1], lengths)
        return Bags(by.ids[places], ends[self.bounds])

    def embed(self, vectors: Tensor) -> Tensor:
        """Embed the texts as means of the vectors of their pieces: ``(texts, d)`` float32, L2-normalised."""
        means = nn.functional.embedding_bag(self.ids.long(), vectors, self.bounds[:-1], mode="mean")
        return nn.functional.normalize(means, dim=1)
