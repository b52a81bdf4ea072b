"""The same reports answer the same questions, whatever their format; ``benchmarks/formats`` measures it on others."""

import shutil
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from assistant import Assistant, Settings
from assistant.cli_eval import read_questions
from assistant.evaluation import judge
from benchmarks.formats.make import forms_of
from index.report import read_report
from tests.conftest import ROOT

_TEXT_FORMATS = 4
_HAS_CHROMIUM = any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))


def plain(name: str) -> str:
    """The content of a bundled report, without what tells of it."""
    report = read_report(ROOT / "reports", name)
    return "\n".join(report.text[span.start : span.end].lstrip("# ") for span in report.content)


def test_the_same_reports_are_answered_alike_in_every_format(tmp_path: Path) -> None:
    texts = {path.stem: plain(path.name) for path in (ROOT / "reports").glob("*.md")}
    questions = read_questions(ROOT / "tests" / "bundled_questions.jsonl")
    (tmp_path / "forms").mkdir()
    right = {}
    for name, reports in islice(forms_of(texts, tmp_path / "forms"), None if _HAS_CHROMIUM else _TEXT_FORMATS):
        bot = Assistant.open(Settings(reports_dir=reports, index_dir=tmp_path / "index" / name))
        answers = [bot.answer(one.question, [asdict(turn) for turn in one.history]) for one in questions]
        right[name] = sum(judge(one, answer).right for one, answer in zip(questions, answers, strict=True))
    assert list(right) == ["txt", "UTF-16", "html", "docx", "pdf"][: len(right)]
    assert right["txt"] >= 0.85 * len(questions)
    assert {name: count for name, count in right.items() if abs(count - right["txt"]) > 0.02 * len(questions)} == {}
