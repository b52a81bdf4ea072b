from dataclasses import replace

import pytest

from assistant.types import Answer, Check, Citation
from assistant.ui.views import View, action_of, number_of, of_answer, of_figure, of_place, of_report
from index.types import Figure, FigureKind, Report, Span

TEXT = "# Tổng kết\n\nNăm 2023 có 44 trạm mới. Tổng số 1167 trạm.\nThu 340 tỷ đồng.\n"
REPORT = Report("sở/a.md", TEXT, "00", (Span(12, 57),), "Tổng kết", "Đắk Nông", 2023, None, "Báo A")
REPORTS = {REPORT.path: REPORT}
NEW, ALL, MONEY = "Năm 2023 có 44 trạm mới.", "Tổng số 1167 trạm.", "Thu 340 tỷ đồng."


def cited(words, marker=1, **changed):
    start, end = TEXT.index(words), TEXT.index(words) + len(words)
    known = Citation(marker, REPORT.path, "Tổng kết", "Đắk Nông", 2023, "Báo A", start, end, words, "00")
    return replace(known, **changed)


def span(quote):
    return Span(TEXT.index(quote), TEXT.index(quote) + len(quote))


def answer(*citations, near=(), checks=()):
    return Answer("Mấy trạm?", "Có [1]", "answered", citations, tuple(checks), tuple(near), "extractive", 1.0)


def figure(written, quote, **changed):
    start = TEXT.index(written)
    known = Figure(
        REPORT.path, "Đắk Nông", 2023, "2023", FigureKind.RESULT, "trạm", (), written, None, "", "", start,
        start + len(written), span(quote),
    )  # fmt: skip
    return replace(known, **changed)


# --- actions


def test_an_action_names_the_turn_and_the_place():
    assert action_of(3, 0) == "select:quote-3-0"
    assert action_of(3, 1, near=True) == "select:near-3-1"


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("999999999", 999_999_999), ("٣", 3)])
def test_a_number_of_an_action_is_read(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", " 1", "1 ", "1.0", "1e3", "²", "½", "ba", "9" * 10, "9" * 100_000])
def test_what_is_no_number_of_an_action_is_none(text):
    assert number_of(text) == -1


# --- a citation of an answer


def test_a_citation_is_shown_where_it_stands():
    checks = [Check("1.167", 0, 5, True, ""), Check("99", 0, 2, False, "")]
    view = of_answer(3, answer(cited(ALL), checks=checks), 0, False, REPORTS)
    assert view == View(
        path="sở/a.md", report=REPORT, quote=span(ALL), text=ALL, figures=("1.167",), citation=cited(ALL),
        question="Mấy trạm?",
    )  # fmt: skip
    assert view.holds


def test_citations_lead_to_the_next_and_the_previous():
    given = answer(cited(NEW), cited(ALL, 2), cited(MONEY, 3))
    views = [of_answer(3, given, position, False, REPORTS) for position in range(3)]
    assert [(view.before, view.place, view.after) for view in views] == [
        ("", "1/3", "select:quote-3-1"),
        ("select:quote-3-0", "2/3", "select:quote-3-2"),
        ("select:quote-3-1", "3/3", ""),
    ]


def test_near_misses_lead_to_each_other_and_mark_no_figure():
    given = answer(cited(MONEY), near=[cited(NEW), cited(ALL, 2)], checks=[Check("44", 0, 2, True, "")])
    view = of_answer(3, given, 1, True, REPORTS)
    assert (view.near, view.text, view.figures) == (True, ALL, ())
    assert (view.before, view.place, view.after) == ("select:near-3-0", "2/2", "")


def test_other_citations_of_the_report_are_shown_beside():
    elsewhere = cited(MONEY, 3, report="b.md")
    view = of_answer(3, answer(cited(ALL), cited(NEW, 2), elsewhere), 0, False, REPORTS)
    assert view.beside == (span(NEW),)


@pytest.mark.parametrize("other", [ALL, "mới. Tổng", "Tổng số", NEW + " " + ALL])
def test_a_citation_that_overlaps_is_not_shown_beside(other):
    assert of_answer(3, answer(cited(ALL), cited(other, 2)), 0, False, REPORTS).beside == ()


@pytest.mark.parametrize("changed", [{"quote": "Năm 2023 có 45 trạm mới."}, {"start": -99}, {"end": 10**30}])
def test_a_citation_that_does_not_stand_is_not_shown_beside(changed):
    assert of_answer(3, answer(cited(ALL), cited(NEW, 2, **changed)), 0, False, REPORTS).beside == ()


@pytest.mark.parametrize("position", [-1, 1, 999_999_999])
def test_an_answer_has_no_view_of_a_citation_it_does_not_have(position):
    assert of_answer(3, answer(cited(ALL)), position, False, REPORTS) is None
    assert of_answer(3, answer(cited(ALL)), 0, True, REPORTS) is None


def test_a_report_that_is_gone_leaves_the_quote():
    view = of_answer(3, answer(cited(ALL), cited(NEW, 2)), 0, False, {})
    assert (view.report, view.text, view.holds, view.beside) == (None, ALL, False, ())


def test_a_report_that_changed_does_not_hold_the_quote():
    changed = replace(REPORT, text=TEXT.replace("1167", "1168"))
    assert not of_answer(3, answer(cited(ALL)), 0, False, {REPORT.path: changed}).holds


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (-len(TEXT), -1, TEXT[:-1]),  # Python counts negative offsets from the end
        (0, 0, ""),
        (10**30, 10**30 + 1, ""),
        (5, 2, ""),
        (10, 12, "\n\n"),
    ],
)
def test_offsets_that_no_quote_has_do_not_hold(start, end, quote):
    given = answer(cited(ALL, start=start, end=end, quote=quote))
    assert not of_answer(3, given, 0, False, REPORTS).holds


# --- a row of the table of figures


def test_a_figure_is_shown_in_its_sentence():
    view = of_figure(REPORT.path, TEXT.index("1167"), [figure("44", NEW), figure("1167", ALL)], REPORTS)
    assert view == View(REPORT.path, REPORT, span(ALL), ALL, ("1167",))
    assert view.holds


@pytest.mark.parametrize(("path", "start"), [("sở/a.md", 0), ("sở/a.md", -1), ("b.md", TEXT.index("44")), ("", 0)])
def test_a_row_that_is_not_there_has_no_view(path, start):
    assert of_figure(path, start, [figure("44", NEW)], REPORTS) is None


def test_a_row_of_a_report_that_is_gone_has_no_view():
    assert of_figure(REPORT.path, TEXT.index("44"), [figure("44", NEW)], {}) is None


# --- a stretch, a report


def test_a_stretch_is_named_by_its_offsets_and_path():
    reports = {"a-b-1.md": replace(REPORT, path="a-b-1.md")}
    found = span(ALL)
    view = of_place(f"{found.start}-{found.end}-a-b-1.md", reports)
    assert view == View("a-b-1.md", reports["a-b-1.md"], found, ALL)


@pytest.mark.parametrize(
    "place",
    [
        "", "-", "--", "0-5", "0-5-", "0-5-b.md", "a-b-sở/a.md", "-5-9-sở/a.md", "5-5-sở/a.md", "9-5-sở/a.md",
        "0-999999999-sở/a.md", f"0-{'9' * 50}-sở/a.md", "10-12-sở/a.md", "0-5-../sở/a.md", "0-5-/etc/passwd",
    ],
)  # fmt: skip
def test_what_names_no_stretch_of_a_report_has_no_view(place):
    assert of_place(place, REPORTS) is None


def test_a_whole_report_has_no_quote():
    view = of_report(REPORT.path, REPORTS)
    assert (view, view.holds) == (View(REPORT.path, REPORT), True)


@pytest.mark.parametrize("path", ["", "b.md", "../sở/a.md", "/etc/passwd", "SỞ/A.MD", "sở/a.md\n"])
def test_a_report_that_is_not_indexed_has_no_view(path):
    assert of_report(path, REPORTS) is None
