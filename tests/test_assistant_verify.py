from types import SimpleNamespace
from typing import cast

import pytest

from assistant.types import Answer, Check, Draft, Evidence
from assistant.understand import understand
from assistant.verify import cite, verify
from index.opened import Index
from index.types import Report, Span

TEXT = (
    "Tổng kết năm 2022. Tỉnh có gần 4.700 hồ sơ, thu 912,5 tỷ đồng, tăng 7,3% so với năm 2021. "
    "Tỉnh xếp thứ 14/63, phủ sóng 98/102 xã từ tháng 5/2021."
)
REPORT = Report("a.txt", TEXT, "c0ffee", (Span(0, len(TEXT)),), "Tổng kết", "Lào Cai", 2022, None, "Báo Lào Cai")
INDEX = cast(Index, SimpleNamespace(reports={"a.txt": REPORT}))
FIRST = Evidence("a.txt", Span(TEXT.index("Tỉnh có"), TEXT.index(" Tỉnh xếp")))
SECOND = Evidence("a.txt", Span(TEXT.index("Tỉnh xếp"), len(TEXT)))


def verified(text: str, *evidence: Evidence) -> Answer:
    return verify(understand("Hỏi?", (), ()), Draft(text, "answered", evidence or (FIRST,)), INDEX)


def verdicts(text: str, *evidence: Evidence) -> dict[str, bool]:
    return {check.figure: check.supported for check in verified(text, *evidence).checks}


def test_a_citation_is_cut_from_the_report_with_its_place() -> None:
    citation = cite(FIRST, 1, INDEX)
    assert citation.quote == "Tỉnh có gần 4.700 hồ sơ, thu 912,5 tỷ đồng, tăng 7,3% so với năm 2021."
    assert TEXT[citation.start : citation.end] == citation.quote
    assert (citation.marker, citation.report, citation.title, citation.province, citation.year) == (
        1, "a.txt", "Tổng kết", "Lào Cai", 2022,
    )  # fmt: skip
    assert (citation.source, citation.sha256) == ("Báo Lào Cai", "c0ffee")


def test_each_figure_of_the_text_is_checked_at_its_place() -> None:
    text = "**Lào Cai (2022):** Thu 912,5 tỷ đồng [1]"
    assert verified(text).checks == (Check("912,5 tỷ đồng", 24, 37, True, "có trong đoạn trích"),)
    assert text[24:37] == "912,5 tỷ đồng"


@pytest.mark.parametrize(
    "text",
    [
        "Có gần 4.700 hồ sơ [1]",
        "Có gần 4700 hồ sơ [1]",
        "Thu 912.500 triệu đồng [1]",
        "Tăng 7,3% [1]",
        "Tăng 7.3 % [1]",
    ],
)
def test_a_figure_of_the_quote_is_held_however_it_is_written(text: str) -> None:
    assert list(verdicts(text).values()) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Có 4.701 hồ sơ [1]",
        "Có hơn 4700 hồ sơ [1]",
        "Có 47.000 hồ sơ [1]",
        "Thu 912,5 triệu đồng [1]",
        "Thu 912,5 tỷ USD [1]",
        "Tăng 73% [1]",
        "Tăng 7,4% [1]",
        "Có 7,3 hồ sơ [1]",
        "Xếp thứ 14 [1]",
    ],
)
def test_another_digit_unit_or_precision_word_is_not_held(text: str) -> None:
    told = verified(text).checks
    assert [check.supported for check in told] == [False]


def test_ranks_ratios_and_dates_are_held_as_written() -> None:
    text = "Xếp thứ 14/63, phủ 98/102 xã từ tháng 5/2021 [1]"
    assert verdicts(text, SECOND) == {"thứ 14/63": True, "98/102": True, "tháng 5/2021": True}
    assert verdicts("Từ tháng 6/2021 [1]", SECOND) == {"tháng 6/2021": False}


def test_figures_of_any_cited_quote_are_held() -> None:
    assert verdicts("Thu 912,5 tỷ đồng [1], xếp thứ 14/63 [2]", FIRST, SECOND) == {
        "912,5 tỷ đồng": True,
        "thứ 14/63": True,
    }


def test_markers_and_the_years_of_headings_are_no_figures() -> None:
    text = "- **Lào Cai (2022):** Tăng 7,3% [1]\n- **Cà Mau (2019):** Có gần 4.700 hồ sơ [12]"
    assert list(verdicts(text)) == ["7,3%", "gần 4.700"]


def test_a_year_in_the_text_itself_is_a_figure() -> None:
    assert verdicts("Tăng 7,3% so với năm 2019 [1]") == {"7,3%": True, "2019": False}


def test_an_abstention_has_no_checks_and_shows_its_near_misses() -> None:
    draft = Draft("Không thấy số liệu năm 2019.", "abstained", near=(FIRST, SECOND))
    answer = verify(understand("Hỏi?", (), ()), draft, INDEX)
    assert (answer.citations, answer.checks, answer.status) == ((), (), "abstained")
    assert [(c.marker, c.quote[:8]) for c in answer.near_misses] == [(1, "Tỉnh có "), (2, "Tỉnh xếp")]


def test_the_question_text_and_reader_are_kept() -> None:
    answer = verified("Tăng 7,3% [1]")
    assert (answer.question, answer.text, answer.reader) == ("Hỏi?", "Tăng 7,3% [1]", "extractive")


OTHER = "Năm 2022, Cà Mau có 3.900 hồ sơ, thu 880 tỷ đồng."
SECOND_REPORT = Report("b.txt", OTHER, "beef", (Span(0, len(OTHER)),), "Tổng kết", "Cà Mau", 2022, None, "Báo Cà Mau")
TWO_REPORTS = cast(Index, SimpleNamespace(reports={"a.txt": REPORT, "b.txt": SECOND_REPORT}))
COMPARED = """Cao hơn: **Lào Cai**, chênh lệch 32,5 tỷ đồng, tính từ [1] và [2].
- **Lào Cai (2022):** Thu 912,5 tỷ đồng [1]
- **Cà Mau (2022):** Thu 880 tỷ đồng [2]
- Báo cáo không nêu: Gia Lai (2021)."""


def compared(text: str) -> dict[str, bool]:
    draft = Draft(text, "answered", (FIRST, Evidence("b.txt", Span(0, len(OTHER)))))
    checks = verify(understand("Hỏi?", (), ()), draft, TWO_REPORTS).checks
    return {check.figure: check.supported for check in checks}


def test_a_computed_figure_is_computed_anew_from_the_rows_cited() -> None:
    assert compared(COMPARED) == {"32,5 tỷ đồng": True, "912,5 tỷ đồng": True, "880 tỷ đồng": True}


def test_a_computed_figure_that_does_not_follow_is_not_held() -> None:
    assert compared(COMPARED.replace("32,5", "32,6"))["32,6 tỷ đồng"] is False
    assert compared(COMPARED.replace("chênh lệch 32,5", "tổng cộng 32,5"))["32,5 tỷ đồng"] is False


def test_a_figure_computed_from_rows_of_the_other_citation_is_not_held() -> None:
    swapped = COMPARED.replace("912,5", "x").replace("880", "912,5").replace("x", "880")
    assert compared(swapped)["32,5 tỷ đồng"] is False


def test_a_difference_told_of_the_wrong_side_is_not_held() -> None:
    assert compared(COMPARED.replace("Cao hơn: **Lào Cai**", "Cao hơn: **Cà Mau**"))["32,5 tỷ đồng"] is False
    assert compared(COMPARED.replace("Cao hơn: **Lào Cai**", "Thấp hơn: **Lào Cai**"))["32,5 tỷ đồng"] is False
    assert compared(COMPARED.replace("Cao hơn: **Lào Cai**", "Thấp hơn: **Cà Mau**"))["32,5 tỷ đồng"] is True


def test_a_computed_figure_without_its_mark_is_looked_for_in_the_quotes() -> None:
    assert compared(COMPARED.replace(", tính từ [1] và [2]", ""))["32,5 tỷ đồng"] is False


def test_the_reason_of_a_computed_figure_names_what_it_comes_from() -> None:
    draft = Draft(COMPARED, "answered", (FIRST, Evidence("b.txt", Span(0, len(OTHER)))))
    first = verify(understand("Hỏi?", (), ()), draft, TWO_REPORTS).checks[0]
    assert first == Check("32,5 tỷ đồng", 33, 45, True, "đúng khi tính lại từ đoạn trích [1] và [2]")


def test_only_years_of_sides_that_do_not_tell_need_no_quote() -> None:
    assert "5.000" in compared(COMPARED.replace("Gia Lai (2021)", "Gia Lai 5.000 (2021)"))


def test_a_year_in_bold_that_heads_no_row_is_a_figure() -> None:
    assert compared(COMPARED.replace("**Lào Cai**", "**Lào Cai (2022)**")) == compared(COMPARED)
    assert compared(COMPARED.replace("**Lào Cai**", "**Lào Cai (2019)**"))["2019"] is False
