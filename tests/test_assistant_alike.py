"""Which figure of one side is told as that of another side is."""

import pytest

from assistant.alike import alike_first, all_alike, is_alike
from assistant.ranker import Ranked
from index.candidate import Candidate
from tests.test_index_candidates import cut, figures

ALL = "Tổng số trạm BTS là 2.412."
OTHER = "Sau 36 giờ khôi phục được 171 trạm. Tổng số trạm BTS là 2.047 vị trí. Vốn đầu tư 96 tỷ đồng."
SHARE = "Hồ sơ trực tuyến chiếm 23,9% tổng số."
RANGE = "Ngày thường nhận 150-180 cuộc gọi. Cả năm nhận 41.700 cuộc gọi."
CALLS = "Cả năm nhận 18.650 cuộc gọi."


def only(body: str) -> Candidate:
    (figure,) = figures(body).values()
    return figure


def first(body: str, beside: str) -> str:
    """The figure put first of several that are the likelier, the earlier they are told."""
    ranked = [Ranked(one, 0.4 - 0.15 * number, True) for number, one in enumerate(figures(body).values())]
    best = alike_first(ranked, only(beside))[0].candidate
    return cut(best, best.core)


@pytest.mark.parametrize(
    ("body", "beside", "told"),
    [
        (OTHER, ALL, "2.047"),
        (OTHER, "Vốn đầu tư 120 tỷ đồng.", "96 tỷ đồng"),
        (OTHER, "Bão qua, khôi phục được 96 trạm.", "171"),
        (RANGE, CALLS, "41.700"),
    ],
)
def test_what_is_told_as_the_other_side_tells_it_comes_first(body: str, beside: str, told: str) -> None:
    assert first(body, beside) == told


def test_a_lone_doubtful_figure_is_the_likelier_for_being_told_alike() -> None:
    (ranked,) = alike_first([Ranked(only(CALLS), 0.2, True)], only("Cả năm nhận 9.100 cuộc gọi."))
    assert 0.9 < ranked.probability < 1
    (ranked,) = alike_first([Ranked(only(SHARE), 0.2, True)], only(CALLS))
    assert ranked.probability < 0.15


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (CALLS, "Cả năm nhận 9.100 cuộc gọi.", True),
        (CALLS, "Năm tới phấn đấu nhận 9.100 cuộc gọi.", False),
        (CALLS, "Cả năm nhận 9.100 hồ sơ.", False),
        (CALLS, "Cả năm nhận 91% cuộc gọi.", False),
        (SHARE, "Hồ sơ trực tuyến chiếm 48,6% tổng số.", True),
        (SHARE, "Hộ nghèo chiếm 4,6% tổng số.", False),
        ("Cả năm nhận 150-180 cuộc gọi.", CALLS, False),
    ],
)
def test_sides_are_alike_by_form_plan_and_words(one: str, other: str, alike: bool) -> None:
    assert is_alike(only(one), only(other)) == alike


def test_all_are_told_as_the_surest() -> None:
    sure = [Ranked(only(ALL), 0.9, True)]
    doubtful = [Ranked(one, 0.3 - 0.1 * n, True) for n, one in enumerate(list(figures(OTHER).values())[1:3])]
    rankings = all_alike([doubtful, sure, []])
    assert [cut(r[0].candidate, r[0].candidate.core) for r in rankings[:2]] == ["2.047", "2.412"]
    assert rankings[1:] == [sure, []]
    assert all_alike([[], []]) == [[], []]
