"""Figures told respectively have the words of their own member of the list alone."""

import time

import pytest

from assistant import phrase
from assistant.match import Matcher
from index.lexicon import canonical_words
from tests.test_index_candidates import cut, figures

STATIONS = "Viettel, VNPT, MobiFone, Vietnamobile sở hữu lần lượt 1.312, 1.084, 768 và 145 trạm."
SHARES = "Tỷ lệ hồ sơ trực tuyến ở cấp tỉnh, cấp huyện, cấp xã lần lượt 93,6%, 87,4%, 90,8%; gộp cả ba cấp là 91,2%."
REVENUES = (
    "Bưu chính, viễn thông và công nghiệp điện tử ước đạt lần lượt 138 tỷ đồng, 305 tỷ đồng và 402 tỷ đồng; "
    "so với năm 2021 tăng lần lượt 21,4%, 3,9% và 17,2%."
)
RANKS = "Ba kỳ xếp hạng DTI năm 2020, 2021, 2022, tỉnh lần lượt đứng thứ 10, thứ 8 và thứ 4 toàn quốc."


@pytest.mark.parametrize(
    ("body", "core", "member"),
    [
        (STATIONS, "1.312", "Viettel"),
        (STATIONS, "768", "MobiFone"),
        (STATIONS, "145", "Vietnamobile sở hữu"),
        (SHARES, "93,6%", "cấp tỉnh"),
        (SHARES, "90,8%", "cấp xã"),
        (REVENUES, "305 tỷ đồng", "viễn thông"),
        (REVENUES, "3,9%", "viễn thông"),
        (RANKS, "thứ 8", "2021"),
        ("Vốn sự nghiệp và vốn đầu tư lần lượt 142 tỷ đồng và 218 tỷ đồng.", "218 tỷ đồng", "vốn đầu tư"),
    ],
)
def test_each_figure_is_of_its_own_member(body: str, core: str, member: str) -> None:
    candidate = figures(body)[core]
    assert candidate.member is not None
    assert cut(candidate, candidate.member) == member


def test_what_is_no_list_is_left_as_it_is() -> None:
    told = figures("Tỉnh có 100 xã, tương ứng 40% số xã có đài; gộp cả ba cấp là 91,2%.")
    assert [candidate.member for candidate in told.values()] == [None] * 3
    assert figures(SHARES)["91,2%"].member is None


def test_members_share_the_noun_the_direction_and_have_their_own_year() -> None:
    assert {one.noun for one in figures(STATIONS).values()} == {"trạm"}
    assert figures(REVENUES)["21,4%"].direction == "tăng"
    assert figures(RANKS)["thứ 8"].years == {2021}


def test_the_statement_names_the_member_and_no_other_figure() -> None:
    matcher = Matcher(canonical_words("MobiFone có bao nhiêu trạm?", typed=True), (), lambda key: 0.0)
    assert phrase.statement(figures(STATIONS)["768"], matcher) == "MobiFone … sở hữu … 768 trạm"
    assert phrase.statement(figures(SHARES)["90,8%"], matcher) == "Tỷ lệ hồ sơ trực tuyến ở … cấp xã … 90,8%"


@pytest.mark.parametrize(
    ("body", "core", "member"),
    [
        ("Doanh thu bưu chính và viễn thông năm 2021, 2022 lần lượt là 30 tỷ đồng, 35 tỷ đồng.", "30 tỷ đồng", "2021"),
        ("Sở Thông tin và Truyền thông, Sở Y tế lần lượt đạt 95 và 90 điểm.", "95", "Sở Thông tin và Truyền thông"),
        ("Dịch vụ công mức 3 và mức 4 của Lào Cai, Hà Giang lần lượt là 120 và 150 dịch vụ.", "120", None),
        ("Trong năm, Sở đã tổ chức lần lượt 3 hội nghị, 5 lớp tập huấn.", "3", None),
    ],
)
def test_what_is_not_sure_to_be_a_member_is_none(body: str, core: str, member: str | None) -> None:
    told = figures(body)[core]
    assert (cut(told, told.member) if told.member else None) == member


def test_a_member_that_is_a_plan_is_planned() -> None:
    told = figures("Doanh thu thực hiện và kế hoạch lần lượt là 160 tỷ đồng và 150 tỷ đồng.")
    assert {core: one.planned for core, one in told.items()} == {"160 tỷ đồng": False, "150 tỷ đồng": True}


def test_members_may_move_each_its_own_way() -> None:
    told = figures("Bưu chính tăng và viễn thông giảm lần lượt 5% và 3%.")
    assert [one.direction for one in told.values()] == ["tăng", "giảm"]


def test_long_runs_of_capitals_take_no_time() -> None:
    began = time.perf_counter()
    figures(f"Số định danh {'K' * 60}{'0' * 200} của ông A, B lần lượt 12% và 15%.")
    assert time.perf_counter() - began < 2
