import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.clean import find_content
from index.formats import read_docx as module
from index.formats.converted import UnreadableFileError
from index.formats.read_docx import read_docx
from index.tables import find_rows
from tests.report_files import docx_of, saved, zip_of


def read(document) -> str:
    (text,) = read_docx(saved(document)).parts
    return text


def test_paragraphs_headings_lists_and_tables_come_in_their_order() -> None:
    document = docx.Document()
    document.add_heading("Báo cáo năm 2023", 0)
    document.add_heading("Viễn thông", 2)
    document.add_paragraph("Toàn tỉnh có 1.167 trạm BTS.")
    document.add_paragraph("thêm 44 trạm", style="List Bullet")
    document.add_paragraph("một", style="List Number")
    document.add_paragraph("hai", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Chỉ tiêu", "Năm 2023"), ("Trạm BTS", "1.167"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.add_paragraph("Nguồn: Báo A")
    assert read(document).split("\n\n") == [
        "# Báo cáo năm 2023",
        "## Viễn thông",
        "Toàn tỉnh có 1.167 trạm BTS.",
        "- thêm 44 trạm",
        "1. một",
        "2. hai",
        "| Chỉ tiêu | Năm 2023 |\n| Trạm BTS | 1.167 |",
        "Nguồn: Báo A",
    ]


def test_the_rows_of_a_table_stand_under_its_header() -> None:
    document = docx.Document()
    document.add_paragraph("Kết quả năm 2023 của ngành:")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Chỉ tiêu", "Năm 2023"), ("Trạm BTS", "1.167"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    text = read(document)
    (row,) = find_rows(text, find_content(text)).values()
    assert [text[cell.start : cell.end] for cell in (*row.cells, *row.header)] == [
        "Trạm BTS", "1.167", "Chỉ tiêu", "Năm 2023",
    ]  # fmt: skip


def test_merged_cells_tell_their_text_in_every_row_and_keep_the_columns() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    assert read(document).split("\n") == ["| 00 | 01 02 |  |", "| 10 20 | 11 | 12 |", "| 10 20 | 21 | 22 |"]


def test_a_table_that_lays_out_a_page_is_paragraphs() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Năm 2023 " * 100
    table.cell(0, 1).text = "bên phải"
    assert read(document) == f"{('Năm 2023 ' * 100).strip()}\n\nbên phải"
    document = docx.Document()
    document.add_table(rows=2, cols=1).cell(0, 0).text = "một cột"
    assert read(document) == "một cột"


def test_a_bar_in_a_cell_does_not_part_it() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a|b", "c\nd"
    assert read(document) == "| a/b | c d |"


def test_line_breaks_part_lines_and_tabs_are_spaces() -> None:
    document = docx.Document()
    document.add_paragraph("một\ttrạm\nhai")
    assert read(document) == "một trạm\n\nhai"


def with_xml(inner: str) -> str:
    document = docx.Document()
    paragraph = parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")
    document.element.body.insert(0, paragraph)
    return read(document)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:del><w:r><w:delText>bớt</w:delText></w:r></w:del>", "thêm"),
        ("<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>", "liên kết"),
        ("<w:sdt><w:sdtContent><w:r><w:t>ô nhập</w:t></w:r></w:sdtContent></w:sdt>", "ô nhập"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>1</w:t></w:r>", "1"),
        ("<w:r><w:t>2G</w:t><w:noBreakHyphen/><w:t>3G</w:t></w:r>", "2G-3G"),
    ],
)
def test_what_a_reader_sees_is_read_and_no_more(inner: str, text: str) -> None:
    assert with_xml(inner) == text


def test_content_controls_around_paragraphs_are_read() -> None:
    document = docx.Document()
    body = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>trong ô</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(body))
    assert read(document) == "trong ô"


def test_a_text_box_is_read_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
    inner = (
        f"<w:r><w:t>ngoài</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert with_xml(inner) == "ngoài\n\ntrong khung"


# --- bad files


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_truncated_file_is_named(share: float) -> None:
    whole = docx_of()
    with pytest.raises(UnreadableFileError, match=r"^tệp Word hỏng hoặc không đầy đủ$"):
        read_docx(whole[: int(len(whole) * share)])


@pytest.mark.parametrize(
    "members",
    [
        {"a.txt": "no Word file"},
        {"[Content_Types].xml": "<"},
        {"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"},
    ],
)
def test_an_archive_that_is_no_word_file_is_named(members: dict[str, str]) -> None:
    with pytest.raises(UnreadableFileError, match=r"^tệp Word hỏng hoặc không đầy đủ$"):
        read_docx(zip_of(members))


def test_a_file_that_unpacks_to_too_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_UNPACKED", 1_000_000)
    bomb = zip_of({"word/document.xml": b"\0" * 1_000_001})
    assert len(bomb) < 2_000
    with pytest.raises(UnreadableFileError, match=r"^bung ra quá 1 MB, có thể là tệp phá hoại$"):
        read_docx(bomb)


def test_entities_are_not_expanded() -> None:
    with zipfile.ZipFile(io.BytesIO(docx_of())) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    xml = bytes(parts["word/document.xml"]).decode().replace("Nguồn: Báo Hà Giang", "x&a;&f;")  # type: ignore[arg-type]
    doctype = '<!DOCTYPE d [<!ENTITY a "xin"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    parts["word/document.xml"] = xml.replace("<w:document", f"{doctype}<w:document", 1).encode()
    (text,) = read_docx(zip_of(parts)).parts
    assert text.split("\n\n")[-1] == "x"
