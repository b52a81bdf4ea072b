"""What a follow-up takes up from the answer before it: the figures told there, and who is meant by "người này"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import phrase
from assistant.types import Asked, Message, Query
from index.candidate import Candidate
from index.names import find_names
from index.numbers import DATING, Kind, Quantity, find_quantities
from index.provinces_table import PROVINCES

_POINTS_AT_ONE = re.compile(
    r"\b(?:(?:người|ông|bà|anh|chị|cô|vị|em|bạn) (?:này|ấy|đó|kia|trên)|họ|người ta)\b", re.IGNORECASE
)
_ASKED_OF = {Kind.PERCENT: Asked.PERCENT, Kind.MONEY: Asked.MONEY, Kind.RANK: Asked.RANK}
_NOTHING_NEW = 2
"""So many words of its own at most has a follow-up that asks for the same of another year or place."""
_MOST_READ = 2_000
"""Characters of an answer that are looked at."""


def with_reply(query: Query, history: Sequence[Message]) -> Query:
    """A follow-up with the figures of the answer before it, and the one person named there if it points at one.

    Args:
        query: The question understood; only one that carries words over from earlier ones is a follow-up.
        history: Earlier turns, oldest first.
    """
    told = next((turn.content[:_MOST_READ] for turn in reversed(history) if turn.role == "assistant"), "")
    if not told or not query.carried:
        return query
    told = phrase.MARKER.sub(" ", phrase.HEADING.sub(" ", told))
    figures = (_told_as(quantity) for quantity in find_quantities(told) if quantity.kind not in DATING)
    query = replace(_of_kind_told(query, told), replied=tuple(dict.fromkeys(figure for figure in figures if figure)))
    people = tuple(dict.fromkeys(name.name for name in find_names(told) if name.name not in PROVINCES))
    if query.names or len(people) != 1 or not _POINTS_AT_ONE.search(query.question):
        return query
    return replace(query, names=people)


def _of_kind_told(query: Query, told: str) -> Query:
    """The query for the kind of figure of the answer before, where it asks for a bare number of nothing new."""
    kinds = {quantity.kind for quantity in find_quantities(told) if quantity.kind not in DATING}
    bare = query.asked is Asked.COUNT and not any(query.wanted) and len(query.terms) <= _NOTHING_NEW
    asked = _ASKED_OF.get(kinds.pop()) if bare and len(kinds) == 1 else None
    return replace(query, asked=asked) if asked else query


def _told_as(quantity: Quantity) -> str:
    """A figure by its form, unit and value: "percent % 27"; "" when it has no value."""
    return "" if quantity.value is None else f"{quantity.kind.value} {quantity.unit} {quantity.value.normalize():f}"


def beside_reply(candidate: Candidate, query: Query) -> dict[str, float]:
    """Whether a candidate is a figure told in the answer before, or stands in the sentence of one or right after."""
    if not query.replied:
        return {}
    replied, before = {*query.replied}, candidate.sentence.before
    here = {_told_as(quantity) for quantity in candidate.sentence.quantities}
    earlier = {_told_as(quantity) for quantity in before.quantities} if before else set[str]()
    is_reply = candidate.quantity is not None and _told_as(candidate.quantity) in replied
    return {
        "is_reply": float(is_reply),
        "beside_reply": float(not is_reply and bool(here & replied)),
        "after_reply": float(bool(earlier & replied)),
        "no_reply": float(not (here | earlier) & replied),
    }
