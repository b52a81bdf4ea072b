"""Sentences of the reports made ready for reading: words, figures, context; kept for the next question."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.lexicon import canonical_words
from index.numbers import Quantity, find_quantities
from index.outline import title_within
from index.plans import Plan, find_plans
from index.tables import Row, find_rows
from index.thesaurus import phrases_told
from index.topics import topic_before
from index.types import Hit, Passage, Report, Span
from index.words import Word

_GOES_ON = re.compile(
    r"\W*(?:trong đó|trong số đó|riêng|nộp|đạt|tăng|giảm|số này|con số này|số đó|đây là"
    r"|(?:(?:năm nay|đến nay|năm qua|hiện|nay),?\s)?(?:tỷ lệ|tỉ lệ|con số|mức|số)\s(?:này|ấy|đó)"
    r"|trong tổng số (?:này|đó|ấy)"
    r"|(?:chỉ tiêu|kế hoạch)(?: được giao| giao)?\s*:)",
    re.IGNORECASE,
)
"""How a sentence opens that goes on about the one before it; one in lower case does so too."""
_ABOUT = frozenset("buu vien thong bao phat truyen tin so thanh".split())
"""Words, without diacritics, of the trades that headings tell together and apart."""
_BREAK = re.compile(r"[\r\n\f\u2028\u2029]")
_MARK = re.compile(r"(?:\d{1,2}\.)*\d{1,2}[.)](?=\s|$)")


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a report with what reading needs, equal to itself alone; offsets are those of the report.

    Attributes:
        report: Its report, with spaces for the line breaks within its paragraphs.
        span: Where it stands.
        text: ``report.text[span.start:span.end]``.
        words: Canonical words; their offsets count from the report's start.
        places: Positions in ``words`` of each form without diacritics.
        phrases: Positions in ``words`` at which each phrase of the thesaurus begins, by its number.
        quantities: Its figures, with offsets from the report's start; the number of a list's item is none.
        before: The sentence before it in the same paragraph, or None; in a row of sentences that go on about one
            subject, the one that names it.
        headings: The headings it stands under, the nearest first; their words are in ``words`` too.
        row: The row of a table it is, or None.
        heads_table: Whether it is the header of a table, which tells no figure.
        goes_on: Whether it opens like one that goes on about the sentence before.
    """

    report: Report
    span: Span
    text: str
    words: tuple[Word, ...]
    places: Mapping[str, tuple[int, ...]]
    phrases: Mapping[int, tuple[int, ...]]
    quantities: tuple[Quantity, ...]
    before: "Sentence | None"
    headings: tuple[Span, ...]
    row: Row | None
    goes_on: bool
    heads_table: bool = False

    @property
    def with_before(self) -> str:
        """Its text behind that of the sentence before it."""
        return f"{self.before.text if self.before else ''} {self.text}"


class Sentences:
    """All sentences of some reports, made on demand.

    Args:
        reports: The reports by path.
        passages: Their passages, each report's in order.
    """

    def __init__(self, reports: Mapping[str, Report], passages: Sequence[Passage]) -> None:
        self._reports = reports
        self._passages = passages
        self._made: dict[int, tuple[Sentence, ...]] = {}

    def of_hits(self, hits: Sequence[Hit]) -> Iterator[tuple[Sentence, float]]:
        """The sentences of ranked passages with their passage's score, best passage first."""
        for hit in hits:
            for sentence in self.of_passage(hit.passage):
                yield sentence, hit.score

    def of_passage(self, position: int) -> tuple[Sentence, ...]:
        """The sentences of one passage, in order."""
        if position not in self._made:  # two threads may make them: all are to see those of the first
            self._made.setdefault(position, tuple(self._make(position)))
        return self._made[position]

    def _make(self, position: int) -> Iterator[Sentence]:
        passage = self._passages[position]
        report = _unbroken(self._reports[passage.report])
        before = self._last_before(position)
        for span in passage.sentences:
            row = rows_of(report).get(span.start)
            text = report.text[span.start : span.end]
            headings = tuple(heading for heading in passage.headings if heading != span)
            about = _subject_of_paragraph(report, span.start)
            headings = _narrowed(report, (about, *headings) if about else headings)
            goes_on = text[:1].islower() or _GOES_ON.match(text) is not None
            if goes_on and before is not None and before.goes_on and before.before is not None:
                before = before.before
            told = tuple(word for part in (*headings, span) for word in _words(report, part))
            heads_table = any(span.start <= header < span.end for header in _table_headers(report))
            figures = () if heads_table else find_quantities(report.text, _after_mark(report.text, span), span.end)
            sentence = Sentence(
                report=report,
                span=span,
                text=text,
                words=told,
                places=_places(told),
                phrases=phrases_told(told),
                quantities=tuple(figures),
                before=before,
                headings=headings,
                row=row if row and row.span == span else None,  # an overlong one is read as any text
                goes_on=goes_on,
                heads_table=heads_table,
            )
            yield sentence
            before = sentence

    def _last_before(self, position: int) -> Sentence | None:
        """The last sentence of the passage before, if it belongs to the same paragraph."""
        if position == 0:
            return None
        passage, earlier = self._passages[position], self._passages[position - 1]
        text = _unbroken(self._reports[passage.report]).text
        if earlier.report != passage.report or "\n" in text[earlier.end : passage.start]:
            return None
        return self.of_passage(position - 1)[-1]


@lru_cache(maxsize=512)
def _unbroken(report: Report) -> Report:
    """The report as it is read: with spaces, at the same offsets, for the line breaks within its paragraphs."""
    parts: list[str] = []
    end = 0
    for span in report.content:
        paragraph = report.text[span.start : span.end]
        if _BREAK.search(paragraph):
            parts += [report.text[end : span.start], _BREAK.sub(" ", paragraph)]
            end = span.end
    return replace(report, text="".join([*parts, report.text[end:]])) if parts else report


def _places(told: Sequence[Word]) -> dict[str, tuple[int, ...]]:
    """Positions of each form without diacritics."""
    places: dict[str, list[int]] = {}
    for position, word in enumerate(told):
        places.setdefault(word.folded, []).append(position)
    return {folded: tuple(found) for folded, found in places.items()}


def _after_mark(text: str, span: Span) -> int:
    """Where a sentence begins after the number of an item of a list or outline ("2.4. ")."""
    mark = _MARK.match(text, span.start, span.end)
    return mark.end() if mark else span.start


def _words(report: Report, span: Span) -> Iterator[Word]:
    """The canonical words of a stretch, with the report's offsets."""
    for word in canonical_words(report.text[span.start : span.end]):
        yield Word(span.start + word.start, span.start + word.end, word.key, word.folded)


def _subject_of_paragraph(report: Report, start: int) -> Span | None:
    """What the paragraph of a later sentence is about: its title ("2. Bưu chính. Doanh thu 342 tỷ đồng") or a trade."""
    begins = _paragraphs(report)
    place = bisect_right(begins, start) - 1
    if place < 0 or begins[place] == start:
        return None
    end = begins[place + 1] if place + 1 < len(begins) else len(report.text)
    paragraph = Span(begins[place], end)
    return title_within(report.text, paragraph.start, start) or topic_before(report, paragraph, start)


def _narrowed(report: Report, headings: tuple[Span, ...]) -> tuple[Span, ...]:
    """Headings, the nearest first, without those that a nearer one narrows: "Bưu chính" of "Bưu chính, viễn thông"."""
    kept: dict[Span, set[str]] = {}
    for heading in headings:
        told = {word.folded for word in _words(report, heading)}
        if not any(own < told and _ABOUT & own for own in kept.values()):
            kept[heading] = told
    return tuple(kept)


@lru_cache(maxsize=512)
def _paragraphs(report: Report) -> tuple[int, ...]:
    """Where the paragraphs of a report begin."""
    return tuple(sorted(span.start for span in report.content))


@lru_cache(maxsize=512)
def rows_of(report: Report) -> dict[int, Row]:
    """The rows of a report's tables by their start."""
    return find_rows(report.text, report.content)


@lru_cache(maxsize=512)
def _table_headers(report: Report) -> frozenset[int]:
    """Where the headers of a report's tables begin: their first cell."""
    return frozenset(row.header[0].start for row in rows_of(report).values() if row.header)


@lru_cache(maxsize=512)
def plans_of(report: Report) -> tuple[Plan, ...]:
    """The stretches of a report that tell plans."""
    return find_plans(report.text, report.content, report.year)


def plan_at(report: Report, offset: int) -> Plan | None:
    """The plan that the figure at ``offset`` belongs to, the closest one around it, or None when it is a result."""
    around = [plan for plan in plans_of(report) if plan.start <= offset < plan.end]
    return min(around, key=lambda plan: plan.end - plan.start, default=None)


def is_planned(sentence: Sentence) -> bool:
    """Whether a sentence tells plans from its beginning on."""
    return plan_at(sentence.report, sentence.span.start) is not None
