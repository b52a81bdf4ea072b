"""BM25 over syllables and syllable pairs, matching across missing diacritics.

Each passage is indexed under its syllables ("trạm"), under pairs of neighbours ("trạm bts"), and under both without
diacritics ("~tram", "~tram bts"), which a question counts in part whose diacritics had to be restored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.frequency import rarity
from index.lexicon import canonical_words
from index.types import Passage, Span
from index.words import Word

K1, B = 0.9, 0.5
"""BM25's saturation of a term's count, and how much long passages are held back."""


@dataclass(frozen=True, slots=True)
class TermWeights:
    """What the terms of a question count.

    Attributes:
        pair: Weight of a pair of syllables beside that of a syllable.
        plain: Weight of a term that matches only without its diacritics, which restoring may have got wrong.
        rarity: Power of a word's rarity in general Vietnamese, beside its rarity in the passages that BM25 knows.
    """

    pair: float = 0.4
    plain: float = 0.5
    rarity: float = 0.5


TERM_WEIGHTS = TermWeights()


def searched_text(text: str, passage: Passage) -> str:
    """What is searched for words of a passage: it, and the headings that say what its bare lines are about.

    Args:
        text: The text of its report.
        passage: The passage.
    """
    spans = (*passage.headings, Span(passage.start, passage.end))
    return "\n".join(text[span.start : span.end] for span in spans)


def passage_terms(text: str) -> list[str]:
    """The index terms of a passage, in order."""
    found = canonical_words(text)
    return [word.key for word in found] + ["~" + word.folded for word in found] + _pairs(found)


def _pairs(found: Sequence[Word]) -> list[str]:
    accented = [f"{a.key} {b.key}" for a, b in pairwise(found)]
    plain = [f"~{a.folded} {b.folded}" for a, b in pairwise(found)]
    return accented + plain


class LexicalIndex:
    """BM25 scores of all passages for a question."""

    def __init__(self, scorer: bm25s.BM25, count: int) -> None:
        self._scorer = scorer
        self._count = count
        self._shares = np.diff(scorer.scores["indptr"]) / max(count, 1)

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index passages; their positions are those in ``texts``."""
        scorer = bm25s.BM25(k1=K1, b=B)
        scorer.index([passage_terms(text) for text in texts], show_progress=False)
        return cls(scorer, len(texts))

    def save(self, folder: Path) -> None:
        """Write numpy arrays (without pickle) and JSON into ``folder``."""
        self._scorer.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, count: int) -> "LexicalIndex":
        """Read what ``save`` wrote; ``count`` is the number of passages."""
        return cls(bm25s.BM25.load(str(folder), show_progress=False), count)

    def share(self, key: str) -> float:
        """Share of the passages, 0 to 1, that hold a word by its key."""
        term = self._scorer.vocab_dict.get(key)
        return 0.0 if term is None else float(self._shares[term])

    def holding(self, phrase: str) -> NDArray[np.int64]:
        """Positions, in order, of the passages that hold every word of a phrase, and each two of them side by side."""
        keys = [word.key for word in canonical_words(phrase)]
        terms = [f"{one} {other}" for one, other in pairwise(keys)] or keys
        found = np.arange(self._count if terms else 0)
        for term in terms:
            found = np.intersect1d(found, self._entries(term)[0])
        return found

    def scores(self, question: str, restored: bool = False, weights: TermWeights = TERM_WEIGHTS) -> NDArray[np.float32]:
        """BM25 score of every passage, shape (passages,) float32, 0 without a common term.

        Args:
            question: As it was meant, see ``restore``.
            restored: Diacritics were put back, so that words count also without them.
            weights: What the terms count.
        """
        found = canonical_words(question, typed=True)
        plain = weights.plain if restored else 0.0
        rarities = [rarity(word.key, word.folded) ** weights.rarity for word in found]
        scores = np.zeros(self._count, dtype=np.float32)
        for word, rare in zip(found, rarities, strict=True):
            self._add(scores, rare, plain, word.key, "~" + word.folded)
        for (one, other), rare in zip(pairwise(found), map(max, pairwise(rarities)), strict=True):
            self._add(scores, weights.pair * rare, plain, f"{one.key} {other.key}", f"~{one.folded} {other.folded}")
        return scores

    def _add(self, scores: NDArray[np.float32], weight: float, plain: float, term: str, folded: str) -> None:
        """Add a term's scores, or ``plain`` times those of the term without diacritics where they are higher."""
        passages, values = self._entries(term)
        if not plain:
            scores[passages] += weight * values
            return
        best = np.zeros(self._count, dtype=np.float32)
        best[passages] = values
        passages, values = self._entries(folded)
        best[passages] = np.maximum(best[passages], plain * values)
        scores += weight * best

    def _entries(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The passages that hold a term, and its score in each."""
        row = self._scorer.vocab_dict.get(term)
        stored = self._scorer.scores
        first, last = (stored["indptr"][row], stored["indptr"][row + 1]) if row is not None else (0, 0)
        return stored["indices"][first:last], stored["data"][first:last]
