"""What cited passages tell: their figures with all that belongs to each, to hold claims against."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from assistant.types import Citation
from index.candidate import Candidate
from index.cells import figures_in
from index.lexicon import canonical_words
from index.numbers import DATING, Kind, Quantity, find_quantities, parse_number
from index.sentences import Sentence, Sentences
from index.split import split_report
from index.tokens import count_tokens
from index.types import Report, Span
from index.words import Word, words

_MOST_KEPT = 2_000
"""Stretches kept; programs and browsers may send answers that cite any."""
_Kept = TypeVar("_Kept")


@dataclass(frozen=True)
class Told:
    """A figure that a quote tells.

    Attributes:
        quantity: The figure.
        report: Its report.
        candidate: What belongs to it, or None for a figure that no sentence of the content tells.
        own: What stands between the figures beside it, with what they count, or None.
    """

    quantity: Quantity
    report: Report
    candidate: Candidate | None = None
    own: Span | None = None

    @cached_property
    def words(self) -> frozenset[str]:
        """Keys of the canonical words of its own stretch and of what it shares with its neighbours."""
        return frozenset(word.key for word in self._words())

    @cached_property
    def phrases(self) -> str:
        """The same words in order, those of different stretches apart."""
        return " ".join(word.key for word in self._words())

    @property
    def years(self) -> frozenset[int]:
        """The years told for it; empty when only the report's own year dates it."""
        return self.candidate.years if self.candidate else frozenset()

    @cached_property
    def near_words(self) -> frozenset[str]:
        """Keys of the canonical words that are its own: its stretch, what leads to it, what stands beside it."""
        one = self.candidate
        if one is None:
            return frozenset()
        spans = (Span(one.span.start, one.zone.end), one.lead, *((self.own,) if self.own else ()))
        words = (word for word in one.sentence.words if any(s.start <= word.start < s.end for s in spans))
        return frozenset(word.key for word in (*words, *canonical_words(one.noun)))

    def _words(self) -> Iterator[Word]:
        one = self.candidate
        if one is None:
            return
        spans = (Span(min(one.span.start, one.lead.start), one.zone.end), one.lead, one.zone, *one.heads)
        for word in one.sentence.words:
            if any(span.start <= word.start < span.end for span in spans):
                yield word
        yield from canonical_words(one.noun)
        text = self.report.text
        for span in one.heads:  # heads may stand in the sentence before
            if not one.sentence.span.start <= span.start < one.sentence.span.end:
                yield from canonical_words(text[span.start : span.end])


class Backing:
    """The figures of cited stretches of some reports; what is read once is kept, as far as anybody may cite.

    Args:
        reports: By path.
    """

    def __init__(self, reports: Mapping[str, Report]) -> None:
        self.reports = reports
        self._sentences: dict[str, tuple[Sentence, ...]] = {}
        self._figures: dict[tuple[str, Span], tuple[Told, ...]] = {}
        self._known: dict[tuple[str, Span], frozenset[str]] = {}

    def figures(self, citation: Citation) -> tuple[Told, ...]:
        """The figures within a citation's span; none when its report is gone."""
        report = self.reports.get(citation.report)
        if report is None:
            return ()
        place = (report.sha256, Span(citation.start, citation.end))
        if place not in self._figures:
            _make_room(self._figures)
            self._figures[place] = tuple(self._told(report, place[1]))
        return self._figures[place]

    def sentences(self, citation: Citation) -> list[Sentence]:
        """The sentences that a citation's span overlaps."""
        report = self.reports.get(citation.report)
        if report is None:
            return []
        return [s for s in self._of(report) if s.span.start < citation.end and s.span.end > citation.start]

    def known_words(self, citations: Sequence[Citation]) -> frozenset[str]:
        """Keys of the words of cited stretches, of what they stand under and go on from, and of their titles."""
        return frozenset().union(*(self._known_of(citation) for citation in citations))

    def _known_of(self, citation: Citation) -> frozenset[str]:
        report = self.reports.get(citation.report)
        place = (report.sha256 if report else citation.quote, Span(citation.start, citation.end))
        if place not in self._known:
            parts = [citation.quote, citation.title]
            for sentence in self.sentences(citation):
                text = sentence.report.text
                header = sentence.row.header if sentence.row else ()
                parts += [text[span.start : span.end] for span in (*sentence.headings, *header)]
                parts += [sentence.before.text] if sentence.before else []
            _make_room(self._known)
            told = (word.key for part in parts for word in (*words(part), *canonical_words(part)))
            self._known[place] = frozenset(told)
        return self._known[place]

    def _of(self, report: Report) -> tuple[Sentence, ...]:
        if report.sha256 not in self._sentences:
            passages = split_report(report, count_tokens)
            made = Sentences({report.path: report}, passages)
            told = (sentence for number in range(len(passages)) for sentence in made.of_passage(number))
            self._sentences[report.sha256] = tuple(told)
        return self._sentences[report.sha256]

    def _told(self, report: Report, span: Span) -> Iterator[Told]:
        known: set[int] = set()
        for sentence in self._of(report):
            if sentence.span.start >= span.end or sentence.span.end <= span.start:
                continue
            made = figures_in(sentence)
            for number, one in enumerate(made):
                if one.quantity and span.start <= one.quantity.start and one.quantity.end <= span.end:
                    known.add(one.quantity.start)
                    start = made[number - 1].span.end if number else sentence.span.start
                    end = made[number + 1].span.start if number + 1 < len(made) else sentence.span.end
                    yield Told(one.quantity, report, one, Span(min(start, one.span.start), max(end, one.span.end)))
                    yield from _second_parts(one, report)
        for quantity in find_quantities(report.text, span.start, span.end):
            told = any(s.span.start <= quantity.start < s.span.end for s in self._of(report))
            if quantity.kind in DATING or (told and quantity.start not in known):
                yield Told(quantity, report)


def _make_room(kept: dict[tuple[str, Span], _Kept]) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()


_SECOND = re.compile(r"/\s*(?P<whole>\d[\d.,]*)$")


def _second_parts(candidate: Candidate, report: Report) -> Sequence[Told]:
    """The whole that a ratio or a rank is out of: 29 of "19/29 chỉ tiêu", 63 of "thứ 22/63"."""
    quantity = candidate.quantity
    if quantity is None or quantity.kind not in (Kind.RATIO, Kind.RANK):
        return ()
    second = _SECOND.search(report.text[quantity.start : quantity.end])
    if second is None:
        return ()
    start = quantity.start + second.start("whole")
    value = parse_number(second["whole"])
    return [
        Told(replace(quantity, start=start, precision_start=start, kind=Kind.NUMBER, value=value), report, candidate)
    ]
