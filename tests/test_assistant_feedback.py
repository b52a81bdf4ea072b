import json
import os
import stat
import subprocess
import sys
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from assistant import feedback as module
from assistant.feedback import (
    MAX_NOTE_CHARS,
    Feedback,
    FeedbackError,
    Reason,
    Unreadable,
    alike,
    append,
    as_line,
    feedback_on,
    latest,
    read,
)
from assistant.types import Answer, Check, Citation, Message
from index.errors import QuestionError, UserError

fcntl = pytest.importorskip("fcntl", reason="the system has no locks between processes")
NOW = datetime(2026, 3, 1, 20, 30, 5, tzinfo=UTC)
CITATION = Citation(1, "a.txt", "Tổng kết", "Lào Cai", 2022, "Báo", 3, 9, "trích\u2028 ", "c0ffee")
ANSWER = Answer("Hỏi?", "905 [1]", "answered", (CITATION,), (Check("905", 0, 3, True, "có"),), (CITATION,), "llm", 2.5)
HISTORY = (Message("user", "Trước?"), Message("assistant", "Rồi."))
DOWN = Feedback("down", Reason.WRONG_FIGURE, "phải là 906", ANSWER, HISTORY, NOW, "lan")
HOSTILE = '"}\n{"made": 1}\r\x85\u2028\u2029\x00\x1b[2J\x9b31m\u202e\ud800\x7f\v\f'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "feedback.jsonl"


def values(**changed: object) -> dict:
    row = {
        "made": "2026-03-01T20:30:05Z", "rating": "up", "reason": "", "note": "", "user": "", "history": [],
        "answer": json.loads(json.dumps(ANSWER.to_dict())),
    }  # fmt: skip
    return {**row, **changed}


def written(path: Path, *lines: str | bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    return path


# --- what a page sends


def test_what_a_page_sends_is_made_feedback_of_now() -> None:
    before = datetime.now(UTC)
    said = feedback_on(ANSWER, "down", "incomplete", "thiếu huyện", [{"role": "user", "content": "Trước?"}], "lan")
    assert before <= said.made <= datetime.now(UTC)
    assert said == Feedback(
        "down", Reason.INCOMPLETE, "thiếu huyện", ANSWER, (Message("user", "Trước?"),), said.made, "lan"
    )
    bare = feedback_on(ANSWER, "up")
    assert (bare.reason, bare.note, bare.history, bare.user) == ("", "", (), "")


def test_a_note_is_one_line_without_control_characters() -> None:
    said = feedback_on(ANSWER, "up", note=f" cha\u0300o{HOSTILE}\tbạn\u00a0nhé ", user="lan\x1b[2J\n")
    assert said.note == 'chào"} {"made": 1} [2J31m bạn nhé'
    assert said.user == "lan[2J"
    assert all(unicodedata.category(char)[0] != "C" for char in said.note)


def test_a_note_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert len(feedback_on(ANSWER, "up", note="ồ" * MAX_NOTE_CHARS + "\n\x00").note) == MAX_NOTE_CHARS
    with pytest.raises(FeedbackError, match=r"^Ghi chú dài 2001 ký tự, quá giới hạn 2000: hãy viết ngắn lại\.$"):
        feedback_on(ANSWER, "up", note="ồ" * (MAX_NOTE_CHARS + 1))


@pytest.mark.parametrize("rating", ["", "UP", "up\n", "liked", "\x1b[2J"])
def test_a_rating_there_is_not_is_refused(rating: str) -> None:
    with pytest.raises(FeedbackError, match=r"^Đánh giá '[^\x1b\n]*' không có: hãy chọn đúng \(up\)"):
        feedback_on(ANSWER, rating)


@pytest.mark.parametrize("reason", ["wrong", "WRONG_FIGURE", "other ", "x" * 9999])
def test_a_reason_there_is_not_is_refused(reason: str) -> None:
    with pytest.raises(FeedbackError, match=r"^Lý do '.{1,40}' không có: hãy chọn một trong wrong_figure, ") as refused:
        feedback_on(ANSWER, "down", reason)
    assert len(str(refused.value)) < 200


def test_the_reasons_are_those_a_page_offers_in_its_order() -> None:
    assert [*Reason] == [
        "wrong_figure", "wrong_place_or_year", "incomplete", "should_abstain", "should_answer", "other",
    ]  # fmt: skip


def test_a_history_is_kept_as_far_as_the_assistant_looks() -> None:
    turns = [{"role": "user", "content": f"{number}" * 3000} for number in range(20)]
    history = feedback_on(ANSWER, "up", history=turns).history
    assert [turn.content[:2] for turn in history] == ["88", "99", *(str(number) for number in range(10, 20))]
    assert {len(turn.content) for turn in history} == {2000}


@pytest.mark.parametrize("turn", [{"role": "user"}, {"content": "x"}, "x"])
def test_a_malformed_history_is_refused(turn: object) -> None:
    with pytest.raises(QuestionError, match="Lịch sử hội thoại sai dạng"):
        feedback_on(ANSWER, "up", history=[turn])  # type: ignore[list-item]


# --- kept


def test_what_is_kept_is_read_back_the_same_in_order(path: Path) -> None:
    said = [DOWN, replace(DOWN, rating="up", reason="", note="", history=(), user=""), DOWN]
    for one in said:
        append(path, one)
    assert list(read(path)) == said


def test_a_line_is_json_that_people_can_read(path: Path) -> None:
    append(path, DOWN)
    row = json.loads(path.read_text("utf-8"))
    assert list(row) == ["made", "rating", "reason", "note", "user", "history", "answer"]
    assert row == values(
        rating="down", reason="wrong_figure", note="phải là 906", user="lan",
        history=[{"role": "user", "content": "Trước?"}, {"role": "assistant", "content": "Rồi."}],
    )  # fmt: skip
    assert "phải là 906" in path.read_text("utf-8")


def test_a_moment_is_kept_in_utc_to_the_second(path: Path) -> None:
    vietnam = timezone(timedelta(hours=7))
    append(path, replace(DOWN, made=datetime(2026, 3, 2, 3, 30, 5, 999, vietnam)))
    assert json.loads(path.read_text("utf-8"))["made"] == "2026-03-01T20:30:05Z"
    assert [one.made for one in read(path) if isinstance(one, Feedback)] == [NOW]


def test_no_text_gets_out_of_its_line(path: Path) -> None:
    answer = replace(ANSWER, question=HOSTILE, text=HOSTILE, reader=HOSTILE)
    for _ in range(2):
        append(path, Feedback("down", "", HOSTILE, answer, (Message("user", HOSTILE),), NOW, HOSTILE))
    text = path.read_text("utf-8")
    assert len(text.splitlines()) == 2
    assert all(char.isprintable() for char in text.replace("\n", ""))
    kept = [one for one in read(path) if isinstance(one, Feedback)]
    assert [one.note for one in kept] == [HOSTILE.replace("\ud800", "\ufffd")] * 2
    assert kept[0].answer.text == HOSTILE.replace("\ud800", "\ufffd")


def test_a_line_holds_what_json_leaves_as_it_is_only_escaped() -> None:
    assert as_line({"a": "ộ\x85\u2028\u202e\x9b\ud83d"}) == '{"a": "ộ\\u0085\\u2028\\u202e\\u009b\ufffd"}'


def test_the_file_and_its_folder_are_the_owners_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        append(path, DOWN)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o640)  # as the owner wants it
    append(path, DOWN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_line_is_one_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[bytes] = []
    real = os.write
    monkeypatch.setattr(module.os, "write", lambda descriptor, data: (pieces.append(data), real(descriptor, data))[1])
    append(path, DOWN)
    append(path, DOWN)
    assert [piece.count(b"\n") for piece in pieces] == [1, 1]
    assert b"".join(pieces) == path.read_bytes()


@pytest.mark.parametrize("torn", [b'{"made": "2026', b"x", "ộ".encode()[:1]], ids=["half a line", "x", "half a letter"])
def test_a_line_torn_by_a_crash_is_ended_and_named(path: Path, torn: bytes) -> None:
    append(path, DOWN)
    with path.open("ab") as file:
        file.write(torn)
    append(path, DOWN)
    first, broken, last = read(path)
    assert (first, last) == (DOWN, DOWN)
    assert isinstance(broken, Unreadable)
    assert broken.line == 2
    append(path, DOWN)
    assert len(path.read_bytes().splitlines()) == 4


def test_many_threads_lose_nothing(path: Path) -> None:
    long = "dài " * 400
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: append(path, replace(DOWN, note=f"{number} {long}")), range(200)))
    notes = [one.note for one in read(path) if isinstance(one, Feedback)]
    assert sorted(int(note.split()[0]) for note in notes) == list(range(200))


def test_many_processes_lose_nothing(path: Path) -> None:
    code = """if True:
        import sys
        from pathlib import Path
        from assistant.feedback import append, feedback_on
        from assistant.types import Answer
        answer = Answer("Hỏi?", "dài " * 2000, "answered", (), (), (), "llm", 1.0)
        for number in range(40):
            append(Path(sys.argv[1]), feedback_on(answer, "up", note=f"{sys.argv[2]} {number}"))
    """
    started = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in "abcd"]
    assert [process.wait(timeout=120) for process in started] == [0, 0, 0, 0]
    kept = list(read(path))
    assert not [one for one in kept if isinstance(one, Unreadable)]
    notes = [one.note for one in kept if isinstance(one, Feedback)]
    assert sorted(notes) == sorted(f"{name} {number}" for name in "abcd" for number in range(40))


def test_who_adds_waits_for_another_process_that_does(path: Path) -> None:
    append(path, DOWN)
    with path.open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting = threading.Thread(target=append, args=(path, DOWN), daemon=True)
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        other.write(b'{"half')
    waiting.join(10)
    assert not waiting.is_alive()
    assert [type(one) for one in read(path)] == [Feedback, Unreadable, Feedback]


# --- not kept


def test_a_full_file_is_left_as_it_is_and_the_remedy_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(path, DOWN)
    before = path.read_bytes()
    monkeypatch.setattr(module, "MAX_BYTES", 2 * len(before) - 1)
    with pytest.raises(FeedbackError, match=r"đã đầy \(0 MB\): hãy đổi tên hoặc chuyển tệp đi nơi khác rồi gửi lại\.$"):
        append(path, DOWN)
    assert path.read_bytes() == before
    monkeypatch.setattr(module, "MAX_BYTES", 2 * len(before))
    append(path, DOWN)
    assert path.read_bytes() == before * 2


def test_what_was_written_of_a_line_is_taken_back_on_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(path, DOWN)
    before = path.read_bytes()
    real = os.write
    with monkeypatch.context() as patched:
        patched.setattr(module.os, "write", lambda descriptor, data: real(descriptor, data[:10]))
        with pytest.raises(FeedbackError, match=r"^Hết chỗ trống để ghi góp ý vào '.*': hãy dọn đĩa rồi gửi lại"):
            append(path, DOWN)
    assert path.read_bytes() == before
    append(path, DOWN)
    assert path.read_bytes() == before * 2


def test_a_device_without_room_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with pytest.raises(FeedbackError, match=r"'/dev/full' \(No space left on device\): hãy kiểm tra"):
        append(Path("/dev/full"), DOWN)


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file" / "feedback.jsonl", tmp_path):
        with pytest.raises(UserError, match=r"^Không ghi được góp ý vào '.*' \(.*\): hãy") as refused:
            append(place, DOWN)
        assert "\n" not in str(refused.value)
        assert "ASSISTANT_FEEDBACK_FILE" in str(refused.value)
    assert (tmp_path / "file").read_text() == "x"


# --- read


def test_lines_of_another_system_and_empty_ones_are_read(path: Path) -> None:
    line = json.dumps(values())
    written(path, b"\xef\xbb\xbf" + line.encode() + b"\r", "", "  ", line)
    assert [type(one) for one in read(path)] == [Feedback, Feedback]


def test_an_empty_file_holds_nothing(path: Path) -> None:
    assert list(read(written(path))) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("xin chào", "không phải JSON (dòng 1, cột 1: Expecting value)"),
        (b"\xff\xfe", "không phải văn bản UTF-8"),
        ("7", "«cả mục» phải là đối tượng JSON, không phải '7'"),
        ("[" * 100_000, "lồng quá sâu"),
        ("9" * 5000, "có một số nguyên quá dài"),
        ('{"a": NaN}', "có NaN, không phải JSON"),
        (json.dumps(values())[:-1] + ', "rating": "up"}', "có khóa 'rating' hai lần trong một đối tượng"),
        (json.dumps(values(note="\ud800")), "có chuỗi không phải Unicode hợp lệ ('�')"),
        (json.dumps(values(rating="x\x1b[2J")), "«rating» phải là 'up' hoặc 'down', không phải 'x�[2J'"),
        (json.dumps(values(note=5)), "«note» phải là chuỗi, không phải '5'"),
        (json.dumps(values(made=5)), "«made» không dùng được, không phải '5'"),
        (json.dumps(values(made="2026-03-01T20:30:05")), "«made» không dùng được, không phải '2026-03-01T20:30:05'"),
        (json.dumps(values(made="0001-01-01T00:00:00+14:00")), "«made» không thể là năm 1"),
        (json.dumps(values(made="9999-12-31T23:59:59Z")), "«made» không thể là năm 9999"),
        (json.dumps(values(history=[{"role": "user"}])), "thiếu «history[0].content»"),
        (json.dumps(values(answer=None)), "«answer» phải là đối tượng JSON, không phải 'null'"),
        (json.dumps(values(answer={**values()["answer"], "status": "maybe"})), "«answer.status» phải là 'answered', "),
        (json.dumps({"rating": "up"}), "thiếu «reason»"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_line_that_is_no_feedback_is_named_and_the_rest_is_read(path: Path, line: str | bytes, told: str) -> None:
    written(path, json.dumps(values()), line, json.dumps(values()))
    first, broken, last = read(path)
    assert isinstance(first, Feedback)
    assert isinstance(last, Feedback)
    assert isinstance(broken, Unreadable)
    assert broken.line == 2
    assert broken.reason.startswith(told)


def test_an_unknown_reason_is_named(path: Path) -> None:
    (broken,) = read(written(path, json.dumps(values(reason="xyz"))))
    assert isinstance(broken, Unreadable)
    assert broken.reason.startswith("«reason")
    assert broken.reason.endswith("không phải 'xyz'")


def test_what_is_no_file_of_feedback_is_refused(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FeedbackError, match=r"^Chưa có tệp góp ý '.*feedback\.jsonl': hãy chỉ tệp khác"):
        list(read(path))
    with pytest.raises(FeedbackError, match="không phải tệp thường: hãy chỉ tệp góp ý"):
        list(read(tmp_path))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FeedbackError, match="không phải tệp thường: hãy chỉ tệp góp ý"):
        list(read(tmp_path / "pipe"))
    written(path, "x" * 101)
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    with pytest.raises(FeedbackError, match="dài 101 byte, quá giới hạn 0 MB: hãy chia nhỏ tệp"):
        list(read(path))


# --- which counts, and what goes together


def test_what_is_said_later_of_the_same_answer_counts() -> None:
    up = replace(DOWN, rating="up", reason="", note="", made=NOW + timedelta(hours=1))
    other_user, other_time = replace(up, user="minh"), replace(up, answer=replace(ANSWER, elapsed_ms=3.5))
    other_turns = replace(up, history=())
    assert latest([DOWN, up]) == [up]
    assert latest([up, DOWN]) == [DOWN]
    assert latest([DOWN, other_user, other_time, other_turns]) == [DOWN, other_user, other_time, other_turns]
    assert latest([]) == []


def test_the_same_question_goes_together_however_it_is_typed() -> None:
    typed = replace(DOWN, answer=replace(ANSWER, question="  HỎI?\n"))
    follow_up = replace(DOWN, history=(Message("user", "Khác?"),))
    assert alike([DOWN, follow_up, typed]) == [[DOWN, typed], [follow_up]]
    decomposed = replace(DOWN, answer=replace(ANSWER, question=unicodedata.normalize("NFD", " HỏI? ")))
    assert alike([DOWN, decomposed]) == [[DOWN, decomposed]]
