import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.receipt import digest_of, written
from assistant.types import Check, Problem, Verification
from index.formats.kinds import NAMED
from index.load import load_text
from tests.report_files import FILES

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "reports"
QUESTION = "Đắk Nông có bao nhiêu trạm BTS?"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    def objects(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


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


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def text_of(citation: dict, folder: Path = REPORTS) -> str:
    return load_text(folder, citation["report"]).text[citation["start"] : citation["end"]]


def assert_refused(outcome: Outcome, told: str) -> None:
    """Exit code 2, nothing on stdout, one line on stderr that holds ``told``."""
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert outcome.err.endswith("\n")
    assert told in outcome.err
    assert "Traceback" not in outcome.err


# --- index


def test_index_says_what_it_did(run: Run, small_reports: Path, tmp_path: Path) -> None:
    (small_reports / "empty.txt").write_text("")
    (small_reports / "scan.txt").write_bytes(b"\x89PNG\0\0")
    first = run("index", small_reports, "--out", tmp_path / "index")
    assert (first.code, first.out) == (0, "")
    assert first.err.splitlines()[0].endswith("thêm 2, đổi 0, bỏ 0, giữ 0 báo cáo; bỏ qua 2 tệp.")
    assert first.err.splitlines()[1:] == [
        "  bỏ qua empty.txt: tệp rỗng",
        "  bỏ qua scan.txt: tệp nhị phân, không phải văn bản",
    ]
    (small_reports / "son-la.md").unlink()
    again = run("index", small_reports, "--out", tmp_path / "index")
    assert "thêm 0, đổi 0, bỏ 1, giữ 1 báo cáo; bỏ qua 2 tệp." in again.err


def test_an_answer_from_a_pdf_names_the_page(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "lang-son.pdf").write_bytes((FILES / "two-pages.pdf").read_bytes())
    arguments = ("Lạng Sơn có bao nhiêu trạm BTS?", "--reports", folder, "--index", tmp_path / "index")
    shown = run("ask", *arguments)
    assert "1.482" in shown.out
    assert "    lang-son.pdf, trang 1 [" in shown.out
    saved = run("ask", *arguments, "--json")
    (citation,) = saved.objects()[0]["citations"]
    assert citation["page"] == 1
    assert text_of(citation, folder) == citation["quote"]
    (tmp_path / "answer.json").write_text(saved.out, "utf-8")
    assert run("verify", tmp_path / "answer.json", "--reports", folder).code == 0


def test_index_takes_the_folder_as_an_option_too(run: Run, small_reports: Path, tmp_path: Path) -> None:
    assert run("index", "--reports", small_reports, "--index", tmp_path / "index").code == 0
    assert (tmp_path / "index" / "current").is_file()


@pytest.mark.parametrize("command", [("index",), ("ask", QUESTION), ("search", QUESTION)])
def test_a_missing_folder_is_refused(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    outcome = run(*command, "--reports", tmp_path / "none", "--index", tmp_path / "index")
    assert_refused(outcome, f"Không có thư mục báo cáo '{tmp_path / 'none'}': hãy chỉ một thư mục có tệp {NAMED}.")


@pytest.mark.parametrize("command", [("index",), ("ask", QUESTION), ("search", QUESTION)])
def test_an_empty_folder_is_refused(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "empty").mkdir()
    outcome = run(*command, "--reports", tmp_path / "empty", "--index", tmp_path / "index")
    assert_refused(outcome, f"không có báo cáo nào đọc được (thư mục trống): hãy thêm tệp {NAMED}.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "tệp rỗng"), (b"\x7fELF\0\0", "tệp nhị phân"), (b"\xff\xff\xff", "không phải văn bản UTF-8")],
)
def test_a_folder_of_one_unreadable_file_is_refused_by_name(run: Run, tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_bytes(data)
    assert_refused(run("index", tmp_path / "reports", "--out", tmp_path / "index"), f"(a.txt: {reason}")


def test_an_index_folder_that_is_a_file_is_refused(run: Run, small_reports: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert_refused(run("index", small_reports, "--out", tmp_path / "file"), str(tmp_path / "file"))


def test_a_bad_file_among_good_ones_is_named_and_the_rest_is_answered_from(
    run: Run, small_reports: Path, tmp_path: Path
) -> None:
    (small_reports / "scan.txt").write_bytes(b"\x89PNG\0\0")
    asked = run("ask", "Sơn La có bao nhiêu trạm BTS?", "--json", "--reports", small_reports, "--index", tmp_path / "i")
    assert asked.code == 0
    assert "bỏ qua scan.txt: tệp nhị phân" in asked.err
    (answer,) = asked.objects()
    assert "1.336" in answer["text"]


# --- ask


def test_ask_prints_the_answer_and_its_quote(run: Run, bundled_index: Path) -> None:
    outcome = run("ask", QUESTION, "--index", bundled_index)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0].endswith("[1]")
    assert "1.167 trạm" in outcome.out.splitlines()[0]
    assert "dak-nong-2023.md [" in outcome.out


def test_ask_json_gives_exactly_the_contracts_keys(run: Run, bundled_index: Path) -> None:
    outcome = run("ask", QUESTION, "--json", "--index", bundled_index)
    assert (outcome.code, outcome.err) == (0, "")
    (answer,) = outcome.objects()
    assert set(answer) == {
        "question", "text", "status", "citations", "checks", "near_misses", "reader", "elapsed_ms",
    }  # fmt: skip
    (citation,) = answer["citations"]
    assert set(citation) == {
        "marker", "report", "title", "province", "year", "source", "start", "end", "quote", "sha256",
    }  # fmt: skip
    assert set(answer["checks"][0]) == {"figure", "start", "end", "supported", "reason"}
    assert (answer["question"], answer["status"], answer["reader"]) == (QUESTION, "answered", "extractive")
    assert citation["quote"] == text_of(citation)
    assert "1167 trạm" in citation["quote"]


def test_an_unanswerable_question_is_no_error(run: Run, bundled_index: Path) -> None:
    outcome = run("ask", "Ai là thủ tướng nước Anh?", "--json", "--index", bundled_index)
    assert outcome.code == 0
    (answer,) = outcome.objects()
    assert (answer["status"], answer["citations"]) == ("abstained", [])


def test_a_batch_keeps_order_and_ids_and_loses_none(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    batch = lines(
        tmp_path / "q.jsonl",
        {"id": "z", "question": QUESTION, "category": "figure", "must": [["1167"]]},
        {"id": 7, "question": ""},
        {"id": "z", "question": "a" * 100_000},
        {"id": None, "question": "Ai là thủ tướng nước Anh?", "history": None},
        {"id": "half", "question": "\ud83d trạm"},
        {"id": "a", "question": "Còn Phú Thọ?", "history": [{"role": "user", "content": QUESTION}]},
    )
    batch.write_bytes(b"\xef\xbb\xbf" + batch.read_bytes().replace(b"\n", b"\r\n") + b"\n  \n")
    outcome = run("ask", "--batch", batch, "--json", "--index", bundled_index)
    assert (outcome.code, outcome.err) == (0, "")
    answers = outcome.objects()
    assert [answer["id"] for answer in answers] == ["z", 7, "z", None, "half", "a"]
    assert [answer["status"] for answer in answers[:4]] == ["answered", "abstained", "abstained", "abstained"]
    assert answers[1]["text"].startswith("Câu hỏi trống")
    assert answers[2]["text"].startswith("Câu hỏi dài 100000 ký tự")
    for answer in answers:
        for citation in answer["citations"]:
            assert citation["quote"] == text_of(citation)


def test_a_batch_prints_json_with_and_without_the_option(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    batch = lines(tmp_path / "q.jsonl", {"id": 1, "question": QUESTION})
    (plain,), (told,) = (
        run("ask", "--batch", batch, *option, "--index", bundled_index).objects() for option in ((), ("--json",))
    )
    assert plain | {"elapsed_ms": 0} == told | {"elapsed_ms": 0}


def test_an_empty_batch_gives_nothing(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text("\n\n")
    assert run("ask", "--batch", tmp_path / "q.jsonl", "--index", bundled_index) == Outcome(0, "", "")


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("", "Câu hỏi trống: hãy gõ một câu hỏi"),
        (" \n ", "Câu hỏi trống: hãy gõ một câu hỏi"),
        ("a" * 100_000, "Câu hỏi dài 100000 ký tự, quá giới hạn 2000: hãy hỏi ngắn lại."),
    ],
    ids=["empty", "blank", "100,000 characters"],
)
def test_a_question_that_cannot_be_asked_is_refused_before_anything_is_built(
    run: Run, tmp_path: Path, command: str, question: str, told: str
) -> None:
    assert_refused(run(command, question, "--index", tmp_path / "index"), told)
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "q.jsonl': hãy chỉ một tệp JSONL mã UTF-8."),
        (b'{"id": 1, "question": "x"}\n\xff\xfe\n', "q.jsonl': hãy chỉ một tệp JSONL mã UTF-8."),
        (b'{"id": 1, "question": "x"}\n{"id": 2, "question"\n', "Dòng 2 của"),
        (b"3\n", "Dòng 1 của"),
        (b"[]\n", "Dòng 1 của"),
        (b'"question"\n', "Dòng 1 của"),
        (b'\n{"question": "x"}\n', "Dòng 2 của"),
        (b'{"id": 1}\n', "Dòng 1 của"),
        (b'{"id": 1, "question": 5}\n', "Dòng 1 của"),
        (b'{"id": 1, "question": "x", "history": "y"}\n', '"history" phải là danh sách {"role", "content"}.'),
        (b'{"id": 1, "question": "x", "history": ["y"]}\n', '"history" phải là danh sách {"role", "content"}.'),
        (b'{"id": 1, "question": "x", "history": [{"role": "user"}]}\n', '"history" phải là danh sách'),
        (b"[" * 100_000 + b"\n", "lồng quá sâu"),
        (b'{"id": ' + b"1" * 5_000 + b', "question": "a"}\n', "có số quá dài"),
    ],
    ids=["missing", "not UTF-8", "cut short", "number", "list", "string", "no id", "no question", "question no text",
         "history no list", "turn no object", "turn without content", "nested deeply", "number too long"],
)  # fmt: skip
def test_a_batch_that_cannot_be_read_is_refused_by_its_line(
    run: Run, tmp_path: Path, command: str, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / "q.jsonl").write_bytes(content)
    assert_refused(run(command, "--batch", tmp_path / "q.jsonl", "--index", tmp_path / "index"), told)
    assert not (tmp_path / "index").exists()


def test_a_folder_as_batch_is_refused(run: Run, tmp_path: Path) -> None:
    assert_refused(run("ask", "--batch", tmp_path), "hãy chỉ một tệp JSONL mã UTF-8.")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "assistant: "),
        (("fly",), "fly"),
        (("ask",), "Thiếu câu hỏi"),
        (("search",), "Thiếu câu hỏi"),
        (("ask", "x", "--wrong"), "--wrong"),
        (("search", "x", "--top", "0"), "0 không phải số nguyên dương"),
        (("search", "x", "--top", "-3"), "-3 không phải số nguyên dương"),
        (("search", "x", "--top", "many"), "many"),
        (("ask", "--batch"), "--batch"),
    ],
)
def test_wrong_use_is_told_in_one_line(run: Run, arguments: tuple[str, ...], told: str) -> None:
    assert_refused(run(*arguments), told)


@pytest.mark.parametrize(("variable", "value"), [("ASSISTANT_PORT", "abc"), ("ASSISTANT_PORT", "70000")])
def test_a_setting_that_cannot_be_used_is_told_by_its_variable(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert_refused(run("ask", QUESTION), f"{variable}='{value}' không dùng được: ")


def test_a_model_that_is_nowhere_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING", str(tmp_path / "none"))
    assert_refused(run("ask", QUESTION, "--index", tmp_path / "index"), f"'{tmp_path / 'none'}'")


# --- search


def test_search_json_gives_hits_with_the_exact_text(run: Run, bundled_index: Path) -> None:
    outcome = run("search", "trạm BTS Đắk Nông", "--top", 4, "--json", "--index", bundled_index)
    assert (outcome.code, outcome.err) == (0, "")
    (found,) = outcome.objects()
    assert set(found) == {"hits"}
    assert len(found["hits"]) == 4
    for hit in found["hits"]:
        assert set(hit) == {"report", "start", "end", "text", "score"}
        assert hit["text"] == text_of(hit)
    assert [hit["score"] for hit in found["hits"]] == sorted((hit["score"] for hit in found["hits"]), reverse=True)
    assert "1167" in found["hits"][0]["text"]


def test_search_gives_ten_passages_unless_told(run: Run, bundled_index: Path) -> None:
    (found,) = run("search", "chuyển đổi số", "--json", "--index", bundled_index).objects()
    assert len(found["hits"]) == 10


def test_search_prints_ranked_passages(run: Run, bundled_index: Path) -> None:
    outcome = run("search", "trạm BTS Đắk Nông", "--top", 2, "--index", bundled_index)
    assert outcome.code == 0
    assert outcome.out.startswith("1. dak-nong-2023.md [")
    assert "\n2. dak-nong-2023.md [" in outcome.out


def test_a_search_batch_keeps_order_and_ids(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    batch = lines(
        tmp_path / "q.jsonl",
        {"id": "b", "question": "trạm BTS Đắk Nông"},
        {"id": "a", "question": ""},
        {"id": "c", "question": "doanh thu bưu chính Điện Biên"},
    )
    outcome = run("search", "--batch", batch, "--top", 3, "--index", bundled_index)
    assert (outcome.code, outcome.err) == (0, "")
    found = outcome.objects()
    assert [row["id"] for row in found] == ["b", "a", "c"]
    assert [len(row["hits"]) for row in found] == [3, 0, 3]
    assert [set(row) for row in found] == [{"id", "hits"}] * 3
    assert all(hit["text"] == text_of(hit) for row in found for hit in row["hits"])
    assert found[2]["hits"][0]["report"] == "dien-bien-2019.md"


# --- verify and receipts


def saved(run: Run, index: Path, path: Path, *options: object) -> Path:
    """The answer to QUESTION, as ``ask --json`` prints it, in a file."""
    path.write_text(run("ask", QUESTION, "--json", "--index", index, *options).out, "utf-8")
    return path


def test_a_saved_answer_holds(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    path = saved(run, bundled_index, tmp_path / "a.json")
    outcome = run("verify", path)
    assert (outcome.code, outcome.err) == (0, "")
    told = outcome.out.splitlines()
    assert told[0] == f"ĐẠT: {QUESTION}"
    assert told[1].startswith("  đạt: 1.167")
    assert told[2].startswith("  đạt: [1] dak-nong-2023.md [")
    assert told[-1] == "Đã kiểm 1 câu trả lời: 1 đạt, 0 không đạt."


def test_verify_json_tells_each_answer_of_a_batch(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    batch = lines(tmp_path / "q.jsonl", {"id": "a", "question": QUESTION}, {"id": 2, "question": ""})
    (tmp_path / "a.jsonl").write_text(run("ask", "--batch", batch, "--index", bundled_index).out, "utf-8")
    outcome = run("verify", tmp_path / "a.jsonl", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    (told,) = outcome.objects()
    assert told["holds"] is True
    assert [answer["id"] for answer in told["answers"]] == ["a", 2]
    assert set(told["answers"][0]) == {"id", "question", "holds", "checks", "problems", "receipt"}
    assert told["answers"][0]["checks"][0]["supported"] is True


@pytest.fixture
def refuting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verification that refuses one figure and one quote."""
    verdict = Verification((Check("1.167", 0, 5, False, "không thấy"),), (Problem("[1]", "đoạn trích không còn"),))
    monkeypatch.setattr("assistant.recheck.verify_answer", lambda answer, reports, backing: verdict)


@pytest.mark.usefixtures("refuting")
def test_what_fails_is_told_with_exit_code_1(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    path = saved(run, bundled_index, tmp_path / "a.json")
    outcome = run("verify", path)
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.startswith(f"KHÔNG ĐẠT: {QUESTION}\n  không đạt: 1.167: không thấy\n")
    assert "  không đạt: [1]: đoạn trích không còn\nĐã kiểm 1 câu trả lời: 0 đạt, 1 không đạt.\n" in outcome.out
    outcome = run("verify", path, "--json")
    (told,) = outcome.objects()
    assert (outcome.code, told["holds"]) == (1, False)
    assert told["answers"][0]["problems"] == [{"about": "[1]", "reason": "đoạn trích không còn"}]


@pytest.mark.parametrize("name", ["r.json", "r.html"])
def test_ask_writes_a_receipt_that_verifies(run: Run, bundled_index: Path, tmp_path: Path, name: str) -> None:
    asked = run("ask", QUESTION, "--json", "--receipt", tmp_path / name, "--index", bundled_index)
    assert (asked.code, asked.err) == (0, f"Đã ghi biên nhận vào {tmp_path / name}\n")
    assert asked.objects()[0]["question"] == QUESTION
    outcome = run("verify", tmp_path / name)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[1].startswith("  biên nhận khớp mã kiểm, lập ")
    assert run("verify", tmp_path / name, "--json").objects()[0]["answers"][0]["receipt"]["held"] is True


@pytest.mark.parametrize("name", ["r.json", "r.html"])
def test_a_receipt_with_a_changed_byte_is_refused(run: Run, bundled_index: Path, tmp_path: Path, name: str) -> None:
    run("ask", QUESTION, "--receipt", tmp_path / name, "--index", bundled_index)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole.replace(b"1.167", b"1.168", 1))
    assert_refused(run("verify", tmp_path / name), "biên nhận đã bị sửa")


def test_a_receipt_sealed_anew_with_other_surroundings_fails(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    run("ask", QUESTION, "--receipt", path, "--index", bundled_index)
    body = json.loads(path.read_text("utf-8"))
    body["surroundings"][0]["before"]["text"] += " Không đúng."
    path.write_text(written({**body, "digest": digest_of(body)}), "utf-8")
    outcome = run("verify", path)
    assert outcome.code == 1
    assert "  không đạt: [1]: đoạn xung quanh ghi trong biên nhận không đúng với báo cáo" in outcome.out


def test_a_receipt_sealed_anew_with_verdicts_on_other_figures_fails(
    run: Run, bundled_index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "r.json"
    run("ask", QUESTION, "--receipt", path, "--index", bundled_index)
    body = json.loads(path.read_text("utf-8"))
    body["verification"]["checks"][0]["figure"] = "9.999"
    path.write_text(written({**body, "digest": digest_of(body)}), "utf-8")
    outcome = run("verify", path)
    assert outcome.code == 1
    assert "  không đạt: 9.999: biên nhận kết luận về số liệu không có trong câu trả lời" in outcome.out


@pytest.mark.parametrize("name", ["r.pdf", "r", "r.json.txt"])
def test_a_receipt_of_no_known_form_is_refused_before_anything_is_built(run: Run, tmp_path: Path, name: str) -> None:
    outcome = run("ask", QUESTION, "--receipt", tmp_path / name, "--index", tmp_path / "index")
    assert_refused(outcome, f"Không rõ dạng biên nhận '{tmp_path / name}': hãy đặt tên tệp .json hoặc .html.")
    assert not (tmp_path / "index").exists()


def test_a_receipt_that_cannot_be_written_or_of_a_batch_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    for target in (tmp_path / "none" / "r.json", tmp_path / "folder.json"):
        assert_refused(run("ask", QUESTION, "--receipt", target, "--index", tmp_path / "i"), "Không ghi được biên nhận")
    batch = lines(tmp_path / "q.jsonl", {"id": 1, "question": QUESTION})
    assert_refused(run("ask", "--batch", batch, "--receipt", tmp_path / "r.json"), "hãy bỏ --batch")


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "trống"), ("{", "không phải JSON (dòng 1"), ('{"text": 1}', "thiếu «question»"), ("<p>", "không phải biên")],
)
def test_a_file_that_cannot_be_verified_is_refused(run: Run, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "a.json").write_text(text)
    assert_refused(run("verify", tmp_path / "a.json"), told)
    assert_refused(run("verify", tmp_path / "none.json"), "none.json': không đọc được")
    assert_refused(run("verify"), "TỆP")


def test_verify_needs_the_folder_of_reports(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    path = saved(run, bundled_index, tmp_path / "a.json")
    assert_refused(run("verify", path, "--reports", tmp_path / "none"), "Không có thư mục báo cáo")


def test_reports_gone_or_changed_since_are_told(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    path = saved(run, bundled_index, tmp_path / "a.json")
    (tmp_path / "reports").mkdir()
    gone = run("verify", path, "--reports", tmp_path / "reports")
    assert gone.code == 1
    assert "dak-nong-2023.md" in gone.out
    assert "không còn báo cáo" in gone.out
    text = (REPORTS / "dak-nong-2023.md").read_text("utf-8")
    (tmp_path / "reports" / "dak-nong-2023.md").write_text(text.replace("Tại thành phố", "Nay tại thành phố"), "utf-8")
    moved = run("verify", path, "--reports", tmp_path / "reports")
    (citation,) = json.loads(path.read_text("utf-8"))["citations"]
    assert moved.code == 1
    assert str(citation["start"] + 4) in moved.out


def test_a_hostile_path_in_an_answer_is_not_opened(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    path = saved(run, bundled_index, tmp_path / "a.json")
    answer = json.loads(path.read_text("utf-8"))
    answer["citations"][0]["report"] = "../reports/dak-nong-2023.md"
    path.write_text(json.dumps(answer))
    outcome = run("verify", path)
    assert outcome.code == 1
    assert "đường dẫn ra ngoài thư mục báo cáo, không được mở" in outcome.out


def test_verify_is_quick_and_builds_no_index(run: Run, bundled_index: Path, tmp_path: Path) -> None:
    path = saved(run, bundled_index, tmp_path / "a.json")
    done = assistant("verify", path, "--index", tmp_path / "index", PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    assert not (tmp_path / "index").exists()
    loaded = {line.rpartition(b"|")[2].strip().decode() for line in done.stderr.splitlines()}
    assert "assistant.cli_verify" in loaded
    assert loaded & {"torch", "gradio", "sentence_transformers", "langchain_core", "assistant.chain"} == set()


# --- as a process


def assistant(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, arguments)],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip


def test_python_m_assistant_answers_as_utf8_whatever_the_locale(bundled_index: Path) -> None:
    done = assistant(
        "ask", QUESTION, "--json", "--index", bundled_index, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING=""
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["question"] == QUESTION


def test_python_m_assistant_refuses_in_one_line(tmp_path: Path) -> None:
    done = assistant("ask", QUESTION, "--reports", tmp_path / "none")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode("utf-8").startswith("assistant: Không có thư mục báo cáo")
    assert done.stderr.count(b"\n") == 1


def test_an_argument_that_is_no_utf8_is_no_error(bundled_index: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", b"tr\xe1m BTS", "--json", "--index", str(bundled_index)],
        cwd=ROOT, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["question"] == "tr\ufffdm BTS"


def test_a_reader_that_leaves_early_is_no_error(bundled_index: Path, tmp_path: Path) -> None:
    batch = lines(tmp_path / "q.jsonl", *({"id": n, "question": QUESTION} for n in range(300)))
    command = [sys.executable, "-m", "assistant", "ask", "--batch", str(batch), "--index", str(bundled_index)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["id"] == 0
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_a_question_and_a_batch_at_once_are_wrong_use(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": 1, "question": "x"}\n')
    outcome = run("ask", QUESTION, "--batch", tmp_path / "q.jsonl")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Có cả câu hỏi lẫn --batch" in outcome.err


def test_what_json_does_not_know_is_refused_in_a_batch(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": NaN, "question": "x"}\n')
    outcome = run("ask", "--batch", tmp_path / "q.jsonl")
    assert (outcome.code, outcome.out) == (2, "")
    assert "NaN không phải JSON" in outcome.err


def test_an_index_of_another_model_is_named_before_it_is_built_anew(
    run: Run, small_reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("ask", "Sơn La có bao nhiêu trạm BTS?", "--reports", small_reports, "--index", tmp_path / "index")
    assert "mô hình nhúng khác" not in run(*arguments).err
    for module in ("build", "reuse"):
        monkeypatch.setattr(f"index.{module}.fingerprint", lambda name: "another")
    assert "được lập bằng mô hình nhúng khác ('bundled', 512 chiều)" in run(*arguments).err


def test_figures_are_printed_filtered_and_exported(run: Run, tmp_path: Path) -> None:
    where = ("--reports", REPORTS, "--index", tmp_path / "index")
    table = run("figures", "--province", "dak nong", "--indicator", "cột sóng", *where)
    assert table.code == 0
    assert "1167 trạm" in table.out
    assert "Phú Thọ" not in table.out
    rows = json.loads(run("figures", "--json", "--kind", "target", *where).out)["figures"]
    assert {row["kind"] for row in rows} == {"target"}
    assert all(text_of({**row, "report": row["report"]}).split() == row["written"].split() for row in rows)
    exported = run("figures", "--csv", "--year", "2022", *where).out.splitlines()
    assert exported[0].startswith("province,year,period,kind,indicator,written,value")
    assert len(exported) > 2


def test_figures_of_a_province_without_a_report_are_refused(run: Run, tmp_path: Path) -> None:
    refused = run("figures", "--province", "Lào Cai", "--reports", REPORTS, "--index", tmp_path / "index")
    assert refused.code == 2
    assert "Không có báo cáo của tỉnh 'Lào Cai'" in refused.err
