import pytest

from assistant.as_put import is_as_put
from assistant.settle import settle
from assistant.understand import understand
from index.candidates import figure_candidates
from index.clauses import clause_candidates
from tests.test_index_candidates import sentences


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Hội nghị họp tại thành phố Lào Cai.", True),
        ("Hội nghị họp ở Thư viện tỉnh.", True),
        ("Hội nghị diễn ra trực tuyến.", True),
        ("Nhân hội nghị, 5 cá nhân được khen ở phong trào thi đua.", False),
        ("Tại hội nghị, các đại biểu thảo luận.", False),
    ],
)
def test_only_a_place_tells_where(body: str, told: bool) -> None:
    query = settle(understand("Hội nghị ở Lào Cai diễn ra ở đâu?", (), ()))
    assert is_as_put(clause_candidates(sentences(body)[0])[0], query) is told


@pytest.mark.parametrize(
    ("question", "told"), [("Giải Nhì thưởng mấy triệu?", False), ("Giải Nhất thưởng mấy triệu?", True)]
)
def test_a_prize_is_worth_its_own_money(question: str, told: bool) -> None:
    money = figure_candidates(sentences("Giải Nhất (9 triệu đồng) trao cho đội Sa Pa.")[0])[0]
    assert is_as_put(money, settle(understand(question, (), ()))) is told


def test_the_largest_of_several_is_one_of_the_parts() -> None:
    query = settle(understand("Trong các khoản doanh thu của Lào Cai, khoản nào lớn nhất?", (), ()))
    whole, *parts = figure_candidates(
        sentences("Doanh thu đạt 90 tỷ đồng, trong đó tem 40 tỷ đồng, thư 50 tỷ đồng.")[0]
    )
    assert not is_as_put(whole, query)
    assert [is_as_put(part, query) for part in parts] == [True, True]
