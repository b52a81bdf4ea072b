"""Yes or no: a figure found against what the question supposes."""

import re

from assistant.candidates import Candidate
from assistant.types import Query
from index.numbers import Kind, Quantity, find_quantities
from index.words import fold

_MORE = re.compile(r"\b(vuot|tren|hon|cao hon|lon hon|nhieu hon|qua|it nhat|toi thieu)\b")
_LESS = re.compile(r"\b(duoi|thap hon|it hon|nho hon|chua den|chua toi)\b")
_ALL = re.compile(r"\b(het|toan bo|tat ca|100)\b")
_DONE = re.compile(r"\bchua$")


def decide(query: Query, candidate: Candidate) -> str:
    """ "Có. ", "Không. ", "Rồi. ", "Chưa. " for a yes/no question, by the figure found; "" when it cannot be told."""
    asked = fold(query.question).rstrip(" ?.!")
    supposed = [q for q in find_quantities(query.question) if q.kind not in (Kind.YEAR, Kind.DATE, Kind.TIME)]
    found = candidate.quantity
    yes, no = ("Rồi. ", "Chưa. ") if _DONE.search(asked) else ("Có. ", "Không. ")
    if supposed and found and found.value is not None and supposed[0].value is not None:
        return yes if _holds(asked, found, supposed[0]) else no
    if found and found.kind is Kind.PERCENT and _ALL.search(asked):
        return yes if found.value == 100 else no
    return yes if not supposed else ""


def _holds(asked: str, found: Quantity, supposed: Quantity) -> bool:
    assert found.value is not None
    assert supposed.value is not None
    if _LESS.search(asked):
        return found.value < supposed.value
    if _MORE.search(asked):
        return found.value > supposed.value
    return found.value == supposed.value
