import unicodedata
from pathlib import Path

import numpy as np
import pytest

from index.frequency import rarity
from index.lexical import LexicalIndex, TermWeights, passage_terms
from index.restore import restore

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
        ("tỉnh có bao nhieu tram BTS", 1),
        ("bao nhiêu cột sóng", 1),
        ("1336 trạm ở đâu", 1),
        ("tiếp nhận mấy TTHC", 2),
        ("hội sách ở đâu", 3),
    ],
)
def test_a_question_finds_its_passage(lexical: LexicalIndex, question: str, best: int) -> None:
    scores = lexical.scores(question)
    assert scores.shape == (4,)
    assert scores.dtype == np.float32
    assert int(np.argmax(scores)) == best


@pytest.mark.parametrize(
    ("typed", "best"),
    [("tinh co bao nhieu tram bts", 1), ("doanh thu buu chinh", 0), ("tiep nhan may tthc", 2), ("ban doc", 3)],
)
def test_a_question_typed_without_diacritics_finds_its_passage_once_restored(
    lexical: LexicalIndex, typed: str, best: int
) -> None:
    assert int(np.argmax(lexical.scores(restore(typed, lexical.share), restored=True))) == best


def test_a_restored_word_counts_less_in_a_passage_that_has_it_with_other_diacritics() -> None:
    lexical = LexicalIndex.build(["Bạn đọc sách", "Hại độc hơn", "Không có gì"])
    assert lexical.scores("độc")[[0, 2]].tolist() == [0, 0]
    other, exact, none = lexical.scores("độc", restored=True, weights=TermWeights(plain=0.5))
    assert exact == lexical.scores("độc")[1]
    assert 0 < other < 0.5 * exact
    assert none == 0
    assert lexical.scores("độc", restored=True, weights=TermWeights(plain=0.0)).tolist() == [0, exact, 0]


def test_a_word_common_in_vietnamese_weighs_less_than_a_rare_one_as_common_in_the_passages() -> None:
    lexical = LexicalIndex.build(["và", "trạm", "một hai ba"])
    common, rare, _ = lexical.scores("và? trạm", weights=TermWeights(rarity=0.5))
    assert common / rare == pytest.approx((rarity("va`", "va") / rarity("tram.", "tram")) ** 0.5)
    common, rare, _ = lexical.scores("và? trạm", weights=TermWeights(rarity=0.0))
    assert common == rare


def test_words_side_by_side_as_in_the_question_count_more() -> None:
    lexical = LexicalIndex.build(["thu ngân", "ngân thu"])
    same, turned = lexical.scores("thu ngân", weights=TermWeights(pair=0.3))
    assert same > turned > 0
    same, turned = lexical.scores("thu ngân", weights=TermWeights(pair=0.0))
    assert same == turned


@pytest.mark.parametrize(
    ("phrase", "passages"),
    [
        ("Bắc Giang", [0, 3]),
        ("bắc giang", [0, 3]),
        ("Bac Giang", []),
        ("Giang", [0, 1, 3]),
        ("Thừa Thiên Huế", [2]),
        ("Thừa Huế", []),
        ("Hà Nội", []),
    ],
)
def test_passages_that_hold_a_phrase(phrase: str, passages: list[int]) -> None:
    texts = ["Sở của Bắc Giang họp.", "Giang Bắc, Hà Giang.", "Huế, Thừa Thiên Huế.", "Bắc\nGiang"]
    assert LexicalIndex.build(texts).holding(phrase).tolist() == passages


def test_a_question_typed_without_diacritics_scores_its_passage_far_above_the_rest(lexical: LexicalIndex) -> None:
    scores = np.sort(lexical.scores(restore("tong so tram bts toan tinh", lexical.share), restored=True))
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
