"""Questions for a reason ("vì sao doanh thu giảm?"): which way they suppose a figure to have moved."""

import re
from dataclasses import replace

from assistant.types import Asked, Query

_WHY = re.compile(
    r"\b(?:vì sao|tại sao|vì đâu|do đâu|cớ sao|vì lẽ gì|lý do (?:gì|nào)|nguyên nhân)\b|^sao\b|\bsao (?=lại\b)",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:giảm|tụt|sụt|sút|hụt|mất|đi xuống|xuống dốc|thấp hơn|ít hơn|kém hơn|ít đi|kém đi|lao dốc|bốc hơi|teo)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:tăng(?! cường)|đi lên|cao hơn|nhiều hơn|lên cao|(?:vọt|đội|phình) (?:lên|thêm)|nhích lên)\b", re.IGNORECASE
)


def as_change(query: Query) -> Query | None:
    """The question for the change whose reason is asked for, which way it supposes included, or None.

    Told only of a question that has its diacritics, and that supposes one way.
    """
    asked = query.question
    why, down, up = _WHY.search(asked), _DOWN.search(asked), _UP.search(asked)
    if (
        why is None
        or (down is None) == (up is None)
        or query.asked
        not in (
            Asked.TEXT,
            Asked.CHANGE,
            Asked.YES_NO,
            Asked.COUNT,
        )
    ):
        return None
    moved = [match.span() for match in (why, down, up) if match]
    terms = tuple(word for word in query.terms if not any(start <= word.start < end for start, end in moved))
    return replace(
        query,
        asked=Asked.CHANGE,
        direction="giảm" if down else "tăng",
        terms=tuple(word for word in terms if word.key not in query.given),
        given=(),
        parts=(),
        compares=False,
    )
