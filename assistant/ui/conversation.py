"""What happens in one session: turns, the history passed on, and replies as they grow."""

import math
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol
from uuid import uuid4

from assistant.types import Answer
from index.errors import UserError

MAX_TURNS = 50
_BETWEEN_PARTS_S = 0.1
_HALF_PAIR = re.compile("[\ud800-\udfff]")
"""Halves of surrogate pairs: a session's messages to the browser would end with the first."""


class Answers(Protocol):
    """What the conversation needs of an ``Assistant``."""

    def stream(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Iterator[Answer]:
        """Answer piecewise; the last part is whole."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it.

    Attributes:
        number: Counts up from 1 within a conversation.
        question: As typed.
        answer: The answer so far, or None while there is none.
        notice: What the user should mend, when the question could not be taken or answered.
        done: Whether the answer is whole.
        rating: "up" or "down" once the user has said so, else "".
    """

    number: int
    question: str
    answer: Answer | None = None
    notice: str = ""
    done: bool = False
    rating: Literal["", "up", "down"] = ""

    @property
    def is_over(self) -> bool:
        """Whether it has come to something; one that was broken off has not."""
        return self.done or self.notice != ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns of a session.

    Attributes:
        turns: In order.
        id: Names it in the browser that keeps it; "" before the first question.
        editing: Number of the turn whose question is being edited, or 0.
    """

    turns: tuple[Turn, ...] = ()
    id: str = ""
    editing: int = 0

    def turn(self, number: int) -> Turn | None:
        """The turn of a number, or None."""
        return next((turn for turn in self.turns if turn.number == number), None)

    def before(self, number: int) -> "Conversation":
        """The conversation as it was before a turn."""
        return replace(self, turns=tuple(turn for turn in self.turns if turn.number < number), editing=0)

    def with_turn(self, turn: Turn) -> "Conversation":
        """The conversation with a turn in the place of that of its number."""
        return replace(self, turns=tuple(turn if turn.number == old.number else old for old in self.turns))


def take_turn(bot: Answers, question: str, conversation: Conversation) -> Iterator[Conversation]:
    """Ask a question: yields the conversation as its last turn grows; the turn being edited and later ones go."""
    if conversation.editing:
        conversation = conversation.before(conversation.editing)
    over = [turn for turn in conversation.turns if turn.is_over]
    earlier = tuple(over[-(MAX_TURNS - 1) :])
    turn = Turn(earlier[-1].number + 1 if earlier else 1, _HALF_PAIR.sub("\ufffd", question))
    told = Conversation((*earlier, turn), conversation.id or uuid4().hex)
    yield told
    try:
        for answer in paced(bot.stream(question, history_of(earlier))):
            turn = replace(turn, answer=answer)
            yield told.with_turn(turn)
    except UserError as error:
        turn = replace(turn, notice=str(error))
    yield told.with_turn(replace(turn, done=not turn.notice))


def paced(parts: Iterator[Answer], clock: Callable[[], float] = time.monotonic) -> Iterator[Answer]:
    """The first part, the last, and of those between no more than the eye follows: each costs the page a redrawing."""
    shown_at, held = -math.inf, None
    for part in parts:
        held = part
        if clock() - shown_at >= _BETWEEN_PARTS_S:
            yield part
            shown_at, held = clock(), None
    if held is not None:
        yield held


def stopped(conversation: Conversation, notice: str) -> Conversation:
    """The conversation with a notice in the place of an answer that was broken off."""
    turns = [turn if turn.is_over else replace(turn, answer=None, notice=notice) for turn in conversation.turns]
    return replace(conversation, turns=tuple(turns))


def history_of(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """The turns that were answered, as plain text for the assistant."""
    history: list[dict[str, str]] = []
    for turn in turns:
        if turn.answer is not None and turn.done:
            history.append({"role": "user", "content": turn.question})
            history.append({"role": "assistant", "content": turn.answer.text})
    return history
