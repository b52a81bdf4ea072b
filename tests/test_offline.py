"""From an empty folder to an answer without a single connection off this machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUARD = """
import os, sys

def is_near(host):
    host = host.decode() if isinstance(host, bytes) else host
    return not host or host in ("localhost", "::1") or host.startswith("127.")

def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if address is None or isinstance(address, (str, bytes)) or is_near(address[0]):
            return
        asked = address
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        if arguments[0] is None or is_near(arguments[0]):
            return
        asked = arguments[0]
    else:
        return
    with open(os.environ["GUARD_LOG"], "a") as log:
        log.write(f"{event} {asked!r}\\n")
    raise OSError(101, "Network is unreachable (guard of the tests)")

sys.addaudithook(watch)
"""


class Guarded:
    """Runs Python where connections off this machine fail and are recorded, and every cache is empty."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "attempts.txt"
        self._home = folder / "home"
        self._home.mkdir()
        (folder / "guard").mkdir()
        (folder / "guard" / "sitecustomize.py").write_text(GUARD)
        dropped = ("HF_", "HUGGINGFACE", "TRANSFORMERS", "TIKTOKEN", "XDG_", "ASSISTANT_", "LANG", "PYTHON")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        self._environment = kept | {
            "PYTHONPATH": str(folder / "guard"),
            "GUARD_LOG": str(self._log),
            "HOME": str(self._home),
            "HF_HOME": str(self._home / "hub"),
            "TIKTOKEN_CACHE_DIR": str(self._home / "tiktoken"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT, env=self._environment, capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    def attempts(self) -> list[str]:
        return self._log.read_text("utf-8").splitlines() if self._log.exists() else []

    def cached(self) -> list[str]:
        return [path.name for path in self._home.rglob("*") if path.is_file()]


@pytest.fixture
def guarded(tmp_path: Path) -> Guarded:
    return Guarded(tmp_path)


@pytest.mark.parametrize(
    ("code", "attempt"),
    [
        ("import socket; socket.create_connection(('198.51.100.7', 80), 1)", "socket.getaddrinfo '198.51.100.7'"),
        ("import socket; socket.socket().connect(('198.51.100.7', 80))", "socket.connect ('198.51.100.7', 80)"),
        ("import urllib.request as r; r.urlopen('https://example.org')", "socket.getaddrinfo 'example.org'"),
    ],
)
def test_the_guard_stops_and_records_every_connection(guarded: Guarded, code: str, attempt: str) -> None:
    done = guarded.run("-c", code)
    assert "guard of the tests" in done.stderr
    assert guarded.attempts() == [attempt]


def test_from_an_empty_folder_to_an_answer_without_a_connection(guarded: Guarded, tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.mkdir()
    done = guarded.run("-m", "assistant", "ask", "Đắk Nông có bao nhiêu trạm BTS?", "--json", "--index", str(index))
    assert guarded.attempts() == []
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["status"] == "answered"
    assert "1167" in answer["text"].replace("1.167", "1167")
    assert [citation["report"] for citation in answer["citations"]] == ["dak-nong-2023.md"]
    assert guarded.cached() == []


def test_importing_every_module_makes_no_connection(guarded: Guarded) -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for folder in ("assistant", "index", "prompts")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.name != "__main__.py"
    ]
    done = guarded.run("-c", f"import importlib; [importlib.import_module(name) for name in {modules!r}]")
    assert (done.returncode, guarded.attempts()) == (0, []), done.stderr
