"""Whether what a quote tells backs a claim: value, unit, precision, what is counted, whose, when, plan, direction."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import dropwhile

from assistant.backing import Told
from assistant.claims import Claim, says_planned, years_named
from assistant.rivals import mentions
from assistant.vocabulary import LEADING, STRICT_RIVALS, is_function_word
from index.frequency import rarity
from index.lexicon import canonical_words
from index.numbers import DATING, Kind, Quantity, find_quantities
from index.provinces import find_provinces
from index.words import key, words

_PRECISION = (
    frozenset({"gần"}),
    frozenset({"hơn", "trên"}),
    frozenset({"dưới"}),
    frozenset({"khoảng", "xấp", "chừng"}),
    frozenset({"tối", "ít"}),
    frozenset({"ước"}),
)
"""Precision words that mean the same, by their first syllables: "hơn" and "trên", "khoảng" and "xấp xỉ"."""
_ESTIMATED, _ESTIMATE = frozenset({len(_PRECISION) - 1}), key("ước")
_PERSON = key("người")
_PEOPLE = ("thành viên", "cán bộ", "học viên", "công dân", "đại biểu", "thí sinh", "lao động", "công chức", "viên chức")
"""Whom "người" may stand for."""
_GENERIC = frozenset(map(key, "nơi cái chiếc chỗ đơn".split()))
"""Nouns that stand for whatever is counted."""
_CHANGED = re.compile(
    r"\b(?:tăng|giảm|thêm|mới|bổ sung|phát triển|lắp|xây|dựng|hơn|kém|cao|thấp|nhiều|ít|lên|xuống|bậc|vượt|chênh lệch"
    r"|nhỉnh|tụt|sụt|gấp|nâng|cải thiện|biến động|thay đổi)\b",
    re.IGNORECASE,
)
_PLAN_WORD = re.compile(r"\b(?:mục tiêu|phấn đấu|dự kiến|kế hoạch|chỉ tiêu|KH|nhiệm vụ|định hướng|sẽ)\b", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:hạng|xếp|thứ|vị trí)\b", re.IGNORECASE)
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
    fits = [_fit(claim, text, one) for one in told if not _of_another(claim, text, one, told)]
    whole = next((fit for fit in fits if not fit.reason), None)
    return whole or max(fits, key=lambda fit: fit.passed, default=Fit(0, "không thấy trong đoạn trích"))


def _fit(claim: Claim, text: str, told: Told) -> Fit:
    passed = 0
    for test in (_value, _unit, _precision, _noun, _thing, _province, _year, _plan, _direction, _negation):
        reason = test(claim, text, told)
        if reason:
            return Fit(passed, reason)
        passed += 1
    return Fit(passed, "")


_SHARE = 0.05
"""How much of a claim's words must be those of another figure alone."""


def _of_another(claim: Claim, text: str, told: Told, all_told: Sequence[Told]) -> bool:
    """Whether a claim has words of another figure of its kind and sentence, and none that are its figure's alone.

    "Giải Nhất … 4 triệu đồng" has the words of the five million, and none of the four million's.
    """
    if claim.quantity.value != told.quantity.value or told.candidate is None or told.candidate.sentence.row:
        return False  # of a table's row the column tells, by its year
    own, shared = told.near_words, told.near_words | told.words
    for other in all_told:
        if not _is_like(other, told):
            continue
        near = other.near_words
        said = _content(claim, text, near | own)
        theirs = sum(weight for word, weight in said.items() if word in near and word not in shared)
        if theirs > _SHARE * sum(said.values()) and not any(word in own and word not in near for word in said):
            return True
    return False


def _is_like(other: Told, told: Told) -> bool:
    """Whether two figures of one sentence could be taken for one another."""
    return (
        (other.quantity.kind, other.quantity.unit) == (told.quantity.kind, told.quantity.unit)
        and other.quantity.value != told.quantity.value
        and other.candidate is not None
        and told.candidate is not None
        and other.candidate.sentence is told.candidate.sentence
    )


def _content(claim: Claim, text: str, known: Collection[str]) -> dict[str, float]:
    """The weights of the known content words of a claim; of the first figure of a statement all that stands before."""
    for start, end in ((claim.own.start, claim.own.end), (claim.statement.start, claim.quantity.end)):
        found = {
            word.key: rarity(word.key, word.folded)
            for word in canonical_words(text[start:end])
            if word.key in known
            and any(map(str.isalpha, word.key))
            and not is_function_word(word)
            and word.key not in LEADING
        }
        if found or claim.own.start > claim.statement.start:
            return found
    return {}


def _value(claim: Claim, text: str, told: Told) -> str:
    one, other = claim.quantity, told.quantity
    if one.value is None or other.value is None or other.value not in (one.value, _decimal(text, one)):
        return "không thấy trong đoạn trích"
    said, written = _whole(text, one), _whole(told.report.text, other)
    return f"đoạn trích viết “{_written(told)}”" if said and said != written else ""


def _decimal(text: str, quantity: Quantity) -> Decimal | None:
    """The value of "165,202 tỷ" should its comma part decimals: beside a word for thousands and more it may."""
    scaled = re.match(r"\d{1,3},\d{3}\s*(?:nghìn|ngàn|triệu|tỷ|tỉ)\b", text[quantity.start : quantity.end])
    return quantity.value / 1000 if scaled and quantity.value is not None else None


def _whole(text: str, quantity: Quantity) -> str:
    """What a ratio or a rank is out of, as digits, or ""."""
    _, slash, whole = text[quantity.start : quantity.end].partition("/")
    return re.sub(r"\D", "", whole).lstrip("0") if slash else ""


def _unit(claim: Claim, text: str, told: Told) -> str:
    one, other = claim.quantity, told.quantity
    counts = {Kind.NUMBER, Kind.RATIO}
    placed = {one.kind, other.kind} == {Kind.RATIO, Kind.RANK} and _PLACED.search(text) is not None
    alike = one.kind is other.kind or placed or {one.kind, other.kind} <= counts
    return "" if alike and one.unit == other.unit else f"đơn vị khác: đoạn trích viết “{_written(told)}”"


def _precision(claim: Claim, text: str, told: Told) -> str:
    one, other = (_classes(quantity.precision) for quantity in (claim.quantity, told.quantity))
    if told.candidate is not None:
        own = told.report.text[min(told.candidate.span.start, told.candidate.lead.start) : told.candidate.core.start]
        said = one | _estimated(text[claim.own.start : claim.quantity.start])
        written = other | _estimated(own)
        perhaps = written | (_ESTIMATED if _ESTIMATE in told.words else frozenset())
        if one == other or (written <= said <= perhaps) or (told.candidate.is_base and not one):
            return ""
    return "" if one == other else f"mức chính xác khác: đoạn trích viết “{_written(told)}”"


def _estimated(stretch: str) -> frozenset[int]:
    """The class of "ước" where it stands before a figure, though not right before: "ước chiếm", "ước thu"."""
    return _ESTIMATED if re.search(r"\bước\b", stretch, re.IGNORECASE) else frozenset()


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
    counted = list(dropwhile(lambda word: word.key in LEADING, canonical_words(claim.noun)))[:2]
    noun = told.candidate.noun.lower()
    people = [word.key for word in counted] == [_PERSON] and noun.startswith(_PEOPLE)
    if not counted or counted[0].key in _GENERIC or people:
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
    if told.candidate is None or is_verbatim(claim, text, told.candidate.sentence.text):
        return ""
    said = f"{text[claim.statement.start : claim.quantity.end]} {claim.noun}"
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
    told_here = set(years_named(report.text[one.span.start : one.zone.end])) if one and not one.years else set()
    in_words = set(claim.years) - set(claim.headed)
    if told_here and in_words and not told_here & in_words:
        said = set(
            years_named(text[claim.statement.start : claim.statement.end])
        )  # "Năm 2023, tỉnh đứng thứ 22 về DTI 2022"
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


def is_verbatim(claim: Claim, text: str, quote: str) -> bool:
    """Whether a statement is made of the very words of a quote, but for what "…" leaves out."""
    whole = f" {_letters(quote)} "
    said = text[claim.statement.start : claim.statement.end]
    return all(f" {part} " in whole for part in map(_letters, said.split("…")) if part)


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
            return f"đoạn trích nói “{_stretch(told)}”"
    return ""
