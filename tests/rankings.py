"""Figures of a text, each about as probable as the others, as a step of reading ranks them for a question."""

from collections.abc import Callable, Sequence

from assistant.match import Matcher
from assistant.ranker import Ranked
from assistant.types import Query
from assistant.understand import understand
from tests.test_index_candidates import cut, figures

Step = Callable[[Sequence[Ranked], Query, Matcher], list[Ranked]]
LESS = 0.02
"""How much less probable each figure is than the one before it, the first having 0.3."""


def ranking(step: Step, body: str, question: str) -> list[Ranked]:
    """The ranking after a step, the earlier figures of a text being a little more probable before it."""
    query = understand(f"{question} ở Lào Cai?", (), ())
    told = [Ranked(one, 0.3 - LESS * number, True) for number, one in enumerate(figures(body).values())]
    return step(told, query, Matcher(query.terms, query.carried, lambda key: 0.0))


def probable(ranked: Sequence[Ranked]) -> list[str]:
    """The figures that keep a probability, as written."""
    return [cut(one.candidate, one.candidate.core) for one in ranked if one.probability > 0]
