import pytest

from assistant.vocabulary import COMBINED, is_function_word
from index.words import words


def asks_or_joins(written: str, accented: bool = True) -> bool:
    return is_function_word(words(written)[0], accented)


@pytest.mark.parametrize("written", ["bao", "nhiêu", "mấy", "của", "năm", "tỉnh", "ko", "A", "b"])
def test_words_that_only_ask_or_join(written: str) -> None:
    assert asks_or_joins(written)


@pytest.mark.parametrize("written", ["trạm", "doanh", "thu", "xã", "BTS", "đ", "5"])
def test_words_that_name_something(written: str) -> None:
    assert not asks_or_joins(written)


def test_a_plain_form_asks_only_in_a_question_without_diacritics() -> None:
    assert asks_or_joins("nhieu", accented=False)
    assert not asks_or_joins("nam", accented=True)
    assert asks_or_joins("nam", accented=False)


@pytest.mark.parametrize("written", ["thu", "le", "ban"])
def test_plain_forms_that_may_be_content_are_kept(written: str) -> None:
    assert not asks_or_joins(written, accented=False)


def test_trades_counted_together_are_pairs_of_different_trades() -> None:
    trades = [trade for pair in COMBINED for trade in pair]
    assert len(trades) == len(set(trades)) == 2 * len(COMBINED)
