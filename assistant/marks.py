"""Of several figures of one form that a sentence tells: the one whose mark the question names."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace

from assistant.match import ALONE, Matcher
from assistant.ranker import Ranked, by_probability
from assistant.types import Query
from assistant.vocabulary import LEADING
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.names import capital_runs
from index.numbers import Kind
from index.sentences import Sentence
from index.types import Span

_AS_LIKELY_PART, _AS_LIKELY_SIBLING = 0.05, 0.5
"""How probable a part in place of its whole, or of another part, must be against it."""
_TOLD = 0.6
"""Least share of what is asked that stands around a figure which others of its sentence give way to."""
_IN_NAME = 0.65
"""How well a term must be found in a stretch that names something else, so that half a name does not count."""
_MARKS_TELL = 0.07
"""Least share of what is asked that marks a part."""
_AS_LIKELY_MEANT = 0.15
"""How probable a figure of just what is asked for must be against the most probable one."""
_DIVISIBLE = (Kind.NUMBER, Kind.MONEY, Kind.PERCENT)


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
    if len(told) < 2:
        return [*ranked]
    behind = told[told.index(best) :]  # parts of the best one, else it and its neighbours are parts of another
    for family, least in ((behind, _AS_LIKELY_PART), (told, _AS_LIKELY_SIBLING)):
        marks = _marks([one.candidate for one in family], matcher)
        most = max(marks, key=len)
        marked = family[marks.index(most)]
        likely = marked.probability > best.probability * least
        alone = sum(own == most for own in marks) == 1 and not any(own - most for own in marks)
        if alone and likely and _says(most, matcher):
            others = [one for one in family if one is not marked]
            return ranked_anew(others, marked, ranked)
    if _alone_holds(told, best, matcher):
        return in_place_of([one for one in told if one is not best], best, ranked)
    return [*ranked]  # the question names none, several, or what all of them share


def in_place_of(others: Sequence[Ranked], taken: Ranked, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The ranking with one candidate first that takes the probability of others, which keep none."""
    gained = replace(taken, probability=taken.probability + sum(one.probability for one in others))
    rest = (one for one in ranked if one is not taken)
    return [gained, *(replace(one, probability=0.0) if any(one is o for o in others) else one for one in rest)]


def ranked_anew(others: Sequence[Ranked], taken: Ranked, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The ranking, the most probable first, in which one candidate takes the probability of others."""
    return by_probability(in_place_of(others, taken, ranked))


def shared_out(
    ranked: Sequence[Ranked], is_meant: Callable[[Candidate], bool], is_other: Callable[[Candidate], bool]
) -> list[Ranked]:
    """The ranking in which others leave their probability to those meant, if one of these is likely.

    Args:
        ranked: The candidates.
        is_meant: Whether one is of just what is asked for.
        is_other: Whether one is of something else.
    """
    meant = [is_meant(one.candidate) for one in ranked]
    kept = [one.probability for one, is_kept in zip(ranked, meant, strict=True) if is_kept]
    if max(kept, default=0.0) <= _AS_LIKELY_MEANT * max((one.probability for one in ranked), default=0.0):
        return [*ranked]
    gone = [is_other(one.candidate) for one in ranked]
    more = 1 + sum(one.probability for one, goes in zip(ranked, gone, strict=True) if goes) / sum(kept)
    shares = [0.0 if goes else more if is_kept else 1.0 for goes, is_kept in zip(gone, meant, strict=True)]
    return by_probability(replace(one, probability=one.probability * s) for one, s in zip(ranked, shares, strict=True))


def tells_most(candidate: Candidate, matcher: Matcher) -> bool:
    """Whether most of what is asked stands around a figure."""
    return matcher.coverage(matcher.found(candidate)) >= _TOLD


def _is_beside(one: Candidate, best: Candidate) -> bool:
    """Whether a figure is told in the sentence of another, of its form and noun: a part of it, or its whole."""
    if one is best:
        return True
    counted = one.is_part or best.is_part or count_alike(one, best)
    alike = one.sentence.span == best.sentence.span and one.has_form_of(best) and one.planned == best.planned
    same = (one.direction, one.former, one.is_base, one.of_plan) == (best.direction, False, False, best.of_plan)
    return alike and same and counted and one.kind in _DIVISIBLE


def head_noun(candidate: Candidate) -> str:
    """The first word of what a figure counts, or ""."""
    return next(iter(candidate.noun.lower().split()), "")


def count_alike(one: Candidate, other: Candidate) -> bool:
    """Whether two figures count the same, or one of them does not say what."""
    return len({head_noun(one), head_noun(other)} - {""}) < 2


def _place(one: Ranked) -> int:
    return one.candidate.core.start


def _says(marks: Set[int], matcher: Matcher) -> bool:
    """Whether the terms that mark a figure are more than a word that says little: several, or a rare one."""
    return len(marks) > 1 or sum(matcher.terms[number].weight for number in marks) >= _MARKS_TELL * matcher.total


def terms_in(matcher: Matcher, sentence: Sentence, spans: Iterable[Span]) -> set[int]:
    """Which terms stand in some stretches of a sentence; of a name of several words none unless all are asked."""
    telling = {n for n, term in enumerate(matcher.asked) if term.word.key not in LEADING}
    held: set[int] = set()
    for span in spans:
        found = matcher.within(sentence, span)
        least = _IN_NAME if _names_another(sentence, span, matcher) else ALONE
        held |= {number for number in telling if found[number] >= least}
    return held


def terms_before(matcher: Matcher, sentence: Sentence) -> set[int]:
    """Which terms stand in the sentence before one."""
    return terms_in(matcher, sentence.before, [sentence.before.span]) if sentence.before else set()


def own_stretches(candidate: Candidate) -> list[Span]:
    """Where what is told of a figure stands: around it first, then what it shares with its neighbours."""
    return [Span(candidate.begins, max(candidate.span.end, candidate.tail)), *candidate.heads]


def _marks(told: Sequence[Candidate], matcher: Matcher) -> list[set[int]]:
    """Which of the question's terms mark each figure of a sentence: those of its own stretch that lead to none before.

    What leads to the first, and the headings, holds for all of them.
    """
    sentence, figures = told[0].sentence, figure_candidates(told[0].sentence)
    starts = [_own_start(one, figures) for one in told[1:]]
    leading = names_in(sentence.report.text, Span(told[0].begins, told[0].core.start), 2)
    if not starts or any(terms_in(matcher, sentence, [name]) for name in leading):
        return [set()] * len(told)  # what is asked of has a name, and the first figure is of it
    shared = terms_in(matcher, sentence, (*sentence.headings, Span(sentence.span.start, starts[0])))
    shared |= terms_before(matcher, sentence)
    own = [Span(start, max(one.span.end, one.tail)) for start, one in zip(starts, told[1:], strict=True)]
    return [set(), *(terms_in(matcher, sentence, [span]) - shared for span in own)]


def _own_start(one: Candidate, figures: Sequence[Candidate]) -> int:
    """Where what is told of a figure alone begins: with what leads to it, or past what the one before it counts."""
    text = one.sentence.report.text
    before = [other for other in figures if other.core.end <= one.core.start]
    if not before:
        return one.sentence.span.start
    last = before[-1]
    counted = last.tail if last.tail <= one.core.start else last.core.end
    return counted if text[one.core.start - 1] == "(" else max(counted, one.span.start)  # "Tân Trụ ít nhất (306 máy)"


def _alone_holds(told: Sequence[Ranked], best: Ranked, matcher: Matcher) -> bool:
    """Whether the best figure of a sentence holds all that any of the others does, and more that is asked."""
    figures = [one.candidate for one in told]
    held = [terms_in(matcher, one.sentence, own_stretches(one)) for one in figures]
    own = held[told.index(best)]
    others = set[int]().union(*(terms for one, terms in zip(told, held, strict=True) if one is not best))
    return others <= own and _says(own - others, matcher) and tells_most(best.candidate, matcher)


def _names_another(sentence: Sentence, span: Span, matcher: Matcher) -> bool:
    """Whether a stretch holds a name of several words of which the question has some but not all: "Long Thành"."""
    for name in names_in(sentence.report.text, span):
        asked = [matcher.is_asked(word) for word in sentence.words if name.start <= word.start < name.end]
        if any(asked) and not all(asked):
            return True
    return False


def names_in(text: str, span: Span, least: int = 1) -> list[Span]:
    """The names of ``least`` words and more in a stretch of a text."""
    runs = capital_runs(text[span.start : span.end])
    return [Span(span.start + run[0].start(), span.start + run[-1].end()) for run in runs if len(run) >= least]
