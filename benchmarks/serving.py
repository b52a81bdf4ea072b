"""The chat in a process of its own, for benchmarks."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality import ROOT


@dataclass(frozen=True)
class Served:
    """The running chat.

    Attributes:
        url: Its address, with a slash at the end.
        pid: Its process.
    """

    url: str
    pid: int


@contextmanager
def started(index: Path, **more: str) -> Iterator[Served]:
    """Start the chat on a free port, without a limit of questions.

    Args:
        index: Folder of the index.
        more: Other variables of its environment.
    """
    variables = {"ASSISTANT_PORT": "0", "ASSISTANT_INDEX_DIR": str(index), "ASSISTANT_RATE_LIMIT": "0"}
    with subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, **variables, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            told = process.stdout.readline().split()
            yield Served(next(word for word in told if word.startswith("http://")), process.pid)
        finally:
            process.terminate()
