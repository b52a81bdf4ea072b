"""Files → decoded, NFC-normalised text; what cannot be read is named with a reason."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from index.errors import ReportsError
from index.types import SkippedFile
from index.words import nfc

SUFFIXES = (".txt", ".md")
MAX_BYTES = 20_000_000


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


@dataclass(frozen=True, slots=True)
class LoadedText:
    """A file's text: NFC-normalised, with the SHA-256 of its UTF-8 form."""

    path: str
    text: str
    sha256: str


class UnreadableFileError(Exception):
    """A file that cannot be a report; the message is the reason, in Vietnamese."""


class MissingFileError(UnreadableFileError):
    """There is no such file."""


def list_files(folder: Path) -> list[SourceFile]:
    """All candidate report files under ``folder``, sorted by path.

    Raises:
        ReportsError: There is no such folder.
    """
    if not folder.is_dir():
        raise ReportsError(f"Không có thư mục báo cáo {str(folder)!r}: hãy chỉ một thư mục có tệp .txt hoặc .md.")
    return sorted(_walk(folder, folder.resolve()), key=lambda file: file.path)


def _walk(folder: Path, root: Path) -> Iterator[SourceFile]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or path.suffix.lower() not in SUFFIXES:
            continue
        if _unusable(path, root):
            continue
        stat = path.stat()
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


def check_path(folder: Path, path: str) -> None:
    """See that a path that someone wrote, in an answer file say, is one that ``list_files`` may give.

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
        raise UnreadableFileError("không phải tệp .txt hoặc .md")
    try:
        if not (folder / path).exists():
            raise MissingFileError("không có tệp này")
        reason = _unusable(folder / path, folder.resolve())
    except OSError as error:  # a name longer than the system allows
        raise UnreadableFileError(f"không mở được ({error.strerror})") from error
    if reason:
        raise UnreadableFileError(reason)


def other_files(folder: Path) -> list[SkippedFile]:
    """What else lies in the folder and is not read, so that the summary can name it."""
    skipped = []
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or path.is_dir():
            continue
        reason = _unusable(path, root)
        if not reason and path.suffix.lower() not in SUFFIXES:
            reason = "định dạng chưa được đọc; hãy chuyển sang .txt hoặc .md"
        if reason:
            shown = inside.as_posix().encode("utf-8", "backslashreplace").decode()
            skipped.append(SkippedFile(" ".join(shown.split("\n")), reason))
    return skipped


def load_text(folder: Path, path: str) -> LoadedText:
    """Read one report file.

    Raises:
        UnreadableFileError: The file is empty, binary, too large, wrongly encoded or cannot be opened.
    """
    file = folder / path
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UnreadableFileError(f"lớn hơn {MAX_BYTES // 1_000_000} MB")
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"không mở được ({error.strerror})") from error
    text = nfc(_decode(data))
    if not text.strip():
        raise UnreadableFileError("tệp rỗng")
    return LoadedText(path, text, hashlib.sha256(text.encode()).hexdigest())


def _decode(data: bytes) -> str:
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in data and not utf16:
        raise UnreadableFileError("tệp nhị phân, không phải văn bản")
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError("không phải văn bản UTF-8 hay UTF-16") from error
    controls = sum(char < " " and char not in "\t\n\r\f" for char in text)
    if controls > len(text) / 100:
        raise UnreadableFileError("tệp nhị phân, không phải văn bản")
    return text
