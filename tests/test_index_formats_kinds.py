import pytest

from index.formats.converted import UnreadableFileError
from index.formats.kinds import BY_SUFFIX, HEAD_BYTES, NAMED, Kind, kind_of


@pytest.mark.parametrize(
    ("suffix", "head", "kind"),
    [
        (".txt", b"S\xe1", Kind.TEXT),
        (".md", b"# a", Kind.TEXT),
        (".txt", b"  <!DOCTYPE html><html>", Kind.HTML),
        (".txt", b"\xef\xbb\xbf<?xml version='1.0'?><html xmlns=''>", Kind.HTML),
        (".txt", b"<html is a word>"[:5] + b"x", Kind.TEXT),
        (".htm", b"<p>a</p>", Kind.HTML),
        (".html", b"plain", Kind.HTML),
        (".docx", b"PK\x03\x04", Kind.DOCX),
        (".zip", b"PK\x03\x04", Kind.ZIP),
        (".zip", b"PK\x05\x06", Kind.ZIP),
        (".pdf", b"%PDF-1.7", Kind.PDF),
        (".pdf", b"\n" * (HEAD_BYTES - 5) + b"%PDF-", Kind.PDF),
    ],
)
def test_a_file_is_told_by_its_suffix_and_its_first_bytes(suffix: str, head: bytes, kind: Kind) -> None:
    assert kind_of(suffix, head) is kind


@pytest.mark.parametrize(
    ("suffix", "head", "reason"),
    [
        (".txt", b"", "tệp rỗng"),
        (".pdf", b"", "tệp rỗng"),
        (".txt", b"%PDF-1.7", "tệp nhị phân, không phải văn bản"),
        (".md", b"PK\x03\x04", "tệp nhị phân, không phải văn bản"),
        (".txt", b"\xd0\xcf\x11\xe0", "tệp nhị phân, không phải văn bản"),
        (".html", b"PK\x03\x04", "nội dung không phải trang HTML"),
        (".pdf", b"PK\x03\x04", r"nội dung không phải tệp \.pdf"),
        (".pdf", b"MZ", r"nội dung không phải tệp \.pdf"),
        (".docx", b"%PDF-1.7", r"nội dung không phải tệp \.docx"),
        (".docx", b"\xd0\xcf\x11\xe0", r"tệp Word có mật khẩu hoặc dạng \.doc cũ"),
        (".zip", b"Rar!", r"nội dung không phải tệp \.zip"),
        (".exe", b"MZ", "định dạng chưa được đọc; hãy chuyển sang"),
        ("", b"a", "định dạng chưa được đọc"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(suffix: str, head: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"^{reason}"):
        kind_of(suffix, head)


def test_messages_name_every_format() -> None:
    assert {suffix for suffix in BY_SUFFIX if suffix in NAMED} == set(BY_SUFFIX)
