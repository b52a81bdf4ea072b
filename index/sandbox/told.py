"""What the sandbox tells of a file, an archive or a text: checked, not believed.

A passage or a figure is a line of JSON of its own: to parse all at once would stop every other thread of a server.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import accumulate, islice, pairwise

from index.formats.converted import Converted, UnreadableFileError
from index.formats.kinds import Kind
from index.sandbox.frames import Frame
from index.sandbox.limits import MAX_ANSWER
from index.types import Figure, FigureKind, LoadedText, Passage, Prepared, Report, Span

_MOST_DIGITS = 40
_YEARS = range(1, 10_000)


class WrongAnswerError(Exception):
    """A message tells what cannot be made of the text."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A member of an archive; ``reason`` is why it cannot be read, or ""."""

    position: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Raw:
    """A member of an archive that is text or a web page, unpacked."""

    kind: Kind
    data: bytes


def listed_of(frame: Frame) -> tuple[Listed, ...]:
    """The members of an archive that a message tells of.

    Raises:
        WrongAnswerError: It is no such message.
    """
    try:
        rows = [(int(position), str(name), str(reason)) for position, name, reason in frame.head["members"]]  # type: ignore[attr-defined]
    except (TypeError, ValueError, KeyError) as error:
        raise WrongAnswerError("no list of members") from error
    return tuple(Listed(*row) for row in rows)


def converted_of(frame: Frame) -> Converted:
    """The text that a message brings.

    Raises:
        WrongAnswerError: It is no such message.
    """
    lengths = frame.head.get("parts")
    if not isinstance(lengths, list) or not all(type(length) is int and length >= 0 for length in lengths):
        raise WrongAnswerError("no list of lengths")
    ends = list(accumulate(lengths, initial=0))
    parts = tuple(frame.body[start:end].decode("utf-8", "replace") for start, end in pairwise(ends))
    return Converted(parts, frame.head.get("paged") is True)


def frame_of(prepared: Prepared) -> Frame:
    """A prepared report as a message; its text, path and pages are known to who asked.

    Raises:
        UnreadableFileError: It is too long.
    """
    report = prepared.report
    about = {
        "content": [[span.start, span.end] for span in report.content],
        "title": report.title,
        "province": report.province,
        "year": report.year,
        "published": report.published.isoformat() if report.published else None,
        "source": report.source,
        "passages": len(prepared.passages),
    }
    rows = (about, *map(_passage_row, prepared.passages), *map(_figure_row, prepared.figures))
    body = "\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows).encode()
    if len(body) > MAX_ANSWER:
        raise UnreadableFileError("chứa quá nhiều số liệu; hãy chia nhỏ tệp")
    return Frame({}, body)


def prepared_of(frame: Frame, loaded: LoadedText) -> Prepared:
    """The prepared report that a message tells of.

    Args:
        frame: What ``frame_of`` made, or anything else.
        loaded: The text it was asked for.

    Raises:
        WrongAnswerError: It is no such message, or tells of places that are not in the text.
    """
    try:
        lines = iter(frame.body.decode().split("\n"))
        about = _Row(json.loads(next(lines)), len(loaded.text))
        report = Report(
            path=loaded.path,
            text=loaded.text,
            sha256=loaded.sha256,
            content=about.spans("content"),
            title=about.text("title"),
            province=about.text("province"),
            year=about.year("year"),
            published=date.fromisoformat(about.text("published")) if about.values["published"] is not None else None,
            source=about.text("source"),
            pages=loaded.pages,
        )
        rows: Iterator[_Row] = (_Row(json.loads(line), len(loaded.text)) for line in lines)
        passages = tuple(_passage(row, report) for row in islice(rows, about.number("passages")))
        figures = tuple(_figure(row, report) for row in rows)
    except (ValueError, TypeError, KeyError, StopIteration, RecursionError, InvalidOperation) as error:
        raise WrongAnswerError(str(error)[:200]) from error
    return Prepared(report, passages, figures)


def _passage_row(passage: Passage) -> dict[str, object]:
    return {
        "at": [passage.start, passage.end],
        "sentences": _pairs(passage.sentences),
        "headings": _pairs(passage.headings),
    }


def _passage(row: "_Row", report: Report) -> Passage:
    at = row.span("at")
    return Passage(report.path, at.start, at.end, row.spans("sentences"), row.spans("headings"))


def _figure_row(figure: Figure) -> dict[str, object]:
    return {
        "at": [figure.start, figure.end],
        "year": figure.year,
        "period": figure.period,
        "kind": figure.kind,
        "indicator": figure.indicator,
        "named": _pairs(figure.named),
        "written": figure.written,
        "value": None if figure.value is None else f"{figure.value:f}",
        "unit": figure.unit,
        "precision": figure.precision,
        "sentence": [figure.sentence.start, figure.sentence.end],
    }


def _figure(row: "_Row", report: Report) -> Figure:
    at = row.span("at")
    return Figure(
        report=report.path,
        province=report.province,
        year=row.year("year"),
        period=row.text("period"),
        kind=FigureKind(row.text("kind")),
        indicator=row.text("indicator"),
        named=row.spans("named"),
        written=row.text("written"),
        value=row.value("value"),
        unit=row.text("unit"),
        precision=row.text("precision"),
        start=at.start,
        end=at.end,
        sentence=row.span("sentence"),
    )


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


class _Row:
    """A line of a message, each value of which is what it should be or an error.

    Args:
        values: As parsed.
        length: Of the text, which no offset may pass.
    """

    def __init__(self, values: object, length: int) -> None:
        if not isinstance(values, dict):
            raise TypeError("no object")
        self.values: dict[str, object] = values
        self._length = length

    def number(self, name: str) -> int:
        value = self.values[name]
        if type(value) is not int or value < 0:
            raise TypeError(name)
        return value

    def year(self, name: str) -> int | None:
        if self.values[name] is None:
            return None
        if (year := self.number(name)) not in _YEARS:
            raise ValueError(name)
        return year

    def text(self, name: str) -> str:
        value = self.values[name]
        if not isinstance(value, str):
            raise TypeError(name)
        value.encode()
        return value

    def value(self, name: str) -> Decimal | None:
        if self.values[name] is None:
            return None
        value = Decimal(self.text(name))
        if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS or len(value.as_tuple().digits) > _MOST_DIGITS:
            raise ValueError(name)
        return value

    def span(self, name: str) -> Span:
        return self._span(self.values[name])

    def spans(self, name: str) -> tuple[Span, ...]:
        values = self.values[name]
        if not isinstance(values, list):
            raise TypeError(name)
        return tuple(map(self._span, values))

    def _span(self, pair: object) -> Span:
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(offset) is int for offset in pair)):
            raise TypeError("no span")
        if not 0 <= pair[0] <= pair[1] <= self._length:
            raise ValueError("a span out of the text")
        return Span(*pair)
