"""Late interaction: tokens of a question with the nearest tokens of passages."""

from pathlib import Path

import numpy as np
import pytest

from index.embed import token_table
from index.late import PassageTokens
from index.models import BUNDLED

TEXTS = ["Toàn tỉnh có 1.167 trạm BTS.", "Doanh thu bưu chính đạt 150 tỷ đồng.", "Sở tổ chức hội nghị."]


@pytest.fixture(scope="module")
def tokens() -> PassageTokens:
    return PassageTokens.of(TEXTS, token_table(BUNDLED))


def test_a_passage_with_every_word_of_the_question_scores_one(tokens: PassageTokens) -> None:
    embedder = token_table(BUNDLED)
    assert embedder is not None
    scores = tokens.scores("bưu chính", [1], embedder)
    assert (scores.shape, scores.dtype) == ((1,), np.float32)
    assert scores[0] == pytest.approx(1.0, abs=1e-5)


def test_the_score_is_the_mean_of_nearest_cosines_weighted_by_squared_lengths(tokens: PassageTokens) -> None:
    embedder = token_table(BUNDLED)
    assert embedder is not None
    question = "viễn thông tỉnh"
    asked = embedder.token_vectors(np.array(embedder.token_ids([question])[0], dtype=np.uint32)).astype(np.float64)
    told = embedder.token_vectors(np.array(embedder.token_ids([TEXTS[0]])[0], dtype=np.uint32)).astype(np.float64)
    cosines = [max(float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)) for b in told) for a in asked]
    weights = [float(a @ a) for a in asked]
    expected = sum(w * c for w, c in zip(weights, cosines, strict=True)) / sum(weights)
    assert tokens.scores(question, [0], embedder)[0] == pytest.approx(expected, abs=1e-4)


def test_passages_are_scored_in_the_order_asked(tokens: PassageTokens) -> None:
    embedder = token_table(BUNDLED)
    assert embedder is not None
    forward = tokens.scores("trạm BTS", [0, 1, 2], embedder)
    assert tokens.scores("trạm BTS", [2, 0], embedder).tolist() == pytest.approx([forward[2], forward[0]])
    assert int(np.argmax(forward)) == 0


def test_tokens_are_kept_on_disk(tokens: PassageTokens, tmp_path: Path) -> None:
    embedder = token_table(BUNDLED)
    assert embedder is not None
    tokens.save(tmp_path / "tokens.npz")
    loaded = PassageTokens.load(tmp_path / "tokens.npz", 3)
    assert loaded.scores("hội nghị", [0, 2], embedder).tolist() == tokens.scores("hội nghị", [0, 2], embedder).tolist()


def test_tokens_of_another_number_of_passages_are_refused(tokens: PassageTokens, tmp_path: Path) -> None:
    tokens.save(tmp_path / "tokens.npz")
    with pytest.raises(ValueError, match=r"^tokens\.npz does not hold the tokens of 4 passages$"):
        PassageTokens.load(tmp_path / "tokens.npz", 4)


def test_a_model_that_is_no_token_table_has_no_say() -> None:
    embedder = token_table(BUNDLED)
    assert embedder is not None
    assert PassageTokens.of(TEXTS, None).scores("trạm BTS", [0, 1], embedder).tolist() == [0.0, 0.0]
