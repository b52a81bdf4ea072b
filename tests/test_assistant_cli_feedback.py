import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.chain import Assistant
from assistant.cli import main
from assistant.cli_feedback import Tally, summarised
from assistant.feedback import Feedback, Reason, append
from assistant.types import Answer, Check, Citation, Message

NOW = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
"""A Sunday; in Vietnam it is Monday already, of another week."""
BTS = "Đắk Nông có bao nhiêu trạm BTS?"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process."""
    monkeypatch.setattr("assistant.cli._write_utf8", lambda: None)

    def command(*arguments: object) -> Outcome:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        told = capsys.readouterr()
        return Outcome(code, told.out, told.err)

    return command


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feedback.jsonl"


def citation(province: str = "Đắk Nông", quote: str = "Có 1167 trạm") -> Citation:
    return Citation(1, "dak-nong-2023.md", "Tổng kết", province, 2023, "Báo", 0, 12, quote, "c0ffee")


ANSWER = Answer(
    BTS, "Có 1.167 trạm [1]", "answered", (citation(),), (Check("1.167", 3, 8, True, ""),), (), "extractive", 1.0
)
ABSTENTION = Answer("Ai là thủ tướng Anh?", "Không nêu.", "abstained", (), (), (), "extractive", 1.0)
UP = Feedback("up", "", "", ANSWER, (), NOW)
DOWN = Feedback("down", Reason.WRONG_FIGURE, "phải là 1.176", replace(ANSWER, elapsed_ms=2.0), (), NOW, "lan")


def kept(path: Path, *said: Feedback) -> Path:
    for one in said:
        append(path, one)
    return path


def refused(outcome: Outcome, told: str) -> bool:
    """Whether a command ended with exit code 2, nothing on stdout and one line on stderr that holds ``told``."""
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert told in outcome.err
    return "Traceback" not in outcome.err


# --- counted


def test_ratings_are_counted_by_reason_status_province_and_week() -> None:
    two = replace(ANSWER, status="partial", citations=(citation("Phú Thọ"), citation(), citation("Phú Thọ")))
    asked = replace(ABSTENTION, question="dak nong co bao nhieu nguoi?")
    said = [
        UP,
        DOWN,
        replace(DOWN, reason="", answer=two, made=datetime(2026, 2, 28, tzinfo=UTC)),
        replace(UP, answer=ABSTENTION),
        replace(DOWN, reason=Reason.SHOULD_ANSWER, answer=asked),
    ]
    summary = summarised(said)
    assert summary.total == Tally(2, 3)
    assert summary.by == {
        "reasons": {"": Tally(0, 1), "should_answer": Tally(0, 1), "wrong_figure": Tally(0, 1)},
        "statuses": {"abstained": Tally(1, 1), "answered": Tally(1, 1), "partial": Tally(0, 1)},
        "provinces": {"Đắk Nông": Tally(1, 3), "": Tally(1, 0), "Phú Thọ": Tally(0, 1)},
        "weeks": {"2026-W09": Tally(0, 1), "2026-W10": Tally(2, 2)},
    }
    assert next(iter(summary.by["provinces"])) == "Đắk Nông"


def test_questions_are_told_by_how_often_they_were_rated_down() -> None:
    often = replace(DOWN, answer=replace(ANSWER, question="Thường?"))
    summary = summarised([DOWN, often, UP, replace(often, user="minh"), replace(UP, answer=ABSTENTION)])
    assert [[one.rating for one in group] for group in summary.worst] == [["down", "down"], ["down", "up"]]


def test_of_nothing_nothing_is_counted() -> None:
    assert summarised([]).total == Tally(0, 0)
    assert summarised([]).worst == ()


# --- told


def test_lines_tell_what_users_said(run: Run, path: Path) -> None:
    follow_up = replace(DOWN, note="", history=(Message("user", "Trước?"), Message("assistant", "Rồi.")))
    outcome = run("feedback", kept(path, UP, DOWN, follow_up))
    assert (outcome.code, outcome.err) == (0, "")
    told = [" ".join(line.split()) for line in outcome.out.splitlines()]
    assert told == [
        "3 góp ý: 1 đúng, 2 chưa đúng.",
        "Theo lý do chưa đúng:",
        "sai số liệu 2 chưa đúng",
        "Theo trạng thái:",
        "trả lời 1 đúng, 2 chưa đúng",
        "Theo tỉnh:",
        "Đắk Nông 1 đúng, 2 chưa đúng",
        "Theo tuần:",
        "2026-W10 1 đúng, 2 chưa đúng",
        "Câu hỏi bị đánh giá chưa đúng nhiều nhất:",
        f"1. {BTS} (1 chưa đúng, 1 đúng)",
        "đã trả lời: Có 1.167 trạm [1]",
        "– sai số liệu: phải là 1.176",
        f"2. {BTS} (1 chưa đúng, 0 đúng)",
        "hỏi tiếp sau: Trước?",
        "đã trả lời: Có 1.167 trạm [1]",
        "– sai số liệu",
    ]


def test_what_is_said_again_of_the_same_answer_counts_once(run: Run, path: Path) -> None:
    outcome = run("feedback", kept(path, replace(DOWN, rating="up", reason="", note=""), DOWN), "--json")
    told = json.loads(outcome.out)
    assert (told["up"], told["down"]) == (0, 1)


def test_json_tells_the_same_and_names_unreadable_lines(run: Run, path: Path) -> None:
    kept(path, UP, DOWN)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"half')
    outcome = run("feedback", path, "--json")
    assert outcome.code == 0
    assert outcome.err.startswith("Bỏ qua dòng 3: không phải JSON (")
    assert outcome.out.count("\n") == 1
    told = json.loads(outcome.out)
    assert [*told] == ["up", "down", "reasons", "statuses", "provinces", "weeks", "questions", "unreadable"]
    assert told["reasons"] == {"wrong_figure": {"up": 0, "down": 1}}
    assert told["weeks"] == {"2026-W10": {"up": 1, "down": 1}}
    assert told["questions"] == [
        {
            "question": BTS,
            "history": [],
            "up": 1,
            "down": 1,
            "answers": [{"status": "answered", "text": ANSWER.text, "reason": "wrong_figure", "note": "phải là 1.176"}],
        }
    ]
    assert [line["line"] for line in told["unreadable"]] == [3]


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_nothing_a_user_wrote_moves_the_cursor(run: Run, path: Path, form: tuple[str, ...]) -> None:
    hostile = "\x1b[2J\x9b31m\r\n\u202eabc\x00\u2028"
    answer = replace(
        ANSWER, question=hostile, text=hostile, citations=(citation(f"Tỉnh {hostile}"),), checks=(), status="partial"
    )
    kept(path, Feedback("down", Reason.OTHER, hostile, answer, (Message("user", hostile),), NOW, hostile))
    with path.open("ab") as file:
        file.write(b'{"rating": "\\u001b[2J"}\n')
    outcome = run("feedback", path, *form)
    assert outcome.code == 0
    assert "abc" in outcome.out
    assert all(char.isprintable() for char in (outcome.out + outcome.err).replace("\n", ""))
    assert "Bỏ qua dòng 2" in outcome.err


def test_long_texts_are_cut_and_the_ten_worst_questions_are_shown(run: Run, path: Path) -> None:
    for number in range(12):
        append(path, replace(DOWN, answer=replace(ANSWER, question=f"Câu {number} {'x' * 1000}?")))
    outcome = run("feedback", path)
    assert len(re.findall(r"^\d+\. Câu \d+ x+… \(1 chưa đúng, 0 đúng\)$", outcome.out, re.MULTILINE)) == 10
    assert max(map(len, outcome.out.splitlines())) < 350
    assert len(json.loads(run("feedback", path, "--json").out)["questions"]) == 12


def test_the_file_of_the_settings_is_read_by_default(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_FEEDBACK_FILE", str(path))
    assert refused(run("feedback"), f"Chưa có tệp góp ý '{path}': hãy chỉ tệp khác")
    kept(path, UP)
    assert run("feedback").out.startswith("1 góp ý: 1 đúng, 0 chưa đúng.\n")


def test_an_empty_file_is_no_error(run: Run, path: Path) -> None:
    path.write_bytes(b"")
    assert run("feedback", path) == Outcome(0, "0 góp ý: 0 đúng, 0 chưa đúng.\n", "")


def test_a_folder_is_refused(run: Run, tmp_path: Path) -> None:
    assert refused(run("feedback", tmp_path), "không phải tệp thường: hãy chỉ tệp góp ý.")


# --- made an evaluation set


def test_answers_rated_right_are_asked_and_judged_anew(
    run: Run, path: Path, tmp_path: Path, bot: Assistant, bundled_index: Path
) -> None:
    right = [bot.answer(BTS), bot.answer("Ai là thủ tướng nước Anh?")]
    history = [{"role": "user", "content": BTS}, {"role": "assistant", "content": right[0].text}]
    turns = tuple(Message(turn["role"], turn["content"]) for turn in history)
    follow_up = bot.answer("Còn Tuyên Quang thì sao?", history)
    said = [Feedback("up", "", "", answer, (), NOW) for answer in right]
    kept(
        path, *said, Feedback("up", "", "", follow_up, turns, NOW), replace(DOWN, answer=replace(ANSWER, question="?"))
    )
    made = run("feedback", path, "--eval", tmp_path / "set.jsonl")
    assert made.code == 0
    assert made.err == f"Đã ghi 4 câu hỏi vào {tmp_path / 'set.jsonl'}, trong đó 1 câu chờ người xem lại.\n"
    rows = [json.loads(line) for line in (tmp_path / "set.jsonl").read_text("utf-8").splitlines()]
    assert [row.get("must") for row in rows] == [[["1.167"]], [], [["1.332"]], None]
    assert [row["category"] for row in rows[:3]] == ["figure", "unanswerable", "followup"]
    assert rows[2]["history"] == history
    assert (rows[3]["review"], rows[3]["reason"], rows[3]["note"]) == (True, "wrong_figure", "phải là 1.176")
    told = json.loads(run("eval", tmp_path / "set.jsonl", "--json", "--index", bundled_index).out)
    assert (told["questions"], told["skipped"], told["wrong"]) == (3, 1, [])
    assert told["measures"]["cited"]["hits"] == 2


def test_a_set_is_written_beside_json_and_holds_no_raw_control_character(run: Run, path: Path, tmp_path: Path) -> None:
    kept(path, replace(DOWN, note="a\x1b\u2028b"))
    outcome = run("feedback", path, "--json", "--eval", tmp_path / "set.jsonl")
    assert json.loads(outcome.out)["down"] == 1
    text = (tmp_path / "set.jsonl").read_text("utf-8")
    assert len(text.splitlines()) == 1
    assert all(char.isprintable() for char in text.rstrip("\n"))
    assert json.loads(text)["note"] == "a\x1b\u2028b"


def test_a_file_that_is_there_is_overwritten_with_force_only(run: Run, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "set.jsonl"
    target.write_text("mine")
    kept(path, UP)
    assert refused(
        run("feedback", path, "--eval", target), f"Đã có tệp '{target}': hãy chỉ tệp khác, hoặc thêm --force"
    )
    assert target.read_text() == "mine"
    assert run("feedback", path, "--eval", target, "--force").code == 0
    assert json.loads(target.read_text("utf-8"))["question"] == BTS


def test_the_feedback_itself_is_never_overwritten(run: Run, path: Path, tmp_path: Path) -> None:
    before = kept(path, UP).read_bytes()
    (tmp_path / "link.jsonl").symlink_to(path)
    for target in (path, tmp_path / "link.jsonl"):
        assert refused(run("feedback", path, "--eval", target, "--force"), "chính là tệp góp ý")
    assert path.read_bytes() == before


def test_a_set_without_a_place_or_a_question_is_refused(run: Run, path: Path, tmp_path: Path) -> None:
    kept(path, UP)
    for target in (tmp_path, tmp_path / "none" / "set.jsonl"):
        assert refused(run("feedback", path, "--eval", target, "--force"), "hãy chỉ một tệp trong thư mục đã có.")
    path.write_bytes(b"")
    assert refused(run("feedback", path, "--eval", tmp_path / "set.jsonl"), "Không có góp ý nào để lập bộ câu hỏi")
    assert not (tmp_path / "set.jsonl").exists()
