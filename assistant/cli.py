"""The command line: ``assistant index | ask | search | figures | serve``.

JSON goes to stdout alone; everything else to stderr. Exit codes: 0 done, 1 a check failed, 2 wrong use or bad
input, told in one line.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from assistant.chain import Assistant, check_question
from assistant.figure_table import Filter, as_csv, as_json, as_table, chosen
from assistant.progress import BuildBar, tell_notice, tell_summary
from assistant.settings import Settings, read_settings
from assistant.types import Answer
from index.build import build
from index.errors import QuestionError, UserError
from index.types import FigureKind

DONE, WRONG_USE = 0, 2


class _Parser(argparse.ArgumentParser):
    """A parser that tells wrong use in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.prog}: {message}; xem «{self.prog} --help»\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: Default: the process's.

    Returns:
        The exit code.
    """
    _write_utf8()
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace, Settings], int] = options.command
    try:
        return command(options, _settings(options))
    except UserError as error:
        return _fail(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _fail(f"Không đọc hoặc ghi được {error.filename or 'tệp'}: {error.strerror or error}.")
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False)
    shared.add_argument("--reports", type=Path, metavar="DIR", help="thư mục báo cáo (mặc định: báo cáo kèm theo)")
    shared.add_argument("--index", type=Path, metavar="DIR", help="thư mục chỉ mục")
    parser = _Parser(prog="assistant", description="Hỏi đáp báo cáo: trả lời có trích dẫn nguyên văn.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH", parser_class=_Parser)

    index = commands.add_parser("index", parents=[shared], help="lập hoặc làm mới chỉ mục")
    index.add_argument("folder", type=Path, nargs="?", metavar="THƯ_MỤC", help="thư mục báo cáo")
    index.add_argument("--out", type=Path, metavar="DIR", help="nơi ghi chỉ mục")
    index.set_defaults(command=_index)

    ask = commands.add_parser("ask", parents=[shared], help="trả lời một câu hỏi, hoặc cả tệp câu hỏi")
    ask.add_argument("question", nargs="?", metavar="CÂU_HỎI")
    ask.add_argument("--batch", type=Path, metavar="TỆP.jsonl", help='mỗi dòng {"id", "question", "history"}')
    ask.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    ask.set_defaults(command=_ask)

    search = commands.add_parser("search", parents=[shared], help="tìm đoạn báo cáo gần câu hỏi nhất")
    search.add_argument("question", nargs="?", metavar="CÂU_HỎI")
    search.add_argument("--top", type=_positive, default=10, metavar="N", help="số đoạn (mặc định 10)")
    search.add_argument("--batch", type=Path, metavar="TỆP.jsonl", help='mỗi dòng {"id", "question"}')
    search.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    search.set_defaults(command=_search)

    figures = commands.add_parser("figures", parents=[shared], help="bảng số liệu của các báo cáo")
    figures.add_argument("--province", default="", metavar="TỈNH", help="chỉ của một tỉnh")
    figures.add_argument("--indicator", default="", metavar="CHỈ_TIÊU", help="chỉ những chỉ tiêu có các từ này")
    figures.add_argument("--year", type=_positive, metavar="NĂM", help="chỉ của một năm")
    figures.add_argument("--kind", choices=[kind.value for kind in FigureKind], help="chỉ một loại số liệu")
    form = figures.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="in CSV")
    form.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    figures.set_defaults(command=_figures)

    serve = commands.add_parser("serve", parents=[shared], help="mở trang hỏi đáp")
    serve.set_defaults(command=_serve)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} không phải số nguyên dương")
    return number


def _settings(options: argparse.Namespace) -> Settings:
    given = {
        "reports_dir": getattr(options, "folder", None) or options.reports,
        "index_dir": getattr(options, "out", None) or options.index,
    }
    return read_settings(**{name: value for name, value in given.items() if value is not None})


def open_assistant(settings: Settings) -> Assistant:
    """Open the assistant, with a progress bar on a terminal when the index must be built."""
    with BuildBar() as bar:
        return Assistant.open(settings, progress=bar.show, built=tell_summary, noticed=tell_notice)


def _index(options: argparse.Namespace, settings: Settings) -> int:
    with BuildBar() as bar:
        summary = build(settings.reports_dir, settings.index_dir, settings.embedding_model, bar.show)
    tell_summary(summary)
    return DONE


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    _check_one_source(options)
    if options.batch:
        rows = _read_batch(options.batch)
        bot = open_assistant(settings)
        for row in rows:
            _print_json({"id": row["id"], **_answer_or_refuse(bot, row)})
        return DONE
    question = _required(options.question)
    answer = open_assistant(settings).answer(question)
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


def _search(options: argparse.Namespace, settings: Settings) -> int:
    _check_one_source(options)
    if options.batch:
        rows = _read_batch(options.batch)
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


def _figures(options: argparse.Namespace, settings: Settings) -> int:
    kind = FigureKind(options.kind) if options.kind else None
    wanted = Filter(_decoded(options.province), _decoded(options.indicator), options.year, kind)
    found = chosen(open_assistant(settings).index.figures, wanted)
    if options.json:
        print(as_json(found))
    elif options.csv:
        print(as_csv(found), end="")
    else:
        print(as_table(found))
    return DONE


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.ui import serve  # gradio takes seconds to import

    serve(settings)
    return DONE


def _check_one_source(options: argparse.Namespace) -> None:
    if options.batch and options.question is not None:
        raise QuestionError("Có cả câu hỏi lẫn --batch: hãy chỉ dùng một trong hai.")


def _required(question: str | None) -> str:
    """The question of the command line, checked before the index is opened, which may take long."""
    if question is None:
        raise QuestionError('Thiếu câu hỏi: assistant ask "câu hỏi", hoặc --batch TỆP.jsonl.')
    return check_question(_decoded(question))


def _decoded(argument: str) -> str:
    """An argument of the command line; bytes that the locale could not decode are taken as UTF-8."""
    try:
        return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # half a surrogate pair, as Windows may pass on
        return argument


def _read_batch(path: Path) -> list[dict[str, object]]:
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
    except (json.JSONDecodeError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "lồng quá sâu"
        raise QuestionError(f"{wanted}: {reason}.") from error
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


def _refuse_constant(name: str) -> NoReturn:
    """NaN and Infinity, which Python reads and writes, are no JSON."""
    raise json.JSONDecodeError(f"{name} không phải JSON", name, 0)


def _as_text(answer: Answer) -> str:
    parts = [answer.text]
    for citation in answer.citations:
        where = " · ".join(part for part in (citation.title, citation.province, str(citation.year or "")) if part)
        quote = " ".join(citation.quote.split())
        parts.append(
            f"[{citation.marker}] {where}\n    {citation.report} [{citation.start}:{citation.end}]\n    “{quote}”"
        )
    if answer.near_misses:
        parts.append("Gần nhất trong báo cáo (không phải câu trả lời):")
        parts += [f"  – {near.report}: “{' '.join(near.quote.split())}”" for near in answer.near_misses]
    return "\n\n".join(parts)


def _print_json(value: dict[str, object]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


def _fail(message: str) -> int:
    print(f"assistant: {' '.join(message.split())}", file=sys.stderr)
    return WRONG_USE


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
