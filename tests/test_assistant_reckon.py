import pytest

from assistant.reckon import COMPUTED, figures_told, follows, statement
from assistant.types import Reckoning
from index.numbers import find_quantities

ROWS = "\n- **Lào Cai (2022):** Doanh thu {} [1]\n- **Cà Mau (2022):** Doanh thu {} [2]"


@pytest.mark.parametrize(
    ("reckoning", "one", "other", "noun", "said"),
    [
        (Reckoning.DIFFERENCE, "2.018", "1.745", "trạm", "chênh lệch 273 trạm"),
        (Reckoning.DIFFERENCE, "gần 2.018", "1.745", "trạm", "chênh lệch khoảng 273 trạm"),
        (Reckoning.DIFFERENCE, "186 tỷ đồng", "97.400 triệu đồng", "", "chênh lệch 88,6 tỷ đồng"),
        (Reckoning.DIFFERENCE, "3.311 tỷ đồng", "165.202 triệu đồng", "", "chênh lệch khoảng 3.145,8 tỷ đồng"),
        (Reckoning.DIFFERENCE, "1,2 tỷ đồng", "900 triệu đồng", "", "chênh lệch 300 triệu đồng"),
        (Reckoning.DIFFERENCE, "97,5%", "87%", "", "chênh lệch 10,5 điểm phần trăm"),
        (Reckoning.DIFFERENCE, "thứ 9/63", "thứ 14/63", "", "chênh lệch 5 bậc"),
        (Reckoning.TOTAL, "186 tỷ đồng", "97.400 triệu đồng", "", "tổng cộng 283,4 tỷ đồng"),
        (Reckoning.RATIO, "30", "10", "trạm", "gấp 3 lần"),
        (Reckoning.RATIO, "7", "3", "trạm", "gấp khoảng 2,3 lần"),
    ],
)
def test_a_figure_is_computed_in_common_units_and_marked(
    reckoning: Reckoning, one: str, other: str, noun: str, said: str
) -> None:
    figures = [find_quantities(one)[0], find_quantities(other)[0]]
    assert statement(reckoning, figures, noun, (1, 2)) == f"{said}, tính từ [1] và [2]"


def is_right(said: str, one: str, other: str, from_held: bool = True) -> bool:
    text = f"Cao hơn: **Lào Cai**, {said}." + ROWS.format(one, other)
    match = COMPUTED.search(text)
    assert match is not None
    return follows(text, match, {q.start for q in find_quantities(text)} if from_held else set())


def test_a_computed_figure_is_right_when_the_rows_come_to_it() -> None:
    assert is_right("chênh lệch 88,6 tỷ đồng, tính từ [1] và [2]", "186 tỷ đồng", "97.400 triệu đồng")
    assert is_right("tổng cộng 283,4 tỷ đồng, tính từ [1] và [2]", "186 tỷ đồng", "97.400 triệu đồng")
    assert is_right("gấp khoảng 1,9 lần, tính từ [1] và [2]", "186 tỷ đồng", "97.400 triệu đồng")
    assert is_right("chênh lệch 10,5 điểm phần trăm, tính từ [1] và [2]", "97,5%", "87%")


@pytest.mark.parametrize(
    "said",
    [
        "chênh lệch 88,7 tỷ đồng, tính từ [1] và [2]",
        "chênh lệch 88,6 triệu đồng, tính từ [1] và [2]",
        "chênh lệch khoảng 88,6 tỷ đồng, tính từ [1] và [2]",
        "chênh lệch 88,6 tỷ USD, tính từ [1] và [2]",
        "tổng cộng 88,6 tỷ đồng, tính từ [1] và [2]",
        "gấp 1,9 lần, tính từ [1] và [2]",
        "gấp khoảng 2 lần, tính từ [1] và [2]",
        "chênh lệch 88,6 tỷ đồng, tính từ [1] và [3]",
        "chênh lệch 88,6 tỷ đồng, tính từ [1]",
    ],
)
def test_a_computed_figure_of_another_value_unit_or_source_is_wrong(said: str) -> None:
    assert not is_right(said, "186 tỷ đồng", "97.400 triệu đồng")


def test_a_difference_of_shares_is_no_share() -> None:
    assert not is_right("chênh lệch 10,5%, tính từ [1] và [2]", "97,5%", "87%")


def test_nothing_follows_from_a_row_that_its_citation_does_not_hold() -> None:
    said = "chênh lệch 88,6 tỷ đồng, tính từ [1] và [2]"
    assert not is_right(said, "186 tỷ đồng", "97.400 triệu đồng", from_held=False)


def test_nothing_follows_from_a_row_of_two_figures() -> None:
    assert not is_right("chênh lệch 2 tỷ đồng, tính từ [1] và [2]", "5 tỷ đồng, nộp 1 tỷ đồng", "3 tỷ đồng")


def test_the_heading_markers_and_dates_are_no_figures_of_a_row() -> None:
    row = "- **Lào Cai (2022):** Đến ngày 5/1/2023 có 12 trạm [3] [4]"
    assert [row[q.start : q.end] for q in figures_told(row)] == ["12"]
