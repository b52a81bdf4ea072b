"""How long building, asking and starting take, on the bundled reports."""

import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from assistant import Assistant, Settings
from benchmarks.rows import Row

ROOT = Path(__file__).resolve().parents[1]
_QUESTION = "Đắk Nông có bao nhiêu trạm BTS?"
_BUILDS, _COLD_ASKS, _WARM_ROUNDS, _STARTS = 3, 5, 5, 3
_PATIENCE_S = 120


def measure_build(work: Path) -> list[Row]:
    """Seconds to index the five bundled reports in a fresh process, the model's loading included."""
    taken = [_seconds("index", "--out", work / f"build-{number}") for number in range(_BUILDS)]
    return [Row("index build", "median", round(statistics.median(taken), 2), "s", _spread(taken, "empty index folder"))]


def measure_cold_ask(work: Path) -> list[Row]:
    """Seconds of ``assistant ask`` in a fresh process, over a ready index."""
    index = work / "ask"
    _seconds("index", "--out", index)
    taken = [_seconds("ask", _QUESTION, "--index", index) for _ in range(_COLD_ASKS)]
    return [Row("cold ask", "median", round(statistics.median(taken), 2), "s", _spread(taken, "index ready"))]


def measure_warm_answers(questions: Path, work: Path) -> list[Row]:
    """Milliseconds per answer within one process, after one round that is not counted."""
    bot = Assistant.open(Settings(index_dir=work / "warm"))
    asked = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    taken = []
    for number in range(_WARM_ROUNDS + 1):
        for row in asked:
            began = time.perf_counter()
            bot.answer(row["question"], row.get("history") or [])
            if number:
                taken.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    note = f"{len(asked)} questions, {_WARM_ROUNDS} rounds"
    return [Row("warm answer", f"p{cut}", round(cuts[cut - 1], 2), "ms", note) for cut in (50, 95)]


def measure_start(work: Path) -> list[Row]:
    """Seconds from ``python app.py`` to a page that answers, without and with an index."""
    building = [_start_seconds(work / f"start-{number}") for number in range(_STARTS)]
    ready = [_start_seconds(work / "start-0") for _ in range(_STARTS)]
    return [
        Row(
            "app start, no index",
            "median",
            round(statistics.median(building), 2),
            "s",
            _spread(building, "until / answers"),
        ),
        Row(
            "app start, index ready",
            "median",
            round(statistics.median(ready), 2),
            "s",
            _spread(ready, "until / answers"),
        ),
    ]


def _seconds(*arguments: str | Path) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "assistant", *arguments], cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - began


def _start_seconds(index: Path) -> float:
    port = _free_port()
    variables = {**os.environ, "ASSISTANT_PORT": str(port), "ASSISTANT_INDEX_DIR": str(index)}
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            while not _answers(f"http://127.0.0.1:{port}/"):
                if process.poll() is not None or time.perf_counter() - began > _PATIENCE_S:
                    raise RuntimeError(f"app.py did not answer on port {port} (exit code {process.poll()})")
                time.sleep(0.05)
            return time.perf_counter() - began
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _spread(taken: list[float], how: str) -> str:
    return f"{len(taken)} runs, {min(taken):.2f}–{max(taken):.2f} s; {how}"
