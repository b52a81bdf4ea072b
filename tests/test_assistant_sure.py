"""Which candidates are probable enough to be told."""

from assistant.ranker import Ranked
from assistant.sure import going_along
from index.candidates import figure_candidates
from tests.test_index_candidates import sentences


def test_a_figure_goes_along_with_a_sure_one_of_its_sentence() -> None:
    whole = figure_candidates(sentences("Tổng doanh thu đạt 1.076 tỷ đồng.")[0])[0]
    one, other = figure_candidates(sentences("Viễn thông đạt 912 tỷ đồng, bưu chính đạt 164 tỷ đồng.")[0])
    sure = [[Ranked(other, 0.6, True)]]
    ranked = [Ranked(whole, 0.38, True), Ranked(one, 0.37, True), Ranked(other, 0.1, True)]
    assert going_along(ranked, sure) is ranked[1]
    assert going_along(ranked, []) is None
    assert going_along([Ranked(whole, 0.7, True), Ranked(one, 0.2, True)], sure) is None
    assert going_along([Ranked(other, 0.6, True)], sure) is None
