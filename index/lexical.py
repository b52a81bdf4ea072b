"""BM25 over syllables and syllable pairs, matching across missing diacritics.

Each passage is indexed under three kinds of term: accented syllables ("trạm"), plain ones ("~tram") and
pairs of neighbours ("trạm bts"). A question's syllable typed without diacritics looks among the plain ones.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.lexicon import canonical_words
from index.words import Word, accented_share, is_plain

PAIR_WEIGHT = 0.3
"""Weight of syllable pairs beside syllables; 0.3 was best in trials on general Vietnamese questions."""
FULLY_ACCENTED = 0.45
"""Share of accented syllables from which a plain syllable is taken to be meant plain."""


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

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index passages; their positions are those in ``texts``."""
        scorer = bm25s.BM25(k1=1.2, b=0.5)
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
        if term is None or not self._count:
            return 0.0
        pointers = self._scorer.scores["indptr"]
        return float(pointers[term + 1] - pointers[term]) / self._count

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 score of every passage, shape (passages,) float32, 0 without a common term."""
        found = canonical_words(question, typed=True)
        exact = accented_share(word.key for word in found) >= FULLY_ACCENTED
        singles = [word.key if exact or not is_plain(word.key) else "~" + word.folded for word in found]
        pairs = [
            f"{a.key} {b.key}" if exact or not (is_plain(a.key) or is_plain(b.key)) else f"~{a.folded} {b.folded}"
            for a, b in pairwise(found)
        ]
        return self._of(singles) + PAIR_WEIGHT * self._of(pairs)

    def _of(self, terms: Sequence[str]) -> NDArray[np.float32]:
        known = [term for term in terms if term in self._scorer.vocab_dict]
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        return np.asarray(self._scorer.get_scores(known), dtype=np.float32)
