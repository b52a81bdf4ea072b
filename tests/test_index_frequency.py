import math

import numpy as np
import pytest

from index.frequency import NUMBER, START, following, forms_of, is_known, positions, rarity, share_of


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


def test_the_forms_of_a_syllable_come_by_how_common_they_are() -> None:
    forms = forms_of("duoc")
    assert forms[0] == "đươc."
    assert [share_of(form) for form in forms] == sorted(map(share_of, forms), reverse=True)
    assert forms_of("zzqx") == []


def test_a_syllable_never_seen_has_the_least_share_but_some() -> None:
    assert 0 < share_of("zzqx'") < share_of("khâm") < share_of("va`") < 1


def test_pairs_are_counted_of_the_start_of_a_line_numbers_and_syllables() -> None:
    assert list(positions())[:2] == [START, NUMBER]
    assert list(positions().values()) == list(range(len(positions())))


def test_what_often_follows_is_likelier() -> None:
    told = following(["viên~", "viên~", START], ["thông", "thôn", "thông"])
    assert told.shape == (3,)
    assert told.dtype == np.float32
    assert told[0] > math.log(0.3)
    assert told[0] > told[1] + 5
    assert told[0] > told[2] + 5


def test_a_pair_never_seen_has_a_share_of_the_likelihood_of_its_second_word() -> None:
    backed_off = [math.log(0.4 * share_of(right) / 60) for right in ("thông", "zzqx'")]
    np.testing.assert_allclose(following(["zzqx'"] * 2, ["thông", "zzqx'"]), backed_off, rtol=1e-6)


def test_the_likelihoods_of_all_that_was_seen_to_follow_sum_to_one() -> None:
    rights = list(positions())
    alone = following(["zzqx'"] * len(rights), rights)
    for left in (START, NUMBER, "viên~", "nhiêu"):
        told = following([left] * len(rights), rights)
        assert np.exp(told[told != alone]).sum() == pytest.approx(1, abs=1e-3)
