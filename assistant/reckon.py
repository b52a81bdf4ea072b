"""Figures computed from cited ones: how they are written, marked as computed, and computed anew to check them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.phrase import HEADING, MARKER
from assistant.types import Reckoning
from index.numbers import DATING, Kind, Quantity, find_quantities, format_number

POINTS = "điểm phần trăm"
"""What two shares differ by."""
_WORDS = {Reckoning.DIFFERENCE: "chênh lệch", Reckoning.TOTAL: "tổng cộng", Reckoning.RATIO: "gấp"}
COMPUTED = re.compile(
    rf"\b(?P<what>{'|'.join(_WORDS.values())}) (?P<figure>[^\[\]\n]{{1,80}}?),"
    r" tính từ (?P<markers>\[\d{1,4}\](?:(?:, | và )\[\d{1,4}\])*)",
    re.IGNORECASE,
)
"""A statement of a computed figure: "chênh lệch 153 tỷ đồng, tính từ [1] và [2]"."""
_ORDERED = re.compile(r"\b(?P<end>Cao|Thấp) hơn: \*\*(?P<name>[^*\n]+)\*\*, $")
"""What comes before it when one of two sides is named the higher or the lower."""
_ABOUT = "khoảng"


@dataclass(frozen=True, slots=True)
class _Scale:
    """A unit of money: "tỷ" is 10⁹."""

    word: str
    value: int


_SCALES = (_Scale("tỷ", 10**9), _Scale("triệu", 10**6), _Scale("", 1))


def statement(reckoning: Reckoning, figures: Sequence[Quantity], noun: str, markers: Sequence[int]) -> str:
    """A computed figure with what it is computed from.

    Args:
        reckoning: DIFFERENCE, RATIO or TOTAL.
        figures: Two or more of one unit, each with a value.
        noun: What is counted, where the unit is no word of its own.
        markers: The citation of each figure.
    """
    exact = _computed(reckoning, figures)
    shown = _rounded(exact, reckoning, figures[0])
    about = f"{_ABOUT} " if _is_rough(figures) or shown != exact else ""
    listed = [f"[{marker}]" for marker in dict.fromkeys(markers)]
    joined = listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " và " + listed[-1]
    amount = f"{_plain(shown)} lần" if reckoning is Reckoning.RATIO else _amount(shown, figures[0], noun)
    return f"{_WORDS[reckoning]} {about}{amount}, tính từ {joined}"


def figures_told(text: str) -> list[Quantity]:
    """The figures of a statement that are no dates; markers and the heading are none."""
    bare = MARKER.sub(lambda match: " " * len(match.group()), text)
    bare = HEADING.sub(lambda match: " " * len(match.group()), bare)
    return [quantity for quantity in find_quantities(bare) if quantity.kind not in DATING]


def follows(text: str, statement: re.Match[str], held: Collection[int]) -> bool:
    """Whether a computed figure is what the rows of the text that it names come to.

    Args:
        text: The whole answer.
        statement: A match of ``COMPUTED`` in it.
        held: Starts, in the text, of the figures that their own citation holds.
    """
    wanted = {int(marker) for marker in MARKER.findall(statement["markers"])}
    figures: list[Quantity] = []
    named: set[int] = set()
    rows: list[str] = []
    for row in re.finditer(r"^- .*$", text, re.MULTILINE):
        markers = [int(marker) for marker in MARKER.findall(row.group())]
        if not markers or markers[0] not in wanted:
            continue
        told = figures_told(row.group())
        if len(told) != 1 or row.start() + told[0].start not in held:
            return False
        figures.append(told[0])
        rows.append(row.group())
        named.add(markers[0])
    if named != wanted or len(figures) < 2 or len({figure.unit for figure in figures}) > 1:
        return False
    ordered = _ORDERED.search(text, 0, statement.start())
    if ordered and not _is_ordered(ordered, rows, figures):
        return False
    return _states(statement["figure"], statement["what"].lower(), figures)


def _is_ordered(said: re.Match[str], rows: Sequence[str], figures: Sequence[Quantity]) -> bool:
    """Whether the side named the higher, or lower, is the one whose row tells so; of ranks the lower number is it."""
    sign = (1 if said["end"] == "Cao" else -1) * (-1 if figures[0].kind is Kind.RANK else 1)
    first = max(range(len(rows)), key=lambda number: sign * (figures[number].value or 0))
    return rows[first].startswith((f"- **{said['name']}:**", f"- **{said['name']} ("))


def _states(written: str, what: str, figures: Sequence[Quantity]) -> bool:
    """Whether ``written`` is the figure computed, to the digits it shows, and as rough as what it comes from."""
    reckoning = next(one for one, word in _WORDS.items() if word == what)
    told = find_quantities(written)
    if len(told) != 1 or told[0].value is None or any(figure.value is None for figure in figures):
        return False
    exact = _computed(reckoning, figures)
    shown = _rounded(exact, reckoning, figures[0])
    if reckoning is Reckoning.RATIO:
        fits = written.endswith(" lần") and told[0].unit == ""
    else:
        percent = figures[0].unit == "%"
        fits = written.endswith(POINTS) if percent else told[0].unit == figures[0].unit and POINTS not in written
    rough = _is_rough(figures) or shown != exact
    return fits and told[0].value == shown and (told[0].precision == _ABOUT) == rough


def _computed(reckoning: Reckoning, figures: Sequence[Quantity]) -> Decimal:
    values = [figure.value or Decimal(0) for figure in figures]
    if reckoning is Reckoning.TOTAL:
        return sum(values, Decimal(0))
    if reckoning is Reckoning.RATIO:
        return max(values) / min(values) if min(values) else Decimal(0)
    return max(values) - min(values)


def _rounded(exact: Decimal, reckoning: Reckoning, like: Quantity) -> Decimal:
    """The value as it is shown: ratios to a tenth, the rest to a hundredth of the unit written, counts as they are."""
    if reckoning is Reckoning.RATIO:
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    scale = _scale(exact).value if like.kind is Kind.MONEY else 1
    return (exact / scale).quantize(Decimal("0.01"), ROUND_HALF_UP) * scale


def _is_rough(figures: Sequence[Quantity]) -> bool:
    return any(figure.precision for figure in figures)


def _amount(value: Decimal, like: Quantity, noun: str) -> str:
    if like.unit == "%":
        return f"{_plain(value)} {POINTS}"
    if like.kind is Kind.RANK:
        return f"{_plain(value)} bậc"
    if like.kind is Kind.MONEY:
        scale = _scale(value)
        return " ".join(f"{_plain(value / scale.value)} {scale.word} {like.unit}".split())
    return f"{_plain(value)} {noun}".rstrip()


def _scale(value: Decimal) -> _Scale:
    return next((scale for scale in _SCALES if value >= scale.value), _SCALES[-1])


def _plain(value: Decimal) -> str:
    """The Vietnamese form without trailing zeros."""
    return format_number(value.normalize() if value % 1 else value.quantize(Decimal(1)))
