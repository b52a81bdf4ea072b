import json
from pathlib import Path

import pytest

from assistant.answer_file import MAX_BYTES, SavedAnswer, read_answers
from assistant.decoding import AnswerFileError, printable
from assistant.types import Answer, Check, Citation

CITATION = Citation(1, "a.txt", "Tổng kết", "Lào Cai", 2022, "Báo", 3, 9, "trích\u2028 ", "c0ffee")
ANSWER = Answer("Hỏi?", "905 [1]", "answered", (CITATION,), (Check("905", 0, 3, True, "có"),), (CITATION,), "llm", 2.5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answer.json"


def values(**changed: object) -> dict:
    return {**json.loads(json.dumps(ANSWER.to_dict())), **changed}


def cited(**changed: object) -> dict:
    return values(citations=[{**CITATION.to_dict(), **changed}])


def without(value: dict, *names: str) -> dict:
    return {name: kept for name, kept in value.items() if name not in names}


def test_one_answer_a_list_and_lines_are_read(path: Path) -> None:
    path.write_text(json.dumps(ANSWER.to_dict()))
    assert read_answers(path) == [SavedAnswer(ANSWER)]
    path.write_text(json.dumps([values(id="q1"), values(id={"a": [1]})], indent=2))
    assert read_answers(path) == [SavedAnswer(ANSWER, "q1"), SavedAnswer(ANSWER, {"a": [1]})]
    lines = "\r\n".join(json.dumps({"id": number, **values()}, ensure_ascii=False) for number in range(3))
    path.write_text("\ufeff" + lines + "\r\n\r\n", "utf-8", newline="")
    assert [saved.id for saved in read_answers(path)] == [0, 1, 2]
    assert {saved.answer for saved in read_answers(path)} == {ANSWER}


def test_an_older_file_is_read_with_defaults_where_verification_needs_none(path: Path) -> None:
    older = without(cited(), "checks", "near_misses", "reader", "elapsed_ms")
    path.write_text(json.dumps(older))
    (saved,) = read_answers(path)
    assert (saved.answer.checks, saved.answer.near_misses, saved.answer.reader) == ((), (), "")
    assert saved.answer.citations == (CITATION,)


@pytest.mark.parametrize("name", ["marker", "report", "start", "end", "quote", "sha256", "province", "year"])
def test_an_older_file_without_proof_is_named_as_one(path: Path, name: str) -> None:
    path.write_text(json.dumps(values(citations=[without(CITATION.to_dict(), name)])))
    told = f"thiếu «citations\\[0\\].{name}» \\(tệp của phiên bản cũ không đủ để kiểm\\): hãy hỏi lại"
    with pytest.raises(AnswerFileError, match=told):
        read_answers(path)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (7, "phải là đối tượng JSON của một câu trả lời, không phải '7'"),
        ({}, "thiếu «question»"),
        ([], "là danh sách trống"),
        ([values(), 1], "mục 2, phải là đối tượng JSON"),
        ([values(), values(text=None)], "mục 2, «text» phải là chuỗi, không phải 'null'"),
        ([{"receipt": "hoi-dap-bao-cao"}], "mục 1, là biên nhận: mỗi biên nhận phải nằm riêng"),
        (values(status="maybe"), "«status» phải là 'answered', 'partial' hoặc 'abstained', không phải 'maybe'"),
        (values(citations={}), "«citations» phải là danh sách"),
        (values(citations=["x"]), r"«citations\[0\]» phải là đối tượng JSON, không phải 'x'"),
        (values(elapsed_ms="1"), "«elapsed_ms» phải là số, không phải '1'"),
        (cited(start="3"), r"«citations\[0\].start» phải là số nguyên, không phải '3'"),
        (cited(start=True), r"«citations\[0\].start» phải là số nguyên, không phải 'true'"),
        (cited(start=3.5), r"«citations\[0\].start» phải là số nguyên"),
        (cited(year="2022"), r"«citations\[0\].year» phải là số nguyên"),
        (cited(start=-9, end=-3), r"trích dẫn \[1\] có vị trí -9–-3 không thể có"),
        (cited(start=9, end=3), r"trích dẫn \[1\] có vị trí 9–3 không thể có"),
        (values(near_misses=[{**CITATION.to_dict(), "start": -1}]), "có vị trí -1–9 không thể có"),
        (values(checks=[{**values()["checks"][0], "start": -1}]), "số liệu '905' có vị trí -1–3 không thể có"),
        (values(checks=[{**values()["checks"][0], "supported": 1}]), "phải là true hoặc false, không phải '1'"),
        (values(question="\x1b[31m\n" + "a" * 999, text=1), "«text» phải là chuỗi"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(path: Path, value: object, told: str) -> None:
    path.write_text(json.dumps(value))
    with pytest.raises(AnswerFileError, match=told) as refused:
        read_answers(path)
    assert str(refused.value).startswith(f"Tệp '{path}': ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "trống: hãy chỉ tệp do"),
        (" \n\ufeff ", "không phải JSON"),
        ("\ufeff\n", "trống"),
        ("xin chào", r"không phải JSON \(dòng 1, cột 1"),
        ('{"question": "Hỏi', r"không phải JSON \(dòng 1, cột 14"),
        ("[" * 100_000, "lồng quá sâu"),
        ('{"a":' * 100_000, "lồng quá sâu"),
        ("[" * 30 + "]" * 30, "lồng quá 20 tầng"),
        ('{"elapsed_ms": NaN}', "có NaN, không phải JSON"),
        ('{"elapsed_ms": -Infinity}', "có -Infinity, không phải JSON"),
        ('{"elapsed_ms": 1e999}', "có một số quá lớn"),
        ("9" * 5000, "có một số nguyên quá dài"),
        ('{"text": "a", "text": "b"}', "có khóa 'text' hai lần"),
        ('{"text": "\\ud800"}', "không phải Unicode hợp lệ"),
        ("<html>", "không phải biên nhận"),
        (json.dumps(values()) + "\n{", "dòng 2 không phải JSON"),
        ("1\n2", "dòng 1, phải là đối tượng JSON"),
        (json.dumps(values()) + '\n{"id": NaN}', "dòng 2 có NaN"),
        (json.dumps(values()) + "\n{}", "dòng 2, thiếu «question»"),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_file_of_answers_is_told(path: Path, text: str, told: str) -> None:
    path.write_text(text, "utf-8")
    with pytest.raises(AnswerFileError, match=told) as refused:
        read_answers(path)
    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(AnswerFileError, match="không đọc được"):
        read_answers(tmp_path / "none.json")
    with pytest.raises(AnswerFileError, match="không đọc được"):
        read_answers(tmp_path)
    (tmp_path / "a").write_bytes(b"\xff\xfe{}")
    with pytest.raises(AnswerFileError, match="không phải văn bản UTF-8"):
        read_answers(tmp_path / "a")
    (tmp_path / "a").write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(AnswerFileError, match="dài 20000001 byte, quá giới hạn 20 MB"):
        read_answers(tmp_path / "a")


def test_what_would_move_a_terminals_cursor_is_not_shown() -> None:
    assert printable("a\x1b[2J\n\tb\u202ec") == "a\ufffd[2J b\ufffdc"
