"""A question for the reason of a change that the report tells the other way."""

import pytest

from assistant.reasons import as_change
from assistant.understand import understand


@pytest.mark.parametrize(
    ("question", "supposed"),
    [
        ("Vì sao doanh thu bưu chính Lào Cai năm 2022 giảm?", "giảm"),
        ("Tại sao thu viễn thông Lào Cai lại đi xuống?", "giảm"),
        ("Lý do gì mà số trạm của Lào Cai tăng?", "tăng"),
        ("Doanh thu bưu chính Lào Cai giảm bao nhiêu?", ""),
        ("Vì sao Lào Cai chưa có trạm 5G?", ""),
        ("Vì sao giám đốc Sở biểu dương Lào Cai?", ""),
        ("Vì sao hạ tầng số Lào Cai yếu?", ""),
        ("Vì sao Lào Cai thu hút đầu tư tăng mạnh?", "tăng"),
    ],
)
def test_the_way_supposed_is_told(question: str, supposed: str) -> None:
    changed = as_change(understand(question, (), ()))
    assert (changed.direction if changed else "") == supposed


def test_the_words_of_the_change_are_not_looked_for() -> None:
    changed = as_change(understand("Vì sao tài khoản thanh toán Lào Cai giảm?", (), ()))
    assert changed is not None
    assert [word.folded for word in changed.terms] == ["tai", "khoan", "thanh", "toan"]


def test_a_machine_that_falls_ill_asks_for_no_number() -> None:
    changed = as_change(understand("Vì sao máy nhiễm mã độc ở Lào Cai năm 2022 lại tăng so với 2021?", (), ()))
    assert changed is not None
    assert (changed.direction, changed.years) == ("tăng", (2022,))
