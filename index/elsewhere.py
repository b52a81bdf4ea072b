"""Lines of a report's page that tell of another province: headlines of its news."""

import re
from collections.abc import Sequence

from index.provinces import find_provinces
from index.types import Span

_OPENING_CHARS = 60
_MARKED = re.compile(
    r"\W*(?:xem thêm|đọc thêm|xem tiếp|(?:tin|bài)(?: bài| viết| tức)? liên quan|tin khác|mời xem)\b\W*|[>»•●▪■]+\s*",
    re.IGNORECASE,
)
"""What a headline of other news opens with, and a member of a list too."""
_OF_OWN = re.compile(r"\b(?:tỉnh|xã|huyện|Sở)\b(?!\s[A-ZĐ])")
"""What tells that a line is of the report's own province, though it opens with another's name."""
_OPENS = re.compile(r"[^\w\-+*•]*(?:(?:tỉnh|thành phố|TP\.?)\s+)?", re.IGNORECASE)
_TELLS = re.compile(r"\s*[:┐\]|]")
_HEADLINE_CHARS = 160


def without_elsewhere(text: str, content: Sequence[Span], province: str) -> tuple[Span, ...]:
    """The paragraphs that do not open like a headline of another province's news: "Sóc Trăng: thêm 212 trạm".

    Args:
        text: The whole report.
        content: Its paragraphs.
        province: The one it is of, or "" when unknown: then all stay.
    """
    if not province:
        return tuple(content)
    return tuple(span for span in content if not _is_of_another(text[span.start : span.end], province))


def _is_of_another(line: str, province: str) -> bool:
    marked = _MARKED.match(line)
    told = line[marked.end() :] if marked else line
    opening = told[:_OPENING_CHARS]
    mentions = find_provinces(opening)
    if not mentions or mentions[0].name == province:
        return False
    opens = _OPENS.match(opening)
    if opens is None or mentions[0].start != opens.end():
        return False
    headline = marked is not None and len(told) <= _HEADLINE_CHARS and not told.rstrip().endswith((".", ";"))
    headline = headline and _OF_OWN.search(told) is None
    return headline or bool(_TELLS.match(told, mentions[0].end))
