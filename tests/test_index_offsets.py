"""Whatever a report holds and however it is written, every place in it is true; FUZZ_EXAMPLES asks for more of them."""

import html
import os
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant import Answer, Assistant, Settings
from assistant.verify import verify_answer
from index.formats.converted import UnreadableFileError
from index.report import read_report, read_reports
from index.types import Prepared, Report
from index.words import nfc
from tests.fuzz.places import check_report, check_spans
from tests.report_files import FILES, saved, zip_of
from tests.test_index_formats_encodings import in_cp1258, in_tcvn3, in_vni

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10"))
ANCHOR = "Năm 2022, toàn tỉnh Hà Giang có 1.742 trạm BTS, phủ sóng tới 98,1% dân số của các huyện vùng cao biên giới."
"""In every text, so that none is empty and the old encodings can be told."""
QUESTIONS = (
    "Hà Giang có bao nhiêu trạm BTS năm 2022?",
    "Tỷ lệ phủ sóng của Hà Giang là bao nhiêu?",
    "doanh thu buu chinh bao nhieu ty dong",
    "So sánh số trạm BTS các năm?",
)
WORDS = (
    "Sở Thông tin và Truyền thông tỉnh Hà Giang Đắk Nông năm trạm BTS thuê bao doanh thu bưu chính ước đạt tăng giảm "
    "so với cùng kỳ kế hoạch phấn đấu đến trong đó gần hơn khoảng tỷ đồng triệu nghìn % người hộ xã/phường thứ xếp hạng"
).split()
NUMBERS = "1.742 98,1% 61,5 3.311 18/25 2022 2021-2025 15/01/2023 1 234 567 0,5 14h30 IV/2022 4G 06 mười hai".split()
CHROME = (
    "Trang chủ » Tin tức » Sự kiện", "Lượt xem: 2.597", "Tin liên quan", "15/01/2023 08:30 | In bài viết", "***",
    "Nguồn: Báo Hà Giang", "Theo: hagiang.gov.vn", "Ảnh: Hội nghị tổng kết", "- ", "1.", "# ", "| | |", "|---|---|",
)  # fmt: skip
KNOWN = set(" ".join((*WORDS, *NUMBERS, ANCHOR)))
LINE_ENDS = ("\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n", "\u2028", "\x0c", "\x85")

# no control characters, which a binary file has, no halves of surrogate pairs; WORD JOINER, marks and emoji are in
odd = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=8)
words = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(NUMBERS), odd), min_size=1, max_size=20)
sentences = st.builds(lambda parts, end: " ".join(parts) + end, words, st.sampled_from(("", ".", ";", "…", "?”", ". ")))
cells = st.lists(st.one_of(st.sampled_from(NUMBERS), st.sampled_from(WORDS)), min_size=2, max_size=4)
rows = st.lists(cells, min_size=1, max_size=4).map(lambda table: "\n".join(f"| {' | '.join(row)} |" for row in table))
blocks = st.one_of(
    sentences,
    st.lists(sentences, min_size=2, max_size=4).map(" ".join),
    st.builds("{} {}".format, st.sampled_from(("#", "###", "-", "*", "2.4.", "a)", "IV.", ">")), sentences),
    rows,
    st.sampled_from(CHROME),
)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, ...]:
    """Blocks of a report, the anchor first, lest it be taken for related news; some in NFD."""
    drawn = [ANCHOR, *draw(st.lists(blocks, max_size=12))]
    return tuple(unicodedata.normalize("NFD", one) if draw(st.integers(0, 4)) == 0 else one for one in drawn)


def lines_of(parts: Sequence[str]) -> list[str]:
    return [line for part in parts for line in part.split("\n")]


def in_web_page(parts: Sequence[str]) -> bytes:
    """Headings, rows and paragraphs."""
    body = []
    for line in lines_of(parts):
        if line.startswith("| "):
            body.append(f"<table><tr>{''.join(f'<td>{html.escape(one)}' for one in line.split('|')[1:-1])}</table>")
        else:
            tag = "h2" if line.startswith("#") else "p"
            body.append(f"<{tag}>{html.escape(line.lstrip('# '))}</{tag}>")
    return f"<!DOCTYPE html><html><meta charset=utf-8><body>{''.join(body)}".encode()


def in_word(parts: Sequence[str]) -> bytes:
    document = docx.Document()
    for part in parts:
        # what XML cannot hold, no Word file holds
        part = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", part)
        if part.startswith("| "):
            table = [line.strip("| ").split(" | ") for line in part.split("\n")]
            made = document.add_table(len(table), max(map(len, table)))
            for at, row in enumerate(table):
                for beside, cell in enumerate(row):
                    made.cell(at, beside).text = cell
        elif part.startswith("#"):
            document.add_heading(part.lstrip("# "), 2)
        else:
            document.add_paragraph(part)
    return saved(document)


def files_of(parts: Sequence[str], end: str) -> dict[str, bytes]:
    """The text as files of every format that can be written here."""
    text = end.join(parts)
    plain = end.join(part for part in map(nfc, parts) if set(part) <= KNOWN)  # what the old encodings can hold
    return {
        "utf8.txt": text.encode(),
        "marked.txt": text.encode("utf-8-sig"),
        "utf16.txt": text.encode("utf-16"),
        "cp1258.txt": in_cp1258(plain),
        "tcvn3.txt": in_tcvn3(plain),
        "vni.txt": in_vni(plain),
        "a.md": f"---\ntitle: Tổng kết\nyear: 2022\n---\n{text}".encode(),
        "a.html": in_web_page(parts),
        "a.docx": in_word(parts),
    }


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts(), st.sampled_from(LINE_ENDS))
@example((ANCHOR, "Sở", "| 98,1% | 98,1% |"), "\n")
def test_every_place_in_a_report_of_any_format_lies_in_its_text(folder: Path, parts: tuple[str, ...], end: str) -> None:
    files = files_of(parts, end)
    for name, data in files.items():
        (folder / name).write_bytes(data)
        report = read_report(folder, name)
        check_report(report)
        assert any("1.742" in report.text[span.start : span.end] for span in report.content), name
    (folder / "all.zip").write_bytes(zip_of(files))
    for member in read_reports(folder, "all.zip"):
        assert isinstance(member, Prepared), member
        assert member.report.text == read_report(folder, member.report.path.removeprefix("all.zip/")).text


@settings(max_examples=4 * EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_place_in_any_text_lies_in_it(folder: Path, text: str) -> None:
    (folder / "any.txt").write_bytes(text.encode())
    with suppress(UnreadableFileError):  # no word in it, or too many control characters
        check_report(read_report(folder, "any.txt"))


@pytest.mark.parametrize("name", ["two-pages.pdf"])
def test_every_place_in_a_pdf_lies_in_its_text(name: str) -> None:
    report = read_report(FILES, name)
    check_report(report)
    assert list(report.pages) == sorted(report.pages)
    assert 0 <= report.pages[0] <= report.pages[-1] <= len(report.text)


def check_citations(answer: Answer, reports: dict[str, Report]) -> int:
    """See that every quote stands where the answer says; gives how many there are."""
    cited = (*answer.citations, *answer.near_misses)
    for citation in cited:
        report = reports[citation.report]
        assert report.text[citation.start : citation.end] == citation.quote
        assert citation.sha256 == report.sha256
    for check in answer.checks:
        assert answer.text[check.start : check.end] == check.figure
    assert verify_answer(answer, reports).holds or answer.status == "abstained"
    return len(cited)


@settings(max_examples=max(3, EXAMPLES // 20), deadline=None)
@given(st.lists(texts(), min_size=1, max_size=3), st.sampled_from(LINE_ENDS))
def test_every_citation_holds_at_its_offsets(many: list[tuple[str, ...]], end: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        reports_dir = Path(made) / "reports"
        reports_dir.mkdir()
        for number, parts in enumerate(many):
            for name, data in files_of(parts, end).items():
                (reports_dir / f"{number}-{name}").write_bytes(data)
        bot = Assistant.open(Settings(reports_dir=reports_dir, index_dir=Path(made) / "index"))
        reports = {path: read_report(reports_dir, path) for path in bot.index.reports}
        assert reports  # the same text under several names is one of them
        cited = 0
        for question in QUESTIONS:
            cited += check_citations(bot.answer(question), reports)
            for hit in bot.search(question, top=5):
                check_spans(reports[hit.report].text, [hit])
                assert reports[hit.report].text[hit.start : hit.end] == hit.text
        assert cited
