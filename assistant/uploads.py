"""Reports that people add in the chat, and take out again; what cannot be read is never saved."""

import errno
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from assistant.decoding import shown
from assistant.upload_folder import FOLDER, aside, is_linked, is_removable
from assistant.upload_names import UnusableNameError, safe_name
from index.errors import UserError
from index.load import (
    MissingFileError,
    SourceFile,
    UnreadableFileError,
    archive_of,
    check_path,
    count_members,
    is_archive,
    list_files,
    load_text,
)
from index.report import read_report, read_reports
from index.types import Prepared, Report, SkippedFile
from index.words import nfc

__all__ = ["FOLDER", "Added", "Limits", "UploadError", "add_report", "is_removable", "remove_report"]

_MB = 1_000_000
_ROOM = 25
"""Bytes that a report and its index take, for each byte of the report."""
_QUICK = (".txt", ".md")
_SHOWN_REASONS = 3
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
        reports: How many reports it holds: more than one only of an archive.
        left_out: Members of an archive that cannot be read, a line each.
    """

    path: str
    title: str
    province: str
    year: int | None
    published: date | None
    replaced: bool
    reports: int = 1
    left_out: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What questions will not find the report by, and what was left out, a line each, with the remedy."""
        missing = []
        if not self.province and self.reports == 1:
            missing.append(self._untold("báo cáo thuộc tỉnh nào", "tỉnh", "province: Đắk Nông"))
        if self.year is None and self.reports == 1:
            missing.append(self._untold("số liệu của năm nào", "năm", "year: 2023"))
        return (*missing, *self.left_out)

    def _untold(self, what: str, named: str, line: str) -> str:
        remedy = f"hãy ghi rõ {named} ở tiêu đề của báo cáo, rồi thêm lại."
        if self.path.endswith((".txt", ".md")):
            remedy = f"hãy thêm dòng như «{line}» vào đầu tệp, giữa hai dòng «---», rồi thêm lại."
        return f"Không rõ {what}: câu hỏi nêu {named} có thể không tìm đến báo cáo này; {remedy}"


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
                with _changing:
                    target = _place(reports_dir, name, safe, checked, found.reports, limits)
                    replaced = target.exists()
                    checked.replace(target)
    except UnusableNameError as error:
        raise _refused(name, str(error)) from error
    except UnreadableFileError as error:
        remedy = "hãy lưu báo cáo thành văn bản thuần (.txt hoặc .md, mã UTF-8) rồi thêm lại"
        raise _refused(name, str(error) if "hãy" in str(error) else f"{error}; {remedy}") from error
    path = f"{FOLDER}/{target.name}"
    report, count = found.reports[0], len(found.reports)
    if not is_archive(path):
        return Added(path, report.title, report.province, report.year, report.published, replaced)
    title = f"{target.name}: {count} báo cáo"
    province = report.province if len({one.province for one in found.reports}) == 1 else ""
    year = report.year if len({one.year for one in found.reports}) == 1 else None
    left_out = tuple(f"Không đọc được {shown(one.path)} trong tệp nén: {one.reason}." for one in found.skipped)
    return Added(path, title, province, year, None, replaced, count, left_out)


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


def remove_report(reports_dir: Path, path: str) -> None:
    """Take out a report that was added.

    Args:
        reports_dir: The folder of all reports.
        path: Relative to it; not trusted. With a member of an archive the whole archive is taken out.

    Raises:
        UploadError: It is none that was added, is not there or the last one that can be read, or cannot be removed.
    """
    if not is_removable(path):
        raise _kept(path, f"chỉ gỡ được báo cáo đã thêm trên trang, nằm ngay trong thư mục «{FOLDER}»")
    with _changing:
        try:
            check_path(reports_dir, path)
            path = archive_of(reports_dir, path) or path
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


def _place(reports_dir: Path, name: str, safe: str, checked: Path, reports: Sequence[Report], limits: Limits) -> Path:
    """Where a file may be saved.

    Raises:
        UploadError: Its text is there already, or there are too many.
    """
    data = checked.read_bytes()
    for file in list_files(reports_dir):
        with suppress(UnreadableFileError, OSError):
            if _tells_the_same(reports_dir, file, data, reports):
                raise _refused(name, f"cùng nội dung với báo cáo đã có {shown(file.path)}; không cần thêm lại")
    folder = reports_dir / FOLDER
    saved = [path for path in folder.iterdir() if not path.name.startswith(".")]
    # a system that takes capitals for small letters has one file for both names, and so it is on every system
    same = next((path for path in saved if nfc(path.name).casefold() == safe.casefold()), None)
    count = sum(_members(path) for path in saved if path != same)
    if count + len(reports) > limits.files:
        adding = f", tệp này có {len(reports)} báo cáo" if len(reports) > 1 else ""
        raise _refused(name, f"đã có {count} tệp được thêm{adding}, tối đa {limits.files}; hãy gỡ bớt báo cáo cũ")
    return same or folder / safe


def _tells_the_same(reports_dir: Path, file: SourceFile, data: bytes, reports: Sequence[Report]) -> bool:
    """Whether a file there is the same as a new one; of plain text, whether it tells the same.

    Files that take long to parse are compared by their bytes alone; an index leaves out what tells the same anyway.
    """
    if PurePosixPath(file.path).suffix.lower() in _QUICK:
        return len(reports) == 1 and load_text(reports_dir, file.path).sha256 == reports[0].sha256
    return file.size == len(data) and (reports_dir / file.path).read_bytes() == data


def _members(file: Path) -> int:
    """How many reports a saved file counts for."""
    if not is_archive(file.name):
        return 1
    try:
        return count_members(file.parent, file.name)
    except UnreadableFileError:
        return 1


def _is_last(reports_dir: Path, path: str) -> bool:
    """Whether without this report none is left that can be read, so that no index could be built."""
    others = (file.path for file in list_files(reports_dir) if file.path != path)
    return not any(_is_readable(reports_dir, other) for other in others) and _is_readable(reports_dir, path)


def _is_readable(reports_dir: Path, path: str) -> bool:
    if is_archive(path):
        return any(isinstance(one, Prepared) for one in read_reports(reports_dir, path))
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
