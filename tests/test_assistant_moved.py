"""Whether a figure rose or fell as supposed."""

import pytest

from assistant.decide import decide
from assistant.understand import understand
from index.candidates import figure_candidates
from tests.test_index_candidates import cut, sentences

REVENUE = "Doanh thu viễn thông đạt 1.148 tỷ đồng, bằng 97,6% so với năm 2021; nộp ngân sách 52 tỷ đồng, tăng 4%."


@pytest.mark.parametrize(
    ("question", "core", "word", "also"),
    [
        ("Doanh thu viễn thông Lào Cai có tăng không?", "1.148 tỷ đồng", "Không. ", "; bằng 97,6% so với năm 2021"),
        ("Doanh thu viễn thông Lào Cai có giảm không?", "1.148 tỷ đồng", "Có. ", "; bằng 97,6% so với năm 2021"),
        ("Nộp ngân sách của Lào Cai có tăng không?", "52 tỷ đồng", "Có. ", "; tăng 4%"),
        ("Nộp ngân sách của Lào Cai có giảm không?", "4%", "Không. ", ""),
        ("Doanh thu Lào Cai có tăng nhanh hơn cả nước không?", "52 tỷ đồng", "", ""),
    ],
)
def test_the_change_told_beside_a_figure_answers(question: str, core: str, word: str, also: str) -> None:
    candidate = next(c for s in sentences(REVENUE) for c in figure_candidates(s) if cut(c, c.core) == core)
    verdict = decide(understand(question, (), ()), candidate)
    assert (verdict.word, verdict.also) == (word, also)


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ("Doanh thu đạt 912 tỷ đồng, vượt 5% kế hoạch năm.", "Doanh thu Lào Cai có tăng không?"),
        ("Tốc độ tăng trưởng doanh thu đạt 7%, giảm 0,5 điểm so với năm 2021.", "Doanh thu Lào Cai có giảm không?"),
        ("Doanh thu đạt 912 tỷ đồng, tăng 5% so với tháng trước.", "Doanh thu Lào Cai có tăng so với năm 2021 không?"),
        ("Sở kiểm tra 20 đơn vị, giảm 2 đơn vị so với năm 2021.", "Sở Lào Cai có tăng cường kiểm tra không?"),
    ],
)
def test_what_is_no_change_of_the_thing_itself_tells_nothing(body: str, question: str) -> None:
    candidate = figure_candidates(sentences(body)[0])[0]
    verdict = decide(understand(question, (), ()), candidate)
    assert (verdict.word, verdict.also) == ("", "")
