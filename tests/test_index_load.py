import hashlib
import os
import unicodedata
from pathlib import Path

import pytest

from index import load
from index.errors import ReportsError
from index.formats.kinds import NAMED
from index.load import (
    LoadedText,
    MissingFileError,
    UnreadableFileError,
    check_path,
    count_members,
    list_files,
    load_members,
    load_text,
    other_files,
)
from index.sandbox import sandbox
from index.types import SkippedFile
from tests.report_files import FILES, LINES, docx_of, page_of_web, text_of, zip_of

UNKNOWN = "không phải văn bản UTF-8, UTF-16, Windows-1258, TCVN3 hay VNI; hãy lưu lại bằng UTF-8"
TEXT = "Sở Thông tin họp.\nCó 31 trạm ở Đắk Nông.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["utf-8", "utf-8 with BOM", "utf-16 little endian", "utf-16 big endian", "NFD"],
)
def test_every_encoding_gives_the_same_nfc_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    loaded = load_text(tmp_path, "a.txt")
    assert loaded.text == TEXT
    assert loaded.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_line_ends_are_kept_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("một\r\nhai\rba".encode())
    assert load_text(tmp_path, "a.txt").text == "một\r\nhai\rba"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "tệp rỗng"),
        (b" \n\t\r\n", "tệp rỗng"),
        (b"\xef\xbb\xbf", "tệp rỗng"),
        (b"%PDF-1.7\0\0\1", "tệp nhị phân, không phải văn bản"),
        (b"\x01\x02\x03" * 30 + b"abc", "tệp nhị phân, không phải văn bản"),
        ("Sở họp".encode("cp1258", "replace") + b"\xe0", UNKNOWN),
        (b"\xff\xfea", UNKNOWN),
    ],
    ids=["empty", "blank", "only a BOM", "NUL bytes", "control characters", "another encoding", "half a unit"],
)
def test_what_is_no_text_is_refused_with_a_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(UnreadableFileError, match=f"^{reason}$"):
        load_text(tmp_path, "a.txt")


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_BYTES", 2_000_000)
    (tmp_path / "fits.txt").write_bytes(b"a" * 2_000_000)
    (tmp_path / "large.txt").write_bytes(b"a" * 2_000_001)
    assert len(load_text(tmp_path, "fits.txt").text) == 2_000_000
    with pytest.raises(UnreadableFileError, match=r"^lớn hơn 2 MB$"):
        load_text(tmp_path, "large.txt")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(UnreadableFileError, match=r"^không mở được \(Permission denied\)$"):
        load_text(tmp_path, "a.txt")


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"^không mở được \(No such file or directory\)$"):
        load_text(tmp_path, "gone.txt")


def test_text_and_markdown_files_are_listed_by_path(tmp_path: Path) -> None:
    (tmp_path / "sở" / "sâu").mkdir(parents=True)
    for name in ("b.md", "A.TXT", "sở/sâu/c.txt"):
        (tmp_path / name).write_text("x")
    assert [file.path for file in list_files(tmp_path)] == ["A.TXT", "b.md", "sở/sâu/c.txt"]
    assert [file.size for file in list_files(tmp_path)] == [1, 1, 1]


def test_hidden_files_and_folders_are_not_listed(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/a.txt", ".hidden.txt"):
        (tmp_path / name).write_text("x")
    assert list_files(tmp_path) == []


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "reports", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("x")
    (inside / "real.txt").write_text("x")
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside, target_is_directory=True)
    (inside / "near.txt").symlink_to(inside / "real.txt")
    (inside / "broken.txt").symlink_to(inside / "none.txt")
    assert [file.path for file in list_files(inside)] == ["near.txt", "real.txt"]


def test_files_of_other_kinds_are_named(tmp_path: Path) -> None:
    for name in ("a.txt", "b.doc", ".hidden.pdf"):
        (tmp_path / name).write_text("x")
    assert other_files(tmp_path) == [SkippedFile("b.doc", f"định dạng chưa được đọc; hãy chuyển sang {NAMED}")]


def test_a_missing_folder_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ReportsError, match=r"^Không có thư mục báo cáo '.*/none': hãy chỉ một thư mục"):
        list_files(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReportsError, match=r"^Không có thư mục báo cáo '.*/file': hãy chỉ một thư mục"):
        list_files(tmp_path / "file")


def test_a_name_that_is_not_utf8_and_a_link_out_are_named_and_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (tmp_path / "outside.txt").write_text(TEXT)
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text(TEXT)
    assert [file.path for file in list_files(folder)] == ["a.txt"]
    assert [(file.path, file.reason) for file in other_files(folder)] == [
        ("link.txt", "liên kết ra ngoài thư mục báo cáo"),
        ("\\udcff.txt", "tên tệp không phải UTF-8"),
    ]


# --- other formats


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", text_of().encode()),
        ("a.html", page_of_web().encode("utf-16")),
        ("a.HTM", page_of_web().encode()),
        ("saved-page.txt", page_of_web().encode()),
        ("a.docx", docx_of()),
    ],
)
def test_every_format_gives_the_same_paragraphs(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    loaded = load_text(tmp_path, name)
    assert [line.removeprefix("# ") for line in loaded.text.strip().split("\n\n")] == list(LINES)
    assert loaded.sha256 == hashlib.sha256(loaded.text.encode()).hexdigest()
    assert loaded.pages == ()


def test_the_pages_of_a_pdf_begin_where_their_text_does() -> None:
    loaded = load_text(FILES, "two-pages.pdf")
    first, second, third = loaded.pages
    assert first == 0
    assert loaded.text.startswith("| Điểm phục vụ bưu chính", second)
    assert loaded.text.startswith("Năm 2024, ngành phấn đấu", third)


def test_letters_of_old_fonts_in_a_word_file_are_unicode(tmp_path: Path) -> None:
    lines = ("Së Th«ng tin vµ TruyÒn th«ng tØnh L¹ng S¬n", "Toµn tØnh cã 12 tr¹m BTS.")
    (tmp_path / "a.docx").write_bytes(docx_of(lines))
    text = load_text(tmp_path, "a.docx").text
    assert text == "# Sở Thông tin và Truyền thông tỉnh Lạng Sơn\n\nToàn tỉnh có 12 trạm BTS."


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"", "tệp rỗng"),
        ("a.docx", docx_of()[:900], "tệp Word hỏng hoặc không đầy đủ"),
        ("a.docx", docx_of(("", "")), "không có chữ nào"),
        ("a.docx", b"\xd0\xcf\x11\xe0" * 200, r"tệp Word có mật khẩu hoặc dạng \.doc cũ; hãy lưu lại"),
        ("a.pdf", b"MZ\0\0", r"nội dung không phải tệp \.pdf"),
        ("a.pdf", (FILES / "locked.pdf").read_bytes(), "tệp PDF có mật khẩu; hãy bỏ mật khẩu"),
        ("a.html", b"\x7fELF\0\1\2", "tệp nhị phân, không phải văn bản"),
        ("a.html", b"<html><body></body></html>", "trang HTML không có nội dung"),
        ("a.html", "<p>Отчет министерства".encode("cp1251"), UNKNOWN),
        ("a.zip", zip_of({"b.txt": "x"}), "là tệp nén; báo cáo là các tệp bên trong"),
    ],
)
def test_bad_files_of_other_formats_are_named(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableFileError, match=f"^{reason}"):
        load_text(tmp_path, name)


def test_a_large_file_with_pictures_may_be_larger_than_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_BYTES", 1_000)
    (tmp_path / "a.docx").write_bytes(docx_of())
    assert "1.742 trạm" in load_text(tmp_path, "a.docx").text
    monkeypatch.setattr(load, "MAX_PACKED_BYTES", 2_000_000)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-" + b"x" * 2_000_000)
    with pytest.raises(UnreadableFileError, match=r"^lớn hơn 2 MB$"):
        load_text(tmp_path, "b.pdf")


def test_a_file_that_changes_while_it_is_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    read_bytes = Path.read_bytes

    def grows(path: Path) -> bytes:
        data = read_bytes(path)
        path.write_bytes(data + b".")
        return data

    monkeypatch.setattr(Path, "read_bytes", grows)
    with pytest.raises(UnreadableFileError, match=r"^đang được ghi; hãy lập lại chỉ mục khi ghi xong$"):
        load_text(tmp_path, "a.txt")


def test_a_line_of_many_megabytes_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Có 12 trạm. ".encode() * 500_000)
    assert len(load_text(tmp_path, "a.txt").text) == 12 * 500_000


# --- archives


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    members: dict[str, bytes | str] = {
        "2022/Hà Giang.docx": docx_of(), "b.txt": TEXT, "c.html": page_of_web(), "d.txt": b"\0\1", "../e.txt": TEXT,
        "f.zip": zip_of({"g.txt": TEXT}), ".DS_Store": b"x", "two.pdf": (FILES / "two-pages.pdf").read_bytes(),
    }  # fmt: skip
    (tmp_path / "all.zip").write_bytes(zip_of(members))
    return tmp_path


def test_the_members_of_an_archive_are_reports_with_its_path_before_theirs(archive: Path) -> None:
    found = list(load_members(archive, "all.zip", sandbox.SHARED))
    assert [one.path for one in found if isinstance(one, LoadedText)] == [
        "all.zip/2022/Hà Giang.docx", "all.zip/b.txt", "all.zip/c.html", "all.zip/two.pdf",
    ]  # fmt: skip
    assert [one for one in found if isinstance(one, SkippedFile)] == [
        SkippedFile("all.zip/d.txt", "tệp nhị phân, không phải văn bản"),
        SkippedFile("all.zip/../e.txt", "tên dẫn ra ngoài tệp nén"),
        SkippedFile("all.zip/f.zip", "tệp nén trong tệp nén; hãy giải nén trước"),
    ]
    assert [file.path for file in list_files(archive)] == ["all.zip"]


def test_a_member_is_read_by_its_path_as_with_the_others(archive: Path) -> None:
    for member in load_members(archive, "all.zip", sandbox.SHARED):
        if isinstance(member, LoadedText):
            check_path(archive, member.path)
            assert load_text(archive, member.path) == member
    assert count_members(archive, "all.zip") == 5


def test_a_member_that_is_not_there_is_missing(archive: Path) -> None:
    check_path(archive, "all.zip/none.txt")
    with pytest.raises(MissingFileError, match=r"^không có tệp này trong tệp nén$"):
        load_text(archive, "all.zip/none.txt")


@pytest.mark.parametrize("path", ["all.zip/../../x.txt", "all.zip/.x.txt", "all.zip//b.txt", "all.zip/x\\y.txt"])
def test_a_path_in_an_archive_that_leads_elsewhere_is_refused(archive: Path, path: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"^đường dẫn"):
        check_path(archive, path)


def test_a_folder_may_be_called_like_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "a.zip" / "b.txt").write_text(TEXT, "utf-8")
    assert [file.path for file in list_files(tmp_path)] == ["a.zip/b.txt"]
    assert load_text(tmp_path, "a.zip/b.txt").text == TEXT


def test_an_archive_out_of_the_folder_is_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (tmp_path / "secret.zip").write_bytes(zip_of({"a.txt": TEXT}))
    (folder / "link.zip").symlink_to(tmp_path / "secret.zip")
    assert list_files(folder) == []
    with pytest.raises(UnreadableFileError, match=r"^liên kết ra ngoài thư mục báo cáo$"):
        check_path(folder, "link.zip/a.txt")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zip_of({}), "tệp nén không có báo cáo nào"),
        (zip_of({".DS_Store": "x"}), "tệp nén không có báo cáo nào"),
        (zip_of({"a.txt": "x" * 999})[:60], "tệp nén hỏng hoặc không đầy đủ"),
        (b"Rar!\x1a\x07", r"nội dung không phải tệp \.zip"),
    ],
)
def test_a_bad_archive_is_named(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(UnreadableFileError, match=f"^{reason}$"):
        list(load_members(tmp_path, "a.zip", sandbox.SHARED))


# --- names


@pytest.mark.parametrize(
    "name",
    ["%2f..%2fa.txt", "a'; drop table;--\".txt", unicodedata.normalize("NFD", "Đắk Nông.txt"), "x" * 251 + ".txt"],
)
def test_odd_names_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT, "utf-8")
    assert [file.path for file in list_files(tmp_path)] == [name]
    check_path(tmp_path, name)
    assert load_text(tmp_path, name).text == TEXT


def test_a_name_that_begins_with_two_dots_is_named(tmp_path: Path) -> None:
    (tmp_path / "..%2f..%2fa.txt").write_text(TEXT, "utf-8")
    assert list_files(tmp_path) == []
    assert other_files(tmp_path) == [SkippedFile("..%2f..%2fa.txt", "tên tệp bắt đầu bằng «..»; hãy đổi tên")]


def test_a_name_too_long_or_impossible_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"^không mở được \(File name too long\)$"):
        check_path(tmp_path, "x" * 300 + ".txt")
    with pytest.raises(MissingFileError, match=r"^không có tệp này$"):
        check_path(tmp_path, "a\0.txt")
