import pytest

from assistant.choose import counted, told_together
from assistant.ranker import Ranked
from index.candidates import figure_candidates
from tests.test_index_candidates import sentences


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
