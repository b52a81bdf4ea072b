"""Measure answers over the same reports in every format: ``python -m benchmarks.formats.run`` (needs Chromium).

The five published articles are written as web pages with menus and other news, as Word files, as PDFs printed by
Chromium and in UTF-16 without its mark, and asked the development questions.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.formats.make import forms_of
from benchmarks.quality import ROOT, SHARED, measure_quality
from index.words import nfc

_RESULTS = ROOT / "benchmarks" / "formats" / "results.json"
_QUESTIONS = SHARED / "eval" / "dev_questions.jsonl"
_LIBRARIES = ("pypdfium2", "python-docx", "jusText", "lxml")


def _renamed(questions: Path, reports: Path, work: Path) -> Path:
    """The questions with their reports named as they are in a folder."""
    names = {path.stem: path.name for path in reports.iterdir()}
    rows = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    for row in rows:
        row["reports"] = [names[Path(name).stem] for name in row["reports"]]
    written = work / "questions.jsonl"
    written.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return written


def main() -> None:
    """Measure, printing each figure as it comes, and write them as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.formats.run")
    parser.add_argument("--reports", type=Path, default=SHARED / "reports", help="folder of .txt reports")
    parser.add_argument("--questions", type=Path, default=_QUESTIONS, help="JSONL of questions")
    parser.add_argument("--out", type=Path, default=_RESULTS, help="file for the figures")
    options = parser.parse_args()
    texts = {path.stem: nfc(path.read_text("utf-8")) for path in sorted(options.reports.glob("*.txt"))}
    rows = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        (Path(folder) / "forms").mkdir()
        for name, reports in forms_of(texts, Path(folder) / "forms"):
            work = Path(folder) / name
            work.mkdir()
            questions = _renamed(options.questions, reports, work)
            for row in measure_quality(f"quality, {name}", reports, questions, work):
                print(row.line(), flush=True)
                rows.append(asdict(row))
    told = {
        "command": "python -m benchmarks.formats.run",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {name: version(name) for name in _LIBRARIES},
    }
    options.out.write_text(json.dumps({**told, "rows": rows}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"written: {options.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
