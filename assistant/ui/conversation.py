"""What happens in one session: turns, the history passed on, and replies as they grow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.types import Answer
from index.errors import UserError

MAX_TURNS = 50


class Answers(Protocol):
    """What the chat needs of an ``Assistant``."""

    def stream(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Iterator[Answer]:
        """Answer piecewise; the last part is whole."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it.

    Attributes:
        number: Counts up from 1 within a session.
        question: As typed.
        answer: The answer so far, or None while there is none.
        notice: What the user should mend, when the question could not be taken.
    """

    number: int
    question: str
    answer: Answer | None = None
    notice: str = ""


def take_turn(bot: Answers, question: str, turns: Sequence[Turn]) -> Iterator[tuple[Turn, ...]]:
    """Ask a question: yields all turns of the session as the last one grows."""
    over = [turn for turn in turns if turn.answer is not None or turn.notice]  # not what was broken off
    earlier = tuple(over[-(MAX_TURNS - 1) :])
    turn = Turn(earlier[-1].number + 1 if earlier else 1, question)
    yield (*earlier, turn)
    try:
        for answer in bot.stream(question, history_of(earlier)):
            yield (*earlier, Turn(turn.number, question, answer))
    except UserError as error:
        yield (*earlier, Turn(turn.number, question, notice=str(error)))


def history_of(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """The turns that were answered, as plain text for the assistant."""
    history: list[dict[str, str]] = []
    for turn in turns:
        if turn.answer is not None:
            history.append({"role": "user", "content": turn.question})
            history.append({"role": "assistant", "content": turn.answer.text})
    return history
