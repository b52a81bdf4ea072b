"""``assistant eval``: the questions of an evaluation set asked, and the answers judged."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter

from assistant.decoding import AnswerFileError, decode, parse_json, printable
from assistant.evaluation import Judged, Question, Scores, Share, judge, scores
from assistant.feedback import as_line
from assistant.settings import Settings
from assistant.types import Answer
from index.errors import QuestionError

if TYPE_CHECKING:
    from assistant.chain import Assistant

DONE = 0
MAX_BYTES = 50_000_000
_Parser = TypeVar("_Parser", bound=argparse.ArgumentParser)
_MEASURES = {
    "accuracy": "đúng, khi báo cáo có nêu",
    "precision": "đúng, khi có trả lời",
    "abstains_when_untold": "từ chối đúng, khi báo cáo không nêu",
    "abstains_when_told": "từ chối sai, khi báo cáo có nêu",
    "cited": "đúng và có trích dẫn cho thấy",
    "exact_quotes": "trích dẫn đúng nguyên văn",
}
_WIDTH = max(map(len, _MEASURES.values()))


def add_parser(commands: "argparse._SubParsersAction[_Parser]", shared: _Parser) -> None:
    """Add the command to those of ``assistant``."""
    parser = commands.add_parser("eval", parents=[shared], help="chấm câu trả lời bằng một bộ câu hỏi có đáp án")
    parser.add_argument("file", type=Path, metavar="TỆP.jsonl", help='mỗi dòng {"id", "question", "must", …}')
    parser.add_argument("--wrong", action="store_true", help="kể những câu chưa đúng")
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    parser.set_defaults(command=evaluate)


def evaluate(options: argparse.Namespace, settings: Settings) -> int:
    """Run ``assistant eval``; returns the exit code.

    Raises:
        UserError: The questions or the reports cannot be used.
    """
    from tqdm import tqdm

    from assistant.progress import open_assistant  # the chain takes seconds to import

    questions = read_questions(options.file)
    asked = [question for question in questions if not question.review]
    if not asked:
        why = f"cả {len(questions)} câu đều chờ người xem lại" if questions else "tệp trống"
        name = printable(str(options.file))
        raise QuestionError(f"Không có câu hỏi nào để chấm ở '{name}' ({why}): hãy chỉ bộ câu hỏi có đáp án («must»).")
    bot = open_assistant(settings)
    _tell_missing_reports(asked, bot)
    bar = tqdm(asked, desc="Chấm", unit="câu", file=sys.stderr, disable=None, leave=False)
    judged = [_judged(question, bot) for question in bar]
    result = scores(judged, bot.index.reports)
    skipped = len(questions) - len(asked)
    if options.json:
        print(as_line(_values(judged, result, skipped)))
    else:
        print("\n".join(_lines(judged, result, skipped, options.wrong)))
    return DONE


def read_questions(path: Path) -> list[Question]:
    """The questions of an evaluation set, in order; ``null`` is the same as nothing.

    Raises:
        QuestionError: The file cannot be read, or a line is no question; the message tells which and why.
    """
    name = printable(str(path))
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            limit = f"{MAX_BYTES // 1_000_000} MB"
            raise QuestionError(f"Không đọc được '{name}': hãy chỉ một tệp JSONL có thật, dưới {limit}.")
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"Không đọc được '{name}': hãy chỉ một tệp JSONL mã UTF-8.") from error
    adapter, questions = TypeAdapter(Question), []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                questions.append(_question(line, adapter))
            except AnswerFileError as error:
                wanted = '{"id", "question", "category", "reports", "must", "must_not", "history"}'
                raise QuestionError(f"Dòng {number} của '{name}' {error}: mỗi dòng phải là {wanted}.") from error
    return questions


def _question(line: str, adapter: TypeAdapter[Question]) -> Question:
    row = parse_json(line)
    if not isinstance(row, Mapping):
        raise AnswerFileError("không phải đối tượng JSON")
    given = {key: value for key, value in row.items() if value is not None or key == "id"}
    if given.get("review") is True:
        given = {"must": [], **given}
    question = decode(adapter, given)
    groups = (*question.must, question.must_not)
    if not all(question.must) or not all(option.strip() for group in groups for option in group):
        raise AnswerFileError("có một nhóm hoặc một cách viết trống trong «must» hay «must_not»")
    return question


def _tell_missing_reports(questions: Sequence[Question], bot: "Assistant") -> None:
    """Say which reports the set is about that are not there: of another folder, most likely."""
    missing = sorted({report for one in questions for report in one.reports} - bot.index.reports.keys())
    if missing:
        named = ", ".join(printable(report) for report in missing[:3]) + (" …" if len(missing) > 3 else "")
        print(f"Lưu ý: kho không có {len(missing)} báo cáo mà bộ câu hỏi nêu ({named}).", file=sys.stderr)


def _judged(question: Question, bot: "Assistant") -> Judged:
    try:
        answer = bot.answer(question.question, [asdict(turn) for turn in question.history])
    except QuestionError as error:  # nothing that can be asked is answered by telling so
        answer = Answer(question.question, str(error), "abstained", (), (), (), "extractive", 0.0)
    return Judged(question, answer, judge(question, answer))


def _values(judged: Sequence[Judged], result: Scores, skipped: int) -> dict[str, object]:
    return {
        "questions": len(judged),
        "skipped": skipped,
        "measures": {name: _share_values(share) for name, share in result.measures.items()},
        "categories": {name: _share_values(share) for name, share in result.categories.items()},
        "median_ms": result.median_ms,
        "p95_ms": result.p95_ms,
        "wrong": [
            {
                "id": one.question.id,
                "category": one.question.category,
                "question": one.question.question,
                "why": one.verdict.why,
                "status": one.answer.status,
                "text": one.answer.text,
            }
            for one in judged
            if one.verdict.why
        ],
    }


def _share_values(share: Share) -> dict[str, object]:
    low, high = share.interval
    return {"hits": share.hits, "total": share.total, "share": share.value, "low": low, "high": high}


def _lines(judged: Sequence[Judged], result: Scores, skipped: int, wrong: bool) -> Iterator[str]:
    if wrong:
        for one in judged:
            if one.verdict.why:
                name = json.dumps(one.question.id, ensure_ascii=False)
                yield printable(f"{name} [{one.question.category}] {one.question.question}")
                yield f"  {printable(one.verdict.why)}: {printable(one.answer.text)[:200]}"
    waiting = f", bỏ qua {skipped} câu chờ người xem lại" if skipped else ""
    yield f"Đã chấm {len(judged)} câu hỏi{waiting}; trong ngoặc là khoảng tin cậy 95 %."
    for name, told in _MEASURES.items():
        yield f"{told:{_WIDTH}}  {_share(result.measures[name])}"
    yield "Đúng, theo loại câu hỏi:"
    for category, share in result.categories.items():
        yield f"  {printable(category) or '(không ghi)':{_WIDTH - 2}}  {_share(share)}"
    yield f"Thời gian một câu: trung vị {_ms(result.median_ms)}, 95 % số câu trong {_ms(result.p95_ms)}."


def _share(share: Share) -> str:
    if share.value is None:
        return f"{0:5}/{0:<5}  –"
    low, high = (_percent(bound) for bound in share.interval)
    return f"{share.hits:5}/{share.total:<5} {_percent(share.value):>6} %  [{low}–{high}]"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",")


def _ms(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds:.1f} ms".replace(".", ",")
