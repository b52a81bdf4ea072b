"""The headings a paragraph stands under: what "- Doanh thu: 226,4 tỷ đồng" is the revenue of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


_LEAD_IN = 11


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that stands: its level, and the mark of the list it is of, or None when it is of more than a list."""

    level: int
    span: Span
    members: str | None


def headings_above(text: str, content: Sequence[Span]) -> list[tuple[Span, ...]]:
    """For each paragraph of ``content``, the headings it stands under, the nearest first.

    A heading is a short line that opens with a heading mark, or ends with a colon, and tells no figure; of any other
    line that leads in a list, ending with a colon, it is what comes before the first figure. The report's title, a
    first heading of the highest level, is left out.
    """
    stack: list[_Heading] = []
    above: list[tuple[Span, ...]] = []
    lines = [text[span.start : span.end] for span in content]
    for number, (span, line) in enumerate(zip(content, lines, strict=True)):
        level, mark = heading_level(line), _mark(line)
        stack = [heading for heading in stack if heading.members is None or mark == heading.members]
        if level is not None:
            stack = [heading for heading in stack if heading.level < level]
        above.append(tuple(heading.span for heading in reversed(stack)))
        if level is not None and (number > 0 or level > 0):
            stack.append(_Heading(level, span, _members(lines, number, mark)))
        elif members := _members(lines, number, mark):
            lead = _FIGURE.search(_YEAR.sub(lambda year: "-" * len(year.group()), line))
            if lead and line[: lead.start()].strip(" -+*•–●▪"):
                stack.append(_Heading(_LEAD_IN, Span(span.start, span.start + lead.start()), members))
    return above


def _mark(line: str) -> str:
    """The mark a list's member opens with, or ""."""
    return line[0] if _BULLET.match(line) else ""


def _members(lines: Sequence[str], number: int, mark: str) -> str | None:
    """The mark of the members of the list that a line with a colon leads in, when it is not the line's own, or None."""
    if not lines[number].rstrip().endswith(":") or number + 1 == len(lines):
        return None
    members = _mark(lines[number + 1])
    return members if members and members != mark else None


def heading_level(line: str) -> int | None:
    """Level of a heading, 0 the highest, or None when the line is no heading."""
    if len(line) > MAX_HEADING_CHARS or _FIGURE.search(_YEAR.sub("", line.lstrip("0123456789. "))):
        return None
    closed = line.rstrip().endswith((".", ";", ",", "!", "?"))
    for level, mark in enumerate(_MARKS):
        if match := mark.match(line):
            return None if closed else level + (match.group().count("#") - 1 if level == 0 else 5)
    if line.rstrip().endswith(":"):
        return _LEAD_IN if _BULLET.match(line) else _LEAD_IN - 1
    return None
