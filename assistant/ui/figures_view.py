"""The table of figures and its charts as safe HTML; every row and bar leads to its sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape

from assistant.figure_table import Filter
from assistant.points import Collected, Point
from assistant.types import Citation
from assistant.ui.chart import Bar, bar_chart, line_chart
from assistant.ui.texts import Texts
from index.numbers import Kind, format_number
from index.types import Figure, FigureKind, Report
from index.words import fold

PAGE_ROWS = 50
MAX_SIDES = 150
"""Provinces with their years that one chart asks the reports about: a second and a half."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which figures are listed, and how.

    Attributes:
        filter: Which.
        column: What they are sorted by, a key of ``COLUMNS``; "" for the order of the reports.
        descending: Whether the largest come first.
        page: Counted from 1.
    """

    filter: Filter = field(default_factory=Filter)
    column: str = ""
    descending: bool = False
    page: int = 1


COLUMNS: Mapping[str, Callable[[Figure], tuple[object, ...]]] = {
    "province": lambda figure: (fold(figure.province), figure.year or 0),
    "period": lambda figure: (figure.year or 0, fold(figure.period)),
    "kind": lambda figure: (figure.kind.value,),
    "indicator": lambda figure: (fold(figure.indicator),),
    "value": lambda figure: (figure.unit, figure.value if figure.value is not None else Decimal("-Infinity")),
}
"""What each column is sorted by; values only within their unit."""


def ordered(figures: Sequence[Figure], listing: Listing) -> list[Figure]:
    """The figures in the order of a listing."""
    if listing.column not in COLUMNS:
        return list(figures)
    return sorted(figures, key=COLUMNS[listing.column], reverse=listing.descending)


def table_html(figures: Sequence[Figure], listing: Listing, texts: Texts) -> str:
    """One page of a table.

    Args:
        figures: All that fit the filter, in order.
        listing: How they are sorted, which page.
        texts: The language.
    """
    if not figures:
        return f'<p class="empty">{escape(texts.none_found)}</p>'
    pages = -(-len(figures) // PAGE_ROWS)
    page = min(max(1, listing.page), pages)
    rows = "".join(_row(figure, texts) for figure in figures[(page - 1) * PAGE_ROWS : page * PAGE_ROWS])
    heads = dict(zip(COLUMNS, (texts.province, texts.period, texts.kind, texts.indicator, texts.figure), strict=True))
    head = "".join(_head(column, name, listing, texts) for column, name in heads.items())
    found = escape(texts.found.format(count=format_number(Decimal(len(figures)))))
    return (
        f'<p class="found" role="status">{found}{_pages(page, pages, texts)}</p>'
        f'<div class="scroll"><table class="figures"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def sides_of(reports: Mapping[str, Report], wanted: Filter) -> list[tuple[str, int]]:
    """The provinces with the years of their reports that fit a filter, the latest years where they are too many."""
    sides = {(report.province, report.year) for report in reports.values() if report.province and report.year}
    fitting = [
        (province, year)
        for province, year in sides
        if year and wanted.province in ("", province) and wanted.year in (None, year)
    ]
    latest = sorted(fitting, key=lambda side: (-side[1], fold(side[0])))[:MAX_SIDES]
    return sorted(latest, key=lambda side: (fold(side[0]), side[1]))


def charts_html(collected: Collected, wanted: Filter, texts: Texts) -> str:
    """The bars of the latest year of each province, a line a province over its years, and who is not in them."""
    bars = [Bar(point, _action(point.citation)) for point in collected.points]
    latest = {bar.point.province: bar for bar in bars}  # in the order of years
    best_first = sorted(latest.values(), key=lambda bar: _height(bar.point), reverse=True)
    charts = bar_chart(best_first, texts, wanted.indicator) + line_chart(bars, texts)
    notes = [
        text.format(names=", ".join(names))
        for text, names in ((texts.chart_other, collected.others), (texts.chart_silent, collected.silent))
        if names
    ]
    if not charts:
        notes.insert(0, texts.chart_none.format(indicator=wanted.indicator))
    if wanted.kind is FigureKind.TARGET:
        notes.append(texts.chart_results)
    return charts + "".join(f'<p class="hint">{escape(note)}</p>' for note in notes)


def _action(citation: Citation) -> str:
    return f"select:place-{citation.start}-{citation.end}-{citation.report}"


def _height(point: Point) -> Decimal:
    return -point.value if point.kind is Kind.RANK else point.value


def _row(figure: Figure, texts: Texts) -> str:
    action = escape(f"select:figure-{figure.start}-{figure.report}")
    year = f"{figure.year}" if figure.year else ""
    return (
        f'<tr class="leads"><td>{escape(figure.province or texts.no_province)}</td>'
        f"<td>{escape(figure.period or year)}</td><td>{escape(texts.kind_name(figure.kind))}</td>"
        f"<td>{escape(figure.indicator)}</td>"
        f'<td class="amount"><button class="act link" value="{action}">{escape(figure.written)}</button></td></tr>'
    )


def _head(column: str, name: str, listing: Listing, texts: Texts) -> str:
    chosen = listing.column == column
    sign = (" ▼" if listing.descending else " ▲") if chosen else ""
    state = ("descending" if listing.descending else "ascending") if chosen else "none"
    title = escape(texts.sort_by.format(column=name))
    return (
        f'<th aria-sort="{state}"><button class="act" value="apply:sort-{column}" title="{title}">'
        f"{escape(name)}{sign}</button></th>"
    )


def _pages(page: int, pages: int, texts: Texts) -> str:
    if pages == 1:
        return ""
    told = escape(texts.page_of.format(page=page, pages=pages))
    before = f'value="apply:page-{page - 1}"' if page > 1 else "disabled"
    after = f'value="apply:page-{page + 1}"' if page < pages else "disabled"
    return (
        f'<span class="pages"><button class="act step" {before}>‹</button>{told}'
        f'<button class="act step" {after}>›</button></span>'
    )
