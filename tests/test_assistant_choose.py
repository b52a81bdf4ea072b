import pytest

from assistant.choose import counted, deciding, told_together
from assistant.ranker import Ranked
from assistant.understand import understand
from index.candidates import figure_candidates
from tests.test_index_candidates import cut, figures, sentences


@pytest.mark.parametrize(
    ("body", "noun"),
    [("Tỉnh lắp mới 64 trạm BTS.", "trạm BTS"), ("Doanh thu giảm 2,4%.", ""), ("Tỉnh thu 9 tỷ đồng.", "")],
)
def test_what_a_plain_number_counts(body: str, noun: str) -> None:
    assert counted(figure_candidates(sentences(body)[0])[0]) == noun


def test_figures_told_together_that_are_unlikely_stand_in_for_none() -> None:
    likely = figure_candidates(sentences("Doanh thu viễn thông 912 tỷ đồng, bưu chính 164 tỷ đồng.")[0])
    other = figure_candidates(sentences("Hạ ngầm 41 km cáp, lắp 12 tủ.")[0])
    slots = [
        [Ranked(likely[0], 0.6, True), Ranked(other[0], 0.02, True)],
        [Ranked(likely[1], 0.7, True), Ranked(other[1], 0.01, True)],
    ]
    assert told_together(slots) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Kinh phí chuyển đổi số chiếm 0,7% chi ngân sách, thấp hơn mức tối thiểu 1%.", "0,7%"),
        ("Tổng chi bằng 0,9%, nghĩa là vẫn dưới ngưỡng 1%.", "0,9%"),
        ("Tổng chi cho chuyển đổi số đạt 1%.", "1%"),
        ("Tổng chi 12 tỷ đồng, vẫn dưới ngưỡng 1%.", "1%"),
        ("Năm 2021 chi 0,4%, năm 2022 đạt trên mức 1%.", "1%"),
        ("Chi cho báo chí bằng 0,6%, chi cho chuyển đổi số ở mức 1%.", "1%"),
        ("Kế hoạch giao 0,8%, chi cho chuyển đổi số vượt mức 1%.", "1%"),
    ],
)
def test_what_is_held_against_a_bound_decides_and_not_the_bound(body: str, told: str) -> None:
    query = understand("Lào Cai có chi đủ 1% ngân sách cho chuyển đổi số không?", (), ())
    ranked = [Ranked(one, 0.5 - 0.1 * number, True) for number, one in enumerate(reversed(figures(body).values()))]
    chosen = deciding(ranked, query).candidate
    assert cut(chosen, chosen.core) == told
