"""The extractive reader: query and hits → a short answer in the report's own words, or a plain no."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import phrase, refusals
from assistant.about import find_about
from assistant.alike import is_alike
from assistant.choose import counted
from assistant.compare import Side, foremost, join
from assistant.decide import Verdict, decide, unsaid_change
from assistant.ends import both_ends, without_both_ends
from assistant.figures import figure_of
from assistant.find import Finder, Finding
from assistant.match import Matcher
from assistant.origin import province_told
from assistant.people import name_candidates
from assistant.reasons import as_change
from assistant.settle import asks_place, asks_several, asks_which, names_a_thing, settle
from assistant.sides import sets_against
from assistant.small_talk import reply_to_small_talk
from assistant.speakers import OFFICE_WORDS, holder, is_said_by, speaks, topic_asked
from assistant.traits import year_of
from assistant.types import Asked, Draft, Evidence, Part, Query, Reckoning
from assistant.vocabulary import LEADS
from index.candidate import Candidate
from index.cells import row_statement
from index.numbers import DATING
from index.opened import Index
from index.sentences import Sentences
from index.types import Hit, Report, Span
from index.words import fold, keys, words

READ = 10
"""Passages read, the best first; those of a comparison are read a province at a time."""
MAX_NEAR = 3
MAX_SIDES = 12
"""Sides of a comparison; of more the first are answered."""
END_LIKELY = 0.2
"""Probability from which a figure is taken for one end of a change, where it is told beside the other end."""
ON_TOPIC = 0.6
"""Least share of a topic's words in what is told of it."""
MIN_TERMS = 2
"""A question without a province and with fewer content words is not about anything the reports tell."""
_TOLD_ALONE = frozenset({Asked.YES_NO, Asked.CHANGE})
"""Questions over two years of one province that one report may answer by itself: "tăng so với năm 2021"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A query about the reports of one province, or one that needs no comparison, with the passages to read.

    Attributes:
        query: What is asked of them.
        hits: Their passages.
        part: Which side of a comparison it is, or None.
        named: Whether the question names it; of provinces not named only a sure answer counts.
    """

    query: Query
    hits: tuple[Hit, ...]
    part: Part | None = None
    named: bool = True


class Reader:
    """Reads answers out of ranked passages of one index; several threads may ask it.

    Attributes:
        finder: Finds what answers in its passages.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._sentences = Sentences(index.reports, index.passages)
        self.finder = Finder(index, self._sentences)
        self._spelled: dict[str, str] = {}
        self._people: dict[str, list[Candidate]] = {}

    def read(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """Answer a query from its hits, or say why not."""
        query = self.settled(query)
        if reply := self.without_reading(query):
            return reply
        if told := self._told_change(query, hits):
            return told
        if corrected := self._wrong_premise(query, hits):
            return corrected
        if query.both_ends:
            if told := self._both_ends(query, hits):
                return told
            query = without_both_ends(query)
        readings = self.readings(query, hits)
        if readings[0].part is not None:
            sides = self._sides(readings)
            if len(query.provinces) != 1 or query.asked not in _TOLD_ALONE or all(side.draft for side in sides):
                return join(sides, query)
            query = replace(query, years=(max(query.years),))
        if told := self._said_on_topic(query, hits):
            return told
        if (speaking := self._as_speaker(query)) and (said := self.finder.find(speaking, hits[:READ]).chosen):
            return self._answer(query, said)
        finding = self.finder.find(query, hits[:READ])
        return self._answer(query, finding.chosen, finding.names) if finding.chosen else self._refuse(query, finding)

    def _said_on_topic(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """What is said of the topic that a question for somebody's words names, where the report goes on about it."""
        about = topic_asked(query) if query.asked is Asked.TEXT and speaks(query) else None
        if about is None or len(query.provinces) != 1:
            return None
        chosen = self.finder.find(about, hits[:READ]).chosen
        matcher = self.finder.matcher(about)
        held = matcher.held(chosen[0].sentence, chosen[0].span) if chosen else 0.0
        return self._answer(query, chosen) if held >= ON_TOPIC and is_said_by(chosen[0], query) else None

    def _as_speaker(self, query: Query) -> Query | None:
        """What is asked of words of who holds an office, as asked of that person by name, or None."""
        if query.asked is not Asked.TEXT or query.names or len(query.provinces) != 1 or not speaks(query):
            return None
        name = holder(self._people_in(query), query)
        if not name:
            return None
        office = {word.folded for word in words(OFFICE_WORDS)}
        return replace(query, names=(name,), terms=tuple(w for w in query.terms if w.folded not in office))

    def _people_in(self, query: Query) -> Iterator[Candidate]:
        """The people that the reports asked about name."""
        return (one for path in self._index.reports if self._is_of(path, query) for one in self._people_of(path))

    def _people_of(self, path: str) -> list[Candidate]:
        """The people a report names, each as often as it does; made when it is first asked about."""
        if path not in self._people:
            own = (number for number, passage in enumerate(self._index.passages) if passage.report == path)
            sentences = (sentence for number in own for sentence in self._sentences.of_passage(number))
            self._people.setdefault(path, [one for sentence in sentences for one in name_candidates(sentence)])
        return self._people[path]

    def _is_of(self, path: str, query: Query) -> bool:
        report = self._index.reports[path]
        return report.province in query.provinces and (not query.years or report.year in query.years)

    def _told_change(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """What a report itself tells of how far a figure moved from the year before, so none is computed."""
        years = {year for part in query.parts for year in part.years}
        if query.reckoning is not Reckoning.DIFFERENCE or len(query.provinces) != 1 or len(years) != 2:
            return None
        if sets_against(query.question):
            return None
        if max(years) - min(years) > 1:
            return None
        single = replace(
            query, asked=Asked.CHANGE, years=(max(years),), parts=(), compares=False, amount=None, wanted=(), extreme=0
        )
        finding = self.finder.find(single, hits[:READ])
        return self._answer(single, finding.chosen) if finding.chosen else None

    def _wrong_premise(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """That what a question asks the reason of moved the other way, or None when no report tells so."""
        changed = as_change(query)
        if changed is None or len(query.provinces) > 1:
            return None
        chosen = self.finder.find(changed, hits[:READ]).chosen
        moved = chosen[0].direction if chosen else ""
        return self._answer(changed, chosen) if moved and moved != changed.direction else None

    def _both_ends(self, query: Query, hits: Sequence[Hit]) -> Draft | None:
        """A change told by both its ends in one sentence or row of a table."""
        if len(query.provinces) > 1:
            return None
        years = tuple(sorted({*query.years, *(year for part in query.parts for year in part.years)}))[-1:]
        single = replace(query, years=years, parts=(), compares=False, extreme=0, year_before=False)
        finding = self.finder.find(single, hits[:READ])
        told = both_ends(finding.chosen[0]) if len(finding.chosen) == 1 else ()
        if not told:
            likely = (one.candidate for one in self.finder.ranked(single, hits[:READ]) if one.probability > END_LIKELY)
            told = next((ends for one in likely if (ends := both_ends(one))), ())
        return self._answer(single, told) if told else None

    def settled(self, query: Query) -> Query:
        """The query as it is read: about the provinces whose reports name the people it names."""
        query = self._with_plain_names(settle(query))
        if query.names and not query.provinces and not self._unknown_names(query):
            return replace(query, provinces=self._provinces_naming(query.names), compares=False)
        return query

    def _with_plain_names(self, query: Query) -> Query:
        """The query with the people that a question without capitals names: "ong hoang viet phuong lam chuc vu gi"."""
        if query.names or len(query.provinces) != 1 or query.question != query.question.lower():
            return query
        asked = f" {' '.join(word.folded for word in words(query.question))} "
        people = {one.noun for one in self._people_in(query)}
        named = tuple(sorted(name for name in people if f" {fold(name)} " in asked))
        return replace(query, names=named) if named else query

    def without_reading(self, query: Query) -> Draft | None:
        """What needs no reading: small talk, questions about a report itself, or why nothing can be told."""
        reports = tuple(self._index.reports.values())
        known = {report.province for report in reports if report.province}
        if talk := reply_to_small_talk(query, reports):
            return talk
        if query.provinces and not known & set(query.provinces):
            return Draft(refusals.no_such_report(query.provinces, known, reports), "abstained")
        if missing := self._unknown_names(query):
            return Draft(refusals.unknown_person(missing, query), "abstained")
        named = [word for word in (*query.terms, *query.carried) if word.key[0].isalpha()]
        if not query.provinces and len(named) < MIN_TERMS:
            return Draft(refusals.not_told(query), "abstained")
        return find_about(query, [report for report in reports if report.province in query.provinces])

    def readings(self, query: Query, hits: Sequence[Hit]) -> list[Reading]:
        """The query for each side of what it compares, or the query itself."""
        known = {report.province for report in self._index.reports.values() if report.province}
        if not (query.compares or (not query.provinces and len(known) > 1)):
            return [Reading(query, tuple(hits[:READ]))]
        parts = [*query.parts] or [Part(name, query.years) for name in query.provinces or sorted(known)]
        parts = parts[:MAX_SIDES] if query.provinces else parts
        return [self._of_part(query, hits, part) for part in parts]

    def _of_part(self, query: Query, hits: Sequence[Hit], part: Part) -> Reading:
        asked = query.amount or query.asked
        terms = tuple(word for word in query.terms if not (query.extreme and word.key in LEADS))
        of_report = part.years if {*part.years} <= {*query.report_years} else ()
        single = replace(
            query,
            provinces=(part.province,),
            years=() if of_report else part.years,
            asked=asked,
            compares=False,
            extreme=0,
            terms=terms,
        )
        own = (hit for hit in hits if self._report(hit).province == part.province)
        read = tuple(hit for hit in own if not of_report or self._report(hit).year in of_report)[:READ]
        return Reading(single, read, part, bool(query.provinces))

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
        near = tuple(dict.fromkeys(map(evidence_of, finding.near)))[:MAX_NEAR]
        covered = {year for report in scope for year in (report.year, (report.year or 0) + 1)}
        if query.years and scope and not covered & set(query.years):
            return Draft(refusals.other_years(query, scope), "abstained", near=near)
        return Draft(refusals.not_told(query), "abstained", near=near)

    def _answer(self, query: Query, candidates: Sequence[Candidate], names: Sequence[str] = ()) -> Draft:
        verdict = decide(query, candidates[0]) if query.asked is Asked.YES_NO else Verdict("", False)
        evidence = list(dict.fromkeys(part for candidate in candidates for part in _proof(candidate)))
        matcher = self.finder.matcher(query)
        lines: dict[str, list[str]] = {}
        for number, candidate in enumerate(candidates):
            markers = " ".join(f"[{evidence.index(part) + 1}]" for part in _proof(candidate))
            told = self._say(candidate, query, matcher)
            if names and fold(names[number]) not in fold(told):
                told = f"{phrase.escape(names[number])}: {told}"
            said = f"{phrase.sentence_case(told)}{verdict.also} {markers}"
            lines.setdefault(phrase.heading(candidate), []).append(said)
        first = foremost(names, [figure_of(candidate) for candidate in candidates], query)
        rows = (f"**{heading}:** {verdict.word}{'; '.join(said)}" for heading, said in lines.items())
        text = "\n".join([*filter(None, [first]), *rows])
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
        if candidate.kind is None or candidate.kind in DATING:
            if query.asked is Asked.WHEN:
                return phrase.dated(candidate, matcher, asks_place(query))
            if query.asked is Asked.WHO and candidate.noun:
                return phrase.person(candidate, matcher)
            several = asks_several(query)
            whole_list = query.asked is not Asked.YES_NO and (several or not (query.names or query.extreme))
            return phrase.clause(candidate, matcher, names_a_thing(query), whole_list, not asks_which(query), several)
        if candidate.sentence.row:
            return phrase.escape(row_statement(candidate, candidate.sentence.row))
        return phrase.statement(candidate, matcher)

    def _sides(self, readings: Sequence[Reading]) -> list[Side]:
        """What each side tells; the figures of those that the question names are told alike where they can be."""
        found = [self.finder.find(one.query, one.hits, of_side=one.named) for one in readings]
        surest = max(found, key=lambda one: (len(one.chosen) == 1) * one.probability)
        if readings[0].named and len(surest.chosen) == 1 and surest.chosen[0].quantity:
            beside = surest.chosen[0]
            for number, (reading, told) in enumerate(zip(readings, found, strict=True)):
                if told is not surest and not any(is_alike(one, beside) for one in told.chosen):
                    found[number] = self.finder.find(reading.query, reading.hits, of_side=True, beside=beside)
        answers = [one.chosen for one in found]
        several = len({one.query.provinces for one in readings}) > 1
        if several and readings[0].query.target and any(map(_are_planned, answers)):
            answers = [chosen if _are_planned(chosen) else () for chosen in answers]  # no result in place of a plan
        return [self._side(reading, chosen) for reading, chosen in zip(readings, answers, strict=True)]

    def _side(self, reading: Reading, chosen: Sequence[Candidate]) -> Side:
        """What the reports of one province, of its years, tell about a question put to several."""
        part = reading.part
        assert part is not None
        if not chosen:
            return Side(part, None, None)
        figure = figure_of(chosen[0]) if len(chosen) == 1 else None
        year = part.years[0] if len(part.years) == 1 else year_of(chosen[0])
        origin = province_told(chosen[0].sentence.report)
        return Side(part, self._answer(reading.query, chosen), figure, year or None, origin)

    def _report(self, hit: Hit) -> Report:
        return self._index.reports[self._index.passages[hit.passage].report]


def _are_planned(chosen: Sequence[Candidate]) -> bool:
    """Whether what is told, if anything, is planned."""
    return bool(chosen) and all(one.planned for one in chosen)


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
