"""What a question counts and what a figure counts: the same noun, one people exchange for it, or another."""

import re
from collections.abc import Sequence

from assistant import rank
from assistant.sorts import PEOPLE, sorts_of
from assistant.types import Query
from index.candidate import Candidate
from index.lexicon import canonical_words
from index.numbers import Kind
from index.words import Word, fold

_NO_PEOPLE = frozenset({1, 2, 3, 5, 9})
"""The sorts of bodies, places and quantities, of which none is meant where people are asked for."""
_MEETINGS = frozenset(["lop", "cuoc", "dot", "buoi", "khoa", "hoi"])
_HOW_MANY = re.compile(r"\b(?:bao nhiêu|bao nhieu|mấy|may(?! tinh\b)|bn)\b")
"""What asks for a number; "máy" is another word."""
_SHARE = re.compile(r"%|\b(?:phần trăm|phan tram|tỷ lệ|tỉ lệ|ty le|ti le)", re.IGNORECASE)


def counts_no_money(candidate: Candidate, query: Query) -> bool:
    """Whether a figure counts things or people where a question asks for money and counts nothing."""
    return candidate.kind is Kind.NUMBER and not any(query.wanted) and bool(sorts_of(candidate.noun))


def counts_no_share(candidate: Candidate, query: Query) -> bool:
    """Whether a figure counts things or people where a question asks for a share and counts nothing."""
    return counts_no_money(candidate, query) and _SHARE.search(query.question) is not None


def counts_things(query: Query) -> bool:
    """Whether all that a question counts are things or people, which no sum of money tells: "bao nhiêu tấn"."""
    nouns = [query.question[noun[0].start : noun[-1].end] for noun in query.wanted if noun]
    asked = len(_HOW_MANY.findall(query.question.lower()))
    return 0 < len(nouns) == asked and all(sorts_of(noun) and not fold(noun).startswith("lan") for noun in nouns)


def counts_no_people(candidate: Candidate, query: Query) -> bool:
    """Whether a figure counts bodies, places or meetings where a question asks for people: "858 tổ"."""
    nouns = [query.question[noun[0].start : noun[-1].end] for noun in query.wanted if noun]
    if not nouns or not all(PEOPLE in sorts_of(noun) for noun in nouns):
        return False
    of = sorts_of(candidate.noun)
    return PEOPLE not in of and bool(of & _NO_PEOPLE or {*fold(candidate.noun).split()[:1]} & _MEETINGS)


def counting(candidate: Candidate, wanted: Sequence[Word], query: Query) -> dict[str, float]:
    """How what the figure counts stands to what is to be counted."""
    noun = candidate.noun
    if not wanted or not noun or candidate.quantity is None:
        return {}
    asked = query.question[wanted[0].start : wanted[-1].end] if wanted[-1].end <= len(query.question) else ""
    first = next(iter(canonical_words(noun)), None)
    one, other = sorts_of(asked), sorts_of(noun)
    same = first is not None and first.folded == wanted[0].folded
    return {
        "head": float(same),
        "other_head": float(not same),
        "sort": float(bool(one & other)),
        "other_sort": float(bool(one and other and not one & other)),
        "other_wanted": max((rank.noun_match(candidate, slot) for slot in query.wanted if slot != wanted), default=0.0),
    }
