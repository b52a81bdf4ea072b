"""Files of saved answers: one answer, a list, JSONL as ``assistant ask --batch`` prints it, or a receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from assistant.decoding import AnswerFileError, NotJsonError, decode, parse_json, printable, shown
from assistant.receipt import Receipt
from assistant.receipt_file import read_receipt
from assistant.types import Answer

MAX_BYTES = 20_000_000
_LATER_FIELDS: Mapping[str, object] = {"checks": [], "near_misses": [], "reader": "", "elapsed_ms": 0.0}
"""What older versions did not write yet; verification needs none of it."""
_PROOF = frozenset("marker report start end quote sha256 title province year source".split())


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """An answer of a file.

    Attributes:
        answer: The answer.
        id: The "id" beside it, any JSON value, or None.
        receipt: The receipt it came in, or None.
    """

    answer: Answer
    id: object = None
    receipt: Receipt | None = None


def read_answers(path: Path) -> list[SavedAnswer]:
    """The answers of a file, in order, at least one.

    Raises:
        AnswerFileError: The file cannot be read or holds something else; the message names the file, what is wrong
            and the remedy.
    """
    try:
        return parse_answers(_text(path))
    except AnswerFileError as error:
        raise type(error)(f"Tệp '{printable(str(path))}': {error}.") from error


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise AnswerFileError("không đọc được (không phải tệp thường): hãy chỉ tệp do «assistant ask --json» in ra")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise AnswerFileError(f"dài {size} byte, quá giới hạn {MAX_BYTES // 1_000_000} MB: hãy chia nhỏ tệp")
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        reason = printable(error.strerror or str(error))
        raise AnswerFileError(f"không đọc được ({reason}): hãy chỉ tệp do «assistant ask --json» in ra") from error
    except UnicodeDecodeError as error:
        raise AnswerFileError("không phải văn bản UTF-8: hãy chỉ tệp do «assistant ask --json» in ra") from error
    if not text.removeprefix("\ufeff").strip():
        raise AnswerFileError("trống: hãy chỉ tệp do «assistant ask --json» in ra")
    return text


def parse_answers(text: str) -> list[SavedAnswer]:
    """The answers of a file's text, see ``read_answers``.

    Raises:
        AnswerFileError: It holds something else.
    """
    bare = text.removeprefix("\ufeff")
    if bare.lstrip().startswith("<"):
        return [_of_receipt(text)]
    try:
        value = parse_json(bare)
    except AnswerFileError as error:
        if isinstance(error, NotJsonError) and error.goes_on:
            return _of_lines(bare)
        raise AnswerFileError(f"{error}: hãy chỉ tệp do «assistant ask --json» in ra, còn nguyên vẹn") from error
    if isinstance(value, Mapping) and "receipt" in value:
        return [_of_receipt(text)]
    if isinstance(value, list):
        if not value:
            raise AnswerFileError("là danh sách trống, không có câu trả lời nào để kiểm")
        return [_of_value(item, f"mục {number}, ") for number, item in enumerate(value, start=1)]
    return [_of_value(value, "")]


def _of_receipt(text: str) -> SavedAnswer:
    receipt = read_receipt(text)
    _check_places(receipt.answer, "")
    return SavedAnswer(receipt.answer, receipt=receipt)


def _of_lines(text: str) -> list[SavedAnswer]:
    saved = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                value = parse_json(line)
            except AnswerFileError as error:
                raise AnswerFileError(f"dòng {number} {error}: mỗi dòng phải là một câu trả lời JSON") from error
            saved.append(_of_value(value, f"dòng {number}, "))
    return saved


def _of_value(value: object, where: str) -> SavedAnswer:
    if not isinstance(value, dict):
        raise AnswerFileError(f"{where}phải là đối tượng JSON của một câu trả lời, không phải {shown(value)}")
    if "receipt" in value:
        raise AnswerFileError(f"{where}là biên nhận: mỗi biên nhận phải nằm riêng trong một tệp, không sửa gì")
    try:
        answer = decode(TypeAdapter(Answer), _with_later_fields(value))
    except AnswerFileError as error:
        older = str(error).rpartition(".")[2].rstrip("»") in _PROOF and str(error).startswith("thiếu")
        why = " (tệp của phiên bản cũ không đủ để kiểm)" if older else ""
        raise AnswerFileError(f"{where}{error}{why}: hãy hỏi lại bằng «assistant ask --json»") from error
    _check_places(answer, where)
    return SavedAnswer(answer, value.get("id"))


def _with_later_fields(value: Mapping[str, object]) -> dict[str, object]:
    return {**_LATER_FIELDS, **value}


def _check_places(answer: Answer, where: str) -> None:
    """See that every place can be one: Python would count a negative offset from the text's end."""
    for citation in (*answer.citations, *answer.near_misses):
        if not 0 <= citation.start <= citation.end <= MAX_BYTES:
            raise AnswerFileError(
                f"{where}trích dẫn [{citation.marker}] có vị trí {citation.start}–{citation.end} không thể có: "
                "hãy hỏi lại bằng «assistant ask --json»"
            )
    for check in answer.checks:
        if not 0 <= check.start <= check.end <= MAX_BYTES:
            raise AnswerFileError(
                f"{where}số liệu {shown(check.figure)} có vị trí {check.start}–{check.end} không thể có: "
                "hãy hỏi lại bằng «assistant ask --json»"
            )
