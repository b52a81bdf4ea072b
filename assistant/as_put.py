"""Whether a candidate tells what a question asks as it is put, not only what it is about."""

import re

from assistant.fulfil import asks_fulfilment, fulfilment
from assistant.settle import asks_where
from assistant.singled import is_of_prize, prize_asked
from assistant.types import Query
from index.candidate import Candidate
from index.words import fold

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
