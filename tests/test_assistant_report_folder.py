import os
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.report_folder import cited_reports
from assistant.types import Answer, Citation
from index.errors import ReportsError
from index.report import read_report


def answer(*paths: str) -> Answer:
    citations = tuple(
        Citation(number, path, "", "", None, "", 0, 1, "x", "0") for number, path in enumerate(paths, start=1)
    )
    return Answer("Hỏi?", "", "answered", citations, (), (), "extractive", 0.0)


def test_only_the_cited_reports_are_read(small_reports: Path) -> None:
    (small_reports / "inner").mkdir()
    (small_reports / "inner" / "c.txt").write_text("Năm 2022, tỉnh Sơn La có 12 trạm BTS.\n")
    near = replace(answer(), near_misses=answer("inner/c.txt").citations)
    found = cited_reports(small_reports, [answer("son-la.md", "son-la.md"), near])
    assert set(found.reports) == {"son-la.md", "inner/c.txt"}
    assert found.reports["son-la.md"] == read_report(small_reports, "son-la.md")
    assert found.unreadable == {}


def test_a_missing_report_is_in_neither(small_reports: Path) -> None:
    found = cited_reports(small_reports, [answer("gone.txt", "none/gone.md")])
    assert (found.reports, found.unreadable) == ({}, {})


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReportsError, match="Không có thư mục báo cáo"):
        cited_reports(tmp_path / "none", [answer()])


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../secret.txt", "ra ngoài thư mục báo cáo"),
        ("inner/../../secret.txt", "ra ngoài thư mục báo cáo"),
        ("..\\secret.txt", "ra ngoài thư mục báo cáo"),
        ("C:secret.txt", "ra ngoài thư mục báo cáo"),
        ("/etc/hosts.txt", "ra ngoài thư mục báo cáo"),
        ("//host/a.txt", "ra ngoài thư mục báo cáo"),
        ("link.txt", "liên kết ra ngoài thư mục báo cáo"),
        ("linked/secret.txt", "liên kết ra ngoài thư mục báo cáo"),
        ("", "ra ngoài thư mục báo cáo"),
        (".", "ra ngoài thư mục báo cáo"),
        (".hidden.txt", "không đúng dạng"),
        (".git/a.txt", "không đúng dạng"),
        ("./son-la.md", "không đúng dạng"),
        ("inner//a.txt", "không đúng dạng"),
        ("son-la.md/", "không đúng dạng"),
        ("data.json", "không phải tệp .txt, .md, .html, .docx, .pdf hoặc .zip"),
        ("folder.txt", "không phải tệp thường"),
        ("pipe.txt", "không phải tệp thường"),
        ("a" * 300 + ".txt", "không mở được"),
        ("empty.txt", "tệp rỗng"),
        ("scan.txt", "tệp nhị phân"),
    ],
)  # fmt: skip
def test_a_hostile_path_is_not_opened(small_reports: Path, path: str, reason: str) -> None:
    outside = small_reports.parent / "outside"
    outside.mkdir()
    for secret in (small_reports.parent / "secret.txt", outside / "secret.txt"):
        secret.write_text("Năm 2022, tỉnh Sơn La có 12 trạm BTS.\n")
    (small_reports / "link.txt").symlink_to(small_reports.parent / "secret.txt")
    (small_reports / "linked").symlink_to(outside)
    (small_reports / "folder.txt").mkdir()
    os.mkfifo(small_reports / "pipe.txt")
    (small_reports / "empty.txt").write_text("")
    (small_reports / "scan.txt").write_bytes(b"\x89PNG\0\0")
    found = cited_reports(small_reports, [answer(path)])
    assert found.reports == {}
    assert reason in found.unreadable[path]


@pytest.mark.parametrize("path", ["a\0.txt", "\ud800.txt"])
def test_a_path_that_no_system_has_is_a_missing_report(small_reports: Path, path: str) -> None:
    assert cited_reports(small_reports, [answer(path)]).reports == {}


def test_a_link_within_the_folder_is_followed(small_reports: Path) -> None:
    (small_reports / "alias.md").symlink_to(small_reports / "son-la.md")
    assert set(cited_reports(small_reports, [answer("alias.md")]).reports) == {"alias.md"}
