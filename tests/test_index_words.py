import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import read_report
from index.frequency import positions
from index.words import Word, accented_share, fold, fold_key, is_plain, key, keys, marks, nfc, spelled, words
from tests.conftest import within

BUNDLED = Path(__file__).parents[1] / "reports"
VIETNAMESE = st.text(alphabet="aáàảãạăâbcdđeêhiklmnoôơpqrstuưvxyỳỹ ĐẮ0123456789.,/%&-()\n", max_size=80)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("Mỹ", "mĩ"),
        ("tỷ", "tỉ"),
        ("kỹ", "kĩ"),
        ("quý", "quí"),
        ("ĐẮK", "đắk"),
        ("1.167", "1167"),
        ("1,167", "1167"),
        ("99,7%", "99.7%"),
        ("0007", "7"),
    ],
)
def test_spellings_of_the_same_word_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ma", "má"), ("tầm", "tấm"), ("an", "ăn"), ("dòng", "đồng"), ("ý", "í"), ("thuy", "thui"), ("1.167", "1.16")],
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("hòa", "hoa`"),
        ("Trạm", "tram."),
        ("ĐẮK", "đăk'"),
        ("TT&TT", "tt&tt"),
        ("1.167", "1167"),
        ("1.201.267", "1201267"),
        ("99,7%", "99.7%"),
        ("19/29", "19/29"),
        ("1.2.3", "1.2.3"),
        ("4G", "4g"),
    ],
)
def test_key_of_a_word(written: str, expected: str) -> None:
    assert key(written) == expected


@given(st.text(alphabet="aáàạăắâấđeêếioôốơớuưứyýbcghklmnprstvx", min_size=1, max_size=8))
def test_a_word_in_nfd_has_the_key_of_its_nfc_form(word: str) -> None:
    assert key(unicodedata.normalize("NFD", word)) == key(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Đắk Nông", "dak nong"), ("TRẠM", "tram"), ("thuỷ", "thuy"), ("99,7%", "99,7%"), ("ASCII", "ascii")],
)
def test_folding_drops_case_and_diacritics(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_words_carry_offsets_key_and_folded_form() -> None:
    assert words("Trạm BTS: 1.167, đạt 99,7%!") == [
        Word(0, 4, "tram.", "tram"),
        Word(5, 8, "bts", "bts"),
        Word(10, 15, "1167", "1167"),
        Word(17, 20, "đat.", "dat"),
        Word(21, 26, "99.7%", "99.7%"),
    ]


def test_a_number_folds_to_itself_so_that_99_7_is_not_997() -> None:
    assert [word.folded for word in words("99,7% 997%")] == ["99.7%", "997%"]


def test_the_full_stop_of_a_sentence_is_no_part_of_a_number() -> None:
    assert keys("Có 1.167. Tăng 44, giảm 3.") == ["co'", "1167", "tăng", "44", "giam?", "3"]


@given(VIETNAMESE)
def test_offsets_slice_the_word_back(text: str) -> None:
    text = nfc(text)
    assert [key(text[word.start : word.end]) for word in words(text)] == keys(text)


@given(VIETNAMESE)
def test_words_are_in_order_and_do_not_overlap(text: str) -> None:
    ends = [bound for word in words(nfc(text)) for bound in (word.start, word.end)]
    assert ends == sorted(ends)
    assert all(word.start < word.end for word in words(nfc(text)))


@pytest.mark.parametrize(("form", "plain"), [("tram", True), ("tram.", False), ("đo", False), ("1167", True)])
def test_a_plain_key_has_no_diacritics(form: str, plain: bool) -> None:
    assert is_plain(form) is plain


def test_the_accented_share_counts_alphabetic_words_only() -> None:
    assert accented_share(keys("có bao nhiêu trạm 1167")) == 0.75
    assert accented_share(keys("co bao nhieu tram 1167")) == 0.0
    assert accented_share([]) == 0.0


def test_nfc_joins_letters_and_marks() -> None:
    assert nfc(unicodedata.normalize("NFD", "Đắk Nông")) == "Đắk Nông"
    assert len(nfc(unicodedata.normalize("NFD", "Đắk Nông"))) == 8


@pytest.mark.parametrize(
    ("form", "like", "written"),
    [
        ("hoa`", "hoa", "hòa"),
        ("hoang`", "hoang", "hoàng"),
        ("thoai.", "thoai", "thoại"),
        ("khuyu?", "khuyu", "khuỷu"),
        ("mia'", "mia", "mía"),
        ("gia'", "gia", "giá"),
        ("gi`", "gi", "gì"),
        ("giêng'", "gieng", "giếng"),
        ("quôc'", "quoc", "quốc"),
        ("qua?", "qua", "quả"),
        ("mươi`", "muoi", "mười"),
        ("thuê", "thue", "thuê"),
        ("đăk'", "dak", "đắk"),
        ("bts", "bts", "bts"),
        ("", "", ""),
    ],
)
def test_a_key_is_written_with_its_tone_on_the_right_vowel(form: str, like: str, written: str) -> None:
    assert spelled(form, like) == written


@pytest.mark.parametrize(
    ("form", "like", "written"),
    [
        ("đăk'", "Dak", "Đắk"),
        ("ti?", "ty", "tỷ"),
        ("ti?", "ti", "tỉ"),
        ("ki~", "kỷ", "kỹ"),
        ("qui'", "QUY", "QUÝ"),
        ("qui'", "Quy", "Quý"),
        ("i'", "Y", "Ý"),
    ],
)
def test_a_key_is_written_with_the_capitals_and_the_final_y_of_what_was_typed(
    form: str, like: str, written: str
) -> None:
    assert spelled(form, like) == written


def test_every_known_syllable_is_the_key_of_its_own_spelling() -> None:
    syllables = [form for form in positions() if form.rstrip("`'~?.").isalpha()]
    assert len(syllables) > 5_000
    assert [form for form in syllables if key(spelled(form, form)) != form] == []


def test_the_syllables_of_the_bundled_reports_are_spelled_as_they_stand_there() -> None:
    text = "".join(read_report(BUNDLED, path.name).text for path in sorted(BUNDLED.glob("*.md")))
    written = {text[word.start : word.end] for word in words(text)}
    syllables = {word for word in written if word.isalpha() and (word.islower() or word.istitle())}
    assert len(syllables) > 500
    changed = {(word, spelled(key(word), word)) for word in syllables if spelled(key(word), word) != word}
    assert changed == {("hoá", "hóa"), ("Uỷ", "Ủy")}  # the older tone placement


@pytest.mark.parametrize(
    ("form", "plain"), [("tram.", "tram"), ("điên.", "dien"), ("song", "song"), ("1.5", "1.5"), ("0.5%", "0.5%")]
)
def test_a_key_without_its_marks(form: str, plain: str) -> None:
    assert fold_key(form) == plain


def test_the_marks_of_a_key_tell_what_was_typed_of_it() -> None:
    assert marks("điên.") == {"\u0335", "\u0302", "."}
    assert marks("đien") == {"\u0335"}
    assert marks("dien") == frozenset()
    assert marks("dien") < marks("điên") < marks("điên.")
    assert not marks("song'") <= marks("sông")


def test_a_heap_of_combining_marks_is_cut_and_takes_no_time():
    heap = "a" + "\u0301\u0323" * 100_000
    with within(5):
        made = nfc(heap)
    assert len(made) == 30
    assert nfc("Vie\u0302\u0323t") == "Việt"
    assert nfc("…" * 50) == "…" * 50


def test_each_gets_its_own_list_of_the_words_of_a_text() -> None:
    words("trạm BTS").clear()
    assert [word.key for word in words("trạm BTS")] == ["tram.", "bts"]
