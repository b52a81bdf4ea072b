"""The extractive reader: query and hits → a short answer in the report's own words, or a plain no."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant import phrase, refusals
from assistant.about import find_about
from assistant.candidates import (
    Candidate,
    clause_candidates,
    date_candidates,
    figure_candidates,
)
from assistant.compare import Side, join
from assistant.decide import Verdict, decide
from assistant.evidence import Sentence, Sentences
from assistant.match import Matcher
from assistant.people import name_candidates
from assistant.rank import Scored, score_figure, score_text
from assistant.small_talk import reply_to_small_talk
from assistant.table import row_candidates, row_statement
from assistant.types import Asked, Draft, Evidence, Query
from assistant.vocabulary import TIME_NOUNS
from index.numbers import Kind, in_vietnamese_form
from index.store import Index
from index.types import Hit, Report, Span
from index.words import fold, keys

MAX_NEAR = 3
NEAR_COVERAGE = 0.3
"""Least share of the question that a near miss holds."""
MIN_SCORE = 0.55
"""Least score of an answer; below it the nearest sentences are shown as near misses."""
OLDER = 0.04
"""What a year's age costs when the question names no year: the latest report of a province is meant."""
OTHERWISE = 0.25
"""By how much more of the question a figure of another form may hold than the answer."""
MIN_TERMS = 2
"""A question without a province and with fewer content words is not about anything the reports tell."""
OWN_SHARE = 0.5
"""An answer with this much of the question among its own words stands, whatever other figures tell."""
FIGURES = frozenset({Asked.COUNT, Asked.MONEY, Asked.PERCENT, Asked.CHANGE, Asked.RANK, Asked.SCORE})


_NAMES_A_THING = re.compile(r"\b(chu de|khau hieu|phuong cham|thong diep|ten goi|ten la gi|khau dot pha)\b")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one report set tells about a query.

    Attributes:
        chosen: The candidates that answer, one a slot of the question; empty when none is sure.
        near: The nearest candidates when none is sure.
    """

    chosen: tuple[Scored, ...]
    near: tuple[Scored, ...]


class Reader:
    """Reads answers out of ranked passages of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._sentences = Sentences(index)
        self._figures: dict[int, list[Candidate]] = {}
        self._spelled: dict[str, str] = {}

    def read(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """Answer a query from its hits, or say why not."""
        reports = tuple(self._index.reports.values())
        known = {report.province for report in reports if report.province}
        if talk := reply_to_small_talk(query, reports):
            return talk
        if query.provinces and not known & set(query.provinces):
            return Draft(refusals.no_such_report(query.provinces, known, reports), "abstained")
        if missing := self._unknown_names(query):
            return Draft(refusals.unknown_person(missing, query), "abstained")
        if query.names and not query.provinces:
            query = replace(query, provinces=self._provinces_naming(query.names), compares=False)
        named = [word for word in (*query.terms, *query.carried) if word.key[0].isalpha()]
        if not query.provinces and len(named) < MIN_TERMS:
            return Draft(refusals.not_told(query), "abstained")
        scope = [report for report in reports if report.province in query.provinces]
        if about := find_about(query, scope):
            return about
        if query.compares or (not query.provinces and len(known) > 1):
            provinces = query.provinces or tuple(sorted(known))
            return join([self._side(query, hits, province) for province in provinces], query)
        finding = self.find(query, hits)
        if not finding.chosen:
            return self._refuse(query, finding)
        return self._answer(query, finding.chosen)

    def find(self, query: Query, hits: Sequence[Hit]) -> Finding:
        """The candidates that answer a query about one province."""
        matcher = self.matcher(query)
        scored = self._score(query, matcher, hits)
        chosen: list[Scored] = []
        for candidates in scored:
            ranked = sorted(candidates, key=lambda scored: -scored.score + _age(scored, candidates, query))
            fitting = [scored for scored in ranked if scored.fits]
            if (
                not fitting
                or not fitting[0].sure
                or fitting[0].score < MIN_SCORE
                or _told_otherwise(ranked, fitting[0])
            ):
                return Finding((), tuple(_distinct(ranked)[: 2 * MAX_NEAR]))
            chosen.append(_most(fitting, query) if query.extreme else fitting[0])
        return Finding(tuple(_distinct(chosen)), ())

    def matcher(self, query: Query) -> Matcher:
        """A matcher of the query's terms, weighted by how common they are in these reports."""
        return Matcher(query.terms, query.carried, self._index.share)

    def _score(self, query: Query, matcher: Matcher, hits: Sequence[Hit]) -> list[list[Scored]]:
        """Scored candidates for every slot of the question."""
        listed = list(self._sentences.of_hits(hits))
        make_figures = self._periods_of if _counts_time(query) else self._figures_of
        if query.asked in FIGURES or query.asked is Asked.YES_NO:
            slots = range(max(1, len(query.wanted)))
            figures = [
                [score_figure(c, query, matcher, hit, slot) for sentence, hit in listed for c in make_figures(sentence)]
                for slot in slots
            ]
            if query.asked is not Asked.YES_NO:
                return figures
            clauses = [
                score_text(c, query, matcher, hit) for sentence, hit in listed for c in clause_candidates(sentence)
            ]
            return [figures[0] + clauses]
        make = {Asked.WHO: name_candidates, Asked.WHEN: date_candidates}.get(query.asked, clause_candidates)
        return [[score_text(c, query, matcher, hit) for sentence, hit in listed for c in make(sentence)]]

    def _figures_of(self, sentence: Sentence) -> list[Candidate]:
        """The figures of a sentence; sentences live as long as the reader, so their identity is a key."""
        if id(sentence) not in self._figures:
            made = row_candidates(sentence, sentence.row) if sentence.row else figure_candidates(sentence)
            self._figures[id(sentence)] = made
        return self._figures[id(sentence)]

    def _periods_of(self, sentence: Sentence) -> list[Candidate]:
        return date_candidates(sentence, (Kind.PERIOD,))

    def _unknown_names(self, query: Query) -> list[str]:
        """People named in the question whom the reports asked about do not name."""
        scope = [r for r in self._index.reports.values() if not query.provinces or r.province in query.provinces]
        return [name for name in query.names if not any(self._names(report, name) for report in scope)]

    def _names(self, report: Report, name: str) -> bool:
        """Whether a report holds a name, whatever its spelling."""
        if report.path not in self._spelled:
            self._spelled[report.path] = f" {' '.join(keys(report.text))} "
        return f" {' '.join(keys(name))} " in self._spelled[report.path]

    def _provinces_naming(self, names: Sequence[str]) -> tuple[str, ...]:
        """Provinces whose reports name all these people."""
        found = [
            report.province
            for report in self._index.reports.values()
            if all(self._names(report, name) for name in names)
        ]
        return tuple(dict.fromkeys(found))

    def _refuse(self, query: Query, finding: Finding) -> Draft:
        scope = [r for r in self._index.reports.values() if r.province in query.provinces]
        near = tuple(dict.fromkeys(evidence_of(s.candidate) for s in finding.near if s.coverage > NEAR_COVERAGE))[
            :MAX_NEAR
        ]
        covered = {year for report in scope for year in (report.year, (report.year or 0) + 1)}
        if query.years and scope and not covered & set(query.years):
            return Draft(refusals.other_years(query, scope), "abstained", near=near)
        return Draft(refusals.not_told(query), "abstained", near=near)

    def _answer(self, query: Query, chosen: Sequence[Scored]) -> Draft:
        matcher = self.matcher(query)
        candidates = [scored.candidate for scored in chosen]
        lead = phrase.heading(candidates[0])
        verdict = decide(query, candidates[0]) if query.asked is Asked.YES_NO else Verdict("", False)
        evidence: list[Evidence] = []
        parts = []
        for candidate in candidates:
            found = _proof(candidate)
            evidence += [part for part in found if part not in evidence]
            markers = " ".join(f"[{evidence.index(part) + 1}]" for part in found)
            parts.append(f"{phrase.sentence_case(self._say(candidate, query, matcher))} {markers}")
        text = f"**{lead}:** {verdict.word}{'; '.join(parts)}"
        told = candidates[0].direction
        if query.direction and told and told != query.direction:
            return Draft(f"{refusals.other_direction(query.direction)}\n{text}", "partial", tuple(evidence))
        return Draft(text, "partial" if verdict.corrects else "answered", tuple(evidence))

    def _say(self, candidate: Candidate, query: Query, matcher: Matcher) -> str:
        if candidate.kind is None or candidate.kind in (Kind.DATE, Kind.TIME, Kind.YEAR, Kind.PERIOD):
            return phrase.clause(candidate, matcher, _NAMES_A_THING.search(fold(query.question)) is not None)
        if candidate.sentence.row:
            return phrase.escape(in_vietnamese_form(row_statement(candidate, candidate.sentence.row)))
        return phrase.statement(candidate, matcher)

    def _side(self, query: Query, hits: Sequence[Hit], province: str) -> Side:
        """What the reports of one province tell about a question put to several."""
        single = replace(query, provinces=(province,), compares=False, extreme=0)
        own = [hit for hit in hits if self._report(hit).province == province]
        finding = self.find(single, own)
        if not finding.chosen:
            return Side(province, None, None)
        return Side(province, self._answer(single, finding.chosen), finding.chosen[0].candidate.quantity)

    def _report(self, hit: Hit) -> Report:
        return self._index.reports[self._index.passages[hit.passage].report]


def _age(scored: Scored, among: Sequence[Scored], query: Query) -> float:
    """What an older figure loses against the latest one when the question names no year."""
    if query.years:
        return 0.0
    latest = max(_year_of(other.candidate) for other in among)
    return OLDER * (latest - (_year_of(scored.candidate) or latest))


def _year_of(candidate: Candidate) -> int:
    """The year a figure is of: its own, not after the report's; 0 when nothing tells."""
    year = candidate.sentence.report.year or 0
    return min(max(candidate.years, default=year), year) if candidate.sentence.row else year


def _counts_time(query: Query) -> bool:
    """Whether months, years or days are counted ("trong mấy tháng")."""
    return query.asked is Asked.COUNT and any(slot and slot[0].key in TIME_NOUNS for slot in query.wanted)


def _told_otherwise(ranked: Sequence[Scored], best: Scored) -> bool:
    """Whether the report tells what is asked about, but not in the form asked: a growth instead of an amount."""
    if best.strong >= OWN_SHARE or best.counted == 1:
        return False
    return any(other.coverage > best.coverage + OTHERWISE for other in ranked if not other.fits)


def _most(fitting: Sequence[Scored], query: Query) -> Scored:
    """The largest or smallest of the figures that are about the same as the best one."""
    best = fitting[0]
    quantity = best.candidate.quantity
    if quantity is None:
        return best
    sign = -query.extreme if quantity.kind is Kind.RANK else query.extreme
    alike = [
        scored
        for scored in fitting
        if scored.candidate.quantity
        and scored.candidate.quantity.kind is quantity.kind
        and scored.sure
        and scored.candidate.quantity.unit == quantity.unit
        and scored.candidate.noun == best.candidate.noun
        and scored.candidate.direction == best.candidate.direction
        and scored.candidate.is_part == best.candidate.is_part
        and scored.candidate.quantity.value is not None
    ]
    return max(alike, key=lambda scored: sign * (scored.candidate.quantity.value or 0), default=best)  # type: ignore[union-attr]


def evidence_of(candidate: Candidate) -> Evidence:
    """What to quote for a candidate: its sentence."""
    return Evidence(candidate.sentence.report.path, candidate.sentence.span)


def _proof(candidate: Candidate) -> list[Evidence]:
    """All that a statement rests on: its sentence, and for the cell of a table the header of its columns."""
    row = candidate.sentence.row
    if row is None:
        return [evidence_of(candidate)]
    header = Span(row.header[0].start, row.header[-1].end)
    return [evidence_of(candidate), Evidence(candidate.sentence.report.path, header)]


def _distinct(scored: Iterable[Scored]) -> list[Scored]:
    """The scored candidates without those of a span seen before."""
    seen: set[tuple[str, Span]] = set()
    kept = []
    for one in scored:
        place = (one.candidate.sentence.report.path, one.candidate.core)
        if place not in seen:
            seen.add(place)
            kept.append(one)
    return kept
