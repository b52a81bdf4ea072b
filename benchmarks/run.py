"""Measure everything and write the figures: ``python -m benchmarks.run``."""

import argparse
import json
import os
import platform
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.quality import ROOT, SHARED, measure_quality
from benchmarks.rows import Row
from benchmarks.speed import measure_build, measure_cold_ask, measure_start, measure_warm_answers

_RESULTS = ROOT / "benchmarks" / "results.json"
_FOLDER = ROOT / "benchmarks"
_QUESTIONS = ROOT / "tests" / "bundled_questions.jsonl"
_LIBRARIES = (
    "hoi-dap-bao-cao", "sentence-transformers", "faiss-cpu", "langchain", "langchain-core", "gradio", "tiktoken",
    "bm25s", "numpy", "torch",
)  # fmt: skip


def main() -> None:
    """Run all measurements, printing each figure as it comes, and write them as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description="Measure quality and speed.")
    parser.add_argument("--out", type=Path, default=_RESULTS, help="file for the figures (default: %(default)s)")
    out: Path = parser.parse_args().out
    before = os.getloadavg()[0]
    rows = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        for row in _measure(Path(folder)):
            print(row.line(), flush=True)
            rows.append(asdict(row))
    results = {
        "command": shlex.join(["python", "-m", "benchmarks.run", *sys.argv[1:]]),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": _machine() | {"load_before": round(before, 2), "load_after": round(os.getloadavg()[0], 2)},
        "versions": {"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES},
        "rows": rows,
    }
    out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"written: {out}", file=sys.stderr)


def _measure(work: Path) -> Iterator[Row]:
    published = SHARED / "reports"
    sets = [
        ("quality, published articles", published, SHARED / "eval" / "dev_questions.jsonl"),
        ("quality, bundled reports", ROOT / "reports", _QUESTIONS),
    ]
    for half in ("tune", "hold"):
        sets += [
            (f"quality, published articles, {half} half", published, _half("published", half, work)),
            (f"quality, unseen, {half} half", _FOLDER / "unseen" / "reports", _half("unseen", half, work)),
            (f"quality, unseen second, {half} half", _FOLDER / "unseen_second" / "reports",
             _half("unseen_second", half, work)),
            (f"quality, unseen third, {half} half", _FOLDER / "unseen_third" / "reports",
             _half("unseen_third", half, work)),
            (f"quality, unseen fourth, {half} half", _FOLDER / "unseen_fourth" / "reports",
             _half("unseen_fourth", half, work)),
            (f"quality, unseen fifth, {half} half", _FOLDER / "unseen_fifth" / "reports",
             _half("unseen_fifth", half, work)),
        ]  # fmt: skip
    for subject, reports, questions in sets:
        folder = work / subject
        folder.mkdir()
        yield from measure_quality(subject, reports, questions, folder)
    yield from measure_build(work)
    yield from measure_cold_ask(work)
    yield from measure_warm_answers(_QUESTIONS, work)
    yield from measure_start(work)


def _half(name: str, half: str, work: Path) -> Path:
    """The questions of one half of a set, in a file of their own."""
    lines = (_FOLDER / name / "questions.jsonl").read_text("utf-8").splitlines(keepends=True)
    written = work / f"{name}-{half}.jsonl"
    written.write_text("".join(line for line in lines if json.loads(line)["half"] == half), "utf-8")
    return written


def _machine() -> dict[str, str | int | float]:
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0,
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


if __name__ == "__main__":
    main()
