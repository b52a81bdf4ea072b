"""Receipts to files, and back, if not a byte of the file was changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from assistant.decoding import AnswerFileError, decode, parse_json, printable, shown
from assistant.receipt import FORMAT, NAME, Receipt, Surroundings, as_json, digest_of, times, written
from assistant.receipt_page import as_html, data_of, page
from assistant.types import Answer, Check, Problem, Verification

_CHANGED = "hãy lấy lại bản gốc của biên nhận, hoặc hỏi lại để lập biên nhận mới"

_FORMS = {".json": as_json, ".html": as_html, ".htm": as_html}


@dataclass(frozen=True, slots=True)
class _Made:
    utc: str
    vietnam: str


@dataclass(frozen=True, slots=True)
class _Verdicts:
    holds: bool
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Body:
    """A receipt as its file holds it."""

    receipt: Literal["hoi-dap-bao-cao"]
    version: int
    program: str
    made: _Made
    answer: Answer
    surroundings: tuple[Surroundings, ...]
    verification: _Verdicts
    digest: str


def check_target(path: Path, batch: bool) -> None:
    """See that a receipt can be written to a path, before anything is computed.

    Raises:
        AnswerFileError: Its suffix names no form of receipts, its folder is not there, or the questions are many.
    """
    if batch:
        raise AnswerFileError("--receipt lập biên nhận cho một câu hỏi: hãy bỏ --batch.")
    if path.suffix.lower() not in _FORMS:
        raise AnswerFileError(f"Không rõ dạng biên nhận '{printable(str(path))}': hãy đặt tên tệp .json hoặc .html.")
    if path.is_dir() or not path.parent.is_dir():
        raise AnswerFileError(
            f"Không ghi được biên nhận '{printable(str(path))}': hãy chỉ một tệp trong thư mục đã có."
        )


def write_receipt(path: Path, receipt: Receipt) -> None:
    """Write a receipt in the form its suffix names.

    Raises:
        OSError: The file cannot be written.
    """
    # bytes: a line end changed by the system would be a byte changed
    path.write_bytes(_FORMS[path.suffix.lower()](receipt).encode())


def read_receipt(text: str) -> Receipt:
    """The receipt of a JSON or HTML file.

    Args:
        text: The whole file, line ends as they are.

    Raises:
        AnswerFileError: It is no receipt, of another version, or a byte of it was changed.
    """
    is_page = text.lstrip().startswith("<")
    data = data_of(text) if is_page else text
    if data is None:
        raise AnswerFileError("trang HTML không phải biên nhận của Hỏi đáp báo cáo: hãy đưa tệp do --receipt ghi ra")
    try:
        body = parse_json(data)
    except AnswerFileError as error:
        raise AnswerFileError(f"{error}: {_CHANGED}") from error
    if not isinstance(body, Mapping) or body.get("receipt") != NAME:
        raise AnswerFileError("không phải biên nhận của Hỏi đáp báo cáo: hãy đưa tệp do --receipt ghi ra")
    _check_version(body.get("version"))
    _check_digest(body)
    receipt = _decoded(body)
    # the digest covers the values alone; spaces of the JSON, and what the page shows, are compared here
    if (page(receipt, body) if is_page else written(body)) != text:
        raise AnswerFileError(f"biên nhận đã bị sửa (tệp không còn đúng từng ký tự như lúc lập): {_CHANGED}")
    return receipt


def _check_version(version: object) -> None:
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        raise AnswerFileError(
            f"biên nhận dạng {shown(version)} mới hơn chương trình (đọc đến dạng {FORMAT}): hãy cập nhật chương trình"
        )
    if version != FORMAT or isinstance(version, bool):
        raise AnswerFileError(f"dạng biên nhận {shown(version)} không có (chương trình đọc dạng {FORMAT}): {_CHANGED}")


def _check_digest(body: Mapping[str, object]) -> None:
    digest = digest_of(body)
    if body.get("digest") != digest:
        raise AnswerFileError(
            f"biên nhận đã bị sửa (mã kiểm ghi {shown(body.get('digest'))[:20]}…', tính lại được '{digest[:18]}…'): "
            f"{_CHANGED}"
        )


def _decoded(body: Mapping[str, object]) -> Receipt:
    try:
        return _receipt(decode(TypeAdapter(_Body), body))
    except AnswerFileError as error:
        raise AnswerFileError(f"{error}: {_CHANGED}") from error


def _receipt(body: _Body) -> Receipt:
    """The receipt of a body whose parts agree with one another.

    Raises:
        AnswerFileError: They do not, so that the program cannot have written it.
    """
    try:
        made = datetime.fromisoformat(body.made.utc).astimezone(UTC)
        written = times(made)
    except (ValueError, OverflowError) as error:
        raise AnswerFileError(f"«made.utc» không phải thời điểm ISO 8601: {shown(body.made.utc)}") from error
    verification = Verification(body.verification.checks, body.verification.problems)
    agree = {
        "made": written == {"utc": body.made.utc, "vietnam": body.made.vietnam},
        "verification.holds": verification.holds == body.verification.holds,
        "surroundings": [place.marker for place in body.surroundings] == [c.marker for c in body.answer.citations],
    }
    for place, fits in agree.items():
        if not fits:
            raise AnswerFileError(f"biên nhận đã bị sửa («{place}» mâu thuẫn với phần còn lại)")
    return Receipt(body.program, made, body.answer, body.surroundings, verification)
