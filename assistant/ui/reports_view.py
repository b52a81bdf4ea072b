"""The list of the indexed reports as safe HTML."""

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from html import escape

from assistant.ui.texts import Texts
from index.numbers import format_number
from index.opened import Index
from index.types import Report, SkippedFile
from index.words import fold

_LISTED = 1000


def reports_html(index: Index, removable: Callable[[str], bool], texts: Texts) -> str:
    """What is indexed, each report leading to its text, and what was skipped and why.

    Args:
        index: The one questions are answered from.
        removable: Whether a report, by its path, may be removed by who sees the list.
        texts: The language.
    """
    passages = Counter(passage.report for passage in index.passages)
    figures = Counter(figure.report for figure in index.figures)
    reports = sorted(index.reports.values(), key=lambda report: (fold(report.province), report.year or 0, report.path))
    rows = "".join(
        _row(report, passages[report.path], figures[report.path], removable(report.path), texts)
        for report in reports[:_LISTED]
    )
    rest = len(reports) - _LISTED
    more = f'<p class="hint">+ {rest}</p>' if rest > 0 else ""
    told = texts.indexed.format(
        count=len(reports), passages=_dotted(len(index.passages)), figures=_dotted(len(index.figures))
    )
    heads = (texts.report, texts.province, texts.year, texts.date, texts.passages, texts.figures, "")
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    return (
        f'<p class="found" role="status">{escape(told)}</p>'
        f'<div class="scroll"><table class="reports"><thead><tr>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>{more}{_skipped(index.manifest.skipped, texts)}"
    )


def told_html(lines: Sequence[tuple[bool, str]]) -> str:
    """What came of each file: whether it went well, and a word on it."""
    rows = "".join(
        f'<li class="{"ok" if good else "bad"}">{"✓" if good else "✗"} {escape(text)}</li>' for good, text in lines
    )
    return f'<ul class="told" role="status">{rows}</ul>' if rows else ""


def progress_html(text: str, done: int, total: int) -> str:
    """A progress bar with a word on what is under way."""
    return (
        f'<div class="progress" role="status"><span>{escape(text)}</span>'
        f'<progress value="{done}" max="{max(1, total)}"></progress></div>'
    )


def _row(report: Report, passages: int, figures: int, removable: bool, texts: Texts) -> str:
    published = f"{report.published:%d/%m/%Y}" if report.published else ""
    remove = ""
    if removable:
        remove = (
            f'<button class="act link" value="delete:{escape(report.path)}" '
            f'data-confirm="{escape(texts.confirm_remove)}">'
            f"{escape(texts.remove)}</button>"
        )
    return (
        f'<tr class="leads"><td><button class="act link" value="select:report-{escape(report.path)}">'
        f'{escape(report.title or texts.no_title)}</button><span class="path">{escape(report.path)}</span></td>'
        f"<td>{escape(report.province or texts.unknown_province)}</td>"
        f"<td>{report.year or escape(texts.unknown_year)}</td>"
        f'<td>{published}</td><td class="amount">{_dotted(passages)}</td><td class="amount">{_dotted(figures)}</td>'
        f"<td>{remove}</td></tr>"
    )


def _skipped(skipped: Sequence[SkippedFile], texts: Texts) -> str:
    if not skipped:
        return ""
    rows = "".join(
        f"<li><strong>{escape(file.path)}</strong>: {escape(file.reason)}</li>" for file in skipped[:_LISTED]
    )
    return (
        f'<details class="skipped"><summary>{escape(texts.skipped.format(count=len(skipped)))}</summary>'
        f"<ul>{rows}</ul></details>"
    )


def _dotted(number: int) -> str:
    return format_number(Decimal(number))
