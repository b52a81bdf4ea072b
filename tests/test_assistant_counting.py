import pytest

from assistant.counting import counting
from assistant.understand import understand
from index.candidates import figure_candidates
from tests.test_index_candidates import sentences


def told(question: str, body: str) -> dict[str, float]:
    query = understand(question, (), ())
    return counting(figure_candidates(sentences(body)[0])[0], query.wanted[0], query)


@pytest.mark.parametrize(
    ("question", "body", "sort"),
    [
        ("Lào Cai có bao nhiêu người trong các tổ?", "Các tổ có 9.214 thành viên.", "sort"),
        ("Mấy tờ báo viết về Lào Cai?", "Có 70 cơ quan báo chí viết bài.", "sort"),
        ("Bao nhiêu chỗ có sóng ở Lào Cai?", "Sóng có ở 38 vị trí.", "sort"),
        ("Lào Cai có bao nhiêu người trong các tổ?", "Tỉnh có 148 tổ công nghệ.", "other_sort"),
    ],
)
def test_nouns_that_people_exchange_are_of_one_sort(question: str, body: str, sort: str) -> None:
    assert told(question, body)[sort] == 1.0


def test_the_noun_asked_is_told_from_another() -> None:
    assert told("Lào Cai có bao nhiêu trạm BTS?", "Tỉnh có 64 trạm BTS.")["head"] == 1.0
    assert told("Lào Cai có bao nhiêu trạm BTS?", "Tỉnh có 64 xã.")["other_head"] == 1.0


def test_a_figure_that_counts_nothing_is_neither() -> None:
    assert told("Lào Cai có bao nhiêu trạm BTS?", "Doanh thu tăng 7,3%.") == {}
