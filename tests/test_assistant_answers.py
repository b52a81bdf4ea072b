"""Whole answers over invented reports: each question is of a kind that was once answered wrongly."""

from collections.abc import Iterator

import pytest

from assistant import Answer, Assistant
from tests.made_up import assistant_over

LAI_CHAU = """---
title: Lai Châu tổng kết ngành thông tin và truyền thông năm 2023
province: Lai Châu
year: 2023
---

# Lai Châu tổng kết ngành thông tin và truyền thông năm 2023

Chiều 16/01, UBND tỉnh tổ chức Hội nghị tổng kết ngành năm 2023. Ông Giàng A Lử, Phó Bí thư Tỉnh ủy, Chủ tịch UBND \
tỉnh chủ trì Hội nghị. Ông Tẩn Văn Sinh, Giám đốc Sở Thông tin và Truyền thông đồng chủ trì.

Ngành phát huy truyền thống “Tận tâm - Sáng tạo” cùng quyết tâm đưa Lai Châu sớm thành “Tỉnh xanh bên dòng Nậm Na”.

Thực hiện Nghị quyết số 07-NQ/TU ngày 04/10/2021 của Tỉnh ủy về chuyển đổi số, tỉnh đã giao 40 nhiệm vụ.

Bưu chính Lai Châu có 9 doanh nghiệp, 141 điểm phục vụ. Doanh thu ước đạt 62,4 tỷ đồng, trong đó chuyển phát 21 tỷ \
đồng, tài chính bưu chính 18 tỷ đồng. Nộp ngân sách địa phương 1,9 tỷ đồng.

Viễn thông phát triển ổn định, toàn tỉnh có 1.507 vị trí đặt trạm. Doanh thu ước đạt 488 tỷ đồng, tăng 6,1%.

Cổng dịch vụ công cung cấp 207 thủ tục mức độ 3; 88 thủ tục mức độ 4. Tỷ lệ hồ sơ trực tuyến toàn tỉnh đạt 61,3%; \
thành phố Lai Châu đạt 82,5%.

Sở tiến hành 12 cuộc thanh/kiểm tra (trong đó 04 cuộc thanh tra, 08 cuộc kiểm tra).

Đã cấp 3.120 chứng thư số, gồm 540 của cơ quan và 2.580 của cá nhân. Trong năm cấp mới 210 tài khoản thư điện tử, nâng \
tổng số lên 4.460.

Tỷ lệ xã có đài truyền thanh kiểu mới đạt 71,7%, tăng 15,1% so với năm 2022.

Báo Lai Châu đứng thứ 21 trong khối báo địa phương về chuyển đổi số báo chí.

Cuộc thi “Tìm hiểu hoa ban” có 3.214 người dự: chị Lò Thị May đạt giải Nhất (thưởng 6 triệu đồng), anh Vàng A Pó đạt \
giải Nhì (thưởng 3 triệu đồng), cùng 5 giải khuyến khích (mỗi giải được thưởng 1 triệu đồng).

100% doanh nghiệp của tỉnh nộp thuế điện tử.
"""
HA_GIANG = """---
title: Hà Giang nhìn lại năm 2022
province: Hà Giang
year: 2022
---

# Hà Giang nhìn lại năm 2022

I. KẾT QUẢ

A. Bưu chính

- Doanh thu: 87,5 tỷ đồng.

B. Viễn thông

- Doanh thu: 655 tỷ đồng.

II. PHƯƠNG HƯỚNG NĂM 2023

- Doanh thu bưu chính 95 tỷ đồng.

Tác giả: Hoàng Mai
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    reports = {"lai-chau.md": LAI_CHAU, "ha-giang.md": HA_GIANG}
    with assistant_over(tmp_path_factory.mktemp("answers"), reports) as opened:
        yield opened


def ask(bot: Assistant, question: str, *history: str) -> Answer:
    """The answer to a question after ``history``, the user's and the assistant's turns; its figures are supported."""
    roles = ("user", "assistant")
    turns = [{"role": roles[number % 2], "content": turn} for number, turn in enumerate(history)]
    reply = bot.answer(question, turns)
    assert [check.figure for check in reply.checks if not check.supported] == []
    return reply


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Ai chủ trì hội nghị tổng kết ngành của Lai Châu cùng với Giám đốc Sở?", "Giàng A Lử"),
        ("Truyền thống của ngành mà báo cáo Lai Châu nhắc tới gồm những chữ gì?", "Tận tâm - Sáng tạo"),
        ("Quyết tâm chung của Lai Châu là trở thành tỉnh như thế nào?", "Tỉnh xanh bên dòng Nậm Na"),
        ("Tỉnh ủy Lai Châu có nghị quyết số mấy về chuyển đổi số?", "07-NQ/TU"),
        ("Doanh thu bưu chính Lai Châu năm 2023?", "62,4 tỷ"),
        ("Doanh thu viễn thông Lai Châu năm 2023?", "488 tỷ"),
        ("Bưu chính Lai Châu nộp ngân sách bao nhiêu?", "1,9 tỷ"),
        ("Bao nhiêu chứng thư số ở Lai Châu là cấp cho cá nhân?", "2.580"),
        ("Lai Châu đã cấp bao nhiêu chứng thư số?", "3.120"),
        ("Lai Châu có tất cả bao nhiêu tài khoản thư điện tử?", "4.460"),
        ("Tỷ lệ hồ sơ trực tuyến của tỉnh Lai Châu là bao nhiêu?", "61,3%"),
        ("Bao nhiêu phần trăm xã ở Lai Châu có đài truyền thanh kiểu mới?", "71,7%"),
        ("Tỷ lệ hồ sơ trực tuyến của thành phố Lai Châu?", "82,5%"),
        ("Thanh tra và kiểm tra gộp lại, Lai Châu làm bao nhiêu cuộc?", "12 cuộc"),
        ("Lai Châu đã mở mấy cuộc kiểm tra?", "08 cuộc kiểm tra"),
        ("Cuộc thi tìm hiểu hoa ban ở Lai Châu có mấy giải khuyến khích?", "5 giải khuyến khích"),
        ("Mỗi giải khuyến khích cuộc thi hoa ban Lai Châu được bao nhiêu tiền?", "1 triệu đồng"),
        ("Vàng A Pó đoạt giải mấy trong cuộc thi hoa ban ở Lai Châu?", "giải Nhì"),
        ("Ai đoạt giải Nhất cuộc thi về hoa ban ở Lai Châu?", "Lò Thị May"),
        ("Doanh nghiệp ở Lai Châu nộp thuế điện tử hết chưa?", "100%"),
        ("Doanh thu bưu chính Hà Giang năm 2022 là bao nhiêu?", "87,5 tỷ"),
        ("Doanh thu viễn thông Hà Giang năm 2022 là bao nhiêu?", "655 tỷ"),
    ],
)
def test_what_is_told_is_found(bot: Assistant, question: str, told: str) -> None:
    reply = ask(bot, question)
    assert reply.status == "answered"
    assert told in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "Lai Châu xây mới bao nhiêu vị trí đặt trạm trong năm 2023?",  # how many there are does not tell
        "Viễn thông Lai Châu nộp vào ngân sách bao nhiêu tiền năm 2023?",  # revenue is told, and the posts' payment
        "Chỉ số chuyển đổi số DTI năm 2023 Lai Châu xếp hạng mấy?",  # the newspaper's rank is told
        "Giải Nhì hội thi tin học trẻ Lai Châu thuộc về ai?",  # another contest's prizes are told
    ],
)
def test_what_is_told_of_another_thing_is_no_answer(bot: Assistant, question: str) -> None:
    assert ask(bot, question).status == "abstained"


def test_two_things_asked_one_by_one_are_each_told(bot: Assistant) -> None:
    text = ask(bot, "Lai Châu có bao nhiêu thủ tục mức độ 3 và mức độ 4, lần lượt là mấy?").text
    assert text.index("207") < text.index("88")


def test_figures_asked_one_by_one_are_named_where_their_sentences_do_not(bot: Assistant) -> None:
    text = ask(bot, "Doanh thu bưu chính và viễn thông Lai Châu lần lượt là bao nhiêu?").text
    assert text.index("ưu chính: ") < text.index("62,4") < text.index("iễn thông: ") < text.index("488")


@pytest.mark.parametrize("question", ["Viễn thông thì sao hả bạn?", "viễn thông nữa?", "Thế viễn thông?"])
def test_a_short_follow_up_goes_on_about_another_trade(bot: Assistant, question: str) -> None:
    reply = ask(bot, question, "Doanh thu bưu chính Lai Châu năm 2023?", "Ước đạt 62,4 tỷ đồng.")
    assert "488" in reply.text
    assert "62,4" not in reply.text


def test_how_a_figure_rose_is_told_where_both_ends_are_not(bot: Assistant) -> None:
    assert "6,1%" in ask(bot, "Doanh thu viễn thông Lai Châu năm 2023 tăng thế nào?").text


def test_an_office_supposed_is_corrected(bot: Assistant) -> None:
    reply = ask(bot, "Ông Giàng A Lử là Giám đốc Sở TT&TT Lai Châu phải không?")
    assert "Không." in reply.text
    assert "Chủ tịch UBND" in reply.text


def test_a_reason_asked_of_a_fall_is_corrected_by_the_rise(bot: Assistant) -> None:
    reply = ask(bot, "Vì sao doanh thu viễn thông Lai Châu năm 2023 sụt 6,1%?")
    assert reply.status == "partial"
    assert "tăng 6,1%" in reply.text


def test_who_wrote_each_report_is_told_with_those_that_do_not_say(bot: Assistant) -> None:
    reply = ask(bot, "Ai viết tin cho Hà Giang, ai viết tin cho Lai Châu?")
    assert reply.status == "partial"
    assert "Hoàng Mai" in reply.text
    assert "Báo cáo không nêu: Lai Châu" in reply.text
