"""How many aims were met, exceeded, missed or set: figures of the state asked for before those of another."""

import re
from collections.abc import Sequence
from enum import StrEnum

from assistant.counting import sole_noun
from assistant.decide import SETS
from assistant.marks import shared_out
from assistant.match import Matcher
from assistant.ranker import Ranked
from assistant.sorts import Sort, sorts_of
from assistant.types import Query
from index.candidate import Candidate
from index.words import words


class State(StrEnum):
    """What became of an aim."""

    MISSED = "missed"
    MET_OR_EXCEEDED = "met or exceeded"
    EXCEEDED = "exceeded"
    MET = "met"
    SET = "set"


_DONE = r"(?:đạt|hoàn thành|xong|thực hiện được)"
_SAID = (
    (State.MISSED, re.compile(rf"\b(?:không|chưa)\s(?:\w+\s)?{_DONE}\b|\bhụt\b", re.IGNORECASE)),
    (State.MET_OR_EXCEEDED, re.compile(rf"\b{_DONE}(?:,| và| hoặc)? vượt\b|\bvượt (?:và|hoặc) đạt\b", re.IGNORECASE)),
    (State.EXCEEDED, re.compile(r"\bvượt\b", re.IGNORECASE)),
    (State.MET, re.compile(rf"\b{_DONE}\b", re.IGNORECASE)),
    (State.SET, SETS),
)
"""How each is said; the first found counts."""
_REACHED = frozenset({State.MET, State.MET_OR_EXCEEDED})
"""States that one asks for by the words of the other."""
_PAUSE = re.compile(r"[,;.()]")


def attained_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking without the aims of another state, where a likely figure is of the state asked for.

    "Trong 22 chỉ tiêu được giao có 19 chỉ tiêu đạt, còn 3 chỉ tiêu không đạt" answers "bao nhiêu chỉ tiêu không đạt?"
    by the last alone.
    """
    asked = _state(query.question) if Sort.AIMS in sorts_of(sole_noun(query)) else None
    if asked is None:
        return [*ranked]
    meant = _REACHED if asked in _REACHED else {asked}
    return shared_out(ranked, lambda one: _state_of(one) in meant, lambda one: _state_of(one) not in (None, *meant))


def _state_of(candidate: Candidate) -> State | None:
    """What became of the aims that a figure counts, by the words behind it, else by those that lead to it."""
    noun = words(candidate.noun)
    if candidate.quantity is None or (noun and Sort.AIMS not in sorts_of(noun)):
        return None
    text, sentence = candidate.sentence.report.text, candidate.sentence
    end = min((q.start for q in sentence.quantities if q.start >= candidate.core.end), default=sentence.span.end)
    behind = _PAUSE.split(text[candidate.core.end : end])[0]
    led = _PAUSE.split(text[candidate.begins : candidate.core.start])[-1]
    return _state(behind) or _state(led)


def _state(text: str) -> State | None:
    """The state that words tell of, or None."""
    return next((state for state, said in _SAID if said.search(text)), None)
