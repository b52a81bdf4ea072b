import unicodedata
from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex, passage_terms

TEXTS = [
    "Doanh thu bưu chính ước đạt 42,5 tỷ đồng.",
    "Tổng số trạm BTS toàn tỉnh là 1.336 trạm.",
    "Cổng dịch vụ công tiếp nhận 4.600 hồ sơ thủ tục hành chính.",
    "Hội sách được mở ở thị trấn, có nhiều bạn đọc.",
]


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("tỉnh có bao nhiêu trạm BTS", 1),
        ("tinh co bao nhieu tram bts", 1),
        ("tỉnh có bao nhieu tram BTS", 1),
        ("bao nhiêu cột sóng", 1),
        ("1336 trạm ở đâu", 1),
        ("doanh thu buu chinh", 0),
        ("tiếp nhận mấy TTHC", 2),
        ("tiep nhan may tthc", 2),
        ("hội sách ở đâu", 3),
        ("doc", 3),
    ],
)
def test_a_question_finds_its_passage(lexical: LexicalIndex, question: str, best: int) -> None:
    scores = lexical.scores(question)
    assert scores.shape == (4,)
    assert scores.dtype == np.float32
    assert int(np.argmax(scores)) == best


def test_a_question_typed_without_diacritics_scores_its_passage_far_above_the_rest(lexical: LexicalIndex) -> None:
    scores = np.sort(lexical.scores("tong so tram bts toan tinh"))
    assert scores[-1] > 5 * scores[-2]


def test_other_tone_placement_scores_the_same() -> None:
    lexical = LexicalIndex.build(["Khoa học và hoà giải.", "Doanh thu bưu chính."])
    assert lexical.scores("khoa học hòa giải").tolist() == lexical.scores("khoa học hoà giải").tolist()
    assert lexical.scores("hòa")[0] > 0


def test_an_accented_question_does_not_match_other_accents(lexical: LexicalIndex) -> None:
    assert lexical.scores("hồi sạch thì trăn").tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("question", ["", "zzz qqq", "?!"])
def test_a_question_without_a_common_word_scores_nothing(lexical: LexicalIndex, question: str) -> None:
    assert lexical.scores(question).tolist() == [0, 0, 0, 0]


def test_the_terms_of_a_passage_are_accented_plain_and_pairs() -> None:
    assert passage_terms("Hội sách") == ["hôi.", "sach'", "~hoi", "~sach", "hôi. sach'", "~hoi sach"]


def test_the_share_of_a_word_counts_passages(lexical: LexicalIndex) -> None:
    assert lexical.share("bts") == 0.25
    assert lexical.share("~tho") == 0.0
    assert LexicalIndex.build(["một trạm", "hai trạm"]).share("tram.") == 1.0


def test_a_saved_index_gives_the_same_scores(lexical: LexicalIndex, tmp_path: Path) -> None:
    lexical.save(tmp_path / "lexical")
    again = LexicalIndex.load(tmp_path / "lexical", len(TEXTS))
    question = unicodedata.normalize("NFC", "bao nhiêu trạm BTS toàn tỉnh")
    assert again.scores(question).tolist() == lexical.scores(question).tolist()


def test_a_saved_index_is_numpy_arrays_and_json_without_pickle(lexical: LexicalIndex, tmp_path: Path) -> None:
    lexical.save(tmp_path)
    for path in tmp_path.glob("*.npy"):
        np.load(path, allow_pickle=False)
    assert {path.suffix for path in tmp_path.iterdir()} == {".npy", ".json"}
