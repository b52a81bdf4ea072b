"""Figures that count what a question asks for before those that count something else."""

from collections.abc import Sequence

from assistant.counting import EACH, sole_noun
from assistant.marks import head_noun, shared_out
from assistant.match import Matcher
from assistant.rank import noun_match
from assistant.ranker import Ranked
from assistant.sorts import Sort, sorts_of
from assistant.types import Query
from index.candidate import Candidate
from index.numbers import Kind
from index.words import key, words

_COUNTS = 0.5
"""Least share of the words of what is asked for that a figure's noun must have to count it."""
_COUNTING = frozenset(map(key, EACH))
_OF_ANYTHING = frozenset({*EACH, "của", "cho", "thuộc", "tại", "ở"})
"""First words of nouns that may be of anything named before: "2.580 của cá nhân"."""


def counted_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking without the figures of something else, where a likely one counts the one thing asked for.

    "7 chợ làm theo, 1.126 tiểu thương tham gia" answers "mấy tiểu thương?" by the latter alone.
    """
    wanted = sole_noun(query)
    if not wanted:
        return [*ranked]
    sorts = sorts_of(wanted)
    of = tuple(word for word in wanted if word.key not in _COUNTING) or wanted
    return shared_out(
        ranked,
        lambda one: noun_match(one, of) >= _COUNTS,
        lambda one: not noun_match(one, wanted) and _is_another(one, sorts, matcher),
    )


def _is_another(candidate: Candidate, sorts: frozenset[Sort], matcher: Matcher) -> bool:
    """Whether a figure is a sum of money, or counts what a question does not name, nor anything of that sort."""
    if candidate.kind is Kind.MONEY:
        return True
    noun = words(candidate.noun)
    if candidate.kind is not Kind.NUMBER or not noun or head_noun(candidate) in _OF_ANYTHING:
        return False
    return not sorts & sorts_of(noun) and not any(map(matcher.is_asked, noun))
