from dataclasses import replace
from pathlib import Path

import pytest

from index.report import page_of, read_report, read_reports
from index.types import Prepared, SkippedFile
from tests.report_files import FILES, LINES, docx_of, page_of_web, text_of, zip_of


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", text_of().encode()), ("a.html", page_of_web().encode()), ("a.docx", docx_of())],
)
def test_a_report_is_about_the_same_in_every_format(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    report = read_report(tmp_path, name)
    told = [report.text[span.start : span.end].removeprefix("# ") for span in report.content]
    assert told == list(LINES)
    assert (report.title, report.province, report.year, report.source) == (LINES[0], "Hà Giang", 2022, "Báo Hà Giang")


def test_a_pdf_is_described_and_keeps_its_pages() -> None:
    report = read_report(FILES, "two-pages.pdf")
    assert (report.province, report.year, len(report.pages)) == ("Lạng Sơn", 2023, 3)
    assert page_of(report, report.text.index("1.482 trạm")) == 1
    assert page_of(report, report.text.index("236")) == 2
    assert page_of(report, report.text.index("phấn đấu")) == 3


@pytest.mark.parametrize(
    ("pages", "offset", "page"),
    [
        ((), 5, None),
        ((0,), 5, 1),
        ((0, 5), 4, 1),
        ((0, 5), 5, 2),
        ((0, 5, 5, 9), 5, 3),
        ((3, 5), 0, 1),
    ],
)
def test_the_page_of_an_offset_is_the_last_that_begins_before_it(
    small_reports: Path, pages: tuple[int, ...], offset: int, page: int | None
) -> None:
    report = replace(read_report(small_reports, "lai-chau.txt"), pages=pages)
    assert page_of(report, offset) == page


def test_the_reports_of_a_file_are_one_but_for_archives(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text_of(), "utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.zip").write_bytes(zip_of({"d.docx": docx_of(), "e.txt": "!!!", "f.exe": "x"}))
    (tmp_path / "g.zip").write_bytes(b"x")
    assert [one.report.path for one in read_reports(tmp_path, "a.txt")] == ["a.txt"]
    assert list(read_reports(tmp_path, "b.pdf")) == [SkippedFile("b.pdf", "tệp PDF hỏng hoặc không đầy đủ")]
    report, empty, other = read_reports(tmp_path, "c.zip")
    assert isinstance(report, Prepared)
    assert report.report == read_report(tmp_path, "c.zip/d.docx")
    assert empty == SkippedFile("c.zip/e.txt", "không có nội dung")
    assert other.path == "c.zip/f.exe"
    assert list(read_reports(tmp_path, "g.zip")) == [SkippedFile("g.zip", "nội dung không phải tệp .zip")]


def test_what_stands_around_an_article_is_no_content(tmp_path: Path) -> None:
    beside = "<div>18/01/2023 08:30 | Lượt xem: 2.597</div>"
    picture = "<figure><img src='a.jpg'><figcaption>Ảnh 1.</figcaption></figure>"
    page = (
        page_of_web().replace("<div id='main'>", f"{beside}<div id='main'>").replace("<p>Doanh", f"{picture}<p>Doanh")
    )
    (tmp_path / "a.html").write_text(page, "utf-8")
    report = read_report(tmp_path, "a.html")
    told = [report.text[span.start : span.end].removeprefix("# ") for span in report.content]
    assert told == ["18/01/2023 08:30", *LINES]
    assert str(report.published) == "2023-01-18"
