import unicodedata

import pytest

from index.provinces import NAMES, Mention, find_provinces, province_of_domain
from index.words import nfc
from tests.conftest import within


def test_there_are_sixty_three_provinces_and_cities_in_nfc() -> None:
    assert len(set(NAMES)) == 63
    assert [name for name in NAMES if nfc(name) != name] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_found_in_a_report_and_in_a_plain_lower_case_question(name: str) -> None:
    plain = unicodedata.normalize("NFD", name.lower()).replace("đ", "d")
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    assert [found.name for found in find_provinces(f"Sở của tỉnh {name} họp.")] == [name]
    assert [found.name for found in find_provinces(f"so cua tinh {plain} hop", typed=True)] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đăk Nông", "Đắk Nông"),
        ("Đắc Nông", "Đắk Nông"),
        ("ĐẮK NÔNG", "Đắk Nông"),
        ("Daklak", "Đắk Lắk"),
        ("DongThap", "Đồng Tháp"),
        ("Thừa Thiên - Huế", "Thừa Thiên Huế"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Hoà Bình", "Hòa Bình"),
        ("TP.HCM", "Thành phố Hồ Chí Minh"),
        ("Bắc Cạn", "Bắc Kạn"),
        ("Kontum", "Kon Tum"),
    ],
)
def test_other_spellings_in_a_report(text: str, name: str) -> None:
    assert find_provinces(f"e – {text}, ngày 5") == [Mention(name, 4, 4 + len(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dak Nong", "Đắk Nông"),
        ("dak nong", "Đắk Nông"),
        ("đăk nông", "Đắk Nông"),
        ("đak nông", "Đắk Nông"),
        ("dongthap", "Đồng Tháp"),
        ("điện biên", "Điện Biên"),
        ("tphcm", "Thành phố Hồ Chí Minh"),
        ("hoa binh", "Hòa Bình"),
    ],
)
def test_spellings_of_a_question(text: str, name: str) -> None:
    assert find_provinces(f"{text} co bao nhieu tram", typed=True) == [Mention(name, 0, len(text))]


def test_a_name_in_nfd_is_found_once_the_text_is_nfc() -> None:
    assert find_provinces(nfc(unicodedata.normalize("NFD", "tại Đắk Nông"))) == [Mention("Đắk Nông", 4, 12)]


@pytest.mark.parametrize(
    "text",
    [
        "Năm định hướng phát triển",
        "Năm Định hướng phát triển",
        "cuộc sống hoà bình",
        "Diễn biến thị trường",
        "ngành hải dương học",
        "Dien Bien",  # a report writes its accents
        "an giang hồ",
    ],
)
def test_ordinary_words_of_a_report_are_no_province(text: str) -> None:
    assert find_provinces(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "năm định hướng phát triển",
        "diễn biến thị trường ra sao",
        "Cuộc sống hoà bình ra sao",
        "Ngành hải dương học ra sao",
    ],
)
def test_ordinary_words_of_a_question_are_no_province(text: str) -> None:
    assert find_provinces(text, typed=True) == []


def test_a_lower_case_common_word_after_tinh_is_a_province() -> None:
    assert find_provinces("Doanh thu của tỉnh hoà bình", typed=True) == [Mention("Hòa Bình", 19, 27)]


def test_several_provinces_come_in_order_and_the_longest_spelling_wins() -> None:
    text = "Thái Bình, Quảng Bình và Thừa Thiên Huế"
    assert [found.name for found in find_provinces(text)] == ["Thái Bình", "Quảng Bình", "Thừa Thiên Huế"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("https://dichvucong.dienbien.gov.vn/", ["Điện Biên"]),
        ("Theo: TuyenQuang.gov.vn", ["Tuyên Quang"]),
        ("(hochiminhcity.gov.vn)", ["Thành phố Hồ Chí Minh"]),
        ("mic.gov.vn và dienbien.vn", []),
    ],
)
def test_a_government_address_tells_its_province(text: str, names: list[str]) -> None:
    assert province_of_domain(text) == names


def test_a_megabyte_without_a_break_is_searched_in_time() -> None:
    with within(10):
        assert province_of_domain("a" * 1_000_000) == []
