import numpy as np

from assistant.features import NAMES
from training import ranker
from training.ranked_questions import Instance

WIDTH = len(NAMES)


def example(number: int, told: bool = True) -> Instance:
    """Three candidates of which the one with high first features answers, where any does."""
    rows = np.random.default_rng(number).normal(0, 0.1, (3, WIDTH)).astype(np.float32)
    answers = np.zeros(3, dtype=bool)
    if told:
        answers[number % 3] = True
        rows[number % 3, :8] += 3
    return Instance(f"q{number}", "set", told, rows, answers, True)


def test_a_ranker_learns_what_answers_and_that_nothing_does() -> None:
    learned = ranker.train([example(number, told=number % 4 > 0) for number in range(60)], networks=2)
    held = [example(number, told=number % 4 > 0) for number in range(100, 140)]
    report = ranker.measure(learned, held, 0.5)
    assert (report.first, report.right) == (1.0, 1.0)
    assert report.precise > 0.9
    assert learned.hidden.shape == (WIDTH, 2 * ranker.UNITS)


def test_the_sets_of_a_half_hold_that_half_alone() -> None:
    assert {one.half for one in ranker.question_sets("hold")} == {"hold"}
    assert "bundled" in {one.name for one in ranker.question_sets("tune")}
    assert "bundled" not in {one.name for one in ranker.question_sets("hold")}
