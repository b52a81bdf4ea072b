"""A part or its whole: which of the figures that one sentence tells a question means, by what marks the part."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from assistant.match import ALONE, Matcher
from assistant.rank import asks_new, is_half
from assistant.ranker import Ranked
from assistant.sayings import NEW
from assistant.types import Asked, Query
from assistant.vocabulary import GENERIC, LEADING
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.names import capital_runs
from index.numbers import Kind
from index.sentences import Sentence
from index.types import Span
from index.words import Word

_AS_LIKELY_WHOLE, _AS_LIKELY_PART, _AS_LIKELY_SIBLING = 0.3, 0.05, 0.5
"""How probable a whole in place of a part, a part in place of its whole, or another part must be against it."""
_TOLD = 0.6
"""Least share of what is asked that stands around a figure which others of its sentence give way to."""
_JUST_ABOVE = 0.05
_MARKS_TELL = 0.07
"""Least share of what is asked that marks a part."""
_DIVISIBLE = (Kind.NUMBER, Kind.MONEY, Kind.PERCENT)
_RAISED_TO = re.compile(r"\b(?:nâng|đưa)\b[^,;.]*\b(?:lên|là|thành)\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:gộp|tổng(?! công ty| cục| đài)|cộng(?! đồng| tác)|cả hai|hai (?:lĩnh vực|mảng|khối)|chung(?! cư))\b",
    re.IGNORECASE,
)
"""What leads to the whole after what was added, and to the sum of several."""
_OUT_OF = re.compile(r"\b(?:trong|trên)(?: tổng)?(?: số)? $", re.IGNORECASE)
"""What leads to a figure that another one is counted out of."""


def whole_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with the whole before its parts, where both are likely and the question has no mark of the parts.

    "Bưu chính thu bao nhiêu?" is answered by "doanh thu bưu chính đạt 150 tỷ đồng, trong đó chuyển phát 25 tỷ": no word
    of the part that the whole does not have is asked for.
    """
    best = ranked[0] if ranked else None
    if best is None or best.candidate.direction or query.extreme:
        return [*ranked]
    if not best.candidate.is_part:
        return _with_parts(best, ranked, query, matcher)
    likely = (one for one in ranked if one.probability > best.probability * _AS_LIKELY_WHOLE)
    wholes = [one for one in likely if _is_whole_of(one.candidate, best.candidate)]
    if (
        not wholes
        or not (query.total or _tells_most(wholes[-1].candidate, matcher))
        or not _has_no_mark(best.candidate, wholes[-1].candidate, matcher, query.total)
    ):
        return [*ranked]
    whole = wholes[-1]
    parts = [one for one in ranked if one.candidate.is_part and _is_whole_of(whole.candidate, one.candidate)]
    return sorted(_in_place_of(parts, whole, ranked), key=lambda one: (-one.probability, -one.near))


def _with_parts(whole: Ranked, ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with a whole that holds most of what is asked as probable as it and its unmarked parts are."""
    parts = [one for one in ranked if one.candidate.is_part and _is_whole_of(whole.candidate, one.candidate)]
    unmarked = all(_has_no_mark(part.candidate, whole.candidate, matcher, query.total) for part in parts)
    told = parts and unmarked and _tells_most(whole.candidate, matcher)
    return _in_place_of(parts, whole, ranked) if told else [*ranked]


def _tells_most(candidate: Candidate, matcher: Matcher) -> bool:
    """Whether most of what is asked stands around a figure."""
    return matcher.coverage(matcher.found(candidate)) >= _TOLD


def marked_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with the figure first whose mark the question names, of those of one form that a sentence tells.

    "Chứng thư số đã cấp: 3.284, gồm 612 của cơ quan và 2.672 của cá nhân" answers "cấp cho cá nhân?" by the last: what
    it says of persons stands nowhere before the whole, and by no other part.
    """
    best = ranked[0] if ranked else None
    if best is None or best.candidate.sentence.row or query.total or query.extreme or query.compares:
        return [*ranked]
    if len(query.wanted) > 1 or query.leads or best.candidate.is_base:
        return [*ranked]
    told = sorted((one for one in ranked if _is_beside(one.candidate, best.candidate)), key=_place)
    behind = told[told.index(best) :]  # parts of the best one, else it and its neighbours are parts of another
    for family, least in ((behind, _AS_LIKELY_PART), (told, _AS_LIKELY_SIBLING)):
        marks = _marks([one.candidate for one in family], matcher)
        most = max(marks, key=len)
        marked = family[marks.index(most)]
        likely = marked.probability > best.probability * least
        if (
            _says(most, matcher)
            and likely
            and sum(own == most for own in marks) == 1
            and not any(own - most for own in marks)
        ):
            others = [one for one in family if one is not marked]
            return sorted(_in_place_of(others, marked, ranked), key=lambda one: (-one.probability, -one.near))
    if _alone_holds(told, best, matcher):
        return _in_place_of([one for one in told if one is not best], best, ranked)
    return [*ranked]  # the question names none, several, or what all of them share


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


def base_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with what others are counted out of first where all is asked for, and behind them where it is not.

    "Gỡ 136 trong tổng số 149 bài viết" answers "bao nhiêu bài bị gỡ?" by 136, and "Trong 312.950 hồ sơ có 218.436 hồ
    sơ nộp qua mạng" answers "tổng số bao nhiêu hồ sơ?" by the former.
    """
    best = ranked[0] if ranked else None
    if best is None or query.asked is not Asked.COUNT or query.extreme:
        return [*ranked]
    beside = [one for one in ranked[1:] if one.probability > best.probability * _AS_LIKELY_PART]
    for one in beside:
        near = one.candidate.sentence.span == best.candidate.sentence.span and one.candidate.has_form_of(best.candidate)
        if not near or len({noun for noun in map(_head_noun, (one.candidate, best.candidate)) if noun}) > 1:
            continue
        if _is_base(one.candidate) if query.total else best.candidate.is_base and not one.candidate.is_base:
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
    behind = _is_behind(part, whole) or _opens_with_part(part, whole)
    return behind and alike and counted and not (whole.is_part or whole.direction or whole.former)


def _opens_with_part(part: Candidate, whole: Candidate) -> bool:
    """Whether a part opens the sentence after the one that tells its whole: "Trong đó, đã kích hoạt 850.836"."""
    sentence = part.sentence
    goes_on = sentence.before is not None and sentence.before.span == whole.sentence.span
    return goes_on and part.is_part and sentence.text.lower().startswith("trong đó")


def _is_beside(one: Candidate, best: Candidate) -> bool:
    """Whether a figure is told in the sentence of another, of its form and noun: a part of it, or its whole."""
    if one is best:
        return True
    counted = one.is_part or best.is_part or len({noun for noun in map(_head_noun, (one, best)) if noun}) < 2
    alike = one.sentence.span == best.sentence.span and one.has_form_of(best) and one.planned == best.planned
    same = (one.direction, one.former, one.is_base, one.of_plan) == (best.direction, False, False, best.of_plan)
    return alike and same and counted and one.kind in _DIVISIBLE


def _is_base(candidate: Candidate) -> bool:
    """Whether another figure of its sentence is counted out of it."""
    text, start = candidate.sentence.report.text, candidate.sentence.span.start
    return candidate.is_base or _OUT_OF.search(text, start, candidate.core.start) is not None


def _head_noun(candidate: Candidate) -> str:
    """The first word of what a figure counts, or ""."""
    return next(iter(candidate.noun.lower().split()), "")


def _place(one: Ranked) -> int:
    return one.candidate.core.start


def _has_no_mark(part: Candidate, whole: Candidate, matcher: Matcher, total: bool) -> bool:
    """Whether no word that tells a part apart from its whole is asked for; a part without such words only for a sum."""
    whole_words = {word.folded for word in _own_words(whole)}
    marks = [word for word in _own_words(part) if word.folded not in whole_words and word.key not in LEADING]
    return not any(matcher.is_asked(word) for word in marks) and (bool(marks) or total)


def _says(marks: Set[int], matcher: Matcher) -> bool:
    """Whether the terms that mark a figure are more than a word that says little."""
    return sum(matcher.terms[number].weight for number in marks) >= _MARKS_TELL * matcher.total


def _terms_in(matcher: Matcher, sentence: Sentence, spans: Iterable[Span]) -> set[int]:
    """Which terms stand in some stretches of a sentence; of a name of several words none unless all are asked."""
    telling = {n for n, term in enumerate(matcher.asked) if term.word.key not in LEADING | GENERIC}
    held: set[int] = set()
    for span in spans:
        found = matcher.within(sentence, span)
        least = ALONE + _JUST_ABOVE if _names_another(sentence, span, matcher) else ALONE
        held |= {number for number in telling if found[number] >= least}
    return held


def _marks(told: Sequence[Candidate], matcher: Matcher) -> list[set[int]]:
    """Which of the question's terms mark each figure of a sentence: those of its own stretch that lead to none before.

    What leads to the first, and the headings, holds for all of them.
    """
    sentence, starts = told[0].sentence, [_own_start(one) for one in told[1:]]
    if not starts or any(_terms_in(matcher, sentence, [name]) for name in _names_in(sentence, told[0])):
        return [set()] * len(told)  # what is asked of has a name, and the first figure is of it
    shared = _terms_in(matcher, sentence, (*sentence.headings, Span(sentence.span.start, starts[0])))
    shared |= _terms_in(matcher, sentence.before, [sentence.before.span]) if sentence.before else set()
    own = [Span(start, max(one.span.end, one.tail)) for start, one in zip(starts, told[1:], strict=True)]
    return [set(), *(_terms_in(matcher, sentence, [span]) - shared for span in own)]


def _own_start(one: Candidate) -> int:
    """Where what is told of a figure alone begins: with what leads to it, or past what the one before it counts."""
    text = one.sentence.report.text
    before = [other for other in figure_candidates(one.sentence) if other.core.end <= one.core.start]
    if not before:
        return one.sentence.span.start
    last = before[-1]
    counted = last.tail if last.tail <= one.core.start else last.core.end
    return counted if text[one.core.start - 1] == "(" else max(counted, one.span.start)  # "Tân Trụ ít nhất (306 máy)"


def _alone_holds(told: Sequence[Ranked], best: Ranked, matcher: Matcher) -> bool:
    """Whether the best figure of a sentence holds all that any of the others does, and more that is asked."""
    figures = [one.candidate for one in told]
    held = [
        _terms_in(matcher, one.sentence, (Span(one.begins, max(one.span.end, one.tail)), *one.heads)) for one in figures
    ]
    own = held[told.index(best)]
    others = set[int]().union(*(terms for one, terms in zip(told, held, strict=True) if one is not best))
    return others <= own and _says(own - others, matcher) and _tells_most(best.candidate, matcher)


def _names_another(sentence: Sentence, span: Span, matcher: Matcher) -> bool:
    """Whether a stretch holds a name of several words of which the question has some but not all: "Long Thành"."""
    text = sentence.report.text[span.start : span.end]
    for run in capital_runs(text):
        start, end = span.start + run[0].start(), span.start + run[-1].end()
        asked = [matcher.is_asked(word) for word in sentence.words if start <= word.start < end]
        if any(asked) and not all(asked):
            return True
    return False


def _names_in(sentence: Sentence, figure: Candidate) -> list[Span]:
    """The names of two words and more that lead to a figure."""
    start = figure.begins
    text = sentence.report.text[start : figure.core.start]
    return [Span(start + run[0].start(), start + run[-1].end()) for run in capital_runs(text) if len(run) > 1]


def _own_words(candidate: Candidate) -> list[Word]:
    """The words of what leads to a figure, of itself and of what it counts."""
    own = (word for word in candidate.sentence.words if candidate.begins <= word.start < candidate.span.end)
    return [word for word in own if word.key[0].isalpha()]


def _lead_in(candidate: Candidate) -> str:
    """What of the sentence leads to a figure."""
    return candidate.sentence.report.text[candidate.begins : candidate.core.start]
