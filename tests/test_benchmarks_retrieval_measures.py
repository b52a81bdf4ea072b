import math

import pytest

from benchmarks.retrieval.measures import Figures, measure

NOTHING: frozenset[int] = frozenset()
FIRST, SECOND = frozenset({0}), frozenset({1})
SECOND_RANK = 1 / math.log2(3)


def rounded(*values: float) -> Figures:
    return Figures(*(round(value, 4) for value in values))


@pytest.mark.parametrize(
    ("ranking", "wanted", "expected"),
    [
        ([FIRST], 1, rounded(1, 1, 1, 1, 1)),
        ([NOTHING, FIRST], 1, rounded(0.6309, 1 / 2, 0, 1, 1)),
        ([NOTHING] * 5 + [FIRST], 1, rounded(1 / math.log2(7), 1 / 6, 0, 0, 1)),
        ([NOTHING] * 9 + [FIRST], 1, rounded(1 / math.log2(11), 1 / 10, 0, 0, 1)),
        ([NOTHING] * 10 + [FIRST], 1, rounded(0, 0, 0, 0, 0)),
        ([FIRST, NOTHING, SECOND], 2, rounded((1 + 1 / 2) / (1 + SECOND_RANK), 1, 1, 1, 1)),
        ([NOTHING, SECOND], 2, rounded(SECOND_RANK / (1 + SECOND_RANK), 1 / 2, 0, 1 / 2, 1 / 2)),
        ([], 3, rounded(0, 0, 0, 0, 0)),
    ],
)
def test_figures_of_one_ranking_are_those_worked_out_by_hand(
    ranking: list[frozenset[int]], wanted: int, expected: Figures
) -> None:
    assert measure([ranking], [wanted]) == expected


def test_a_target_found_twice_counts_once() -> None:
    assert measure([[FIRST, FIRST]], [2]) == measure([[FIRST]], [2]) == rounded(1 / (1 + SECOND_RANK), 1, 1, 0.5, 0.5)


def test_a_passage_that_holds_two_targets_finds_both() -> None:
    assert measure([[frozenset({0, 1})]], [2]) == rounded(1, 1, 1, 1, 1)
    assert measure([[frozenset({0, 1})]], [4]).recall_10 == 0.5


def test_of_more_targets_than_places_all_places_are_all_that_can_be_found() -> None:
    assert measure([[frozenset({place}) for place in range(10)]], [12]) == rounded(1, 1, 1, 1, 1)
    assert measure([[frozenset({place}) for place in range(5)]], [12]).recall_10 == 0.5


def test_figures_are_means_over_the_questions() -> None:
    assert measure([[FIRST], [NOTHING, FIRST], []], [1, 1, 1]) == rounded(1.6309 / 3, 0.5, 1 / 3, 2 / 3, 2 / 3)


def test_a_question_without_its_number_of_targets_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        measure([[FIRST], [FIRST]], [1])
