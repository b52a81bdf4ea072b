import pytest

from index.clean import find_content
from index.tables import find_rows, is_rule
from index.types import Span
from tests.conftest import within

TABLE = """Tổng kết ngành năm 2021

| Chỉ tiêu | Đơn vị | Năm 2021 |
|---|:---:|---:|
| Trạm BTS | trạm | 905 |
| Doanh thu | tỷ đồng | 42,5 |

Ngành đạt 12 chỉ tiêu.
"""


def texts(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_each_row_has_its_cells_under_their_headers() -> None:
    rows = find_rows(TABLE, find_content(TABLE))
    assert [texts(TABLE, row.cells) for row in rows.values()] == [
        ["Trạm BTS", "trạm", "905"],
        ["Doanh thu", "tỷ đồng", "42,5"],
    ]
    assert [texts(TABLE, row.header) for row in rows.values()] == [["Chỉ tiêu", "Đơn vị", "Năm 2021"]] * 2


def test_rows_are_kept_by_their_start_and_span_the_line() -> None:
    for start, row in find_rows(TABLE, find_content(TABLE)).items():
        assert start == row.span.start
        assert TABLE[row.span.start : row.span.end].startswith("| ")
        assert TABLE[row.span.start : row.span.end].endswith(" |")


def test_a_second_table_has_a_header_of_its_own() -> None:
    text = f"{TABLE}\n| Huyện | Số trạm |\n|---|---|\n| Mường Tè | 77 |\n"
    last = list(find_rows(text, find_content(text)).values())[-1]
    assert texts(text, last.header) == ["Huyện", "Số trạm"]
    assert texts(text, last.cells) == ["Mường Tè", "77"]


def test_a_text_without_a_table_has_no_rows() -> None:
    text = "Tổng kết ngành\nTỉnh có 905 trạm | 12 xã."
    assert find_rows(text, find_content(text)) == {}


def test_the_rule_below_a_header_is_no_content() -> None:
    assert [TABLE[span.start : span.end] for span in find_content(TABLE)][1:3] == [
        "| Chỉ tiêu | Đơn vị | Năm 2021 |",
        "| Trạm BTS | trạm | 905 |",
    ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("|---|---|", True),
        (" :--- | ---: ", True),
        ("-----", True),
        ("| - |", False),
        ("| a |", False),
        ("-- a --", False),
        ("", False),
    ],
)
def test_which_line_is_a_rule(line: str, rule: bool) -> None:
    assert is_rule(line) is rule


def test_a_long_line_of_dashes_is_judged_in_time() -> None:
    with within(5):
        assert not is_rule("-" * 1_000_000 + "x")


def test_a_column_that_numbers_the_rows_is_no_label() -> None:
    text = "Tổng kết ngành\n| STT | Chỉ tiêu | Năm 2021 |\n|---|---|---|\n| 1 | Trạm BTS | 905 |\n"
    row = next(iter(find_rows(text, find_content(text)).values()))
    assert texts(text, row.cells)[row.label] == "Trạm BTS"


def test_an_empty_cell_keeps_its_place() -> None:
    text = "Tổng kết ngành\n| Chỉ tiêu | Đơn vị | Năm 2021 |\n|---|---|---|\n| Trạm BTS | | 905 |\n"
    row = next(iter(find_rows(text, find_content(text)).values()))
    assert texts(text, row.cells) == ["Trạm BTS", "", "905"]


def test_rows_that_no_bar_opens_are_a_table_too() -> None:
    text = (
        "Tổng kết ngành năm 2021\n\nTrang chủ | Tin tức | Liên hệ\n\nChỉ tiêu | Kế hoạch 2021 | Thực hiện\n"
        "Doanh thu (tỷ đồng) | 160 | 168\nTrạm BTS (trạm) | 150 | 118\n\nNgành đạt 12 chỉ tiêu.\n"
    )
    rows = find_rows(text, find_content(text))
    assert [texts(text, row.cells) for row in rows.values()] == [
        ["Doanh thu (tỷ đồng)", "160", "168"],
        ["Trạm BTS (trạm)", "150", "118"],
    ]
    assert {tuple(texts(text, row.header)) for row in rows.values()} == {("Chỉ tiêu", "Kế hoạch 2021", "Thực hiện")}


def test_a_rule_below_a_header_that_no_bar_opens_is_none_of_its_rows() -> None:
    text = (
        "Tổng kết ngành năm 2021\n\nTrang chủ | Tin tức | Liên hệ\nChỉ tiêu | Kế hoạch | Thực hiện\n--- | --- | ---\n"
        "Doanh thu (tỷ đồng) | 160 | 168\nSố trạm | 150 trạm | 118 trạm\n\nNgành đạt 12 chỉ tiêu.\n"
    )
    rows = find_rows(text, find_content(text))
    assert [texts(text, row.cells)[0] for row in rows.values()] == ["Doanh thu (tỷ đồng)", "Số trạm"]
    assert {tuple(texts(text, row.header)) for row in rows.values()} == {("Chỉ tiêu", "Kế hoạch", "Thực hiện")}
