"""JSON that someone else wrote → values of our types, strictly; what does not fit is told in one Vietnamese line."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn, TypeVar

from pydantic import TypeAdapter, ValidationError

from index.errors import UserError

MAX_DEPTH = 20
"""Lists and objects within one another; an answer needs four."""
_SHOWN_CHARS = 60
_T = TypeVar("_T")
_WANTED = {
    "dataclass_type": "phải là đối tượng JSON",
    "string_type": "phải là chuỗi",
    "int_type": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "float_type": "phải là số",
    "bool_type": "phải là true hoặc false",
    "tuple_type": "phải là danh sách",
}


class AnswerFileError(UserError):
    """A file of answers, or a receipt, cannot be read, is of another version or was changed."""


class NotJsonError(AnswerFileError):
    """A text is no JSON.

    Attributes:
        goes_on: Whether a whole JSON value stands at its start, as in JSONL.
    """

    def __init__(self, message: str, goes_on: bool = False) -> None:
        super().__init__(message)
        self.goes_on = goes_on


def parse_json(text: str) -> object:
    """The value of a JSON text.

    Raises:
        NotJsonError: It is no JSON.
        AnswerFileError: It is nested too deep, or holds a key twice, no number, or half a character.
    """
    try:
        value: object = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        where = f"dòng {error.lineno}, cột {error.colno}"
        raise NotJsonError(f"không phải JSON ({where}: {error.msg})", error.msg == "Extra data") from error
    except ValueError as error:  # an integer of thousands of digits
        raise AnswerFileError("có một số nguyên quá dài") from error
    except RecursionError as error:
        raise AnswerFileError("lồng quá sâu") from error
    for part in _parts(value):
        if isinstance(part, float) and not math.isfinite(part):
            raise AnswerFileError("có một số quá lớn")
        if isinstance(part, str) and any("\ud800" <= char <= "\udfff" for char in part):
            raise AnswerFileError(f"có chuỗi không phải Unicode hợp lệ ({shown(part)})")
    return value


def _refuse_constant(name: str) -> NoReturn:
    """NaN and Infinity, which Python reads and writes, are no JSON."""
    raise AnswerFileError(f"có {name}, không phải JSON")


def _without_repeats(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """An object; with a key twice, what a person sees in the file may not be what is read."""
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise AnswerFileError(f"có khóa {shown(twice)} hai lần trong một đối tượng")
    return made


def _parts(value: object) -> Iterator[object]:
    """A value, its keys and all values within it.

    Raises:
        AnswerFileError: It is nested deeper than MAX_DEPTH.
    """
    level = [value]
    for _ in range(MAX_DEPTH):
        yield from level
        inner: list[object] = []
        for part in level:
            if isinstance(part, Mapping):
                inner += [*part.keys(), *part.values()]
            elif isinstance(part, list):
                inner += part
        level = inner
    if level:
        raise AnswerFileError(f"lồng quá {MAX_DEPTH} tầng")


def decode(adapter: TypeAdapter[_T], value: object) -> _T:
    """A parsed JSON value as a value of our types; nothing is converted, unknown keys are ignored.

    Raises:
        AnswerFileError: A key is missing or a value is of another type; the message names it.
    """
    try:
        return adapter.validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in wrong["loc"]).lstrip(".")
        if wrong["type"] == "missing":
            raise AnswerFileError(f"thiếu «{place}»") from error
        if wrong["type"] == "literal_error":
            wanted = f"phải là {wrong['ctx']['expected'].replace(' or ', ' hoặc ')}"
        else:
            wanted = _WANTED.get(wrong["type"], "không dùng được")
        raise AnswerFileError(f"«{place or 'cả mục'}» {wanted}, không phải {shown(wrong['input'])}") from error


def shown(value: object) -> str:
    """A value of a file as a message shows it: on one line, short, without control characters."""
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    clean = printable(written)
    return f"'{clean if len(clean) <= _SHOWN_CHARS else clean[:_SHOWN_CHARS] + '…'}'"


def printable(text: str) -> str:
    """Text on one line that a terminal can be given: what would move its cursor or turn its letters is shown as "�"."""
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text.split()))
