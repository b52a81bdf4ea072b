"""Among ranked candidates: which of nearly equal ones decides, which is the most or the least."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.decide import decide
from assistant.fulfil import supposed_figures
from assistant.match import Matcher
from assistant.rank import asks_new, is_half
from assistant.ranker import Ranked, is_alike
from assistant.types import Asked, Query
from assistant.vocabulary import GENERIC, LEADING
from index import stretches
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.numbers import Kind
from index.types import Span
from index.words import Word, words

NEARLY = 0.25
"""How probable, beside the best one, a figure must be that tells yes or no where the best one does not."""


def deciding(ranked: Sequence[Ranked], query: Query) -> Ranked:
    """The best one; for yes or no the first of those nearly as good, or of its own sentence, that tells it."""
    if query.asked is not Asked.YES_NO:
        return ranked[0]
    best = ranked[0]
    near = [
        one
        for one in ranked
        if one.probability > best.probability * NEARLY
        or (one.sure and one.candidate.sentence.span == best.candidate.sentence.span)
    ]
    telling = [one for one in near if decide(query, one.candidate).word]
    return next((one for one in telling if _is_of_supposed_form(one.candidate, query)), (telling or [best])[0])


def _is_of_supposed_form(candidate: Candidate, query: Query) -> bool:
    """Whether a figure has the form of the one a question supposes: a share where "85%" is."""
    form = (candidate.kind, candidate.quantity.unit) if candidate.quantity else None
    return any((figure.kind, figure.unit) == form for figure in supposed_figures(query))


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
    taken = replace(whole, probability=whole.probability + sum(one.probability for one in parts))
    left = [replace(one, probability=0.0) if one in parts else one for one in ranked if one is not whole]
    return sorted([taken, *left], key=lambda one: (-one.probability, -one.near))


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
    told = {word.folded for word in whole.sentence.words if word.start < whole.span.end}
    told |= {word.folded for heading in whole.sentence.headings for word in words(_text(whole, heading))}
    likely = (one for one in ranked if one.probability > best.probability * _AS_LIKELY_PART)
    parts = [one for one in likely if _may_be_part(one.candidate, whole)]
    marks = [_marks(one.candidate, matcher) & asked - told for one in parts]
    most = max(marks, key=len, default=set())
    if not most or sum(own == most for own in marks) > 1 or any(own - most for own in marks):
        return [*ranked]  # the question names none, several, or what all of them share
    part = parts[marks.index(most)]
    taken = replace(part, probability=part.probability + best.probability)
    rest = [replace(one, probability=0.0) if one is best else one for one in ranked if one is not part]
    return [taken, *rest]


def _marks(candidate: Candidate, matcher: Matcher) -> set[str]:
    """The words of a figure's own stretch that the question has, those that name no thing of their own left out."""
    return {word.folded for word in _own_words(candidate) if matcher.is_asked(word) and not _is_generic(word)}


def _may_be_part(part: Candidate, whole: Candidate) -> bool:
    """Whether a figure told behind another one of its sentence, form and noun may be a part of it."""
    behind = part.sentence.span == whole.sentence.span and part.core.start > whole.core.start
    counted = part.is_part or part.noun.lower().split()[:1] in ([], whole.noun.lower().split()[:1])
    alike = part.has_form_of(whole) and part.planned == whole.planned and not (part.is_base or part.former)
    return behind and counted and alike and part.kind in _DIVISIBLE and not (part.direction or whole.direction)


def _is_generic(word: Word) -> bool:
    """Whether a word names no thing of its own."""
    return word.key in GENERIC or word.key in LEADING


def _text(candidate: Candidate, span: Span) -> str:
    return candidate.sentence.report.text[span.start : span.end]


def sum_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with what is told to be all together before what it sums up, both of one sentence.

    "Cấp mới 1.305 chứng thư số, nâng tổng số lên 9.640" answers "tất cả bao nhiêu?" by the latter, and "viễn thông
    3.286 tỷ, bưu chính 1.954 tỷ; gộp hai lĩnh vực là 5.240 tỷ" answers "cả bưu chính lẫn viễn thông?" by the last.
    """
    best = ranked[0] if ranked else None
    if best is None or best.candidate.quantity is None or query.asked not in (Asked.COUNT, Asked.MONEY):
        return [*ranked]
    added = query.total and not asks_new(query) and _NEWLY.search(_lead_in(best.candidate)) is not None
    half = is_half(best.candidate, matcher)
    sums = _RAISED_TO if added else _TOGETHER if half else None
    if sums is None:
        return [*ranked]
    for one in ranked[1:]:
        beside = (
            one.candidate.sentence.span == best.candidate.sentence.span
            and one.candidate.core.start > best.candidate.core.start
        )
        alike = one.candidate.quantity is not None and one.candidate.kind is best.candidate.kind
        if beside and alike and one.probability > 0 and sums.search(_lead_in(one.candidate)):
            taken = replace(one, probability=one.probability + best.probability)
            rest = [replace(other, probability=0.0) if other is best else other for other in ranked if other is not one]
            return [taken, *rest]
    return [*ranked]


def _lead_in(candidate: Candidate) -> str:
    """What of the sentence leads to a figure."""
    text = candidate.sentence.report.text
    return text[min(candidate.span.start, candidate.lead.start) : candidate.core.start]


def _is_whole_of(whole: Candidate, part: Candidate) -> bool:
    """Whether a figure before a part, of its sentence, form and noun, is what it is a part of."""
    beside = whole.sentence.span == part.sentence.span and whole.core.start < part.core.start
    alike = whole.has_form_of(part) and whole.planned == part.planned and part.kind in (Kind.NUMBER, Kind.MONEY)
    counted = whole.noun.lower().split()[:1] == part.noun.lower().split()[:1]
    return beside and alike and counted and not (whole.is_part or whole.direction or whole.former)


def parts_of(whole: Candidate) -> list[Candidate]:
    """The figures of a sentence that are told to be parts of one before them: "trong đó A 25 tỷ; B 35 tỷ"."""
    behind = (one for one in figure_candidates(whole.sentence) if one.core.start > whole.core.start)
    return [one for one in behind if one.is_part and not one.direction and one.has_form_of(whole)]


def _has_no_mark(part: Candidate, whole: Candidate, matcher: Matcher, total: bool) -> bool:
    """Whether no word that tells a part apart from its whole is asked for; a part without such words only for a sum."""
    whole_words = {word.folded for word in _own_words(whole)}
    marks = [word for word in _own_words(part) if word.folded not in whole_words and word.key not in LEADING]
    asked = [word for word in marks if matcher.is_asked(word)]
    return not asked and (bool(marks) or total)


def _own_words(candidate: Candidate) -> list[Word]:
    """The words of what leads to a figure, of itself and of what it counts."""
    start = min(candidate.span.start, candidate.lead.start)
    return [
        word for word in candidate.sentence.words if start <= word.start < candidate.span.end and word.key[0].isalpha()
    ]


def counted(candidate: Candidate) -> str:
    """What a plain number counts ("trạm BTS"), or ""."""
    return candidate.noun if candidate.kind is Kind.NUMBER and not candidate.sentence.row else ""


def most(ranked: Sequence[Ranked], query: Query) -> Ranked:
    """The largest or smallest of the figures that are about the same as the best one."""
    best = ranked[0]
    quantity = best.candidate.quantity
    if quantity is None:
        return best
    sign = -query.extreme if quantity.kind is Kind.RANK else query.extreme
    alike = [
        one
        for one in ranked
        if (one.sure or _is_rank_beside(one.candidate, best.candidate))
        and is_alike(one.candidate, best.candidate) and one.candidate.quantity
        and one.candidate.quantity.value is not None
    ]  # fmt: skip
    return max(alike, key=lambda one: sign * (one.candidate.quantity.value or 0), default=best)  # type: ignore[union-attr]


def _is_rank_beside(one: Candidate, best: Candidate) -> bool:
    """Whether a rank is told in the sentence of the best: "kinh tế số thứ 15, xã hội số thứ 41"."""
    return one.kind is Kind.RANK and one.sentence.span == best.sentence.span


_NEWLY = re.compile(r"\b(?:mới|thêm|bổ sung)\b", re.IGNORECASE)
_RAISED_TO = re.compile(r"\b(?:nâng|đưa)\b[^,;.]*\b(?:lên|là|thành)\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:gộp|tổng(?! công ty| cục| đài)|cộng(?! đồng| tác)|cả hai|hai (?:lĩnh vực|mảng|khối)|chung(?! cư))\b",
    re.IGNORECASE,
)
_DIVISIBLE = (Kind.NUMBER, Kind.MONEY, Kind.PERCENT)
_AS_LIKELY_PART = 0.05
"""A part takes the place of its whole where it is so probable against it."""
_AS_LIKELY_WHOLE = 0.3
"""A whole takes the place of a part where it is so probable against it."""
_AS_LIKELY = 0.25
"""A figure told together with others is taken where it is so probable, against the best of its slot by itself."""


def told_together(slots: Sequence[Sequence[Ranked]]) -> list[Candidate]:
    """For several nouns counted, the figures of one clause that tells all of them, or none where no clause does.

    "2 tập thể, 5 cá nhân được Bộ trưởng khen; 1 tập thể, 3 cá nhân được Chủ tịch khen" tells two pairs, and the best
    figure of each slot may be of another one. The clause whose figures are most probable together is taken.
    """
    if len(slots) < 2:
        return []
    best: dict[tuple[str, Span], list[Ranked | None]] = {}
    for number, ranked in enumerate(slots):
        for one in ranked:
            clause = _clause(one.candidate)
            likely = one.probability > ranked[0].probability * _AS_LIKELY
            if likely and one.candidate.noun and best.setdefault(clause, [None] * len(slots))[number] is None:
                best[clause][number] = one
    whole = [[one for one in found if one] for found in best.values() if all(found)]
    apart = [found for found in whole if len({one.candidate.core for one in found}) == len(slots)]
    if not apart:
        return []
    return [one.candidate for one in max(apart, key=lambda found: sum(one.probability for one in found))]


def _clause(candidate: Candidate) -> tuple[str, Span]:
    """The report and the clause a candidate stands in."""
    sentence = candidate.sentence
    clause = stretches.clause_at(sentence.report.text, sentence.span, candidate.core.start)
    return sentence.report.path, clause
