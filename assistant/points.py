"""Answers → the points of a chart: one figure a province and year, each with the citation that proves it."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.claims import says_planned
from assistant.phrase import HEADING, MARKER, unescape
from assistant.types import Answer, Check, Citation
from index.numbers import DATING, Kind, find_quantities

_WRITTEN_CHARS = 40
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Point:
    """A figure to draw.

    Attributes:
        province: Whose it is.
        year: The year it is of, or None.
        written: The figure as the answer writes it, with its precision word and unit, and what it counts where that
            is short: "gần 4.600 trạm BTS".
        value: In units ("3.720 tỷ đồng" → 3720000000000).
        unit: "%", "đồng" …, or "" of what is counted.
        kind: What kind of figure; only points of one kind and unit may stand in one chart.
        planned: Whether it is a plan, which must not stand beside results.
        citation: Its proof.
    """

    province: str
    year: int | None
    written: str
    value: Decimal
    unit: str
    kind: Kind
    planned: bool
    citation: Citation


def points_of(answer: Answer) -> tuple[Point, ...]:
    """The point of each line that tells one province's figure, in the order of the answer.

    A line gives its first figure that holds; one without a heading, as the line with what the figures come to, none.
    """
    cited = {citation.marker: citation for citation in answer.citations}
    # in their place, since "12/1" is a day after "chiều" alone
    dates = {quantity.end for quantity in find_quantities(answer.text) if quantity.kind in DATING}
    held = [check for check in answer.checks if check.supported and check.end not in dates]
    points: list[Point] = []
    offset = 0
    for line in answer.text.split("\n"):
        if heading := HEADING.match(line):
            start, end = offset + heading.end(), offset + len(line)
            checks = [check for check in held if start <= check.start < end]
            points += [point for check in checks for point in _points(check, line, offset, cited)][:1]
        offset += len(line) + 1
    return tuple(points)


def _points(check: Check, line: str, offset: int, cited: Mapping[int, Citation]) -> list[Point]:
    """The point of a figure, by the marker behind it, else the first of its line; none without a province."""
    marker = MARKER.search(line, check.end - offset) or MARKER.search(line)
    citation = cited.get(int(marker[1])) if marker else None
    if citation is None or not citation.province:
        return []
    heading = HEADING.match(line)
    years = _YEAR.findall(heading.group()) if heading else []
    year = int(years[-1]) if years else citation.year
    planned = says_planned(line[: check.start - offset])
    written = _with_noun(check, line, offset, marker)
    return [
        Point(citation.province, year, written, q.value, q.unit, q.kind, planned, citation)
        for q in find_quantities(check.figure)
        if q.value is not None and q.kind not in DATING
    ]


def _with_noun(check: Check, line: str, offset: int, marker: re.Match[str] | None) -> str:
    """A figure with what stands between it and its marker, unless that is long."""
    end = marker.start() if marker and marker.start() >= check.end - offset else len(line)
    told = unescape(" ".join(line[check.start - offset : end].split()))
    short = len(told) <= _WRITTEN_CHARS and not set(told[len(check.figure) :]) & set(",;:()")
    return told if short else check.figure


@dataclass(frozen=True, slots=True)
class Collected:
    """What the reports tell of one indicator.

    Attributes:
        points: Of one kind and unit, by province, then year.
        others: Sides that tell a figure of another kind or unit, as "Đắk Nông (2023)".
        silent: Sides that do not tell, or a plan alone, likewise.
    """

    points: tuple[Point, ...]
    others: tuple[str, ...]
    silent: tuple[str, ...]


def collect(indicator: str, sides: Sequence[tuple[str, int]], ask: Callable[[str], Answer]) -> Collected:
    """The figure of each province and year, as the reader finds it, so that a new figure is not taken for the total.

    Args:
        indicator: What is measured, as people say it: "trạm BTS".
        sides: Provinces, each with a year.
        ask: Answers a question.
    """
    found: list[Point] = []
    silent: list[str] = []
    for province, year in sides:
        answer = ask(f"{indicator} của {province} năm {year} là bao nhiêu?")
        points = [point for point in points_of(answer) if not point.planned]
        told = [point for point in points if (point.province, point.year) == (province, year)]
        if answer.status == "answered" and told:
            found.append(told[0])
        else:
            silent.append(f"{province} ({year})")
    kept = alike(found)
    others = tuple(f"{point.province} ({point.year}): {point.written}" for point in found if point not in kept)
    return Collected(kept, others, tuple(silent))


def alike(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points of the commonest kind and unit, plans or results; others cannot stand in one chart with them."""
    if not points:
        return ()
    form = Counter(_form(point) for point in points).most_common(1)[0][0]
    return tuple(point for point in points if _form(point) == form)


def _form(point: Point) -> tuple[object, ...]:
    return Kind.NUMBER if point.kind is Kind.RATIO else point.kind, point.unit, point.planned
