import pytest

from assistant.rivals import rivals_asked, rivals_told
from assistant.types import Query
from assistant.understand import understand
from index.candidates import figure_candidates
from tests.test_index_candidates import cut, sentences


def asked(question: str) -> Query:
    return understand(question, (), ())


def strict(question: str, body: str) -> dict[str, float]:
    """For each figure how often it is of another one of things never told for one another."""
    named = rivals_asked(asked(question))
    found = figure_candidates(sentences(body)[0])
    return {cut(one, one.core): rivals_told(one, named)["rival_strict"] for one in found}


REVENUE = "Doanh thu viễn thông đạt 900 tỷ đồng; doanh thu bưu chính đạt 186 tỷ đồng."


@pytest.mark.parametrize(
    ("question", "body", "others"),
    [
        ("Doanh thu bưu chính Lào Cai?", REVENUE, {"900 tỷ đồng"}),
        ("Doanh thu Lào Cai?", REVENUE, set()),
        ("Lào Cai có mấy trạm 5G?", "Tỉnh có 64 trạm 5G và 900 trạm 4G.", {"900"}),
        ("Mấy thủ tục mức 3 ở Lào Cai?", "Có 251 thủ tục mức độ 3, 91 thủ tục mức độ 4.", {"91"}),
        ("Mấy cá nhân ở Lào Cai được khen?", "Tỉnh khen 9 tập thể, 17 cá nhân.", {"9"}),
    ],
)
def test_a_figure_of_another_thing_counted_beside_the_one_asked_is_told(
    question: str, body: str, others: set[str]
) -> None:
    assert {core for core, value in strict(question, body).items() if value} == others


def test_what_the_question_leaves_out_is_not_asked() -> None:
    named = rivals_asked(asked("Lào Cai tiến hành mấy cuộc thanh tra, không tính kiểm tra?"))
    assert frozenset({"thanh tra"}) in named.values()


def test_what_a_figure_is_told_of_beside_what_is_asked_counts_as_unasked() -> None:
    named = rivals_asked(asked("Lào Cai có mấy trạm?"))
    found = figure_candidates(sentences("Tỉnh có 964 trạm, trong đó 64 trạm 5G.")[0])
    told = {cut(one, one.core): rivals_told(one, named)["rival_unasked"] for one in found}
    assert told == {"964": 0.0, "64": 0.5}


def test_what_leads_to_a_figure_counts_before_what_opens_its_sentence() -> None:
    named = rivals_asked(asked("PCI của Lào Cai xếp thứ mấy?"))
    body = "Chỉ số PCI năm 2022 đạt 69,03 điểm, PAR INDEX năm 2022 đạt 88,74 điểm, xếp thứ 16/63."
    found = figure_candidates(sentences(body)[0])
    told = {cut(one, one.core): rivals_told(one, named)["rival_other"] for one in found}
    assert (told["69,03"], told["thứ 16/63"]) == (0.0, 0.5)
