"""What people and programs ask, checked: questions, histories, how many passages."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.types import Message
from index.errors import QuestionError
from index.words import nfc

MAX_QUESTION_CHARS = 2_000
_MOST_TYPED = 8 * MAX_QUESTION_CHARS
"""Characters that may make so many once in NFC."""
MAX_TURNS = 12
"""Turns of a conversation that are looked at, the assistant's included."""
_WRONG_HISTORY = 'Lịch sử hội thoại sai dạng: mỗi lượt phải là {"role": …, "content": …}.'


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be answered.

    Attributes:
        text: NFC, stripped, not empty.
        history: Earlier turns, oldest first.
        began: When it was asked, by ``time.perf_counter``.
    """

    text: str
    history: tuple[Message, ...]
    began: float = field(default_factory=time.perf_counter)


def asked(question: str, history: Sequence[Mapping[str, str]] | None = ()) -> Question:
    """A question with the turns before it.

    Raises:
        QuestionError: The question is empty or longer than MAX_QUESTION_CHARS, or a turn is malformed.
    """
    return Question(check_question(question), _messages(history))


def put(given: str | Mapping[str, object]) -> Question:
    """What a LangChain user gives: a question, or ``{"question": …, "history": […]}``.

    Raises:
        QuestionError: It is neither, or the question or the history is wrong.
    """
    if isinstance(given, str):
        return asked(given)
    question = given.get("question") if isinstance(given, Mapping) else None
    if not isinstance(question, str):
        raise QuestionError('Đầu vào sai dạng: hãy cho một câu hỏi, hoặc {"question": …, "history": […]}.')
    history = given.get("history") or ()
    if not isinstance(history, Sequence):
        raise QuestionError(_WRONG_HISTORY)
    return asked(question, history)


def check_question(question: str) -> str:
    """The question, NFC and stripped.

    Raises:
        QuestionError: It is empty or longer than MAX_QUESTION_CHARS.
    """
    if len(question) > _MOST_TYPED:  # not even put into its normal form
        raise QuestionError(f"Câu hỏi dài {len(question)} ký tự, quá giới hạn {MAX_QUESTION_CHARS}: hãy hỏi ngắn lại.")
    typed = _typed(question).strip()
    if not typed:
        raise QuestionError("Câu hỏi trống: hãy gõ một câu hỏi, ví dụ «Đắk Nông có bao nhiêu trạm BTS?».")
    if len(typed) > MAX_QUESTION_CHARS:
        raise QuestionError(f"Câu hỏi dài {len(typed)} ký tự, quá giới hạn {MAX_QUESTION_CHARS}: hãy hỏi ngắn lại.")
    return typed


def check_top(top: int) -> int:
    """The number of passages wanted.

    Raises:
        QuestionError: It is below 1.
    """
    if top < 1:
        raise QuestionError(f"Số đoạn cần tìm là {top}: hãy cho một số nguyên dương.")
    return top


def _messages(history: Sequence[Mapping[str, str]] | None) -> tuple[Message, ...]:
    """The last turns of a conversation, overlong ones cut: older ones say nothing of what is asked now.

    Raises:
        QuestionError: A turn is not ``{"role": …, "content": …}``.
    """
    try:
        turns = [(str(turn["role"])[:_MOST_TYPED], str(turn["content"])) for turn in (history or ())[-MAX_TURNS:]]
    except (KeyError, TypeError) as error:
        raise QuestionError(_WRONG_HISTORY) from error
    return tuple(Message(_typed(role), _typed(content[:MAX_QUESTION_CHARS])) for role, content in turns)


def _typed(text: str) -> str:
    """The text in NFC; half a surrogate pair, which no tokenizer takes, as "\\ufffd"."""
    return nfc(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
