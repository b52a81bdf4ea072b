from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from index.build import read_report
from index.clean import find_content
from index.describe import Description, describe

ORIGINALS = Path(__file__).parents[2] / "shared" / "reports"
BUNDLED = Path(__file__).parents[1] / "reports"


@dataclass(frozen=True)
class About:
    file: str
    province: str
    year: int
    published: date
    source: str


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the published articles are not beside this checkout")
@pytest.mark.parametrize(
    "about",
    [
        About("000_12a8e87d64c36acd.txt", "Phú Thọ", 2023, date(2024, 1, 5), "Mic.gov.vn"),
        About("001_2f1af01c12685de1.txt", "Điện Biên", 2019, date(2020, 1, 9), "Báo Điện Biên Phủ"),
        About("002_480dc6aa38cde683.txt", "Đồng Tháp", 2024, date(2024, 12, 24), ""),
        About("003_6020447fa6f477a9.txt", "Đắk Nông", 2023, date(2024, 1, 18), "Báo Môi Trường và Đô Thị"),
        About("004_c18f5cd2e7e3ddb2.txt", "Tuyên Quang", 2023, date(2024, 1, 12), "tuyenquang.gov.vn"),
    ],
    ids=lambda about: about.file,
)
def test_a_published_article_is_described_right(about: About) -> None:
    report = read_report(ORIGINALS, about.file)
    assert About(about.file, report.province, report.year or 0, report.published or date.min, report.source) == about


@pytest.mark.parametrize(
    "about",
    [
        About("dak-nong-2023.md", "Đắk Nông", 2023, date(2024, 1, 18), "Báo Môi Trường và Đô Thị"),
        About("dien-bien-2019.md", "Điện Biên", 2019, date(2020, 1, 9), "Báo Điện Biên Phủ"),
        About("dong-thap-2024.md", "Đồng Tháp", 2024, date(2024, 12, 24), ""),
        About("tuyen-quang-2023.md", "Tuyên Quang", 2023, date(2024, 1, 12), "tuyenquang.gov.vn"),
    ],
    ids=lambda about: about.file,
)
def test_a_bundled_report_is_described_by_its_front_matter(about: About) -> None:
    report = read_report(BUNDLED, about.file)
    assert About(about.file, report.province, report.year or 0, report.published or date.min, report.source) == about


def described(text: str) -> Description:
    return describe(text, find_content(text))


def test_front_matter_tells_everything() -> None:
    text = (
        '---\ntitle: "Tổng kết: ngành"\nprovince: Lai Châu\nyear: 2021\npublished: 2022-01-15\n'
        "publisher: Báo Lai Châu\n---\n\nTrong năm 2019, tỉnh Hà Giang có 12 trạm.\n"
    )
    assert described(text) == Description("Tổng kết: ngành", "Lai Châu", 2021, date(2022, 1, 15), "Báo Lai Châu")


@pytest.mark.parametrize(
    ("written", "province"),
    [("Đăk Nông", "Đắk Nông"), ("TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh"), ("Huế", "Thừa Thiên Huế")],
)
def test_the_province_of_front_matter_is_known_in_any_spelling(written: str, province: str) -> None:
    text = f"---\nprovince: {written}\n---\nTổng kết ngành năm 2021\nSở tỉnh Lai Châu họp.\n"
    assert described(text).province == province


def test_wrong_front_matter_values_give_way_to_the_text() -> None:
    text = (
        "---\nprovince: Xứ Lạ\nyear: nay\npublished: 2022-13-45\n---\nTổng kết ngành năm 2021\nSở tỉnh Lai Châu họp.\n"
    )
    assert described(text) == Description("Tổng kết ngành năm 2021", "Lai Châu", 2021, None, "")


def test_a_province_named_only_in_the_closing_line_is_found() -> None:
    text = "Sở họp triển khai việc năm 2022\nToàn tỉnh có 905 trạm.\nNgành vượt 12 chỉ tiêu.\nTheo: laichau.gov.vn\n"
    assert described(text).province == "Lai Châu"
    assert described(text).source == "laichau.gov.vn"


def test_a_joined_name_in_passing_is_found() -> None:
    text = "Sở họp tổng kết năm 2022\nCổng mang tên e – BenTre chạy ổn.\nSố doanh nghiệp số tại Bến Tre tăng 5%.\n"
    assert described(text).province == "Bến Tre"


def test_the_province_of_the_office_beats_provinces_compared_with() -> None:
    text = (
        "Tổng kết ngành năm 2021\nSở Thông tin và Truyền thông tỉnh Lai Châu họp.\n"
        "Tỉnh đứng sau Hà Giang, Yên Bái.\nSo với Hà Giang, số trạm ít hơn 30.\n"
    )
    assert described(text).province == "Lai Châu"


@pytest.mark.parametrize("text", ["Sở họp.", "Hai tỉnh Lai Châu và tỉnh Sơn La họp chung. Tỉnh Sơn La, tỉnh Lai Châu."])
def test_no_province_is_told_when_none_leads(text: str) -> None:
    assert described(text).province == ""


@pytest.mark.parametrize(
    ("title", "body", "year"),
    [
        ("Sở họp tổng kết năm 2021, bàn việc năm 2022", "Năm 2022 làm nhiều việc.", 2021),
        ("Sở triển khai nhiệm vụ năm 2020", "Hội nghị nhìn lại cả năm.", 2019),
        ("Sở họp cuối năm", "Năm 2021, tỉnh có 905 trạm. Năm 2021, doanh thu tăng. Năm 2022, phấn đấu hơn.", 2021),
        ("Sở họp cuối năm", "Hội nghị đánh giá kết quả chuyển đổi số năm 2018 của tỉnh.", 2018),
        ("Sở họp", "Tỉnh có 2023 trạm.", None),
    ],
)
def test_the_year_is_that_of_the_results(title: str, body: str, year: int | None) -> None:
    assert described(f"{title}\n{body}\n").year == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sở họp\n18:02 - Thứ Năm, 09/01/2020 Lượt xem: 12\nNăm 2019, tỉnh có 5 trạm.", date(2020, 1, 9)),
        ("Sở họp\nThứ Sáu, ngày 12 tháng 1 năm 2024 - 15:36\nNăm 2023, tỉnh có 5 trạm.", date(2024, 1, 12)),
        ("Tổng kết năm 2023\nChiều ngày 18/01, Sở họp.", date(2024, 1, 18)),
        ("Tổng kết năm 2024\nChiều ngày 24/12, Sở họp.", date(2024, 12, 24)),
        ("Sở họp\nChiều ngày 24/12, Sở họp.", None),
        ("Sở họp\n31/02/2020 08:00\nSở họp lần nữa.", None),
        ("Sở họp\nNăm 2019, tỉnh có 5 trạm.", None),
    ],
)
def test_the_day_is_the_datelines_else_the_conferences(text: str, day: date | None) -> None:
    assert described(text).published == day


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Sở họp\nTỉnh có 5 trạm.\nNguồn: Báo Lai Châu", "Báo Lai Châu"),
        ("Sở họp\nTỉnh có 5 trạm.\n(Theo: laichau.gov.vn)", "laichau.gov.vn"),
        ("Sở họp\n(mic.gov.vn) - Sáng nay Sở họp.", "mic.gov.vn"),
        ("Sở họp\nTTXVN - Sáng nay Sở họp.", "Thông tấn xã Việt Nam"),
        ("Sở họp\nUBND - Sáng nay Sở họp.", ""),
        ("Sở họp\nTỉnh có 5 trạm.", ""),
    ],
)
def test_the_publisher_is_told_by_the_byline_or_the_dateline(text: str, source: str) -> None:
    assert described(text).source == source


def test_the_title_is_the_first_line_without_its_heading_mark() -> None:
    assert described("# Tổng kết ngành\n\nTỉnh có 5 trạm.").title == "Tổng kết ngành"


def test_an_overlong_title_is_cut_at_a_space() -> None:
    title = described("rất dài " * 60).title
    assert title == "rất dài " * 37 + "rất …"


def test_a_text_without_content_has_an_empty_description() -> None:
    assert describe("", ()) == Description("", "", None, None, "")


def test_the_seat_of_government_tells_the_province() -> None:
    text = (
        "Chuyển đổi số về chợ quê\n\nNăm 2022, TP Tuy Hòa và cả tỉnh có 905 trạm.\nĐoàn đi học kinh nghiệm tại tỉnh "
        "Cà Mau.\nHội nghị họp ở thành phố Tuy Hòa.\n"
    )
    assert described(text).province == "Phú Yên"


def test_a_paper_named_at_the_end_tells_the_province_and_the_source() -> None:
    text = "Chuyển đổi số về chợ quê năm 2022\n\nNăm 2022 tỉnh có 905 trạm.\n\nTheo Báo Phú Yên\n"
    assert (described(text).province, described(text).source) == ("Phú Yên", "Báo Phú Yên")


def test_an_official_letter_is_of_the_day_below_its_head() -> None:
    text = (
        "UBND TỈNH KON TUM\nSố: 12/BC-STTTT\n*Kon Tum, ngày 16 tháng 12 năm 2023*\n\n# BÁO CÁO\n"
        "## Kết quả công tác năm 2023 và nhiệm vụ năm 2024\n\nThực hiện Công văn số 41 ngày 27/11/2023, Sở báo cáo.\n"
    )
    assert (described(text).published, described(text).title) == (
        date(2023, 12, 16),
        "Kết quả công tác năm 2023 và nhiệm vụ năm 2024",
    )
