"""Changes told by both their ends."""

import pytest

from assistant.ends import asks_both_ends, both_ends
from assistant.types import Asked
from assistant.understand import understand
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.cells import row_candidates
from tests.test_index_candidates import cut, sentences


def told(body: str, figure: str) -> list[str]:
    """What is told of both ends of the change of which a figure of the text is one."""
    sentence = next(one for one in sentences(body) if figure in one.text)
    made = row_candidates(sentence, sentence.row) if sentence.row else figure_candidates(sentence)
    candidate: Candidate = next(one for one in made if cut(one, one.core) == figure)
    return [cut(one, one.span) for one in both_ends(candidate)]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Cáp quang ở Lào Cai tăng từ bao nhiêu lên bao nhiêu?", True),
        ("Số máy nhiễm mã độc của Lào Cai giảm từ mấy xuống còn mấy?", True),
        ("Tỷ lệ hộ có cáp quang ở Lào Cai thay đổi thế nào?", True),
        ("Cho con số trước và sau của Lào Cai", True),
        ("Lào Cai có bao nhiêu trạm BTS từ năm 2022?", False),
        ("Lào Cai tăng bao nhiêu trạm?", False),
        ("Số sự cố của Lào Cai so với năm ngoái thế nào?", True),
        ("Số sự cố của Lào Cai so với Cà Mau thế nào?", False),
        ("Doanh thu Lào Cai theo kế hoạch từ mấy năm 2022 lên mấy năm 2023?", False),
    ],
)
def test_which_questions_want_both_ends(question: str, asks: bool) -> None:
    assert understand(question, (), ()).both_ends is asks


def test_the_kind_of_both_values_is_that_of_the_thing() -> None:
    assert understand("Doanh thu Lào Cai tăng từ bao nhiêu lên bao nhiêu?", (), ()).asked is Asked.MONEY
    assert understand("Tỷ lệ hồ sơ Lào Cai thay đổi thế nào?", (), ()).asked is Asked.PERCENT
    assert not asks_both_ends("tang bao nhieu tram")


@pytest.mark.parametrize("figure", ["78,3%", "86,9%"])
def test_a_change_from_one_value_to_another_is_told_whole(figure: str) -> None:
    body = "Hộ dùng cáp quang tăng từ 78,3% lên 86,9%; người trưởng thành có tài khoản chiếm 91,6%."
    (stretch,) = told(body, figure)
    assert stretch.endswith("từ 78,3% lên 86,9%")


def test_the_value_of_the_year_before_or_the_change_beside_a_value_is_told_with_it() -> None:
    assert told("Hộ dùng cáp quang đạt 68,9%, trong khi năm 2021 mới là 41,2%.", "68,9%")[0].endswith("41,2%")
    assert (
        "tăng 121 triệu đồng"
        in told("Số tiền phạt là 389 triệu đồng, tăng 121 triệu đồng so với năm 2021.", "389 triệu đồng")[0]
    )
    assert told("Sự cố nghiêm trọng: 3 vụ, giảm 2 vụ.", "3") == ["Sự cố nghiêm trọng: 3 vụ, giảm 2 vụ"]
    assert told("Toàn tỉnh có 2.018 trạm BTS; doanh thu tăng 7,3%.", "2.018") == []
    assert told("Toàn tỉnh có 2.018 trạm BTS, doanh thu tăng 7,3%.", "2.018") == []


def test_of_a_table_the_cells_of_both_years_are_told() -> None:
    table = (
        "| Chỉ tiêu | Năm 2021 | Năm 2022 | Kế hoạch năm 2023 |\n|---|---|---|---|\n| Trạm BTS | 802 | 861 | 900 |\n"
    )
    assert told(table, "861") == ["802", "861"]
    assert told(table, "802") == []


def test_ends_of_different_things_are_not_told_together() -> None:
    assert told("Doanh thu viễn thông đạt 912 tỷ đồng, nộp ngân sách tăng 7,3%.", "912 tỷ đồng") == []
    assert told("Tỷ lệ hồ sơ đạt 86,9%, năm 2021 doanh thu đạt 41,2%.", "86,9%") == []
    (stretch,) = told("Số khách tăng từ 1,2 triệu lên 1,26 triệu.", "1,2 triệu")
    assert stretch.endswith("từ 1,2 triệu lên 1,26 triệu")


@pytest.mark.parametrize(
    "question",
    [
        "Đường truyền ra đảo của Lào Cai được nâng lên bao nhiêu, từ mức nào?",
        "Tỷ lệ hồ sơ của Lào Cai đã thay đổi thế nào từ 2021 sang 2022?",
    ],
)
def test_the_end_asked_for_first_may_be_the_later_one(question: str) -> None:
    query = understand(question, (), ())
    assert query.both_ends
    assert not {"thay", "doi", "sang", "muc"} & {word.folded for word in query.terms}
