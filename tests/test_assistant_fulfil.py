import pytest

from assistant.decide import decide
from assistant.fulfil import asks_fulfilment, fulfilment
from assistant.settle import settle
from assistant.understand import understand
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.cells import row_candidates
from tests.test_index_candidates import cut, sentences

REVENUE = (
    "Doanh thu viễn thông đạt 1.020 tỷ đồng (kế hoạch 1.000 tỷ đồng), doanh thu bưu chính đạt 164 tỷ đồng "
    "(kế hoạch 170 tỷ đồng)."
)
WORDS = "Hồ sơ trực tuyến đạt 38,5%, bằng 1,8 lần mức 21,9% của năm 2021, nhưng chưa đạt kế hoạch đề ra là 40%."
LISTED = "Hộ có cáp quang: 74,2%; cùng kỳ 67,9%; kế hoạch 76%."


def candidate(body: str, core: str) -> Candidate:
    return next(c for s in sentences(body) for c in figure_candidates(s) if cut(c, c.core) == core)


@pytest.mark.parametrize(
    ("body", "core", "question", "word", "also"),
    [
        (REVENUE, "1.020 tỷ đồng", "Viễn thông Lào Cai có vượt kế hoạch không?", "Có. ", "; kế hoạch 1.000 tỷ đồng"),
        (REVENUE, "164 tỷ đồng", "Bưu chính Lào Cai có đạt kế hoạch không?", "Không. ", "; kế hoạch 170 tỷ đồng"),
        (REVENUE, "164 tỷ đồng", "Bưu chính Lào Cai đã đạt kế hoạch chưa?", "Chưa. ", "; kế hoạch 170 tỷ đồng"),
        (WORDS, "38,5%", "Hồ sơ trực tuyến Lào Cai có đạt kế hoạch không?", "Không. ", "; kế hoạch 40%"),
        (LISTED, "74,2%", "Lào Cai có hoàn thành kế hoạch 76% hộ có cáp quang không?", "Không. ", "; kế hoạch 76%"),
        ("Cáp quang tới 74,2% hộ, vượt kế hoạch.", "74,2%", "Cáp quang Lào Cai vượt kế hoạch không?", "Có. ", ""),
        ("Cáp quang tới 74,2% hộ.", "74,2%", "Cáp quang Lào Cai có đạt kế hoạch 70% không?", "Có. ", ""),
        ("Cáp quang tới 74,2% hộ.", "74,2%", "Cáp quang Lào Cai có đạt kế hoạch không?", "", ""),
        ("Kế hoạch 76% hộ có cáp quang.", "76%", "Cáp quang Lào Cai có đạt kế hoạch 76% không?", "", ""),
        ("Cáp quang đạt 74%, 5G đạt 9%, vượt kế hoạch.", "74%", "Cáp quang Lào Cai vượt kế hoạch không?", "", ""),
    ],
)
def test_a_result_is_held_against_its_own_plan(body: str, core: str, question: str, word: str, also: str) -> None:
    verdict = decide(settle(understand(question, (), ())), candidate(body, core))
    assert (verdict.word, verdict.also) == (word, also)


def test_the_plan_of_a_row_is_its_planned_cell() -> None:
    table = "| Chỉ tiêu | Đơn vị | Kế hoạch | Thực hiện |\n|---|---|---|---|\n| Công ty số | công ty | 480 | 466 |\n"
    row = next(sentence for sentence in sentences(table) if sentence.row)
    assert row.row is not None
    result = next(c for c in row_candidates(row, row.row) if cut(c, c.core) == "466")
    query = settle(understand("Số công ty số của Lào Cai đạt kế hoạch chưa?", (), ()))
    assert decide(query, result).word == "Chưa. "
    assert decide(query, result).also == "; kế hoạch 480 công ty"
    found = fulfilment(query, result)
    assert found is not None
    assert found.plan is not None
    assert cut(result, found.plan) == "480"


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Lào Cai có đạt kế hoạch về cáp quang không?", True),
        ("Lào Cai đã hoàn thành chỉ tiêu 76% hộ có cáp quang chưa?", True),
        ("Kế hoạch cáp quang của Lào Cai là bao nhiêu?", False),
        ("Lào Cai có 2.018 trạm BTS không?", False),
    ],
)
def test_which_questions_ask_whether_a_plan_was_reached(question: str, asks: bool) -> None:
    assert asks_fulfilment(understand(question, (), ())) is asks


def test_a_share_of_the_plan_beside_the_result_tells_and_no_other_figure_is_the_plan() -> None:
    body = "Doanh thu viễn thông ước đạt 2.486 tỷ đồng, tăng 4,6% và bằng 98,3% kế hoạch, nộp ngân sách 118,4 tỷ đồng."
    query = settle(understand("Doanh thu viễn thông Lào Cai có đạt kế hoạch không?", (), ()))
    verdict = decide(query, candidate(body, "ước đạt 2.486 tỷ đồng"))
    assert (verdict.word, verdict.also) == ("Không. ", "; bằng 98,3% kế hoạch")


@pytest.mark.parametrize(
    ("body", "word", "also"),
    [
        ("Doanh thu ước đạt 912 tỷ đồng, vượt 5% kế hoạch năm.", "Có. ", "; vượt 5% kế hoạch"),
        ("Doanh thu ước đạt 912 tỷ đồng, hụt 3% so với kế hoạch.", "Không. ", "; hụt 3% kế hoạch"),
        ("Doanh thu ước đạt 912 tỷ đồng, đạt 104% kế hoạch.", "Có. ", "; bằng 104% kế hoạch"),
    ],
)
def test_a_share_by_which_a_plan_was_passed_or_missed_is_no_share_of_it(body: str, word: str, also: str) -> None:
    query = settle(understand("Doanh thu Lào Cai có đạt kế hoạch không?", (), ()))
    verdict = decide(query, candidate(body, "ước đạt 912 tỷ đồng"))
    assert (verdict.word, verdict.also) == (word, also)
