import pytest

from index.lexicon import canonical_words, same_word
from index.words import Word, keys, words


def forms(text: str, typed: bool = False) -> list[str]:
    return [word.key for word in canonical_words(text, typed)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TTHC", "thủ tục hành chính"),
        ("TT&TT", "thông tin và truyền thông"),
        ("CNTT", "công nghệ thông tin"),
        ("DVCTT", "dịch vụ công trực tuyến"),
        ("CĐS", "chuyển đổi số"),
        ("BCVT", "bưu chính viễn thông"),
        ("smartphone", "điện thoại thông minh"),
        ("cột sóng", "trạm BTS"),
        ("trạm phát sóng BTS", "trạm BTS"),
        ("website", "trang thông tin điện tử"),
        ("uỷ ban nhân dân", "UBND"),
        ("PCI", "chỉ số năng lực cạnh tranh cấp tỉnh"),
        ("chỉ số DTI", "chỉ số chuyển đổi số"),
        ("NSĐP", "ngân sách địa phương"),
        ("nhà dân", "hộ gia đình"),
    ],
)
def test_phrases_that_mean_the_same_get_the_same_words(one: str, other: str) -> None:
    assert forms(f"số {one} năm nay") == forms(f"số {other} năm nay")


def test_the_words_of_a_phrase_all_stand_at_the_phrases_place() -> None:
    assert canonical_words("Có TTHC") == [
        Word(0, 2, "co'", "co"),
        Word(3, 7, "thu?", "thu"),
        Word(3, 7, "tuc.", "tuc"),
        Word(3, 7, "hanh`", "hanh"),
        Word(3, 7, "chinh'", "chinh"),
    ]


def test_an_abbreviation_in_lower_case_is_only_one_in_a_typed_question() -> None:
    assert forms("bao nhieu tthc", typed=True)[2:] == keys("thủ tục hành chính")
    assert forms("bao nhiêu tthc") == keys("bao nhiêu tthc")


def test_a_question_with_capitals_keeps_its_lower_case_words() -> None:
    assert forms("Vt nào? kh", typed=True) == keys("Vt nào? kh")


def test_a_phrase_typed_without_diacritics_is_known() -> None:
    assert forms("cot song", typed=True) == forms("trạm BTS")


def test_a_phrase_without_diacritics_in_a_report_is_left_alone() -> None:
    assert canonical_words("cot song") == words("cot song")


def test_text_without_phrases_keeps_its_words() -> None:
    text = "Mưa lớn ở 12 xã"
    assert canonical_words(text) == words(text)


@pytest.mark.parametrize(
    ("written", "typed", "same"),
    [("trạm", False, True), ("tram", False, False), ("tram", True, True), ("tràm", True, False)],
)
def test_a_typed_word_may_lack_its_diacritics(written: str, typed: bool, same: bool) -> None:
    assert same_word(words(written)[0], "tram.", typed) is same
