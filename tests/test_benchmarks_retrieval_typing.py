import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.retrieval.typing import WAYS
from index.words import fold, is_plain, keys, marks
from training.corpus import strip_diacritics

QUESTION = "Tỉnh Điện Biên đặt mục tiêu có bao nhiêu trạm phát sóng di động năm 2024?"
VIETNAMESE = st.text(alphabet="aăâđeêioôơuưyáàảãạếồữĐẮbnt 019?,.", max_size=60)


def test_there_are_four_ways_of_typing_from_all_diacritics_to_none() -> None:
    assert list(WAYS) == ["full", "half of the words", "half of the marks", "none"]


@given(VIETNAMESE)
def test_full_is_as_written(text: str) -> None:
    assert WAYS["full"](text) == text


def test_none_leaves_no_diacritic() -> None:
    assert WAYS["none"](QUESTION) == "Tinh Dien Bien dat muc tieu co bao nhieu tram phat song di dong nam 2024?"


def test_half_of_the_words_keep_all_their_diacritics_and_half_none() -> None:
    typed = WAYS["half of the words"](QUESTION).split(" ")
    pairs = list(zip(typed, QUESTION.split(" "), strict=True))
    assert all(word in (full, strip_diacritics(full)) for word, full in pairs)
    assert 3 <= sum(word != full for word, full in pairs) <= 12


def test_half_of_the_marks_leaves_words_with_some_of_theirs() -> None:
    typed = keys(WAYS["half of the marks"](QUESTION))
    full = keys(QUESTION)
    assert all(marks(word) <= marks(other) for word, other in zip(typed, full, strict=True))
    assert any(word != other and not is_plain(word) for word, other in zip(typed, full, strict=True))
    kept = sum(len(marks(word)) for word in typed) / sum(len(marks(word)) for word in full)
    assert 0.25 < kept < 0.75


@pytest.mark.parametrize("way", WAYS)
@given(VIETNAMESE)
def test_each_way_leaves_the_letters_and_always_the_same(way: str, text: str) -> None:
    typed = WAYS[way](text)
    assert typed == WAYS[way](text) == unicodedata.normalize("NFC", typed)
    assert fold(typed) == fold(text)


def test_different_questions_lose_different_words() -> None:
    first, second = (WAYS["half of the words"](f"{QUESTION} {end}").split(" ")[:-1] for end in ("a", "b"))
    assert first != second
