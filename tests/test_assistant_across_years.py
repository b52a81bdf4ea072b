"""A change that only the reports of two years tell together."""

import pytest

from assistant import Assistant, Settings
from assistant.across_years import across_years
from assistant.types import Asked, Reckoning
from assistant.understand import understand
from index.types import Report

REPORTS = tuple(Report(str(year), "", "", (), "", "Lào Cai", year, None, "") for year in (2021, 2022, 2023))


def years_compared(question: str) -> list[tuple[int, ...]]:
    wider = across_years(understand(question, (), REPORTS), REPORTS)
    return [part.years for part in wider.parts] if wider else []


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Số trạm BTS của Lào Cai tăng bao nhiêu?", [(2022,), (2023,)]),
        ("Năm 2022 số trạm BTS của Lào Cai tăng bao nhiêu so với năm trước?", [(2021,), (2022,)]),
        ("Năm 2023 Lào Cai tăng bao nhiêu trạm BTS so với năm 2022?", [(2022,), (2023,)]),
        ("Lào Cai tăng bao nhiêu trạm BTS so với năm 2021?", [(2021,), (2023,)]),
        ("Năm 2021 số trạm BTS của Lào Cai tăng bao nhiêu?", []),
        ("Số trạm BTS của Cà Mau tăng bao nhiêu?", []),
        ("Lào Cai có bao nhiêu trạm BTS?", []),
    ],
)
def test_a_change_is_asked_of_the_reports_of_both_years_where_there_are_two(
    question: str, years: list[tuple[int, ...]]
) -> None:
    assert years_compared(question) == years


def test_each_year_gives_a_value_of_the_kind_that_grew() -> None:
    wider = across_years(understand("Doanh thu bưu chính Lào Cai tăng bao nhiêu tỷ đồng?", (), REPORTS), REPORTS)
    assert wider is not None
    assert (wider.amount, wider.reckoning) == (Asked.MONEY, Reckoning.DIFFERENCE)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("two-years")
    for year, stations, grown in ((2022, "1.204", ""), (2023, "1.351", " Số thuê bao Internet tăng 12,4%.")):
        text = (
            f"# Lào Cai: kết quả ngành Thông tin và Truyền thông năm {year}\n\nNăm {year}, toàn tỉnh Lào Cai có "
            f"{stations} trạm BTS, phủ sóng tới các xã.{grown} Doanh thu bưu chính đạt {year - 1900} tỷ đồng.\n"
        )
        (folder / f"lao-cai-{year}.md").write_text(text, "utf-8")
    return Assistant.open(Settings(reports_dir=folder, index_dir=tmp_path_factory.mktemp("index")))


def test_the_change_is_computed_from_both_reports(bot: Assistant) -> None:
    answer = bot.answer("Số trạm BTS của Lào Cai năm 2023 tăng bao nhiêu so với năm trước?")
    assert "chênh lệch 147 trạm BTS, tính từ [1] và [2]" in answer.text
    assert [citation.year for citation in answer.citations] == [2022, 2023]
    assert all(check.supported for check in answer.checks)


def test_what_a_report_tells_itself_is_told_and_not_computed(bot: Assistant) -> None:
    answer = bot.answer("Thuê bao Internet của Lào Cai năm 2023 tăng bao nhiêu phần trăm?")
    assert ("12,4%" in answer.text, "tính từ" in answer.text) == (True, False)


@pytest.mark.parametrize(
    "question",
    [
        "Doanh thu bưu chính Lào Cai quý II năm 2023 giảm bao nhiêu so với quý I?",
        "Tháng 6 năm 2023 số trạm BTS của Lào Cai tăng bao nhiêu so với tháng 5?",
        "Số trạm BTS của Lào Cai tăng bao nhiêu so với Cà Mau?",
    ],
)
def test_changes_within_a_year_are_not_asked_of_two(question: str) -> None:
    assert years_compared(question) == []


def test_a_change_supposed_the_other_way_is_corrected(bot: Assistant) -> None:
    answer = bot.answer("Số trạm BTS của Lào Cai năm 2023 giảm bao nhiêu so với năm trước?")
    assert (answer.status, "chênh lệch 147" in answer.text) == ("partial", True)
