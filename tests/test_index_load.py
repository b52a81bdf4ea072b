import hashlib
import os
import unicodedata
from pathlib import Path

import pytest

from index import load
from index.errors import ReportsError
from index.load import UnreadableFileError, list_files, load_text, other_files
from index.types import SkippedFile

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
        ("Sở họp".encode("cp1258", "replace") + b"\xe0", "không phải văn bản UTF-8 hay UTF-16"),
        (b"\xff\xfea", "không phải văn bản UTF-8 hay UTF-16"),
    ],
    ids=["empty", "blank", "only a BOM", "NUL bytes", "control characters", "windows-1258", "half a unit"],
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
    for name in ("a.txt", "b.docx", ".hidden.pdf"):
        (tmp_path / name).write_text("x")
    assert other_files(tmp_path) == [SkippedFile("b.docx", "định dạng chưa được đọc; hãy chuyển sang .txt hoặc .md")]


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
