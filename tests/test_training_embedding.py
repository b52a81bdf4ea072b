import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from training.corpus import Document, QuestionPair
from training.embedding import TrainingRecipe, save, train
from training.pairs import PairRecipe, TrainingPair, make_pairs
from training.questions import QuestionRecipe
from training.tokenizer import VocabularySize, build_tokenizer, count

SHIPPED = Path(__file__).parent.parent / "index" / "embedding_model"
TEXTS = ["Viễn thông của tỉnh, viễn thông của huyện.", "Hạ tầng viễn thông phát triển; tỉnh và huyện."] * 5
SMALL = VocabularySize(total=120, pairs=8, fragments=20, unmarked=0.5)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return build_tokenizer(count(TEXTS), SMALL)


@pytest.fixture(scope="module")
def shipped() -> SentenceTransformer:
    return SentenceTransformer(str(SHIPPED), device="cpu")


def test_pairs_are_counted_within_a_phrase() -> None:
    counts = count(["Viễn thông, tỉnh"])
    assert counts.syllables == {"viễn": 1, "thông": 1, "tỉnh": 1}
    assert counts.pairs == {"viễn thông": 1}


def test_a_frequent_pair_of_syllables_is_one_piece(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("VIỄN THÔNG, huyện").tokens == ["▁viễn▁thông", "▁huyện"]


def test_a_pair_does_not_span_punctuation(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("viễn. Thông").tokens == ["▁viễn", "▁thông"]


def test_decomposed_text_gives_the_same_ids(tokenizer: Tokenizer) -> None:
    text = "Viễn thông của tỉnh: hạ tầng"
    assert tokenizer.encode(unicodedata.normalize("NFD", text)).ids == tokenizer.encode(text).ids


def test_text_without_diacritics_has_pieces_of_its_own(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("vien thong").tokens == ["▁vien▁thong"]


def test_a_title_and_a_sentence_are_paired_with_their_passage() -> None:
    sentences = [
        "Câu thứ nhất của bài này có vài chữ để đủ dài.",
        "Câu thứ hai nói thêm về việc ấy cho rõ hơn nữa.",
        "Câu sau cùng khép lại đoạn văn ngắn gọn này ở đây.",
    ]
    document = Document("Tựa", " ".join(sentences))
    recipe = PairRecipe(pairs=20, titled=1.0, apart=1.0, asked_apart=0.0, repeats=1, unmarked=0.0, half_marked=0.0)
    pairs = make_pairs([document], [QuestionPair("Hỏi?", "Đáp.")], recipe)
    queries = {pair.query: pair.passage for pair in pairs}
    assert queries["Hỏi?"] == ["Đáp."]
    assert queries["Tựa"] == sentences
    for query in set(queries) - {"Hỏi?", "Tựa"}:
        assert queries[query] == [sentence for sentence in sentences if sentence != query]
    assert len(queries) > 2
    assert pairs == make_pairs([document], [QuestionPair("Hỏi?", "Đáp.")], recipe)


def test_passages_of_one_document_stand_side_by_side() -> None:
    text = "\n".join(f"Bài {topic} đoạn {at}: " + f"chữ{topic}{at} " * 90 for topic in "ab" for at in range(4))
    lines = text.split("\n")
    documents = [Document("", "\n".join(lines[:4])), Document("", "\n".join(lines[4:]))]
    pairs = make_pairs(documents, [], PairRecipe(pairs=8, neighbours=4, whole=1.0))
    topics = [pair.passage[0].split()[1] for pair in pairs]
    assert sorted(topics[:4] + topics[4:]) == sorted("aaaabbbb")
    assert len(set(topics[:4])) == len(set(topics[4:])) == 1


def test_a_passage_cut_to_a_window_keeps_the_sentence_of_the_query() -> None:
    sentences = [f"Đây là câu số {at} của đoạn văn, dài hơn bảy chữ." for at in range(9)]
    recipe = PairRecipe(pairs=40, passage_words=200, titled=0.0, apart=0.0, asked=0.0, whole=0.0, window=3)
    recipe = replace(recipe, unmarked=0.0, half_marked=0.0, question=QuestionRecipe(reworded=0.0))
    for pair in make_pairs([Document("", " ".join(sentences))], [], recipe):
        assert pair.query in pair.passage
        assert 1 <= len(pair.passage) <= 3


def test_training_brings_a_query_to_its_passage_and_repeats_exactly(tokenizer: Tokenizer) -> None:
    pairs = [TrainingPair("viễn thông", ["hạ tầng"]), TrainingPair("huyện", ["tỉnh"])] * 20
    recipe = TrainingRecipe(dimensions=8, batch=2, threads=1)
    vectors = train(tokenizer, pairs, recipe)
    assert torch.equal(vectors, train(tokenizer, pairs, recipe))
    query, right, wrong = (
        torch.nn.functional.normalize(vectors[tokenizer.encode(text).ids].mean(dim=0), dim=0)
        for text in ("viễn thông", "hạ tầng", "tỉnh")
    )
    assert query @ right > query @ wrong


def test_a_saved_model_loads_with_the_same_vectors(tokenizer: Tokenizer, tmp_path: Path) -> None:
    vectors = torch.eye(tokenizer.get_vocab_size())
    save(tokenizer, vectors, tmp_path)
    loaded = SentenceTransformer(str(tmp_path), device="cpu").encode(["viễn thông, huyện"])
    ids = tokenizer.encode("viễn thông, huyện").ids
    assert np.flatnonzero(loaded[0]).tolist() == sorted(ids)
    assert loaded[0][ids].tolist() == [0.5, 0.5]


def test_the_shipped_model_takes_at_most_25_megabytes() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) <= 25_000_000


def test_the_shipped_model_ranks_a_paraphrase_first(shipped: SentenceTransformer) -> None:
    texts = [
        "Tỉnh có bao nhiêu trạm phát sóng di động?",
        "Toàn tỉnh hiện có 1.167 trạm BTS phủ sóng điện thoại di động.",
        "Đội tuyển bóng đá thắng trận chung kết trên sân nhà.",
        "Giá lúa gạo xuất khẩu tăng nhẹ trong tuần qua.",
    ]
    vectors = np.asarray(shipped.encode(texts), dtype=np.float32)
    assert vectors.shape == (4, 512)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert np.isfinite(vectors).all()
    cosines = vectors[1:] @ vectors[0]
    assert cosines.argmax() == 0
    assert cosines[0] > cosines[1:].max() + 0.2


def test_the_shipped_model_reads_decomposed_text_alike(shipped: SentenceTransformer) -> None:
    text = "Sở Thông tin và Truyền thông tỉnh Đắk Nông"
    first, second = shipped.encode([text, unicodedata.normalize("NFD", text)])
    assert first.tolist() == second.tolist()
