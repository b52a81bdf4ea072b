"""What users say of answers: kept in a file of one JSON object a line, and read back."""

import json
import os
import re
import stat
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, TypeAdapter

from assistant.asking import asked
from assistant.decoding import AnswerFileError, decode, parse_json, printable
from assistant.types import Answer, Message
from index.errors import UserError
from index.words import nfc

if sys.platform != "win32":
    import fcntl

Rating = Literal["up", "down"]
MAX_NOTE_CHARS = 2_000
MAX_BYTES = 50_000_000
"""Size the file may grow to: some ten thousand answers; whoever presses a button all day fills no disk."""
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What ``json`` leaves as it is though it ends a line for some, or moves a terminal's cursor or turns its letters."""
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
_APPENDING = threading.Lock()


class FeedbackError(UserError):
    """Feedback cannot be taken, kept or read."""


class Reason(StrEnum):
    """What is wrong with an answer."""

    WRONG_FIGURE = "wrong_figure"
    WRONG_PLACE_OR_YEAR = "wrong_place_or_year"
    INCOMPLETE = "incomplete"
    SHOULD_ABSTAIN = "should_abstain"
    SHOULD_ANSWER = "should_answer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a user says of an answer; ``feedback_on`` makes one of what a page sends.

    Attributes:
        rating: Whether it is right ("up").
        reason: What is wrong with it, or "".
        note: In the user's words, on one line, or "".
        answer: What was said; it holds the question.
        history: The turns before the question, oldest first.
        made: When, in UTC.
        user: Who, or "" where nobody logs in.
    """

    rating: Rating
    reason: Reason | Literal[""]
    note: str
    answer: Answer
    history: tuple[Message, ...] = ()
    made: AwareDatetime = field(default_factory=lambda: datetime.now(UTC))
    user: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line of the file that holds no feedback.

    Attributes:
        line: Its number, from 1.
        reason: Why, in Vietnamese.
    """

    line: int
    reason: str


def feedback_on(
    answer: Answer,
    rating: str,
    reason: str = "",
    note: str = "",
    history: Sequence[Mapping[str, str]] = (),
    user: str = "",
) -> Feedback:
    """Feedback of now, of what a page sends.

    Args:
        answer: What is rated.
        rating: "up" or "down".
        reason: A value of ``Reason``, or "".
        note: Anything; control characters are left out.
        history: The turns before the question: ``{"role": …, "content": …}``; kept as far as the assistant looks.
        user: Who says so, or "".

    Raises:
        FeedbackError: The rating or the reason is none, or the note is longer than MAX_NOTE_CHARS.
        QuestionError: A turn of the history is malformed.
    """
    if rating not in ("up", "down"):
        raise FeedbackError(f"Đánh giá '{printable(rating)[:40]}' không có: hãy chọn đúng (up) hoặc chưa đúng (down).")
    if reason and reason not in [*Reason]:
        raise FeedbackError(f"Lý do '{printable(reason)[:40]}' không có: hãy chọn một trong {', '.join(Reason)}.")
    note = _plain(note)
    if len(note) > MAX_NOTE_CHARS:
        raise FeedbackError(f"Ghi chú dài {len(note)} ký tự, quá giới hạn {MAX_NOTE_CHARS}: hãy viết ngắn lại.")
    turns = asked(answer.question, history).history
    said: Rating = "up" if rating == "up" else "down"
    return Feedback(said, Reason(reason) if reason else "", note, answer, turns, user=_plain(user))


def _plain(text: str) -> str:
    return " ".join("".join(char for char in nfc(text) if char.isprintable() or char.isspace()).split())


def append(path: Path, feedback: Feedback) -> None:
    """Add feedback to a file, whole or not at all, whoever else adds to it at the same time.

    Args:
        path: Created, for its owner alone, when missing; so is its folder.
        feedback: What is added.

    Raises:
        FeedbackError: The file cannot be written, or would grow over MAX_BYTES; the message tells the remedy.
    """
    line = f"{as_line(_values(feedback))}\n".encode()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _APPENDING, _locked(path) as descriptor:
            _write(descriptor, line, path)
    except OSError as error:
        why = printable(error.strerror or str(error))
        raise FeedbackError(
            f"Không ghi được góp ý vào '{printable(str(path))}' ({why}): "
            "hãy kiểm tra quyền ghi và chỗ trống, hoặc đặt ASSISTANT_FEEDBACK_FILE sang tệp khác."
        ) from error


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file, open to add to, and no other process adds to it."""
    descriptor = os.open(path, _FLAGS, 0o600)
    try:
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # closing lets go of it
        yield descriptor
    finally:
        os.close(descriptor)


def _write(descriptor: int, line: bytes, path: Path) -> None:
    size = os.fstat(descriptor).st_size
    if size:
        os.lseek(descriptor, size - 1, os.SEEK_SET)
        if os.read(descriptor, 1) != b"\n":  # a process was killed while it wrote
            line = b"\n" + line
    if size + len(line) > MAX_BYTES:
        raise FeedbackError(
            f"Tệp góp ý '{printable(str(path))}' đã đầy ({MAX_BYTES // 1_000_000} MB): "
            "hãy đổi tên hoặc chuyển tệp đi nơi khác rồi gửi lại."
        )
    if os.write(descriptor, line) < len(line):  # the disk is full
        os.ftruncate(descriptor, size)
        raise FeedbackError(f"Hết chỗ trống để ghi góp ý vào '{printable(str(path))}': hãy dọn đĩa rồi gửi lại.")


def _values(feedback: Feedback) -> dict[str, object]:
    return {
        "made": feedback.made.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "rating": feedback.rating,
        "reason": feedback.reason,
        "note": feedback.note,
        "user": feedback.user,
        "history": [asdict(turn) for turn in feedback.history],
        "answer": dict(feedback.answer.to_dict()),
    }


def as_line(value: Mapping[str, object]) -> str:
    """JSON that stays one line whoever reads it, that a terminal can be given, and that every file can hold."""
    written = _HALF_PAIR.sub("\ufffd", json.dumps(value, ensure_ascii=False, allow_nan=False))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def read(path: Path) -> Iterator[Feedback | Unreadable]:
    """What a file holds, in order; a line that cannot be read is named in its place.

    Raises:
        FeedbackError: There is no such file, it is larger than MAX_BYTES, or cannot be read.
    """
    adapter = TypeAdapter(Feedback)
    try:
        if not path.exists():
            raise FeedbackError(
                f"Chưa có tệp góp ý '{printable(str(path))}': hãy chỉ tệp khác, hoặc đánh giá câu trả lời ở trang chat."
            )
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # reading a pipe would wait for ever
            raise FeedbackError(f"'{printable(str(path))}' không phải tệp thường: hãy chỉ tệp góp ý.")
        if about.st_size > MAX_BYTES:
            raise FeedbackError(
                f"'{printable(str(path))}' dài {about.st_size} byte, quá giới hạn {MAX_BYTES // 1_000_000} MB: "
                "hãy chia nhỏ tệp."
            )
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _parsed(line, number, adapter)
    except OSError as error:
        why = printable(error.strerror or str(error))
        raise FeedbackError(f"Không đọc được '{printable(str(path))}' ({why}): hãy kiểm tra quyền đọc.") from error


def _parsed(line: bytes, number: int, adapter: TypeAdapter[Feedback]) -> Feedback | Unreadable:
    try:
        feedback = decode(adapter, parse_json(line.decode("utf-8-sig").rstrip("\n")))
    except UnicodeDecodeError:
        return Unreadable(number, "không phải văn bản UTF-8")
    except AnswerFileError as error:
        return Unreadable(number, str(error))
    if not MINYEAR < feedback.made.year < MAXYEAR:  # else no other time zone could tell it
        return Unreadable(number, f"«made» không thể là năm {feedback.made.year}")
    return replace(feedback, made=feedback.made.astimezone(UTC))


def latest(feedback: Iterable[Feedback]) -> list[Feedback]:
    """One for each answer given to each user: what is said later of the same answer replaces what was said before."""
    last = {(one.user, one.history, one.answer): one for one in feedback}
    return list(last.values())


def alike(feedback: Iterable[Feedback]) -> list[list[Feedback]]:
    """What was said of answers to the same question after the same turns, together; in order."""
    groups: dict[tuple[str, ...], list[Feedback]] = {}
    for one in feedback:
        groups.setdefault(spoken(one), []).append(one)
    return list(groups.values())


def spoken(one: Feedback) -> tuple[str, ...]:
    """The question and the turns before it, as far as they make it another question: not by case or white space."""
    turns = (one.answer.question, *(f"{turn.role}: {turn.content}" for turn in one.history))
    return tuple(" ".join(nfc(turn).casefold().split()) for turn in turns)
