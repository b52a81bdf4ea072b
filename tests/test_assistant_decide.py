import pytest

from assistant.candidates import clause_candidates, figure_candidates
from assistant.decide import decide
from assistant.understand import understand
from tests.test_assistant_candidates import sentences


def verdict(question: str, body: str) -> str:
    sentence = sentences(body)[0]
    candidate = next(iter(figure_candidates(sentence) or clause_candidates(sentence)))
    return decide(understand(question, (), ()), candidate)


STATIONS = "Toàn tỉnh có 2.018 trạm BTS."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Lào Cai có hơn 2.000 trạm BTS không?", "Có. "),
        ("Lào Cai có hơn 2.018 trạm BTS không?", "Không. "),
        ("lao cai co tren 2100 tram bts khong", "Không. "),
        ("Lào Cai có dưới 2.100 trạm BTS không?", "Có. "),
        ("Lào Cai có ít hơn 2.000 trạm BTS không?", "Không. "),
        ("Lào Cai có dưới 2.018 trạm BTS không?", "Không. "),
        ("Lào Cai có 2.018 trạm BTS phải không?", "Có. "),
        ("Lào Cai có 2018 trạm BTS không?", "Có. "),
        ("Lào Cai có 2.019 trạm BTS phải không?", "Không. "),
        ("Lào Cai đã vượt 2.000 trạm BTS chưa?", "Rồi. "),
        ("Lào Cai đã vượt 3.000 trạm BTS chưa?", "Chưa. "),
    ],
)
def test_a_supposed_number_is_held_against_the_one_told(question: str, told: str) -> None:
    assert verdict(question, STATIONS) == told


def test_units_are_reckoned_with() -> None:
    body = "Doanh thu đạt 912,5 tỷ đồng."
    assert verdict("Doanh thu Lào Cai có trên 900.000 triệu đồng không?", body) == "Có. "
    assert verdict("Doanh thu Lào Cai có trên 1.000 tỷ đồng không?", body) == "Không. "


@pytest.mark.parametrize(("share", "told"), [("100%", "Rồi. "), ("98,5%", "Chưa. ")])
def test_all_of_it_is_a_hundred_per_cent(share: str, told: str) -> None:
    assert verdict("Toàn bộ hồ sơ Lào Cai đã số hóa chưa?", f"Tỷ lệ hồ sơ số hóa đạt {share}.") == told


def test_what_a_report_tells_without_a_figure_is_so() -> None:
    assert verdict("Lào Cai có mở cổng dữ liệu không?", "Tỉnh đã mở cổng dữ liệu.") == "Có. "


def test_a_supposed_number_against_words_is_left_open() -> None:
    assert verdict("Lào Cai có hơn 5 cổng dữ liệu không?", "Tỉnh đã mở cổng dữ liệu.") == ""
