"""The command line: ``assistant index | ask | search | verify | figures | eval | feedback | users | serve``.

JSON goes to stdout alone; everything else to stderr. Exit codes: 0 done, 1 a check failed, 2 wrong use or bad
input, told in one line. Each command imports what it needs itself: only some need the chain, which takes long.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from assistant import cli_eval, cli_feedback, cli_users
from assistant.settings import Settings, read_settings
from index.errors import UserError
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
    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, _decoded(value))
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

    _add_asking(commands, shared)
    _add_figures(commands, shared)
    serve = commands.add_parser("serve", parents=[shared], help="mở trang hỏi đáp")
    serve.set_defaults(command=_serve)

    cli_users.add_parser(commands, shared)
    cli_eval.add_parser(commands, shared)
    cli_feedback.add_parser(commands, shared)
    return parser


def _add_asking(commands: "argparse._SubParsersAction[_Parser]", shared: _Parser) -> None:
    """The commands that index, ask, search and verify."""
    index = commands.add_parser("index", parents=[shared], help="lập hoặc làm mới chỉ mục")
    index.add_argument("folder", type=Path, nargs="?", metavar="THƯ_MỤC", help="thư mục báo cáo")
    index.add_argument("--out", type=Path, metavar="DIR", help="nơi ghi chỉ mục")
    index.set_defaults(command=_index)

    ask = commands.add_parser("ask", parents=[shared], help="trả lời một câu hỏi, hoặc cả tệp câu hỏi")
    ask.add_argument("question", nargs="?", metavar="CÂU_HỎI")
    ask.add_argument("--batch", type=Path, metavar="TỆP.jsonl", help='mỗi dòng {"id", "question", "history"}')
    ask.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    ask.add_argument("--receipt", type=Path, metavar="TỆP", help="ghi biên nhận kiểm chứng vào TỆP.json hoặc TỆP.html")
    ask.set_defaults(command=_ask)

    search = commands.add_parser("search", parents=[shared], help="tìm đoạn báo cáo gần câu hỏi nhất")
    search.add_argument("question", nargs="?", metavar="CÂU_HỎI")
    search.add_argument("--top", type=_positive, default=10, metavar="N", help="số đoạn (mặc định 10)")
    search.add_argument("--batch", type=Path, metavar="TỆP.jsonl", help='mỗi dòng {"id", "question"}')
    search.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    search.set_defaults(command=_search)

    verify = commands.add_parser("verify", parents=[shared], help="kiểm lại câu trả lời đã lưu với các báo cáo")
    verify.add_argument("file", type=Path, metavar="TỆP", help="câu trả lời JSON hoặc JSONL, hoặc biên nhận")
    verify.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    verify.set_defaults(command=_verify)


def _add_figures(commands: "argparse._SubParsersAction[_Parser]", shared: _Parser) -> None:
    figures = commands.add_parser("figures", parents=[shared], help="bảng số liệu của các báo cáo")
    figures.add_argument("--province", default="", metavar="TỈNH", help="chỉ của một tỉnh")
    figures.add_argument("--indicator", default="", metavar="CHỈ_TIÊU", help="chỉ những chỉ tiêu có các từ này")
    figures.add_argument("--year", type=_positive, metavar="NĂM", help="chỉ của một năm")
    figures.add_argument("--kind", choices=[kind.value for kind in FigureKind], help="chỉ một loại số liệu")
    form = figures.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="in CSV")
    form.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    figures.set_defaults(command=_figures)


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


def _decoded(argument: str) -> str:
    """An argument of the command line; bytes that the locale could not decode are taken as UTF-8."""
    try:
        return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # half a surrogate pair, as Windows may pass on
        return argument


def _index(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.progress import BuildBar, tell_notice, tell_summary
    from index.build import build

    with BuildBar() as bar:
        summary = build(settings.reports_dir, settings.index_dir, settings.embedding_model, bar.show, tell_notice)
    tell_summary(summary)
    return DONE


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.cli_ask import ask

    return ask(options, settings)


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.cli_ask import search

    return search(options, settings)


def _verify(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.cli_verify import verify

    return verify(options.file, settings.reports_dir, options.json)


def _figures(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.figure_table import Filter, as_csv, as_json, as_table, chosen
    from assistant.progress import open_assistant

    kind = FigureKind(options.kind) if options.kind else None
    wanted = Filter(options.province, options.indicator, options.year, kind)
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


def _fail(message: str) -> int:
    print(f"assistant: {' '.join(message.split())}", file=sys.stderr)
    return WRONG_USE


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
