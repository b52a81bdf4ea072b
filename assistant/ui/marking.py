"""A report's paragraphs around a quote, as safe HTML with the quote and the answer's figures marked."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from assistant.figure_marks import mark_figures
from index.types import Span

_CONTEXT_CHARS = 320
_SOFTEST_CUT = 40


def mark_passage(text: str, quote: Span, figures: Sequence[str]) -> str:
    """The paragraphs that hold a quote, as ``<p>`` elements.

    Args:
        text: The whole text of the report.
        quote: Where the quote is in ``text``.
        figures: Figures of the answer; marked again where the quote writes them.

    Returns:
        HTML in which everything from ``text`` is escaped.
    """
    shown = context_of(text, quote)
    paragraphs = [_paragraph(text, line, quote, figures) for line in _lines(text, shown)]
    if not paragraphs:
        return ""
    if _is_cut(text, shown.start - 1):
        paragraphs[0] = "… " + paragraphs[0]
    if _is_cut(text, shown.end):
        paragraphs[-1] += " …"
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def context_of(text: str, quote: Span) -> Span:
    """The quote with the rest of its paragraphs; a long rest is cut between sentences, else between words."""
    start = text.rfind("\n", 0, quote.start) + 1
    if quote.start - start > _CONTEXT_CHARS:
        window = quote.start - _CONTEXT_CHARS, quote.start - _SOFTEST_CUT
        cut = next((at for at in (text.find(". ", *window) + 1, text.find(" ", *window)) if at > 0), quote.start - 1)
        start = cut + 1
    stop = text.find("\n", quote.end)
    end = len(text) if stop < 0 else stop
    if end - quote.end > _CONTEXT_CHARS:
        window = quote.end + _SOFTEST_CUT, quote.end + _CONTEXT_CHARS
        end = next((at for at in (text.rfind(". ", *window) + 1, text.rfind(" ", *window)) if at > 0), quote.end)
    return Span(start, end)


def _is_cut(text: str, neighbour: int) -> bool:
    return 0 <= neighbour < len(text) and text[neighbour] != "\n"


def _lines(text: str, shown: Span) -> Iterator[Span]:
    for match in re.compile(r"[^\n]+").finditer(text, shown.start, shown.end):
        if match.group().strip():
            yield Span(match.start(), match.end())


def _paragraph(text: str, line: Span, quote: Span, figures: Sequence[str]) -> str:
    start, end = max(line.start, quote.start), min(line.end, quote.end)
    if start >= end:
        return escape(text[line.start : line.end])
    marked = f"<mark>{mark_figures(text[start:end], figures)}</mark>"
    return escape(text[line.start : start]) + marked + escape(text[end : line.end])
