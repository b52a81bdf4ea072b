import io
import shutil
from html import escape

import pytest
from pypdfium2 import PdfDocument

from index.clean import find_content
from index.describe import describe
from index.formats import ocr
from index.formats import read_pdf as module
from index.formats.converted import ScanError, UnreadableFileError
from index.formats.pdf_lines import Line
from index.formats.pdf_margins import Running, without_running
from index.formats.pdf_paragraphs import page_texts, paragraphs_of
from index.formats.read_pdf import read_pdf
from tests.report_files import FILES

TWO_PAGES = (FILES / "two-pages.pdf").read_bytes()
SCAN = (FILES / "scan.pdf").read_bytes()


# --- whole files


def test_a_pdf_is_read_in_paragraphs_page_by_page() -> None:
    read = read_pdf(TWO_PAGES)
    assert read.paged
    first, second, third = read.parts
    assert first.split("\n\n")[:2] == [
        "# Sở Thông tin và Truyền thông Lạng Sơn tổng kết năm 2023",
        "Năm 2023, ngành thông tin và truyền thông tỉnh Lạng Sơn dựng thêm 57 trạm BTS, nâng tổng số trạm BTS toàn "
        "tỉnh lên 1.482 trạm; doanh thu viễn thông ước đạt 1.215 tỷ đồng, tăng 6,4% so với năm 2022, nộp ngân sách nhà "
        "nước 38 tỷ đồng.",
    ]
    assert first.endswith("| Chỉ tiêu | Năm 2022 | Năm 2023 |\n| Trạm BTS | 1.425 | 1.482 |\n")
    assert second == "| Điểm phục vụ bưu chính | 231 | 236 |\n\n"
    assert third.startswith("Năm 2024, ngành phấn đấu tăng doanh thu viễn thông 7%, đưa 100% thôn")
    assert third.endswith("\n\nNguồn: Báo Lạng Sơn\n\n")


def test_running_headers_footers_and_page_numbers_are_out() -> None:
    text = "".join(read_pdf(TWO_PAGES).parts)
    assert "Báo cáo tổng kết ngành" not in text
    assert "Trang" not in text


def test_what_a_pdf_is_about_is_told_by_its_text() -> None:
    text = "".join(read_pdf(TWO_PAGES).parts)
    about = describe(text, find_content(text))
    assert (about.province, about.year, about.source) == ("Lạng Sơn", 2023, "Báo Lạng Sơn")
    assert about.title == "Sở Thông tin và Truyền thông Lạng Sơn tổng kết năm 2023"


# --- lines


def line(text: str, right: float = 500.0, base: float = 700.0, left: float = 50.0, size: float = 14.0) -> Line:
    return Line(text, left, right, base, size)


def joined(*pages: list[Line]) -> list[str]:
    return list(page_texts(paragraphs_of(pages), len(pages)))


def column(*texts: str, short: int = -1) -> list[Line]:
    """Lines one below the other, all full but the one at ``short``."""
    return [line(text, 120.0 if at == short else 500.0, 700.0 - 16 * at) for at, text in enumerate(texts)]


def test_lines_that_fill_the_column_go_on_and_a_short_one_ends_a_paragraph() -> None:
    assert joined(column("Năm 2023 có thêm", "44 trạm mới.", "Doanh thu đạt", "12 tỷ đồng.", short=1)) == [
        "Năm 2023 có thêm 44 trạm mới.\n\nDoanh thu đạt 12 tỷ đồng.\n\n"
    ]


@pytest.mark.parametrize("opening", ["- Trạm", "• Trạm", "1. Trạm", "1.2. Trạm", "a) Trạm", "II. Trạm", "Nguồn: Báo"])
def test_items_headings_and_bylines_begin_a_line(opening: str) -> None:
    assert joined(column("Kết quả của năm vừa", opening)) == [f"Kết quả của năm vừa\n\n{opening}\n\n"]


def test_a_gap_or_an_indent_begins_a_paragraph() -> None:
    lines = column("Dòng một của đoạn", "dòng hai của đoạn", "dòng ba của đoạn")
    assert joined(lines) == ["Dòng một của đoạn dòng hai của đoạn dòng ba của đoạn\n\n"]
    gap = [*lines[:2], line(lines[2].text, base=640.0)]
    assert joined(gap) == ["Dòng một của đoạn dòng hai của đoạn\n\ndòng ba của đoạn\n\n"]
    indent = [*lines[:2], line(lines[2].text, left=80.0, base=668.0)]
    assert joined(indent) == ["Dòng một của đoạn dòng hai của đoạn\n\ndòng ba của đoạn\n\n"]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("toàn thô-", "ng tin và thông", "toàn thông tin và thông"),
        ("dịch COVID-", "19 và", "dịch COVID-19 và"),
        ("vùng Tây-", "Nam của", "vùng Tây-Nam của"),
        ("toàn thô\u00ad", "ng tin", "toàn thông tin"),
        ("công nghệ -", "viễn thông", "công nghệ - viễn thông"),
    ],
)
def test_hyphens_at_line_ends_are_mended_by_the_words_of_the_document(first: str, second: str, text: str) -> None:
    assert joined(column(first, second)) == [f"{text}\n\n"]


def test_a_paragraph_that_goes_on_to_the_next_page_is_one_and_each_page_has_its_part() -> None:
    assert joined(column("Có 44 trạm mới", "dựng trong năm"), column("2023 ở vùng cao.")) == [
        "Có 44 trạm mới dựng trong năm ",
        "2023 ở vùng cao.\n\n",
    ]
    assert joined(column("Có 44 trạm mới."), column("Doanh thu đạt 2 tỷ.")) == [
        "Có 44 trạm mới.\n\n",
        "Doanh thu đạt 2 tỷ.\n\n",
    ]


def test_a_page_without_text_keeps_its_place() -> None:
    assert joined(column("Một."), [], column("Ba.")) == ["Một.\n\n", "", "Ba.\n\n"]
    assert joined([], []) == ["", ""]


def test_lines_parted_alike_are_rows_and_a_single_one_is_not() -> None:
    assert joined(column("Trạm\t1.123", "Xã\t71")) == ["| Trạm | 1.123 |\n| Xã | 71 |\n\n"]
    assert joined(column("Trạm\t1.123")) == ["Trạm 1.123\n\n"]


# --- margins


def numbered(count: int, footer: str) -> list[list[Line]]:
    return [
        [
            line("Báo cáo tổng kết", base=800.0),
            *(line(f"Câu {page * 10 + at} của báo cáo", base=700.0 - at * 16) for at in range(8)),
            line(footer.format(page=page + 1, pages=count), base=30.0),
        ]
        for page in range(count)
    ]


@pytest.mark.parametrize("footer", ["{page}", "Trang {page}", "- {page} -", "{page}/{pages}", "Page {page} of {pages}"])
@pytest.mark.parametrize("count", [2, 5])
def test_running_lines_are_taken_out(count: int, footer: str) -> None:
    pages = numbered(count, footer)
    assert without_running(pages, [842.0] * len(pages)).pages == [lines[1:-1] for lines in pages]
    assert without_running(pages, [842.0] * len(pages)).removed[0] in (
        "Báo cáo tổng kết",
        footer.format(page=1, pages=count),
    )


def test_the_number_of_an_only_page_is_taken_out_and_no_other_number() -> None:
    kept = [line("Tổng kết năm", base=700.0), line("2023", base=600.0), line("1", base=30.0)]
    assert [one.text for one in without_running([kept], [842.0]).pages[0]] == ["Tổng kết năm", "2023"]


def test_lines_that_only_look_alike_are_no_running_lines() -> None:
    pages = [
        [
            line(f"Kết quả của năm {2020 + page * 2}", base=800.0),
            line("Kết quả", base=790.0 - 30 * page),
            line(f"Chương {page}", base=400.0),
            line("Chỉ tiêu", base=380.0),
            line(f"Doanh thu {page * page} tỷ đồng", base=40.0),
        ]
        for page in range(1, 4)
    ]
    assert without_running(pages, [842.0] * 3) == Running(pages, ())


# --- bad files


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7", "tệp PDF hỏng hoặc không đầy đủ"),
        (TWO_PAGES[:2000], "tệp PDF hỏng hoặc không đầy đủ"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, "tệp PDF hỏng hoặc không đầy đủ"),
        ((FILES / "locked.pdf").read_bytes(), "tệp PDF có mật khẩu; hãy bỏ mật khẩu"),
    ],
    ids=["empty", "truncated", "noise", "locked"],
)
def test_a_bad_pdf_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"^{reason}$"):
        read_pdf(data)


def test_a_pdf_of_too_many_pages_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PAGES", 2)
    with pytest.raises(UnreadableFileError, match=r"^có 3 trang, quá 2; hãy chia nhỏ tệp$"):
        read_pdf(TWO_PAGES)


# --- scans


def test_a_scan_is_told_apart_and_asks_for_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: "")
    with pytest.raises(ScanError):
        read_pdf(SCAN)


@pytest.mark.parametrize(
    ("package", "program", "languages", "told"),
    [
        (None, "tesseract", "vie", r"hãy cài thêm bằng «pip install 'hoi-dap-bao-cao\[ocr\]'»"),
        (object(), None, "vie", "hãy cài chương trình Tesseract với dữ liệu tiếng Việt"),
        (object(), "tesseract", "eng\nosd", "hãy cài dữ liệu tiếng Việt của Tesseract"),
    ],
)
def test_a_scan_names_what_is_to_be_installed(
    monkeypatch: pytest.MonkeyPatch, package: object, program: str | None, languages: str, told: str
) -> None:
    class Listed:
        stdout = languages

    monkeypatch.setattr(ocr, "find_spec", lambda name: package)
    monkeypatch.setattr(ocr.shutil, "which", lambda name: program)
    monkeypatch.setattr(ocr.subprocess, "run", lambda *command, **how: Listed)
    ocr.missing.cache_clear()
    try:
        with pytest.raises(UnreadableFileError, match=f"^bản quét không có chữ; {told}"):
            read_pdf(SCAN)
    finally:
        ocr.missing.cache_clear()


@pytest.mark.skipif(ocr.missing() != "", reason="Tesseract or its Vietnamese data is not installed")
def test_a_scan_is_read_where_tesseract_is_installed() -> None:
    (page,) = read_pdf(SCAN, scan=True).parts
    assert "842 trạm BTS" in page
    assert "Bắc Kạn" in page


def mixed() -> bytes:
    """Two pages, of which the second is a scan."""
    both = PdfDocument.new()
    both.import_pages(PdfDocument(TWO_PAGES), [0])
    both.import_pages(PdfDocument(SCAN))
    file = io.BytesIO()
    both.save(file)
    return file.getvalue()


def test_a_scanned_page_among_others_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: "")
    monkeypatch.setattr(ocr, "read_pages", lambda document, numbers: [(number, "Quét.\n\n") for number in numbers])
    with pytest.raises(ScanError):
        read_pdf(mixed())
    first, second = read_pdf(mixed(), scan=True).parts
    assert "1.482 trạm" in first
    assert second == "Quét.\n\n"


def test_without_tesseract_the_other_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: "hãy cài")
    first, second = read_pdf(mixed()).parts
    assert "1.482 trạm" in first
    assert second == ""


# --- printed by a browser


def printed(new_page, body: str, **how: object) -> bytes:
    page = new_page()
    page.set_content(f"<meta charset=utf-8><style>body{{font:13pt serif;text-align:justify}}</style>{body}")
    return page.pdf(format="A4", **how)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on this machine")
def test_the_paragraphs_of_a_printed_page_come_back(new_page) -> None:
    words = "ngành thông tin và truyền thông của tỉnh đạt nhiều kết quả trong năm với 1.167 trạm".split()
    paragraphs = [" ".join(words[at % 7 :] * (2 + at % 4)) + "." for at in range(30)]
    items = "".join(f"<li>{at} trạm mới</li>" for at in range(3))
    body = "".join(f"<p>{escape(one)}</p>" for one in paragraphs) + f"<ul>{items}</ul>"
    read = read_pdf(printed(new_page, body))
    found = [one for one in "".join(read.parts).split("\n\n") if one]
    assert len(read.parts) > 2
    # a paragraph that a page ends may end where its line does
    assert sum(one in found for one in paragraphs) >= 30 - 2 * (len(read.parts) - 1)
    assert (
        " ".join(found).replace("• ", "").split()
        == " ".join([*paragraphs, *(f"{n} trạm mới" for n in range(3))]).split()
    )


def raw_pdf(content: str) -> bytes:
    """One page in Helvetica; PDFium finds the objects without a table of them."""
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources"
        "<</Font<</F1 5 0 R>>>>>>endobj\n"
        f"4 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


@pytest.mark.parametrize("size", ["-12", "12", "9999999"])
def test_letters_of_odd_sizes_are_survived(size: str) -> None:
    lines = "".join(f"BT /F1 {size} Tf 50 {700 - 20 * at} Td (Tinh co {at} tram phat song) Tj ET " for at in range(4))
    assert "".join(read_pdf(raw_pdf(lines)).parts).count("tram") == 4


@pytest.mark.parametrize("size", ["0", "0.0001"])
def test_letters_that_nobody_sees_are_none(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: "hãy cài")
    with pytest.raises(UnreadableFileError, match=r"^bản quét không có chữ; hãy cài$"):
        read_pdf(raw_pdf(f"BT /F1 {size} Tf 50 700 Td (Tinh co 12 tram phat song) Tj ET"))


def test_a_page_without_any_mark_is_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: "hãy cài")
    with pytest.raises(UnreadableFileError, match=r"^bản quét không có chữ; hãy cài$"):
        read_pdf(raw_pdf(""))
