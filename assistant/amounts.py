"""Whether a claim tells the amount that a figure tells: value, unit, precision word."""

import re
from decimal import Decimal

from assistant.backing import Told
from assistant.claims import Claim
from index.numbers import Kind, Quantity
from index.words import key

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
_PLACED = re.compile(r"\b(?:hạng|xếp|thứ|vị trí)\b", re.IGNORECASE)


def same_value(claim: Claim, text: str, told: Told) -> str:
    """Why the value is another one, or ""."""
    one, other = claim.quantity, told.quantity
    if one.value is None or other.value is None or other.value not in (one.value, _decimal(text, one)):
        return "không thấy trong đoạn trích"
    said, written = _whole(text, one), _whole(told.report.text, other)
    return f"đoạn trích viết “{as_written(told)}”" if said and said != written else ""


def _decimal(text: str, quantity: Quantity) -> Decimal | None:
    """The value of "165,202 tỷ" should its comma part decimals: beside a word for thousands and more it may."""
    scaled = re.match(r"\d{1,3},\d{3}\s*(?:nghìn|ngàn|triệu|tỷ|tỉ)\b", text[quantity.start : quantity.end])
    return quantity.value / 1000 if scaled and quantity.value is not None else None


def _whole(text: str, quantity: Quantity) -> str:
    """What a ratio or a rank is out of, as digits, or ""."""
    _, slash, whole = text[quantity.start : quantity.end].partition("/")
    return re.sub(r"\D", "", whole).lstrip("0") if slash else ""


def same_unit(claim: Claim, text: str, told: Told) -> str:
    """Why the unit or the form is another one, or ""."""
    one, other = claim.quantity, told.quantity
    counts = {Kind.NUMBER, Kind.RATIO}
    placed = {one.kind, other.kind} == {Kind.RATIO, Kind.RANK} and _PLACED.search(text) is not None
    alike = one.kind is other.kind or placed or {one.kind, other.kind} <= counts
    return "" if alike and one.unit == other.unit else f"đơn vị khác: đoạn trích viết “{as_written(told)}”"


def same_precision(claim: Claim, text: str, told: Told) -> str:
    """Why it is more or less exact than told, or ""."""
    one, other = (_classes(quantity.precision) for quantity in (claim.quantity, told.quantity))
    if told.candidate is not None:
        own = told.report.text[min(told.candidate.span.start, told.candidate.lead.start) : told.candidate.core.start]
        said = one | _estimated(text[claim.own.start : claim.quantity.start])
        written = other | _estimated(own)
        perhaps = written | (_ESTIMATED if _ESTIMATE in told.words else frozenset())
        if one == other or (written <= said <= perhaps) or (told.candidate.is_base and not one):
            return ""
    return "" if one == other else f"mức chính xác khác: đoạn trích viết “{as_written(told)}”"


def _estimated(stretch: str) -> frozenset[int]:
    """The class of "ước" where it stands before a figure, though not right before: "ước chiếm", "ước thu"."""
    return _ESTIMATED if re.search(r"\bước\b", stretch, re.IGNORECASE) else frozenset()


def _classes(precision: str) -> frozenset[int]:
    words = precision.split()
    return frozenset(number for number, group in enumerate(_PRECISION) if group & set(words))


def as_written(told: Told) -> str:
    """A told figure as its report writes it, its precision word included."""
    text, quantity = told.report.text, told.quantity
    return " ".join(text[quantity.precision_start : quantity.end].split())
