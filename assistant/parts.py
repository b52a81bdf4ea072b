"""A part or its whole: which of the figures that one sentence tells a question means, by what marks the part."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.match import Matcher
from assistant.rank import asks_new, is_half
from assistant.ranker import Ranked
from assistant.sayings import NEW
from assistant.types import Asked, Query
from assistant.vocabulary import GENERIC, LEADING
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.numbers import Kind
from index.words import Word, words

_AS_LIKELY_WHOLE, _AS_LIKELY_PART = 0.3, 0.05
"""A whole takes the place of a part, or a part that of its whole, where it is so probable against it."""
_DIVISIBLE = (Kind.NUMBER, Kind.MONEY, Kind.PERCENT)
_RAISED_TO = re.compile(r"\b(?:nâng|đưa)\b[^,;.]*\b(?:lên|là|thành)\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:gộp|tổng(?! công ty| cục| đài)|cộng(?! đồng| tác)|cả hai|hai (?:lĩnh vực|mảng|khối)|chung(?! cư))\b",
    re.IGNORECASE,
)
"""What leads to the whole after what was added, and to the sum of several."""


def whole_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with the whole before its parts, where both are likely and the question has no mark of the parts.

    "Bưu chính thu bao nhiêu?" is answered by "doanh thu bưu chính đạt 150 tỷ đồng, trong đó chuyển phát 25 tỷ": no word
    of the part that the whole does not have is asked for.
    """
    best = ranked[0] if ranked else None
    if best is None or not best.candidate.is_part or best.candidate.direction or query.extreme:
        return [*ranked]
    likely = (one for one in ranked if one.probability > best.probability * _AS_LIKELY_WHOLE)
    wholes = [one for one in likely if _is_whole_of(one.candidate, best.candidate)]
    if not wholes or not _has_no_mark(best.candidate, wholes[-1].candidate, matcher, query.total):
        return [*ranked]
    whole = wholes[-1]
    parts = [one for one in ranked if one.candidate.is_part and _is_whole_of(whole.candidate, one.candidate)]
    return sorted(_in_place_of(parts, whole, ranked), key=lambda one: (-one.probability, -one.near))


def marked_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with a part before what it is a part of, where the question names what marks the part.

    "Chứng thư số đã cấp: 3.284, gồm 612 của cơ quan và 2.672 của cá nhân" answers "cấp cho cá nhân?" by the last: the
    word stands nowhere before the whole, and by no other part.
    """
    best = ranked[0] if ranked else None
    if best is None or best.candidate.is_part or best.candidate.sentence.row or query.total or query.extreme:
        return [*ranked]
    if len(query.wanted) > 1 or query.leads or query.compares:
        return [*ranked]
    whole, asked = best.candidate, {word.folded for word in query.terms}
    text = whole.sentence.report.text
    told = {word.folded for word in whole.sentence.words if word.start < whole.span.end}
    told |= {word.folded for head in whole.sentence.headings for word in words(text[head.start : head.end])}
    likely = (one for one in ranked if one.probability > best.probability * _AS_LIKELY_PART)
    parts = [one for one in likely if _may_be_part(one.candidate, whole)]
    marks = [_marks(one.candidate, matcher) & asked - told for one in parts]
    most = max(marks, key=len, default=set())
    if not most or sum(own == most for own in marks) > 1 or any(own - most for own in marks):
        return [*ranked]  # the question names none, several, or what all of them share
    return _in_place_of([best], parts[marks.index(most)], ranked)


def sum_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with what is told to be all together before what it sums up, both of one sentence.

    "Cấp mới 1.305 chứng thư số, nâng tổng số lên 9.640" answers "tất cả bao nhiêu?" by the latter, and "viễn thông
    3.286 tỷ, bưu chính 1.954 tỷ; gộp hai lĩnh vực là 5.240 tỷ" answers "cả bưu chính lẫn viễn thông?" by the last.
    """
    best = ranked[0] if ranked else None
    if best is None or best.candidate.quantity is None or query.asked not in (Asked.COUNT, Asked.MONEY):
        return [*ranked]
    added = query.total and not asks_new(query) and NEW.search(_lead_in(best.candidate)) is not None
    sums = _RAISED_TO if added else _TOGETHER if is_half(best.candidate, matcher) else None
    for one in ranked[1:] if sums else ():
        behind = one.probability > 0 and _is_behind(one.candidate, best.candidate)
        if behind and one.candidate.kind is best.candidate.kind and sums and sums.search(_lead_in(one.candidate)):
            return _in_place_of([best], one, ranked)
    return [*ranked]


def parts_of(whole: Candidate) -> list[Candidate]:
    """The figures of a sentence that are told to be parts of one before them: "trong đó A 25 tỷ; B 35 tỷ"."""
    behind = (one for one in figure_candidates(whole.sentence) if one.core.start > whole.core.start)
    return [one for one in behind if one.is_part and not one.direction and one.has_form_of(whole)]


def _in_place_of(others: Sequence[Ranked], taken: Ranked, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The ranking with one candidate first that takes the probability of others, which keep none."""
    gained = replace(taken, probability=taken.probability + sum(one.probability for one in others))
    rest = (one for one in ranked if one is not taken)
    return [gained, *(replace(one, probability=0.0) if any(one is o for o in others) else one for one in rest)]


def _is_behind(one: Candidate, other: Candidate) -> bool:
    """Whether a figure is told behind another one of its sentence."""
    return one.sentence.span == other.sentence.span and one.core.start > other.core.start


def _is_whole_of(whole: Candidate, part: Candidate) -> bool:
    """Whether a figure before a part, of its sentence, form and noun, is what it is a part of."""
    alike = whole.has_form_of(part) and whole.planned == part.planned and part.kind in (Kind.NUMBER, Kind.MONEY)
    counted = whole.noun.lower().split()[:1] == part.noun.lower().split()[:1]
    return _is_behind(part, whole) and alike and counted and not (whole.is_part or whole.direction or whole.former)


def _may_be_part(part: Candidate, whole: Candidate) -> bool:
    """Whether a figure told behind another one of its sentence, form and noun may be a part of it."""
    counted = part.is_part or part.noun.lower().split()[:1] in ([], whole.noun.lower().split()[:1])
    alike = part.has_form_of(whole) and part.planned == whole.planned and not (part.is_base or part.former)
    divisible = part.kind in _DIVISIBLE and not (part.direction or whole.direction)
    return _is_behind(part, whole) and counted and alike and divisible


def _has_no_mark(part: Candidate, whole: Candidate, matcher: Matcher, total: bool) -> bool:
    """Whether no word that tells a part apart from its whole is asked for; a part without such words only for a sum."""
    whole_words = {word.folded for word in _own_words(whole)}
    marks = [word for word in _own_words(part) if word.folded not in whole_words and word.key not in LEADING]
    return not any(matcher.is_asked(word) for word in marks) and (bool(marks) or total)


def _marks(candidate: Candidate, matcher: Matcher) -> set[str]:
    """The words of a figure's own stretch that the question has, those that name no thing of their own left out."""
    own = (word for word in _own_words(candidate) if word.key not in GENERIC and word.key not in LEADING)
    return {word.folded for word in own if matcher.is_asked(word)}


def _own_words(candidate: Candidate) -> list[Word]:
    """The words of what leads to a figure, of itself and of what it counts."""
    own = (word for word in candidate.sentence.words if candidate.begins <= word.start < candidate.span.end)
    return [word for word in own if word.key[0].isalpha()]


def _lead_in(candidate: Candidate) -> str:
    """What of the sentence leads to a figure."""
    return candidate.sentence.report.text[candidate.begins : candidate.core.start]
