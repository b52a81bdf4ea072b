"""Which year a report tells the results of."""

from datetime import date

import pytest

from index.years import find_year

JANUARY = date(2024, 1, 5)


@pytest.mark.parametrize(
    ("title", "body", "published", "year"),
    [
        ("Những con số của ngành năm 2023", "Năm 2024, Sở đặt mục tiêu 280 trạm.", JANUARY, 2023),
        ("Sóng số qua mùa dịch", "Năm 2021, làm xong 19/29 chỉ tiêu. Năm 2022, Sở đặt mục tiêu khiêm tốn.", None, 2021),
        ("Triển khai nhiệm vụ năm 2024", "Doanh thu tăng 5% so với năm 2022.", None, 2023),
        (
            "Một năm đưa số về làng",
            "Doanh thu nhỉnh hơn năm 2021 là 3,6%.",
            date(2022, 12, 30),
            2022,
        ),
        ("Sở họp", "Chỉ số PAR INDEX năm 2022 đứng thứ 31/63.", date(2023, 12, 20), 2023),
        ("Sở họp", "Chỉ số PAR INDEX năm 2022 đứng thứ 31/63.", None, None),
        ("Triều Nguyễn", "Năm ấy, vào khoảng 1945, ông rời Huế.", None, None),
        ("Tổng kết năm 2023, bàn việc năm 2024", "", None, 2023),
        ("Sở họp", "Tính đến hết năm 2023, cả tỉnh có 905 trạm.", None, 2023),
        ("Ngành hoàn thành vượt mức các chỉ tiêu năm 2023", "", None, 2023),
        ("Ngành quyết tâm hoàn thành nhiệm vụ năm 2024", "", None, 2023),
        ("Sở họp", "Doanh thu tăng 5% so với 6 tháng đầu năm 2022.", None, 2023),
        (
            "Số liệu ngành năm 2023",
            "VNPT: 640 trạm (2022: 612)\nViettel: 802 trạm (2022: 790)\nGtel: 9 (2022: 9).",
            None,
            2023,
        ),
        ("Tình hình thực hiện nhiệm vụ năm 2024, phương hướng năm 2025", "Trạm BTS năm 2023 là 802.", None, 2024),
        ("Những con số năm 2022", "Cột năm 2021: 1, 2, 3. " + "Năm 2021 có 5. " * 12, date(2022, 12, 28), 2022),
    ],
)
def test_the_year_is_that_of_the_results(title: str, body: str, published: date | None, year: int | None) -> None:
    assert find_year(title, body, published) == year


def test_a_report_of_mid_year_does_not_tell_its_year_by_its_day_alone() -> None:
    assert find_year("Sở họp", "Cả tỉnh có 905 trạm.", date(2023, 8, 1)) is None


@pytest.mark.parametrize("title", ["Bưu chính tăng khá trong quý I năm 2024", "Kết quả 5 tháng đầu năm 2024"])
def test_the_first_months_of_a_year_are_of_that_year(title: str) -> None:
    body = "Doanh thu đạt 250 tỷ đồng, tăng 12% so với cùng kỳ năm 2023."
    assert find_year(title, body, date(2024, 5, 5)) == 2024
