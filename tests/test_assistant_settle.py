import pytest

from assistant.settle import asks_place, asks_where, names_a_thing, settle
from assistant.types import Asked, Query
from assistant.understand import understand


def settled(question: str) -> Query:
    return settle(understand(question, (), ()))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Chủ đề ngày hội số ở Lào Cai tên là gì?", Asked.TEXT),
        ("Giám đốc Sở ở Lào Cai tên là gì?", Asked.WHO),
        ("Thôn nào ở Lào Cai cũng có 4G phải không?", Asked.YES_NO),
    ],
)
def test_what_kind_of_answer_is_meant(question: str, asked: Asked) -> None:
    assert settled(question).asked is asked


@pytest.mark.parametrize(
    ("question", "direction"),
    [
        ("Doanh thu Lào Cai tăng hay giảm bao nhiêu phần trăm?", ""),
        ("Doanh thu Lào Cai giảm bao nhiêu phần trăm?", "giảm"),
    ],
)
def test_either_way_supposes_no_direction(question: str, direction: str) -> None:
    assert settled(question).direction == direction


def test_a_date_may_be_planned_or_not() -> None:
    assert not settled("Lào Cai dự kiến bao giờ phủ sóng xong?").target


def test_a_reached_plan_is_looked_for_by_its_result() -> None:
    query = settled("Cáp quang của Lào Cai năm 2022 có đạt kế hoạch không?")
    assert not query.target
    assert {word.folded for word in query.terms} == {"cap", "quang"}


def test_words_that_only_ask_are_not_looked_for() -> None:
    assert {word.folded for word in settled("Nơi có ít tổ nhất Lào Cai là đâu?").terms} == {"to"}


def test_places_and_names_asked_for() -> None:
    assert asks_place(settled("Hội nghị Lào Cai họp ngày nào, ở đâu?"))
    assert asks_where(settled("Hội nghị Lào Cai họp ở đâu?"))
    assert not asks_where(settled("Huyện nào ở Lào Cai có ít tổ nhất?"))
    assert names_a_thing(settled("Chủ đề năm 2022 của Lào Cai là gì?"))
