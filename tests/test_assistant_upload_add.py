import errno
import os
import shutil
import threading
import time
import unicodedata
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from assistant.upload_add import add_report
from assistant.upload_folder import FOLDER
from assistant.upload_remove import remove_report
from assistant.uploads import Added, Limits, UploadError
from index.formats.kinds import NAMED
from index.load import list_files, other_files
from index.report import read_report
from tests.added_reports import HA_GIANG, LIMITS, SILENT, added, hidden, report_of
from tests.conftest import LAI_CHAU, SON_LA
from tests.report_files import FILES, LINES, docx_of, zip_of


def test_a_report_is_saved_as_it_came_and_told(small_reports: Path) -> None:
    data = ("\ufeff" + unicodedata.normalize("NFD", HA_GIANG)).encode("utf-8")
    title = "Sở Thông tin và Truyền thông Hà Giang tổng kết năm 2022"
    told = add_report(small_reports, "Hà Giang 2022.TXT", data, LIMITS)
    assert told == Added(f"{FOLDER}/Hà Giang 2022.txt", title, "Hà Giang", 2022, date(2022, 12, 20), False)
    assert told.warnings == ()
    assert (small_reports / told.path).read_bytes() == data
    assert read_report(small_reports, told.path).text == HA_GIANG
    assert hidden(small_reports) == []
    assert [file.path for file in list_files(small_reports)] == ["lai-chau.txt", "son-la.md", told.path]
    assert other_files(small_reports) == []


def test_a_file_on_disk_is_copied_and_left_where_it_is(small_reports: Path, tmp_path: Path) -> None:
    source = tmp_path / "sent"
    source.write_bytes(HA_GIANG.encode("utf-16"))
    told = add_report(small_reports, "a.md", source, LIMITS)
    assert (small_reports / told.path).read_bytes() == source.read_bytes() == HA_GIANG.encode("utf-16")


def test_a_saved_report_may_be_read_by_others(small_reports: Path) -> None:
    told = add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)
    plain = small_reports / "plain.txt"
    plain.write_text("x")
    assert (small_reports / told.path).stat().st_mode == plain.stat().st_mode


def test_what_the_report_does_not_tell_is_warned_of(small_reports: Path) -> None:
    told = add_report(small_reports, "a.txt", SILENT.encode(), LIMITS)
    assert (told.province, told.year, told.published) == ("", None, None)
    province, year = told.warnings
    assert province.startswith("Không rõ báo cáo thuộc tỉnh nào: ")
    assert "«province: Đắk Nông»" in province
    assert year.startswith("Không rõ số liệu của năm nào: ")
    assert "«year: 2023»" in year


def test_the_remedy_of_the_warnings_mends_them(small_reports: Path) -> None:
    mended = f"---\nprovince: Đắk Nông\nyear: 2023\n---\n{SILENT}\n"
    told = add_report(small_reports, "a.txt", mended.encode(), LIMITS)
    assert (told.province, told.year, told.warnings) == ("Đắk Nông", 2023, ())


def test_an_added_report_of_the_same_name_is_replaced_and_no_other(small_reports: Path) -> None:
    first = add_report(small_reports, "lai-chau.txt", report_of(1), LIMITS)
    second = add_report(small_reports, "x/LAI-CHAU.TXT", report_of(2), LIMITS)
    assert (first.replaced, second.replaced) == (False, True)
    assert second.path == first.path == f"{FOLDER}/lai-chau.txt"
    assert (small_reports / first.path).read_bytes() == report_of(2)
    assert (small_reports / "lai-chau.txt").read_text("utf-8") == LAI_CHAU


def test_a_name_that_was_saved_in_nfd_is_the_same_name(small_reports: Path) -> None:
    (small_reports / FOLDER).mkdir()
    decomposed = unicodedata.normalize("NFD", "Điện Biên.txt")
    (small_reports / FOLDER / decomposed).write_bytes(report_of(1))
    told = add_report(small_reports, "điện biên.txt", report_of(2), LIMITS)
    assert (told.path, told.replaced) == (f"{FOLDER}/{decomposed}", True)
    assert added(small_reports) == [decomposed]


@pytest.mark.parametrize(
    "data",
    [SON_LA.encode(), unicodedata.normalize("NFD", SON_LA).encode(), SON_LA.encode("utf-16")],
    ids=["bytes", "NFD", "UTF-16"],
)
def test_the_text_of_a_report_that_is_there_is_refused_with_its_name(small_reports: Path, data: bytes) -> None:
    with pytest.raises(UploadError, match=r"'moi\.txt': cùng nội dung với báo cáo đã có 'son-la\.md'; không cần"):
        add_report(small_reports, "moi.txt", data, LIMITS)
    assert added(small_reports) == []


def test_a_report_added_twice_is_refused_the_second_time(small_reports: Path) -> None:
    add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)
    for name in ("a.txt", "b.txt"):
        with pytest.raises(UploadError, match=rf"'{name}': cùng nội dung với báo cáo đã có '{FOLDER}/a\.txt'"):
            add_report(small_reports, name, HA_GIANG.encode(), LIMITS)
    assert added(small_reports) == ["a.txt"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "tệp rỗng; hãy lưu báo cáo thành văn bản thuần"),
        (b" \n\t ", "tệp rỗng"),
        (b"\x89PNG\r\n\x1a\n\0\0", "tệp nhị phân, không phải văn bản"),
        (b"%PDF-1.7\n" + bytes(range(1, 32)) * 9, "tệp nhị phân, không phải văn bản"),
        ("Отчет министерства".encode("cp1251"), "không phải văn bản UTF-8, UTF-16"),
        (b"\xff\xfea", "không phải văn bản UTF-8, UTF-16"),
        (b"--- *** ...", "không có nội dung"),
        (b"a" * 1_000_001, "tệp lớn hơn 1 MB; hãy bỏ bớt"),
    ],
    ids=["empty", "blank", "null bytes", "control characters", "other code page", "half UTF-16", "no word", "large"],
)
def test_what_is_no_report_is_refused_and_never_saved(
    small_reports: Path, tmp_path: Path, data: bytes, reason: str
) -> None:
    add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)
    source = tmp_path / "sent"
    source.write_bytes(data)
    for sent in (data, source):
        with pytest.raises(UploadError, match=rf"^Không thêm được tệp 'a\.txt': {reason}.*\.$"):
            add_report(small_reports, "a.txt", sent, LIMITS)
    assert (small_reports / FOLDER / "a.txt").read_bytes() == HA_GIANG.encode()
    assert hidden(small_reports) == []


def test_a_file_of_just_the_limit_is_taken(small_reports: Path) -> None:
    data = HA_GIANG.encode()
    assert add_report(small_reports, "a.txt", data + b"\n" * (1_000_000 - len(data)), LIMITS).year == 2022


@pytest.mark.parametrize(
    ("name", "shown", "reason"),
    [
        (
            "../secret.doc",
            "'../secret.doc'",
            f"chỉ đọc được tệp {NAMED}; hãy chuyển báo cáo",
        ),
        ("", "''", "chỉ đọc được tệp"),
        ("a\x1b[31m\u202e\nb.exe", "'a\ufffd[31m\ufffd b.exe'", "chỉ đọc được tệp"),
        ("x" * 5000, f"'{'x' * 60}…'", "chỉ đọc được tệp"),
        ("..txt", "'..txt'", "tên tệp trống; hãy đặt một tên có chữ"),
    ],
)
def test_a_name_that_cannot_be_used_is_told_on_one_safe_line(
    small_reports: Path, name: str, shown: str, reason: str
) -> None:
    with pytest.raises(UploadError, match=reason) as caught:
        add_report(small_reports, name, HA_GIANG.encode(), LIMITS)
    assert str(caught.value).startswith(f"Không thêm được tệp {shown}: ")
    assert not (small_reports / FOLDER).exists()


@pytest.mark.parametrize("name", ["../a.txt", "/tmp/a.txt", "..\\a.txt", "C:\\a.txt", ".a.txt", f"../{FOLDER}/a.txt"])
def test_no_name_leads_out_of_the_folder(small_reports: Path, name: str) -> None:
    before = sorted(small_reports.parent.rglob("*.txt"))
    assert add_report(small_reports, name, HA_GIANG.encode(), LIMITS).path == f"{FOLDER}/a.txt"
    assert sorted(small_reports.parent.rglob("*.txt")) == sorted([*before, small_reports / FOLDER / "a.txt"])


def test_more_files_than_may_be_are_refused_but_replacing_goes_on(small_reports: Path) -> None:
    for number in range(3):
        add_report(small_reports, f"{number}.txt", report_of(number), LIMITS)
    with pytest.raises(UploadError, match=r"'3\.txt': đã có 3 tệp được thêm, tối đa 3; hãy gỡ bớt báo cáo cũ\.$"):
        add_report(small_reports, "3.txt", report_of(3), LIMITS)
    assert add_report(small_reports, "2.txt", report_of(3), LIMITS).replaced
    remove_report(small_reports, f"{FOLDER}/0.txt")
    assert not add_report(small_reports, "3.txt", report_of(4), LIMITS).replaced
    assert added(small_reports) == ["1.txt", "2.txt", "3.txt"]


def test_a_disk_without_room_for_the_report_and_its_index_is_told(
    small_reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = HA_GIANG.encode()
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9, 25 * len(data) - 1))
    with pytest.raises(UploadError, match=r"'a\.txt': ổ đĩa không còn đủ chỗ; hãy xoá bớt tệp"):
        add_report(small_reports, "a.txt", data, LIMITS)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9, 25 * len(data)))
    assert add_report(small_reports, "a.txt", data, LIMITS).path == f"{FOLDER}/a.txt"


def test_a_disk_that_fills_up_while_writing_leaves_nothing(
    small_reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fill)
    with pytest.raises(UploadError, match="ổ đĩa không còn đủ chỗ"):
        add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)
    assert added(small_reports) == []
    assert hidden(small_reports) == []


def test_a_folder_that_cannot_be_written_is_told_with_the_setting(
    small_reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, **how: object) -> None:
        raise PermissionError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    message = rf"'a\.txt': không ghi được vào thư mục '.*/{FOLDER}' \(Read-only file system\); .*ASSISTANT_REPORTS_DIR"
    with pytest.raises(UploadError, match=message):
        add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)


def test_a_folder_that_is_not_there_is_told_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(UploadError, match=r"không ghi được vào thư mục .*ASSISTANT_REPORTS_DIR"):
        add_report(tmp_path / "none", "a.txt", HA_GIANG.encode(), LIMITS)
    assert not (tmp_path / "none").exists()


def test_a_file_in_the_place_of_the_folder_is_told(small_reports: Path) -> None:
    (small_reports / FOLDER).write_text("x")
    with pytest.raises(UploadError, match="không ghi được vào thư mục"):
        add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)


def test_a_folder_in_the_place_of_the_report_is_told(small_reports: Path) -> None:
    (small_reports / FOLDER / "a.txt").mkdir(parents=True)
    with pytest.raises(UploadError, match=r"không ghi được vào thư mục .*directory"):
        add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)
    assert hidden(small_reports) == []


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("outside", "liên kết ra ngoài thư mục báo cáo"),
        ("reports/inner", "đó là một liên kết"),
        ("reports/tai-len", "không có tệp này"),
    ],
    ids=["out", "within", "itself"],
)
def test_a_linked_folder_is_neither_written_nor_emptied(
    small_reports: Path, tmp_path: Path, target: str, reason: str
) -> None:
    for folder in (tmp_path / "outside", small_reports / "inner"):
        folder.mkdir()
        (folder / "a.txt").write_text(SILENT)
    (small_reports / FOLDER).symlink_to(tmp_path / target)
    with pytest.raises(UploadError, match=r"là một liên kết; hãy thay nó bằng một thư mục thường"):
        add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)
    with pytest.raises(UploadError, match=reason):
        remove_report(small_reports, f"{FOLDER}/a.txt")
    assert (tmp_path / "outside" / "a.txt").read_text() == (small_reports / "inner" / "a.txt").read_text() == SILENT


def test_reports_in_a_folder_that_is_itself_a_link_are_added(small_reports: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(small_reports)
    told = add_report(tmp_path / "link", "a.txt", HA_GIANG.encode(), LIMITS)
    assert (small_reports / told.path).is_file()
    remove_report(tmp_path / "link", told.path)
    assert added(small_reports) == []


def test_a_link_in_the_place_of_the_report_is_replaced_not_followed(small_reports: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(SILENT)
    (small_reports / FOLDER).mkdir()
    (small_reports / FOLDER / "a.txt").symlink_to(outside)
    told = add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)
    assert outside.read_text() == SILENT
    assert not (small_reports / told.path).is_symlink()


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_a_sent_file_that_cannot_be_read_is_told(small_reports: Path, tmp_path: Path, kind: str) -> None:
    sent = tmp_path / "sent"
    if kind == "folder":
        sent.mkdir()
    elif kind == "pipe":
        os.mkfifo(sent)
    with pytest.raises(UploadError, match=r"'a\.txt': không thấy tệp vừa gửi; hãy gửi lại"):
        add_report(small_reports, "a.txt", sent, LIMITS)


def test_left_overs_of_a_crash_are_removed_and_what_is_at_work_is_left(small_reports: Path) -> None:
    aside = small_reports / FOLDER / ".dang-kiem"
    aside.mkdir(parents=True)
    for name, age in (("old", 7200), ("young", 60)):
        (aside / name).write_text(SILENT)
        os.utime(aside / name, (time.time() - age,) * 2)
    add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)
    assert [path.name for path in hidden(small_reports)] == ["young"]


def test_of_many_added_at_once_as_many_as_may_be_are_saved(small_reports: Path) -> None:
    start = threading.Barrier(8)

    def add(number: int) -> str:
        start.wait()
        try:
            return add_report(small_reports, f"{number}.txt", report_of(number), LIMITS).path
        except UploadError as error:
            return str(error)

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(add, range(8)))
    assert sorted(path for path in told if path.startswith(FOLDER)) == [
        f"{FOLDER}/{name}" for name in added(small_reports)
    ]
    assert sum("đã có 3 tệp được thêm, tối đa 3" in line for line in told) == 5
    assert len(added(small_reports)) == 3


def test_of_two_of_one_name_added_at_once_the_later_replaces_the_earlier(small_reports: Path) -> None:
    start = threading.Barrier(6)

    def add(number: int) -> bool:
        start.wait()
        return add_report(small_reports, "a.txt", report_of(number), LIMITS).replaced

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(add, range(6))) == [False, True, True, True, True, True]
    assert (small_reports / FOLDER / "a.txt").read_bytes() in [report_of(number) for number in range(6)]
    assert added(small_reports) == ["a.txt"]
    assert hidden(small_reports) == []


def test_of_one_text_added_at_once_under_many_names_one_is_saved(small_reports: Path) -> None:
    start = threading.Barrier(6)

    def add(number: int) -> str:
        start.wait()
        try:
            return add_report(small_reports, f"{number}.txt", HA_GIANG.encode(), Limits(1, 9)).path
        except UploadError as error:
            return str(error)

    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(add, range(6)))
    assert len(added(small_reports)) == 1
    assert sum("cùng nội dung với báo cáo đã có" in line for line in told) == 5


def test_the_folder_may_be_walked_while_reports_come_and_go(small_reports: Path) -> None:
    stop = threading.Event()

    def come_and_go() -> None:
        for number in range(60):
            add_report(small_reports, "a.txt", report_of(number), LIMITS)
        stop.set()

    with ThreadPoolExecutor(1) as pool:
        going = pool.submit(come_and_go)
        while not stop.is_set() and not going.done():
            assert {"lai-chau.txt", "son-la.md"} <= {file.path for file in list_files(small_reports)}
            assert other_files(small_reports) == []
        going.result()


# --- other formats


def test_a_word_file_is_saved_as_it_came(small_reports: Path) -> None:
    data = docx_of()
    told = add_report(small_reports, "Hà Giang 2022.DOCX", data, LIMITS)
    assert (told.path, told.title, told.province, told.year) == (
        f"{FOLDER}/Hà Giang 2022.docx", LINES[0], "Hà Giang", 2022,
    )  # fmt: skip
    assert (small_reports / told.path).read_bytes() == data
    assert hidden(small_reports) == []


def test_the_same_file_of_a_parsed_format_is_refused_with_its_name(small_reports: Path) -> None:
    data = (FILES / "two-pages.pdf").read_bytes()
    (small_reports / "co-san.pdf").write_bytes(data)
    with pytest.raises(UploadError, match=r"'a\.pdf': cùng nội dung với báo cáo đã có 'co-san\.pdf'"):
        add_report(small_reports, "a.pdf", data, LIMITS)
    assert added(small_reports) == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", docx_of()[:300], "tệp Word hỏng hoặc không đầy đủ; hãy lưu báo cáo thành văn bản thuần"),
        ("a.pdf", b"%PDF-1.7", "tệp PDF hỏng hoặc không đầy đủ"),
        ("a.pdf", (FILES / "locked.pdf").read_bytes(), "tệp PDF có mật khẩu"),
        ("a.pdf", b"MZ", r"nội dung không phải tệp \.pdf"),
        ("a.zip", zip_of({}), "tệp nén không có báo cáo nào"),
        (
            "a.zip",
            zip_of({"b.txt": "", "c.exe": "x"}),
            r"không có báo cáo nào đọc được \(b\.txt: tệp rỗng; c\.exe: định",
        ),
    ],
)
def test_bad_files_of_other_formats_are_refused_and_never_saved(
    small_reports: Path, name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(UploadError, match=rf"^Không thêm được tệp '{name}': {reason}"):
        add_report(small_reports, name, data, LIMITS)
    assert added(small_reports) == []
    assert hidden(small_reports) == []


def test_an_archive_tells_how_many_reports_it_holds_and_what_was_left_out(small_reports: Path) -> None:
    data = zip_of({"1.txt": report_of(1), "2.docx": docx_of(), "3.exe": "x"})
    told = add_report(small_reports, "cả năm.zip", data, LIMITS)
    assert (told.path, told.title, told.reports) == (f"{FOLDER}/cả năm.zip", "cả năm.zip: 2 báo cáo", 2)
    assert (told.province, told.year, told.published) == ("Hà Giang", 2022, None)
    (left_out,) = told.warnings
    assert left_out.startswith("Không đọc được '3.exe' trong tệp nén: định dạng chưa được đọc")


def test_the_reports_of_an_archive_count_as_added_files(small_reports: Path) -> None:
    add_report(small_reports, "a.zip", zip_of({"1.txt": report_of(1), "2.txt": report_of(2)}), LIMITS)
    three = zip_of({f"{number}.txt": report_of(number) for number in (4, 5)})
    with pytest.raises(UploadError, match="đã có 2 tệp được thêm, tệp này có 2 báo cáo, tối đa 3; hãy gỡ bớt"):
        add_report(small_reports, "b.zip", three, LIMITS)
    add_report(small_reports, "c.txt", report_of(6), LIMITS)
    with pytest.raises(UploadError, match="đã có 3 tệp được thêm, tối đa 3"):
        add_report(small_reports, "d.txt", report_of(7), LIMITS)
    assert add_report(small_reports, "a.zip", three, LIMITS).replaced


def test_what_a_file_that_is_no_text_does_not_tell_is_to_be_told_in_it(small_reports: Path) -> None:
    told = add_report(small_reports, "a.docx", docx_of((SILENT, SILENT)), LIMITS)
    province, year = told.warnings
    assert province.endswith("hãy ghi rõ tỉnh ở tiêu đề của báo cáo, rồi thêm lại.")
    assert year.endswith("hãy ghi rõ năm ở tiêu đề của báo cáo, rồi thêm lại.")
