"""``assistant ask`` and ``assistant search``: one question, or a file of them."""

import argparse
import json
import sys
from collections.abc import Iterator

from assistant.batch_file import read_batch
from assistant.chain import Assistant, check_question
from assistant.progress import open_assistant
from assistant.receipt import receipt_of
from assistant.receipt_file import check_target, write_receipt
from assistant.settings import Settings
from assistant.types import Answer
from index.errors import QuestionError

DONE = 0


def ask(options: argparse.Namespace, settings: Settings) -> int:
    """Run ``assistant ask``; returns the exit code."""
    _check_one_source(options)
    if options.receipt:
        check_target(options.receipt, bool(options.batch))
    if options.batch:
        rows = read_batch(options.batch)
        bot = open_assistant(settings)
        for row in rows:
            _print_json({"id": row["id"], **_answer_or_refuse(bot, row)})
        return DONE
    question = _required(options.question)
    bot = open_assistant(settings)
    answer = bot.answer(question)
    if options.receipt:
        write_receipt(options.receipt, receipt_of(answer, bot.index.reports))
        print(f"Đã ghi biên nhận vào {options.receipt}", file=sys.stderr)
    if options.json:
        _print_json(dict(answer.to_dict()))
    else:
        print(_as_text(answer))
    return DONE


def _answer_or_refuse(bot: Assistant, row: dict[str, object]) -> dict[str, object]:
    """The answer as JSON values; a question that cannot be asked is refused in its place, so none is lost."""
    question, history = str(row["question"]), row.get("history") or []
    assert isinstance(history, list)
    try:
        return dict(bot.answer(question, history).to_dict())
    except QuestionError as error:
        refused = Answer(
            question=question,
            text=str(error),
            status="abstained",
            citations=(),
            checks=(),
            near_misses=(),
            reader="extractive",
            elapsed_ms=0.0,
        )
        return dict(refused.to_dict())


def search(options: argparse.Namespace, settings: Settings) -> int:
    """Run ``assistant search``; returns the exit code."""
    _check_one_source(options)
    if options.batch:
        rows = read_batch(options.batch)
        bot = open_assistant(settings)
        for row in rows:
            _print_json({"id": row["id"], "hits": list(_hits(bot, str(row["question"]), options.top))})
        return DONE
    question = _required(options.question)
    hits = list(_hits(open_assistant(settings), question, options.top))
    if options.json:
        _print_json({"hits": hits})
    else:
        for number, hit in enumerate(hits, start=1):
            print(f"{number}. {hit['report']} [{hit['start']}:{hit['end']}] · {hit['score']}\n   {hit['text']}\n")
    return DONE


def _hits(bot: Assistant, question: str, top: int) -> Iterator[dict[str, object]]:
    try:
        ranked = bot.search(question, top)
    except QuestionError:
        ranked = []
    for hit in ranked:
        yield {"report": hit.report, "start": hit.start, "end": hit.end, "text": hit.text, "score": hit.score}


def _check_one_source(options: argparse.Namespace) -> None:
    if options.batch and options.question is not None:
        raise QuestionError("Có cả câu hỏi lẫn --batch: hãy chỉ dùng một trong hai.")


def _required(question: str | None) -> str:
    """The question of the command line, checked before the index is opened, which may take long."""
    if question is None:
        raise QuestionError('Thiếu câu hỏi: assistant ask "câu hỏi", hoặc --batch TỆP.jsonl.')
    return check_question(question)


def _as_text(answer: Answer) -> str:
    parts = [answer.text]
    for citation in answer.citations:
        where = " · ".join(part for part in (citation.title, citation.province, str(citation.year or "")) if part)
        quote = " ".join(citation.quote.split())
        page = f", trang {citation.page}" if citation.page else ""
        parts.append(
            f"[{citation.marker}] {where}\n    {citation.report}{page} [{citation.start}:{citation.end}]\n    “{quote}”"
        )
    if answer.near_misses:
        parts.append("Gần nhất trong báo cáo (không phải câu trả lời):")
        parts += [f"  – {near.report}: “{' '.join(near.quote.split())}”" for near in answer.near_misses]
    return "\n\n".join(parts)


def _print_json(value: dict[str, object]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)
