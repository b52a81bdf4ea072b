"""Questions, turns, citations and reports → safe HTML: whatever people or reports wrote is escaped here."""

from collections.abc import Mapping, Sequence
from html import escape

from assistant.types import Citation
from assistant.ui import texts
from assistant.ui.conversation import Turn
from assistant.ui.marking import mark_passage
from assistant.ui.reply import card_id
from index.types import Report, Span

_SHOWN_QUESTION_CHARS = 600
_SHOWN_HEADING_CHARS = 160
_LISTED_REPORTS = 12


def question_html(question: str) -> str:
    """A question as its bubble shows it."""
    lines = escape(_shortened(question.strip(), _SHOWN_QUESTION_CHARS)).split("\n")
    return f'<div class="asked">{"<br>".join(lines)}</div>'


def notice_html(message: str) -> str:
    """A friendly word about a question that could not be taken."""
    return f'<div class="notice" role="alert">{escape(message)}</div>'


def waiting_html() -> str:
    """What stands in the place of an answer that is being sought."""
    return f'<div class="waiting" role="status">{escape(texts.WAITING)}</div>'


def header_html(reports: Mapping[str, Report]) -> str:
    """The page's name and how much it answers from."""
    count = escape(texts.REPORTS_COUNT.format(count=len(reports)))
    return (
        f'<header class="masthead"><h1>{escape(texts.TITLE)}</h1><p>{escape(texts.TAGLINE)}</p>'
        f'<span class="badge ok">{count}</span></header>'
    )


def sources_html(turn: Turn | None, reports: Mapping[str, Report]) -> str:
    """The pane beside the chat: the passages that a turn's answer rests on, or the nearest ones.

    Args:
        turn: None lists the reports instead.
        reports: By path; gives the text around the quotes.
    """
    if turn is None or turn.answer is None:
        return _pane(texts.REPORTS, texts.SOURCES_EMPTY, _holdings(list(reports.values())))
    answer = turn.answer
    asked = texts.SOURCES_FOR.format(question=_shortened(turn.question.strip(), _SHOWN_HEADING_CHARS))
    if answer.citations or not answer.near_misses:
        figures = [check.figure for check in answer.checks if check.supported]
        cards = "".join(_card(turn.number, citation, reports, figures) for citation in answer.citations)
        return _pane(texts.SOURCES, asked, cards or f'<p class="hint">{escape(texts.SOURCES_NONE)}</p>')
    cards = "".join(_card(0, near, reports, ()) for near in answer.near_misses)
    return _pane(texts.NEAR_MISSES, asked, cards, "near")


def _pane(heading: str, hint: str, body: str, kind: str = "proof") -> str:
    return (
        f'<section class="sources {kind}" aria-live="polite"><h2>{escape(heading)}</h2>'
        f'<p class="hint">{escape(hint)}</p>{body}</section>'
    )


def _holdings(reports: Sequence[Report]) -> str:
    rows = "".join(
        f"<li><strong>{escape(report.title or report.path)}</strong>"
        f"<span>{_about(report.province, report.year, report.source)}</span></li>"
        for report in reports[:_LISTED_REPORTS]
    )
    rest = len(reports) - _LISTED_REPORTS
    more = f'<p class="hint">{escape(texts.MORE_REPORTS.format(count=rest))}</p>' if rest > 0 else ""
    return f'<ul class="holdings">{rows}</ul>{more}'


def _card(turn: int, citation: Citation, reports: Mapping[str, Report], figures: Sequence[str]) -> str:
    """A citation with its surroundings; turn 0 is for near misses, which no marker leads to."""
    report = reports.get(citation.report)
    quote = Span(citation.start, citation.end)
    # the report may have been replaced since: then the quote is shown alone, never another text around it
    if report is not None and report.text[quote.start : quote.end] == citation.quote:
        passage = mark_passage(report.text, quote, figures)
        paragraph = texts.PARAGRAPH.format(number=_paragraph_number(report, quote.start))
    else:
        passage, paragraph = mark_passage(citation.quote, Span(0, len(citation.quote)), figures), ""
    characters = texts.CHARACTERS.format(start=_dotted(quote.start), end=_dotted(quote.end))
    place = " · ".join(escape(part) for part in (citation.report, paragraph, characters) if part)
    marker = f'<span class="marker">[{citation.marker}]</span>' if turn else ""
    return (
        f'<article class="card" id="{card_id(turn, citation.marker)}">'
        f"<h3>{marker}<span>{escape(citation.title or texts.NO_TITLE)}</span></h3>"
        f'<p class="about">{_about(citation.province, citation.year, citation.source)}</p>'
        f'<blockquote>{passage}</blockquote><p class="place">{place}</p></article>'
    )


def _about(province: str, year: int | None, source: str) -> str:
    parts = (province, texts.YEAR.format(year=year) if year else "", source)
    return " · ".join(escape(part) for part in parts if part)


def _paragraph_number(report: Report, offset: int) -> int:
    """Which line of content holds ``offset``, counted from 1."""
    return max(1, sum(1 for line in report.content if line.start <= offset))


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rstrip() + "…"
