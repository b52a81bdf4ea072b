import re
from decimal import Decimal

import pytest

from assistant.points import Point
from assistant.types import Citation
from assistant.ui.chart import Bar, bar_chart, line_chart
from assistant.ui.texts_en import ENGLISH
from assistant.ui.texts_vi import VIETNAMESE
from index.numbers import Kind
from tests.parsed_html import ATTACK, Parsed, assert_harmless


def bar(value, province="Đắk Nông", year=2023, kind=Kind.NUMBER, unit="", written="", action="select:quote-1-0"):
    citation = Citation(1, "a.md", "T", province, year, "S", 0, 5, f"Có {value} trạm.", "00")
    return Bar(Point(province, year, written or str(value), Decimal(value), unit, kind, False, citation), action)


def widths(html):
    return re.findall(r'style="width:([\d.]+)%"', html)


def heights(html):
    return [float(y) for y in Parsed(html).values("circle", "cy")]


# --- bars


def test_a_bar_leads_to_its_sentence():
    html = bar_chart([bar(1167, action="select:quote-7-1"), bar(905, "Lai Châu")], VIETNAMESE)
    assert (
        '<li><button class="act" value="select:quote-7-1" title="Có 1167 trạm.">'
        '<span class="name">Đắk Nông</span><span class="amount">1167</span>'
        '<span class="bar"><span style="width:100.0%"></span></span></button></li>'
    ) in html
    assert Parsed(html).tags[:3] == ["figure", "ul", "li"]


@pytest.mark.parametrize("bars", [[], [bar(1167)]])
def test_one_bar_is_no_chart(bars):
    assert bar_chart(bars, VIETNAMESE) == ""


def test_the_longest_bar_has_its_full_width():
    assert widths(bar_chart([bar(50), bar(200), bar(100)], VIETNAMESE)) == ["25.0", "100.0", "50.0"]


def test_a_small_bar_can_be_seen():
    assert widths(bar_chart([bar(0), bar(1), bar(10**12)], VIETNAMESE)) == ["0.5", "0.5", "100.0"]
    assert widths(bar_chart([bar(0), bar(0)], VIETNAMESE)) == ["0.5", "0.5"]


def test_of_ranks_the_first_is_the_longest():
    bars = [bar(1, kind=Kind.RANK), bar(20, kind=Kind.RANK), bar(11, kind=Kind.RANK)]
    assert widths(bar_chart(bars, VIETNAMESE)) == ["100.0", "5.0", "50.0"]


def test_figures_beyond_what_a_computer_counts_exactly_are_drawn():
    assert widths(bar_chart([bar(10**400), bar(10**400 // 2)], VIETNAMESE)) == ["100.0", "50.0"]


def test_years_are_told_where_they_differ():
    names = re.compile(r'<span class="name">([^<]*)</span>')
    same = [bar(1), bar(2, "Phú Thọ")]
    differing = [bar(1), bar(2, "Phú Thọ", 2022), bar(3, "Lai Châu", None)]
    assert names.findall(bar_chart(same, VIETNAMESE)) == ["Đắk Nông", "Phú Thọ"]
    assert names.findall(bar_chart(differing, VIETNAMESE)) == ["Đắk Nông (2023)", "Phú Thọ (2022)", "Lai Châu"]


def test_the_unit_is_told():
    shares = [bar(80, kind=Kind.PERCENT, unit="%"), bar(90, kind=Kind.PERCENT, unit="%")]
    assert "<figcaption>Biểu đồ: %</figcaption>" in bar_chart(shares, VIETNAMESE)
    assert "<figcaption>Chart: %</figcaption>" in bar_chart(shares, ENGLISH)
    assert "figcaption" not in bar_chart([bar(1), bar(2)], VIETNAMESE)


# --- lines


def test_a_province_of_two_years_has_a_line():
    html = line_chart([bar(870, year=2021), bar(905, year=2022)], VIETNAMESE)
    page = Parsed(html)
    assert page.tags.count("polyline") == 1
    assert page.tags.count("circle") == 2
    assert "<title>Đắk Nông 2021: 870</title>" in html
    assert '<ul class="legend"><li class="line-1">Đắk Nông</li></ul>' in html
    assert re.findall(r">(\d{4})</text>", html) == ["2021", "2022"]
    assert page.values("g", "data-act") == ["select:quote-1-0"] * 2


@pytest.mark.parametrize(
    "bars",
    [
        [],
        [bar(870)],
        [bar(870), bar(905)],  # of one year
        [bar(870), bar(905, "Lai Châu", 2022)],
        [bar(870, year=None), bar(905, year=None)],
    ],
)
def test_without_two_years_of_a_province_there_is_no_line(bars):
    assert line_chart(bars, VIETNAMESE) == ""


def test_a_line_goes_from_year_to_year_whatever_their_order():
    html = line_chart([bar(905, year=2022), bar(800, year=2019), bar(870, year=2021)], VIETNAMESE)
    places = [float(x) for x in Parsed(html).values("circle", "cx")]
    assert places == sorted(places)
    assert places[1] - places[0] == pytest.approx(2 * (places[2] - places[1]), abs=0.2)


def test_higher_figures_stand_higher():
    html = line_chart([bar(0, year=2020), bar(50, year=2021), bar(100, year=2022)], VIETNAMESE)
    lowest, middle, highest = heights(html)
    assert highest < middle < lowest
    assert (highest, lowest) == (34.0, 189.2)


def test_better_ranks_stand_higher():
    html = line_chart([bar(20, year=2021, kind=Kind.RANK), bar(1, year=2022, kind=Kind.RANK)], VIETNAMESE)
    worse, better = heights(html)
    assert better < worse


def test_each_province_has_a_colour_until_there_are_too_many():
    bars = [bar(year, f"Tỉnh {number}", year) for number in range(8) for year in (2021, 2022)]
    classes = Parsed(line_chart(bars, VIETNAMESE)).values("li", "class")
    assert classes == ["line-1", "line-2", "line-3", "line-4", "line-5", "line-6", "line-1", "line-2"]


def test_a_province_of_one_year_is_left_out_of_the_lines():
    html = line_chart([bar(1, year=2021), bar(2, year=2022), bar(9, "Lai Châu", 2022)], VIETNAMESE)
    assert "Lai Châu" not in html


# --- hostile reports


@pytest.mark.parametrize("draw", [bar_chart, line_chart])
def test_whatever_reports_write_stays_text(draw):
    bars = [bar(year, ATTACK, year, unit=ATTACK, written=ATTACK, action=f"select:{ATTACK}") for year in (2021, 2022)]
    page = assert_harmless(draw(bars, VIETNAMESE))
    assert "<script>alert(1)</script>" in page.text
    told = page.values("button", "value") + page.values("g", "data-act")
    assert told == [f"select:{ATTACK}"] * 2
