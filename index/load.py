"""Files → decoded, NFC-normalised text; what cannot be read is named with a reason."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from index.errors import ReportsError
from index.formats.charsets import decode_html
from index.formats.converted import Converted, UnreadableFileError
from index.formats.encodings import decode, mend
from index.formats.kinds import BY_SUFFIX, HEAD_BYTES, NAMED, Kind, kind_of
from index.sandbox import sandbox
from index.sandbox.sandbox import Archive, Sandbox
from index.sandbox.told import Listed
from index.types import LoadedText, SkippedFile
from index.words import nfc

__all__ = [
    "MAX_BYTES",
    "MAX_PACKED_BYTES",
    "SUFFIXES",
    "MissingFileError",
    "SourceFile",
    "UnreadableFileError",
    "archive_of",
    "check_path",
    "count_members",
    "is_archive",
    "list_files",
    "load_members",
    "load_text",
    "other_files",
]

SUFFIXES = tuple(BY_SUFFIX)
MAX_BYTES = 20_000_000
"""Of a text or a web page."""
MAX_PACKED_BYTES = 100_000_000
"""Of a file with pictures in it, or of an archive."""
_UNFINISHED = "đang được ghi; hãy lập lại chỉ mục khi ghi xong"
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A report file on disk.

    Attributes:
        path: POSIX path relative to the reports folder.
        size: Bytes.
        mtime_ns: Time of the last change, in nanoseconds.
    """

    path: str
    size: int
    mtime_ns: int


class MissingFileError(UnreadableFileError):
    """There is no such file."""


def list_files(folder: Path) -> list[SourceFile]:
    """All candidate report files under ``folder``, sorted by path.

    Raises:
        ReportsError: There is no such folder.
    """
    if not folder.is_dir():
        raise ReportsError(f"Không có thư mục báo cáo {str(folder)!r}: hãy chỉ một thư mục có tệp {NAMED}.")
    return sorted(_walk(folder, folder.resolve()), key=lambda file: file.path)


def _walk(folder: Path, root: Path) -> Iterator[SourceFile]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or path.suffix.lower() not in SUFFIXES:
            continue
        try:
            if _unusable(path, root):
                continue
            stat = path.stat()
        except OSError:  # gone since it was listed
            continue
        yield SourceFile(inside.as_posix(), stat.st_size, stat.st_mtime_ns)


def _unusable(path: Path, root: Path) -> str:
    """Why a path cannot be a report whatever it holds, in Vietnamese, or ""."""
    if not path.is_file():
        return "không phải tệp thường"
    if not path.resolve().is_relative_to(root):
        return "liên kết ra ngoài thư mục báo cáo"
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return "tên tệp không phải UTF-8"
    return ""


def is_archive(path: str) -> bool:
    """Whether a file's path is that of an archive, whose members are the reports."""
    return BY_SUFFIX.get(PurePosixPath(path).suffix.lower()) is Kind.ZIP


def archive_of(folder: Path, path: str) -> str:
    """The path of the archive that the report of a path is a member of, or ""; a folder may be named like one."""
    for parent in reversed(PurePosixPath(path).parents):
        if is_archive(str(parent)) and (folder / parent).is_file():
            return str(parent)
    return ""


def check_path(folder: Path, path: str) -> None:
    """See that a path that someone wrote, in an answer file say, is one that a report may have.

    Raises:
        MissingFileError: There is no such file.
        UnreadableFileError: It leads out of the folder, is not written as a report's path is, or is no report file.
    """
    parts = PurePosixPath(path).parts
    if not parts or parts[0].startswith("/") or ".." in parts or "\\" in path or PureWindowsPath(path).drive:
        raise UnreadableFileError("đường dẫn ra ngoài thư mục báo cáo, không được mở")
    if any(part.startswith(".") for part in parts) or "/".join(parts) != path:
        raise UnreadableFileError("đường dẫn không đúng dạng của một báo cáo")
    if PurePosixPath(path).suffix.lower() not in SUFFIXES:
        raise UnreadableFileError(f"không phải tệp {NAMED}")
    try:
        file = folder / (archive_of(folder, path) or path)
        if not file.exists():
            raise MissingFileError("không có tệp này")
        reason = _unusable(file, folder.resolve())
    except (OSError, ValueError) as error:  # a name longer than the system allows, or with a NUL in it
        raise UnreadableFileError(f"không mở được ({getattr(error, 'strerror', None) or error})") from error
    if reason:
        raise UnreadableFileError(reason)


def other_files(folder: Path) -> list[SkippedFile]:
    """What else lies in the folder and is not read, so that the summary can name it."""
    skipped = []
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if any(part.startswith(".") and not part.startswith("..") for part in inside.parts):
            continue
        reason = _left_out(path, root)
        if reason:
            shown = inside.as_posix().encode("utf-8", "backslashreplace").decode()
            skipped.append(SkippedFile(" ".join(shown.split("\n")), reason))
    return skipped


def _left_out(path: Path, root: Path) -> str:
    """Why a file or folder is not read, whatever the files hold; "" for those that are."""
    try:
        if path.is_dir():
            return "" if os.access(path, os.R_OK | os.X_OK) else "không mở được thư mục (thiếu quyền đọc)"
        if path.name.startswith(".."):
            return "tên tệp bắt đầu bằng «..»; hãy đổi tên"
        if reason := _unusable(path, root):
            return reason
    except OSError as error:
        return f"không mở được ({error.strerror})"
    return "" if path.suffix.lower() in SUFFIXES else f"định dạng chưa được đọc; hãy chuyển sang {NAMED}"


def load_text(folder: Path, path: str) -> LoadedText:
    """Read one report: a file, or a member of an archive.

    Raises:
        MissingFileError: The archive has no such member.
        UnreadableFileError: It is empty, damaged, locked, too large, not what its name says or cannot be opened.
    """
    archive = archive_of(folder, path)
    if not archive:
        kind, data = _content(folder / path)
        if kind is Kind.ZIP:
            raise UnreadableFileError("là tệp nén; báo cáo là các tệp bên trong")
        return _loaded(path, kind, _converted(kind, data, sandbox.SHARED))
    name = path.removeprefix(f"{archive}/")
    with _opened(folder / archive, sandbox.SHARED) as opened:
        member = next((one for one in opened.members if one.name == name), None)
        if member is None:
            raise MissingFileError("không có tệp này trong tệp nén")
        return _member(path, opened, member, sandbox.SHARED)


def load_members(folder: Path, path: str, box: Sandbox) -> Iterator[LoadedText | SkippedFile]:
    """Read the members of an archive, one after the other; what cannot be read is named.

    Args:
        folder: The reports.
        path: The archive, relative to it.
        box: Where it is read.

    Raises:
        UnreadableFileError: The archive cannot be opened, or holds nothing.
    """
    with _opened(folder / path, box) as opened:
        if not opened.members:
            raise UnreadableFileError("tệp nén không có báo cáo nào")
        for member in opened.members:
            whole = f"{path}/{member.name}"
            try:
                yield _member(whole, opened, member, box)
            except UnreadableFileError as error:
                yield SkippedFile(whole, str(error))


def count_members(folder: Path, path: str) -> int:
    """How many files an archive holds that may be reports.

    Raises:
        UnreadableFileError: The archive cannot be opened.
    """
    with _opened(folder / path, sandbox.SHARED) as opened:
        return sum(not member.reason for member in opened.members)


@contextmanager
def _opened(file: Path, box: Sandbox) -> Iterator[Archive]:
    _, data = _content(file)
    with box.archive(data) as opened:
        yield opened


def _member(path: str, opened: Archive, member: Listed, box: Sandbox) -> LoadedText:
    read = opened.read(member)
    if isinstance(read, Converted):
        return _loaded(path, Kind.ZIP, read)
    return _loaded(path, read.kind, _converted(read.kind, read.data, box))


def _content(file: Path) -> tuple[Kind, bytes]:
    """What a file is, and its bytes, read while nobody wrote it."""
    suffix = file.suffix.lower()
    limit = MAX_BYTES if BY_SUFFIX.get(suffix) in (Kind.TEXT, Kind.HTML) else MAX_PACKED_BYTES
    try:
        for _ in range(2):
            before = file.stat()
            if before.st_size > limit:
                raise UnreadableFileError(f"lớn hơn {limit // 1_000_000} MB")
            data = file.read_bytes()
            after = file.stat()
            if (before.st_size, before.st_mtime_ns, len(data)) == (after.st_size, after.st_mtime_ns, after.st_size):
                return kind_of(suffix, data[:HEAD_BYTES]), data
    except OSError as error:
        raise UnreadableFileError(f"không mở được ({error.strerror})") from error
    raise UnreadableFileError(_UNFINISHED)


def _converted(kind: Kind, data: bytes, box: Sandbox) -> Converted:
    """The text of a file; plain text is read here, all else in the sandbox."""
    if kind is Kind.TEXT:
        return Converted((decode(data),))
    return box.convert(kind, decode_html(data).encode("utf-8", "replace") if kind is Kind.HTML else data)


def _loaded(path: str, kind: Kind, converted: Converted) -> LoadedText:
    parts = [nfc(mend(part)) for part in converted.parts]
    if kind is not Kind.TEXT:
        parts = [_NO_TEXT.sub("", part) for part in parts]
    pages = []
    start = 0
    for part in parts:
        pages.append(start)
        start += len(part)
    text = "".join(parts)
    if not text.strip():
        raise UnreadableFileError("tệp rỗng" if kind is Kind.TEXT else "không có chữ nào")
    return LoadedText(path, text, hashlib.sha256(text.encode()).hexdigest(), tuple(pages) if converted.paged else ())
