import pytest

from assistant.decide import decide, unsaid_change
from assistant.understand import understand
from index.candidates import figure_candidates
from index.clauses import clause_candidates
from tests.test_index_candidates import sentences


def verdict(question: str, body: str) -> str:
    sentence = sentences(body)[0]
    candidate = next(iter(figure_candidates(sentence) or clause_candidates(sentence)))
    return decide(understand(question, (), ()), candidate).word


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


@pytest.mark.parametrize("body", ["Tỉnh đã mở cổng dữ liệu.", "Tỉnh chưa mở cổng dữ liệu."])
def test_without_a_figure_the_reports_own_words_must_do(body: str) -> None:
    assert verdict("Lào Cai có mở cổng dữ liệu không?", body) == ""


@pytest.mark.parametrize(("ratio", "told"), [("102/102", "Rồi. "), ("98/102", "Chưa. ")])
def test_all_of_a_ratio_is_its_second_number(ratio: str, told: str) -> None:
    assert verdict("Tất cả các xã của Lào Cai đã có đài chưa?", f"Có {ratio} xã có đài.") == told


def test_to_reach_a_number_is_to_have_at_least_as_much() -> None:
    assert verdict("Doanh thu Lào Cai có đạt 900 tỷ đồng không?", "Doanh thu là 912,5 tỷ đồng.") == "Có. "


def test_a_wrong_number_in_the_question_is_corrected() -> None:
    sentence = sentences(STATIONS)[0]
    candidate = figure_candidates(sentence)[0]
    assert decide(understand("Lào Cai có 2.019 trạm BTS phải không?", (), ()), candidate).corrects
    assert not decide(understand("Lào Cai có hơn 2.019 trạm BTS không?", (), ()), candidate).corrects


def test_a_precision_word_leaves_equality_open() -> None:
    assert verdict("Lào Cai có 4.600 trạm BTS đúng không?", "Tỉnh có gần 4.600 trạm BTS.") == ""


def test_a_supposed_number_against_words_is_left_open() -> None:
    assert verdict("Lào Cai có hơn 5 cổng dữ liệu không?", "Tỉnh đã mở cổng dữ liệu.") == ""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Tỉnh vẫn còn 47 thôn trắng sóng 4G.", "Không. "),
        ("Tỉnh có 47 thôn đã phủ sóng 4G.", ""),
    ],
)
def test_a_remainder_without_it_says_that_not_all_have_it(body: str, told: str) -> None:
    assert verdict("Tất cả các thôn của Lào Cai đều có 4G phải không?", body) == told


@pytest.mark.parametrize(
    ("question", "told", "unsaid"),
    [
        ("Vì sao số trạm BTS ở Lào Cai giảm?", "Tỉnh lắp mới 64 trạm", "giảm"),
        ("Vì sao số thuê bao ở Lào Cai tăng?", "Thuê bao giảm 3%", "tăng"),
        ("Vì sao số thuê bao ở Lào Cai giảm?", "Thuê bao giảm 3%, tăng về giá", ""),
        ("Vì sao thanh toán ở Lào Cai còn chậm?", "Người dân quen dùng tiền mặt, chi phí tăng", ""),
    ],
)
def test_a_change_taken_for_granted_and_told_the_other_way_is_unsaid(question: str, told: str, unsaid: str) -> None:
    assert unsaid_change(understand(question, (), ()), told) == unsaid


def test_the_year_asked_about_is_no_supposed_number() -> None:
    assert verdict("Cuối 2022 Lào Cai có trạm BTS không?", STATIONS) == ""


def test_all_is_held_against_what_only_some_have() -> None:
    body = "Cáp quang đến mọi xã, song ở cấp ấp mới có hạ tầng tại phần lớn các nơi."
    assert verdict("Tất cả các ấp của Lào Cai đã có hạ tầng chưa, tính tới cuối năm?", body) == "Chưa. "
    assert verdict("Lào Cai đã hoàn thành hết 31 chỉ tiêu chưa?", "Kết quả đạt và vượt 26/31 chỉ tiêu.") == "Chưa. "


@pytest.mark.parametrize("supposed", ["45 triệu", "45 triệu đồng"])
def test_an_amount_of_money_may_go_without_its_unit(supposed: str) -> None:
    question = f"Tiền phạt hành chính của Lào Cai có tới {supposed} không?"
    assert verdict(question, "Tổng số tiền phạt là 27,5 triệu đồng.") == "Không. "


def test_of_a_range_either_end_may_decide() -> None:
    assert verdict("Lào Cai có đủ 220 trạm 5G không?", "Toàn tỉnh có 220 trạm 5G.") == "Có. "
    sentence = sentences("Toàn tỉnh có 200 - 220 trạm 5G.")[0]
    whole = figure_candidates(sentence)[-1]
    assert decide(understand("Lào Cai có đủ 220 trạm 5G không?", (), ()), whole).word == ""
