"""What flows through the index: LoadedText → Report → Passage → Hit.

All offsets are half-open ``[start, end)`` and count code points of ``Report.text``, which is NFC-normalised.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``[start, end)`` of a report's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LoadedText:
    """A file's text: NFC-normalised, with the SHA-256 of its UTF-8 form.

    Attributes:
        path: POSIX path relative to the reports folder; of a member of an archive, the archive's and its own in it.
        text: As converted.
        sha256: Hex digest.
        pages: Where each page of a PDF begins in ``text``; empty for other formats.
    """

    path: str
    text: str
    sha256: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its whole text as found (NFC), which part of it is content, and what it is about.

    Attributes:
        path: POSIX path relative to the reports folder, of a member of an archive the archive's and its own in it; the
            report's name everywhere.
        text: The file's text as converted, NFC-normalised, page chrome included, so that offsets stay true.
        sha256: Hex digest of ``text`` in UTF-8.
        content: Lines of real content, in order; the rest is page chrome (menus, counters, captions).
        title: The headline.
        province: Canonical name of the province, or "" if the report does not tell.
        year: The year the results are of, or None.
        published: Day of publication or of the conference, or None.
        source: Publisher, as the report tells it, or "".
        pages: Where each page of a PDF begins in ``text``; empty for other formats.
    """

    path: str
    text: str
    sha256: str
    content: tuple[Span, ...]
    title: str
    province: str
    year: int | None
    published: date | None
    source: str
    pages: tuple[int, ...] = ()

    def __hash__(self) -> int:
        """By the text's digest, not by thousands of lines: reports are keys of caches."""
        return hash((self.path, self.sha256))


@dataclass(frozen=True, slots=True)
class Passage:
    """A few neighbouring sentences of one report: the unit that retrieval ranks.

    Attributes:
        report: ``Report.path`` of its report.
        start: Offset of the first sentence.
        end: Offset after the last sentence.
        sentences: The sentences, in order, within ``[start, end)``.
        headings: The headings it stands under, the nearest first; not part of it.
    """

    report: str
    start: int
    end: int
    sentences: tuple[Span, ...]
    headings: tuple[Span, ...] = ()


class FigureKind(StrEnum):
    """What a figure tells of its indicator."""

    RESULT = "result"
    TARGET = "target"
    CHANGE = "change"
    SHARE = "share"
    RANK = "rank"
    EACH = "each"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table of figures: one figure of one report, with what it is of.

    Attributes:
        report: ``Report.path`` of its report.
        province: The report's province, or "".
        year: The year it is of; for a target the year planned for; None when nothing tells.
        period: The time it covers as the report tells it ("11 tháng đầu năm 2023"), else the year, or "".
        kind: What it tells of its indicator.
        indicator: What is measured, in the report's words.
        named: Where those words stand, one or two stretches.
        written: The figure as the report writes it, its precision word and unit included.
        value: The number in units ("3.720 tỷ đồng" → 3720000000000), of "18/25" the 18; None for dates.
        unit: "%", "đồng", "USD", or the noun counted, or "".
        precision: "gần", "hơn", "ước đạt" …, or "".
        start: Offset of the figure, its precision word included.
        end: Offset after the number and the unit written with it.
        sentence: The sentence it stands in.
    """

    report: str
    province: str
    year: int | None
    period: str
    kind: FigureKind
    indicator: str
    named: tuple[Span, ...]
    written: str
    value: Decimal | None
    unit: str
    precision: str
    start: int
    end: int
    sentence: Span


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report and what is made of its text alone.

    Attributes:
        report: The report.
        passages: Its passages, in order.
        figures: Its figures, in the order of the passages.
    """

    report: Report
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage.

    Attributes:
        passage: Position of the passage in ``Index.passages``.
        score: Fused score, higher is better; comparable within one question only.
    """

    passage: int
    score: float


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that was left out of the index, and why (in Vietnamese, for the user)."""

    path: str
    reason: str
