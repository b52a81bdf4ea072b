import re
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.figure_table import Filter
from assistant.points import Collected, Point
from assistant.types import Citation
from assistant.ui.figures_view import COLUMNS, MAX_SIDES, PAGE_ROWS, Listing, charts_html, ordered, sides_of, table_html
from assistant.ui.texts_en import ENGLISH
from assistant.ui.texts_vi import VIETNAMESE
from assistant.ui.views import of_figure, of_place
from index.numbers import Kind
from index.types import Figure, FigureKind, Report, Span
from tests.parsed_html import ATTACK, Parsed, assert_harmless


def figure(value=44, **changed):
    known = Figure(
        "a.md", "Đắk Nông", 2023, "", FigureKind.RESULT, "trạm BTS", (), f"{value} trạm",
        None if value is None else Decimal(value), "trạm", "", 7, 14, Span(0, 20),
    )  # fmt: skip
    return replace(known, **changed)


def table(figures, texts=VIETNAMESE, **listing):
    return table_html(figures, Listing(**listing), texts)


def rows(html):
    return [Parsed(row).text for row in re.findall("<tr class=.*?</tr>", html)]


def point(value, province="Đắk Nông", year=2023, kind=Kind.NUMBER, report="a.md"):
    citation = Citation(1, report, "T", province, year, "S", 3, 9, "trích", "00")
    return Point(province, year, str(value), Decimal(value), "", kind, False, citation)


def collected(*points, others=(), silent=()):
    return Collected(points, others, silent)


def named(html):
    return re.findall('class="name">(.*?)<', html)


# --- the order


def values(figures, **listing):
    return [one.value for one in ordered(figures, Listing(**listing))]


def test_figures_stand_in_the_order_of_the_reports_unless_sorted():
    figures = [figure(3), figure(1), figure(2)]
    assert values(figures) == [3, 1, 2]
    assert values(figures, column="value") == [1, 2, 3]
    assert values(figures, column="value", descending=True) == [3, 2, 1]


@pytest.mark.parametrize("column", ["", "price", "__class__", ATTACK])
def test_an_unknown_column_sorts_nothing(column):
    assert values([figure(3), figure(1)], column=column) == [3, 1]


def test_values_are_sorted_within_their_unit():
    figures = [figure(5, unit="đồng"), figure(9, unit="%"), figure(1, unit="đồng"), figure(None, unit="đồng")]
    assert values(figures, column="value") == [9, None, 1, 5]


def test_provinces_are_sorted_without_diacritics_then_by_year():
    figures = [
        figure(province=name, year=year)
        for name, year in (("Đắk Nông", 2023), ("Điện Biên", None), ("Đắk Nông", 2019), ("Cà Mau", 2020))
    ]
    assert [(one.province, one.year) for one in ordered(figures, Listing(column="province"))] == [
        ("Cà Mau", 2020), ("Đắk Nông", 2019), ("Đắk Nông", 2023), ("Điện Biên", None),
    ]  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_figures_that_tell_little(column, descending):
    figures = [figure(), figure(None, province="", year=None, period="", indicator="", unit="")]
    assert len(ordered(figures, Listing(column=column, descending=descending))) == 2


# --- the table


def test_a_row_tells_a_figure_and_leads_to_its_sentence():
    html = table([figure(44, period="11 tháng", written="hơn 44")])
    assert rows(html) == ["Đắk Nông11 thángkết quảtrạm BTShơn 44"]
    assert '<button class="act link" value="select:figure-7-a.md">hơn 44</button>' in html


def test_a_row_tells_what_it_knows():
    assert rows(table([figure(province="", year=2023)])) == ["(chưa rõ tỉnh)2023kết quảtrạm BTS44 trạm"]
    assert rows(table([figure(year=None, kind=FigureKind.RANK)])) == ["Đắk Nôngthứ hạngtrạm BTS44 trạm"]
    assert rows(table([figure(kind=FigureKind.TARGET)], ENGLISH)) == ["Đắk Nông2023targettrạm BTS44 trạm"]


def test_no_figure_is_told():
    assert table([]) == '<p class="empty">Không có số liệu nào khớp bộ lọc: hãy bỏ bớt điều kiện.</p>'


def test_the_heads_sort_the_table():
    html = table([figure()], column="period", descending=True)
    assert Parsed(html).actions[:5] == [f"apply:sort-{column}" for column in COLUMNS]
    assert Parsed(html).values("th", "aria-sort") == ["none", "descending", "none", "none", "none"]
    assert 'title="Sắp xếp theo Kỳ">Kỳ ▼</button>' in html
    assert ">Tỉnh ▲</button>" in table([figure()], column="province")


def test_figures_are_counted():
    assert '<p class="found" role="status">1.234 số liệu' in table([figure()] * 1234)
    assert '<p class="found" role="status">1 số liệu</p>' in table([figure()])


def test_a_table_of_many_figures_has_pages():
    figures = [figure(number) for number in range(2 * PAGE_ROWS + 1)]
    shown = [table(figures, page=page) for page in (1, 2, 3)]
    assert [len(rows(html)) for html in shown] == [PAGE_ROWS, PAGE_ROWS, 1]
    assert [Parsed(html).actions[: -5 - len(rows(html))] for html in shown] == [
        ["apply:page-2"],
        ["apply:page-1", "apply:page-3"],
        ["apply:page-2"],
    ]
    assert "Trang 2/3" in shown[1]
    assert '<button class="act step" disabled>‹</button>Trang 1/3' in shown[0]
    assert rows(shown[1])[0].endswith(f"{PAGE_ROWS} trạm")


def test_a_full_page_is_the_only_one():
    assert "Trang" not in table([figure()] * PAGE_ROWS)
    assert "Trang 1/2" in table([figure()] * (PAGE_ROWS + 1))


@pytest.mark.parametrize(("page", "shown"), [(-1, 1), (0, 1), (3, 2), (999_999_999, 2)])
def test_a_page_that_is_not_there_is_the_nearest(page, shown):
    assert f"Trang {shown}/2" in table([figure()] * (PAGE_ROWS + 1), page=page)


def test_every_row_of_the_bundled_reports_leads_to_its_sentence(bot):
    figures, reports = bot.index.figures, bot.index.reports
    for page in range(1, -(-len(figures) // PAGE_ROWS) + 1):
        for action in Parsed(table(figures, page=page)).actions:
            if action.startswith("select:figure-"):
                start, _, path = action.removeprefix("select:figure-").partition("-")
                assert of_figure(path, int(start), figures, reports).holds


# --- the sides of a chart


def report(province="Đắk Nông", year=2023):
    return Report("a.md", "", "00", (), "T", province, year, None, "")


def sides(reports, **wanted):
    return sides_of({str(number): one for number, one in enumerate(reports)}, Filter(**wanted))


def test_sides_are_provinces_with_their_years():
    reports = [
        report("Phú Thọ", 2022),
        report(),
        report("Đắk Nông", 2019),
        report(),
        report("", 2020),
        report("Lai Châu", None),
    ]
    assert sides(reports) == [("Đắk Nông", 2019), ("Đắk Nông", 2023), ("Phú Thọ", 2022)]


def test_sides_fit_the_filter():
    reports = [report("Phú Thọ", 2022), report(), report("Đắk Nông", 2019)]
    assert sides(reports, province="Đắk Nông") == [("Đắk Nông", 2019), ("Đắk Nông", 2023)]
    assert sides(reports, year=2022) == [("Phú Thọ", 2022)]
    assert sides(reports, province="Cà Mau") == []
    assert sides(reports, kind=FigureKind.TARGET, indicator="trạm") == sides(reports)


def test_of_too_many_sides_the_latest_are_taken_the_same_each_time():
    reports = [report(f"Tỉnh {number:03}", 2000 + year) for number in range(100) for year in range(2)]
    found = sides(reports)
    assert len(found) == MAX_SIDES
    assert found == sorted(
        [(f"Tỉnh {number:03}", 2001) for number in range(100)] + [(f"Tỉnh {number:03}", 2000) for number in range(50)]
    )


# --- the charts


def test_bars_show_the_latest_year_of_each_province_highest_first():
    html = charts_html(
        collected(point(80, year=2021), point(90, year=2022), point(95, "Phú Thọ", 2022)),
        Filter(indicator="trạm"),
        VIETNAMESE,
    )
    bars, lines = html.split('<figure class="chart lines">')
    assert named(bars) == ["Phú Thọ", "Đắk Nông"]
    assert lines.count("<circle") == 2
    assert '<p class="hint">' not in html


def test_of_ranks_the_first_comes_first():
    points = [point(20, "Cà Mau", kind=Kind.RANK), point(3, "Phú Thọ", kind=Kind.RANK)]
    assert named(charts_html(collected(*points), Filter(indicator="hạng"), VIETNAMESE)) == ["Phú Thọ", "Cà Mau"]


@pytest.mark.parametrize("points", [[], [point(80)]])
def test_too_few_figures_are_told(points):
    html = charts_html(collected(*points), Filter(indicator="trạm <BTS>"), VIETNAMESE)
    assert html == '<p class="hint">Không có đủ hai số liệu cùng đơn vị về «trạm &lt;BTS&gt;» để vẽ.</p>'


def test_years_of_one_province_make_a_line_alone():
    html = charts_html(collected(point(80, year=2021), point(90, year=2022)), Filter(indicator="trạm"), VIETNAMESE)
    assert html.startswith('<figure class="chart lines">')


def test_who_is_left_out_is_named():
    told = collected(
        point(80), point(90, "Phú Thọ"), others=("Lai Châu (2022): 5%",), silent=("Cà Mau (2023)", "Huế (2023)")
    )
    assert charts_html(told, Filter(indicator="trạm"), VIETNAMESE).endswith(
        '<p class="hint">Không vẽ vì khác đơn vị: Lai Châu (2022): 5%.</p>'
        '<p class="hint">Không nêu: Cà Mau (2023), Huế (2023).</p>'
    )


def test_an_indicator_of_braces_is_text():
    assert "«{indicator} {0}»" in charts_html(collected(), Filter(indicator="{indicator} {0}"), VIETNAMESE)


def test_bars_and_dots_lead_to_their_sentences_whatever_the_path():
    path = "Sở \"TT&TT\" <'a'>/2-3.md"
    text = "Có 44 trạm BTS."
    points = [point(80, year=2021, report=path), point(90, year=2022, report=path), point(1, "Phú Thọ", report=path)]
    page = Parsed(charts_html(collected(*points), Filter(indicator="trạm"), VIETNAMESE))
    actions = page.actions + page.values("g", "data-act")
    assert actions == [f"select:place-3-9-{path}"] * 4
    shown = replace(report(), path=path, text=text)
    assert of_place(actions[0].removeprefix("select:place-"), {path: shown}).text == text[3:9]


# --- hostile reports


def test_whatever_reports_write_stays_text():
    hostile = figure(report=ATTACK, province=ATTACK, period=ATTACK, indicator=ATTACK, written=ATTACK, unit=ATTACK)
    page = assert_harmless(table([hostile]))
    assert page.text.count("<script>alert(1)</script>") == 4
    assert page.actions[-1] == f"select:figure-7-{ATTACK}"
    told = collected(point(1, ATTACK, report=ATTACK), point(2, ATTACK, 2022), others=(ATTACK,), silent=(ATTACK,))
    assert_harmless(charts_html(told, Filter(indicator=ATTACK), VIETNAMESE))
    assert_harmless(charts_html(collected(), Filter(indicator=ATTACK), ENGLISH))


def test_a_filter_for_targets_is_told_that_the_chart_has_results():
    html = charts_html(collected(), Filter(indicator="trạm", kind=FigureKind.TARGET), VIETNAMESE)
    assert html.endswith('<p class="hint">Biểu đồ chỉ vẽ kết quả, không vẽ mục tiêu.</p>')
