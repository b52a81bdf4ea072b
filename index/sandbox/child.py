"""The process that reads files of strangers: it gets bytes and gives text, gets text and gives what is made of it.

Started by ``sandbox``, to which it talks through its standard streams; it has little time and memory. When it dies,
another takes its place.
"""

import os
import select
import sys
import traceback
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from index.code import code_digest
from index.formats.converted import Converted, ScanError, UnreadableFileError
from index.formats.kinds import HEAD_BYTES, Kind, kind_of
from index.sandbox.frames import BrokenFrameError, Frame, receive, send
from index.sandbox.limits import CPU_SECONDS, IDLE_SECONDS, MAX_FILE, MAX_HEAD, MAX_SENT, MAX_TEXT, MEMORY_BYTES
from index.sandbox.told import frame_of
from index.types import LoadedText, Prepared

_TOLD_PLACES = 5


@dataclass(slots=True)
class _Open:
    """The archive whose members are asked for."""

    archive: zipfile.ZipFile | None = None


def main() -> None:
    """Answer requests until the stream ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get among the answers
    _limit_memory()
    outdated = len(sys.argv) > 2 and sys.argv[2] != code_digest()  # what it made would be taken for the other code's
    opened = _Open()
    while _is_wanted():
        try:
            request = receive(requests, MAX_SENT + MAX_HEAD)
        except BrokenFrameError:
            return
        _limit_time()
        if outdated:
            send(answers, Frame({"reason": "chương trình đã được cập nhật khi đang chạy; hãy khởi động lại"}))
        else:
            _answer(request, opened, answers)


def _is_wanted() -> bool:
    """Wait for a request; False when none came for long, so that a program that runs for days holds no idle process."""
    if os.name != "posix":  # Windows cannot wait for a pipe
        return True
    ready, _, _ = select.select([sys.stdin], [], [], IDLE_SECONDS)
    return bool(ready)


def _answer(request: Frame, opened: _Open, answers: IO[bytes]) -> None:
    try:
        if "archive" in request.head:
            answer = _archive_answer(request, opened)
        else:
            answer = _made_answer(request) if "text" in request.head else _text_answer(request)
    except UnreadableFileError as error:
        answer = Frame({"reason": str(error)})
    except ScanError:
        answer = Frame({"scan": True})
    except MemoryError:
        answer = Frame({"reason": "cần quá nhiều bộ nhớ để đọc, có thể là tệp phá hoại"})
    except Exception as error:  # noqa: BLE001 - a fault of ours or of a library: its place is told, not what is read
        places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        answer = Frame({"fault": " ".join([type(error).__name__, *places[-_TOLD_PLACES:]])})
    send(answers, answer)


def _text_answer(request: Frame) -> Frame:
    return _as_frame(convert(Kind(str(request.head["kind"])), request.body, "scan" in request.head))


def _made_answer(request: Frame) -> Frame:
    from index.prepare import prepare, report_of

    path, sha256, pages = (request.head[name] for name in ("text", "sha256", "pages"))
    assert isinstance(pages, list)
    loaded = LoadedText(str(path), request.body.decode(), str(sha256), tuple(pages))
    return frame_of(prepare(loaded) if request.head["whole"] else Prepared(report_of(loaded), (), ()))


def _archive_answer(request: Frame, opened: _Open) -> Frame:
    from index.formats.read_zip import Member, members_of, open_archive, unpack

    if request.head["archive"] == "open":
        opened.archive = open_archive(request.body)
        return Frame({"members": [[one.position, one.name, one.reason] for one in members_of(opened.archive)]})
    if opened.archive is None:
        raise UnreadableFileError("hỏng trong tệp nén")
    name = str(request.head["name"])
    position = request.head["archive"]
    assert isinstance(position, int)
    data = unpack(opened.archive, Member(position, name, ""))
    kind = kind_of(PurePosixPath(name).suffix.lower(), data[:HEAD_BYTES])
    if kind in (Kind.TEXT, Kind.HTML):  # decoded where the syllables are known
        return Frame({"raw": kind.value}, _bounded(data))
    return _as_frame(convert(kind, data, "scan" in request.head))


def convert(kind: Kind, data: bytes, scan: bool) -> Converted:
    """The text of a file of a format that is parsed; libraries are loaded as they are needed.

    Args:
        kind: Its format.
        data: The whole file; a web page in UTF-8.
        scan: Whether there is time for a scan.

    Raises:
        UnreadableFileError: It cannot be read.
        ScanError: It is a scan, which takes long.
    """
    if kind is Kind.DOCX:
        from index.formats.read_docx import read_docx

        return read_docx(data)
    if kind is Kind.PDF:
        from index.formats.read_pdf import read_pdf

        return read_pdf(data, scan)
    assert kind is Kind.HTML
    from index.formats.read_html import read_html

    return read_html(data.decode("utf-8", "replace"))


def _as_frame(converted: Converted) -> Frame:
    parts = [part.encode("utf-8", "replace") for part in converted.parts]
    return Frame({"parts": list(map(len, parts)), "paged": converted.paged}, _bounded(b"".join(parts)))


def _bounded(data: bytes) -> bytes:
    if len(data) > MAX_TEXT:
        raise UnreadableFileError(f"chứa hơn {MAX_TEXT // 1_000_000} MB chữ; hãy chia nhỏ tệp")
    return data


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: only time is limited there
        return
    limits = {resource.RLIMIT_AS: MEMORY_BYTES, resource.RLIMIT_FSIZE: MAX_FILE, resource.RLIMIT_CORE: 0}
    for limit, value in limits.items():
        with suppress(OSError, ValueError):  # a system that has it lower already, or has none
            resource.setrlimit(limit, (value, value))


def _limit_time() -> None:
    """Let the process end itself, should the one that started it be gone and not stop it."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, hard))
