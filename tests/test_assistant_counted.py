"""Figures of what is counted before those of something else, with questions of which each is the answer."""

import pytest

from assistant.counted import counted_first
from assistant.match import Matcher
from assistant.ranker import Ranked
from assistant.understand import understand
from tests.rankings import probable, ranking
from tests.test_index_candidates import figures

MARKET = "Mô hình nhân ra 7 chợ. Cả tỉnh có 1.126 tiểu thương tham gia, riêng chợ trung tâm 312 người."
STORE = "Trung tâm dữ liệu được nâng cấp với vốn 42,3 tỷ đồng, dung lượng lưu trữ 480 TB."
BOATS = "Mã QR thuyết minh bằng 5 thứ tiếng được dán lên 1.500 con đò."
PHONES = "Chiến dịch trao 2.650 điện thoại thông minh, trong đó doanh nghiệp tặng 750 chiếc."
KEYS = "Đã cấp 3.120 chứng thư số, gồm 540 của tổ chức và 2.580 của cá nhân; 17 xã có tủ sách."
MEETINGS = "Sở tiến hành ba cuộc thanh tra và cử 46 cán bộ đi học."


@pytest.mark.parametrize(
    ("body", "question", "told"),
    [
        (MARKET, "Có mấy tiểu thương theo mô hình này", ["1.126", "312"]),
        (MARKET, "Có mấy tiểu thương theo mô hình chợ", ["7", "1.126", "312"]),
        (MARKET, "Mô hình chợ có ở mấy chợ", ["7"]),
        (STORE, "Trung tâm dữ liệu chứa được bao nhiêu TB", ["480"]),
        (BOATS, "Mấy chiếc đò được dán mã QR thuyết minh", ["1.500"]),
        (PHONES, "Doanh nghiệp tặng bao nhiêu điện thoại thông minh", ["2.650", "750"]),
        (KEYS, "Bao nhiêu chứng thư số là cấp cho cá nhân", ["3.120", "540", "2.580"]),
        (MEETINGS, "Có mấy cuộc họp báo", ["ba", "46"]),
        (STORE, "Trung tâm dữ liệu được nâng cấp với bao nhiêu tiền", ["42,3 tỷ đồng", "480"]),
    ],
)
def test_what_is_counted_is_told_before_anything_else(body: str, question: str, told: list[str]) -> None:
    assert probable(ranking(counted_first, body, question)) == told


def test_the_probability_of_what_goes_is_shared_out() -> None:
    ranked = ranking(counted_first, MARKET, "Có mấy tiểu thương theo mô hình này")
    assert [one.probability for one in ranked] == pytest.approx([0.28 + 0.3, 0.26, 0.0])


def test_an_unlikely_figure_puts_none_aside() -> None:
    query = understand("Có mấy tiểu thương theo mô hình này ở Lào Cai?", (), ())
    market, trader = list(figures(MARKET).values())[:2]
    told = [Ranked(market, 0.9, True), Ranked(trader, 0.1, True)]
    assert counted_first(told, query, Matcher(query.terms, (), lambda key: 0.0)) == told
