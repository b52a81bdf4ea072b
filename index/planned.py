"""Whether the words around one figure make a plan of it, and of which year."""

import re

from index.numbers import Kind, Quantity
from index.plans import Plan
from index.sentences import Sentence, plan_at
from index.types import Span

_PLAN_LEAD = re.compile(
    r"(?:\b(?:kế hoạch|chỉ tiêu|mục tiêu|KH)|\b(?:so với|theo|bằng) yêu cầu"
    r"|\bBộ(?: TT&TT)? giao)(?:\s+(?:đề ra|đặt ra|được giao|giao|cả năm|năm|ngành|tỉnh|của|chúng tôi|Sở|năm nay"
    r"|là|đạt|phải|cho"
    r"|ở mức|mức|từ|trên|khoảng|ít nhất|tối thiểu|20\d\d))*[\s:(]*$",
    re.IGNORECASE,
)
"""What leads to a planned figure beside a result: "so với chỉ tiêu 60%", "mục tiêu đề ra là 80%"."""
_BAR = re.compile(r"\b(?:mốc|mức|ngưỡng|con số)\s+(?:trên\s+|tối thiểu\s+|ít nhất\s+)?$", re.IGNORECASE)
_BAR_SET = re.compile(
    r"\s*(?:(?:[^\W\d_]+\s+){0,4}?)(?:(?:được\s)?(?:đặt|đề) ra|được giao|(?:của |theo )?(?:kế hoạch|chỉ tiêu|yêu cầu)"
    r"|(?:\w+\s)?quy định)\b"
)
"""Around a figure that was to be reached: "còn xa mốc 10% đặt ra", "dưới mức 50% theo yêu cầu"."""
_DATED = re.compile(r"(?<!tháng \d )(?<!tháng \d\d )\b(?:năm|cuối|hết)\s+((?:19|20)\d{2})\b", re.IGNORECASE)
"""A year that dates a figure, not the month of an event."""
_IS_SO = re.compile(
    r"\b(?:đã|hiện|được|đến nay|có mặt|đầu năm|tết|xuân|dịp|đề án|nghị quyết|kế hoạch|chương trình|nhiệm vụ"
    r"|hội nghị|hội thi"
    r"|lễ|giải|cuộc thi|tháng)\b",
    re.IGNORECASE,
)
"""What tells, beside a later year, that a figure is no plan: "Thực hiện Đề án đến năm 2025, đã lắp 45 trạm"."""


def plan_of(sentence: Sentence, quantity: Quantity, span: Span) -> Plan | None:
    """The plan a figure is of: where it stands in one, or by the words before and after it.

    Args:
        sentence: Where the figure stands.
        quantity: The figure.
        span: Its own stretch.
    """
    return (
        plan_at(sentence.report, quantity.start)
        or _plan_led(sentence, quantity)
        or _plan_dated(sentence, quantity, span)
    )


def _plan_led(sentence: Sentence, quantity: Quantity) -> Plan | None:
    """The plan that the words right before a figure make of it; it is of the report's year."""
    text = sentence.report.text
    lead = text[max(sentence.span.start, quantity.precision_start - 48) : quantity.precision_start]
    bar = _BAR.search(lead) is not None and _BAR_SET.match(text, quantity.end, sentence.span.end) is not None
    if not (bar or _PLAN_LEAD.search(lead)) or quantity.kind is Kind.RATIO:
        return None
    return Plan(quantity.precision_start, quantity.end, sentence.report.year)


def _plan_dated(sentence: Sentence, quantity: Quantity, span: Span) -> Plan | None:
    """The plan that a year after the report's makes of a figure: "năm 2025 có ít nhất 700 trạm 5G"."""
    text = sentence.report.text
    told = [int(year) for year in _DATED.findall(text, span.start, quantity.precision_start)]
    if not told or sentence.report.year is None or min(told) <= sentence.report.year:
        return None
    if _IS_SO.search(text, span.start, quantity.precision_start):
        return None
    return Plan(quantity.precision_start, quantity.end, min(told))
