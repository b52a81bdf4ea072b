"""Measure how fast the page is in a browser: ``python -m benchmarks.page.run`` (needs Chromium and playwright)."""

import argparse
import json
import os
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from benchmarks.quality import ROOT
from benchmarks.serving import started

_RESULTS = ROOT / "benchmarks" / "page" / "results.json"
_QUESTIONS = ROOT / "tests" / "bundled_questions.jsonl"
_STARTS = 5
_ASKED = 40
_LISTEN = """() => {
  window.times = {};
  const note = (name) => { window.times[name] ??= performance.now(); };
  document.addEventListener("keydown", (event) => event.key === "Enter" && note("sent"), true);
  new MutationObserver(() => {
    const last = [...document.querySelectorAll("#log .bot")].at(-1);
    if (!window.times.sent || !last || document.querySelectorAll("#log .bot").length <= window.before) return;
    if (last.querySelector(".reply")) requestAnimationFrame(() => note("first"));
    if (last.querySelector(".actions")) requestAnimationFrame(() => note("whole"));
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def ready_seconds(page: Page, index: Path) -> float:
    """From starting ``app.py`` until the question box takes letters; the index is there."""
    began = time.perf_counter()
    with started(index) as chat:
        page.goto(chat.url)
        page.wait_for_selector("#question textarea:focus")
        return time.perf_counter() - began


def answer_milliseconds(page: Page, url: str, questions: list[str]) -> list[tuple[float, float]]:
    """From pressing Enter until an answer's first text, and its whole, were drawn; a fresh conversation every ten."""
    told = []
    for number, question in enumerate(questions):
        if number % 10 == 0:
            page.goto(url)
            page.evaluate("sessionStorage.clear()")
            page.goto(url)
            page.wait_for_selector("#question textarea:focus")
            page.evaluate(_LISTEN)
        page.evaluate("() => { window.times = {}; window.before = document.querySelectorAll('#log .bot').length; }")
        page.fill("#question textarea", question)
        page.keyboard.press("Enter")
        page.wait_for_function("() => window.times.whole")
        times = page.evaluate("window.times")
        told.append((times["first"] - times["sent"], times["whole"] - times["sent"]))
    return told


def main() -> None:
    """Measure, print the figures and write them as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page.run")
    parser.add_argument("--out", type=Path, default=_RESULTS, help="file for the figures")
    out: Path = parser.parse_args().out
    rows = [json.loads(line) for line in _QUESTIONS.read_text("utf-8").splitlines()]
    questions = [row["question"] for row in rows if not row["history"]][:_ASKED]
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="page-") as folder, sync_playwright() as driver:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        page = driver.chromium.launch(executable_path=found, args=["--no-sandbox"]).new_page()
        index = Path(folder) / "index"
        ready_seconds(page, index)  # builds the index
        ready = [ready_seconds(page, index) for _ in range(_STARTS)]
        with started(index) as chat:
            times = answer_milliseconds(page, chat.url, questions)
    first, whole = ([pair[side] for pair in times] for side in (0, 1))
    results = {
        "command": "python -m benchmarks.page.run",
        "date": datetime.now(UTC).date().isoformat(),
        "load": [round(before, 2), round(os.getloadavg()[0], 2)],
        "page_ready_s": {"median": round(median(ready), 2), "worst": round(max(ready), 2), "starts": len(ready)},
        "first_text_ms": {"median": round(median(first)), "p95": round(quantiles(first, n=20)[-1])},
        "whole_answer_ms": {"median": round(median(whole)), "p95": round(quantiles(whole, n=20)[-1])},
        "questions": len(times),
    }
    print(json.dumps(results, indent=1))
    out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
