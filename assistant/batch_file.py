"""Files of questions: one ``{"id", "question", "history"}`` a line."""

import json
from pathlib import Path
from typing import NoReturn

from index.errors import QuestionError


def read_batch(path: Path) -> list[dict[str, object]]:
    """The questions of a batch file.

    Raises:
        QuestionError: The file cannot be read, or a line is not a JSON object with "id" and "question".
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"Không đọc được {str(path)!r}: hãy chỉ một tệp JSONL mã UTF-8.") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            rows.append(_read_row(line, number, path))
    return rows


def _read_row(line: str, number: int, path: Path) -> dict[str, object]:
    wanted = f'Dòng {number} của {str(path)!r} không phải {{"id": …, "question": "…", "history": […]}}'
    try:
        row = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise QuestionError(f"{wanted}: {_reason(error)}.") from error
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("question"), str):
        raise QuestionError(f"{wanted}.")
    history = row.get("history") or []
    turns_fine = isinstance(history, list) and all(
        isinstance(turn, dict) and isinstance(turn.get("role"), str) and isinstance(turn.get("content"), str)
        for turn in history
    )
    if not turns_fine:
        raise QuestionError(f'{wanted}: "history" phải là danh sách {{"role", "content"}}.')
    return row


def _reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    return "lồng quá sâu" if isinstance(error, RecursionError) else "có số quá dài"  # of more than 4,300 digits


def _refuse_constant(name: str) -> NoReturn:
    """NaN and Infinity, which Python reads and writes, are no JSON."""
    raise json.JSONDecodeError(f"{name} không phải JSON", name, 0)
