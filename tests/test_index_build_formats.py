"""Building an index of files of every format, good and bad."""

import os
import time
from pathlib import Path

import pytest

from index import build as build_module
from index import make, reuse, store
from index import report as report_module
from index.build import build, is_current
from index.formats import ocr
from index.load import load_text
from index.opened import Index
from index.prepare import prepare
from index.sandbox import sandbox
from index.sandbox.limits import MAX_DEATHS
from index.types import SkippedFile
from tests.conftest import LAI_CHAU
from tests.report_files import FILES, LINES, docx_of, page_of_web, zip_of
from tests.test_index_build import FakeEmbedder

MODEL = "fake"
BAC_KAN = ("Sở Thông tin và Truyền thông Bắc Kạn tổng kết năm 2022", "Năm 2022, toàn tỉnh Bắc Kạn có 842 trạm BTS.")


@pytest.fixture(autouse=True)
def _embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeEmbedder()
    monkeypatch.setattr(make, "passage_embedder", lambda name: fake)
    monkeypatch.setattr(make, "token_table", lambda name: None)
    for module in (build_module, reuse):
        monkeypatch.setattr(module, "fingerprint", lambda name: f"print of {name}")


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "index"


def opened(index_dir: Path) -> Index:
    index = store.read(index_dir)
    assert index is not None
    return index


def aged(folder: Path) -> None:
    """Let the files be older than the coarsest clock, so that their times alone tell that they did not change."""
    past = time.time() - 60
    for path in folder.rglob("*"):
        os.utime(path, (past, past))


def test_files_of_every_format_are_indexed_and_bad_ones_named(small_reports: Path, index_dir: Path) -> None:
    (small_reports / "ha-giang.docx").write_bytes(docx_of())
    (small_reports / "lang-son.pdf").write_bytes((FILES / "two-pages.pdf").read_bytes())
    (small_reports / "all.zip").write_bytes(
        zip_of({"bac-kan.html": page_of_web(BAC_KAN), "none.txt": "", "in.zip": zip_of({"a.txt": "x"})})
    )
    (small_reports / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (small_reports / "broken.docx").write_bytes(docx_of()[:500])
    (small_reports / "locked.pdf").write_bytes((FILES / "locked.pdf").read_bytes())
    summary = build(small_reports, index_dir, MODEL)
    assert summary.added == ("all.zip/bac-kan.html", "ha-giang.docx", "lai-chau.txt", "lang-son.pdf", "son-la.md")
    assert summary.skipped == (
        SkippedFile("all.zip/none.txt", "tệp rỗng"),
        SkippedFile("all.zip/in.zip", "tệp nén trong tệp nén; hãy giải nén trước"),
        SkippedFile("broken.docx", "tệp Word hỏng hoặc không đầy đủ"),
        SkippedFile("broken.pdf", "tệp PDF hỏng hoặc không đầy đủ"),
        SkippedFile("locked.pdf", "tệp PDF có mật khẩu; hãy bỏ mật khẩu"),
    )
    index = opened(index_dir)
    assert {path: load_text(small_reports, path).text for path in index.reports} == {
        path: report.text for path, report in index.reports.items()
    }
    assert index.reports["lang-son.pdf"].pages == load_text(small_reports, "lang-son.pdf").pages
    assert len(index.reports["lang-son.pdf"].pages) == 3


def test_the_second_of_two_reports_that_tell_the_same_is_named(small_reports: Path, index_dir: Path) -> None:
    (small_reports / "moi.txt").write_bytes(LAI_CHAU.encode("utf-16"))
    (small_reports / "nen.zip").write_bytes(zip_of({"a.txt": LAI_CHAU, "b.docx": docx_of()}))
    (small_reports / "trang.docx").write_bytes(docx_of())
    summary = build(small_reports, index_dir, MODEL)
    assert summary.added == ("lai-chau.txt", "nen.zip/b.docx", "son-la.md")
    assert summary.skipped == (
        SkippedFile("moi.txt", "trùng nội dung với 'lai-chau.txt'"),
        SkippedFile("nen.zip/a.txt", "trùng nội dung với 'lai-chau.txt'"),
        SkippedFile("trang.docx", "trùng nội dung với 'nen.zip/b.docx'"),
    )
    assert is_current(small_reports, index_dir, MODEL)


def test_once_the_first_is_gone_the_second_is_indexed(small_reports: Path, index_dir: Path) -> None:
    (small_reports / "nen.zip").write_bytes(zip_of({"a.txt": LAI_CHAU, "b.docx": docx_of()}))
    build(small_reports, index_dir, MODEL)
    (small_reports / "lai-chau.txt").unlink()
    assert not is_current(small_reports, index_dir, MODEL)
    assert build(small_reports, index_dir, MODEL).added == ("nen.zip/a.txt",)


def test_an_index_is_found_current_without_parsing(
    small_reports: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_reports / "a.docx").write_bytes(docx_of())
    (small_reports / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    (small_reports / "c.zip").write_bytes(zip_of({"d.html": page_of_web(BAC_KAN), "e.pdf": b"%PDF"}))
    build(small_reports, index_dir, MODEL)
    monkeypatch.setattr(sandbox.SHARED, "convert", lambda *given: pytest.fail("a file was parsed"))
    monkeypatch.setattr(sandbox.SHARED, "archive", lambda *given: pytest.fail("an archive was opened"))
    assert is_current(small_reports, index_dir, MODEL)
    aged(small_reports)
    assert is_current(small_reports, index_dir, MODEL)


def test_unchanged_files_are_not_parsed_again(
    small_reports: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_reports / "a.docx").write_bytes(docx_of())
    (small_reports / "c.zip").write_bytes(zip_of({"d.html": page_of_web(BAC_KAN), "e.pdf": b"%PDF"}))
    first = build(small_reports, index_dir, MODEL)
    (small_reports / "new.txt").write_text("Sở họp tổng kết năm 2020\nTỉnh có 77 trạm.", "utf-8")
    monkeypatch.setattr(sandbox.SHARED, "convert", lambda *given: pytest.fail("a file was parsed"))
    monkeypatch.setattr(sandbox.SHARED, "archive", lambda *given: pytest.fail("an archive was opened"))
    again = build(small_reports, index_dir, MODEL)
    assert (again.added, again.changed, again.removed) == (("new.txt",), (), ())
    assert again.skipped == first.skipped


def test_a_changed_archive_is_read_anew(small_reports: Path, index_dir: Path) -> None:
    archive = small_reports / "c.zip"
    archive.write_bytes(zip_of({"a.docx": docx_of(), "d.html": page_of_web(BAC_KAN)}))
    build(small_reports, index_dir, MODEL)
    archive.write_bytes(zip_of({"a.docx": docx_of((*LINES, "Có 5 lớp học.")), "e.html": page_of_web(BAC_KAN)}))
    assert not is_current(small_reports, index_dir, MODEL)
    summary = build(small_reports, index_dir, MODEL)
    assert (summary.added, summary.changed, summary.removed) == (
        ("c.zip/e.html",), ("c.zip/a.docx",), ("c.zip/d.html",),
    )  # fmt: skip
    archive.unlink()
    assert build(small_reports, index_dir, MODEL).removed == ("c.zip/a.docx", "c.zip/e.html")


def test_a_scan_is_tried_again_once_it_can_be_read(
    small_reports: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = "hãy cài chương trình Tesseract"
    (small_reports / "scan.pdf").write_bytes((FILES / "scan.pdf").read_bytes())
    skipped = SkippedFile("scan.pdf", f"{ocr.SCAN}; {lacking}")
    load = report_module.load_text

    def without_tesseract(folder: Path, path: str):
        if path == "scan.pdf":
            raise report_module.UnreadableFileError(skipped.reason)
        return load(folder, path)

    with monkeypatch.context() as patch:
        patch.setattr(report_module, "load_text", without_tesseract)
        patch.setattr(ocr, "missing", lambda: lacking)
        assert build(small_reports, index_dir, MODEL).skipped == (skipped,)
        assert is_current(small_reports, index_dir, MODEL)
    monkeypatch.setattr(ocr, "missing", lambda: "")
    assert not is_current(small_reports, index_dir, MODEL)


def test_files_that_kill_the_process_do_not_stop_the_others(
    small_reports: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = sandbox.Sandbox(("false",))
    box.prepare = prepare
    monkeypatch.setattr(sandbox, "SHARED", box)
    for number in range(MAX_DEATHS + 1):
        (small_reports / f"{number}.pdf").write_bytes(b"%PDF-")
    summary = build(small_reports, index_dir, MODEL)
    assert summary.added == ("lai-chau.txt", "son-la.md")
    assert {file.reason for file in summary.skipped} == {"làm hỏng chương trình đọc, có thể là tệp phá hoại"}
    assert len(summary.skipped) == MAX_DEATHS + 1


def test_a_text_that_takes_too_long_to_read_is_left_out(
    small_reports: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox.Sandbox(seconds=6) as box:
        monkeypatch.setattr(sandbox, "SHARED", box)
        (small_reports / "a.txt").write_text("Có 1.167 trạm, " * 300_000, "utf-8")
        summary = build(small_reports, index_dir, MODEL)
    assert summary.added == ("lai-chau.txt", "son-la.md")
    assert summary.skipped == (SkippedFile("a.txt", "đọc quá 6 giây: tệp quá lớn, hoặc là tệp phá hoại; hãy chia nhỏ"),)


def test_after_some_deadly_members_no_others_of_that_archive_are_read_but_other_files_are(
    small_reports: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "for_archive", lambda: sandbox.Sandbox(seconds=4, max_deaths=1))
    members = {f"{number}.txt": f"Báo cáo {number}\n" + "Có 1.167 trạm, " * 300_000 for number in range(3)}
    (small_reports / "a.zip").write_bytes(zip_of(members))
    summary = build(small_reports, index_dir, MODEL)
    assert summary.added == ("lai-chau.txt", "son-la.md")
    late, rest = (
        "đọc quá 4 giây: tệp quá lớn, hoặc là tệp phá hoại; hãy chia nhỏ",
        "không đọc: tệp nén có nhiều tệp phá hoại",
    )
    assert [file.reason for file in summary.skipped] == [late, rest, rest]


def test_the_pages_of_reports_are_kept_in_the_index(small_reports: Path, index_dir: Path) -> None:
    (small_reports / "a.pdf").write_bytes((FILES / "two-pages.pdf").read_bytes())
    build(small_reports, index_dir, MODEL)
    report = opened(index_dir).reports["a.pdf"]
    assert report == build_module.read_report(small_reports, "a.pdf")
