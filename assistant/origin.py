"""Where a report itself tells which province it is of: the proof beside a figure that is set against another's."""

from functools import lru_cache

from assistant.types import Evidence
from index.provinces import find_provinces
from index.types import Report, Span

MAX_CHARS = 240
"""A longer line is quoted from the name on."""


@lru_cache(maxsize=1024)
def province_told(report: Report) -> Evidence | None:
    """The first line of the content that names the report's province, else the first of the whole text, else None."""
    if not report.province:
        return None
    text = report.text
    for span in (*report.content, Span(0, len(text))):
        named = next((m for m in find_provinces(text[span.start : span.end]) if m.name == report.province), None)
        if named is not None:
            return Evidence(report.path, _line(text, span, span.start + named.start, span.start + named.end))
    return None


def _line(text: str, span: Span, start: int, end: int) -> Span:
    """The line within ``span`` that holds ``[start, end)``, without white space at its ends."""
    first = max(text.rfind("\n", span.start, start) + 1, span.start)
    last = text.find("\n", end, span.end)
    last = span.end if last < 0 else last
    if last - first > MAX_CHARS:
        first, last = start, end
    kept = text[first:last]
    return Span(first + len(kept) - len(kept.lstrip()), first + len(kept.rstrip()))
