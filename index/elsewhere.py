"""Lines of a report's page that tell of another province: headlines of its news."""

import re
from collections.abc import Sequence

from index.provinces import find_provinces
from index.types import Span

_OPENING_CHARS = 60
_OPENS = re.compile(r"[^\w\-+*•]*(?:(?:tỉnh|thành phố|TP\.?)\s+)?", re.IGNORECASE)
_TELLS = re.compile(r"\s*[:┐\]|]")


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
    opening = line[:_OPENING_CHARS]
    mentions = find_provinces(opening)
    if not mentions or mentions[0].name == province:
        return False
    opens = _OPENS.match(opening)
    return opens is not None and mentions[0].start == opens.end() and bool(_TELLS.match(line, mentions[0].end))
