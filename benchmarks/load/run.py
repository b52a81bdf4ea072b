"""Measure the server under load: ``python -m benchmarks.load.run`` (seven minutes; Linux)."""

import argparse
import asyncio
import json
import os
import resource
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

import httpx

from assistant import Assistant, Settings
from benchmarks.quality import ROOT
from benchmarks.serving import started
from index.words import nfc

_RESULTS = ROOT / "benchmarks" / "load" / "results.json"
_QUESTIONS = ROOT / "tests" / "bundled_questions.jsonl"
_ASKERS = 100
_SECONDS, _WARM_UP_SECONDS = 60.0, 60.0
_IN_PROCESS = 20_000
_WARM_UP = 2_000


def questions() -> list[str]:
    """The bundled questions."""
    rows = [json.loads(line) for line in _QUESTIONS.read_text("utf-8").splitlines()]
    return [str(row["question"]) for row in rows]


async def _asker(url: str, number: int, until: float, client: httpx.AsyncClient, told: Counter[str]) -> list[float]:
    """One asker, one question after the other; the milliseconds of each answer."""
    asked = islice(cycle(questions()), number, None)
    times: list[float] = []
    while (began := time.monotonic()) < until:
        question = next(asked)
        answer = await client.post(f"{url}gradio_api/run/answer", json={"data": [question, None]})
        body = answer.json()
        if answer.status_code == 200 and body["data"][0]["question"] == nfc(question):
            told["answered"] += 1
            times.append((time.monotonic() - began) * 1000)
        else:
            told["busy" if "đang có" in json.dumps(body, ensure_ascii=False) else "failed"] += 1
    return times


async def ask_together(url: str, askers: int, seconds: float) -> tuple[list[float], Counter[str]]:
    """Many askers at once: the milliseconds of all answers, and what came of the questions."""
    told: Counter[str] = Counter()
    limits = httpx.Limits(max_connections=askers, max_keepalive_connections=askers)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        until = time.monotonic() + seconds
        times = await asyncio.gather(*(_asker(url, number, until, client, told) for number in range(askers)))
    return [one for own in times for one in own], told


def served(index: Path) -> dict[str, object]:
    """100 askers for a minute with room for all to wait, then with room for ten."""
    with started(index, ASSISTANT_API="true", ASSISTANT_QUEUE_SIZE="200") as chat:
        asyncio.run(ask_together(chat.url, _ASKERS, _WARM_UP_SECONDS))
        warm = _resident_mb(str(chat.pid))
        times, told = asyncio.run(ask_together(chat.url, _ASKERS, _SECONDS))
        now = _resident_mb(str(chat.pid))
    with started(index, ASSISTANT_API="true", ASSISTANT_QUEUE_SIZE="10") as chat:
        _, crowded = asyncio.run(ask_together(chat.url, _ASKERS, 5))
    return {
        "askers": _ASKERS,
        "seconds": _SECONDS,
        **{what: told[what] for what in ("answered", "busy", "failed")},
        "median_ms": round(median(times)),
        "p95_ms": round(quantiles(times, n=20)[-1]),
        **_growth(warm, now),
        "with_room_for_ten": {what: crowded[what] for what in ("answered", "busy", "failed")},
    }


def in_process(index: Path) -> dict[str, object]:
    """20,000 questions one after the other: errors, and how memory grows once all is warm."""
    bot = Assistant.open(Settings(index_dir=index))
    asked, warm = questions(), 0.0
    times: list[float] = []
    for number in range(_IN_PROCESS):
        if number == _WARM_UP:
            warm = _resident_mb()
        began = time.perf_counter()
        bot.answer(asked[number % len(asked)])
        times.append((time.perf_counter() - began) * 1000)
    now = _resident_mb()
    return {
        "questions": _IN_PROCESS,
        "median_ms": round(median(times), 1),
        "p95_ms": round(quantiles(times, n=20)[-1], 1),
        **_growth(warm, now),
    }


def _growth(warm: float, now: float) -> dict[str, float]:
    return {"warm_mb": round(warm), "end_mb": round(now), "growth": round(now / warm - 1, 4)}


def _resident_mb(process: str = "self") -> float:
    """Memory that a process holds, as Linux tells it."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    """Measure, print the figures and write them as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load.run")
    parser.add_argument("--out", type=Path, default=_RESULTS, help="file for the figures")
    out: Path = parser.parse_args().out
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        index = Path(folder)
        results = {
            "command": "python -m benchmarks.load.run",
            "date": datetime.now(UTC).date().isoformat(),
            "load_before": round(before, 2),
            "in_process": in_process(index),
            "served": served(index),
        }
    print(json.dumps(results, indent=1))
    out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
