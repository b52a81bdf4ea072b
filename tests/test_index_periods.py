from decimal import Decimal

import pytest

from index import periods
from tests.test_index_candidates import cut, figures

COVERED = "Dân số được phủ sóng 4G: 98,4%; cùng kỳ 97,1%; kế hoạch 98%."
GREW = "Doanh thu viễn thông: 845 tỷ đồng, tăng 6,2% so với năm 2021 (796 tỷ đồng), bằng 104,3% kế hoạch."


@pytest.mark.parametrize(
    ("before", "year"),
    [
        ("đạt 98,4%; cùng kỳ ", 2021),
        ("đạt 98,4%; cùng kỳ năm trước còn ", 2021),
        ("đạt 21,5% (năm 2020: ", 2020),
        ("tăng 6% so với năm 2021 (", 2021),
        ("tăng 6% so với năm 2021 ", None),
        ("cao hơn năm 2021 ", None),
        ("nhiều hơn một năm trước ", None),
        ("đạt 98,4%; năm 2022 ", None),
        ("đạt 98,4%; trong năm ", None),
    ],
)
def test_which_earlier_year_a_value_beside_another_is_of(before: str, year: int | None) -> None:
    assert periods.year_beside(f"{before}97,1%", 0, len(before), 2022) == year


@pytest.mark.parametrize(
    ("before", "noun", "percent", "direction"),
    [
        ("hạng 45/63, tụt ", "hạng", False, "giảm"),
        ("thứ 12/63, nhích ", "bậc", False, "tăng"),
        ("còn 47 làng, ít hơn đầu năm ", "làng", False, "giảm"),
        ("5.812 trạm, nhiều hơn một năm trước ", "trạm", False, "tăng"),
        ("845 tỷ đồng, nhỉnh hơn năm 2021 là ", "", True, "tăng"),
        ("còn 38.600 máy, sụt ", "", True, "giảm"),
        ("hồ sơ trực tuyến lên ", "", True, ""),
        ("21,4 triệu bưu gửi, nhiều hơn năm 2021 tới ", "", True, "tăng"),
        ("nhiều hơn cuối năm 2022 tổng cộng ", "trạm", False, "tăng"),
        ("doanh nghiệp còn 44, ít đi ", "đơn vị", False, "giảm"),
        ("VNPT 27,5%, mất ", "điểm", False, "giảm"),
        ("Xô xát làm mất ", "thiết bị", False, ""),
        ("số trạm nhiều lên ", "trạm", False, "tăng"),
        ("năm 2021 là 173 tỷ đồng, tức đi lên ", "", True, "tăng"),
    ],
)
def test_a_difference_or_a_move_is_a_change(before: str, noun: str, percent: bool, direction: str) -> None:
    assert periods.direction(f"{before}7 {noun}", 0, len(before), noun, percent) == direction


def test_the_value_of_the_year_before_shares_the_subject_and_has_its_year() -> None:
    found = figures(COVERED)
    assert {core: (set(c.years), c.former, c.planned) for core, c in found.items()} == {
        "98,4%": (set(), False, False),
        "97,1%": ({2021}, True, False),
        "98%": ({2022}, False, True),
    }
    assert cut(found["97,1%"], found["97,1%"].lead) == "Dân số được phủ sóng 4G: "


def test_the_bracketed_value_a_change_is_counted_from_is_of_that_year() -> None:
    found = figures(GREW)
    assert (set(found["796 tỷ đồng"].years), found["796 tỷ đồng"].former) == ({2021}, True)
    assert cut(found["796 tỷ đồng"], found["796 tỷ đồng"].lead) == "Doanh thu viễn thông: "
    assert [core for core, c in found.items() if c.of_plan] == ["104,3%"]
    assert cut(found["104,3%"], found["104,3%"].span) == "bằng 104,3% kế hoạch"


def test_a_change_from_one_year_to_the_next_tells_both_values() -> None:
    found = figures("Hồ sơ trực tuyến leo từ 38,2% năm 2021 lên 61,7%.")
    assert {core: (set(c.years), c.former) for core, c in found.items()} == {
        "38,2%": ({2021}, True),
        "61,7%": (set(), False),
    }
    assert cut(found["61,7%"], found["61,7%"].span) == "lên 61,7%"


def test_an_index_of_an_earlier_year_is_no_value_of_comparison() -> None:
    found = figures("DTI năm 2021: 0,5120 điểm, hạng 33/63, tụt 4 hạng.")
    assert {core: (set(c.years), c.former, c.direction) for core, c in found.items()} == {
        "0,5120": ({2021}, False, ""),
        "hạng 33/63": ({2021}, False, ""),
        "4": ({2021}, False, "giảm"),
    }


def test_the_number_of_an_item_is_no_figure() -> None:
    found = figures("1.2. Trạm BTS: 905 trạm.")
    assert [c.quantity.value for c in found.values() if c.quantity] == [Decimal(905)]


def test_a_total_takes_up_the_noun_of_those_newly_built() -> None:
    total = figures("Với 96 trạm BTS xây mới, toàn tỉnh hiện có 2.412 trạm.")["2.412"]
    assert " trạm BTS xây mới" in [cut(total, head) for head in total.heads]
    assert total.direction == ""
