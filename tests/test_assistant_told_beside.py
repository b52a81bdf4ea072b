"""Whole answers over an invented report whose sentences tell several figures, names or things side by side."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.made_up import assistant_over

BINH_DINH = """---
title: Bình Định nhìn lại năm 2023
province: Bình Định
year: 2023
---

# Bình Định nhìn lại năm 2023

(Baobinhdinh.vn) - Chiều 20/12, tại hội trường tầng 2, Nhà văn hóa tỉnh, thành phố Quy Nhơn, Sở họp tổng kết. Lượt \
xem: 1.204

Doanh thu bưu chính năm 2023 đạt 701,5 tỷ đồng; kế hoạch năm 2023 là 680 tỷ đồng.

Tổng đài 1022 tiếp nhận 18.650 cuộc gọi, trong đó 9.120 cuộc hỏi về chính sách hỗ trợ, 4.410 cuộc hỏi về đi lại; \
cao điểm là tháng 8 với 5.940 cuộc.

Tỷ lệ hồ sơ nộp trực tuyến toàn tỉnh đạt 61,7%; khối sở, ngành đạt 74,2%, khối huyện đạt 56,9%. Bình quân cả nước \
là 40,5%.

Sở phối hợp gỡ 136 trong tổng số 149 bài viết sai sự thật. Giám đốc Sở tặng giấy khen cho 25 tổ công nghệ số cộng \
đồng.

Ba lĩnh vực bị phản ánh nhiều nhất là môi trường, giao thông và điện lực. Đài huyện phát bằng 3 thứ tiếng: Kinh, Ba \
Na và Chăm.

Tổng chi cho công nghệ thông tin bằng 0,9% ngân sách, vẫn dưới ngưỡng 1%. Về an toàn thông tin, mục tiêu duyệt cấp \
độ cho 100% hệ thống chưa thành.

Có 950.000 người dân mở tài khoản ngân hàng số. Mỗi trạm truyền thanh phục vụ 350 hộ. Sở tặng thẻ sim cho 2.600 thuê \
bao người cao tuổi. Tỷ lệ thuê bao 2G còn dưới 3%. Tỷ lệ dân dùng ví điện tử cao hơn bình quân cả nước, đạt 68,4%.

Trong tổng số 1.420 doanh nghiệp được khảo sát có 900 doanh nghiệp dùng hợp đồng điện tử. 100% xã đã dùng chữ ký số mà \
không thực hiện ký tay.

Đồng chí Phó Chủ tịch UBND tỉnh Lâm Hải Nguyên trao Bằng khen của Chủ tịch UBND tỉnh cho các tập thể.
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("beside"), {"binh-dinh.md": BINH_DINH}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Bình Định làm ra bao nhiêu tiền từ bưu chính năm 2023?", ["701,5 tỷ"]),
        ("Bưu chính Bình Định thu được bao nhiêu, kế hoạch giao là mấy?", ["701,5 tỷ", "680 tỷ"]),
        ("Bình Định có bao nhiêu cuộc gọi tới tổng đài 1022?", ["18.650"]),
        ("Bao nhiêu cuộc gọi 1022 ở Bình Định hỏi chuyện đi lại?", ["4.410"]),
        ("Tổng đài 1022 Bình Định nhận mấy cuộc gọi trong tháng 8/2023?", ["5.940"]),
        ("Các sở, ngành Bình Định có tỷ lệ hồ sơ nộp online bao nhiêu?", ["74,2%"]),
        ("Bao nhiêu bài viết sai sự thật về Bình Định bị gỡ?", ["136 bài viết"]),
        ("Tổng số bài viết sai sự thật về Bình Định là bao nhiêu?", ["149"]),
        ("Dân Bình Định phản ánh những lĩnh vực nào nhiều nhất?", ["môi trường", "giao thông", "điện lực"]),
        ("Đài huyện ở Bình Định phát bằng những thứ tiếng gì?", ["Kinh", "Ba Na", "Chăm"]),
        ("Bình Định chi cho công nghệ thông tin đạt ngưỡng 1% ngân sách không?", ["Không"]),
        ("Bình Định đã duyệt cấp độ cho 100% hệ thống chưa?", ["Chưa"]),
        ("Hội nghị tổng kết Bình Định họp ngày nào, ở đâu?", ["20/12", "Nhà văn hóa tỉnh"]),
        ("Bài về tổng kết ở Bình Định có bao nhiêu người xem?", ["1.204"]),
        ("Trang nào đăng bài tổng kết của Bình Định?", ["Baobinhdinh.vn"]),
        ("Theo báo cáo, bao nhiêu người dân Bình Định mở tài khoản ngân hàng số?", ["950.000"]),
        ("Mỗi trạm truyền thanh ở Bình Định phục vụ bao nhiêu hộ?", ["350 hộ"]),
        ("Bao nhiêu thuê bao người cao tuổi Bình Định nhận thẻ sim?", ["2.600"]),
        ("Thuê bao 2G ở Bình Định còn dưới 3% phải không?", ["Có.", "dưới 3%"]),
        ("Tỷ lệ dân Bình Định dùng ví điện tử là bao nhiêu?", ["68,4%"]),
        ("Bao nhiêu doanh nghiệp Bình Định được khảo sát?", ["1.420"]),
        ("100% xã của Bình Định đã dùng chữ ký số chưa?", ["Rồi."]),
        ("ong lam hai nguyen o binh dinh lam chuc vu gi", ["Phó Chủ tịch UBND tỉnh"]),
    ],
)
def test_the_one_asked_for_is_told(bot: Assistant, question: str, told: list[str]) -> None:
    reply = bot.answer(question)
    assert reply.status == "answered"
    assert [one for one in told if one not in reply.text] == []


@pytest.mark.parametrize(
    "question",
    [
        "Bình Định có bao nhiêu tổ công nghệ số cộng đồng?",  # those given a prize are counted
        "Chủ tịch UBND tỉnh Bình Định tên gì?",  # a deputy hands over what the chairman gives
        "Ngày 15/8/2023 tổng đài 1022 Bình Định nhận bao nhiêu cuộc gọi?",  # the month is told
        "Tháng 8/2021 tổng đài 1022 Bình Định nhận bao nhiêu cuộc gọi?",  # another year's month
    ],
)
def test_another_one_is_no_answer(bot: Assistant, question: str) -> None:
    assert bot.answer(question).status == "abstained"
