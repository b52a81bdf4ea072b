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
