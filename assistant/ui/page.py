"""The page as a whole, in each language: header, tabs, and the source pane beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import gradio as gr
from gradio.components import Component

from assistant.feedback import Feedback
from assistant.live import LiveAssistant
from assistant.rate import RateLimit
from assistant.ui.admission import admission
from assistant.ui.api import add_endpoints
from assistant.ui.browser import Begin, add_browser, order
from assistant.ui.built_in import NOTES
from assistant.ui.chat import Chat
from assistant.ui.events import QUIET
from assistant.ui.figures_tab import FiguresTab
from assistant.ui.handlers import Handlers
from assistant.ui.identity import asker, username
from assistant.ui.pane import empty_html
from assistant.ui.reports_tab import ReportsTab
from assistant.ui.texts import Texts
from assistant.ui.texts_en import ENGLISH
from assistant.ui.texts_vi import VIETNAMESE
from assistant.uploads import Limits

_TEMPORARY_S = 3600


@dataclass(frozen=True, slots=True)
class Services:
    """What the page works with.

    Attributes:
        live: The assistant, exchanged when reports change.
        rate: Counts the questions of each user.
        keep_feedback: Keeps what a user says of an answer.
        may_change: Whether who asks may add and remove reports.
    """

    live: LiveAssistant
    rate: RateLimit
    keep_feedback: Callable[[Feedback], None]
    may_change: Callable[[gr.Request], bool]


def build_page(services: Services) -> gr.Blocks:
    """The page: Vietnamese at the root, English at ``/en``."""
    page: gr.Blocks
    cleaning = (_TEMPORARY_S, _TEMPORARY_S)  # uploads that were turned away
    with gr.Blocks(title=VIETNAMESE.title, analytics_enabled=False, fill_width=True, delete_cache=cleaning) as page:
        _fill(page, services, VIETNAMESE)
        if services.live.bot.settings.api:
            _add_endpoints(services)
    with page.route(ENGLISH.title, ENGLISH.language, show_in_navbar=False):
        _fill(page, services, ENGLISH)
    return page


def _fill(page: gr.Blocks, services: Services, texts: Texts) -> None:
    live, settings = services.live, services.live.bot.settings
    header = gr.HTML(_header(live, texts), elem_id="top")
    browser = add_browser()
    admit = admission(services.rate, settings.rate_limit, texts)
    on = Handlers(lambda: live.bot, admit, services.keep_feedback, texts)
    limits = Limits(settings.upload_mb, settings.upload_files) if settings.uploads else None
    with gr.Row(elem_id="columns", equal_height=False):
        with gr.Column(elem_id="work", scale=3, min_width=300):
            # the pane stands right of the tabs, but their events show things in it
            pane = gr.HTML(_holdings(live, texts), elem_id="sources", render=False)
            with gr.Tabs(elem_id="tabs"):
                with gr.Tab(texts.tab_chat, id="chat", elem_id="chat-tab"):
                    chat = Chat(on, pane, browser, settings.concurrency)
                with gr.Tab(texts.tab_figures, id="figures", elem_id="figures-tab"):
                    figures = FiguresTab(lambda: live.bot, admit, browser, texts)
                with gr.Tab(texts.tab_reports, id="reports", elem_id="reports-tab"):
                    dependent: dict[Component, Callable[[], object]] = {
                        **chat.dependent,
                        **figures.dependent,
                        header: lambda: _header(live, texts),
                    }
                    reports = ReportsTab(live, limits, services.may_change, browser, dependent, texts)
        with gr.Column(elem_id="proof", scale=2, min_width=300):
            pane.render()  # type: ignore[no-untyped-call]
    fresh: dict[Component, Callable[[], object]] = {**dependent, pane: lambda: _holdings(live, texts)}

    def begin(request: gr.Request) -> dict[Component, object]:
        """The page over the reports of now, for who opens it."""
        notes = NOTES if texts.language == "vi" else {}
        told = Begin(texts.language, texts.title, username(request), texts.history_empty, texts.history_delete, notes)
        now = {part: value() for part, value in fresh.items()}
        return {**now, **reports.shown_to(request), browser: order(told)}

    page.load(begin, None, [*fresh, *reports.personal, browser], **QUIET)


def _holdings(live: LiveAssistant, texts: Texts) -> str:
    return empty_html(texts.sources_hint, live.bot.index.reports, texts)


def _add_endpoints(services: Services) -> None:
    live, settings = services.live, services.live.bot.settings
    admit = admission(services.rate, settings.rate_limit, VIETNAMESE)
    add_endpoints(lambda: live.bot, lambda request: admit(asker(request)), settings.concurrency, settings.queue_size)


def _header(live: LiveAssistant, texts: Texts) -> str:
    count = escape(texts.reports_count.format(count=len(live.bot.index.reports)))
    return (
        f'<header class="masthead"><h1>{escape(texts.title)}</h1><p>{escape(texts.tagline)}</p>'
        f'<span class="badge ok">{count}</span>'
        f'<a class="log-out" href="logout" hidden>{escape(texts.log_out)}</a>'
        f'<a class="language" href="{texts.other_language_href}">{escape(texts.other_language)}</a></header>'
    )
