"""Two corrections of trained vectors, each measured to help: see ``README.md``."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.corpus import strip_diacritics


def weigh_by_rarity(vectors: Tensor, containing: Tensor, texts: int, power: float) -> Tensor:
    """Lengthen the vectors of rare pieces, as they say more of what a text is about.

    Training does so by itself, but in one epoch not far enough for the pieces it seldom sees.

    Args:
        vectors: Shape ``(pieces, d)`` float32.
        containing: Texts which contain each piece, shape ``(pieces,)``.
        texts: All texts.
        power: Power of the inverse document frequency; 0 changes nothing.
    """
    rarity = torch.log1p(texts / (1.0 + containing))
    weighed: Tensor = vectors * rarity.pow(power)[:, None]
    return weighed


def tie_unmarked(vectors: Tensor, tokenizer: Tokenizer, occurrences: Tensor, share: float) -> Tensor:
    """Draw each piece without diacritics towards the pieces it may stand for.

    "▁vien▁thong" is rare in training; "▁viễn▁thông" is not, and says what it means. Where several
    pieces lose their diacritics alike, each counts as often as it occurs.

    Args:
        vectors: Shape ``(pieces, d)`` float32.
        tokenizer: Tokenizer of those pieces.
        occurrences: How often each piece occurs in text with diacritics, shape ``(pieces,)``.
        share: Share of the new vector, from 0 to 1, which the marked pieces give.
    """
    pieces: dict[str, int] = tokenizer.get_vocab()
    forms: dict[int, list[int]] = {}
    # In the order of ids: the order of get_vocab changes from run to run, and with it the rounding.
    for piece, marked in sorted(pieces.items(), key=lambda entry: entry[1]):
        plain = strip_diacritics(piece)
        if plain != piece and plain in pieces:
            forms.setdefault(pieces[plain], []).append(marked)
    tied = vectors.clone()
    for unmarked, marked_forms in forms.items():
        weights = occurrences[marked_forms].float() + 0.1
        # A piece which is often written so ("cho", "anh") is a word of its own.
        if occurrences[unmarked] < 0.05 * weights.sum():
            mean = (weights[:, None] * vectors[marked_forms]).sum(0) / weights.sum()
            tied[unmarked] = (1.0 - share) * vectors[unmarked] + share * mean
    return tied
