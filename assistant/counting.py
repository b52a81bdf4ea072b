"""What a question counts and what a figure counts: the same noun, one people exchange for it, or another."""

import re
from collections.abc import Sequence

from assistant import rank
from assistant.sorts import Sort, sorts_of
from assistant.types import Asked, Query
from index.candidate import Candidate
from index.lexicon import canonical_words
from index.numbers import Kind
from index.words import Word, key, words

_NO_PEOPLE = frozenset({Sort.BODIES, Sort.PLACES, Sort.POINTS, Sort.TEAMS, Sort.MEASURES})
_CASES = frozenset(map(key, ("vụ", "trường", "quyết", "lần")))
"""First words of nouns of the sort of meetings that may stand for people: "12 trường hợp bị phạt"."""
EACH = frozenset("chiếc cái con bộ cuộc đợt lần vụ lượt".split())
"""Words that count whatever is named before or behind: "750 chiếc", "mấy cuộc họp?"."""
_PERSON = frozenset(map(key, ("viên", "trưởng", "sĩ")))
"""Words that make any noun one of people: "báo cáo viên", "nhóm trưởng"."""
_HOW_MANY = re.compile(r"\b(?:bao nhiêu|bao nhieu|mấy|may(?! tinh\b)|bn)\b")
"""What asks for a number; "máy" is another word."""
_ALL = re.compile(r"\b(?:toàn bộ|tất cả|cả)\b", re.IGNORECASE)
_PERCENT = re.compile(r"%|\b(?:phần trăm|phan tram)\b", re.IGNORECASE)
"""What asks for a share; "tỷ lệ" may be "18,5 thuê bao/100 dân"."""


def sole_noun(query: Query) -> Sequence[Word]:
    """The noun of the one thing that a question counts, or ()."""
    return query.wanted[0] if query.asked is Asked.COUNT and len(query.wanted) == 1 else ()


def counts_no_money(candidate: Candidate, query: Query) -> bool:
    """Whether a figure counts things or people where a question asks for money and counts nothing."""
    return candidate.kind is Kind.NUMBER and not any(query.wanted) and bool(sorts_of(words(candidate.noun)))


def counts_no_share(candidate: Candidate, query: Query) -> bool:
    """Whether a figure counts some things or people where a question asks for per cent and counts nothing."""
    led = candidate.sentence.report.text[candidate.begins : candidate.core.start]
    all_of_them = _ALL.search(led) is not None
    return not all_of_them and counts_no_money(candidate, query) and _PERCENT.search(query.question) is not None


def moves_no_share(candidate: Candidate, query: Query) -> bool:
    """Whether a figure tells a number where a question asks by how many per cent something moved."""
    number = candidate.kind is Kind.NUMBER and not candidate.noun.lower().startswith("điểm")
    return query.asked is Asked.CHANGE and number and _PERCENT.search(query.question) is not None


def counts_things(query: Query) -> bool:
    """Whether all that a question counts are things or people, which no sum of money tells: "bao nhiêu tấn"."""
    nouns = [noun for noun in query.wanted if noun]
    asked = len(_HOW_MANY.findall(query.question.lower()))
    return 0 < len(nouns) == asked and all(sorts_of(noun) and noun[0].folded != "lan" for noun in nouns)


def counts_no_people(candidate: Candidate, query: Query) -> bool:
    """Whether a figure counts bodies, places or meetings where a question asks for people: "858 tổ"."""
    nouns = [noun for noun in query.wanted if noun]
    if not nouns or not all(Sort.PEOPLE in sorts_of(noun) for noun in nouns):
        return False
    told = words(candidate.noun)
    of = sorts_of(told)
    if Sort.PEOPLE in of or any(word.key in _PERSON for word in told[:3]):
        return False
    return bool(of & _NO_PEOPLE) or (Sort.MEETINGS in of and told[0].key not in _CASES)


def counting(candidate: Candidate, wanted: Sequence[Word], query: Query) -> dict[str, float]:
    """How what the figure counts stands to what is to be counted."""
    noun = candidate.noun
    if not wanted or not noun or candidate.quantity is None:
        return {}
    first = next(iter(canonical_words(noun)), None)
    one, other = sorts_of(wanted), sorts_of(words(noun))
    same = first is not None and first.folded == wanted[0].folded
    return {
        "head": float(same),
        "other_head": float(not same),
        "sort": float(bool(one & other)),
        "other_sort": float(bool(one and other and not one & other)),
        "other_wanted": max((rank.noun_match(candidate, slot) for slot in query.wanted if slot != wanted), default=0.0),
    }
