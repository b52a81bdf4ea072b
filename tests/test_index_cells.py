from decimal import Decimal

from index.candidate import Candidate
from index.cells import row_candidates, row_statement
from index.numbers import Kind
from tests.test_index_candidates import cut, sentences

TABLE = """| Chỉ tiêu | Đơn vị tính | Năm 2021 | Năm 2022 | Kế hoạch năm 2023 |
|---|---|---|---|---|
| Trạm BTS | trạm | 802 | gần 861 | 900 |
| Doanh thu | triệu đồng | 395 | 1.421,6 | 450 |
| Hồ sơ trực tuyến | % | 18,2 | 37,5 | 60 |
"""
DISTRICTS = "| Huyện | Số trạm | Tỷ lệ phủ sóng |\n|---|---|---|\n| Sa Pa | 212 | 99,1% |\n"


def cells(table: str, label: str) -> list[Candidate]:
    rows = [(s, s.row) for s in sentences(table) if s.row is not None]
    return next(row_candidates(s, row) for s, row in rows if s.text.startswith(f"| {label} |"))


def test_each_figure_of_a_row_is_a_candidate_and_the_unit_is_none() -> None:
    assert [cut(c, c.core) for c in cells(TABLE, "Trạm BTS")] == ["802", "gần 861", "900"]


def test_each_figure_is_of_the_year_of_its_column() -> None:
    assert [set(c.years) for c in cells(TABLE, "Trạm BTS")] == [{2021}, {2022}, {2023}]


def test_the_column_of_the_plan_is_planned() -> None:
    assert [c.planned for c in cells(TABLE, "Trạm BTS")] == [False, False, True]


def test_a_column_of_a_year_after_the_report_is_planned() -> None:
    table = "| Chỉ tiêu | 2022 | 2023 |\n|---|---|---|\n| Trạm BTS | 861 | 900 |\n"
    assert [(set(c.years), c.planned) for c in cells(table, "Trạm BTS")] == [({2022}, False), ({2023}, True)]


def test_a_figure_is_led_by_the_rows_label_and_stands_under_its_header() -> None:
    last = cells(TABLE, "Trạm BTS")[-1]
    assert cut(last, last.lead) == "Trạm BTS"
    assert [cut(last, head) for head in last.heads[:2]] == ["Trạm BTS", "Kế hoạch năm 2023"]


def test_the_unit_column_makes_shares_and_money() -> None:
    shares = [c.quantity for c in cells(TABLE, "Hồ sơ trực tuyến") if c.quantity]
    assert [(q.kind, q.unit, q.value) for q in shares][:2] == [
        (Kind.PERCENT, "%", Decimal("18.2")),
        (Kind.PERCENT, "%", Decimal("37.5")),
    ]
    money = [c.quantity for c in cells(TABLE, "Doanh thu") if c.quantity]
    assert [(q.kind, q.unit, q.value) for q in money][:2] == [
        (Kind.MONEY, "đồng", Decimal(395_000_000)),
        (Kind.MONEY, "đồng", Decimal("1421600000")),
    ]


def test_a_table_without_a_unit_column_keeps_the_units_of_its_cells() -> None:
    found = cells(DISTRICTS, "Sa Pa")
    assert [(c.kind, c.noun) for c in found] == [(Kind.NUMBER, ""), (Kind.PERCENT, "")]


def test_a_cell_in_words_tells_label_column_value_and_unit() -> None:
    told = [row_statement(c, c.sentence.row) for label in ("Trạm BTS", "Doanh thu", "Hồ sơ trực tuyến")
            for c in cells(TABLE, label)[1:2] if c.sentence.row]  # fmt: skip
    assert told == [
        "Trạm BTS (Năm 2022): gần 861 trạm",
        "Doanh thu (Năm 2022): 1.421,6 triệu đồng",
        "Hồ sơ trực tuyến (Năm 2022): 37,5%",
    ]


def test_a_cell_of_a_table_without_units_is_told_as_it_is_written() -> None:
    found = cells(DISTRICTS, "Sa Pa")
    assert [row_statement(c, c.sentence.row) for c in found if c.sentence.row] == [
        "Sa Pa (Số trạm): 212",
        "Sa Pa (Tỷ lệ phủ sóng): 99,1%",
    ]


PLANNED = """| TT | Chỉ tiêu | ĐVT | Kế hoạch | Thực hiện | % so với kế hoạch | Cùng kỳ |
|---|---|---|---|---|---|---|
| 1 | Doanh thu viễn thông | tỷ đồng | 120 | 126,5 | 105,4 | 118 |
"""


def test_the_columns_tell_plan_result_share_of_plan_and_the_year_before() -> None:
    row = next(s for s in sentences(PLANNED) if s.row is not None)
    assert row.row is not None
    found = {cut(c, c.core): c for c in row_candidates(row, row.row)}
    assert {core: (c.planned, c.of_plan, c.former, set(c.years)) for core, c in found.items()} == {
        "120": (True, False, False, {2022}),
        "126,5": (False, False, False, set()),
        "105,4": (False, True, False, set()),
        "118": (False, False, True, {2021}),
    }
    assert [row_statement(c, row.row) for c in found.values()] == [
        "Doanh thu viễn thông (Kế hoạch): 120 tỷ đồng",
        "Doanh thu viễn thông (Thực hiện): 126,5 tỷ đồng",
        "Doanh thu viễn thông (% so với kế hoạch): 105,4%",
        "Doanh thu viễn thông (Cùng kỳ): 118 tỷ đồng",
    ]


def test_a_share_beside_the_plan_is_the_share_of_the_plan() -> None:
    header = "| Chỉ tiêu | Đơn vị | Kế hoạch | Kết quả | Tỷ lệ đạt (%) |\n|---|---|---|---|---|\n"
    table = f"{header}| Doanh thu | tỷ đồng | 80 | 84 | 105 |\n"
    share = cells(table, "Doanh thu")[-1]
    assert (share.of_plan, share.noun, share.kind) == (True, "%", Kind.PERCENT)


def test_a_column_of_per_cent_has_no_other_unit() -> None:
    table = "| Chỉ tiêu | Đơn vị | TH 2022 | So 2021 (%) |\n|---|---|---|---|\n| Doanh thu | tỷ đồng | 80 | 115,4 |\n"
    (result, compared) = cells(table, "Doanh thu")
    assert (result.noun, compared.noun, compared.kind) == ("tỷ đồng", "%", Kind.PERCENT)
    assert compared.sentence.row is not None
    assert row_statement(compared, compared.sentence.row) == "Doanh thu (So 2021 (%)): 115,4%"
