import re

import pytest

from assistant.calls import answer_of, filter_of, history_of, text_of, top_of
from assistant.decoding import AnswerFileError
from assistant.figure_table import Filter
from index.errors import QuestionError
from index.types import FigureKind

ANSWER = {"question": "Mấy?", "text": "Báo cáo không nêu.", "status": "abstained", "citations": []}
MANY = "danh sách hay đối tượng"


def nested(depth):
    value = {}
    for _ in range(depth):
        value = {"a": value}
    return value


def test_what_fits_is_taken_as_it_is():
    turns = [{"role": "user", "content": "Mấy?"}]
    assert text_of("question", " Mấy? ") == " Mấy? "
    assert (history_of(None), history_of([]), history_of(turns)) == ([], [], turns)
    assert (top_of(1), top_of(50)) == (1, 50)
    assert filter_of("Đắk Nông", "trạm BTS", 2023, "result") == Filter("Đắk Nông", "trạm BTS", 2023, FigureKind.RESULT)


@pytest.mark.parametrize("year", [None, 0])
def test_an_empty_filter_takes_all(year):
    assert filter_of("", "", year, "") == Filter()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (5, "'5'"),
        (None, "'null'"),
        (True, "'true'"),
        ([[]], "danh sách hay đối tượng"),
        ({}, "danh sách hay đối tượng"),
    ],
)
def test_a_text_of_another_type_is_refused(value, told):
    with pytest.raises(QuestionError, match=f"^«question» phải là chuỗi, không phải {told}.$"):
        text_of("question", value)


def test_a_long_text_is_refused_with_its_length():
    assert text_of("province", "x" * 200, 200) == "x" * 200
    with pytest.raises(QuestionError, match="«province» dài 201 ký tự, quá giới hạn 200"):
        text_of("province", "x" * 201, 200)
    with pytest.raises(QuestionError, match="«indicator» dài 1000000 ký tự"):
        filter_of("", "x" * 1_000_000, None, "")


@pytest.mark.parametrize(
    "history",
    ["Mấy?", 1, {"role": "user", "content": "Mấy?"}, [None], [["user", "Mấy?"]], [{"role": "user"}],
     [{"role": "user", "content": None}], [{"role": 1, "content": "Mấy?"}]],
)  # fmt: skip
def test_malformed_turns_are_refused(history):
    with pytest.raises(QuestionError, match=r'^«history» phải là danh sách {"role": …, "content": …}'):
        history_of(history)


@pytest.mark.parametrize("top", [0, -1, 51, 10**30])
def test_a_number_of_passages_out_of_range_is_refused(top):
    with pytest.raises(QuestionError, match=f"^«top» là {top}: hãy cho một số từ 1 đến 50.$"):
        top_of(top)


@pytest.mark.parametrize("top", ["10", 1.0, True, None, [1]])
def test_a_number_of_passages_that_is_no_whole_number_is_refused(top):
    with pytest.raises(QuestionError, match=r"^«top» phải là số nguyên, không phải "):
        top_of(top)


def test_an_unknown_kind_is_refused_with_those_there_are():
    with pytest.raises(QuestionError, match=r"'mục tiêu': .* result, target, change, share, rank, each, date,"):
        filter_of("", "", None, "mục tiêu")


def test_control_characters_do_not_come_back_in_a_message():
    with pytest.raises(QuestionError, match=r"^«kind» là '�\[2J�x': "):
        filter_of("", "", None, "\x1b[2J\u202ex")


def test_an_answer_is_read_with_what_older_versions_leave_out():
    answer = answer_of(ANSWER)
    assert (answer.question, answer.status, answer.checks, answer.near_misses) == ("Mấy?", "abstained", (), ())


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("{}", "«answer» phải là đối tượng JSON của một câu trả lời, không phải '{}'."),
        ([ANSWER], "«answer» phải là đối tượng JSON của một câu trả lời, không phải danh sách hay đối tượng."),
        ({}, "«answer»: thiếu «question»: "),
        (ANSWER | {"status": "đúng"}, "«answer»: «status» phải là "),
        (ANSWER | {"text": 5}, "«answer»: «text» phải là chuỗi, không phải '5'"),
        (ANSWER | {"elapsed_ms": float("nan")}, "«answer»: có NaN, không phải JSON"),
        (ANSWER | {"text": "\ud800"}, "«answer»: có chuỗi không phải Unicode hợp lệ"),
        (ANSWER | {"receipt": "hoi-dap-bao-cao"}, "«answer» là biên nhận: hãy gửi riêng phần «answer» ở trong nó."),
        (ANSWER | {"text": "x" * 1_000_000}, "«answer» dài 1000072 ký tự, quá giới hạn 100000"),
        (nested(30), "«answer»: lồng quá 20 tầng"),
        (nested(100_000), "«answer» lồng quá sâu"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(value, told):
    with pytest.raises(AnswerFileError, match=f"^{re.escape(told)}"):
        answer_of(value)
