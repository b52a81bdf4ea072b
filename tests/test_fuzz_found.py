"""Inputs that fuzzing once found faults with are read, or refused as documented, and quickly: ``tests.fuzz.run``."""

import time
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import pytest

from index.clean import find_content
from index.figures import find_figures
from index.formats.read_html import read_html
from index.formats.read_zip import members_of, open_archive
from index.numbers import find_quantities, parse_number
from index.split import MAX_SENTENCE_CHARS
from index.tables import find_rows
from index.types import Report, Span
from tests.fuzz.places import check_report
from tests.fuzz.targets import FOUND, SECONDS, TARGETS
from tests.report_files import zip_of

CASES = sorted(path for path in FOUND.rglob("*") if path.is_file())
SEEDS = [(name, number) for name, target in TARGETS.items() for number in range(len(target.seeds))]


def test_every_kept_input_is_of_a_target() -> None:
    assert CASES
    assert {path.parent.name for path in CASES} <= set(TARGETS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_an_input_that_was_a_fault_is_none_any_more(case: Path) -> None:
    began = time.process_time()
    TARGETS[case.parent.name].run(case.read_bytes())
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(("name", "number"), SEEDS)
def test_what_fuzzing_begins_with_is_no_fault(name: str, number: int) -> None:
    TARGETS[name].run(TARGETS[name].seeds[number])


@pytest.mark.parametrize(("written", "value"), [("0.600,4", "600.4"), ("0.600.700", "600700"), ("0,125", "0.125")])
def test_a_number_grouped_after_a_zero_has_a_value(written: str, value: str) -> None:
    assert parse_number(written) == Decimal(value)
    assert [quantity.value for quantity in find_quantities(f"{written} trạm")] == [Decimal(value)]


def test_a_bar_alone_is_no_row_and_ends_no_table() -> None:
    text = "| Chỉ tiêu | 2022 |\n|\n| Trạm | 9 |"
    content = [Span(0, 19), Span(20, 21), Span(22, 34)]
    assert [(start, len(row.cells)) for start, row in find_rows(text, content).items()] == [(22, 2)]


@pytest.mark.parametrize("label", ["Hạ tầng. Trạm BTS", "Trạm BTS của tỉnh v.v. và " + "các huyện, " * 200])
def test_a_full_stop_in_a_row_or_its_length_breaks_nothing(label: str) -> None:
    row = f"| {label} | 1.742 | 1.900 |"
    text = f"# Kết quả năm 2023\n\n| Chỉ tiêu | 2022 | 2023 |\n|---|---|---|\n{row}\n"
    content = find_content(text)
    report = Report("a.md", text, "0", content, "", "", 2023, None, "")
    passages = check_report(report)
    found = find_figures({"a.md": report}, passages)
    assert [figure.value for figure in found if figure.written.startswith("1.")] == [Decimal(1742), Decimal(1900)]
    if len(row) < MAX_SENTENCE_CHARS:
        assert {(label, 2022), (label, 2023)} <= {(figure.indicator, figure.year) for figure in found}


def test_a_member_of_an_archive_without_a_name_is_left_out() -> None:
    assert [
        one.name
        for one in members_of(open_archive(zip_of({"b.txt": "x", "a.txt": "y"}).replace(b"b.txt", b"\x00.txt")))
    ] == ["a.txt"]


def test_a_short_article_before_a_table_stays_in_either_normal_form() -> None:
    told = "Năm 2022, toàn tỉnh có 1.742 trạm BTS, phủ sóng tới 98,1% dân số của các huyện vùng cao biên giới."
    page = f"<html><body><p>{told}</p><table><tr><td>Trạm<td>1.742</table></body></html>"
    assert read_html(page).parts == (f"{told}\n\n| Trạm | 1.742 |",)
    assert read_html(normalize("NFD", page)).parts == read_html(page).parts
