import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from assistant.ui.reports_view import progress_html, reports_html, told_html
from assistant.ui.texts_en import ENGLISH
from assistant.ui.texts_vi import VIETNAMESE
from index.types import Report, SkippedFile
from tests.parsed_html import ATTACK, Parsed, assert_harmless

REPORT = Report("a.md", "", "00", (), "Tổng kết", "Đắk Nông", 2023, date(2024, 1, 18), "Báo A")


def index(*reports, passages=(), figures=(), skipped=()):
    """An index as far as the list looks at it; passages and figures by the path of their report."""
    return SimpleNamespace(
        reports={report.path: report for report in reports},
        passages=[SimpleNamespace(report=path) for path in passages],
        figures=[SimpleNamespace(report=path) for path in figures],
        manifest=SimpleNamespace(skipped=tuple(skipped)),
    )


def listed(told, removable=lambda path: False, texts=VIETNAMESE):
    return reports_html(told, removable, texts)


def rows(html):
    return [Parsed(row).text for row in re.findall("<tr class=.*?</tr>", html)]


# --- the list


def test_a_row_tells_a_report_and_leads_to_it():
    html = listed(index(REPORT, passages=["a.md"] * 3, figures=["a.md"] * 1234))
    assert rows(html) == ["Tổng kếta.mdĐắk Nông202318/01/202431.234"]
    assert '<button class="act link" value="select:report-a.md">Tổng kết</button><span class="path">a.md</span>' in html


def test_what_a_report_does_not_tell_is_said():
    bare = replace(REPORT, title="", province="", year=None, published=None)
    assert rows(listed(index(bare))) == ["Báo cáo không có tiêu đềa.mdchưa rõ tỉnhchưa rõ năm00"]
    assert rows(listed(index(bare), texts=ENGLISH)) == ["Report without a titlea.mdprovince unknownyear unknown00"]


def test_what_is_indexed_is_counted():
    html = listed(index(REPORT, replace(REPORT, path="b.md"), passages=["a.md"] * 1500, figures=["b.md"] * 2))
    assert "Đang hỏi đáp trên 2 báo cáo, 1.500 đoạn, 2 số liệu." in html


def test_reports_are_sorted_by_province_year_and_path():
    told = [
        ("Điện Biên", 2019, "e"),
        ("Đắk Nông", 2023, "d"),
        ("Đắk Nông", 2023, "c"),
        ("Đắk Nông", None, "b"),
        ("", 2020, "a"),
    ]
    reports = [replace(REPORT, province=province, year=year, path=path) for province, year, path in told]
    assert re.findall('class="path">(.)<', listed(index(*reports))) == ["a", "b", "c", "d", "e"]


def test_no_report_is_an_empty_list():
    html = listed(index())
    assert "Đang hỏi đáp trên 0 báo cáo" in html
    assert rows(html) == []


def test_only_what_may_be_removed_has_a_button_for_it():
    html = listed(index(REPORT, replace(REPORT, path="b/c.md")), lambda path: path == "a.md")
    assert (
        '<button class="act link" value="delete:a.md" '
        'data-confirm="Gỡ báo cáo này khỏi thư mục? Tệp sẽ bị xoá.">Gỡ</button>'
    ) in html
    assert html.count("delete:") == 1


def test_a_very_long_list_is_cut_and_counted():
    html = listed(index(*(replace(REPORT, path=f"{number}.md") for number in range(1003))))
    assert len(rows(html)) == 1000
    assert html.count('<p class="hint">+ 3</p>') == 1


def test_the_bundled_reports_are_listed(bot):
    html = listed(bot.index)
    assert Parsed(html).actions == [
        "select:report-dak-nong-2023.md", "select:report-dien-bien-2019.md", "select:report-dong-thap-2024.md",
        "select:report-phu-tho-2023.md", "select:report-tuyen-quang-2023.md",
    ]  # fmt: skip
    assert "skipped" not in html


# --- what was skipped


def test_skipped_files_are_told_with_the_reason():
    html = listed(index(REPORT, skipped=[SkippedFile("b.pdf", "không đọc được"), SkippedFile("c.md", "trống")]))
    assert "<summary>2 tệp bị bỏ qua</summary>" in html
    assert "<ul><li><strong>b.pdf</strong>: không đọc được</li><li><strong>c.md</strong>: trống</li></ul>" in html


def test_very_many_skipped_files_are_counted():
    html = listed(index(skipped=[SkippedFile(f"{number}.md", "trống") for number in range(1003)]))
    assert "<summary>1003 tệp bị bỏ qua</summary>" in html
    assert html.count("<li>") == 1000


# --- what is under way, and what came of it


def test_what_came_of_each_file_is_told():
    assert told_html([(True, "Đã thêm a.md"), (False, "b.md trống")]) == (
        '<ul class="told" role="status"><li class="ok">✓ Đã thêm a.md</li><li class="bad">✗ b.md trống</li></ul>'
    )
    assert told_html([]) == ""


@pytest.mark.parametrize(("done", "total", "most"), [(0, 0, 1), (0, 3, 3), (3, 3, 3)])
def test_progress_has_an_end(done, total, most):
    html = progress_html("Đang đọc…", done, total)
    assert f'<span>Đang đọc…</span><progress value="{done}" max="{most}"></progress>' in html


# --- hostile reports


def test_whatever_reports_and_files_are_called_stays_text():
    hostile = replace(REPORT, path=ATTACK, title=ATTACK, province=ATTACK)
    html = listed(index(hostile, skipped=[SkippedFile(ATTACK, ATTACK)]), lambda path: True)
    page = assert_harmless(html)
    assert page.text.count("<script>alert(1)</script>") == 5
    assert page.actions == [f"select:report-{ATTACK}", f"delete:{ATTACK}"]
    assert_harmless(told_html([(True, ATTACK), (False, ATTACK)]))
    assert_harmless(progress_html(ATTACK, 1, 2))
