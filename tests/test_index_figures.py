import csv
import time
from pathlib import Path

import pytest

from index.build import read_report
from index.figures import figures_of, find_figures, trimmed
from index.split import split_report
from index.tokens import count_tokens
from index.types import Figure, FigureKind, Span
from tests.test_index_candidates import sentences

ROOT = Path(__file__).parents[1]
GOLD = list(csv.DictReader((ROOT / "tests" / "figures_gold.tsv").read_text("utf-8").splitlines(), delimiter="\t"))


def rows_of(name: str) -> list[Figure]:
    report = read_report(ROOT / "reports", name)
    return find_figures({report.path: report}, split_report(report, count_tokens))


def agrees(figure: Figure, gold: dict[str, str]) -> bool:
    """Whether a row tells what the hand-made one does: figure, value, kind, year and what is measured."""
    return (
        figure.report == gold["report"]
        and figure.written == gold["written"]
        and figure.kind.value == gold["kind"]
        and str(figure.year) == gold["year"]
        and (f"{figure.value:f}" if figure.value is not None else "") == gold["value"]
        and gold["indicator"] in figure.indicator.lower()
    )


def test_nearly_all_rows_of_two_reports_are_those_made_by_hand() -> None:
    found = [figure for name in sorted({gold["report"] for gold in GOLD}) for figure in rows_of(name)]
    recalled = sum(any(agrees(figure, gold) for figure in found) for gold in GOLD)
    precise = sum(any(agrees(figure, gold) for gold in GOLD) for figure in found)
    assert recalled / len(GOLD) >= 0.94
    assert precise / len(found) >= 0.94


def test_every_row_stands_in_its_report() -> None:
    report = read_report(ROOT / "reports", "dak-nong-2023.md")
    found = find_figures({report.path: report}, split_report(report, count_tokens))
    assert len(found) > 70
    for figure in found:
        assert " ".join(report.text[figure.start : figure.end].split()) == figure.written
        assert figure.sentence.start <= figure.start < figure.end <= figure.sentence.end
        assert all(report.text[span.start : span.end].strip() for span in figure.named)


@pytest.mark.parametrize(
    ("body", "kind", "year", "period"),
    [
        ("Tỉnh có 1.167 trạm BTS.", FigureKind.RESULT, 2022, "2022"),
        ("Doanh thu viễn thông tăng 7,3% so với năm 2021.", FigureKind.CHANGE, 2022, "2022"),
        ("Chỉ số DTI năm 2021 xếp thứ 9/63.", FigureKind.RANK, 2021, "2021"),
        ("Tỷ lệ hộ có cáp quang đạt 74%.", FigureKind.SHARE, 2022, "2022"),
        ("Phấn đấu đến hết năm 2023 có 2.100 trạm BTS.", FigureKind.TARGET, 2023, "2023"),
        ("Bình quân mỗi điểm phục vụ 5.860 người.", FigureKind.EACH, 2022, "2022"),
        ("11 tháng đầu năm, cổng tỉnh có 1.201.267 lượt truy cập.", FigureKind.RESULT, 2022, "11 tháng đầu năm 2022"),
        ("Hội nghị họp ngày 12/01/2023.", FigureKind.DATE, 2023, "2023"),
    ],
)
def test_a_row_tells_what_its_figure_is(body: str, kind: FigureKind, year: int, period: str) -> None:
    figure = list(figures_of(sentences(body)[0]))[-1]
    assert (figure.kind, figure.year, figure.period) == (kind, year, period)


def test_a_table_cell_is_a_row_with_its_label_unit_and_year() -> None:
    table = "| Chỉ tiêu | Đơn vị | Năm 2021 | Năm 2022 |\n|---|---|---|---|\n| Trạm BTS | trạm | 861 | 903 |"
    rows = [figure for sentence in sentences(table) for figure in figures_of(sentence)]
    assert [(row.indicator, row.written, row.unit, row.year) for row in rows] == [
        ("Trạm BTS", "861", "trạm", 2021),
        ("Trạm BTS", "903", "trạm", 2022),
    ]


@pytest.mark.parametrize("blank", [" ", ",", "\u00a0", "("])
def test_a_long_run_of_blanks_takes_no_time(blank: str) -> None:
    text = f"Doanh thu{blank * 500}toàn tỉnh đạt{blank * 500}"
    began = time.perf_counter()
    trimmed(text, Span(0, len(text)))
    assert time.perf_counter() - began < 1
