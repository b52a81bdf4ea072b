"""Among ranked candidates: which of nearly equal ones decides, which is the most or the least."""

import re
from collections.abc import Sequence

from assistant.decide import SETS, decide
from assistant.fulfil import supposed_figures
from assistant.ranker import Ranked, is_alike
from assistant.types import Asked, Query
from index import stretches
from index.candidate import Candidate
from index.numbers import Kind
from index.types import Span

NEARLY = 0.25
"""How probable, beside the best one, a figure must be that tells yes or no where the best one does not."""
_AS_LIKELY_SAID = 0.5
"""The same for one that only says again what the question supposes."""
_BOUND = re.compile(
    r"\s*(?:(?:nghĩa|tức|là|vẫn|còn|đều|cao|thấp|lớn|nhỏ)\s)*(?:dưới|trên|vượt|hơn|kém|so với)\s(?:\w+\s){0,2}?"
    r"(?:ngưỡng|mức|tối thiểu|quy định)\b[^,;]{0,20}",
    re.IGNORECASE,
)
"""All that leads to a figure that another of its sentence is held against."""


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
    told = [one for one in telling if not _says_again(one, best, query)] or telling
    chosen = next((one for one in told if _is_of_supposed_form(one.candidate, query)), (told or [best])[0])
    return _held_against(chosen, ranked, query) if _is_bound(chosen.candidate) else chosen


def _held_against(bound: Ranked, ranked: Sequence[Ranked], query: Query) -> Ranked:
    """The figure of a bound's sentence that is held against it and tells yes or no, else the bound."""
    beside = (
        one
        for one in ranked
        if one.candidate.sentence is bound.candidate.sentence
        and one.candidate.core.start < bound.candidate.core.start
        and one.candidate.has_form_of(bound.candidate)
    )
    return next((one for one in beside if decide(query, one.candidate).word), bound)


def _is_bound(candidate: Candidate) -> bool:
    """Whether a figure is the one that another is held against: "vẫn dưới ngưỡng 1%", "thấp hơn mức tối thiểu 1%"."""
    figure = candidate.quantity.start if candidate.quantity else candidate.core.start
    led = candidate.sentence.report.text[candidate.begins : figure].rpartition(", ")[2]
    return _BOUND.fullmatch(led) is not None


def _says_again(one: Ranked, best: Ranked, query: Query) -> bool:
    """Whether a figure is just the one supposed, where a more probable one tells, or one counted out of it.

    "đặt ra 31 chỉ tiêu, đạt 26/31" tells by the latter whether all 31 are met.
    """
    quantity, text = one.candidate.quantity, one.candidate.sentence.report.text
    if quantity is None or quantity.value not in {figure.value for figure in supposed_figures(query)}:
        return False
    if quantity.kind is Kind.RATIO:
        return one.probability < best.probability * _AS_LIKELY_SAID
    return SETS.search(text, one.candidate.begins, one.candidate.core.start) is not None


def _is_of_supposed_form(candidate: Candidate, query: Query) -> bool:
    """Whether a figure has the form of the one a question supposes: a share where "85%" is."""
    form = (candidate.kind, candidate.quantity.unit) if candidate.quantity else None
    return any((figure.kind, figure.unit) == form for figure in supposed_figures(query))


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
