"""Whether the best candidate is probable enough to be told."""

from collections.abc import Sequence

from assistant.counting import sole_noun
from assistant.rank import noun_match
from assistant.ranker import Ranked, confidence
from assistant.types import FIGURES, Asked, Query

LEAST = 0.45
"""Least probability of an answer; below it the nearest sentences are shown as near misses."""
LEAST_OF_SIDE = 0.35
"""The same for one side of a comparison, whose question was written for all of them."""
LEAST_ALONE, LEAST_SHARE = 0.25, 0.85
"""Also told: what is this probable and has this share of the probability of all candidates, if it is ``sure``."""
LEAST_NEAR = 0.05
"""Least probability of what is told alone with those counted in that cannot answer."""
SIDE_ALONE, SIDE_SHARE = 0.2, 0.6
"""The same for one side of a comparison."""
DATED_ALONE, DATED_SHARE = 0.1, 0.75
"""The same for a side whose date is asked for: few dates are told in a report."""
LEAST_ALONG, SHARE_ALONG = 0.15, 0.4
"""The same for another thing asked that is told in the sentence of one that is sure."""


def is_sure(ranked: Sequence[Ranked], query: Query, of_side: bool) -> bool:
    """Whether the best candidate is probable enough to be told."""
    if not ranked:
        return False
    best = confidence(ranked, query)
    share = best / max(sum(one.probability for one in ranked), 1e-9)
    told = ranked[0].sure or _counts_all(ranked[0], query)
    alone = told and ranked[0].near >= LEAST_NEAR and best >= LEAST_ALONE and share >= LEAST_SHARE
    if best >= LEAST or alone:
        return True
    if not of_side or query.asked not in (*FIGURES, Asked.WHEN, Asked.WHO):
        return False
    if query.asked is Asked.WHEN and best >= DATED_ALONE and share >= DATED_SHARE:
        return True
    return best >= LEAST_OF_SIDE or (best >= SIDE_ALONE and share >= SIDE_SHARE)


def _counts_all(ranked: Ranked, query: Query) -> bool:
    """Whether a figure counts the one thing asked for, by all words of a noun that is no single word."""
    wanted = sole_noun(query)
    return len(wanted) > 1 and noun_match(ranked.candidate, wanted) == 1


def going_along(ranked: Sequence[Ranked], sure: Sequence[Sequence[Ranked]]) -> Ranked | None:
    """The best figure for another slot that stands in the sentence of one that is sure, if it is probable enough."""
    others = [slot[0].candidate for slot in sure]
    total = max(sum(one.probability for one in ranked), 1e-9)
    for one in ranked:
        if one.probability < LEAST_ALONG or one.probability / total < SHARE_ALONG:
            return None
        beside = (other for other in others if other.sentence.span == one.candidate.sentence.span)
        if any(other.core != one.candidate.core for other in beside):
            return one
    return None
