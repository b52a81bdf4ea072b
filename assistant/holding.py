"""Whether what a quote tells backs a claim: value, unit, precision, what is counted, whose, when, plan, direction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.amounts import same_precision, same_unit, same_value
from assistant.backing import Told
from assistant.claims import Claim, says_planned, years_named
from assistant.subjects import is_of_another, is_verbatim, same_noun, same_thing, stretch
from index.numbers import DATING, Kind, find_quantities
from index.provinces import find_provinces

_CHANGED = re.compile(
    r"\b(?:tăng|giảm|thêm|mới|bổ sung|phát triển|lắp|xây|dựng|hơn|kém|cao|thấp|nhiều|ít|lên|xuống|bậc|vượt|chênh lệch"
    r"|nhỉnh|tụt|sụt|gấp|nâng|cải thiện|biến động|thay đổi)\b",
    re.IGNORECASE,
)
_PLAN_WORD = re.compile(r"\b(?:mục tiêu|phấn đấu|dự kiến|kế hoạch|chỉ tiêu|KH|nhiệm vụ|định hướng|sẽ)\b", re.IGNORECASE)
_RISE = re.compile(r"\btăng\b", re.IGNORECASE)
_FALL = re.compile(r"\bgiảm\b", re.IGNORECASE)
_PASSED = re.compile(r"\bvượt\b", re.IGNORECASE)
_MISSED = re.compile(r"\b(?:chưa|không) đạt\b|\bhụt\b|\bthiếu\b|\bthấp hơn\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:không|chưa|chẳng)\b(?!\s*[.,:]| chỉ| những| dưới| quá| dùng| có nhu)|\bkhông (?:có|đạt|được|còn)\b",
    re.IGNORECASE,
)
_HIGHEST = re.compile(r"\b(?:cao|nhiều|lớn|tốt) nhất\b", re.IGNORECASE)
_LOWEST = re.compile(r"\b(?:thấp|ít|nhỏ|kém) nhất\b", re.IGNORECASE)
_ROSE = re.compile(
    r"\b(?:tăng|nhích|lên|thêm|mới|phát triển|cao hơn|nhiều hơn|vượt|nâng|hơn|bổ sung|gấp|nhỉnh|leo|thăng|cải thiện)\b",
    re.IGNORECASE,
)
_FELL = re.compile(r"\b(?:giảm|xuống|thấp hơn|ít hơn|tụt|sụt|bớt|kém|rút|cắt|hạ|lùi|còn|rớt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fit:
    """How far a told figure backs a claim.

    Attributes:
        passed: How many of the tests it passes, in order.
        reason: What the next one says, in Vietnamese; "" when all are passed.
    """

    passed: int
    reason: str


def best_fit(claim: Claim, text: str, told: Sequence[Told]) -> Fit:
    """The fit of the figure that backs a claim best.

    Args:
        claim: A figure of an answer.
        text: The answer's text.
        told: The figures of the passages it rests on.
    """
    best = Fit(-1, "không thấy trong đoạn trích")
    for one in told:
        if is_of_another(claim, text, one, told):
            continue
        fit = _fit(claim, text, one)
        if not fit.reason:
            return fit
        best = max(best, fit, key=lambda fit: fit.passed)
    return best


def _fit(claim: Claim, text: str, told: Told) -> Fit:
    passed = 0
    for test in (
        same_value,
        same_unit,
        same_precision,
        same_noun,
        same_thing,
        _province,
        _year,
        _plan,
        _direction,
        _negation,
    ):
        reason = test(claim, text, told)
        if reason:
            return Fit(passed, reason)
        passed += 1
    return Fit(passed, "")


def _province(claim: Claim, text: str, told: Told) -> str:
    if not claim.provinces:
        return ""
    sentence = told.candidate.sentence.text if told.candidate else ""
    own = {told.report.province} if told.report.province else {m.name for m in find_provinces(told.report.text)}
    known = own | {mention.name for mention in find_provinces(sentence)}
    return "" if set(claim.provinces) <= known else f"báo cáo được trích là của {told.report.province or 'nơi khác'}"


def _year(claim: Claim, text: str, told: Told) -> str:
    if not claim.years and not claim.headed:
        return ""
    one, report = told.candidate, told.report
    of = set(one.years) if one else set()
    if one and not of and report.year:
        of = {report.year + 1 if one.planned else report.year}
    told_here = set(years_named(report.text[one.span.start : one.zone.end])) if one and not one.years else set()
    in_words = set(claim.years) - set(claim.headed)
    if told_here and in_words and not told_here & in_words:
        # "Năm 2023, tỉnh đứng thứ 22 về DTI 2022"
        said = set(years_named(text[claim.statement.start : claim.statement.end]))
        return "" if told_here & said else f"đoạn trích nói số liệu năm {', '.join(map(str, sorted(told_here)))}"
    if one and not one.years:
        of |= set(years_named(report.text[min(one.sentence.span.start, one.zone.start) : one.zone.end]))
    quotes = one is None or (not one.planned and is_verbatim(claim, text, one.sentence.text))
    of |= {report.year} if report.year and quotes else set()
    headed = of | ({report.year} if report.year and one and not one.planned else set())
    fits = not claim.years or set(claim.years) & of
    if not of or (fits and (not claim.headed or set(claim.headed) & headed)):
        return ""
    return f"đoạn trích nói số liệu năm {', '.join(map(str, sorted(of)))}"


def _plan(claim: Claim, text: str, told: Told) -> str:
    one = told.candidate
    if one is None:
        return ""
    said = text[claim.statement.start : claim.statement.end]
    if claim.planned and not one.planned:
        led = told.report.text[one.span.start : one.core.start]
        return "" if says_planned(led) else "đoạn trích nói kết quả, không phải mục tiêu"
    if one.planned and not claim.planned and not _PLAN_WORD.search(said):
        return "đoạn trích nói mục tiêu, không phải kết quả"
    return ""


def _direction(claim: Claim, text: str, told: Told) -> str:
    one = told.candidate
    if one is None:
        return ""
    if claim.direction and one.direction and claim.direction != one.direction:
        return f"đoạn trích nói {one.direction}, không phải {claim.direction}"
    said = text[claim.statement.start : claim.statement.end]
    level = one.kind in (Kind.RATIO, Kind.RANK)  # "đạt và vượt 19/29 chỉ tiêu"
    if one.direction and not level and not claim.direction and not _CHANGED.search(said):
        return f"đoạn trích nói mức {one.direction}, không phải tổng số"
    if one.sentence.row:  # its cells tell what it was and what it is
        return ""
    sentence = one.sentence.text
    figures = find_quantities(text, claim.statement.start, claim.quantity.precision_start)
    first = all(figure.kind in DATING for figure in figures)
    own = text[claim.statement.start if first else claim.own.start : claim.quantity.end]
    for says, tells in ((_RISE, _ROSE), (_FALL, _FELL)):
        if (found := says.search(own)) and not tells.search(sentence):
            return f"đoạn trích không nói {found.group().lower()}"
    if _PASSED.search(own) and _MISSED.search(sentence) and not _PASSED.search(sentence):
        return "đoạn trích không nói vượt"
    return ""


def _negation(claim: Claim, text: str, told: Told) -> str:
    """What a statement denies must be denied, and the highest must not be the lowest."""
    one = told.candidate
    if one is None:
        return ""
    led = text[claim.statement.start : claim.quantity.start]
    if _DENIED.search(led) and not _DENIED.search(one.sentence.text):
        return "đoạn trích không phủ định"
    near = told.report.text[told.own.start : told.own.end] if told.own else ""
    for says, tells in ((_HIGHEST, _LOWEST), (_LOWEST, _HIGHEST)):
        if says.search(text[claim.own.start : claim.own.end]) and tells.search(near) and not says.search(near):
            return f"đoạn trích nói “{stretch(told)}”"
    return ""
