import errno
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant import upload_remove
from assistant.upload_add import add_report
from assistant.upload_folder import FOLDER, is_removable
from assistant.upload_remove import remove_report
from assistant.uploads import UploadError
from index.report import read_report
from index.types import Report
from tests.added_reports import HA_GIANG, LIMITS, SILENT, added, report_of
from tests.report_files import zip_of


def test_an_added_report_is_removed(small_reports: Path) -> None:
    told = add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)
    remove_report(small_reports, told.path)
    assert added(small_reports) == []
    with pytest.raises(UploadError, match=rf"'{FOLDER}/a\.txt': không có tệp này, có thể vừa được gỡ"):
        remove_report(small_reports, told.path)


HOSTILE = [
    "", "lai-chau.txt", "son-la.md", FOLDER, f"{FOLDER}/", f"{FOLDER}/..", f"{FOLDER}/../lai-chau.txt",
    f"{FOLDER}/./a.txt", f"{FOLDER}//a.txt", f"./{FOLDER}/a.txt", f"/{FOLDER}/a.txt", f"{FOLDER}/in/a.txt",
    f"{FOLDER}\\a.txt", f"{FOLDER}/..\\lai-chau.txt", f"{FOLDER}/.dang-kiem", f"{FOLDER}/.a.txt", f"{FOLDER}/a.doc",
    f"x/{FOLDER}/a.txt", f"{FOLDER.upper()}/a.txt", f"{FOLDER}/a.txt/",
]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_only_what_was_added_can_be_removed(small_reports: Path, path: str) -> None:
    (small_reports / FOLDER / "in").mkdir(parents=True)
    for name in ("a.txt", ".a.txt", "a.doc", "in/a.txt"):
        (small_reports / FOLDER / name).write_text(SILENT)
    before = sorted(small_reports.rglob("*"))
    assert not is_removable(path)
    with pytest.raises(UploadError, match="chỉ gỡ được báo cáo đã thêm trên trang"):
        remove_report(small_reports, path)
    assert sorted(small_reports.rglob("*")) == before


@pytest.mark.parametrize("path", ["a.txt", "Đắk Nông 2023.md", "A.TXT", "a b.c.txt", "a..md"])
def test_a_path_of_an_added_report_is_removable(path: str) -> None:
    assert is_removable(f"{FOLDER}/{path}")


@pytest.mark.parametrize("name", ["a\0.txt", "\ud800.txt", "b.txt"])
def test_what_no_system_has_is_told_as_missing(small_reports: Path, name: str) -> None:
    with pytest.raises(UploadError, match="không có tệp này"):
        remove_report(small_reports, f"{FOLDER}/{name}")


def test_a_link_is_not_removed(small_reports: Path, tmp_path: Path) -> None:
    (small_reports / FOLDER).mkdir()
    outside = tmp_path / "outside.txt"
    outside.write_text(SILENT)
    for name, target in (("in.txt", small_reports / "son-la.md"), ("out.txt", outside)):
        (small_reports / FOLDER / name).symlink_to(target)
    with pytest.raises(UploadError, match="đó là một liên kết; hãy gỡ nó trên máy chủ"):
        remove_report(small_reports, f"{FOLDER}/in.txt")
    with pytest.raises(UploadError, match="liên kết ra ngoài thư mục báo cáo"):
        remove_report(small_reports, f"{FOLDER}/out.txt")
    assert added(small_reports) == ["in.txt", "out.txt"]


def test_the_last_report_that_can_be_read_stays(tmp_path: Path) -> None:
    told = [add_report(tmp_path, f"{number}.txt", report_of(number), LIMITS).path for number in range(2)]
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / FOLDER / "empty.txt").write_text("")
    remove_report(tmp_path, told[0])
    with pytest.raises(UploadError, match="đây là báo cáo cuối cùng đọc được; hãy thêm báo cáo khác trước"):
        remove_report(tmp_path, told[1])
    remove_report(tmp_path, f"{FOLDER}/empty.txt")
    assert added(tmp_path) == ["1.txt"]


def test_of_the_last_two_reports_removed_at_once_one_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_slowly(folder: Path, path: str) -> Report:
        report = read_report(folder, path)
        time.sleep(0.05)
        return report

    monkeypatch.setattr(upload_remove, "read_report", read_slowly)
    told = [add_report(tmp_path, f"{number}.txt", report_of(number), LIMITS).path for number in range(2)]
    start = threading.Barrier(2)

    def remove(path: str) -> bool:
        start.wait()
        try:
            remove_report(tmp_path, path)
        except UploadError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(remove, told)) == [False, True]
    assert len(added(tmp_path)) == 1


def test_a_report_that_the_system_does_not_let_go_is_told(small_reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = add_report(small_reports, "a.txt", HA_GIANG.encode(), LIMITS)

    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(UploadError, match=rf"'{FOLDER}/a\.txt': Permission denied; hãy kiểm tra quyền ghi ở '"):
        remove_report(small_reports, told.path)
    assert added(small_reports) == ["a.txt"]


def test_with_a_member_its_whole_archive_is_removed(small_reports: Path) -> None:
    told = add_report(small_reports, "a.zip", zip_of({"in/1.txt": report_of(1), "2.txt": report_of(2)}), LIMITS)
    assert is_removable(f"{told.path}/in/1.txt")
    remove_report(small_reports, f"{told.path}/in/1.txt")
    assert added(small_reports) == []


@pytest.mark.parametrize("member", ["../../lai-chau.txt", "..", "a//b.txt", "", "a\\b.txt", "./a.txt"])
def test_no_member_leads_out_of_its_archive(small_reports: Path, member: str) -> None:
    told = add_report(small_reports, "a.zip", zip_of({"1.txt": report_of(1)}), LIMITS)
    assert not is_removable(f"{told.path}/{member}")
    with pytest.raises(UploadError, match="chỉ gỡ được báo cáo đã thêm trên trang"):
        remove_report(small_reports, f"{told.path}/{member}")
    assert added(small_reports) == ["a.zip"]
