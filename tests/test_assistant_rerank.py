from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tiny_models import save_cross_encoder, save_embedding_model, save_encoder

from assistant import Assistant
from assistant.chain import understood
from assistant.rerank import CrossEncoderReranker, RerankerError, open_reranker, reordered
from assistant.retrieve import TOP
from assistant.settings import Settings
from index import models
from index.types import Hit

QUESTION = "Sơn La có bao nhiêu trạm BTS?"
TEXTS = ["Toàn tỉnh có 1.336 trạm BTS.", "Bưu chính thu 186 tỷ đồng.", "x", "Các thư viện xã mở thêm giờ đọc. " * 20]
HITS = [Hit(7, 0.9), Hit(3, 0.8), Hit(5, 0.8), Hit(1, 0.2)]


@pytest.fixture(autouse=True)
def _no_model_kept() -> Iterator[None]:
    yield
    models.load_cross_encoder.cache_clear()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_cross_encoder(tmp_path_factory.mktemp("rerank") / "cross-encoder")


def test_the_re_ranker_of_the_settings_scores_each_text_by_its_own_weights(folder: Path) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    reranker = open_reranker(Settings(reranker=str(folder)).reranker)
    assert reranker is not None
    scores = reranker.scores(QUESTION, TEXTS)
    assert (scores.shape, scores.dtype) == ((4,), np.float32)
    model, tokenizer = AutoModelForSequenceClassification.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    pairs = tokenizer([QUESTION] * 4, TEXTS, padding=True, truncation=True, return_tensors="pt")
    with torch.no_grad():
        np.testing.assert_allclose(scores, model(**pairs).logits[:, 0], atol=1e-5)
    assert len(set(scores.tolist())) == 4
    assert reranker.scores("Bưu chính?", TEXTS).tolist() != scores.tolist()


def test_a_model_saved_by_sentence_transformers_gives_the_same_scores(folder: Path, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    CrossEncoder(str(folder), device="cpu").save(str(tmp_path / "saved"))
    saved, plain = CrossEncoderReranker(str(tmp_path / "saved")), CrossEncoderReranker(str(folder))
    assert saved.scores(QUESTION, TEXTS).tolist() == plain.scores(QUESTION, TEXTS).tolist()


def test_scores_far_from_zero_still_tell_texts_apart(folder: Path, tmp_path: Path) -> None:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model = AutoModelForSequenceClassification.from_pretrained(folder)
    model.classifier.bias.data += 100
    model.save_pretrained(tmp_path / "far")
    AutoTokenizer.from_pretrained(folder).save_pretrained(tmp_path / "far")
    scores = CrossEncoderReranker(str(tmp_path / "far")).scores(QUESTION, TEXTS)
    assert len(set(scores.tolist())) == 4


def test_no_texts_have_no_scores(folder: Path) -> None:
    assert CrossEncoderReranker(str(folder)).scores(QUESTION, []).shape == (0,)


def test_by_default_nothing_is_loaded() -> None:
    assert open_reranker(Settings().reranker) is None


def test_a_model_that_is_nowhere_is_told_with_the_remedy() -> None:
    for name in ("no/such-model", "/no/such/folder"):
        with pytest.raises(RerankerError, match=rf"^Không nạp được mô hình xếp hạng lại '{name}': .*ASSISTANT_RER"):
            open_reranker(name)


def test_a_model_that_does_not_score_pairs_is_refused_not_given_random_weights(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    wrong = {
        tmp_path / "empty": "Unrecognized model",
        save_encoder(tmp_path / "encoder"): "a model without a classifier",
        save_embedding_model(tmp_path / "embedding"): "a model without a classifier",
        save_cross_encoder(tmp_path / "three", labels=3): "3 scores a pair",
    }
    for path, cause in wrong.items():
        with pytest.raises(RerankerError, match=rf"^Không nạp được mô hình xếp hạng lại '{path}'") as refused:
            CrossEncoderReranker(str(path))
        assert cause in str(refused.value.__cause__)


def test_damaged_weights_are_told(folder: Path, tmp_path: Path) -> None:
    damaged = save_cross_encoder(tmp_path / "damaged") / "model.safetensors"
    damaged.write_bytes(damaged.read_bytes()[:5000])
    with pytest.raises(RerankerError, match=r"^Không nạp được mô hình xếp hạng lại '.*damaged'"):
        CrossEncoderReranker(str(damaged.parent))


def test_passages_change_places_and_scores_do_not() -> None:
    assert reordered(HITS, [-3.0, 2.0, 9.5, 0.0]) == [Hit(5, 0.9), Hit(3, 0.8), Hit(1, 0.8), Hit(7, 0.2)]


def test_equal_scores_leave_the_order_as_it_was() -> None:
    assert reordered(HITS, np.zeros(4, dtype=np.float32)) == HITS


def test_a_score_that_is_no_number_comes_last() -> None:
    assert [hit.passage for hit in reordered(HITS, [float("nan"), 1.0, 2.0, -5.0])] == [5, 3, 1, 7]


def test_hits_that_were_not_scored_follow_as_they_were() -> None:
    assert reordered(HITS, [1.0, 2.0]) == [Hit(3, 0.9), Hit(7, 0.8), Hit(5, 0.8), Hit(1, 0.2)]
    assert reordered(HITS, []) == HITS
    assert reordered([], []) == []


def test_the_re_ranker_of_the_settings_orders_what_is_found(folder: Path, bot: Assistant, bundled_index: Path) -> None:
    question = "Đắk Nông có bao nhiêu trạm BTS?"
    plain = bot.search(question, top=TOP)
    reranked = Assistant.open(Settings(index_dir=bundled_index, reranker=str(folder))).search(question, top=TOP)
    searched = understood(question, (), bot.index).search_text
    scores = CrossEncoderReranker(str(folder)).scores(searched, [found.text for found in plain])
    best_first = [plain[at].text for at in np.argsort(-scores, kind="stable")]
    assert [found.text for found in reranked] == best_first != [found.text for found in plain]
    assert [found.score for found in reranked] == [found.score for found in plain]


def test_a_re_ranker_of_the_settings_that_is_nowhere_is_told_when_the_assistant_is_opened(bundled_index: Path) -> None:
    with pytest.raises(RerankerError, match=r"^Không nạp được mô hình xếp hạng lại '/no/such': "):
        Assistant.open(Settings(index_dir=bundled_index, reranker="/no/such"))
