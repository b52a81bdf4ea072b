"""How long something took: "mất bao lâu mới khôi phục xong?"."""

import re

from assistant.types import Asked, Query
from index.candidate import Candidate
from index.numbers import Kind
from index.words import fold

_HOW_LONG = re.compile(r"\b(?:bao lau|mat may (?:gio|ngay|tuan|thang)|trong may (?:gio|ngay))\b")
_HOURS = re.compile(r"(?:giờ|tiếng|phút|ngày|tuần|tháng)\b", re.IGNORECASE)


def asks_duration(query: Query) -> bool:
    """Whether a stretch of time is asked for."""
    return query.asked is Asked.COUNT and _HOW_LONG.search(fold(query.question)) is not None


def counts_hours(candidate: Candidate) -> bool:
    """Whether a number counts hours, days or the like, in words too: "ba mươi sáu giờ"."""
    return candidate.kind is Kind.NUMBER and _HOURS.match(candidate.noun) is not None
