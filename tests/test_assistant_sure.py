"""Which candidates are probable enough to be told."""

from assistant.ranker import Ranked
from assistant.sure import going_along, is_sure
from assistant.understand import understand
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


def test_a_figure_alone_is_told_that_counts_all_that_is_asked_for() -> None:
    traders, people = (
        figure_candidates(sentences(body)[0])[0] for body in ("Có 1.126 tiểu thương dự.", "Có 312 người dự.")
    )
    query = understand("Lào Cai có mấy tiểu thương theo mô hình chợ số?", (), ())
    assert is_sure([Ranked(traders, 0.3, False, 0.1)], query, of_side=False)
    assert not is_sure([Ranked(people, 0.3, False, 0.1)], query, of_side=False)
    assert not is_sure([Ranked(traders, 0.3, False, 0.1), Ranked(people, 0.2, False, 0.1)], query, of_side=False)
    assert not is_sure([Ranked(traders, 0.2, False, 0.1)], query, of_side=False)
