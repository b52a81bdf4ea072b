import pytest

from assistant.types import Asked, Message, Part, Query, Reckoning
from assistant.understand import understand
from index.types import Report

REPORTS = tuple(Report(name, "", "", (), "", name, 2022, None, "") for name in ("Lào Cai", "Cà Mau", "Gia Lai"))
LC22, LC24 = Part("Lào Cai", (2022,)), Part("Lào Cai", (2024,))


def understood(question: str, *earlier: str) -> Query:
    return understand(question, [Message("user", turn) for turn in earlier], REPORTS)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Lào Cai 2023 với Cà Mau 2021, bên nào lớn hơn?", (Part("Lào Cai", (2023,)), Part("Cà Mau", (2021,)))),
        ("Năm 2023 của Lào Cai và năm 2021 của Cà Mau?", (Part("Lào Cai", (2023,)), Part("Cà Mau", (2021,)))),
        ("So sánh số trạm Lào Cai và Cà Mau năm 2023", ()),
        (
            "So sánh số trạm Lào Cai và Cà Mau năm 2022 và 2024",
            (LC22, LC24, Part("Cà Mau", (2022,)), Part("Cà Mau", (2024,))),
        ),
        (
            "Lào Cai năm 2022 và 2024, Cà Mau năm 2021: số trạm là bao nhiêu?",
            (LC22, LC24, Part("Cà Mau", (2021,))),
        ),
        ("So sánh số trạm BTS của Lào Cai năm 2022 và năm 2024.", (LC22, LC24)),
        ("Lào Cai: so sánh số trạm 2022 - 2024", (LC22, LC24)),
        ("Tiền phạt ở Lào Cai 2022 so với 2024?", (LC22, LC24)),
        ("Doanh thu Lào Cai năm 2024 nhiều hơn năm 2022 bao nhiêu tỷ?", (LC24, LC22)),
        ("Lào Cai 2022 với Lào Cai 2024, năm nào nhiều trạm hơn?", (LC22, LC24)),
        ("Số trạm Lào Cai năm 2024 tăng bao nhiêu so với năm 2022?", (LC24, LC22)),
        ("Số trạm Lào Cai năm 2024 tăng bao nhiêu so với năm 2023?", ()),
        ("So với 2021, số vụ ở Lào Cai năm 2022 biến động thế nào?", ()),
        ("Trạm BTS ở Lào Cai: cuối 2022 và cuối 2024 mỗi năm bao nhiêu?", (LC22, LC24)),
        ("Số trạm Lào Cai năm 2022 là bao nhiêu, năm 2024 là bao nhiêu?", (LC22, LC24)),
        ("Lào Cai năm 2022 đặt mục tiêu năm 2023 thế nào?", ()),
        ("Giai đoạn 2021-2025 Lào Cai làm gì?", ()),
    ],
)
def test_each_province_goes_with_the_year_named_for_it(question: str, parts: tuple[Part, ...]) -> None:
    assert understood(question).parts == parts


@pytest.mark.parametrize(
    ("question", "reckoning"),
    [
        ("Số trạm Lào Cai và Cà Mau lần lượt là bao nhiêu?", Reckoning.LIST),
        ("So sánh số trạm Lào Cai và Cà Mau", Reckoning.COMPARE),
        ("Lào Cai và Cà Mau, bên nào nhiều trạm hơn?", Reckoning.COMPARE),
        ("Lào Cai và Cà Mau hơn kém nhau bao nhiêu trạm?", Reckoning.DIFFERENCE),
        ("Lào Cai nhiều hơn Cà Mau bao nhiêu trạm?", Reckoning.DIFFERENCE),
        ("Số trạm Lào Cai gấp mấy lần Cà Mau?", Reckoning.RATIO),
        ("Tổng cộng số trạm của Lào Cai và Cà Mau?", Reckoning.TOTAL),
        ("Cả hai tỉnh Lào Cai và Cà Mau có bao nhiêu trạm?", Reckoning.TOTAL),
        ("Tổng số trạm Lào Cai và Cà Mau mỗi nơi bao nhiêu?", Reckoning.LIST),
        ("So doanh thu của Lào Cai với Cà Mau", Reckoning.COMPARE),
        ("Lào Cai và Cà Mau mỗi nơi gặp báo chí bao nhiêu lần?", Reckoning.LIST),
        ("Số trạm của Lào Cai với Cà Mau", Reckoning.LIST),
    ],
)
def test_what_is_made_of_the_figures(question: str, reckoning: Reckoning) -> None:
    assert understood(question).reckoning is reckoning


@pytest.mark.parametrize(
    ("question", "amount", "extreme", "supposed"),
    [
        ("Thành viên tổ công nghệ: Lào Cai với Cà Mau bên nào đông hơn?", Asked.COUNT, 1, 0),
        ("Lào Cai với Cà Mau, nơi nào ít trạm hơn?", Asked.COUNT, -1, 0),
        ("Doanh thu Lào Cai có cao hơn Cà Mau không?", Asked.MONEY, 0, 1),
        ("Tỷ lệ hộ dân Lào Cai có thấp hơn Cà Mau không?", Asked.PERCENT, 0, -1),
        ("Hồ sơ trực tuyến Lào Cai hơn Cà Mau bao nhiêu điểm phần trăm?", Asked.PERCENT, 0, 0),
        ("Lào Cai với Cà Mau, doanh thu bưu chính ai hơn?", Asked.MONEY, 1, 0),
        ("So số trạm BTS của Lào Cai với Cà Mau.", None, 0, 0),
        ("So trạm BTS của Lào Cai với Cà Mau.", Asked.COUNT, 0, 0),
        ("Lào Cai và Cà Mau có hơn 500 trạm không?", None, 0, 0),
        ("Doanh thu Lào Cai gấp mấy lần Cà Mau?", Asked.MONEY, 0, 0),
        ("Số trạm Lào Cai gấp khoảng mấy lần Cà Mau?", Asked.COUNT, 0, 0),
        ("DTI Lào Cai với Cà Mau, ai đứng trên?", Asked.RANK, 0, 0),
        ("DTI Lào Cai với Cà Mau tỉnh nào đứng trên, cách nhau mấy bậc?", Asked.RANK, 0, 0),
        ("Giám đốc Sở của Lào Cai và Cà Mau là ai?", None, 0, 0),
    ],
)
def test_how_sides_stand_to_each_other_is_asked_of_their_amounts(
    question: str, amount: Asked | None, extreme: int, supposed: int
) -> None:
    query = understood(question)
    assert (query.amount, query.extreme, query.supposed) == (amount, extreme, supposed)


@pytest.mark.parametrize(
    "question", ["Số trạm Lào Cai gấp mấy lần Cà Mau?", "DTI Lào Cai và Cà Mau cách nhau mấy bậc?"]
)
def test_what_sides_stand_apart_by_is_not_counted(question: str) -> None:
    assert [noun for noun in understood(question).wanted if noun] == []


def test_words_of_the_comparison_are_not_looked_for() -> None:
    terms = [word.key for word in understood("Số trạm BTS Lào Cai với Cà Mau, bên nào đông hơn?").terms]
    assert terms == ["tram.", "bts"]


def test_which_came_first_is_asked_of_dates() -> None:
    assert understood("Lào Cai hay Cà Mau, địa phương nào họp sớm hơn?").asked is Asked.WHEN


def test_a_follow_up_sets_another_year_against_the_one_before() -> None:
    query = understood("Nhiều hơn năm 2022 bao nhiêu?", "Doanh thu Lào Cai năm 2024 là bao nhiêu?")
    assert (query.parts, query.reckoning, query.amount) == ((LC24, LC22), Reckoning.DIFFERENCE, Asked.MONEY)
    assert (query.provinces, query.years, query.compares) == (("Lào Cai",), (2024, 2022), True)


def test_a_follow_up_sets_another_province_against_the_one_before() -> None:
    query = understood("So với Cà Mau thì sao?", "Lào Cai có bao nhiêu trạm BTS?")
    assert (query.provinces, query.parts) == (("Lào Cai", "Cà Mau"), (Part("Lào Cai", ()), Part("Cà Mau", ())))
    assert (query.reckoning, query.amount) == (Reckoning.COMPARE, Asked.COUNT)


def test_the_whole_of_each_of_two_years_is_not_summed_up() -> None:
    assert understood("Tổng số trạm BTS của Lào Cai năm 2022 và năm 2024?").reckoning is Reckoning.LIST
    assert understood("Lào Cai cả hai năm 2022 và 2024 tổng cộng mấy trạm?").reckoning is Reckoning.TOTAL
