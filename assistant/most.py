"""What tells the most before what tells the least, or the other way round, as a question asks."""

from collections.abc import Sequence

from assistant.marks import ranked_anew
from assistant.match import Matcher
from assistant.ranker import Ranked
from assistant.settle import asks_several
from assistant.singled import signs_told
from assistant.types import Query


def most_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking in which what tells the other end gives way to what tells, next to it, the one asked for.

    "Huyện nộp trực tuyến cao nhất: Đak Đoa 83,6%. Thấp nhất: Kông Chro 39,2%." names what is counted once.
    """
    best = ranked[0] if ranked else None
    if best is None or not query.extreme or asks_several(query) or signs_told(best.candidate) != {-query.extreme}:
        return [*ranked]
    for one in ranked:
        before = one.candidate.sentence.before
        beside = one.candidate.sentence is best.candidate.sentence or before is best.candidate.sentence
        if beside and signs_told(one.candidate) == {query.extreme}:
            return ranked_anew([best], one, ranked)
    return [*ranked]
