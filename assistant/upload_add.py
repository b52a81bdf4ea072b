"""Adding a report: it is read out of sight first, and what cannot be read is never saved."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.decoding import shown
from assistant.upload_folder import FOLDER, aside, changing, is_linked
from assistant.upload_names import UnusableNameError, safe_name
from assistant.upload_place import place_for
from assistant.uploads import Added, Limits, UploadError, refused
from index.load import UnreadableFileError, is_archive
from index.report import read_reports
from index.types import Prepared, Report, SkippedFile

_MB = 1_000_000
_ROOM = 25
"""Bytes that a report and its index take, for each byte of the report."""
_SHOWN_REASONS = 3
_FULL = (errno.ENOSPC, errno.EDQUOT)


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
            with aside(folder, content, PurePosixPath(safe).suffix) as checked:
                found = _reports(checked)
                with changing:
                    target = place_for(reports_dir, name, safe, checked, found.reports, limits)
                    replaced = target.exists()
                    checked.replace(target)
    except UnusableNameError as error:
        raise refused(name, str(error)) from error
    except UnreadableFileError as error:
        remedy = "hãy lưu báo cáo thành văn bản thuần (.txt hoặc .md, mã UTF-8) rồi thêm lại"
        raise refused(name, str(error) if "hãy" in str(error) else f"{error}; {remedy}") from error
    return _told(target.name, found, replaced)


def _content(name: str, data: Path | bytes, mb: int) -> bytes:
    """The bytes of an upload; of a file never more than may be."""
    if isinstance(data, bytes):
        content = data
    else:
        try:
            if not data.is_file():  # opening a pipe would wait for ever
                raise refused(name, "không thấy tệp vừa gửi; hãy gửi lại")
            with data.open("rb") as file:
                content = file.read(mb * _MB + 1)
        except OSError as error:
            raise refused(name, f"không đọc được tệp vừa gửi ({error.strerror}); hãy gửi lại") from error
    if len(content) > mb * _MB:
        raise refused(name, f"tệp lớn hơn {mb} MB; hãy bỏ bớt phần không phải báo cáo hoặc chia thành nhiều tệp")
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
        raise refused(
            name,
            f"không ghi được vào thư mục {folder!r} ({error.strerror}); hãy cấp quyền ghi, hoặc đặt "
            f"ASSISTANT_REPORTS_DIR là một thư mục ghi được",
        ) from error


def _own_folder(reports_dir: Path, name: str) -> Path:
    folder = reports_dir / FOLDER
    if is_linked(reports_dir):
        raise refused(name, f"{str(folder)!r} là một liên kết; hãy thay nó bằng một thư mục thường")
    folder.mkdir(exist_ok=True)
    return folder


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file holds."""

    reports: tuple[Report, ...]
    skipped: tuple[SkippedFile, ...]


def _reports(file: Path) -> _Found:
    """The reports of a file, at least one.

    Raises:
        UnreadableFileError: There is none.
    """
    found = [one.report if isinstance(one, Prepared) else one for one in read_reports(file.parent, file.name)]
    reports = tuple(one for one in found if isinstance(one, Report))
    inside = f"{file.name}/"
    left_out = [one for one in found if isinstance(one, SkippedFile)]
    skipped = tuple(SkippedFile(one.path.removeprefix(inside), one.reason) for one in left_out)
    if not reports:
        whole = skipped[0].path == file.name
        told = "; ".join(f"{one.path}: {one.reason}" for one in skipped[:_SHOWN_REASONS])
        raise UnreadableFileError(skipped[0].reason if whole else f"không có báo cáo nào đọc được ({told})")
    return _Found(reports, skipped)


def _told(name: str, found: _Found, replaced: bool) -> Added:
    """What is told of a file that was saved under a name."""
    path = f"{FOLDER}/{name}"
    report, count = found.reports[0], len(found.reports)
    if not is_archive(path):
        return Added(path, report.title, report.province, report.year, report.published, replaced)
    title = f"{name}: {count} báo cáo"
    province = report.province if len({one.province for one in found.reports}) == 1 else ""
    year = report.year if len({one.year for one in found.reports}) == 1 else None
    left_out = tuple(f"Không đọc được {shown(one.path)} trong tệp nén: {one.reason}." for one in found.skipped)
    return Added(path, title, province, year, None, replaced, count, left_out)


def _full(name: str) -> UploadError:
    return refused(name, "ổ đĩa không còn đủ chỗ; hãy xoá bớt tệp trên máy chủ rồi thêm lại")
