"""What may answer a query: the candidates that its passages tell, of the kind asked for."""

from collections.abc import Sequence

from assistant.durations import asks_duration, counts_hours
from assistant.fulfil import supposed_figures
from assistant.people import name_candidates, names_all
from assistant.settle import document_asked
from assistant.singled import is_of_prize, prize_asked
from assistant.types import FIGURES, Asked, Query
from assistant.vocabulary import TIME_NOUNS
from index.candidate import Candidate
from index.cells import figures_in
from index.clauses import clause_candidates, date_candidates
from index.documents import ANY_SORT, document_candidates
from index.numbers import Kind
from index.opened import Index
from index.sentences import Sentence, Sentences, is_planned
from index.types import Hit
from index.words import fold

_FURTHER = 3
"""Sentences back that may name whose a figure is."""


class Pool:
    """Makes the candidates of passages of one index.

    Args:
        index: The index.
        sentences: Its sentences.
    """

    def __init__(self, index: Index, sentences: Sentences) -> None:
        self._index = index
        self._sentences = sentences

    def candidates(self, query: Query, hits: Sequence[Hit]) -> list[tuple[Candidate, float]]:
        """What may answer a query, with the score of its passage."""
        found = self._made(query, self._without_others_plans(self.sentences(query, hits), query))
        return [(one, hit) for one, hit in found if not is_undated(one, query)] if self._reported(query) else found

    def _made(self, query: Query, listed: Sequence[tuple[Sentence, float]]) -> list[tuple[Candidate, float]]:
        """What some sentences tell of the kind asked for, with the scores of their passages."""
        if query.asked in FIGURES or query.asked is Asked.YES_NO:
            make = _durations_of if asks_duration(query) else figures_in
            make = _periods_of if _counts_time(query) else make
            figures = [(one, hit) for sentence, hit in listed for one in make(sentence)]
            if query.asked is Asked.YES_NO and figures and supposed_figures(query):
                return figures
            if prize := prize_asked(query):
                figures = [(one, hit) for one, hit in figures if is_of_prize(one, prize)]
            if query.asked is not Asked.YES_NO:
                return figures
            return figures + [(one, hit) for sentence, hit in listed for one in clause_candidates(sentence)]
        if sort := document_asked(query):
            told = ((one, hit) for sentence, hit in listed for one in document_candidates(sentence))
            return [(one, hit) for one, hit in told if sort in (fold(one.noun), fold(ANY_SORT))]
        makers = {Asked.WHO: name_candidates, Asked.WHEN: date_candidates}
        return [(one, hit) for sentence, hit in listed for one in makers.get(query.asked, clause_candidates)(sentence)]

    def sentences(self, query: Query, hits: Sequence[Hit]) -> list[tuple[Sentence, float]]:
        """The sentences of the hits; those that name whom or what the question names, if it names any."""
        listed = list(self._sentences.of_hits(hits))
        if not query.names or prize_asked(query):
            return listed
        further = _FURTHER if query.asked in FIGURES else 0
        return [(sentence, hit) for sentence, hit in listed if _follows_names(sentence, query.names, further)]

    def _without_others_plans(self, listed: list[tuple[Sentence, float]], query: Query) -> list[tuple[Sentence, float]]:
        """The sentences; where results of the year asked are reported, none that another year's report plans for it."""
        if query.target or not self._reported(query):
            return listed
        return [(s, hit) for s, hit in listed if s.report.year in query.years or not is_planned(s)]

    def _reported(self, query: Query) -> bool:
        """Whether a report of the province asked about is of the year asked about."""
        return any(
            report.province in query.provinces and report.year in query.years for report in self._index.reports.values()
        )


def _durations_of(sentence: Sentence) -> Sequence[Candidate]:
    times = date_candidates(sentence, (Kind.PERIOD, Kind.TIME))
    return [*times, *(figure for figure in figures_in(sentence) if counts_hours(figure))]


def _periods_of(sentence: Sentence) -> Sequence[Candidate]:
    return date_candidates(sentence, (Kind.PERIOD,))


def is_undated(candidate: Candidate, query: Query) -> bool:
    """Whether a figure of another year's report is not told to be of a year asked about; ranks come out later."""
    if candidate.quantity is None or query.asked is Asked.RANK:
        return False
    return candidate.sentence.report.year not in query.years and not candidate.years & {*query.years}


def _follows_names(sentence: Sentence, names: Sequence[str], further: int) -> bool:
    """Whether a sentence, or one of some before it in its paragraph, holds all the names."""
    if names_all(sentence, names):
        return True
    return further > 0 and sentence.before is not None and _follows_names(sentence.before, names, further - 1)


def _counts_time(query: Query) -> bool:
    """Whether months, years or days are counted ("trong mấy tháng")."""
    return query.asked is Asked.COUNT and any(slot and slot[0].key in TIME_NOUNS for slot in query.wanted)
