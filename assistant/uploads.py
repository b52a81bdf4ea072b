"""Reports that people add in the chat, and take out again; what cannot be read is never saved."""

import errno
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.decoding import shown
from assistant.upload_folder import FOLDER, aside, is_linked, is_removable
from assistant.upload_names import UnusableNameError, safe_name
from index.errors import UserError
from index.load import MissingFileError, UnreadableFileError, check_path, list_files, load_text
from index.report import read_report
from index.types import Report
from index.words import nfc

__all__ = ["FOLDER", "Added", "Limits", "UploadError", "add_report", "is_removable", "remove_report"]

_MB = 1_000_000
_ROOM = 25
"""Bytes that a report and its index take, for each byte of the report."""
_FULL = (errno.ENOSPC, errno.EDQUOT)

_changing = threading.Lock()


class UploadError(UserError):
    """A report cannot be added or removed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be added.

    Attributes:
        mb: Megabytes of one file.
        files: Added files in all.
    """

    mb: int
    files: int


@dataclass(frozen=True, slots=True)
class Added:
    """A report that was added.

    Attributes:
        path: POSIX path relative to the reports folder.
        title: The headline.
        province: "" if the report does not tell.
        year: The year the results are of, or None.
        published: Day of publication, or None.
        replaced: Whether it took the place of an added report of the same name.
    """

    path: str
    title: str
    province: str
    year: int | None
    published: date | None
    replaced: bool

    @property
    def warnings(self) -> tuple[str, ...]:
        """What questions will not find the report by, a line each, with the remedy."""
        missing = []
        if not self.province:
            missing.append(_untold("báo cáo thuộc tỉnh nào", "tỉnh", "province: Đắk Nông"))
        if self.year is None:
            missing.append(_untold("số liệu của năm nào", "năm", "year: 2023"))
        return tuple(missing)


def _untold(what: str, named: str, line: str) -> str:
    return (
        f"Không rõ {what}: câu hỏi nêu {named} có thể không tìm đến báo cáo này; hãy thêm dòng như «{line}» "
        f"vào đầu tệp, giữa hai dòng «---», rồi thêm lại."
    )


def add_report(reports_dir: Path, name: str, data: Path | bytes, limits: Limits) -> Added:
    """Save a report in FOLDER, once it was read as a report; one of the same name there is replaced.

    Several may be added at a time; of two of one name the later replaces the earlier.

    Args:
        reports_dir: The folder of all reports.
        name: What the file was called; made safe, see ``safe_name``.
        data: Its bytes, or a file that holds them, which is left where it is.
        limits: How much may be added.

    Raises:
        UploadError: It is no readable report, its text is there already, a limit is reached, or the folder cannot be
            written; nothing is saved then.
    """
    content = _content(name, data, limits.mb)
    try:
        safe = safe_name(name)
        with _writing(name, reports_dir):
            folder = _own_folder(reports_dir, name)
            if shutil.disk_usage(folder).free < _ROOM * len(content):
                raise _full(name)
            with aside(folder, content) as checked:
                report = read_report(checked.parent, checked.name)
                with _changing:
                    target = _place(reports_dir, name, safe, report, limits)
                    replaced = target.exists()
                    checked.replace(target)
    except UnusableNameError as error:
        raise _refused(name, str(error)) from error
    except UnreadableFileError as error:
        remedy = "hãy lưu báo cáo thành văn bản thuần (.txt hoặc .md, mã UTF-8) rồi thêm lại"
        raise _refused(name, f"{error}; {remedy}") from error
    path = f"{FOLDER}/{target.name}"
    return Added(path, report.title, report.province, report.year, report.published, replaced)


def remove_report(reports_dir: Path, path: str) -> None:
    """Take out a report that was added.

    Args:
        reports_dir: The folder of all reports.
        path: Relative to it; not trusted.

    Raises:
        UploadError: It is none that was added, is not there or the last one that can be read, or cannot be removed.
    """
    if not is_removable(path):
        raise _kept(path, f"chỉ gỡ được báo cáo đã thêm trên trang, nằm ngay trong thư mục «{FOLDER}»")
    with _changing:
        try:
            check_path(reports_dir, path)
        except MissingFileError as error:
            raise _kept(path, "không có tệp này, có thể vừa được gỡ; hãy lập lại chỉ mục") from error
        except UnreadableFileError as error:
            raise _kept(path, str(error)) from error
        file = reports_dir / path
        if file.is_symlink() or is_linked(reports_dir):
            raise _kept(path, "đó là một liên kết; hãy gỡ nó trên máy chủ")
        try:
            if _is_last(reports_dir, path):
                raise _kept(path, "đây là báo cáo cuối cùng đọc được; hãy thêm báo cáo khác trước")
            file.unlink(missing_ok=True)
        except OSError as error:
            raise _kept(path, f"{error.strerror}; hãy kiểm tra quyền ghi ở {str(file.parent)!r}") from error


def _content(name: str, data: Path | bytes, mb: int) -> bytes:
    """The bytes of an upload; of a file never more than may be."""
    if isinstance(data, bytes):
        content = data
    else:
        try:
            if not data.is_file():  # opening a pipe would wait for ever
                raise _refused(name, "không thấy tệp vừa gửi; hãy gửi lại")
            with data.open("rb") as file:
                content = file.read(mb * _MB + 1)
        except OSError as error:
            raise _refused(name, f"không đọc được tệp vừa gửi ({error.strerror}); hãy gửi lại") from error
    if len(content) > mb * _MB:
        raise _refused(name, f"tệp lớn hơn {mb} MB; hãy bỏ bớt phần không phải báo cáo hoặc chia thành nhiều tệp")
    return content


@contextmanager
def _writing(name: str, reports_dir: Path) -> Iterator[None]:
    """Tell what the system refuses."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise _full(name) from error
        folder = str(reports_dir / FOLDER)
        raise _refused(
            name,
            f"không ghi được vào thư mục {folder!r} ({error.strerror}); hãy cấp quyền ghi, hoặc đặt "
            f"ASSISTANT_REPORTS_DIR là một thư mục ghi được",
        ) from error


def _own_folder(reports_dir: Path, name: str) -> Path:
    folder = reports_dir / FOLDER
    if is_linked(reports_dir):
        raise _refused(name, f"{str(folder)!r} là một liên kết; hãy thay nó bằng một thư mục thường")
    folder.mkdir(exist_ok=True)
    return folder


def _place(reports_dir: Path, name: str, safe: str, report: Report, limits: Limits) -> Path:
    """Where a report may be saved.

    Raises:
        UploadError: Its text is there already, or there are too many.
    """
    for file in list_files(reports_dir):
        with suppress(UnreadableFileError):
            if load_text(reports_dir, file.path).sha256 == report.sha256:
                raise _refused(name, f"cùng nội dung với báo cáo đã có {shown(file.path)}; không cần thêm lại")
    folder = reports_dir / FOLDER
    saved = [path for path in folder.iterdir() if not path.name.startswith(".")]
    # a system that takes capitals for small letters has one file for both names, and so it is on every system
    same = next((path for path in saved if nfc(path.name).casefold() == safe.casefold()), None)
    if same is None and len(saved) >= limits.files:
        raise _refused(name, f"đã có {len(saved)} tệp được thêm, tối đa {limits.files}; hãy gỡ bớt báo cáo cũ")
    return same or folder / safe


def _is_last(reports_dir: Path, path: str) -> bool:
    """Whether without this report none is left that can be read, so that no index could be built."""
    others = (file.path for file in list_files(reports_dir) if file.path != path)
    return not any(_is_readable(reports_dir, other) for other in others) and _is_readable(reports_dir, path)


def _is_readable(reports_dir: Path, path: str) -> bool:
    try:
        read_report(reports_dir, path)
    except UnreadableFileError:
        return False
    return True


def _refused(name: str, why: str) -> UploadError:
    return UploadError(f"Không thêm được tệp {shown(name)}: {why}.")


def _full(name: str) -> UploadError:
    return _refused(name, "ổ đĩa không còn đủ chỗ; hãy xoá bớt tệp trên máy chủ rồi thêm lại")


def _kept(path: str, why: str) -> UploadError:
    return UploadError(f"Không gỡ được báo cáo {shown(path)}: {why}.")
