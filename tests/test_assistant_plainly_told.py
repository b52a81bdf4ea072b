"""Whole answers over an invented report that tells what is asked beside what was added, planned or a part."""

import textwrap
from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.made_up import assistant_over

SOC_TRANG = """---
title: Sóc Trăng tổng kết ngành thông tin và truyền thông năm 2022
province: Sóc Trăng
year: 2022
---

# Sóc Trăng tổng kết ngành thông tin và truyền thông năm 2022

Cùng với 162 trạm BTS lắp mới, cả tỉnh nay có 2.874 trạm. Số thuê bao Internet là 214.600, nhiều hơn 18.200 thuê bao \
so với cuối năm 2021, trong đó 196.300 thuê bao cáp quang.

Thanh tra Sở lập biên bản 23 tổ chức, cá nhân với tổng số tiền phạt 187 triệu đồng, trong đó 9 trường hợp tung tin \
sai lên mạng xã hội bị phạt 64 triệu đồng.

Toàn tỉnh còn 31 ấp sóng yếu; Cù Lao Dung nhiều nhất với 12 ấp, kế đến là Trần Đề 7 ấp.

Bưu chính có 27 doanh nghiệp tham gia (tăng 4 doanh nghiệp). Tổng doanh thu bưu chính, viễn thông đạt 2.310 tỷ đồng. \
Trong đó, viễn thông đạt 1.905 tỷ đồng; bưu chính đạt 405 tỷ đồng.

Chỉ số DTI năm 2021 đạt 0,4312 điểm, xếp thứ 38/63; riêng trụ cột xã hội số đứng thứ 21.

Cáp quang đã về 103/109 xã, phường, thị trấn. Sáu xã chưa có nằm ở Cù Lao Dung và Kế Sách. Lượng tin nhắn rác giảm \
mạnh so với trước. Nguyên nhân là nhà mạng khóa 41.000 SIM không chính chủ.

Hội thi Tin học trẻ lần thứ 12 thu hút 480 thí sinh. Trong cơn bão số 4, 37 trạm BTS mất điện.

Kế hoạch chuyển đổi số của tỉnh đặt ra 28 chỉ tiêu, kết quả đạt 22/28 chỉ tiêu. Thủ tướng Chính phủ tặng Bằng khen: \
đồng chí Lâm Quốc Dũng trao Bằng khen cho ông Thạch Sô Vane.

Ông Triệu Minh Phát, Giám đốc Trung tâm Công nghệ thông tin và Truyền thông tỉnh, trình bày tham luận. Giám đốc Sở \
Trần Ngọc Ẩn kết luận hội nghị.

Bảng 1. Tổ công nghệ số theo huyện

| STT | Địa phương | Điểm | Số tổ công nghệ số cộng đồng | Số thành viên |
|---|---|---|---|---|
| 1 | Huyện Mỹ Tú | 81,20 | 84 | 612 |
| 2 | Huyện Long Phú | 77,45 | 61 | 455 |

Việc của 2023

Đưa tỷ lệ hồ sơ trực tuyến lên 72%. Cáp quang tới 95% số ấp.
"""


def broken(report: str) -> str:
    """The report with its longer lines broken at a column, as text saved from a mail or a typewriter's page is."""
    lines = (
        textwrap.wrap(line, 68, break_on_hyphens=False) if len(line) > 80 and line[0] not in "|#" else [line]
        for line in report.splitlines()
    )
    return "\n".join("\n".join(line) for line in lines)


@pytest.fixture(scope="module", params=[str, broken], ids=["a line a paragraph", "broken lines"])
def bot(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("plain"), {"soc-trang.md": request.param(SOC_TRANG)}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Sóc Trăng có bao nhiêu trạm BTS?", ["2.874"]),
        ("Sóc Trăng lắp mới bao nhiêu trạm BTS?", ["162"]),
        ("Năm 2022 Sóc Trăng có mấy thuê bao Internet cáp quang?", ["196.300"]),
        ("Tổng tiền phạt của thanh tra Sở ở Sóc Trăng?", ["187 triệu"]),
        ("Tung tin sai lên mạng ở Sóc Trăng bị phạt bao nhiêu tiền?", ["64 triệu"]),
        ("Sóc Trăng còn bao nhiêu ấp sóng yếu?", ["31 ấp"]),
        ("Trần Đề còn mấy ấp sóng yếu?", ["7 ấp"]),
        ("Sóc Trăng có bao nhiêu doanh nghiệp bưu chính?", ["27 doanh nghiệp"]),
        ("Doanh thu bưu chính Sóc Trăng?", ["405 tỷ"]),
        ("Doanh thu bưu chính, viễn thông Sóc Trăng?", ["2.310 tỷ"]),
        ("DTI năm 2021 của Sóc Trăng đứng thứ mấy?", ["38/63"]),
        ("Những nơi nào ở Sóc Trăng có xã chưa có cáp quang?", ["Cù Lao Dung", "Kế Sách"]),
        ("Vì sao tin nhắn rác ở Sóc Trăng giảm?", ["41.000 SIM"]),
        ("Hội thi Tin học trẻ lần XII ở Sóc Trăng có bao nhiêu thí sinh?", ["480"]),
        ("Sóc Trăng đã hoàn thành hết 28 chỉ tiêu chuyển đổi số chưa?", ["Chưa.", "22/28"]),
        ("Người được nhận Bằng khen của Thủ tướng ở Sóc Trăng là ai?", ["Thạch Sô Vane"]),
        ("Giám đốc Sở TT&TT Sóc Trăng là ai?", ["Trần Ngọc Ẩn"]),
        ("Huyện Mỹ Tú (Sóc Trăng) có bao nhiêu thành viên tổ công nghệ số?", ["612"]),
        ("Huyện Long Phú (Sóc Trăng) có mấy tổ công nghệ số cộng đồng, bao nhiêu thành viên?", ["61", "455"]),
        ("Năm 2023 Sóc Trăng muốn cáp quang tới bao nhiêu phần trăm ấp?", ["95%"]),
    ],
)
def test_what_is_asked_is_told_and_not_what_stands_beside_it(bot: Assistant, question: str, told: list[str]) -> None:
    reply = bot.answer(question)
    assert reply.status == "answered"
    assert [one for one in told if one not in reply.text] == []


@pytest.mark.parametrize(
    "question",
    [
        "DTI năm 2022 của Sóc Trăng đứng thứ mấy?",  # the pillar's rank is of 2021 as well
        "Hội thi Tin học trẻ lần thứ 11 ở Sóc Trăng có bao nhiêu thí sinh?",
        "Bão số 6 làm bao nhiêu trạm BTS ở Sóc Trăng mất điện?",
        "Doanh thu viễn thông 6 tháng đầu năm 2022 của Sóc Trăng?",  # that of the year is told
        "Sóc Trăng bán được bao nhiêu tấn hành tím qua mạng?",
        "Cáp quang ở Sóc Trăng đã tới 95% số ấp chưa?",  # planned, under a heading of the next year
    ],
)
def test_what_stands_beside_it_is_no_answer(bot: Assistant, question: str) -> None:
    reply = bot.answer(question)
    assert reply.status == "abstained"
