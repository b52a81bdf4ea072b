from datetime import date

import pytest

from assistant.refusals import no_such_report, other_direction
from index.types import Report

LISTED = "Các báo cáo không nêu điều này. Kho chưa có báo cáo của Hà Giang; hiện có: Tuyên Quang."
JOINED = " Hà Giang nay thuộc Tuyên Quang (từ 1/7/2025)."
NAMED = (
    " Kho có báo cáo của Tuyên Quang sau sáp nhập: “Tổng kết”; số liệu trong đó là của cả Tuyên Quang mới, "
    "không phải của riêng Hà Giang."
)


def report(year: int | None, published: date | None, title: str = "Tổng kết") -> Report:
    return Report("tq.md", "", "", (), title, "Tuyên Quang", year, published, "")


def test_a_province_that_stays_is_only_said_to_have_no_report() -> None:
    assert no_such_report(["Thanh Hóa"], {"Cà Mau", "Kon Tum"}) == (
        "Các báo cáo không nêu điều này. Kho chưa có báo cáo của Thanh Hóa; hiện có: Cà Mau, Kon Tum."
    )


def test_a_former_province_is_told_with_the_one_it_belongs_to() -> None:
    assert no_such_report(["Hà Giang"], {"Tuyên Quang"}) == LISTED + JOINED


def test_each_former_province_is_told() -> None:
    assert no_such_report(["Hà Nam", "Cà Mau", "Bình Dương"], {"Ninh Bình"}) == (
        "Các báo cáo không nêu điều này. Kho chưa có báo cáo của Hà Nam, Cà Mau và Bình Dương; hiện có: Ninh Bình. "
        "Hà Nam nay thuộc Ninh Bình (từ 1/7/2025). Bình Dương nay thuộc Thành phố Hồ Chí Minh (từ 1/7/2025)."
    )


@pytest.mark.parametrize(
    ("year", "published", "named"),
    [
        (2025, date(2025, 12, 30), True),
        (2025, None, True),
        (None, date(2026, 1, 8), True),
        (2026, date(2026, 7, 2), True),
        (2023, date(2024, 1, 12), False),
        (2023, None, False),
        (2024, date(2025, 7, 20), False),  # told late, of the old province
        (2025, date(2025, 6, 30), False),
        (None, None, False),
    ],
)
def test_the_report_of_the_new_province_is_named_if_it_is_of_the_new_one(
    year: int | None, published: date | None, named: bool
) -> None:
    told = no_such_report(["Hà Giang"], {"Tuyên Quang"}, [report(year, published)])
    assert told == LISTED + JOINED + (NAMED if named else "")


def test_the_latest_report_of_the_new_province_is_named_and_its_title_is_no_markdown() -> None:
    reports = [report(2026, None, "Năm *2026*"), report(2025, None, "Năm 2025")]
    assert "“Năm \\*2026\\*”" in no_such_report(["Hà Giang"], {"Tuyên Quang"}, reports)


def test_a_change_told_the_other_way_names_what_changes() -> None:
    assert other_direction("giảm", "trạm BTS mới") == "Báo cáo không nói số trạm BTS giảm."
    assert other_direction("tăng") == "Báo cáo không nói số này tăng."
