"""The headings a paragraph stands under: what "- Doanh thu: 226,4 tỷ đồng" is the revenue of."""

import re
from collections.abc import Sequence

from index.types import Span

MAX_HEADING_CHARS = 110
_MARKS = (
    re.compile(r"#{1,6}\s"),
    re.compile(r"(?:phần\s+)?[IVX]{1,5}[.)]\s", re.IGNORECASE),
    re.compile(r"\d{1,2}[.)]\s"),
    re.compile(r"\d{1,2}\.\d{1,2}\.?\s"),
    re.compile(r"[a-zđ]\)\s|\*\*"),
)
"""What headings of each level open with, the highest level first."""
_BULLET = re.compile(r"[-+*•–●▪]\s")
_FIGURE = re.compile(r"(?<!\d)\d++(?:[.,]\d++)*+\s*+(?:%|/|[^\W\d_]{2})")
_YEAR = re.compile(r"(?:năm\s+)?(?:19|20)\d{2}", re.IGNORECASE)


def headings_above(text: str, content: Sequence[Span]) -> list[tuple[Span, ...]]:
    """For each paragraph of ``content``, the headings it stands under, the nearest first.

    A heading is a short line that opens with a heading mark, or ends with a colon, and tells no figure. The
    report's title, a first heading of the highest level, is left out.
    """
    stack: list[tuple[int, Span]] = []
    above: list[tuple[Span, ...]] = []
    for number, span in enumerate(content):
        level = heading_level(text[span.start : span.end])
        if level is not None:
            stack = [(other, heading) for other, heading in stack if other < level]
        above.append(tuple(heading for _, heading in reversed(stack)))
        if level is not None and (number > 0 or level > 0):
            stack.append((level, span))
    return above


def heading_level(line: str) -> int | None:
    """Level of a heading, 0 the highest, or None when the line is no heading."""
    if len(line) > MAX_HEADING_CHARS or _FIGURE.search(_YEAR.sub("", line.lstrip("0123456789. "))):
        return None
    closed = line.rstrip().endswith((".", ";", ",", "!", "?"))
    for level, mark in enumerate(_MARKS):
        if match := mark.match(line):
            return None if closed else level + (match.group().count("#") - 1 if level == 0 else 5)
    if line.rstrip().endswith(":"):
        return 11 if _BULLET.match(line) else 10
    return None
