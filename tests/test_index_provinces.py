import unicodedata

import pytest

from index.provinces import NAMES, Mention, find_provinces, province_of_domain
from index.provinces_table import MERGED, PROVINCES, former_parts, successor
from index.words import fold, nfc
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
        ("Đăklăk", "Đắk Lắk"),
        ("ĐắkLắk", "Đắk Lắk"),
        ("Đắk-Lắk", "Đắk Lắk"),
        ("Đắc Lắk", "Đắk Lắk"),
        ("Qủang Ninh", "Quảng Ninh"),
        ("TT-Huế", "Thừa Thiên Huế"),
        ("BR-VT", "Bà Rịa - Vũng Tàu"),
        ("TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("T.P Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Sài Gòn", "Thành phố Hồ Chí Minh"),
        ("Điện Biên Phủ", "Điện Biên"),
        ("Kiên\nGiang", "Kiên Giang"),
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
        ("daknong", "Đắk Nông"),
        ("đăklăk", "Đắk Lắk"),
        ("đác lác", "Đắk Lắk"),
        ("Đồng Thap", "Đồng Tháp"),
        ("Đồng tháp", "Đồng Tháp"),
        ("Quãng Ngãi", "Quảng Ngãi"),
        ("Vỉnh Long", "Vĩnh Long"),
        ("tp hồ chí minh", "Thành phố Hồ Chí Minh"),
        ("sài gòn", "Thành phố Hồ Chí Minh"),
        ("huế", "Thừa Thiên Huế"),
        ("br-vt", "Bà Rịa - Vũng Tàu"),
    ],
)
def test_spellings_of_a_question(text: str, name: str) -> None:
    assert find_provinces(f"{text} co bao nhieu tram", typed=True) == [Mention(name, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tuyên Qang", "Tuyên Quang"),  # a letter left out
        ("Quảng Bnh", "Quảng Bình"),
        ("Lạng Sơnn", "Lạng Sơn"),  # doubled
        ("Đắk Nogn", "Đắk Nông"),  # swapped
        ("dien bienn", "Điện Biên"),
        ("Thái Ngyên", "Thái Nguyên"),
        ("Đák Nông", "Đắk Nông"),  # wrong accents
        ("Đồng Thạp", "Đồng Tháp"),
    ],
)
def test_one_slip_in_the_name_of_a_question(text: str, name: str) -> None:
    assert find_provinces(f"{text} có bao nhiêu trạm", typed=True) == [Mention(name, 0, len(text))]
    assert find_provinces(f"Sở {text} họp.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nang",  # a word of its own
        "Qang Nih",  # two slips
        "Quảng Zinh",  # Quảng Ninh or Quảng Bình
        "HN",  # Hà Nội or Hà Nam
        "ĐN",
    ],
)
def test_what_may_be_something_else_is_no_slip(text: str) -> None:
    assert find_provinces(f"{text} có bao nhiêu trạm", typed=True) == []


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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ty le ho gia dinh co cap quang nam 2023 cua phu tho", ["Phú Thọ"]),
        ("Mạng cáp quang Ninh Bình dài bao nhiêu?", ["Ninh Bình"]),
        ("CÁP QUANG NINH BÌNH", ["Ninh Bình"]),
        ("công nghệ an toàn thông tin", []),
        ("cong nghe an giang", ["An Giang"]),
        ("gui bao cao bang van ban", []),
        ("theo báo cao bằng", ["Cao Bằng"]),
        ("danh gia lai chau", ["Lai Châu"]),
        ("tham gia lai tạo giống", []),
        ("lao dong thap nghiep vu", []),
        ("da nang cap he thong", []),
        ("da nang co bao nhieu tram", ["Đà Nẵng"]),
        ("nam dinh huong phat trien", []),
        ("nam dinh huong dan bao nhieu xa", ["Nam Định"]),
        ("hoan thanh hoa don dien tu", []),
        ("dien bien phuc tap", []),
        ("thanh tra vinh long", ["Vĩnh Long"]),
        ("dich vu cong truc tuyen quang ninh", ["Quảng Ninh"]),
        ("doanh thu buu chinh phu tho", ["Phú Thọ"]),
        ("cong dich vu cong dong thap", ["Đồng Tháp"]),
        ("cuoc song hoa binh ra sao", []),
        ("tinh hai phong may chu", ["Hải Phòng"]),
        ("khu vực châu Á – Thái Bình Dương", []),
        ("Thái Bình và Bình Dương", ["Thái Bình", "Bình Dương"]),
        ("phía Bắc Ninh Bình", ["Ninh Bình"]),
        ("ở phía Bắc. Ninh Bình có", ["Ninh Bình"]),
        ("ở đồng Tháp", ["Đồng Tháp"]),
        ("Trung tâm Khoa học Xã hội và Nhân văn Nghệ An", ["Nghệ An"]),
        ("Mai Đồng Tháp có mưa không?", ["Đồng Tháp"]),
    ],
)
def test_words_that_only_run_into_a_name_are_no_part_of_it(text: str, names: list[str]) -> None:
    assert [mention.name for mention in find_provinces(text, typed=True)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chủ tịch Hồ Chí Minh", []),
        ("học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh", []),
        ("Đoàn TNCS Hồ Chí Minh tỉnh Hà Nam", ["Hà Nam"]),
        ("Học viện Chính trị quốc gia Hồ Chí Minh", []),
        ("Hồ Chí Minh có bao nhiêu trạm?", ["Thành phố Hồ Chí Minh"]),
        ("Chủ tịch UBND TP. Hồ Chí Minh", ["Thành phố Hồ Chí Minh"]),
        ("đường Điện Biên Phủ", []),
        ("chiến thắng Điện Biên Phủ", []),
        ("TP. Điện Biên Phủ", ["Điện Biên"]),
        ("sông Đồng Nai", []),
        ("Đại học Thái Nguyên", []),
        ("cao tốc Tuyên Quang – Phú Thọ đi qua Hà Giang", ["Hà Giang"]),
        ("Hải Dương Hà Nam", ["Hải Dương", "Hà Nam"]),
        ("ông Nguyễn Thái Bình", []),
        ("bà Hà Hải Dương", []),
        ("Trần Thị Khánh Hòa", []),
        ("UBND tỉnh Hà Nam", ["Hà Nam"]),
        ("huyện Võ Nhai Thái Nguyên", ["Thái Nguyên"]),
    ],
)
def test_people_streets_and_rivers_are_no_province(text: str, names: list[str]) -> None:
    assert [mention.name for mention in find_provinces(text)] == names
    assert [mention.name for mention in find_provinces(text, typed=True)] == names


def test_a_name_does_not_run_over_a_blank_line() -> None:
    assert find_provinces("Hà\n\nNội", typed=True) == []


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
        ("tphcm.gov.vn, baria-vungtau.gov.vn", ["Thành phố Hồ Chí Minh", "Bà Rịa - Vũng Tàu"]),
        ("mic.gov.vn và dienbien.vn", []),
    ],
)
def test_a_government_address_tells_its_province(text: str, names: list[str]) -> None:
    assert province_of_domain(text) == names


def test_a_megabyte_without_a_break_is_searched_in_time() -> None:
    with within(10):
        assert province_of_domain("a" * 1_000_000) == []


def test_there_are_thirty_four_since_july_2025() -> None:
    assert MERGED.isoformat() == "2025-07-01"
    today = [name for name in NAMES if successor(name) == name]
    assert len(today) == 34
    assert {successor(name) for name in NAMES} == set(today)
    assert sorted(part for name in today for part in former_parts(name)) == sorted(NAMES)


def test_eleven_stay_as_they_were() -> None:
    assert [name for name in NAMES if former_parts(name) == (name,)] == [
        "Cao Bằng", "Điện Biên", "Hà Nội", "Hà Tĩnh", "Lai Châu", "Lạng Sơn", "Nghệ An", "Quảng Ninh", "Sơn La",
        "Thanh Hóa", "Thừa Thiên Huế",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Tuyên Quang", ("Hà Giang",)),
        ("Lào Cai", ("Yên Bái",)),
        ("Thái Nguyên", ("Bắc Kạn",)),
        ("Phú Thọ", ("Hòa Bình", "Vĩnh Phúc")),
        ("Bắc Ninh", ("Bắc Giang",)),
        ("Hưng Yên", ("Thái Bình",)),
        ("Hải Phòng", ("Hải Dương",)),
        ("Ninh Bình", ("Hà Nam", "Nam Định")),
        ("Quảng Trị", ("Quảng Bình",)),
        ("Đà Nẵng", ("Quảng Nam",)),
        ("Quảng Ngãi", ("Kon Tum",)),
        ("Gia Lai", ("Bình Định",)),
        ("Khánh Hòa", ("Ninh Thuận",)),
        ("Lâm Đồng", ("Bình Thuận", "Đắk Nông")),
        ("Đắk Lắk", ("Phú Yên",)),
        ("Thành phố Hồ Chí Minh", ("Bà Rịa - Vũng Tàu", "Bình Dương")),
        ("Đồng Nai", ("Bình Phước",)),
        ("Tây Ninh", ("Long An",)),
        ("Cần Thơ", ("Hậu Giang", "Sóc Trăng")),
        ("Vĩnh Long", ("Bến Tre", "Trà Vinh")),
        ("Đồng Tháp", ("Tiền Giang",)),
        ("Cà Mau", ("Bạc Liêu",)),
        ("An Giang", ("Kiên Giang",)),
    ],
)
def test_a_province_is_made_of_itself_and_those_joined_into_it(name: str, parts: tuple[str, ...]) -> None:
    assert former_parts(name) == (name, *parts)
    assert [former_parts(part) for part in parts] == [()] * len(parts)


def test_a_report_of_before_2025_is_of_the_old_province() -> None:
    assert [successor("Hà Giang", year) for year in (2021, 2024, 2025, 2026, None)] == [
        "Hà Giang", "Hà Giang", "Tuyên Quang", "Tuyên Quang", "Tuyên Quang",
    ]  # fmt: skip
    assert successor("Tuyên Quang", 2021) == "Tuyên Quang"


def test_no_spelling_stands_for_two_provinces() -> None:
    spelled = [fold(spelling) for p in PROVINCES.values() for spelling in {fold(s) for s in (p.name, *p.spellings)}]
    assert len(spelled) == len(set(spelled))
