"""Figures that a question cannot mean beside one of just what it asks: what was added, planned, a part, of another.

Each gives its probability to the plain one, so that two likely figures are not taken for doubt about either.
"""

import re
from collections.abc import Sequence

from assistant.counting import EACH
from assistant.marks import (
    count_alike,
    head_noun,
    in_place_of,
    names_in,
    own_stretches,
    tells_most,
    terms_before,
    terms_in,
)
from assistant.match import Matcher
from assistant.rank import asks_new, is_combined
from assistant.ranker import Ranked
from assistant.sayings import NEW
from assistant.types import Asked, Query
from assistant.vocabulary import LEADING
from index.candidate import Candidate
from index.candidates import PILLAR
from index.lexicon import canonical_words
from index.numbers import Kind
from index.types import Span
from index.words import Word, fold

_AS_LIKELY = 0.15
"""How probable the plain figure must be against the one that gives way."""
_ASKED = (Asked.COUNT, Asked.MONEY, Asked.PERCENT, Asked.RANK, Asked.SCORE)
_APART = re.compile(r"\briêng\b", re.IGNORECASE)
"""How a question asks for a part."""
_ASKS_CHANGE = re.compile(r"\b(?:(?:hơn|kém) (?:cùng|năm|trước|đầu|cuối)|so với|vừa|vượt)\b", re.IGNORECASE)
"""How a question asks for what came on top."""
_PEAK = re.compile(r"\b(?:cao điểm|đỉnh điểm|có (?:ngày|hôm|tháng|tuần|lúc))\b", re.IGNORECASE)
"""How a report leads to the figure of the busiest time."""
_LOOKED_AT = 4
"""The most probable candidates, among which the plain one is looked for."""


def plain_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with a plain figure before those that give way to it.

    "Với 214 trạm BTS xây mới, toàn tỉnh hiện có 3.186 trạm" answers "có bao nhiêu trạm BTS?" by the latter, and
    "34 doanh nghiệp (tăng 5 doanh nghiệp)" answers "bao nhiêu doanh nghiệp?" by the former.
    """
    best = ranked[0] if ranked else None
    apart = query.excluded or _APART.search(query.question)
    if best is None or query.asked not in _ASKED or query.extreme or query.compares or apart:
        return [*ranked]
    likely = [one for one in ranked[:_LOOKED_AT] if one.probability >= best.probability * _AS_LIKELY]
    told = [one for one in ranked if one.probability > 0]
    for one in likely:
        giving = [other for other in told if _gives_way(other.candidate, one.candidate, query, matcher)]
        first = giving and (one is best or any(other is best for other in giving))
        if first and not any(_gives_way(one.candidate, other.candidate, query, matcher) for other in likely):
            return in_place_of(giving, one, ranked)
    return [*ranked]


def _gives_way(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether a figure cannot be meant beside a plain one of its form and noun, of which nothing asked is missing."""
    if one is plain or plain.former:
        return False
    alike = one.has_form_of(plain) and count_alike(one, plain)
    reasons = _OF_ANOTHER if alike else (_is_no_money,)
    return any(reason(one, plain, query, matcher) for reason in reasons) and not _marks_alone(one, plain, matcher)


def _is_added(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it tells what was added to the plain figure of its sentence, which is not asked for."""
    told = _in_one_sentence(one, plain) and not plain.is_part and _tells_new(one) and not _tells_new(plain)
    if not told or asks_new(query) or query.direction or _ASKS_CHANGE.search(query.question):
        return False
    return not _leads_alone(one, plain) & {*fold(query.question).split()}


def _is_in_all(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it tells how many there are where those added are asked for, and told beside it."""
    return asks_new(query) and _in_one_sentence(one, plain) and _tells_new(plain) and not _tells_new(one)


def _tells_new(candidate: Candidate) -> bool:
    """Whether a figure is of what was added, or of a change."""
    text = candidate.sentence.report.text
    start = max(candidate.begins, _last_pause(text, candidate.begins, candidate.core.start))
    return bool(candidate.direction) or NEW.search(text, start, candidate.span.end) is not None


def _is_part(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it is a part of the plain figure, told before it."""
    behind = _in_one_sentence(one, plain) and plain.core.start < one.core.start
    whole = not plain.is_part and not plain.direction
    if not (behind and one.is_part and whole and (query.total or tells_most(plain, matcher))):
        return False
    told = {word.folded for word in _words_in(plain, _around(plain))}
    return any(word.folded not in told for word in _words_in(one, _marking(one, plain)))


def _is_pillar(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it is the rank or score of a part of the index that the plain one is of."""
    text = one.sentence.report.text
    ranked = query.asked in (Asked.RANK, Asked.SCORE) and plain.core.start < one.core.start
    told = ranked and PILLAR.search(text, max(one.begins, plain.core.end), one.core.start) is not None
    return told and PILLAR.search(text, plain.begins, plain.core.start) is None


def _is_of_member(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it is of a named place or body that is not asked for: "còn 47 làng; Krông Pa nhiều nhất với 13 làng"."""
    if not _in_one_sentence(one, plain) or one.core.start < plain.core.start or plain.direction:
        return False
    own = _named(one, max(plain.core.end, one.lead.start))
    return bool(own) and not any(map(matcher.is_asked, own)) and all(map(matcher.is_asked, _named(plain, plain.begins)))


def _named(candidate: Candidate, start: int) -> list[Word]:
    """The words of the names from an offset to the end of what a figure counts."""
    sentence = candidate.sentence
    stretch = Span(max(start, sentence.span.start + 1), candidate.span.end)  # the first letter makes no name
    return _words_at(candidate, names_in(sentence.report.text, stretch) if stretch.start < stretch.end else [])


def _is_no_money(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it counts something where the sum of money told beside it is asked for."""
    forms = (query.asked, one.kind, plain.kind)
    return _in_one_sentence(one, plain) and forms == (Asked.MONEY, Kind.NUMBER, Kind.MONEY)


def _leads_alone(one: Candidate, plain: Candidate) -> set[str]:
    """The words that lead to a figure and not to the plain one, without diacritics."""
    text = one.sentence.report.text
    return {*fold(text[one.begins : one.core.start]).split()} - {*fold(text[plain.begins : plain.span.end]).split()}


def _in_one_sentence(one: Candidate, plain: Candidate) -> bool:
    """Whether both are told in one sentence, as results or as plans."""
    return one.sentence.span == plain.sentence.span and one.planned == plain.planned


def _is_planned(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it is planned where the result is asked for, and told, of the same noun."""
    return (
        one.planned
        and not plain.planned
        and not query.target
        and not query.years
        and not plain.direction
        and head_noun(one) == head_noun(plain) != ""
    )


def _is_result(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it is a result where the plan is asked for, and told with most of what is asked."""
    return query.target and plain.planned and not one.planned and tells_most(plain, matcher)


def _is_older(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it is of an earlier year than the plain one told beside it, where the question names none."""
    if query.years or query.year_before or not (one.years and plain.years and _in_one_sentence(one, plain)):
        return False
    return max(one.years) < max(plain.years)


def _is_of_two(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it is of two trades together where the plain one, told beside it, is of the one asked."""
    return is_combined(one, matcher) and not is_combined(plain, matcher) and one.planned == plain.planned


def _is_of_peak(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether it is of the busiest time of all that the plain one, told before it, is of: "cao điểm có ngày 316"."""
    behind = _in_one_sentence(one, plain) and plain.core.start < one.core.start
    return behind and _PEAK.search(one.sentence.report.text, plain.core.end, one.core.start) is not None


def _is_narrower(one: Candidate, plain: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether what it counts is a kind of what the plain one counts: "trạm thuộc các huyện miền Tây"."""
    noun, whole = one.noun.lower().split(), plain.noun.lower().split()
    same = (one.planned, bool(one.direction), False) == (plain.planned, bool(plain.direction), plain.is_part)
    if not (same and 0 < len(whole) < len(noun) and noun[: len(whole)] == whole):
        return False
    if whole[-1] in EACH:
        return False
    kind = [word for word in canonical_words(" ".join(noun[len(whole) :])) if word.key not in LEADING]
    return bool(kind) and not any(matcher.is_asked(word) for word in kind)


def _marks_alone(one: Candidate, plain: Candidate, matcher: Matcher) -> bool:
    """Whether something asked stands around a figure and nowhere around the plain one, or before it."""
    sentence, around = plain.sentence, _around(plain)
    told = terms_in(matcher, sentence, around) | terms_before(matcher, sentence)
    if terms_in(matcher, one.sentence, _marking(one, plain)) - told:
        return True
    known = {word.folded for word in _words_in(plain, around)}
    known |= {word.folded for word in sentence.before.words} if sentence.before else set()
    return any(matcher.is_asked(word) and word.folded not in known for word in _words_in(one, _marking(one, plain)[:1]))


def _around(candidate: Candidate) -> list[Span]:
    """Where what holds for a figure stands in its sentence: from its start, and in its headings."""
    return [
        Span(candidate.sentence.span.start, candidate.core.end),
        *candidate.sentence.headings,
        *own_stretches(candidate),
    ]


def _marking(one: Candidate, plain: Candidate) -> list[Span]:
    """Where what marks a figure beside the plain one stands; what both share marks neither."""
    own = own_stretches(one)
    if one.sentence.span != plain.sentence.span or one.core.start < plain.core.end:
        return own
    parted = _last_pause(one.sentence.report.text, plain.core.end, one.core.start)
    return [Span(max(one.begins, plain.core.end, parted), own[0].end)]


def _words_in(candidate: Candidate, spans: Sequence[Span]) -> list[Word]:
    """The words of some stretches of a figure's sentence that say something of it."""
    return [word for word in _words_at(candidate, spans) if word.key[0].isalpha() and word.key not in LEADING]


def _words_at(candidate: Candidate, spans: Sequence[Span]) -> list[Word]:
    """The words of some stretches of a figure's sentence."""
    return [w for w in candidate.sentence.words if any(s.start <= w.start < s.end for s in spans)]


def _last_pause(text: str, start: int, end: int) -> int:
    """Where the last comma, semicolon or bracket of a stretch opens what follows it, or -1."""
    return max(text.rfind(mark, start, end) for mark in ",;(")


_OF_ANOTHER = (_is_added, _is_in_all, _is_part, _is_pillar, _is_of_member, _is_planned, _is_result, _is_older,
               _is_of_two, _is_of_peak, _is_narrower)  # fmt: skip
"""Why a figure of the plain one's form and noun cannot be meant; each asks what it needs of the four it is given."""
