"""Query → ranked passages: dense sentence windows and BM25, summed, within the provinces and years asked."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from assistant.types import Query
from index.embed import Embedder
from index.store import Index
from index.types import Hit, Report

DENSE_WEIGHT = 0.5
"""Weight of the dense score beside the lexical one, each scaled to [0, 1] within a question."""
YEAR_WEIGHT = 0.15
"""Added to passages of a report of a year asked about."""
TOP = 24
MIN_SHARE = 8
"""Passages looked at for each province of a comparison, at least."""

Scores = NDArray[np.float32]


class Retriever:
    """Ranks the passages of an index for a query."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self._index = index
        self._embedder = embedder
        self._provinces = np.array([index.reports[p.report].province for p in index.passages])

    def retrieve(self, query: Query, top: int = TOP) -> list[Hit]:
        """The best passages, best first; only those of the provinces named, when any is named."""
        index = self._index
        lexical = index.lexical_scores(query.search_text)
        dense = index.dense_scores(self._embedder.encode([query.search_text])[0])
        scores = DENSE_WEIGHT * _scaled(dense) + (1 - DENSE_WEIGHT) * _scaled(lexical)
        if query.years:
            scores += YEAR_WEIGHT * np.array(
                [_is_of_year(index.reports[p.report], query.years) for p in index.passages], dtype=np.float32
            )
        if query.provinces:
            scores[~np.isin(self._provinces, query.provinces)] = -1
        order = [int(passage) for passage in np.argsort(-scores, kind="stable") if scores[passage] > 0]
        return [Hit(passage, float(scores[passage])) for passage in self._shared_out(order, query, top)]

    def _shared_out(self, order: list[int], query: Query, top: int) -> list[int]:
        """The best ``top`` passages; for a question about several provinces a share for each of them."""
        if len(query.provinces) == 1 or not query.compares:
            return order[:top]
        share = max(MIN_SHARE, top // max(1, len(query.provinces)))
        taken: Counter[str] = Counter()
        chosen = []
        for passage in order:
            taken[self._provinces[passage]] += 1
            if taken[self._provinces[passage]] <= share:
                chosen.append(passage)
        return chosen


def _scaled(scores: Scores) -> Scores:
    highest = scores.max(initial=0.0)
    return scores / highest if highest > 0 else scores


def _is_of_year(report: Report, years: tuple[int, ...]) -> bool:
    """A report tells the results of its year and the targets of the next."""
    return report.year is not None and (report.year in years or report.year + 1 in years)
