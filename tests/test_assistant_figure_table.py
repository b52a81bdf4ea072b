import csv
import json
from decimal import Decimal

import pytest

from assistant.figure_table import Filter, as_csv, as_json, as_table, chosen
from index.errors import QuestionError
from index.types import Figure, FigureKind, Span


def figure(
    province: str, indicator: str, written: str, kind: FigureKind = FigureKind.RESULT, year: int = 2023
) -> Figure:
    return Figure(
        "a.md", province, year, str(year), kind, indicator, (Span(0, 5),), written, Decimal(1167), "trạm", "", 9, 14,
        Span(0, 20),
    )  # fmt: skip


FIGURES = [
    figure("Đắk Nông", "tổng số trạm BTS", "1.167"),
    figure("Phú Thọ", "doanh thu viễn thông", "3.311"),
    figure("Phú Thọ", "doanh thu bưu chính", "500", FigureKind.TARGET, 2024),
]


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        (Filter(), ["1.167", "3.311", "500"]),
        (Filter(province="dak nong"), ["1.167"]),
        (Filter(indicator="cột sóng"), ["1.167"]),
        (Filter(indicator="doanh thu"), ["3.311", "500"]),
        (Filter(year=2024), ["500"]),
        (Filter(kind=FigureKind.TARGET), ["500"]),
        (Filter(province="Phú Thọ", indicator="trạm BTS"), []),
    ],
)
def test_figures_are_filtered(wanted: Filter, written: list[str]) -> None:
    assert [one.written for one in chosen(FIGURES, wanted)] == written


@pytest.mark.parametrize("province", ["Lào Cai", "xyz"])
def test_a_province_without_a_report_is_refused_with_those_there_are(province: str) -> None:
    with pytest.raises(QuestionError, match=f"'{province}': hiện có Đắk Nông, Phú Thọ"):
        chosen(FIGURES, Filter(province=province))


def test_csv_is_read_back_and_holds_no_formula() -> None:
    rows = list(csv.DictReader(as_csv([figure("Phú Thọ", '=HYPERLINK("x"), "y"', "1.167")]).splitlines()))
    assert rows[0]["indicator"] == '\'=HYPERLINK("x"), "y"'
    assert (rows[0]["value"], rows[0]["kind"], rows[0]["start"]) == ("1167", "result", "9")


def test_json_holds_every_field() -> None:
    (row,) = json.loads(as_json(FIGURES[:1]))["figures"]
    assert row["sentence"] == {"start": 0, "end": 20}
    assert (row["value"], row["province"], row["named"]) == ("1167", "Đắk Nông", [{"start": 0, "end": 5}])


def test_the_table_is_aligned_and_counts_its_rows() -> None:
    lines = as_table(FIGURES[:2]).splitlines()
    assert lines[0].split() == ["Tỉnh", "Kỳ", "Loại", "Số", "liệu", "Chỉ", "tiêu"]
    assert lines[1].index("1.167") == lines[2].index("3.311")
    assert lines[-1] == "2 số liệu"
