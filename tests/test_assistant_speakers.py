"""Who speaks in a question that names only an office."""

import pytest

from assistant.people import name_candidates
from assistant.speakers import holder, speaks
from assistant.understand import understand
from tests.test_index_candidates import sentences

BODY = (
    "Ông Vàng Seo Páo, Giám đốc Sở Thông tin và Truyền thông chủ trì hội nghị. "
    "Bà Lùng Thị Mỷ, Phó Chủ tịch UBND tỉnh tới dự. Ông Vàng Seo Páo thừa nhận ba điểm nghẽn."
)


@pytest.mark.parametrize(
    ("question", "asks", "who"),
    [
        ("Giám đốc Sở TT&TT Lào Cai nói ngành vướng điểm nghẽn gì?", True, "Vàng Seo Páo"),
        ("Phó Chủ tịch UBND tỉnh Lào Cai yêu cầu ngành làm gì?", True, "Lùng Thị Mỷ"),
        ("Chủ tịch UBND tỉnh Lào Cai yêu cầu ngành làm gì?", True, ""),
        ("Giám đốc Công an tỉnh Lào Cai phát biểu gì?", True, ""),
        ("Lào Cai vướng điểm nghẽn gì?", False, ""),
    ],
)
def test_the_holder_of_the_office_speaks(question: str, asks: bool, who: str) -> None:
    query = understand(question, (), ())
    assert speaks(query) is asks
    assert holder((one for sentence in sentences(BODY) for one in name_candidates(sentence)), query) == who


def test_the_director_of_another_body_is_not_the_one_of_the_department() -> None:
    body = "Ông Trần Văn Bảy, Giám đốc VNPT Lào Cai tới dự. Ông Trần Văn Bảy, Giám đốc VNPT Lào Cai hứa. " + BODY
    query = understand("Giám đốc Sở Lào Cai nói gì?", (), ())
    assert holder((one for sentence in sentences(body) for one in name_candidates(sentence)), query) == "Vàng Seo Páo"
