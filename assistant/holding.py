"""Whether what a quote tells backs a claim: value, unit, precision, what is counted, whose, when, plan, direction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.backing import Told
from assistant.claims import Claim, says_planned, years_named
from assistant.rivals import mentions
from assistant.vocabulary import LEADING, STRICT_RIVALS, is_function_word
from index.lexicon import canonical_words
from index.numbers import Kind, Quantity, find_quantities
from index.provinces import find_provinces
from index.words import words

_PRECISION = (
    frozenset({"gần"}),
    frozenset({"hơn", "trên"}),
    frozenset({"dưới"}),
    frozenset({"khoảng", "xấp", "chừng"}),
    frozenset({"tối", "ít"}),
    frozenset({"ước"}),
)
"""Precision words that mean the same, by their first syllables: "hơn" and "trên", "khoảng" and "xấp xỉ"."""
_CHANGED = re.compile(
    r"\b(?:tăng|giảm|thêm|mới|bổ sung|phát triển|lắp|xây|dựng|hơn|kém|cao|thấp|nhiều|ít|lên|xuống|bậc|vượt|chênh lệch"
    r"|nhỉnh|tụt|sụt|gấp|nâng|cải thiện|biến động|thay đổi)\b",
    re.IGNORECASE,
)
_PLAN_WORD = re.compile(r"\b(?:mục tiêu|phấn đấu|dự kiến|kế hoạch|chỉ tiêu|KH|nhiệm vụ|định hướng|sẽ)\b", re.IGNORECASE)
_RISE = re.compile(r"\btăng\b", re.IGNORECASE)
_FALL = re.compile(r"\bgiảm\b", re.IGNORECASE)
_ROSE = re.compile(
    r"\b(?:tăng|lên|thêm|mới|phát triển|cao hơn|nhiều hơn|vượt|nâng|hơn|bổ sung|gấp|nhỉnh|leo|thăng|cải thiện)\b",
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
    fits = [_fit(claim, text, one) for one in told if not _of_another(claim, text, one, told)]
    whole = next((fit for fit in fits if not fit.reason), None)
    return whole or max(fits, key=lambda fit: fit.passed, default=Fit(0, "không thấy trong đoạn trích"))


def _fit(claim: Claim, text: str, told: Told) -> Fit:
    passed = 0
    for test in (_value, _unit, _precision, _noun, _thing, _province, _year, _plan, _direction):
        reason = test(claim, text, told)
        if reason:
            return Fit(passed, reason)
        passed += 1
    return Fit(passed, "")


_FEWEST = 2
"""Words that a claim must have to tell whose figure it is."""
_MORE, _MOST = 0.34, 0.6
"""By how much of the claim's words another figure must be nearer to it, and how many it must have."""


def _of_another(claim: Claim, text: str, told: Told, all_told: Sequence[Told]) -> bool:
    """Whether the words of a claim are those of another figure of its kind: that of the first prize, not the second."""
    if claim.quantity.value != told.quantity.value or told.candidate is None or told.candidate.sentence.row:
        return False  # of a table's row the column tells, by its year
    if is_verbatim(claim, text, told) and _in_order(claim, text, told):
        return False
    said = canonical_words(text[claim.own.start : claim.own.end])
    asked = {w.key for w in said if any(map(str.isalpha, w.key)) and not is_function_word(w) and w.key not in LEADING}
    if len(asked) < _FEWEST:
        return False
    own = len(asked & told.own_words) / len(asked)
    others = [
        one
        for one in all_told
        if (one.quantity.kind, one.quantity.unit) == (told.quantity.kind, told.quantity.unit)
        and one.quantity.value != told.quantity.value
        and one.candidate is not None
    ]
    best = max((len(asked & one.own_words) / len(asked) for one in others), default=0.0)
    return best >= _MOST and best - own >= _MORE


def _value(claim: Claim, text: str, told: Told) -> str:
    one, other = claim.quantity, told.quantity
    if one.value is None or other.value is None or one.value != other.value:
        return "không thấy trong đoạn trích"
    said, written = _whole(text, one), _whole(told.report.text, other)
    return f"đoạn trích viết “{_written(told)}”" if said and said != written else ""


def _whole(text: str, quantity: Quantity) -> str:
    """What a ratio or a rank is out of, as digits, or ""."""
    _, slash, whole = text[quantity.start : quantity.end].partition("/")
    return re.sub(r"\D", "", whole).lstrip("0") if slash else ""


def _unit(claim: Claim, text: str, told: Told) -> str:
    one, other = claim.quantity, told.quantity
    counts = {Kind.NUMBER, Kind.RATIO}
    alike = one.kind is other.kind or {one.kind, other.kind} <= counts
    return "" if alike and one.unit == other.unit else f"đơn vị khác: đoạn trích viết “{_written(told)}”"


def _precision(claim: Claim, text: str, told: Told) -> str:
    one, other = (_classes(quantity.precision) for quantity in (claim.quantity, told.quantity))
    base = told.candidate is not None and told.candidate.is_base
    return "" if one == other or (base and not one) else f"mức chính xác khác: đoạn trích viết “{_written(told)}”"


def _classes(precision: str) -> frozenset[int]:
    words = precision.split()
    return frozenset(number for number, group in enumerate(_PRECISION) if group & set(words))


def _written(told: Told) -> str:
    text, quantity = told.report.text, told.quantity
    return " ".join(text[quantity.precision_start : quantity.end].split())


def _noun(claim: Claim, text: str, told: Told) -> str:
    """What is counted must stand with the figure, or in what leads to it."""
    if told.candidate is None or claim.quantity.kind not in (Kind.NUMBER, Kind.RATIO):
        return ""
    counted = [w for w in canonical_words(claim.noun) if w.key not in LEADING][:2]
    if not counted:
        return ""
    said = " ".join(word.key for word in counted)
    known = " ".join(word.key for word in canonical_words(told.candidate.noun))
    if f" {counted[0].key} " in f" {known} " or f" {said} " in f" {told.phrases} ":
        return ""
    return f"đoạn trích nói “{_stretch(told)}”"


def _stretch(told: Told) -> str:
    one = told.candidate
    if one is None:
        return _written(told)
    return " ".join(told.report.text[one.core.start : max(one.span.end, one.core.end)].split())


def _thing(claim: Claim, text: str, told: Told) -> str:
    """What the claim names among things counted side by side must be what the figure is of."""
    if told.candidate is None or is_verbatim(claim, text, told):
        return ""
    said = text[claim.statement.start : claim.quantity.end] + claim.noun
    for group in {mention.group for mention in mentions(said, 0) if mention.group < STRICT_RIVALS}:
        named = {mention.name for mention in mentions(said, 0) if mention.group == group}
        own = _own_mentions(told, group)
        if own and not own & named:
            return f"đoạn trích nói về “{_stretch(told)}”"
    return ""


def _own_mentions(told: Told, group: int) -> set[str]:
    one = told.candidate
    assert one is not None
    report = told.report.text
    between = (told.own.start, told.own.end) if told.own else (one.span.start, one.zone.end)
    for spans in ((between,), ((one.span.start, one.zone.end), (one.lead.start, one.lead.end))):
        named = {m.name for start, end in spans for m in mentions(report[start:end], start) if m.group == group}
        if named:
            return named
    return set()


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
    if one and not one.years:
        of |= set(years_named(report.text[min(one.sentence.span.start, one.zone.start) : one.zone.end]))
    quotes = one is None or (not one.planned and is_verbatim(claim, text, told))
    of |= {report.year} if report.year and quotes else set()
    headed = of | ({report.year} if report.year and one and not one.planned else set())
    fits = not claim.years or set(claim.years) & of
    if not of or (fits and (not claim.headed or set(claim.headed) & headed)):
        return ""
    return f"đoạn trích nói số liệu năm {', '.join(map(str, sorted(of)))}"


def is_verbatim(claim: Claim, text: str, told: Told) -> bool:
    """Whether a statement is made of the very words of the quote's sentence, but for what "…" leaves out."""
    if told.candidate is None:
        return False
    whole = f" {_letters(told.candidate.sentence.text)} "
    said = text[claim.statement.start : claim.statement.end]
    return all(f" {part} " in whole for part in map(_letters, said.split("…")) if part)


def _in_order(claim: Claim, text: str, told: Told) -> bool:
    """Whether a statement tells two figures and more, all of them in the order of the quote's sentence."""
    assert told.candidate is not None
    said = [one.value for one in find_quantities(text, claim.statement.start, claim.statement.end)]
    written = iter([one.value for one in find_quantities(told.candidate.sentence.text)])
    return len(said) > 1 and all(value in written for value in said)


def _letters(text: str) -> str:
    """The words of a text without its numbers."""
    return " ".join(word.key for word in words(text) if word.key[0].isalpha())


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
    sentence = one.sentence.text
    own = text[claim.statement.start : claim.quantity.end]
    for says, tells in ((_RISE, _ROSE), (_FALL, _FELL)):
        if says.search(own) and not tells.search(sentence):
            return f"đoạn trích không nói {'tăng' if says is _RISE else 'giảm'}"
    return ""
