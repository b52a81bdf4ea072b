from pathlib import Path

import numpy as np
import pytest

from index import dense
from index.dense import DenseIndex, save_windows

WINDOWS_OF = np.array([0, 1, 1, 1], dtype=np.int32)
VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [0.8, 0.6]], dtype=np.float32)


@pytest.fixture
def index(tmp_path: Path) -> DenseIndex:
    """Two passages, of one window and of three."""
    save_windows(tmp_path, WINDOWS_OF, VECTORS)
    return DenseIndex.load(tmp_path, 2)


def test_the_windows_are_read_back_as_they_were_written(index: DenseIndex) -> None:
    assert index.vectors().tolist() == VECTORS.tolist()
    assert index.windows_of.tolist() == WINDOWS_OF.tolist()


@pytest.mark.parametrize(
    ("question", "expected"),
    [([0.8, 0.6], [0.8, (1.0 + 1.0) / 2]), ([0.6, 0.8], [0.6, (1.0 + 0.96) / 2]), ([0.0, -1.0], [1e-6, 1e-6])],
)
def test_the_score_of_a_passage_is_the_mean_of_its_best_window_and_its_whole(
    index: DenseIndex, question: list[float], expected: list[float]
) -> None:
    scores = index.scores(np.array(question, dtype=np.float32))
    assert scores.dtype == np.float32
    assert scores.tolist() == pytest.approx(expected)


def test_a_question_of_no_known_token_is_near_to_nothing(index: DenseIndex) -> None:
    assert index.scores(np.zeros(2, dtype=np.float32), np.array([1])).tolist() == [0, 0]


def test_a_passage_whose_whole_is_far_is_scored_only_when_asked_for(
    index: DenseIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "_NEAR", 1)
    question = np.array([0.6, 0.8], dtype=np.float32)
    assert index.scores(question).tolist() == pytest.approx([0.0, 0.98])
    assert index.scores(question, np.array([0])).tolist() == pytest.approx([0.6, 0.98])
    assert index.scores(question, np.array([1, 1])).tolist() == pytest.approx([0.0, 0.98])
