import unicodedata

import pytest

from assistant.upload_names import MAX_BYTES, UnusableNameError, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("bao-cao.txt", "bao-cao.txt"),
        ("Báo cáo Đắk Nông năm 2023.md", "Báo cáo Đắk Nông năm 2023.md"),
        (unicodedata.normalize("NFD", "Điện Biên.txt"), "Điện Biên.txt"),
        ("BÁO CÁO.TXT", "BÁO CÁO.txt"),
        ("a.b.c.Md", "a.b.c.md"),
        ("báo cáo (1) [bản cuối] & 100%.txt", "báo cáo (1) [bản cuối] & 100%.txt"),
    ],
    ids=["plain", "Vietnamese", "NFD", "capitals", "dots", "signs"],
)
def test_an_ordinary_name_keeps_its_letters(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\a.txt", "a.txt"),
        ("/etc/cron.d/a.txt", "a.txt"),
        ("C:\\Users\\x\\a.txt", "a.txt"),
        ("C:a.txt", "C-a.txt"),
        ("\\\\host\\share\\a.txt", "a.txt"),
        ("a/../b.md", "b.md"),
        (".hidden.txt", "hidden.txt"),
        ("...a.txt", "a.txt"),
        (". . a.txt", "a.txt"),
        ("a.txt...", "a.txt"),
        ("a . .txt", "a.txt"),
        ("%2e%2e%2fa.txt", "%2e%2e%2fa.txt"),
    ],
)
def test_no_part_of_a_path_is_left(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a\0.txt", "a.txt"),
        ("a\x1b[31m\x07.txt", "a[31m.txt"),
        ("a\nb\r\n\tc.txt", "a b c.txt"),
        ("a\u2028b\u00a0\u3000c.txt", "a b c.txt"),
        ("exe.\u202etxt", "exe.txt"),
        ("\u2066a\u2069\u200f\u061c.txt", "a.txt"),
        ("a\u200b\ufeff\u00adb.txt", "ab.txt"),
        ("\ud800a\ue000.txt", "a.txt"),
        ("e\u200b\u0301.txt", "é.txt"),
        ("a.t\u200bxt", "a.txt"),
    ],
    ids=["null", "escape", "lines", "spaces", "override", "isolates", "invisible", "no characters", "apart", "suffix"],
)
def test_what_a_page_would_not_show_is_left_out(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ('<img src=x onerror="a">.txt', "-img src=x onerror=-a--.txt"),
        ("a?b*c|d:e.txt", "a-b-c-d-e.txt"),
        ("a.txt:stream.txt", "a.txt-stream.txt"),
        ("CON.txt", "_CON.txt"),
        ("nul.2023.md", "_nul.2023.md"),
        ("Lpt¹.txt", "_Lpt¹.txt"),
        ("aux .b.txt", "_aux .b.txt"),
        ("conin$.txt", "_conin$.txt"),
        ("contents.txt", "contents.txt"),
        ("com.txt", "com.txt"),
    ],
)
def test_what_windows_reserves_is_changed(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "chỉ đọc được tệp .txt, .md, .html, .docx, .pdf hoặc .zip"),
        ("a", "chỉ đọc được tệp .txt, .md, .html, .docx, .pdf hoặc .zip"),
        ("..", "chỉ đọc được tệp .txt, .md, .html, .docx, .pdf hoặc .zip"),
        ("a.doc", "chỉ đọc được tệp .txt, .md, .html, .docx, .pdf hoặc .zip"),
        ("a.txt.exe", "chỉ đọc được tệp .txt, .md, .html, .docx, .pdf hoặc .zip"),
        ("a\u202etxt.exe", "chỉ đọc được tệp .txt, .md, .html, .docx, .pdf hoặc .zip"),
        ("a.txt/", "chỉ đọc được tệp .txt, .md, .html, .docx, .pdf hoặc .zip"),
        ("a.tx t", "chỉ đọc được tệp .txt, .md, .html, .docx, .pdf hoặc .zip"),
        (".txt", "tên tệp trống"),
        ("\u200b\0 .md", "tên tệp trống"),
        ("a/\u202e.txt", "tên tệp trống"),
    ],
)
def test_a_name_that_is_none_of_a_report_is_refused(name: str, reason: str) -> None:
    with pytest.raises(UnusableNameError, match=reason):
        safe_name(name)


def test_a_name_of_the_longest_length_is_kept() -> None:
    name = "ă" * ((MAX_BYTES - 4) // 2) + ".txt"
    assert len(name.encode()) == MAX_BYTES
    assert safe_name(name) == name


def test_a_longer_name_is_cut_between_characters_and_told_from_its_like() -> None:
    title = "Sở Thông tin và Truyền thông tổng kết công tác năm, triển khai nhiệm vụ năm tới " * 4
    first, second = safe_name(f"{title} 2021.txt"), safe_name(f"{title} 2022.txt")
    assert first != second
    assert first[:-13] == second[:-13] == title[: len(first) - 13]
    assert MAX_BYTES - 3 <= len(first.encode()) <= MAX_BYTES
    assert safe_name(first) == first


def test_a_huge_name_is_cut_too() -> None:
    assert len(safe_name("đ" * 1_000_000 + ".md").encode()) == MAX_BYTES


@pytest.mark.parametrize("name", ["a/b<>\u202e.TXT", "CON.txt", "  . a . .md", "x" * 500 + ".txt"])
def test_a_safe_name_is_safe_already(name: str) -> None:
    assert safe_name(safe_name(name)) == safe_name(name)
