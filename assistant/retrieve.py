"""Query → ranked passages: sentence windows by meaning, BM25, and the province and year of the reports.

The weights below are chosen by ``python -m benchmarks.retrieval.tune``.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.about import line_about
from assistant.rerank import CrossEncoderReranker, reordered
from assistant.types import Query
from index.embed import Embedder
from index.lexical import TERM_WEIGHTS, TermWeights
from index.opened import Index
from index.provinces_table import PROVINCES
from index.types import Hit

TOP = 24
_ABOUT = 1.0
"""Added to the passage of a dateline or source that is asked for."""
_ALSO = 50
"""Passages best by words that are compared by meaning though they may not be near as a whole."""
_INTERACTING = 12
"""Passages, best by the sum of words and meaning, whose order late interaction has a say in."""
MIN_SHARE = 8
"""Passages looked at for each province of a comparison, at least."""
_UNLIKE = 1e-3
"""Best score up to which nothing is alike, so that there is nothing to scale."""
_NONE = np.zeros(0, dtype=np.int64)

Scores = NDArray[np.float32]
Chosen = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much.

    Attributes:
        terms: What the terms of a question count among words.
        dense: Weight of meaning beside words; both are scaled to 1 for the question's best passage.
        late: Weight of late interaction, scaled likewise, in the order of the best passages.
        year: Added to passages of reports of a year asked about.
        planned: Added instead where the report only plans for the year asked about.
    """

    terms: TermWeights = TERM_WEIGHTS
    dense: float = 0.4
    late: float = 0.2
    year: float = 0.15
    planned: float = 0.05


WEIGHTS = Weights()


class Retriever:
    """Ranks the passages of an index for a query.

    Args:
        index: The passages.
        embedder: The model the index was built with.
        reranker: Orders the best passages anew, if given.
        weights: How the scores are summed.
    """

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        reranker: CrossEncoderReranker | None = None,
        weights: Weights = WEIGHTS,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._reranker = reranker
        self._weights = weights
        reports = [index.reports[passage.report] for passage in index.passages]
        self._provinces = [report.province for report in reports]
        self._years = np.array([report.year or 0 for report in reports])
        self._untold = np.array([not province for province in self._provinces])
        self._passages_of = {
            name: np.flatnonzero([name == of for of in self._provinces]) for name in {*self._provinces}
        }

    def retrieve(self, query: Query, top: int = TOP, untold: bool = False) -> list[Hit]:
        """The best passages, best first; only those in the scope of the provinces named, when any is named.

        Args:
            query: What is looked for.
            top: Passages wanted; a comparison gives as many as each of its provinces needs.
            untold: Reports that tell no province are in scope too: to be looked at, not answered from.
        """
        scores = self._fused(query, untold)
        found = np.flatnonzero(scores > 0)
        order: list[int] = found[np.argsort(-scores[found], kind="stable")].tolist()
        chosen = self._shared_out(self._ordered(order, scores, query), query, max(top, TOP))
        hits = [Hit(passage, float(scores[passage])) for passage in chosen]
        if self._reranker is not None:
            texts = [self._index.text(self._index.passages[hit.passage]) for hit in hits[:TOP]]
            hits = reordered(hits, self._reranker.scores(query.search_text, texts))
        return hits if query.compares else hits[:top]

    def _ordered(self, order: list[int], scores: Scores, query: Query) -> list[int]:
        """The passages with the best of them ordered anew by late interaction, which is added to their scores."""
        best = order[:_INTERACTING]
        if best:
            late = np.maximum(self._index.tokens.scores(query.search_text, best, self._embedder), 0)
            scores[best] += self._weights.late * _scaled(late)
        return [*sorted(best, key=lambda passage: -scores[passage]), *order[_INTERACTING:]]

    def _fused(self, query: Query, untold: bool) -> Scores:
        """Score of every passage, shape (passages,) float32; -1 for those not to be answered from."""
        weights = self._weights
        lexical = self._index.lexical_scores(query.search_text, query.restored, weights.terms)
        best = np.argpartition(-lexical, min(_ALSO, len(lexical) - 1))[:_ALSO]
        dense = self._index.dense_scores(self._embedder.encode([query.search_text])[0], best[lexical[best] > 0])
        scores: Scores = weights.dense * _scaled(dense) + (1 - weights.dense) * _scaled(lexical)
        asked = np.isin(self._years, query.years)
        planned = np.isin(self._years + 1, query.years)
        scores += np.where(asked, weights.year, np.where(planned, weights.planned, 0)).astype(np.float32)
        scores[self._about(query)] += _ABOUT
        if query.provinces:
            scores[~(self._in_scope(query) | (self._untold & untold))] = -1
        return scores

    def _about(self, query: Query) -> list[int]:
        """The passage of the line which a question about the article itself asks for, if it is such a question."""
        reports = [report for report in self._index.reports.values() if report.province in query.provinces]
        line = line_about(query, reports)
        if line is None:
            return []
        return [
            at
            for at, passage in enumerate(self._index.passages)
            if passage.report == reports[0].path and passage.start <= line.start < passage.end
        ]

    def _in_scope(self, query: Query) -> Chosen:
        """The passages that may answer: of reports of the provinces named, and of the years where there are any.

        A passage that names the year in another year's report, as reports do of an index or of the year before, or
        the province in a report which tells none, is in scope too.
        """
        chosen: Chosen = np.zeros(len(self._provinces), dtype=np.bool_)
        for name in query.provinces:
            own = self._passages_of.get(name, _NONE)
            if query.report_years:
                own = own[np.isin(self._years[own], query.report_years)]
            asked = np.isin(self._years[own], query.years)
            if asked.any():
                named = np.isin(own, [at for year in query.years for at in self._index.passages_with(str(year))])
                planned = np.isin(self._years[own] + 1, query.years) & query.target
                own = own[asked | planned | named]
            chosen[own] = True
            for spelling in (name, *PROVINCES[name].spellings) if self._untold.any() else ():
                naming = self._index.passages_with(spelling)
                chosen[naming[self._untold[naming]]] = True
        return chosen

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
    return scores / highest if highest > _UNLIKE else scores
