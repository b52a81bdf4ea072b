import json
import unicodedata
from pathlib import Path

import pytest

from benchmarks.retrieval import collections
from benchmarks.retrieval.collections import Question, Target
from index.embed import question_embedder
from index.types import Passage, Span
from training.corpus import Document, QuestionPair

SON_LA = """# Sơn La tổng kết năm 2022

Toàn tỉnh có 1.336 trạm BTS, phủ sóng tới 99,2% dân số.

Cổng dịch vụ công tiếp nhận gần 4.600 hồ sơ trong năm.
"""


@pytest.fixture(autouse=True)
def _without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.make.passage_embedder", question_embedder)


def passage(start: int, end: int, report: str = "a.txt") -> Passage:
    return Passage(report, start, end, (Span(start, end),))


@pytest.mark.parametrize(
    ("target", "held"),
    [
        (Target("a.txt"), True),
        (Target("b.txt"), False),
        (Target("b.txt", 100, 200), False),
        (Target("a.txt", 100, 200), True),
        (Target("a.txt", 120, 140), True),
        (Target("a.txt", 50, 150), True),
        (Target("a.txt", 49, 149), False),
        (Target("a.txt", 150, 250), True),
        (Target("a.txt", 151, 251), False),
        (Target("a.txt", 0, 1000), True),
        (Target("a.txt", 200, 220), False),
        (Target("a.txt", 0, 100), False),
    ],
)
def test_a_target_is_in_a_passage_of_its_document_that_holds_half_of_the_shorter(target: Target, held: bool) -> None:
    assert target.is_in(passage(100, 200)) is held


def test_quotes_of_reports_become_stretches_whatever_their_spacing_and_case(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "son-la.md").write_text(SON_LA, "utf-8")
    rows = [
        {"question": "Bao nhiêu trạm?", "evidence": ["toàn tỉnh có\n1.336 trạm  BTS"], "half": "tune"},
        {"question": "Bao nhiêu hồ sơ?", "evidence": [unicodedata.normalize("NFD", "4.600 hồ sơ")], "half": "hold"},
        {"question": "Ai?", "evidence": ["không có ở đâu"], "half": "tune"},
        {"question": "Ai?", "half": "tune"},
        {"question": "Còn nữa?", "evidence": ["1.336"], "half": "tune", "history": [{"role": "user", "content": "x"}]},
    ]
    asked = tmp_path / "questions.jsonl"
    lines = [json.dumps({"reports": ["son-la.md"], "history": []} | row, ensure_ascii=False) for row in rows]
    asked.write_text("\n".join(lines), "utf-8")

    made = collections.reports("sơn la", tmp_path / "reports", asked, tmp_path / "work")
    text = made.index.reports["son-la.md"].text
    found = {question.text: question.targets for question in made.questions}
    assert set(found) == {"Bao nhiêu trạm?", "Bao nhiêu hồ sơ?"}
    ((stations,), (papers,)) = found["Bao nhiêu trạm?"], found["Bao nhiêu hồ sơ?"]
    assert text[stations.start : stations.end] == "Toàn tỉnh có 1.336 trạm BTS"
    assert text[papers.start : papers.end] == "4.600 hồ sơ"

    held = collections.reports("hold", tmp_path / "reports", asked, tmp_path / "hold", half="hold")
    assert [question.text for question in held.questions] == ["Bao nhiêu hồ sơ?"]


def test_each_distinct_context_is_one_document_and_a_question_has_all_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [QuestionPair("Ai?", "Ông A."), QuestionPair("Đâu?", "Ở Huế."), QuestionPair("Ai?", "Bà B.")]
    pairs += [QuestionPair("Khi nào?", "Ông A."), QuestionPair("Ai?", "Ông A.")]
    monkeypatch.setattr(collections, "read_questions", lambda path: pairs)
    made = collections.qa("dev", tmp_path)
    assert {name: report.text for name, report in made.index.reports.items()} == {
        "0000.txt": "Ông A.",
        "0001.txt": "Ở Huế.",
        "0002.txt": "Bà B.",
    }
    assert made.questions == (
        Question("Ai?", (Target("0000.txt"), Target("0002.txt"))),
        Question("Đâu?", (Target("0001.txt"),)),
        Question("Khi nào?", (Target("0000.txt"),)),
    )


def test_questions_on_wikipedia_are_of_the_half_and_paragraphs_of_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"title": "Huế", "start": 0, "end": 6, "question": "Ai?", "half": "tune"},
        {"title": "Huế", "start": 7, "end": 13, "question": "Đâu?", "half": "hold"},
        {"title": "Huế", "start": 0, "end": 6, "question": "Gì?", "half": "hold"},
    ]
    asked = tmp_path / "wiki.jsonl"
    asked.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    articles = [Document("Khác", "Không."), Document("Huế", "Ông A.\nỞ Huế.\nHết.")]
    monkeypatch.setattr(collections, "WIKI_QUESTIONS", asked)
    monkeypatch.setattr(collections, "read_documents", lambda folder: articles)
    made = collections.wiki("hold", tmp_path / "work")
    assert {name: report.text for name, report in made.index.reports.items()} == {
        "0000.txt": "Ông A.",
        "0001.txt": "Ở Huế.",
    }
    assert made.questions == (Question("Đâu?", (Target("0001.txt"),)), Question("Gì?", (Target("0000.txt"),)))


def test_the_questions_on_wikipedia_are_in_two_halves_that_share_no_article() -> None:
    rows = [json.loads(line) for line in collections.WIKI_QUESTIONS.read_text("utf-8").splitlines()]
    titles = {half: {row["title"] for row in rows if row["half"] == half} for half in ("tune", "hold")}
    assert titles["tune"] & titles["hold"] == set()
    assert {row["half"] for row in rows} == {"tune", "hold"}
    assert all(0 <= row["start"] < row["end"] for row in rows)
    assert len({row["question"] for row in rows}) == len(rows)
