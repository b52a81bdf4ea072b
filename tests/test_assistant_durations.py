"""How long something took."""

import pytest

from assistant.durations import asks_duration, counts_hours
from assistant.understand import understand
from index.candidates import figure_candidates
from index.clauses import date_candidates
from index.numbers import Kind
from tests.test_index_candidates import cut, sentences


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Sau bão Lào Cai mất bao lâu mới nối lại các trạm?", True),
        ("Lào Cai mất mấy giờ để khôi phục?", False),
        ("Lào Cai mở cửa lúc mấy giờ?", False),
        ("Lào Cai có bao nhiêu trạm?", False),
    ],
)
def test_which_questions_want_a_stretch_of_time(question: str, asks: bool) -> None:
    assert asks_duration(understand(question, (), ())) is asks


def test_hours_in_words_are_counted_too() -> None:
    found = figure_candidates(sentences("Sau ba mươi sáu giờ, 17 trạm phát sóng trở lại.")[0])
    assert {cut(one, one.core): counts_hours(one) for one in found} == {"ba mươi sáu": True, "17": False}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Trả kết quả trước hạn 2-3 ngày.", ["2-3 ngày"]),
        ("Xử lý trong 5 đến 7 ngày.", ["5 đến 7 ngày"]),
        ("Có 12 xã, mỗi xã 3 ngày.", ["3 ngày"]),
    ],
)
def test_a_range_of_time_is_told_whole(body: str, told: list[str]) -> None:
    times = date_candidates(sentences(body)[0], (Kind.PERIOD,))
    assert [cut(one, one.core) for one in times] == told
