"""The most before the least beside it, or the other way round."""

import pytest

from assistant.match import Matcher
from assistant.most import most_first
from assistant.ranker import Ranked
from assistant.understand import understand
from index.clauses import clause_candidates
from tests.test_index_candidates import sentences

ENDS = "Huyện nộp trực tuyến cao nhất: Bát Xát 83,6%. Thấp nhất: Si Ma Cai 39,2%. Bảo Thắng đứng thứ ba."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Huyện nào của Lào Cai nộp trực tuyến ít nhất?", "Thấp nhất: Si Ma Cai 39,2%."),
        ("Huyện nào của Lào Cai nộp trực tuyến nhiều nhất?", "Huyện nộp trực tuyến cao nhất: Bát Xát 83,6%."),
        ("Huyện nào của Lào Cai nộp trực tuyến?", "Huyện nộp trực tuyến cao nhất: Bát Xát 83,6%."),
        ("Những huyện nào của Lào Cai nộp trực tuyến ít nhất?", "Huyện nộp trực tuyến cao nhất: Bát Xát 83,6%."),
    ],
)
def test_the_end_asked_for_is_told(question: str, told: str) -> None:
    query = understand(question, (), ())
    clauses = [one for sentence in sentences(ENDS) for one in clause_candidates(sentence)]
    ranked = [Ranked(one, 0.9 if number == 0 else 0.02, True) for number, one in enumerate(clauses)]
    best = most_first(ranked, query, Matcher(query.terms, (), lambda key: 0.0))[0].candidate
    assert best.sentence.report.text[best.span.start : best.span.end] == told


def test_nothing_is_put_before_nothing() -> None:
    query = understand("Huyện nào của Lào Cai nộp trực tuyến ít nhất?", (), ())
    assert most_first([], query, Matcher(query.terms, (), lambda key: 0.0)) == []
