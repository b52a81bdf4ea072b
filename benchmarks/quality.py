"""How many questions are answered right: ``assistant ask --batch``, judged by the scorer beside the checkout."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row
from index.load import load_text

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "eval" / "score.py"
_SHARES = {
    "accuracy": "answerable questions answered right",
    "precision": "right when it answers",
    "cited": "answerable questions answered right, with a quote that shows it",
    "abstains_when_untold": "abstains when the reports do not tell",
    "abstains_when_told": "wrongly abstains",
}


def measure_quality(subject: str, reports: Path, questions: Path, work: Path) -> list[Row]:
    """Answer every question of a set over a folder of reports and score the answers.

    Args:
        subject: Names the rows.
        reports: Folder of the reports.
        questions: JSONL as ``assistant eval`` and the scorer read it.
        work: An empty folder for the index and the answers.
    """
    missing = next((path for path in (SCORER, reports, questions) if not path.exists()), None)
    if missing:
        return [Row(subject, "accuracy", None, "share", f"not measured: no {_shown(missing)}")]
    answers = work / "answers.jsonl"
    with answers.open("w", encoding="utf-8") as file:
        command: list[str | Path] = [
            "ask",
            "--batch",
            questions,
            "--json",
            "--reports",
            reports,
            "--index",
            work / "index",
        ]
        subprocess.run([sys.executable, "-m", "assistant", *command], cwd=ROOT, stdout=file, check=True)
    scored = subprocess.run(
        [sys.executable, SCORER, answers, questions, "--json"], capture_output=True, encoding="utf-8", check=True
    )
    return list(_rows(subject, json.loads(scored.stdout), answers, reports))


def _rows(subject: str, scores: dict[str, float | None], answers: Path, reports: Path) -> Iterator[Row]:
    lines = answers.read_text("utf-8").splitlines()
    yield Row(subject, "questions", len(lines), "questions")
    for measure, note in _SHARES.items():
        yield Row(subject, measure, _rounded(scores[measure]), "share", note)
    yield Row(
        subject, "exact_quotes", _rounded(_exact_share(lines, reports)), "share", "report.text[start:end] == quote"
    )
    yield Row(subject, "median_characters", scores["median_characters"], "characters", "length of an answer's text")


def _exact_share(lines: list[str], reports: Path) -> float | None:
    """Share of the quotes that are the report's text at their offsets; None without a quote."""
    cited = [citation for line in lines for citation in json.loads(line)["citations"]]
    texts = {path: load_text(reports, path).text for path in {citation["report"] for citation in cited}}
    exact = [texts[quote["report"]][quote["start"] : quote["end"]] == quote["quote"] for quote in cited]
    return sum(exact) / len(exact) if exact else None


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _shown(path: Path) -> str:
    return f"../shared/{path.relative_to(SHARED)}" if path.is_relative_to(SHARED) else path.name
