import pytest

from index.names import PersonName, find_names


def test_a_person_is_found_with_offsets() -> None:
    assert find_names("Ông Lê Văn Minh chủ trì.") == [PersonName("Lê Văn Minh", 4, 15)]


def test_several_people_come_in_order() -> None:
    text = "đồng chí Trần Thị Hoa, Phó Giám đốc Sở và bà Nguyễn Thu Hà, Chánh Văn phòng"
    assert [name.name for name in find_names(text)] == ["Trần Thị Hoa", "Nguyễn Thu Hà"]


def test_after_a_title_a_rare_surname_is_a_name_too() -> None:
    assert find_names("bà Y Thanh Niê phát biểu") == [PersonName("Y Thanh Niê", 3, 14)]


def test_a_title_that_opens_the_sentence_is_no_part_of_the_name() -> None:
    assert find_names("Bà Lùng Thị Hiên tới dự") == [PersonName("Lùng Thị Hiên", 3, 16)]


@pytest.mark.parametrize(
    "text",
    [
        "Sở Thông tin và Truyền thông",
        "tỉnh Hà Giang",
        "huyện Lâm Thao",
        "Báo Hà Giang",
        "tại Thái Bình",
        "ông Nguyễn",
        "Ủy ban nhân dân",
        "",
    ],
)
def test_places_offices_and_lone_surnames_are_no_people(text: str) -> None:
    assert find_names(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Đồng chí Phó Chủ tịch UBND tỉnh Hoàng Văn Phong trao Bằng khen.", ["Hoàng Văn Phong"]),
        ("Chánh Thanh tra Sở Đàng Năng Vinh cho biết", ["Đàng Năng Vinh"]),
        ("VP. A Blong Sơn", ["A Blong Sơn"]),
        ("đoạt giải A Giải Báo chí", []),
        ("Bộ Y Tế và huyện Nam Đông, A Lưới", []),
    ],
)
def test_an_office_is_no_part_of_a_name(text: str, names: list[str]) -> None:
    assert [name.name for name in find_names(text)] == names
