"""Sides of a comparison told alike: of one form, planned or not, counting the same, led in by the same words."""

from collections.abc import Sequence

from assistant.figures import Figure, are_comparable, figure_of
from assistant.ranker import Ranked, reweighed
from assistant.vocabulary import LEADING
from index.candidate import Candidate
from index.numbers import DATING, Kind
from index.types import Span

_FORM, _COUNTED, _WORDS = 3.0, 2.0, 8.0
"""How much likelier a figure is for having the form of another side's, counting the same, told by the same words."""
_PLANNED, _CHANGE = 10.0, 4.0
"""How much less likely it is for being planned, or a change, where the other is none, or the other way round."""
_MOSTLY = 0.5
"""From which share of their words figures are told alike."""


def alike_first(ranked: Sequence[Ranked], other: Candidate) -> list[Ranked]:
    """The ranking with each figure the likelier, the more it is told as that of another side is.

    What answers for one province is mostly told for the other in the same form: of "171 trạm được khôi phục" and
    "tổng số trạm là 2.047" the latter stands beside "tổng số trạm là 2.412".
    """
    return reweighed(ranked, [_odds(one.candidate, other) for one in ranked])


def all_alike(rankings: Sequence[list[Ranked]]) -> list[list[Ranked]]:
    """The rankings for the same of several things or years, each told as the surest of them is."""
    surest = max((ranked for ranked in rankings if ranked), key=lambda ranked: ranked[0].probability, default=None)
    if surest is None:
        return [*rankings]
    return [ranked if ranked is surest else alike_first(ranked, surest[0].candidate) for ranked in rankings]


def is_alike(one: Candidate, other: Candidate) -> bool:
    """Whether two sides tell figures of one form, plans or changes both or neither, by mostly the same words."""
    return (
        figure_of(one) is not None
        and one.has_form_of(other)
        and (one.planned, bool(one.direction)) == (other.planned, bool(other.direction))
        and _shared(one, other) >= _MOSTLY
    )


def _odds(one: Candidate, other: Candidate) -> float:
    """How much likelier it is that a figure is the one to set beside another for what they have in common."""
    told, beside = figure_of(one), figure_of(other)
    if beside is None or {*DATING} & {one.kind, other.kind}:
        return 1.0
    if told is None:  # words, or a range
        return 1 / _FORM
    planned = 1.0 if one.planned == other.planned else 1 / _PLANNED
    change = 1.0 if bool(one.direction) == bool(other.direction) else 1 / _CHANGE
    same_form = _FORM if are_comparable([told, beside]) else 1 / _FORM
    return float(planned * change * same_form * _counted_alike(told, beside) * _WORDS ** _shared(one, other))


def _counted_alike(one: Figure, other: Figure) -> float:
    """The odds of two figures for what they count; of shares they tell too little."""
    if Kind.PERCENT in (one.quantity.kind, other.quantity.kind):
        return 1.0
    if bool(one.of) != bool(other.of):
        return 1.0
    return _COUNTED if one.of == other.of else 1 / _COUNTED


def _shared(one: Candidate, other: Candidate) -> float:
    """Share, 0 to 1, of the words of two figures that both have: of their nouns, or of all that is told with them."""
    own, others = _words(one, of_noun=True), _words(other, of_noun=True)
    if not (one.noun and other.noun and own and others):
        own, others = _words(one, of_noun=False), _words(other, of_noun=False)
    return 2 * len(own & others) / max(len(own) + len(others), 1)


def _words(candidate: Candidate, of_noun: bool) -> frozenset[str]:
    """Keys of the words of a figure's noun, or of all its stretch."""
    stretch = Span(candidate.core.end if of_noun else candidate.begins, candidate.span.end)
    told = (w for w in candidate.sentence.words if stretch.start <= w.start < stretch.end)
    return frozenset(w.key for w in told if w.key[0].isalpha() and w.key not in LEADING)
