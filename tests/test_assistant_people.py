import pytest

from assistant.people import name_candidates, names_all
from tests.test_index_candidates import cut, sentences


def told(sentence: str) -> dict[str, str]:
    """What is told of each person of a sentence, by name."""
    found = name_candidates(sentences(sentence)[0])
    assert all(cut(c, c.core) == c.noun for c in found)
    return {c.noun: cut(c, c.span).strip(" .") for c in found}


def test_the_office_behind_the_name_is_told_of_that_person() -> None:
    assert told("Dự họp có ông Hoàng Quốc Khánh, Phó Chủ tịch UBND tỉnh; bà Nguyễn Thị Vân, Chánh Văn phòng.") == {
        "Hoàng Quốc Khánh": "Dự họp có ông Hoàng Quốc Khánh, Phó Chủ tịch UBND tỉnh",
        "Nguyễn Thị Vân": "bà Nguyễn Thị Vân, Chánh Văn phòng",
    }


def test_the_office_before_the_name_is_told_of_that_person() -> None:
    text = "Phó Chủ tịch thường trực Hoàng Quốc Khánh, Chánh Văn phòng Nguyễn Thị Vân chủ trì."
    assert told(text) == {
        "Hoàng Quốc Khánh": "Phó Chủ tịch thường trực Hoàng Quốc Khánh",
        "Nguyễn Thị Vân": "Chánh Văn phòng Nguyễn Thị Vân chủ trì",
    }


def test_two_people_of_one_clause_are_told_apart() -> None:
    text = "Ông Lò Văn Páo - Trưởng phòng chủ trì hội nghị, bà Vi Thị Mai - Chánh Văn phòng ghi biên bản."
    assert told(text) == {
        "Lò Văn Páo": "Ông Lò Văn Páo - Trưởng phòng chủ trì hội nghị",
        "Vi Thị Mai": "bà Vi Thị Mai - Chánh Văn phòng ghi biên bản",
    }


def test_the_conjunction_and_title_of_the_next_person_are_left_out() -> None:
    text = "Dự có đồng chí Trần Thị Hoa, Phó Bí thư và đồng chí Lê Văn Tám, Chủ tịch Hội."
    assert told(text)["Trần Thị Hoa"] == "Dự có đồng chí Trần Thị Hoa, Phó Bí thư"


def test_the_deed_is_told_of_the_one_person_of_a_sentence() -> None:
    text = "Kết luận hội nghị, ông Hoàng Quốc Khánh ghi nhận kết quả của ngành."
    assert "ông Hoàng Quốc Khánh ghi nhận kết quả của ngành" in told(text)["Hoàng Quốc Khánh"]


@pytest.mark.parametrize("sentence", ["Toàn tỉnh có 12 xã.", "Sở Thông tin và Truyền thông chủ trì."])
def test_a_sentence_without_people_has_none(sentence: str) -> None:
    assert told(sentence) == {}


@pytest.mark.parametrize(
    ("names", "held"),
    [
        (("Bắc Hà",), True),
        (("Bảo Yên",), False),
        (("Bắc Hà", "Bảo Yên"), False),
        (("Phó Chủ",), True),
        ((), True),
    ],
)
def test_names_stand_in_the_sentence_or_the_one_before(names: tuple[str, ...], held: bool) -> None:
    second = sentences("Huyện Bắc Hà mở chợ số. Ở đó có 12 trạm BTS mới.")[1]
    assert names_all(second, names) is held
