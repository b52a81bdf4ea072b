"""Answers over several sides: a line each, what their figures come to, those without the figure named."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import phrase, reckon, refusals
from assistant.figures import Figure, are_comparable, differing, form, height
from assistant.types import Draft, Evidence, Part, Query, Reckoning, Status
from index.numbers import Quantity

MAX_CHARS = 650
"""Rows past this length are told in short; an answer is no table of everything."""
MAX_SILENT = 6
"""Provinces named that do not tell; more are too many to read."""

_HEADED_YEAR = re.compile(r"\((?:19|20)\d{2}\):\*\*")


@dataclass(frozen=True, slots=True)
class Side:
    """What the reports of one province, of its years, tell.

    Attributes:
        part: The province and years asked about.
        draft: The answer for it alone, or None when its reports do not tell.
        figure: The figure of that answer, or None.
        year: The year of the figure, or None.
        origin: Where its report tells that it is of this province, or None.
    """

    part: Part
    draft: Draft | None
    figure: Figure | None
    year: int | None = None
    origin: Evidence | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A side that tells, with its line; ``marker`` is the first citation of the line."""

    name: str
    text: str
    marker: int
    quantity: Quantity | None


def join(sides: Sequence[Side], query: Query) -> Draft:
    """One draft of all sides.

    Status "partial" when a province that the question names is silent, or what it asks cannot be computed;
    "abstained" when all are silent.
    """
    sides = sides if query.provinces else _of_one_kind(sides)
    told = [side for side in sides if side.draft is not None]
    if not told:
        return Draft(refusals.not_told(query), "abstained")
    comparable = len(told) > 1 and _comparable(told)
    if query.extreme and comparable:
        told.sort(key=lambda side: -query.extreme * height(side.figure))
    evidence: list[Evidence] = []
    rows = [_row(side, evidence, sides) for side in told]
    result = _result(rows, query, told) if comparable else ""
    if len({side.part.province for side in told}) > 1:
        rows = [_with_origin(row, side, result, evidence) for row, side in zip(rows, told, strict=True)]
    warning = _warning(told, query, comparable)
    silent = _silent(sides, query)
    unrelated = query.reckoning in (Reckoning.DIFFERENCE, Reckoning.RATIO, Reckoning.TOTAL) and not result
    status: Status = "partial" if unrelated or (silent and query.provinces) else "answered"
    text = "\n".join([*filter(None, [result]), *(row.text for row in rows), *silent, *warning])
    if len(text) > MAX_CHARS:
        rows = [replace(row, text=_shortened(row.text, side)) for row, side in zip(rows, told, strict=True)]
        return _fitted([*filter(None, [result])], rows, [*silent, *warning], evidence, status)
    return Draft(text, status, tuple(evidence))


def _fitted(
    first: list[str], rows: Sequence[_Row], last: list[str], evidence: Sequence[Evidence], status: Status
) -> Draft:
    """As many rows as an answer may hold, with the evidence of those alone; those computed with stay."""
    kept = list(rows)
    while sum(len(line) + 1 for line in (*first, *(row.text for row in kept), *last)) > MAX_CHARS:
        spare = [row for row in kept[2:] if f"[{row.marker}]" not in "".join(first)]
        if not spare:
            break
        kept.remove(spare[-1])
    text = "\n".join([*first, *(row.text for row in kept), *last])
    used = sorted({int(marker) for marker in phrase.MARKER.findall(text)})
    text = phrase.renumbered(text, {marker: number for number, marker in enumerate(used, start=1)})
    return Draft(text, status, tuple(evidence[marker - 1] for marker in used))


def _row(side: Side, evidence: list[Evidence], sides: Sequence[Side]) -> _Row:
    """The line of a side, its evidence added to that of the others and its markers raised accordingly."""
    assert side.draft is not None
    own = []
    for part in side.draft.evidence:
        if part not in evidence:
            evidence.append(part)
        own.append(evidence.index(part) + 1)
    text = side.draft.text
    if side.figure and len(reckon.figures_told(text)) > 1:
        text = _shortened(text, side)
    text = phrase.renumbered(text, dict(enumerate(own, start=1)))
    if side.year and _name(side, sides) != side.part.province:  # the year asked, in a table of several
        text = _HEADED_YEAR.sub(f"({side.year}):**", text, count=1)
    told = reckon.figures_told(f"- {text}")
    alone = side.figure.quantity if side.figure and len(told) == 1 else None
    return _Row(_name(side, sides), f"- {text}", own[0], alone)


def _with_origin(row: _Row, side: Side, result: str, evidence: list[Evidence]) -> _Row:
    """The row of whom the result names, with the proof that its report is of that province."""
    if side.origin is None or f"**{row.name}**" not in result:
        return row
    if side.origin not in evidence:
        evidence.append(side.origin)
    return replace(row, text=f"{row.text} [{evidence.index(side.origin) + 1}]")


def _shortened(text: str, side: Side) -> str:
    """The line with nothing but its heading, the figure and what it counts."""
    heading = phrase.HEADING.search(text)
    if side.figure is None or heading is None:
        return text
    markers = " ".join(match.group() for match in phrase.MARKER.finditer(text))
    return f"{heading.group()} {phrase.sentence_case(side.figure.short)} {markers}"


def _name(side: Side, sides: Sequence[Side]) -> str:
    """The province, with the year where two sides are of one province."""
    province = phrase.escape(side.part.province)
    same = [other for other in sides if other.part.province == side.part.province]
    year = side.year if side.draft is not None else max(side.part.years, default=None)
    return f"{province} ({year})" if len(same) > 1 and year else province


def _silent(sides: Sequence[Side], query: Query) -> list[str]:
    """The line that names who does not tell; of provinces not named, only where they are set against each other."""
    names = [_name(side, sides) for side in sides if side.draft is None]
    if not names or not (query.provinces or query.extreme):
        return []
    more = " và các tỉnh khác" if len(names) > MAX_SILENT else ""
    return [f"- {refusals.SILENT} {', '.join(names[:MAX_SILENT])}{more}."]


def _result(rows: Sequence[_Row], query: Query, told: Sequence[Side]) -> str:
    """What the figures come to, for a question that asks it."""
    if query.reckoning is Reckoning.LIST and not query.extreme:
        return ""
    alone = [row.quantity for row in rows if row.quantity is not None]
    noun = (
        ""
        if differing([s.figure for s in told if s.figure])
        else min((s.figure.noun for s in told if s.figure), key=len)
    )
    if len(alone) == len(rows) and query.reckoning is Reckoning.TOTAL:
        said = reckon.statement(Reckoning.TOTAL, alone, noun, [row.marker for row in rows])
        return f"{phrase.sentence_case(said)}."
    heights = [height(side.figure) for side in told]
    high, low = rows[heights.index(max(heights))], rows[heights.index(min(heights))]
    if max(heights) == min(heights):
        return f"{_verdict(False, query)}Bằng nhau."
    computed = ""
    reckoning = Reckoning.RATIO if query.reckoning is Reckoning.RATIO else Reckoning.DIFFERENCE
    alike = _of_two(query) and not differing([side.figure for side in told if side.figure])
    wants = alike or query.reckoning in (Reckoning.DIFFERENCE, Reckoning.RATIO)
    possible = high.quantity and low.quantity and (low.quantity.value or reckoning is Reckoning.DIFFERENCE)
    if wants and possible and high.quantity and low.quantity:
        pair = [row for row in rows if row in (high, low)]
        figures = [row.quantity for row in pair if row.quantity]
        computed = f", {reckon.statement(reckoning, figures, noun, [row.marker for row in pair])}"
    kept = (heights[0] > heights[1]) == (query.supposed > 0)
    return f"{_verdict(kept, query)}{_order(*_ends(rows, heights), query, _of_two(query))}{computed}."


def _ends(rows: Sequence[_Row], heights: Sequence[float]) -> tuple[str, str]:
    """The names of the highest and of the lowest, several where they are equal."""
    named = list(zip(rows, heights, strict=True))
    high, low = (
        "**, **".join(row.name for row, height_of in named if height_of == end) for end in (max(heights), min(heights))
    )
    return high, low


def foremost(names: Sequence[str], figures: Sequence[Figure | None], query: Query) -> str:
    """Which of several things that one report tells of is the highest, where a question asks it: "Cao hơn: **4G**."."""
    told = [figure for figure in figures if figure is not None and figure.quantity.value is not None]
    asks = query.extreme or query.reckoning is Reckoning.COMPARE
    if not asks or len(names) < 2 or len(told) < len(names) or not are_comparable(told):
        return ""
    heights = [height(figure) for figure in told]
    if max(heights) == min(heights):
        return "Bằng nhau."
    high, low = (phrase.escape(names[heights.index(end(heights))]) for end in (max, min))
    return f"{_order(high, low, query, of_two=len(names) == 2)}."


def _of_two(query: Query) -> bool:
    """Whether the question itself names two sides, so that one is the higher, not the highest."""
    return len(query.parts or query.provinces) == 2


def _order(high: str, low: str, query: Query, of_two: bool) -> str:
    """Who is highest, or lowest where that is asked."""
    degree = "hơn" if of_two else "nhất"
    if query.extreme < 0:
        return f"Thấp {degree}: **{low}**"
    other = f"; thấp nhất: **{low}**" if not of_two and not query.extreme else ""
    return f"Cao {degree}: **{high}**{other}"


def _verdict(kept: bool, query: Query) -> str:
    """Yes or no, for a question that supposes who is higher."""
    return ("Có. " if kept else "Không. ") if query.supposed else ""


def _warning(told: Sequence[Side], query: Query, comparable: bool) -> list[str]:
    """What speaks against setting the figures side by side: other years, other things counted, other units."""
    if len(told) < 2 or any(side.figure is None for side in told):
        return []
    reasons = []
    if len({side.year for side in told}) > 1 and not (query.parts and all(p.years for p in query.parts)):
        reasons.append("số liệu khác năm")
    if comparable and (nouns := differing([s.figure for s in told if s.figure])):
        reasons.append(f"cách gọi khác nhau ({nouns})" if len(nouns) > 2 else "tỷ lệ tính trên đối tượng khác nhau")
    if not comparable and query.reckoning is not Reckoning.LIST:
        reasons.append(f"{_why_not_comparable(told)}, không so được")
    return [f"Lưu ý: {'; '.join(reasons)}."] if reasons else []


def _comparable(sides: Sequence[Side]) -> bool:
    """Whether all sides tell a figure of the same form."""
    figures = [side.figure for side in sides if side.figure and side.figure.quantity.value is not None]
    return len(figures) == len(sides) and are_comparable(figures) and not _of_plan_and_result(sides)


def _why_not_comparable(sides: Sequence[Side]) -> str:
    if _of_plan_and_result(sides):
        return "có số là mục tiêu, kế hoạch"
    out_of = {side.figure.out_of for side in sides if side.figure} - {""}
    return "thứ hạng tính trên tổng số khác nhau" if len(out_of) > 1 else "số liệu khác đơn vị"


def _of_plan_and_result(sides: Sequence[Side]) -> bool:
    """Whether one province's plan would be set against another's result; those of one tell how far it is to go."""
    provinces = {side.part.province for side in sides}
    return len(provinces) > 1 and len({side.figure.planned for side in sides if side.figure}) > 1


def _of_one_kind(sides: Sequence[Side]) -> list[Side]:
    """The sides, without the figures of those that tell another kind than most: they are of something else."""
    forms = Counter(form(side.figure) for side in sides if side.figure)
    if len(forms) < 2:
        return list(sides)
    usual = forms.most_common(1)[0][0]
    fitting = [side.figure is None or form(side.figure) == usual for side in sides]
    return [side if fits else Side(side.part, None, None, side.year) for side, fits in zip(sides, fitting, strict=True)]
