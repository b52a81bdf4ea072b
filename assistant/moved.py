"""Whether a figure rose or fell as a yes/no question supposes, by the change told in it or right beside it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from index import stretches
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.numbers import Kind, in_vietnamese_form

_SUPPOSED = re.compile(
    r"\bco (?:bi |con |van )?(tang(?! cuong| toc| qua| giay| bang| thuong| co thi)|giam(?! sat| doc)|cao hon|thap hon"
    r"|nhieu hon|it hon)\b"
)
_PACE = re.compile(r"\b(?:tăng trưởng|tốc độ|mức tăng|mức giảm)\b", re.IGNORECASE)
"""What is no quantity but the pace at which one grows."""
_OTHER_BASIS = re.compile(r"\s*so với (?:tháng|quý|tuần|kế hoạch|chỉ tiêu|mục tiêu|bình quân|cả nước)", re.IGNORECASE)
_PASSES = re.compile(r"\bvượt\b[^,;.]{0,20}$", re.IGNORECASE)
_NAMED_BASIS = re.compile(r"\bso (?:voi|vs) (?:cung ky )?(?:nam )?((?:19|20)\d{2})\b")
_BESIDES = re.compile(r"\b(?:hon|nhanh hon|manh hon|cham hon) (?:muc|ca nuoc|binh quan|tinh)\b")
"""A change held against another change, which the figure alone does not tell."""
_RISES = frozenset(["tang", "cao hon", "nhieu hon"])
_COMPARED = re.compile(
    r"\s*(?:so với )?(?:cùng kỳ năm trước|cùng kỳ|năm trước|năm ngoái|(?:cùng kỳ )?năm (?:19|20)\d{2}|đầu năm)",
    re.IGNORECASE,
)
_EQUALS = re.compile(r"\b(?:bằng|đạt|chỉ bằng)\s+$", re.IGNORECASE)
_MAX_LINK = 40


@dataclass(frozen=True, slots=True)
class Moved:
    """How a figure moved: whether as the question supposes, and what is said of it beside the figure."""

    as_asked: bool
    also: str


def moved_as_asked(asked: str, candidate: Candidate) -> Moved | None:
    """Whether a figure moved as supposed, or None when that is not asked or nothing beside it tells.

    Args:
        asked: The question, folded.
        candidate: The figure found.
    """
    supposed = _SUPPOSED.search(asked)
    if supposed is None or _BESIDES.search(asked) or candidate.sentence.row or candidate.planned:
        return None
    text = candidate.sentence.report.text
    if _PACE.search(text, candidate.lead.start, candidate.core.start):
        return None
    rises = supposed.group(1) in _RISES
    if candidate.direction:
        return Moved((candidate.direction == "tăng") == rises, "") if _is_change(candidate, asked) else None
    for other in figure_candidates(candidate.sentence):
        if other.core.start < candidate.core.end or not _goes_on(candidate, other):
            continue
        if other.direction and _is_change(other, asked):
            told = in_vietnamese_form(text[other.core.start : other.span.end]).strip()
            return Moved((other.direction == "tăng") == rises, f"; {other.direction} {told}")
        written = in_vietnamese_form(text[other.core.start : other.core.end])
        value = other.quantity.value if other.quantity and other.kind is Kind.PERCENT else None
        equals = _EQUALS.search(text, candidate.core.end, other.core.start)
        compared = _COMPARED.match(text, other.core.end)
        if value is not None and value != Decimal(100) and equals and compared:
            return Moved((value > Decimal(100)) == rises, f"; bằng {written}{compared.group()}")
    return None


def _is_change(figure: Candidate, asked: str) -> bool:
    """Whether a figure is a change from the year asked about or the one before, not what a plan was passed by."""
    text = figure.sentence.report.text
    if figure.of_plan or _PASSES.search(text, figure.sentence.span.start, figure.core.start):
        return False
    if _OTHER_BASIS.match(text, figure.core.end) or _OTHER_BASIS.search(text, figure.core.end, figure.span.end):
        return False
    named = _NAMED_BASIS.search(asked)
    told = re.search(r"so với[^,;.]{0,20}?((?:19|20)\d{2})", text[figure.core.end : figure.zone.end + 24])
    return named is None or told is None or named.group(1) == told.group(1)


def _goes_on(candidate: Candidate, other: Candidate) -> bool:
    """Whether a later figure of the sentence still is about the first one's subject."""
    between = candidate.sentence.report.text[candidate.core.end : other.core.start]
    bare = stretches.is_bare(between, max(0, between.find(",")), len(between))
    return len(between) < _MAX_LINK and ";" not in between and bare
