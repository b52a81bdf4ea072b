"""An answer's figures marked where a quote writes them, as safe HTML."""

from collections.abc import Sequence
from html import escape

from index.numbers import Quantity, find_quantities
from index.types import Span


def mark_figures(quoted: str, figures: Sequence[str]) -> str:
    """Escape a stretch of a quote, the figures of the answer in ``<strong>`` ("1.167" is also "1167").

    Args:
        quoted: Plain text.
        figures: Figures as the answer writes them.

    Returns:
        HTML in which everything from ``quoted`` is escaped.
    """
    return mark_spans(quoted, figure_spans(quoted, figures))


def figure_spans(quoted: str, figures: Sequence[str]) -> tuple[Span, ...]:
    """Where a quote writes figures of the answer, in order; offsets are those of ``quoted``."""
    wanted = {_worth(figure, quantity) for figure in figures for quantity in find_quantities(figure)}
    return tuple(
        Span(quantity.start, quantity.end) for quantity in find_quantities(quoted) if _worth(quoted, quantity) in wanted
    )


def mark_spans(quoted: str, spans: Sequence[Span]) -> str:
    """Escape a text, some stretches of it in ``<strong>``; a stretch out of order or of the text is left out."""
    pieces, done = [], 0
    for span in spans:
        if done <= span.start < span.end <= len(quoted):
            pieces += [escape(quoted[done : span.start]), f"<strong>{escape(quoted[span.start : span.end])}</strong>"]
            done = span.end
    return "".join(pieces) + escape(quoted[done:])


def _worth(text: str, quantity: Quantity) -> tuple[str, str]:
    written = " ".join(text[quantity.start : quantity.end].split())
    return (written if quantity.value is None else str(quantity.value.normalize()), quantity.unit)
