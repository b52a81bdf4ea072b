"""The extractive reader: query and hits → a short answer in the report's own words, or a plain no."""

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
from assistant.choose import counted, deciding, is_as_put, most, told_otherwise
from assistant.compare import Side, join
from assistant.decide import Verdict, decide, unsaid_change
from assistant.evidence import Sentence, Sentences
from assistant.figures import figure_of
from assistant.match import Matcher
from assistant.people import name_candidates, names_all
from assistant.rank import Scored, score_figure, score_text
from assistant.settle import asks_place, names_a_thing, settle
from assistant.singled import prize_asked, singled_out
from assistant.small_talk import reply_to_small_talk
from assistant.table import row_candidates, row_statement
from assistant.types import Asked, Draft, Evidence, Part, Query
from assistant.vocabulary import TIME_NOUNS
from index.numbers import Kind, in_vietnamese_form
from index.store import Index
from index.types import Hit, Report, Span
from index.words import keys

MAX_NEAR = 3
NEAR_COVERAGE = 0.3
"""Least share of the question that a near miss holds."""
MIN_SCORE = 0.55
"""Least score of an answer; below it the nearest sentences are shown as near misses."""
OLDER = 0.04
"""What a year's age costs when the question names no year: the latest report of a province is meant."""
MIN_TERMS = 2
"""A question without a province and with fewer content words is not about anything the reports tell."""
FIGURES = frozenset({Asked.COUNT, Asked.MONEY, Asked.PERCENT, Asked.CHANGE, Asked.RANK, Asked.SCORE})
_TOLD_ALONE = frozenset({Asked.YES_NO, Asked.CHANGE})
"""Questions over two years of one province that one report may answer by itself: "tăng so với năm 2021"."""


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
        query = settle(query)
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
            parts = query.parts or [Part(name, query.years) for name in query.provinces or sorted(known)]
            sides = [self._side(query, hits, part) for part in parts]
            if len(query.provinces) != 1 or query.asked not in _TOLD_ALONE or all(side.draft for side in sides):
                return join(sides, query)
            query = replace(query, years=(max(query.years),))
        finding = self.find(query, hits)
        if not finding.chosen:
            return self._refuse(query, finding)
        return self._answer(query, finding.chosen)

    def find(self, query: Query, hits: Sequence[Hit]) -> Finding:
        """The candidates that answer a query about one province."""
        matcher = self.matcher(query)
        if (maker := singled_out(query)) is not None:
            listed = self._listed(query, hits)
            told = [score_text(c, query, matcher, hit) for sentence, hit in listed for c in maker(sentence)]
            best = max((s for s in told if s.sure and s.fits), key=lambda s: s.score, default=None)
            if best is not None or prize_asked(query):
                return Finding((best,) if best else (), tuple(_distinct(told)[: 2 * MAX_NEAR]))
        scored = self._score(query, matcher, hits)
        chosen: list[Scored] = []
        for candidates in scored:
            ranked = sorted(candidates, key=lambda scored: -scored.score + _age(scored, candidates, query))
            fitting = [scored for scored in ranked if scored.fits and is_as_put(scored.candidate, query)]
            if not fitting or not fitting[0].sure or fitting[0].score < MIN_SCORE or told_otherwise(ranked, fitting[0]):
                return Finding((), tuple(_distinct(ranked)[: 2 * MAX_NEAR]))
            chosen.append(most(fitting, query) if query.extreme else deciding(fitting, query))
        return Finding(tuple(_distinct(chosen)), ())

    def matcher(self, query: Query) -> Matcher:
        """A matcher of the query's terms, weighted by how common they are in these reports."""
        return Matcher(query.terms, query.carried, self._index.share)

    def _score(self, query: Query, matcher: Matcher, hits: Sequence[Hit]) -> list[list[Scored]]:
        """Scored candidates for every slot of the question."""
        listed = self._listed(query, hits)
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

    def _listed(self, query: Query, hits: Sequence[Hit]) -> list[tuple[Sentence, float]]:
        """The sentences of the hits; those that name whom or what the question names, if it names any."""
        listed = list(self._sentences.of_hits(hits))
        if not query.names or prize_asked(query):
            return listed
        return [(sentence, hit) for sentence, hit in listed if names_all(sentence, query.names)]

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
            parts.append(f"{phrase.sentence_case(self._say(candidate, query, matcher))}{verdict.also} {markers}")
        text = f"**{lead}:** {verdict.word}{'; '.join(parts)}"
        told = candidates[0].direction
        if query.direction and told and told != query.direction:
            return Draft(
                f"{refusals.other_direction(query.direction, counted(candidates[0]))}\n{text}",
                "partial",
                tuple(evidence),
            )
        if change := unsaid_change(query, text):
            return Draft(f"{refusals.other_direction(change)}\n{text}", "partial", tuple(evidence))
        return Draft(text, "partial" if verdict.corrects else "answered", tuple(evidence))

    def _say(self, candidate: Candidate, query: Query, matcher: Matcher) -> str:
        if candidate.kind is None or candidate.kind in (Kind.DATE, Kind.TIME, Kind.YEAR, Kind.PERIOD):
            if query.asked is Asked.WHEN:
                return phrase.dated(candidate, matcher, asks_place(query))
            if query.asked is Asked.WHO and candidate.noun:
                return phrase.person(candidate, matcher)
            whole_list = query.asked is not Asked.YES_NO and not query.names
            return phrase.clause(candidate, matcher, names_a_thing(query), whole_list)
        if candidate.sentence.row:
            return phrase.escape(in_vietnamese_form(row_statement(candidate, candidate.sentence.row)))
        return phrase.statement(candidate, matcher)

    def _side(self, query: Query, hits: Sequence[Hit], part: Part) -> Side:
        """What the reports of one province, of its years, tell about a question put to several."""
        asked = query.amount or query.asked
        single = replace(query, provinces=(part.province,), years=part.years, asked=asked, compares=False, extreme=0)
        own = [hit for hit in hits if self._report(hit).province == part.province]
        chosen = self.find(single, own).chosen
        if not chosen:
            return Side(part, None, None)
        candidate = chosen[0].candidate
        figure = figure_of(candidate) if len(chosen) == 1 else None
        year = part.years[0] if len(part.years) == 1 else _year_of(candidate)
        return Side(part, self._answer(single, chosen), figure, year or None)

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
