"""Yes or no: a figure found against what the question supposes."""

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.candidates import Candidate
from assistant.types import Query
from index.numbers import Kind, find_quantities, parse_number
from index.words import fold

_MORE = re.compile(r"\b(vuot|tren|hon|cao hon|lon hon|nhieu hon|qua|it nhat|toi thieu)\b")
_LESS = re.compile(r"\b(duoi|thap hon|it hon|nho hon|chua den|chua toi)\b")
_ALL = re.compile(r"\b(het|toan bo|tat ca|deu|100)\b")
_REACHED = re.compile(r"\b(dat|len toi|len den|toi muc|du)\b")
_DONE = re.compile(r"\bchua$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a yes/no question is answered with.

    Attributes:
        word: "Có. ", "Không. ", "Rồi. ", "Chưa. ", or "" when only the report's own words can tell.
        corrects: Whether a figure that the question supposes is wrong.
    """

    word: str
    corrects: bool


def decide(query: Query, candidate: Candidate) -> Verdict:
    """Yes or no by the figure found; without a figure to compare the report's own words must do."""
    asked = fold(query.question).rstrip(" ?.!")
    supposed = [q for q in find_quantities(query.question) if q.kind not in (Kind.YEAR, Kind.DATE, Kind.TIME)]
    found = candidate.quantity
    yes, no = ("Rồi. ", "Chưa. ") if _DONE.search(asked) else ("Có. ", "Không. ")
    if found is None or found.value is None:
        return Verdict("", False)
    whole = _whole(candidate)
    if _ALL.search(asked) and whole is not None:
        return Verdict(yes if found.value == whole else no, False)
    if not supposed or supposed[0].value is None or (supposed[0].unit, supposed[0].kind) != (found.unit, found.kind):
        return Verdict("", False)
    if _MORE.search(asked) or _LESS.search(asked) or _REACHED.search(asked):
        return Verdict(yes if _holds(asked, found.value, supposed[0].value) else no, False)
    if found.value == supposed[0].value:
        return Verdict("" if found.precision != supposed[0].precision else yes, False)
    return Verdict(no, True)


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
