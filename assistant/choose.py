"""Among candidates that fit a query: which answer it as it is put, and which of nearly equal ones decides."""

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.decide import decide
from assistant.fulfil import asks_fulfilment, fulfilment
from assistant.rank import Scored
from assistant.settle import asks_where
from assistant.singled import is_of_prize, prize_asked
from assistant.types import Asked, Query
from index.numbers import Kind
from index.words import fold

NEARLY = 0.25
"""How much less than the best a figure may score that tells yes or no where the best one does not."""
OTHERWISE = 0.25
"""By how much more of the question a figure of another form may hold than the answer."""
OWN_SHARE = 0.5
"""An answer with this much of the question among its own words stands, whatever other figures tell."""
_AMONG = re.compile(r"\btrong (cac|so|nhung)\b.*\bnao\b")
_CAPITALS = "".join(letter for letter in map(chr, range(ord("A"), ord("Ỹ") + 1)) if letter.isupper())
_AT = re.compile(
    rf"\b(?:tại|ở|trên|về)\s+(?!hội nghị|buổi|cuộc|đây|đó|lễ)(?:[^\s,;]+\s+){{0,4}}?[{_CAPITALS}]"
    r"|\b(?:tại|ở)\s+(?:hội trường|trụ sở|thư viện|trung tâm|quảng trường|nhà|xã|huyện|thị|thành phố|phường|khu)\b"
    r"|\btrực tuyến\b"
)
"""Words that tell a place; a conference held online has none other."""


def is_as_put(candidate: Candidate, query: Query) -> bool:
    """Whether a candidate tells what is asked, not only what it is about.

    A figure must belong to the prize asked about, or have a plan beside it when that is asked; where something is
    can be told only by words that name a place; the largest "trong các khoản" is one of the parts, not their sum.
    """
    if asks_fulfilment(query):
        return fulfilment(query, candidate) is not None
    if candidate.quantity is None:
        told = candidate.sentence.report.text[candidate.span.start : candidate.span.end]
        return not asks_where(query) or _AT.search(told) is not None
    if query.extreme and _AMONG.search(fold(query.question)) and not candidate.is_part:
        return False
    prize = prize_asked(query)
    return not prize or is_of_prize(candidate, prize)


def deciding(fitting: Sequence[Scored], query: Query) -> Scored:
    """The best one; for yes or no the first of those nearly as good, or of its own sentence, that tells it."""
    if query.asked is not Asked.YES_NO:
        return fitting[0]
    best = fitting[0]
    near = [
        scored
        for scored in fitting
        if scored.sure
        and (scored.score > best.score - NEARLY or scored.candidate.sentence.span == best.candidate.sentence.span)
    ]
    return next((scored for scored in near if decide(query, scored.candidate).word), fitting[0])


def counted(candidate: Candidate) -> str:
    """What a plain number counts ("trạm BTS"), or ""."""
    return candidate.noun if candidate.kind is Kind.NUMBER and not candidate.sentence.row else ""


def most(fitting: Sequence[Scored], query: Query) -> Scored:
    """The largest or smallest of the figures that are about the same as the best one."""
    best = fitting[0]
    quantity = best.candidate.quantity
    if quantity is None:
        return best
    sign = -query.extreme if quantity.kind is Kind.RANK else query.extreme
    alike = [
        scored
        for scored in fitting
        if scored.candidate.quantity
        and scored.candidate.quantity.kind is quantity.kind
        and scored.sure
        and scored.candidate.quantity.unit == quantity.unit
        and scored.candidate.noun == best.candidate.noun
        and scored.candidate.direction == best.candidate.direction
        and scored.candidate.is_part == best.candidate.is_part
        and scored.candidate.quantity.value is not None
    ]
    return max(alike, key=lambda scored: sign * (scored.candidate.quantity.value or 0), default=best)  # type: ignore[union-attr]


def told_otherwise(ranked: Sequence[Scored], best: Scored) -> bool:
    """Whether the report tells what is asked about, but not in the form asked: a growth instead of an amount."""
    if best.strong >= OWN_SHARE or best.counted == 1:
        return False
    return any(other.coverage > best.coverage + OTHERWISE for other in ranked if not other.fits)
