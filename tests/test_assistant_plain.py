"""Each reason for which a figure gives way to the plain one beside it, and a question of which it is the answer."""

import pytest

from assistant.match import Matcher
from assistant.plain import plain_first
from assistant.ranker import Ranked
from assistant.settle import settle
from assistant.understand import understand
from tests.test_index_candidates import cut, figures

ADDED = "Toàn tỉnh hiện có 3.186 trạm BTS, tăng 214 trạm BTS."
PART = "Sở xử phạt 19 tổ chức với tổng số tiền 214 triệu đồng; trong đó 12 vụ tung tin giả bị phạt 97 triệu đồng."
MEMBER = "Toàn tỉnh còn 47 làng trắng sóng; Mường Khương còn nhiều nhất với 13 làng."
PLANNED = "Có 76 xã dùng đài thông minh. Năm 2023, ngành phấn đấu có 110 xã dùng đài thông minh."
TWO = "Doanh thu bưu chính đạt 410 tỷ đồng. Doanh thu bưu chính, viễn thông đạt 3.720 tỷ đồng."
NARROWER = "Trạm BTS trên địa bàn: 305 trạm. Có 118 trạm thuộc các huyện vùng cao."
MONEY = "Thanh tra xử phạt 142 triệu đồng đối với 11 trường hợp."
PEAK = "Tổng đài 1022 tiếp nhận 18.650 cuộc gọi, cao điểm là tháng 8 với 5.940 cuộc gọi."
CALLS = "Tổng đài 1022 tiếp nhận 18.650 cuộc gọi; đường dây nóng y tế 5.940 cuộc."
OLDER = "Chỉ số DTI năm 2022 xếp thứ 25/63, DTI năm 2021 xếp thứ 31/63."
PILLAR = "Chỉ số DTI của tỉnh xếp thứ 41/63; trụ cột xã hội số xếp thứ 33."


def first(body: str, question: str) -> str:
    """The figure put first of those that are about as likely, the later ones a little more so."""
    told = figures(body)
    query = settle(understand(f"{question} ở Lào Cai?", (), ()))
    matcher = Matcher(query.terms, query.carried, lambda key: 0.0)
    ranked = [Ranked(one, 0.5 - 0.01 * number, True) for number, one in enumerate(reversed(list(told.values())))]
    plain = plain_first(ranked, query, matcher)[0].candidate
    return cut(plain, plain.core)


@pytest.mark.parametrize(
    ("body", "question", "told"),
    [
        (ADDED, "Có bao nhiêu trạm BTS", "3.186"),
        (ADDED, "Tăng bao nhiêu trạm BTS", "214"),
        ("Số trạm BTS lắp mới trong năm là 214; lũy kế có 3.186 trạm BTS.", "Bao nhiêu trạm BTS lắp mới", "214"),
        (PART, "Bị phạt bao nhiêu tiền", "214 triệu đồng"),
        (PART, "Tung tin giả bị phạt bao nhiêu tiền", "97 triệu đồng"),
        (MEMBER, "Có bao nhiêu làng trắng sóng", "47"),
        (MEMBER, "Mường Khương có bao nhiêu làng trắng sóng", "13"),
        (PLANNED, "Có bao nhiêu xã dùng đài thông minh", "76"),
        (PLANNED, "Phấn đấu có bao nhiêu xã dùng đài thông minh", "110"),
        (TWO, "Doanh thu bưu chính bao nhiêu", "410 tỷ đồng"),
        (NARROWER, "Có bao nhiêu trạm BTS", "305"),
        (NARROWER, "Các huyện vùng cao có bao nhiêu trạm BTS", "118"),
        (MONEY, "Xử phạt bao nhiêu tiền", "142 triệu đồng"),
        (PEAK, "Tổng đài 1022 tiếp nhận bao nhiêu cuộc gọi", "18.650"),
        (PEAK, "Tháng 8 tổng đài 1022 tiếp nhận bao nhiêu cuộc gọi", "5.940"),
        (CALLS, "Đường dây nóng y tế nhận bao nhiêu cuộc", "5.940"),
        (OLDER, "DTI xếp thứ mấy", "thứ 25/63"),
        (OLDER, "DTI năm 2021 xếp thứ mấy", "thứ 31/63"),
        (PILLAR, "DTI xếp thứ mấy", "thứ 41/63"),
        (PILLAR, "Trụ cột xã hội số của DTI xếp thứ mấy", "thứ 33"),
    ],
)
def test_a_figure_gives_way_to_the_plain_one_unless_it_is_asked_for(body: str, question: str, told: str) -> None:
    assert first(body, question) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Năm 2023 phấn đấu có bao nhiêu xã dùng đài thông minh", "110"),
        ("Năm 2023 phấn đấu có bao nhiêu chợ nhận thanh toán không tiền mặt", "76"),
    ],
)
def test_a_likelier_result_gives_way_to_the_plan_that_is_asked_for(question: str, told: str) -> None:
    query = settle(understand(f"{question} ở Lào Cai?", (), ()))
    result, plan = list(figures(PLANNED).values())
    ranked = [Ranked(result, 0.5, True), Ranked(plan, 0.4, True)]
    best = plain_first(ranked, query, Matcher(query.terms, (), lambda key: 0.0))[0].candidate
    assert cut(best, best.core) == told
