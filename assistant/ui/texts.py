"""Every string of the page, by language; answers and reports stay Vietnamese."""

from dataclasses import dataclass
from typing import Literal

from index.types import FigureKind

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Texts:
    """The strings of the page in one language; ``{…}`` are filled in by who shows them."""

    language: Language
    title: str
    tagline: str
    reports_count: str
    other_language: str
    other_language_href: str
    tab_chat: str
    tab_figures: str
    tab_reports: str

    chat_label: str
    question_label: str
    question_placeholder: str
    question_hint: str
    send: str
    stop: str
    clear: str
    history: str
    history_empty: str
    history_delete: str
    log_out: str
    export_markdown: str
    export_html: str
    export_title: str
    welcome_title: str
    welcome: str
    waiting: str
    stopped: str
    editing: str
    cancel: str
    nothing_to_export: str
    too_often: str
    failed: str

    figures_supported: str
    figures_unsupported: str
    abstained: str
    partial: str
    copy: str
    copied: str
    retry: str
    edit: str
    receipt: str
    receipt_title: str
    good: str
    bad: str
    show_source: str
    chart_of: str

    feedback_title: str
    feedback_reasons: tuple[str, ...]
    feedback_note: str
    feedback_send: str
    feedback_thanks: str
    feedback_failed: str

    sources: str
    sources_for: str
    sources_hint: str
    sources_none: str
    near_misses: str
    near_misses_open: str
    holdings: str
    more_reports: str
    whole_report: str
    of_figure: str
    previous: str
    next: str
    close: str
    original: str
    save_text: str
    published: str
    paragraph: str
    characters: str
    page: str
    no_title: str
    year_of: str
    report_gone: str
    report_changed: str
    report_cut: str

    all_provinces: str
    all_years: str
    all_kinds: str
    no_province: str
    province: str
    year: str
    kind: str
    indicator: str
    indicator_hint: str
    figure: str
    period: str
    kinds: tuple[str, ...]
    csv: str
    found: str
    none_found: str
    sort_by: str
    page_of: str
    draw: str
    chart_hint: str
    chart_none: str
    chart_silent: str
    chart_other: str
    chart_lines: str
    chart_results: str

    indexed: str
    report: str
    passages: str
    figures: str
    date: str
    remove: str
    removed: str
    confirm_remove: str
    skipped: str
    reindex: str
    reindexing: str
    reindexed: str
    reindex_same: str
    upload_hint: str
    uploads_off: str
    uploads_admin: str
    uploaded: str
    replaced: str
    upload_reading: str
    unknown_province: str
    unknown_year: str

    def kind_name(self, kind: FigureKind) -> str:
        """A kind of figure as people call it."""
        return self.kinds[list(FigureKind).index(kind)]
