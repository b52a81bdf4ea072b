"""Yes or no: a figure found against what the question supposes."""

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant import offices
from assistant.fulfil import asks_fulfilment, fulfilment, supposed_figures
from assistant.moved import moved_as_asked
from assistant.types import Asked, Query
from index.candidate import Candidate
from index.numbers import Kind, Quantity, in_vietnamese_form, parse_number
from index.words import fold

_MORE = re.compile(r"\b(vuot|tren|hon|cao hon|lon hon|nhieu hon|qua|it nhat|toi thieu)\b")
_LESS = re.compile(r"\b(duoi|thap hon|it hon|nho hon|chua den|chua toi)\b")
_ALL = re.compile(r"\b(het|toan bo|tat ca|deu|100)\b|\bnao\b.*\bcung\b")
_ALL_OF_THEM = re.compile(r"\W*100\s?%")
_REMAINS = re.compile(r"\bcòn\s*$", re.IGNORECASE)
_LACKING = re.compile(r"\b(?:trắng|lõm|chưa|không|thiếu)\b", re.IGNORECASE)
_REACHED = re.compile(r"\b(dat|len toi|len den|toi muc|du|(?:da|co) (?:toi|den|cham)(?: muc| nguong)?(?= \d))\b")
_REASON = re.compile(r"\b(vi sao|tai sao|ly do|nguyen nhan|do dau)\b")
_SUPPOSED = re.compile(r"\b(tang|giam)\b")
_RISES = re.compile(r"\b(?:tăng|thêm|phát triển mới|xây mới|lắp mới)\b", re.IGNORECASE)
_FALLS = re.compile(r"\b(?:giảm|bớt|sụt|ít dần|cắt)\b", re.IGNORECASE)
_DONE = re.compile(r"\bchua(?=$|,)")
_BELOW = re.compile(
    r"\b(?:dưới|chưa (?:tới|đến|đạt|bằng)|thấp hơn|kém)(?: ngưỡng| mức(?: tối thiểu)?)? $", re.IGNORECASE
)
_UNMET = re.compile(
    r"[^,;.()\d]{0,40}\b(?:chưa|không|khó)\s(?:thành|đạt|xong|hoàn thành|tới)\b(?=\s*[,;.]|$)", re.IGNORECASE
)
"""What follows an aim that was not reached: "mục tiêu phủ kín 100% chưa thành"."""
SETS = re.compile(r"\b(?:đặt ra|đề ra|giao)\b", re.IGNORECASE)
"""What leads to a figure that is only set, not reached."""
_ASKS_SET = re.compile(r"^(?!.*\b(?:đạt|hoàn thành|xong|hết)\b).*\b(?:đặt ra|đề ra|giao)\s(?:\w+\s)?\d", re.IGNORECASE)
_NOT_ALL = re.compile(r"\b(?:mới (?:có|đạt|được|chỉ)|chưa)\b", re.IGNORECASE)
"""How a report says that not all have it: "mới có 842/883 nơi"."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a yes/no question is answered with.

    Attributes:
        word: "Có. ", "Không. ", "Rồi. ", "Chưa. ", or "" when only the report's own words can tell.
        corrects: Whether a figure that the question supposes is wrong.
        also: What is said after the figure: "; kế hoạch 40%", or "".
    """

    word: str
    corrects: bool
    also: str = ""


def decide(query: Query, candidate: Candidate) -> Verdict:
    """Yes or no by the figure found; without a figure to compare the report's own words must do."""
    asked = fold(query.question).rstrip(" ?.!")
    numbers = supposed_figures(query)
    found = candidate.quantity
    yes, no = ("Rồi. ", "Chưa. ") if _DONE.search(asked) else ("Có. ", "Không. ")
    if found is None or found.value is None:
        told = candidate.sentence.report.text[candidate.span.start : candidate.span.end]
        if (
            found is None
            and offices.asks_office(query)
            and (holds := offices.holds_office(candidate, query)) is not None
        ):
            return Verdict("Đúng. " if holds else "Không. ", not holds)
        if found is None and _ALL.search(asked):
            return Verdict(no if _NOT_ALL.search(told) else yes if _ALL_OF_THEM.match(told) else "", False)
        return Verdict("", False)
    if candidate.is_range or _is_not_what_was_set(query, candidate):
        return Verdict("", False)  # either end of a range may decide, and what was reached tells not what was set
    whole, text = _whole(candidate), candidate.sentence.report.text
    if _ALL.search(asked) and whole is not None and (found.kind is Kind.RATIO or not asks_fulfilment(query)):
        unmet = _UNMET.match(text, candidate.core.end, candidate.sentence.span.end) is not None
        return Verdict(yes if found.value == whole and not unmet else no, False)
    if asks_fulfilment(query):
        return _of_plan(query, candidate, yes, no)
    if _ALL.search(asked) and found.value and _is_remainder(candidate):
        return Verdict(no, False)
    moved = None if numbers else moved_as_asked(asked, candidate)
    if moved is not None:
        return Verdict(yes if moved.as_asked else no, False, moved.also)
    supposed = numbers[0] if numbers else None
    if supposed is None or _counts_another(query.question[supposed.end :], candidate):
        return Verdict("", False)
    below = _BELOW.search(text, candidate.begins, found.start) is not None
    return _against(supposed, found, below, asked, yes, no)


def _is_not_what_was_set(query: Query, candidate: Candidate) -> bool:
    """Whether it is asked if a number was set, and the figure tells what was reached."""
    text = candidate.sentence.report.text
    start = max(candidate.begins, text.rfind(",", candidate.begins, candidate.core.start))
    told = SETS.search(text, start, candidate.core.end)
    return _ASKS_SET.search(query.question) is not None and told is None


def _against(supposed: Quantity, found: Quantity, below: bool, asked: str, yes: str, no: str) -> Verdict:
    """Yes or no by a figure found, or told not to be reached, and the one supposed, if they are of one form."""
    if found.value is None or supposed.value is None or (supposed.unit, supposed.kind) != (found.unit, found.kind):
        return Verdict("", False)
    if below and found.value > supposed.value:
        return Verdict("", False)
    if below:
        return Verdict(yes if _LESS.search(asked) else no, False)  # "vẫn dưới ngưỡng 1%"
    if _MORE.search(asked) or _LESS.search(asked) or _REACHED.search(asked):
        return Verdict(yes if _holds(asked, found.value, supposed.value) else no, False)
    if found.value == supposed.value:
        return Verdict("" if found.precision != supposed.precision else yes, False)
    return Verdict(no, True)


def unsaid_change(query: Query, told: str) -> str:
    """ "tăng" or "giảm" that a question for reasons takes for granted and the words found say the other way, or ""."""
    asked = fold(query.question)
    supposed = _SUPPOSED.search(asked) if query.asked is Asked.TEXT and _REASON.search(asked) else None
    if supposed is None:
        return ""
    rises = supposed.group(1) == "tang"
    said, other = (_RISES, _FALLS) if rises else (_FALLS, _RISES)
    return ("tăng" if rises else "giảm") if other.search(told) and not said.search(told) else ""


def _of_plan(query: Query, candidate: Candidate, yes: str, no: str) -> Verdict:
    """Whether the plan was reached, with the plan when the report tells its figure."""
    told = fulfilment(query, candidate)
    if told is None:
        return Verdict("", False)
    text = candidate.sentence.report.text
    also = f"; kế hoạch {in_vietnamese_form(text[told.plan.start : told.plan.end])}" if told.plan else ""
    if told.share and told.share != candidate.core:
        also = f"; {told.link} {in_vietnamese_form(text[told.share.start : told.share.end])} kế hoạch"
    if also and candidate.sentence.row and not also.endswith((candidate.noun, "%")):
        also += candidate.noun if candidate.noun == "%" else f" {candidate.noun}"
    return Verdict(yes if told.reached else no, False, also)


def _counts_another(after: str, candidate: Candidate) -> bool:
    """Whether the number supposed counts other things than the figure found: "46 chỉ tiêu", "64.000 lượt cán bộ"."""
    supposed = re.match(r"\s+([^\W\d_]+)", after)
    if supposed is not None and candidate.sentence.row and candidate.kind is Kind.NUMBER:
        text = candidate.sentence.report.text
        named = fold(" ".join([candidate.noun, *(text[span.start : span.end] for span in candidate.heads[:2])]))
        return fold(supposed.group(1)) not in (*named.split(), "khong", "chua", "hay", "phai")
    noun = fold(candidate.noun).split()
    known = supposed is not None and bool(noun) and not candidate.sentence.row and candidate.kind is Kind.NUMBER
    return known and supposed is not None and fold(supposed.group(1)) not in (*noun, "khong", "chua", "hay", "phai")


def _is_remainder(candidate: Candidate) -> bool:
    """Whether the figure counts those that still lack it: "còn 47 làng trắng sóng"."""
    text = candidate.sentence.report.text
    before = text[candidate.span.start : candidate.core.start]
    return (
        _REMAINS.search(before) is not None
        and _LACKING.search(text, candidate.core.end, candidate.zone.end) is not None
    )


def _whole(candidate: Candidate) -> Decimal | None:
    """What the figure would be if all were meant: 100 of a share, the second number of a ratio."""
    assert candidate.quantity is not None
    if candidate.quantity.kind is Kind.PERCENT:
        return Decimal(100)
    if candidate.quantity.kind is Kind.RATIO:
        written = candidate.sentence.report.text[candidate.quantity.start : candidate.quantity.end]
        return parse_number(written.partition("/")[2].strip())
    return None


def _holds(asked: str, found: Decimal, supposed: Decimal) -> bool:
    if _LESS.search(asked):
        return found < supposed
    if _MORE.search(asked):
        return found > supposed
    return found >= supposed
