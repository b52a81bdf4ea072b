"""Whole answers over invented reports: no figure of another year, index, plan or place is told for the one asked."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.made_up import assistant_over

TRA_VINH_2022 = """---
title: Trà Vinh tổng kết ngành thông tin và truyền thông năm 2022
province: Trà Vinh
year: 2022
---

# Trà Vinh tổng kết ngành thông tin và truyền thông năm 2022

Sóng 4G tới được 97,4% dân số. Toàn tỉnh thành lập 812 tổ công nghệ số cộng đồng tại ấp, khóm với 5.134 thành viên. \
Sở mở 40 lớp cho 2.960 lượt thành viên tổ công nghệ số.

Năm 2023, ngành phấn đấu doanh thu bưu chính 415 tỷ đồng.
"""
TRA_VINH_2023 = """---
title: Trà Vinh tổng kết ngành thông tin và truyền thông năm 2023
province: Trà Vinh
year: 2023
---

# Trà Vinh tổng kết ngành thông tin và truyền thông năm 2023

Toàn tỉnh có 2.105 trạm BTS (cuối năm 2022: 1.964 trạm). Vùng phủ 4G chiếm 99,1% dân số. Có 26 trạm 5G thử nghiệm, \
tập trung ở thành phố Trà Vinh và huyện Tiểu Cần.

Chỉ số PCI năm 2023 đạt 66,20 điểm, PAR INDEX năm 2023 đạt 87,65 điểm, xếp thứ 22/63.

Thuê bao điện thoại di động đạt 1.020.000 thuê bao, tăng 2,1%, thuê bao Internet cố định đạt 231.400 thuê bao, tăng \
8,6%. Tỷ lệ hồ sơ nộp trực tuyến được giao là 70%, tỷ lệ thanh toán trực tuyến đạt 48,2%.

Doanh thu viễn thông vượt kế hoạch 1.300 tỷ đồng. Năm 2024, ngành phấn đấu doanh thu bưu chính đạt 470 tỷ đồng.
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    reports = {"tra-vinh-2022.md": TRA_VINH_2022, "tra-vinh-2023.md": TRA_VINH_2023}
    with assistant_over(tmp_path_factory.mktemp("another"), reports) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Năm 2022 vùng phủ 4G của Trà Vinh đạt bao nhiêu phần trăm dân số?", "97,4%"),  # 2022 stands beside 99,1% too
        ("Lực lượng tổ công nghệ số cộng đồng ở Trà Vinh năm 2022 gồm bao nhiêu người?", "5.134 thành viên"),
        ("PAR INDEX 2023 của Trà Vinh xếp thứ mấy?", "PAR INDEX năm … xếp thứ 22/63"),
        ("Thuê bao Internet cố định của Trà Vinh năm 2023 tăng bao nhiêu phần trăm?", "Internet cố định … tăng 8,6%"),
        ("Doanh thu bưu chính Trà Vinh năm 2024 phải đạt bao nhiêu?", "470 tỷ đồng"),
    ],
)
def test_what_is_asked_is_told_as_what_it_is(bot: Assistant, question: str, told: str) -> None:
    reply = bot.answer(question)
    assert reply.status == "answered"
    assert told in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "PCI 2023 của Trà Vinh xếp hạng mấy?",  # the rank is that of PAR INDEX
        "Điểm DTI năm 2023 của Trà Vinh là mấy?",
        "Huyện Tiểu Cần (Trà Vinh) có bao nhiêu trạm 5G?",  # 26 are those of two places
        "Doanh thu viễn thông Trà Vinh năm 2023?",  # only the plan is told
        "Doanh thu bưu chính Trà Vinh năm 2024 đạt bao nhiêu?",
        "Đến hết năm 2024, doanh thu bưu chính ở Trà Vinh là bao nhiêu?",
        "Tổ công nghệ số cộng đồng Trà Vinh năm 2022 có bao nhiêu thành viên là đồng bào Khmer?",
    ],
)
def test_what_is_told_of_something_else_is_no_answer(bot: Assistant, question: str) -> None:
    assert bot.answer(question).status == "abstained"
