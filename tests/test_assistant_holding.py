from dataclasses import replace

import pytest

from assistant.backing import Backing
from assistant.types import Answer, Citation
from assistant.verify import verify_answer
from index.clean import find_content
from index.types import Report

BODY = (
    "Toàn tỉnh có gần 4.600 trạm BTS, tăng 44 trạm so với năm 2021. "
    "Doanh thu viễn thông đạt 3.311 tỷ đồng; doanh thu bưu chính đạt 410 tỷ đồng, giảm 2,4%. "
    "Đạt và vượt 19/29 chỉ tiêu. Tỉnh xếp thứ 14/63 tỉnh, thành phố. Hội nghị diễn ra ngày 05/01/2023. "
    "Giải Nhất thuộc về ông Hà Minh Tùng (5 triệu đồng), giải Nhì thuộc về ông Lê Trường An (4 triệu đồng). "
    "Phấn đấu năm 2023 tỷ lệ hồ sơ trực tuyến đạt 80%."
)
TEXT = f"Sở TT&TT Lào Cai tổng kết năm 2022\n\n{BODY}"
REPORT = Report("a.txt", TEXT, "c0ffee", find_content(TEXT), "Sở TT&TT Lào Cai tổng kết", "Lào Cai", 2022, None, "")
REPORTS = {"a.txt": REPORT}
BACKING = Backing(REPORTS)


def citation(opening: str, closing: str = ".") -> Citation:
    start = TEXT.index(opening)
    end = TEXT.index(closing, start) + len(closing)
    return Citation(1, "a.txt", REPORT.title, "Lào Cai", 2022, "", start, end, TEXT[start:end], "c0ffee")


STATIONS = citation("Toàn tỉnh", "năm 2021.")
REVENUE = citation("Doanh thu viễn thông", "2,4%.")
TARGETS = citation("Đạt và", "chỉ tiêu.")
RANK = citation("Tỉnh xếp", "thành phố.")
PLAN = citation("Phấn đấu", "80%.")
PRIZES = citation("Giải Nhất", "(4 triệu đồng).")
DAY = citation("Hội nghị", "2023.")


def answer(text: str, cited: Citation) -> Answer:
    return Answer("", text, "answered", (cited,), (), (), "test", 0.0)


def reasons(text: str, cited: Citation) -> tuple[str, ...]:
    return verify_answer(answer(text, cited), REPORTS, BACKING).reasons


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("**Lào Cai (2022):** Toàn tỉnh có gần 4.600 trạm BTS [1]", STATIONS),
        ("Năm 2022, Lào Cai có gần 4600 trạm BTS [1].", STATIONS),
        ("Số trạm BTS của Lào Cai tăng 44 trạm so với năm 2021 [1].", STATIONS),
        ("Doanh thu bưu chính là 0,41 nghìn tỷ đồng [1]", REVENUE),
        ("Doanh thu viễn thông đạt 3.311.000 triệu đồng; bưu chính giảm 2.4 % [1]", REVENUE),
        ("Lào Cai đạt 19/29 chỉ tiêu, tức 19 trên 29 chỉ tiêu [1]", TARGETS),
        ("Lào Cai đứng thứ 14 cả nước [1]", RANK),
        ("Mục tiêu năm 2023 của Lào Cai: hồ sơ trực tuyến đạt 80% [1]", PLAN),
        ("Giải Nhì thuộc về ông Lê Trường An, được 4 triệu đồng [1]", PRIZES),
        ("Hội nghị diễn ra ngày 5/1/2023 [1]", DAY),
    ],
)
def test_a_true_statement_holds_however_it_is_put(text: str, cited: Citation) -> None:
    assert reasons(text, cited) == ()


@pytest.mark.parametrize(
    ("text", "cited", "reason"),
    [
        ("Lào Cai có gần 4.700 trạm BTS [1]", STATIONS, "gần 4.700: không thấy trong đoạn trích"),
        ("Lào Cai có 4.600 trạm BTS [1]", STATIONS, "4.600: mức chính xác khác: đoạn trích viết “gần 4.600”"),
        ("Lào Cai có gần 4.600 thuê bao [1]", STATIONS, "gần 4.600: đoạn trích nói “gần 4.600 trạm BTS”"),
        ("Cà Mau có gần 4.600 trạm BTS [1]", STATIONS, "gần 4.600: báo cáo được trích là của Lào Cai"),
        ("Năm 2020, Lào Cai có gần 4.600 trạm BTS [1]", STATIONS, "gần 4.600: đoạn trích nói số liệu năm 2022"),
        ("Mục tiêu là gần 4.600 trạm BTS [1]", STATIONS, "gần 4.600: đoạn trích nói kết quả, không phải mục tiêu"),
        ("Số trạm giảm 44 trạm [1]", STATIONS, "44: đoạn trích nói tăng, không phải giảm"),
        ("Lào Cai có 44 trạm BTS [1]", STATIONS, "44: đoạn trích nói mức tăng, không phải tổng số"),
        ("Doanh thu bưu chính đạt 3.311 tỷ đồng [1]", REVENUE, "3.311 tỷ đồng: không thấy trong đoạn trích"),
        ("Doanh thu bưu chính đạt 410 triệu đồng [1]", REVENUE, "410 triệu đồng: không thấy trong đoạn trích"),
        ("Doanh thu bưu chính đạt 410 tỷ USD [1]", REVENUE, "410 tỷ USD: đơn vị khác: đoạn trích viết “410 tỷ đồng”"),
        ("Đạt 19/92 chỉ tiêu [1]", TARGETS, "19/92: đoạn trích viết “19/29”"),
        ("Năm 2023 hồ sơ trực tuyến đạt 80% [1]", PLAN, "80%: đoạn trích nói mục tiêu, không phải kết quả"),
        ("Giải Nhất là ông Hà Minh Tùng, 4 triệu đồng [1]", PRIZES, "4 triệu đồng: đoạn trích nói về “4 triệu đồng”"),
        ("Lào Cai không có gần 4.600 trạm BTS [1]", STATIONS, "gần 4.600: đoạn trích không phủ định"),
        ("Toàn tỉnh có gần 4.600 trạm BTS cấp chữ ký [1]", STATIONS, "gần 4.600: đoạn trích không nói về “cấp chữ ký”"),
        ("Hội nghị diễn ra ngày 6/1/2023 [1]", DAY, "ngày 6/1/2023: không thấy trong đoạn trích"),
    ],
)  # fmt: skip
def test_a_statement_altered_in_one_thing_does_not_hold(text: str, cited: Citation, reason: str) -> None:
    assert reason.removeprefix("ngày ") in [one.removeprefix("ngày ") for one in reasons(text, cited)]


def test_a_figure_without_a_citation_does_not_hold() -> None:
    told = verify_answer(answer("Lào Cai có gần 4.600 trạm BTS. Có [1].", STATIONS), REPORTS, BACKING)
    assert [check.reason for check in told.checks] == ["không có trích dẫn"]


def test_a_citation_moved_to_another_passage_does_not_hold() -> None:
    assert reasons("Lào Cai có gần 4.600 trạm BTS [1]", REVENUE) == ("gần 4.600: không thấy trong đoạn trích",)


def test_verification_keeps_what_it_read() -> None:
    backing = Backing(REPORTS)
    assert backing.figures(STATIONS) is backing.figures(replace(STATIONS, marker=7))
