"""Archives → the reports in them; nothing is unpacked to disk, and no more than the limits to memory."""

import io
import lzma
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.formats.converted import UnreadableFileError
from index.formats.kinds import BY_SUFFIX, NAMED, Kind
from index.words import nfc

MAX_MEMBERS = 2_000
MAX_MEMBER = 100_000_000
MAX_UNPACKED = 500_000_000
"""Bytes of all members together."""
_READ_BYTES = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError, KeyError,
            lzma.LZMAError)  # fmt: skip
_HIDDEN = ("__MACOSX",)
_UTF8_FLAG, _LOCKED_FLAG = 0x800, 1


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    Attributes:
        position: In the archive's directory.
        name: Its path in the archive, POSIX.
        reason: Why it cannot be read, in Vietnamese, or "".
    """

    position: int
    name: str
    reason: str


def open_archive(data: bytes) -> zipfile.ZipFile:
    """An archive with no more members than MAX_MEMBERS.

    Raises:
        UnreadableFileError: It is damaged, has too many members, or is a Word file under another name.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        count = len(archive.infolist())
    except _DAMAGED as error:
        raise UnreadableFileError("tệp nén hỏng hoặc không đầy đủ") from error
    if count > MAX_MEMBERS:
        raise UnreadableFileError(f"có {count} tệp bên trong, quá {MAX_MEMBERS}; hãy chia nhỏ tệp nén")
    if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
        raise UnreadableFileError(f"bung ra quá {MAX_UNPACKED // 1_000_000} MB, có thể là tệp phá hoại")
    return archive


def members_of(archive: zipfile.ZipFile) -> list[Member]:
    """The members of an archive that are files people see, each with what is wrong with it."""
    members: list[Member] = []
    names: set[str] = set()
    for position, info in enumerate(archive.infolist()):
        if not info.filename or info.is_dir():  # a name may be empty, which only a program writes
            continue
        name = _name(info)
        parts = PurePosixPath(name).parts
        if any((part.startswith(".") and not part.startswith("..")) or part in _HIDDEN for part in parts):
            continue
        reason = _reason(info, name, parts)
        if not reason and name in names:
            reason = "trùng tên với tệp khác trong tệp nén"
        names.add(name)
        members.append(Member(position, name, reason))
    return members


def _name(info: zipfile.ZipInfo) -> str:
    """The name in Unicode: programs of Vietnam write UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    printable = "".join(char if char.isprintable() else "\ufffd" for char in name.replace("\\", "/"))
    return nfc(printable.encode("utf-8", "replace").decode())


def _reason(info: zipfile.ZipInfo, name: str, parts: tuple[str, ...]) -> str:
    if not parts or name.startswith("/") or ".." in parts or "/".join(parts) != name or ":" in parts[0]:
        return "tên dẫn ra ngoài tệp nén"
    if any(part.startswith("..") for part in parts):
        return "tên tệp bắt đầu bằng «..»; hãy đổi tên"
    kind = BY_SUFFIX.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        return f"định dạng chưa được đọc; hãy chuyển sang {NAMED}"
    if kind is Kind.ZIP:
        return "tệp nén trong tệp nén; hãy giải nén trước"
    if info.flag_bits & _LOCKED_FLAG:
        return "có mật khẩu; hãy bỏ mật khẩu của tệp nén"
    if info.file_size > MAX_MEMBER:
        return f"lớn hơn {MAX_MEMBER // 1_000_000} MB"
    return ""


def unpack(archive: zipfile.ZipFile, member: Member) -> bytes:
    """The bytes of a member, never more than MAX_MEMBER, whatever the directory says.

    Raises:
        UnreadableFileError: It is damaged or larger.
    """
    data = bytearray()
    try:
        with archive.open(archive.infolist()[member.position]) as file:
            while chunk := file.read(_READ_BYTES):
                data += chunk
                if len(data) > MAX_MEMBER:
                    raise UnreadableFileError(f"lớn hơn {MAX_MEMBER // 1_000_000} MB")
    except (*_DAMAGED, RuntimeError) as error:
        raise UnreadableFileError("hỏng trong tệp nén") from error
    return bytes(data)
