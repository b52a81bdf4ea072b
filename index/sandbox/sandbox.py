"""Files of strangers read in a process of its own, which is killed when it takes too long or too much.

The process is started once and serves many files. Windows has no limit of memory for it, only of time.
"""

import atexit
import logging
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

from index.code import code_digest
from index.formats.converted import Converted, UnreadableFileError
from index.formats.kinds import Kind
from index.sandbox.frames import BrokenFrameError, Frame, receive, send
from index.sandbox.limits import (
    ARCHIVE_SECONDS,
    MAX_ANSWER,
    MAX_ARCHIVE,
    MAX_DEATHS,
    MAX_HEAD,
    MAX_SENT,
    SCAN_SECONDS,
    SECONDS,
)
from index.sandbox.told import Listed, Raw, WrongAnswerError, converted_of, listed_of, prepared_of
from index.types import LoadedText, Prepared, Report

_Told = TypeVar("_Told")
_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from index.sandbox.child import main; main()"
)  # fmt: skip
_DIED = "làm hỏng chương trình đọc, có thể là tệp phá hoại"


class _DiedError(Exception):
    """The process ended without an answer."""


class Sandbox:
    """The process, started when it is first needed; one file at a time goes through it.

    Args:
        command: What is run; a program of our own by default.
        seconds: Time for one request.
        scan_seconds: Time for one that may need Tesseract.
        max_deaths: Requests that may end the process before all others are refused; without end by default.
        whole_seconds: Time for all requests together; without end by default.
        max_told: Bytes of all answers together; without end by default.
    """

    def __init__(
        self,
        command: tuple[str, ...] = (),
        seconds: float = SECONDS,
        scan_seconds: float = SCAN_SECONDS,
        max_deaths: float = math.inf,
        whole_seconds: float = math.inf,
        max_told: float = math.inf,
    ) -> None:
        self._command = command
        self._seconds, self._scan_seconds = seconds, scan_seconds
        self._deaths_left, self._seconds_left, self._bytes_left = max_deaths, whole_seconds, max_told
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self.close()

    def convert(self, kind: Kind, data: bytes) -> Converted:
        """The text of a file.

        Raises:
            UnreadableFileError: It cannot be read, or reading it takes too much.
        """
        with self._lock:
            answer = self._asked(Frame({"kind": kind.value}, data))
        if "scan" in answer.head:  # it may take many minutes, which no other file is to wait for
            with Sandbox(self._command, self._seconds, self._scan_seconds) as own:
                answer = own._asked(Frame({"kind": kind.value, "scan": True}, data))
        return _understood(converted_of, answer)

    def prepare(self, loaded: LoadedText) -> Prepared:
        """The report of a text, with its passages and figures; see ``prepare.prepare``.

        Raises:
            UnreadableFileError: It holds no word, or reading it takes too much.
        """
        return self._made(loaded, whole=True)

    def describe(self, loaded: LoadedText) -> Report:
        """The report of a text alone; see ``prepare.report_of``.

        Raises:
            UnreadableFileError: It holds no word, or reading it takes too much.
        """
        return self._made(loaded, whole=False).report

    def _made(self, loaded: LoadedText, whole: bool) -> Prepared:
        about = {"text": loaded.path, "sha256": loaded.sha256, "pages": loaded.pages, "whole": whole}
        with self._lock:
            answer = self._asked(Frame(about, loaded.text.encode()))
        return _understood(lambda told: prepared_of(told, loaded), answer)

    @contextmanager
    def archive(self, data: bytes) -> Iterator["Archive"]:
        """An archive whose members can be read one after the other; meanwhile no other thread is served.

        Raises:
            UnreadableFileError: It cannot be opened.
        """
        with self._lock:
            opening = Frame({"archive": "open"}, data)
            listed = _understood(listed_of, self._asked(opening))
            opened_by = self._process

            def member(asked: Listed) -> Frame:
                nonlocal opened_by
                if self._started() is not opened_by:  # that one died of a member before
                    self._asked(opening)
                    opened_by = self._process
                about = {"archive": asked.position, "name": asked.name}
                answer = self._asked(Frame(about))
                return self._asked(Frame({**about, "scan": True})) if "scan" in answer.head else answer

            yield Archive(listed, member)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _asked(self, request: Frame) -> Frame:
        """The answer to a request; a process that served others before may have died of them, so one is tried anew.

        Raises:
            UnreadableFileError: The file is too large, its process dies of it, takes too long, or tells why it cannot
                be read; or others before it took all there is.
        """
        if len(request.body) > MAX_SENT:
            raise UnreadableFileError(f"lớn hơn {MAX_SENT // 1_000_000} MB")
        if self._deaths_left <= 0:
            raise UnreadableFileError("không đọc: tệp nén có nhiều tệp phá hoại")
        if self._seconds_left <= 0:
            raise UnreadableFileError("không đọc: tệp nén cần quá nhiều thời gian; hãy chia nhỏ")
        if self._bytes_left <= 0:
            raise UnreadableFileError("không đọc: tệp nén chứa quá nhiều chữ và số liệu; hãy chia nhỏ")
        fresh = self._process is None
        seconds = self._scan_seconds if "scan" in request.head else self._seconds
        try:
            answer = self._exchanged(request, min(seconds, self._seconds_left))
        except _DiedError as error:
            if fresh or "name" in request.head:
                self._deaths_left -= 1
                raise UnreadableFileError(_DIED) from error
            return self._asked(request)
        self._bytes_left -= len(answer.body)
        if fault := answer.head.get("fault"):
            _LOG.error("a file could not be read for a fault of the program: %.1000r", fault)
            raise UnreadableFileError(_DIED)
        if reason := answer.head.get("reason"):
            raise UnreadableFileError(str(reason))
        return answer

    def _exchanged(self, request: Frame, seconds: float) -> Frame:
        process = self._started()
        late = threading.Event()
        began = time.monotonic()

        def stop() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            send(process.stdin, request)
            return receive(process.stdout, MAX_ANSWER + MAX_HEAD)
        except (OSError, BrokenFrameError) as error:
            self._end()
            if late.is_set():
                self._deaths_left -= 1
                raise UnreadableFileError(
                    f"đọc quá {seconds:.0f} giây: tệp quá lớn, hoặc là tệp phá hoại; hãy chia nhỏ"
                ) from error
            raise _DiedError from error
        except BaseException:  # Ctrl+C: what was asked must not be taken for the answer to the next
            self._end()
            raise
        finally:
            timer.cancel()
            self._seconds_left -= time.monotonic() - began

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        self._process = subprocess.Popen(
            self._command or _own_program(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name == "posix",  # Ctrl+C is for us to see to; and Tesseract is killed with it
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was left to send has nobody to go to
                    stream.close()
        process.wait()


def _own_program() -> tuple[str, ...]:
    # "-P": a folder that somebody works in may hold a "lxml.py" of its own
    return sys.executable, "-P", "-c", _START, str(_ROOT), code_digest()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started."""
    if os.name == "posix" and process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive.

    Attributes:
        members: Its files.
    """

    members: tuple[Listed, ...]
    _ask: Callable[[Listed], Frame]

    def read(self, member: Listed) -> Converted | Raw:
        """The text of a member, or what is still to be decoded.

        Raises:
            UnreadableFileError: It cannot be read.
        """
        if member.reason:
            raise UnreadableFileError(member.reason)
        answer = self._ask(member)
        if kind := answer.head.get("raw"):
            return Raw(Kind.HTML if kind == Kind.HTML else Kind.TEXT, answer.body)
        return _understood(converted_of, answer)


def _understood(form: Callable[[Frame], _Told], answer: Frame) -> _Told:
    """What an answer tells.

    Raises:
        UnreadableFileError: It is nonsense.
    """
    try:
        return form(answer)
    except WrongAnswerError as error:
        _LOG.error("the process that reads files tells nonsense: %r", str(error))
        raise UnreadableFileError(_DIED) from error


def for_archive() -> Sandbox:
    """A process for one archive, whose members together may take no more than so much; to be closed."""
    return Sandbox(max_deaths=MAX_DEATHS, whole_seconds=ARCHIVE_SECONDS, max_told=MAX_ARCHIVE)


SHARED = Sandbox()
"""For the whole program."""
atexit.register(SHARED.close)
