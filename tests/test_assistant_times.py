"""Which edition of what comes again, and which part of a year, a figure is of."""

import pytest

from assistant.times import is_of_other_edition, is_of_other_part_of_year
from assistant.understand import understand
from tests.test_index_candidates import figures

CONTESTS = (
    "Hội nghị chuyên đề lần thứ 2 mở ngày 5/5. Hội thi Tin học trẻ lần thứ 27 có 310 thí sinh; hội thi lần thứ 26 có "
    "280 thí sinh. Giải báo chí lần thứ mười hai nhận 156 tác phẩm. Sở mở 14 lớp."
)
MONTHS = (
    "Doanh thu bưu chính 6 tháng đầu năm 120 tỷ đồng; cả năm 265 tỷ đồng. Mười tháng đầu năm, Sở khóa 3.400 SIM. "
    "Đến ngày 15 tháng 11 có 2.345 trạm BTS. Quý I có 21 cuộc họp."
)


@pytest.mark.parametrize(
    ("question", "figure", "other"),
    [
        ("Hội thi lần thứ 26 có bao nhiêu thí sinh?", "310", True),
        ("Hội thi lần thứ 26 có bao nhiêu thí sinh?", "280", False),
        ("Hội thi lần XXVII có bao nhiêu thí sinh?", "280", False),  # no number that is read
        ("Giải báo chí lần thứ 12 nhận bao nhiêu tác phẩm?", "156", False),
        ("Giải báo chí lần thứ mười một nhận bao nhiêu tác phẩm?", "156", True),
        ("Hội thi lần hai có bao nhiêu thí sinh?", "310", False),  # "hai lần", "lần hai" may count
        ("Có bao nhiêu thí sinh?", "310", False),
    ],
)
def test_another_edition_is_told_from_the_one_asked_for(question: str, figure: str, other: bool) -> None:
    assert is_of_other_edition(figures(CONTESTS)[figure], understand(question, (), ())) is other


@pytest.mark.parametrize(
    ("question", "figure", "other"),
    [
        ("Doanh thu bưu chính 6 tháng đầu năm?", "120 tỷ đồng", False),
        ("Doanh thu bưu chính sáu tháng cuối năm?", "120 tỷ đồng", True),
        ("Doanh thu bưu chính nửa đầu năm?", "265 tỷ đồng", True),
        ("10 tháng đầu năm khóa bao nhiêu SIM?", "3.400", False),
        ("7 tháng đầu năm khóa bao nhiêu SIM?", "3.400", True),
        ("Đến ngày 15 tháng 11 có bao nhiêu trạm BTS?", "2.345", False),
        ("Quý 1 họp mấy cuộc?", "21", False),
        ("Quý II họp mấy cuộc?", "21", True),
        ("Doanh thu bưu chính bao nhiêu?", "120 tỷ đồng", False),
    ],
)
def test_another_part_of_the_year_is_told_from_the_one_asked_for(question: str, figure: str, other: bool) -> None:
    assert is_of_other_part_of_year(figures(MONTHS)[figure], understand(question, (), ())) is other
