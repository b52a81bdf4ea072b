"""Conversations as the browser keeps them; what comes back from it is looked at as any other stranger's data."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Literal

from pydantic import TypeAdapter

from assistant.decoding import AnswerFileError, decode, parse_json
from assistant.types import Answer, Verification
from assistant.ui.conversation import MAX_TURNS, Conversation, Turn

MAX_CHARS = 1_000_000
"""Characters of a kept conversation; browsers keep about five million for a page."""
_MAX_ANSWER_CHARS = 12_000
"""Of the text of one answer: what a chat model may write, escaped; verifying takes time by its square."""
_MAX_CITATIONS = 40
_MAX_NUMBER = 10**9 - 1
"""The largest that an action can name, see ``views.number_of``; of turns, and of offsets."""
_TITLE_CHARS = 80
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class _SavedTurn:
    number: int
    question: str
    answer: Answer | None
    notice: str
    done: bool
    rating: Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class _Saved:
    id: str
    title: str
    turns: tuple[_SavedTurn, ...]


def to_json(conversation: Conversation) -> Mapping[str, object]:
    """A conversation as JSON-ready values; of one too long for a browser the latest turns."""
    turns = [
        {**asdict(turn), "answer": turn.answer.to_dict() if turn.answer else None}
        for turn in conversation.turns
        if turn.is_over
    ][-MAX_TURNS:]
    while turns and len(json.dumps(turns, ensure_ascii=False)) > MAX_CHARS:
        turns.pop(0)
    first = conversation.turns[0].question if conversation.turns else ""
    return {"id": conversation.id, "title": " ".join(first.split())[:_TITLE_CHARS], "turns": turns}


def from_json(value: object, verify: Callable[[Answer], Verification]) -> Conversation | None:
    """A kept conversation, every answer verified anew against the reports of today, or None if it cannot be read.

    Args:
        value: What the browser sent.
        verify: Holds an answer against the reports.
    """
    try:
        text = json.dumps(value, ensure_ascii=False)
        saved = decode(TypeAdapter(_Saved), parse_json(text)) if len(text) <= 2 * MAX_CHARS else None
    except (AnswerFileError, TypeError, ValueError, RecursionError):
        return None
    if saved is None or not _ID.fullmatch(saved.id) or not 1 <= len(saved.turns) <= MAX_TURNS:
        return None
    numbers = [turn.number for turn in saved.turns]
    counted = numbers == sorted(set(numbers)) and numbers[0] >= 1 and numbers[-1] <= _MAX_NUMBER
    if not counted or not all(_is_over(turn) and _is_possible(turn.answer) for turn in saved.turns):
        return None
    return Conversation(tuple(_turn(turn, verify) for turn in saved.turns), saved.id)


def _is_over(turn: _SavedTurn) -> bool:
    """Whether a turn has come to something, as all that are kept have."""
    return turn.notice != "" or (turn.done and turn.answer is not None)


def _is_possible(answer: Answer | None) -> bool:
    """Whether an answer is no longer than one can be, its offsets whole numbers that a text can have."""
    if answer is None:
        return True
    citations = (*answer.citations, *answer.near_misses)
    short = len(answer.text) <= _MAX_ANSWER_CHARS and len(citations) <= _MAX_CITATIONS
    return short and all(0 <= citation.start <= citation.end <= _MAX_NUMBER for citation in citations)


def _turn(saved: _SavedTurn, verify: Callable[[Answer], Verification]) -> Turn:
    answer = saved.answer
    if answer is not None:
        answer = replace(answer, checks=verify(answer).checks)
    return Turn(saved.number, saved.question, answer, saved.notice, saved.done, saved.rating)
