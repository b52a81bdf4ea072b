"""Texts as bags of token ids, and how often each piece occurs in them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

# A tokenizer's answers hold far more than the ids: turned into ids this many at a time.
_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as token ids, laid end to end.

    Attributes:
        ids: All ids, shape ``(tokens,)`` int64.
        bounds: Half-open bounds of each text in ``ids``, shape ``(texts + 1,)`` int64.
    """

    ids: Tensor
    bounds: Tensor

    @classmethod
    def encode(cls, tokenizer: Tokenizer, texts: list[str]) -> Bags:
        """Tokenise the texts."""
        rows: list[Tensor] = []
        for start in range(0, len(texts), _AT_ONCE):
            encodings = tokenizer.encode_batch_fast(texts[start : start + _AT_ONCE])
            rows.extend(torch.tensor(encoding.ids, dtype=torch.int64) for encoding in encodings)
        lengths = torch.tensor([0, *(len(row) for row in rows)])
        return cls(torch.cat(rows), lengths.cumsum(0))

    def embed(self, table: nn.EmbeddingBag, first: int, last: int) -> Tensor:
        """Embed the texts ``first`` to ``last`` (half-open): ``(n, d)`` float32, L2-normalised."""
        bounds = self.bounds[first : last + 1]
        ids = self.ids[bounds[0] : bounds[-1]]
        return nn.functional.normalize(table(ids, bounds[:-1] - bounds[0]), dim=1)

    def occurrences(self, pieces: int) -> Tensor:
        """Count how often each piece occurs: shape ``(pieces,)`` int64."""
        return torch.bincount(self.ids, minlength=pieces)

    def containing(self, pieces: int) -> Tensor:
        """Count the texts which contain each piece: shape ``(pieces,)`` int64."""
        texts = torch.repeat_interleave(torch.arange(len(self.bounds) - 1), self.bounds.diff())
        once = torch.unique(texts * pieces + self.ids)
        return torch.bincount(once % pieces, minlength=pieces)
