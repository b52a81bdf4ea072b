"""The chat in a process of its own, for benchmarks."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.quality import ROOT


@contextmanager
def started(index: Path, **more: str) -> Iterator[str]:
    """Start the chat on a free port, without a limit of questions; gives its address.

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
            yield next(word for word in process.stdout.readline().split() if word.startswith("http://"))
        finally:
            process.terminate()
