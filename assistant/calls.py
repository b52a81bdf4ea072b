"""What programs give with a call, checked: HTTP clients may send any JSON value for any parameter."""

import json

from assistant.answer_file import parse_answers
from assistant.decoding import AnswerFileError, shown
from assistant.figure_table import Filter
from assistant.types import Answer
from index.errors import QuestionError
from index.types import FigureKind

MAX_HITS = 50
MAX_ANSWER_CHARS = 100_000
_MAX_FILTER_CHARS = 200


def text_of(name: str, value: object, most: int | None = None) -> str:
    """A text of a call.

    Args:
        name: Of the parameter.
        value: As given.
        most: Characters it may have; None leaves that to who takes the text.

    Raises:
        QuestionError: It is no text or too long.
    """
    if not isinstance(value, str):
        raise QuestionError(f"«{name}» phải là chuỗi, không phải {_brief(value)}.")
    if most is not None and len(value) > most:
        raise QuestionError(f"«{name}» dài {len(value)} ký tự, quá giới hạn {most}: hãy viết ngắn lại.")
    return value


def history_of(value: object) -> list[dict[str, str]]:
    """The earlier turns of a call; None is none.

    Raises:
        QuestionError: They are no list of ``{"role": …, "content": …}``.
    """
    turns: object = [] if value is None else value
    fits = isinstance(turns, list) and all(
        isinstance(turn, dict) and all(isinstance(turn.get(key), str) for key in ("role", "content")) for turn in turns
    )
    if not isinstance(turns, list) or not fits:
        raise QuestionError('«history» phải là danh sách {"role": …, "content": …}, cũ trước mới sau.')
    return turns


def top_of(value: object) -> int:
    """How many passages a call wants.

    Raises:
        QuestionError: It is no whole number from 1 to MAX_HITS.
    """
    top = _whole("top", value)
    if not 1 <= top <= MAX_HITS:
        raise QuestionError(f"«top» là {top}: hãy cho một số từ 1 đến {MAX_HITS}.")
    return top


def filter_of(province: object, indicator: object, year: object, kind: object) -> Filter:
    """Which figures a call wants; "", and for the year 0 or None, take all.

    Raises:
        QuestionError: A part is of the wrong type or too long, or ``kind`` is no kind of figure.
    """
    kinds = [known.value for known in FigureKind]
    wanted = text_of("kind", kind)
    if wanted and wanted not in kinds:
        raise QuestionError(f"«kind» là {shown(wanted)}: hãy chọn một trong {', '.join(kinds)}, hoặc để trống.")
    return Filter(
        text_of("province", province, _MAX_FILTER_CHARS),
        text_of("indicator", indicator, _MAX_FILTER_CHARS),
        None if year is None else _whole("year", year) or None,
        FigureKind(wanted) if wanted else None,
    )


def answer_of(value: object) -> Answer:
    """The answer a call gives, read as strictly as one of a file.

    Raises:
        AnswerFileError: It is none, a receipt, or too long.
    """
    if not isinstance(value, dict):
        raise AnswerFileError(f"«answer» phải là đối tượng JSON của một câu trả lời, không phải {_brief(value)}.")
    if "receipt" in value:
        raise AnswerFileError("«answer» là biên nhận: hãy gửi riêng phần «answer» ở trong nó.")
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError as error:
        raise AnswerFileError("«answer» lồng quá sâu: hãy gửi nguyên câu trả lời đã nhận.") from error
    if len(text) > MAX_ANSWER_CHARS:
        raise AnswerFileError(
            f"«answer» dài {len(text)} ký tự, quá giới hạn {MAX_ANSWER_CHARS}: hãy gửi một câu trả lời mỗi lần."
        )
    try:
        return parse_answers(text)[0].answer
    except AnswerFileError as error:
        raise AnswerFileError(f"«answer»: {error}.") from error


def _whole(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise QuestionError(f"«{name}» phải là số nguyên, không phải {_brief(value)}.")
    return value


def _brief(value: object) -> str:
    return "danh sách hay đối tượng" if isinstance(value, list | dict) else shown(value)
