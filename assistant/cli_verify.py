"""``assistant verify``: saved answers and receipts checked against the reports again."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.answer_file import read_answers
from assistant.decoding import printable
from assistant.receipt import times
from assistant.recheck import Rechecked, recheck

DONE, FAILED = 0, 1


def verify(file: Path, folder: Path, as_json: bool) -> int:
    """Check the answers of a file and print the verdicts.

    Args:
        file: Answers or a receipt.
        folder: The reports.
        as_json: Whether one JSON object is printed instead of lines.

    Returns:
        The exit code: 1 when anything fails.

    Raises:
        UserError: The file or the folder cannot be used.
    """
    results = recheck(read_answers(file), folder)
    holds = all(result.verification.holds for result in results)
    if as_json:
        print(json.dumps({"holds": holds, "answers": [_values(result) for result in results]}, ensure_ascii=False))
    else:
        for result in results:
            print("\n".join(_lines(result)))
        print(_summary(results))
    return DONE if holds else FAILED


def _values(result: Rechecked) -> dict[str, object]:
    receipt = result.saved.receipt
    return {
        "id": result.saved.id,
        "question": result.saved.answer.question,
        "holds": result.verification.holds,
        **asdict(result.verification),
        "receipt": {"made": times(receipt.made), "held": receipt.verification.holds} if receipt else None,
    }


def _lines(result: Rechecked) -> Iterator[str]:
    saved, verification = result.saved, result.verification
    name = "" if saved.id is None else f"{json.dumps(saved.id, ensure_ascii=False)} "
    yield printable(f"{_verdict(verification.holds).upper()}: {name}{saved.answer.question}")
    if saved.receipt is not None:
        then = _verdict(saved.receipt.verification.holds)
        yield f"  biên nhận khớp mã kiểm, lập {times(saved.receipt.made)['vietnam']}, lúc đó: {then}"
    for check in verification.checks:
        yield f"  {_verdict(check.supported)}: {printable(check.figure)}: {printable(check.reason)}"
    for citation in result.exact:
        where = f"[{citation.marker}] {printable(citation.report)} [{citation.start}:{citation.end}]"
        yield f"  đạt: {where}: trích đúng nguyên văn"
    for problem in verification.problems:
        yield f"  không đạt: {printable(problem.about)}: {printable(problem.reason)}"


def _verdict(holds: bool) -> str:
    return "đạt" if holds else "không đạt"


def _summary(results: Sequence[Rechecked]) -> str:
    failed = sum(not result.verification.holds for result in results)
    return f"Đã kiểm {len(results)} câu trả lời: {len(results) - failed} đạt, {failed} không đạt."
