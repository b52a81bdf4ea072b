"""The tab with the table of figures: filters, sorting, CSV, charts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from html import escape

import gradio as gr
from gradio.components import Component

from assistant.chain import Assistant
from assistant.figure_table import Filter, as_csv, chosen
from assistant.points import collect
from assistant.ui.browser import SaveFile, order, sent
from assistant.ui.events import QUIET
from assistant.ui.figures_view import Listing, charts_html, ordered, sides_of, table_html
from assistant.ui.identity import asker
from assistant.ui.texts import Texts
from assistant.ui.views import number_of
from index.errors import UserError
from index.types import Figure, FigureKind
from index.words import fold

_Updates = dict[Component, object]
_INDICATOR_CHARS = 200


class FiguresTab:
    """The tab's components and events.

    Args:
        bot: The assistant of now.
        admit: Raises a UserError when the user named asks too often; a chart is as much work as many a question.
        browser: See ``browser``.
        texts: The language.
    """

    def __init__(
        self, bot: Callable[[], Assistant], admit: Callable[[str], None], browser: gr.HTML, texts: Texts
    ) -> None:
        self._bot, self._admit, self._texts = bot, admit, texts
        self._listing = gr.State(Listing())
        with gr.Row(elem_id="filters"):
            self._province = gr.Dropdown(self._provinces(), value="", label=texts.province, min_width=140)
            self._year = gr.Dropdown(self._years(), value=0, label=texts.year, min_width=110)
            self._kind = gr.Dropdown(self._kinds(), value="", label=texts.kind, min_width=120)
            self._indicator = gr.Textbox(
                label=texts.indicator,
                placeholder=texts.indicator_hint,
                elem_id="indicator",
                min_width=200,
                max_length=_INDICATOR_CHARS,
            )
        with gr.Row(elem_id="figure-actions"):
            draw = gr.Button(texts.draw, size="sm", elem_id="draw", scale=0, min_width=130)
            save = gr.Button(texts.csv, size="sm", elem_id="csv", scale=0, min_width=110)
        self._chart = gr.HTML(f'<p class="hint">{texts.chart_hint}</p>', elem_id="chart")
        self._table = gr.HTML(self._table_of(Listing()), elem_id="figures")
        chosen_now = [self._province, self._year, self._kind, self._indicator]
        gr.on(
            [self._province.change, self._year.change, self._kind.change, self._indicator.change],
            self._filter,
            [*chosen_now, self._listing],
            [self._listing, self._table],
            trigger_mode="always_last",
            **QUIET,
        )
        # of what the filters say, not of the listing, which may still be on its way
        gr.on(
            [draw.click, self._indicator.submit],
            self._draw,
            chosen_now,
            [self._chart],
            trigger_mode="always_last",  # of another indicator asked for while one is drawn
            **QUIET,
        )
        save.click(self._save, [*chosen_now, self._listing], [browser], **QUIET)
        browser.apply(self._apply, [self._listing], [self._listing, self._table], **QUIET)

    @property
    def dependent(self) -> dict[Component, Callable[[], object]]:
        """What shows the reports, each with what makes it anew once they changed; filters go back to all."""
        return {
            self._province: lambda: gr.update(choices=self._provinces(), value=""),
            self._year: lambda: gr.update(choices=self._years(), value=0),
            self._kind: lambda: "",
            self._indicator: lambda: "",
            self._listing: Listing,
            self._table: lambda: self._table_of(Listing()),
            self._chart: lambda: f'<p class="hint">{self._texts.chart_hint}</p>',
        }

    def _provinces(self) -> list[tuple[str, str]]:
        named = sorted({f.province for f in self._bot().index.figures if f.province}, key=fold)
        return [(self._texts.all_provinces, ""), *((name, name) for name in named)]

    def _years(self) -> list[tuple[str, int]]:
        named = sorted({f.year for f in self._bot().index.figures if f.year}, reverse=True)
        return [(self._texts.all_years, 0), *((str(year), year) for year in named)]

    def _kinds(self) -> list[tuple[str, str]]:
        return [(self._texts.all_kinds, ""), *((self._texts.kind_name(kind), kind.value) for kind in FigureKind)]

    def _fitting(self, listing: Listing) -> list[Figure]:
        try:
            return ordered(chosen(self._bot().index.figures, listing.filter), listing)
        except UserError:  # the province was in the list, but its report has been removed since
            return []

    def _table_of(self, listing: Listing) -> str:
        return table_html(self._fitting(listing), listing, self._texts)

    def _filter(
        self, province: str | None, year: int | None, kind: str | None, indicator: str | None, before: Listing
    ) -> _Updates:
        return self._listed(replace(before, filter=_filter_of(province, year, kind, indicator), page=1))

    def _apply(self, before: Listing, event: gr.EventData) -> _Updates:
        what, _, of = sent(event, "of").partition("-")
        if what == "sort":
            turned = before.column == of and not before.descending
            return self._listed(replace(before, column=of, descending=turned, page=1))
        return self._listed(replace(before, page=max(1, number_of(of))))

    def _listed(self, listing: Listing) -> _Updates:
        return {self._listing: listing, self._table: self._table_of(listing)}

    def _draw(
        self, province: str | None, year: int | None, kind: str | None, indicator: str | None, request: gr.Request
    ) -> str:
        wanted, bot = _filter_of(province, year, kind, indicator), self._bot()
        if not wanted.indicator:
            return f'<p class="hint">{self._texts.chart_hint}</p>'
        try:
            self._admit(asker(request))
        except UserError as error:
            return f'<p class="hint" role="alert">{escape(str(error))}</p>'
        told = collect(wanted.indicator, sides_of(bot.index.reports, wanted), bot.read)
        return charts_html(told, wanted, self._texts)

    def _save(
        self, province: str | None, year: int | None, kind: str | None, indicator: str | None, listing: Listing
    ) -> dict[str, object]:
        listing = replace(listing, filter=_filter_of(province, year, kind, indicator))
        name = f"so-lieu-{datetime.now():%Y%m%d-%H%M%S}.csv"
        return order(SaveFile(name, "text/csv", "\ufeff" + as_csv(self._fitting(listing))))


def _filter_of(province: str | None, year: int | None, kind: str | None, indicator: str | None) -> Filter:
    """The filter that the components say; a component emptied by hand says None."""
    words = " ".join((indicator or "")[:_INDICATOR_CHARS].split())
    return Filter(province or "", words, year or None, FigureKind(kind) if kind else None)
