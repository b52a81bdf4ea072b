import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.cli_eval import read_questions
from assistant.evaluation import Question
from assistant.types import Message
from index.errors import QuestionError

BUNDLED = Path(__file__).parent / "bundled_questions.jsonl"
QUESTION = "Đắk Nông có bao nhiêu trạm BTS?"
FULL = {
    "id": "q-1", "question": QUESTION, "category": "figure", "reports": ["dak-nong-2023.md"], "answer": "1.167 trạm",
    "must": [["1.167"]], "must_not": ["44 trạm"], "evidence": ["…"], "history": [], "half": "tune",
}  # fmt: skip
UNTOLD = {"id": "q-2", "question": "Ai là thủ tướng nước Anh?", "category": "unanswerable", "must": []}
REVIEW = {"id": "q-3", "question": "?", "review": True, "why": "rated_down", "reason": "other", "note": ""}


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bundled_index: Path) -> Run:
    """Run ``assistant eval`` in this process over the bundled reports."""
    monkeypatch.setattr("assistant.cli._write_utf8", lambda: None)

    def command(*arguments: object) -> Outcome:
        try:
            code = main(["eval", *map(str, arguments), "--index", str(bundled_index)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        told = capsys.readouterr()
        return Outcome(code, told.out, told.err)

    return command


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "q.jsonl"


def test_json_tells_every_measure_with_its_interval(run: Run, path: Path) -> None:
    outcome = run(lines(path, FULL, UNTOLD, REVIEW), "--json")
    assert (outcome.code, outcome.err, outcome.out.count("\n")) == (0, "", 1)
    told = json.loads(outcome.out)
    assert [*told] == ["questions", "skipped", "measures", "categories", "median_ms", "p95_ms", "wrong"]
    assert (told["questions"], told["skipped"], told["wrong"]) == (2, 1, [])
    assert {name: (share["hits"], share["total"]) for name, share in told["measures"].items()} == {
        "accuracy": (1, 1), "precision": (1, 1), "cited": (1, 1), "abstains_when_untold": (1, 1),
        "abstains_when_told": (0, 1), "exact_quotes": (1, 1),
    }  # fmt: skip
    share = told["measures"]["accuracy"]
    assert (share["share"], round(share["low"], 4), share["high"]) == (1.0, 0.2065, 1.0)
    assert {name: share["total"] for name, share in told["categories"].items()} == {"figure": 1, "unanswerable": 1}
    assert 0 < told["median_ms"] <= told["p95_ms"]


def test_lines_tell_the_shares_by_category_and_the_time(run: Run, path: Path) -> None:
    outcome = run(lines(path, FULL, {**FULL, "must": [["1.168"]], "category": ""}, UNTOLD, REVIEW))
    assert (outcome.code, outcome.err) == (0, "")
    told = outcome.out.splitlines()
    assert told[0] == "Đã chấm 3 câu hỏi, bỏ qua 1 câu chờ người xem lại; trong ngoặc là khoảng tin cậy 95 %."
    assert [line.split() for line in told[1:3]] == [
        "đúng, khi báo cáo có nêu 1/2 50,0 % [9,5–90,5]".split(),
        "đúng, khi có trả lời 1/2 50,0 % [9,5–90,5]".split(),
    ]
    assert [line.split()[:2] for line in told[8:11]] == [["(không", "ghi)"], ["figure", "1/1"], ["unanswerable", "1/1"]]
    assert told[-1].startswith("Thời gian một câu: trung vị ")
    assert "1.168" not in outcome.out


def test_what_is_wrong_is_listed_when_asked_for(run: Run, path: Path) -> None:
    wrong = {**FULL, "id": {"a": 1}, "must": [["1.168"]], "category": "x\x1b[2J"}
    outcome = run(lines(path, wrong, FULL), "--wrong")
    told = outcome.out.splitlines()
    assert told[0] == f'{{"a": 1}} [x\ufffd[2J] {QUESTION}'
    assert told[1].startswith("  thiếu 1.168: **Đắk Nông (2023):** ")
    assert told[2].startswith("Đã chấm 2 câu hỏi;")
    assert "\x1b" not in outcome.out
    (row,) = json.loads(run(path, "--json").out)["wrong"]
    assert (row["id"], row["why"], row["status"]) == ({"a": 1}, "thiếu 1.168", "answered")


def test_a_follow_up_is_asked_with_its_history(run: Run, path: Path) -> None:
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "1.167 trạm."}]
    follow_up = {**FULL, "question": "Còn Tuyên Quang?", "history": history, "must": [["1.332"]], "must_not": []}
    told = json.loads(run(lines(path, {**follow_up, "reports": ["tuyen-quang-2023.md"]}), "--json").out)
    assert told["wrong"] == []


def test_a_question_that_cannot_be_asked_counts_as_an_abstention(run: Run, path: Path) -> None:
    rows = [{"id": 1, "question": "", "must": []}, {"id": 2, "question": "a" * 100_000, "must": [["1"]]}]
    told = json.loads(run(lines(path, *rows), "--json").out)["measures"]
    assert (told["abstains_when_untold"]["hits"], told["abstains_when_told"]["hits"]) == (1, 1)


def test_reports_that_are_not_there_are_named(run: Run, path: Path) -> None:
    rows = [{**FULL, "reports": [f"{letter}\x1b.txt"]} for letter in "dcba"]
    outcome = run(lines(path, *rows))
    assert outcome.code == 0
    assert outcome.err == (
        "Lưu ý: kho không có 4 báo cáo mà bộ câu hỏi nêu (a\ufffd.txt, b\ufffd.txt, c\ufffd.txt …).\n"
    )


def test_the_bundled_questions_are_answered_as_well_as_before(run: Run) -> None:
    told = json.loads(run(BUNDLED, "--json").out)
    assert told["questions"] == 60
    assert told["measures"]["accuracy"]["share"] >= 0.9
    assert told["measures"]["abstains_when_untold"]["share"] == 1
    assert told["measures"]["exact_quotes"]["share"] == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "hãy chỉ một tệp JSONL có thật"),
        (b"\xff\xfe", "hãy chỉ một tệp JSONL mã UTF-8."),
        (b"", "(tệp trống): hãy chỉ bộ câu hỏi có đáp án («must»)."),
        (b"\n \n", "(tệp trống): hãy chỉ bộ câu hỏi có đáp án («must»)."),
        (json.dumps(REVIEW).encode(), "(cả 1 câu đều chờ người xem lại): hãy chỉ bộ"),
        (b"\n{", "không phải JSON (dòng 1, cột 2"),
        (b"7", "không phải đối tượng JSON: mỗi dòng phải là {"),
        (b"[" * 100_000, "lồng quá sâu"),
        (b'{"id": ' + b"9" * 5000 + b"}", "có một số nguyên quá dài"),
        (b'{"id": NaN}', "có NaN, không phải JSON"),
        (b'{"question": "x", "must": []}', "thiếu «id»"),
        (b'{"id": 1, "must": []}', "thiếu «question»"),
        (b'{"id": 1, "question": "x"}', "thiếu «must»"),
        (b'{"id": 1, "question": "x", "review": false}', "thiếu «must»"),
        (b'{"id": 1, "question": "x", "must": [], "review": "yes"}', "«review» phải là true hoặc false"),
        (b'{"id": 1, "question": "x", "must": "y"}', "«must» phải là danh sách, không phải 'y'"),
        (b'{"id": 1, "question": "x", "must": ["y"]}', "«must[0]» phải là danh sách, không phải 'y'"),
        (b'{"id": 1, "question": "x", "must": [[]]}', "có một nhóm hoặc một cách viết trống"),
        (b'{"id": 1, "question": "x", "must": [["y", " "]]}', "có một nhóm hoặc một cách viết trống"),
        (b'{"id": 1, "question": "x", "must": [], "must_not": [""]}', "có một nhóm hoặc một cách viết trống"),
        (b'{"id": 1, "question": "x", "must": [], "history": [{"role": "user"}]}', "thiếu «history[0].content»"),
        (b'{"id": 1, "question": "x", "must": [], "reports": [5]}', "«reports[0]» phải là chuỗi, không phải '5'"),
    ],
)
def test_a_set_that_cannot_be_used_is_refused_before_anything_is_asked(
    run: Run, path: Path, content: bytes | None, told: str
) -> None:
    if content is not None:
        path.write_bytes(content)
    outcome = run(path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert told in outcome.err
    assert "Traceback" not in outcome.err


def test_a_folder_and_a_huge_file_are_refused(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QuestionError, match="hãy chỉ một tệp JSONL có thật, dưới 50 MB"):
        read_questions(tmp_path)
    lines(path, FULL)
    monkeypatch.setattr("assistant.cli_eval.MAX_BYTES", 100)
    with pytest.raises(QuestionError, match="hãy chỉ một tệp JSONL có thật, dưới 0 MB"):
        read_questions(path)


def test_lines_are_read_with_what_they_leave_out(path: Path) -> None:
    lines(path, FULL, {**UNTOLD, "history": None, "reports": None, "id": None}, REVIEW)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\n")
    assert read_questions(path) == [
        Question("q-1", QUESTION, (("1.167",),), "figure", ("dak-nong-2023.md",), ("44 trạm",)),
        Question(None, "Ai là thủ tướng nước Anh?", (), "unanswerable"),
        Question("q-3", "?", (), review=True),
    ]


def test_the_bundled_sets_history_is_read() -> None:
    asked = next(question for question in read_questions(BUNDLED) if question.id == "bq-044")
    assert asked.history == (
        Message("user", "Đồng Tháp có mấy doanh nghiệp bưu chính?"),
        Message("assistant", "Đồng Tháp hiện có 16 doanh nghiệp."),
    )
