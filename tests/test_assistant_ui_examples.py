from assistant.ui.examples import example_questions
from index.build import read_report
from index.types import Report
from tests.conftest import ROOT


def report(text, province="Đắk Nông", year=2023):
    return Report("a.md", text, "00", (), "T", province, year, None, "")


def test_asks_what_each_report_tells_about_different_topics():
    reports = [
        report("Tổng số 1167 trạm BTS. Doanh thu viễn thông ước đạt 340 tỷ đồng."),
        report("Có 900 trạm BTS. Doanh thu viễn thông ước đạt 340 tỷ đồng.", "Điện Biên", 2019),
    ]
    assert example_questions(reports) == [
        "Đắk Nông có bao nhiêu trạm BTS?",
        "Doanh thu viễn thông của Điện Biên năm 2019 là bao nhiêu?",
    ]


def test_asks_nothing_a_report_does_not_tell():
    assert example_questions([report("Không có số liệu."), report("Có 9 trạm BTS.", province="")]) == []


def test_bundled_reports_give_four_examples_led_by_the_known_one():
    folder = ROOT / "reports"
    questions = example_questions([read_report(folder, path.name) for path in sorted(folder.iterdir())])
    assert len(questions) == 4
    assert questions[0] == "Đắk Nông có bao nhiêu trạm BTS?"
