"""The source pane: the whole report with the quote marked in it, as safe HTML."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape

from assistant.figure_marks import mark_figures
from assistant.ui.texts import Texts
from assistant.ui.views import View
from index.numbers import format_number
from index.report import page_of
from index.types import Report, Span

QUOTE_ID = "trich"
"""The ``id`` of the marked quote, which the page scrolls to."""
_LISTED_REPORTS = 12
_SHOWN_QUESTION_CHARS = 160
_SHOWN_CHARS = 400_000
_HEADING = re.compile(r"#{1,6}\s+")
_ADDRESS = re.compile(r"https?://[^\s<>\"'«»()\[\]]+", re.IGNORECASE)
_SOURCE_LINE = re.compile(
    r"^[^\w\n]*(?:nguồn|theo|link|url|source|bài gốc)\b.{0,40}?(https?://\S+)", re.IGNORECASE | re.M
)
_DOMAIN = re.compile(r"^(?:[a-z0-9-]+\.)+(?:vn|com|net|org)$", re.IGNORECASE)


def pane_html(view: View, texts: Texts) -> str:
    """A report with the quote of a view, which has the id ``QUOTE_ID``, or the quote alone where it no longer holds."""
    kind = "near" if view.near else "proof"
    if view.holds and view.report is not None:
        body = _report(view, view.report, texts)
    else:
        gone = texts.report_gone if view.report is None else texts.report_changed
        quote = mark_figures(view.text, view.figures)
        body = f'<p class="notice">{escape(gone)}</p><p><mark id="{QUOTE_ID}" class="quote">{quote}</mark></p>'
    return (
        f'<section class="pane {kind}" aria-label="{escape(texts.sources)}">{_head(view, texts)}'
        f'<div class="report" tabindex="0">{body}</div><footer>{_foot(view, texts)}</footer></section>'
    )


def empty_html(hint: str, reports: Mapping[str, Report], texts: Texts) -> str:
    """The pane while there is nothing to prove: what it is for, and the reports, each to be opened."""
    listed = list(reports.values())
    rows = "".join(
        f'<li><button class="act link" value="select:report-{escape(report.path)}">'
        f"{escape(report.title or report.path)}</button>"
        f"<span>{_about(report.province, report.year, report.source, '', texts)}</span></li>"
        for report in listed[:_LISTED_REPORTS]
    )
    rest = len(listed) - _LISTED_REPORTS
    more = f'<p class="hint">{escape(texts.more_reports.format(count=rest))}</p>' if rest > 0 else ""
    return (
        f'<section class="pane" aria-label="{escape(texts.sources)}"><header>{_close(texts)}'
        f'<h2>{escape(texts.holdings)}</h2><p class="hint">{escape(hint)}</p></header>'
        f'<ul class="holdings">{rows}</ul>{more}</section>'
    )


def original_of(report: Report) -> str:
    """The address of the page a report was published on, as the report tells it, or ""."""
    if found := _SOURCE_LINE.search(report.text):
        address = _ADDRESS.match(found[1])
        return address.group().rstrip(".,;:") if address else ""
    if _ADDRESS.fullmatch(report.source):
        return report.source
    return f"https://{report.source}/" if _DOMAIN.match(report.source) else ""


def _head(view: View, texts: Texts) -> str:
    citation, report = view.citation, view.report
    title = citation.title if citation else report.title if report else ""
    kind = texts.near_misses if view.near else texts.sources if citation else texts.of_figure
    if not view.quote:
        kind = texts.whole_report
    told = citation or report
    published = f"{report.published:%d/%m/%Y}" if report and report.published else ""
    about = _about(told.province, told.year, told.source, published, texts) if told else ""
    asked = _shortened(view.question.strip(), _SHOWN_QUESTION_CHARS)
    asked = f'<p class="hint">{escape(texts.sources_for.format(question=asked))}</p>' if asked else ""
    marker = f'<span class="marker">[{citation.marker}]</span>' if citation and not view.near else ""
    return (
        f'<header><div class="steps"><span class="kind">{escape(kind)}</span>{_steps(view, texts)}{_close(texts)}</div>'
        f"<h2>{marker}<span>{escape(title or texts.no_title)}</span></h2>"
        f'<p class="about">{about}</p>{asked}</header>'
    )


def _steps(view: View, texts: Texts) -> str:
    if not view.place:
        return ""
    return (
        f'{_step("‹", view.before, texts.previous)}<span class="place">{view.place}</span>'
        f"{_step('›', view.after, texts.next)}"
    )


def _step(sign: str, action: str, title: str) -> str:
    state = f'value="{escape(action)}"' if action else "disabled"
    return f'<button class="act step" {state} title="{escape(title)}" aria-label="{escape(title)}">{sign}</button>'


def _close(texts: Texts) -> str:
    title = escape(texts.close)
    return f'<button class="act close" value="close" title="{title}" aria-label="{title}">✕</button>'


def _foot(view: View, texts: Texts) -> str:
    parts = [escape(view.path)]
    if view.quote:
        if view.holds and view.report is not None:
            if page := page_of(view.report, view.quote.start):
                parts.append(escape(texts.page.format(number=page)))
            parts.append(escape(texts.paragraph.format(number=_paragraph_number(view.report, view.quote.start))))
        start, end = (format_number(Decimal(number)) for number in (view.quote.start, view.quote.end))
        parts.append(escape(texts.characters.format(start=start, end=end)))
    if view.report is not None:
        action = f"download:report-{escape(view.path)}"
        parts.append(f'<button class="act link" value="{action}">{escape(texts.save_text)}</button>')
        if address := original_of(view.report):
            parts.append(
                f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(texts.original)} ↗</a>'
            )
    return " · ".join(parts)


def _report(view: View, report: Report, texts: Texts) -> str:
    """The report's lines, page chrome set back; of a very long report the part around the quote."""
    shown = Span(0, len(report.text))
    note = ""
    if len(report.text) > _SHOWN_CHARS:
        middle = view.quote.start if view.quote else 0
        latest = max(0, middle - _SHOWN_CHARS // 2)
        earliest = max(0, latest - _SHOWN_CHARS // 4)  # a line may be longer than what is shown
        start = report.text.rfind("\n", earliest, latest) + 1 or earliest
        shown = Span(start, min(len(report.text), start + _SHOWN_CHARS))
        note = f'<p class="notice">{escape(texts.report_cut)}</p>'
    content = iter(report.content)
    current = next(content, None)
    html = [note]
    for line in _lines(report.text, shown):
        while current is not None and current.end <= line.start:
            current = next(content, None)
        is_content = current is not None and current.start < line.end
        html.append(_line(report.text, line, view, is_content))
    # the first stretch of the quote, which may begin at a line that has nothing to mark
    return "".join(html).replace('<mark class="quote">', f'<mark id="{QUOTE_ID}" class="quote">', 1)


def _lines(text: str, shown: Span) -> Iterator[Span]:
    for match in re.compile(r"[^\n]+").finditer(text, shown.start, shown.end):
        if match.group().strip():
            yield Span(match.start(), match.end())


def _line(text: str, line: Span, view: View, is_content: bool) -> str:
    hashes = _HEADING.match(text, line.start, line.end)
    start = hashes.end() if hashes else line.start
    marked = sorted([(span.start, span.end, False) for span in view.beside])
    if view.quote:
        marked.append((view.quote.start, view.quote.end, True))
    html, done = "", start
    for begin, end, chosen in sorted(marked):
        begin, end = max(begin, done), min(end, line.end)
        if begin < end:
            html += escape(text[done:begin]) + _mark(text[begin:end], view.figures, chosen)
            done = end
    html += escape(text[done : line.end])
    kind = "heading" if hashes else "" if is_content or "<mark" in html else "chrome"
    return f'<p class="{kind}">{html}</p>' if kind else f"<p>{html}</p>"


def _mark(text: str, figures: Sequence[str], chosen: bool) -> str:
    if not chosen:
        return f'<mark class="beside">{escape(text)}</mark>'
    return f'<mark class="quote">{mark_figures(text, figures)}</mark>'


def _about(province: str, year: int | None, source: str, published: str, texts: Texts) -> str:
    day = texts.published.format(date=published) if published else ""
    parts = (province, texts.year_of.format(year=year) if year else "", source, day)
    return " · ".join(escape(part) for part in parts if part)


def _paragraph_number(report: Report, offset: int) -> int:
    """Which line of content holds ``offset``, counted from 1."""
    return max(1, sum(1 for line in report.content if line.start <= offset))


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rstrip() + "…"
