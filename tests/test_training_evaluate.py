import numpy as np
import pytest

from training.corpus import QuestionPair
from training.evaluate import Vectors, best_window, collect, score, whole_passage, windows


def letters(texts: list[str]) -> Vectors:
    """Embed a text as the normalised counts of its letters a, b and c."""
    counts = np.array([[text.lower().count(letter) for letter in "abc"] for text in texts], dtype=np.float32)
    return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


def test_contexts_are_gathered_by_question() -> None:
    pairs = [QuestionPair("q", "x"), QuestionPair("q", "y"), QuestionPair("r", "x")]
    test = collect(pairs, [QuestionPair("s", "z")])
    assert test.questions == ["q", "r"]
    assert test.contexts == ["x", "y", "z"]
    assert test.relevant == [{0, 1}, {0}]


def test_windows_are_one_and_two_sentences() -> None:
    assert windows("Một. Hai. Ba.") == ["Một.", "Hai.", "Ba.", "Một. Hai.", "Hai. Ba."]
    assert windows("") == [""]


def test_the_best_window_finds_a_sentence_in_a_long_context() -> None:
    contexts = ["Bbb bbb. Ccc ccc. A.", "A bb."]
    assert whole_passage(letters, ["a"], contexts)[0].argmax() == 1
    assert best_window(letters, ["a"], contexts)[0].argmax() == 0


def test_scores_of_a_known_ranking() -> None:
    found = score(np.array([[0.9, 0.8, 0.7]], dtype=np.float32), [frozenset({1})])
    assert (found.ndcg_10, found.recall_10, found.mrr_10) == pytest.approx((0.6309, 1.0, 0.5))


def test_a_relevant_context_below_the_cut_does_not_count() -> None:
    found = score(np.array([[0.9, 0.8]], dtype=np.float32), [frozenset({1})], cut=1)
    assert (found.ndcg_10, found.recall_10, found.mrr_10) == (0.0, 0.0, 0.0)
