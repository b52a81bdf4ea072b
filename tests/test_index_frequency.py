import pytest

from index.frequency import is_known, rarity


def test_a_word_never_seen_is_the_rarest() -> None:
    assert rarity("zzqx'", "zzqx") == 1.0


def test_common_words_tell_less_than_rare_ones() -> None:
    assert rarity("va`", "va") < 0.2
    assert rarity("va`", "va") < rarity("thuê", "thue") < rarity("khâm", "kham")


def test_a_word_without_diacritics_counts_as_the_commonest_it_may_be() -> None:
    assert rarity("va", "va") <= rarity("va`", "va")


@pytest.mark.parametrize(("folded", "known"), [("tram", True), ("nghieng", True), ("trma", False), ("bts9", False)])
def test_whether_a_syllable_is_vietnamese(folded: str, known: bool) -> None:
    assert is_known(folded) is known
