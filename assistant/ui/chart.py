"""Points → charts as safe HTML without scripts, each bar and dot leading to its sentence.

Bars are plain elements, so that they read well on a phone and to a screen reader, which lines cannot be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from assistant.points import Point
from assistant.ui.texts import Texts
from index.numbers import Kind

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640, 220, 12, 34, 30
_COLOURS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A point with the action that shows its sentence."""

    point: Point
    action: str


def bar_chart(bars: Sequence[Bar], texts: Texts, about: str = "") -> str:
    """Horizontal bars, the longest at its full width; of ranks the first is the longest.

    Args:
        bars: All of one kind and unit.
        texts: The language.
        about: What they show, for the caption.
    """
    if len(bars) < 2:
        return ""
    highest = max(abs(bar.point.value) for bar in bars) or Decimal(1)
    rows = "".join(_bar(bar, _share(bar.point, highest), len({b.point.year for b in bars}) > 1) for bar in bars)
    told = ", ".join(filter(None, (about, bars[0].point.unit)))
    caption = f"<figcaption>{escape(texts.chart_of.format(what=told))}</figcaption>" if told else ""
    return f'<figure class="chart">{caption}<ul>{rows}</ul></figure>'


def line_chart(bars: Sequence[Bar], texts: Texts) -> str:
    """A line a province over its years, where one has at least two; "" where none has.

    Args:
        bars: All of one kind and unit.
        texts: The language.
    """
    lines = {
        province: sorted(told, key=lambda bar: bar.point.year or 0)
        for province, told in _by_province(bars).items()
        if len({bar.point.year for bar in told}) > 1
    }
    if not lines:
        return ""
    shown = [bar for told in lines.values() for bar in told]
    years = sorted({bar.point.year or 0 for bar in shown})
    highest = max(abs(bar.point.value) for bar in shown) or Decimal(1)
    drawn = "".join(_line(told, number % _COLOURS + 1, years, highest) for number, told in enumerate(lines.values()))
    axis = "".join(
        f'<text x="{_x(year, years):.0f}" y="{_HEIGHT - 8}" text-anchor="middle">{year}</text>' for year in years
    )
    legend = "".join(
        f'<li class="line-{number % _COLOURS + 1}">{escape(province)}</li>' for number, province in enumerate(lines)
    )
    return (
        f'<figure class="chart lines"><figcaption>{escape(texts.chart_lines)}</figcaption>'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="group" aria-label="{escape(texts.chart_lines)}">'
        f"{axis}{drawn}</svg>"
        f'<ul class="legend">{legend}</ul></figure>'
    )


def _bar(bar: Bar, share: float, with_year: bool) -> str:
    point = bar.point
    name = f"{point.province} ({point.year})" if with_year and point.year else point.province
    return (
        f'<li><button class="act" value="{escape(bar.action)}" title="{escape(point.citation.quote)}">'
        f'<span class="name">{escape(name)}</span><span class="amount">{escape(point.written)}</span>'
        f'<span class="bar"><span style="width:{share:.1f}%"></span></span></button></li>'
    )


def _share(point: Point, highest: Decimal) -> float:
    """Length in per cent; a rank has none, so the better one gets the longer bar, and the higher dot."""
    if point.kind is Kind.RANK:
        return float(100 * (highest + 1 - point.value) / highest)
    return max(0.5, float(100 * abs(point.value) / highest))


def _by_province(bars: Sequence[Bar]) -> Mapping[str, list[Bar]]:
    provinces: dict[str, list[Bar]] = {}
    for bar in bars:
        if bar.point.year is not None:
            provinces.setdefault(bar.point.province, []).append(bar)
    return provinces


def _line(bars: Sequence[Bar], colour: int, years: Sequence[int], highest: Decimal) -> str:
    places = [(_x(bar.point.year or 0, years), _y(_share(bar.point, highest))) for bar in bars]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(
        f'<g class="act" role="button" tabindex="0" data-act="{escape(bar.action)}">'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6">'
        f"<title>{escape(f'{bar.point.province} {bar.point.year}: {bar.point.written}')}</title></circle>"
        f'<text x="{x:.1f}" y="{y - 11:.1f}" text-anchor="middle">{escape(bar.point.written)}</text></g>'
        for bar, (x, y) in zip(bars, places, strict=True)
    )
    return f'<g class="line-{colour}"><polyline points="{path}"/>{dots}</g>'


def _x(year: int, years: Sequence[int]) -> float:
    room = _WIDTH - 2 * _LEFT - 120
    return _LEFT + 60 + room * (year - years[0]) / max(1, years[-1] - years[0])


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * share / 100
