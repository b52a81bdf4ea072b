"""The users file: one line a user, ``name role hash``, below a line that tells the version.

::

    # hoi-dap-bao-cao users 1
    văn-thư user $scrypt$ln=17,r=8,p=1$…$…
    quản-trị admin $scrypt$ln=17,r=8,p=1$…$…
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.decoding import shown
from assistant.passwords import Hashed, parse_hash
from index.errors import UserError
from index.words import nfc

FORMAT = 1
MAX_NAME = 64
_HEAD = "# hoi-dap-bao-cao users "
_MAX_BYTES = 5_000_000
_NAME = re.compile(r"[a-z0-9đ][a-z0-9đ._@-]*")
_OPEN_TO_OTHERS = stat.S_IWGRP | stat.S_IRWXO


class Role(StrEnum):
    """What a user may do: an admin adds and removes reports too."""

    USER = "user"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class User:
    """One who may log in; ``name`` is in the form ``canonical`` gives."""

    name: str
    role: Role
    password: Hashed


class UsersFileError(UserError):
    """The users file is missing, cannot be read or written, or a line of it is wrong."""


def canonical(name: str) -> str:
    """A name as it is compared: NFC, lower case, without spaces around it; "" when no user can have it.

    Letters are Latin ones, Vietnamese and all others with diacritics: names that look alike are the same. A name
    begins with a letter or digit, so that it is no option of a command and no path.
    """
    if len(name) > 4 * MAX_NAME:
        return ""
    name = nfc(nfc(name.strip()).lower())
    plain = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    composed = not any(unicodedata.combining(char) for char in name)
    return name if composed and len(name) <= MAX_NAME and _NAME.fullmatch(plain) else ""


def read_users(path: Path) -> tuple[User, ...]:
    """The users of a file, in its order.

    Raises:
        UsersFileError: It is missing or open to others on POSIX, or a line is wrong; the message names it.
    """
    lines = _read_text(path).split("\n")
    _check_head(path, lines[0].rstrip("\r"))
    users: dict[str, User] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            user = _parse(path, number, line)
            if user.name in users:
                raise _wrong_line(path, number, f"tên {shown(user.name)} đã có ở một dòng trên")
            users[user.name] = user
    return tuple(users.values())


def as_text(users: Iterable[User]) -> str:
    """What a users file holds."""
    lines = (f"{user.name} {user.role.value} {user.password.to_text()}\n" for user in users)
    return f"{_HEAD}{FORMAT}\n{''.join(lines)}"


def _read_text(path: Path) -> str:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would keep us waiting
            raise UsersFileError(f"{str(path)!r} không phải tệp thường: hãy chỉ một tệp người dùng.")
        _check_mode(path, found.st_mode)
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UsersFileError(
            f"Không có tệp người dùng {str(path)!r}: hãy tạo bằng «assistant users add TÊN --admin --file TỆP»."
        ) from error
    except (OSError, ValueError) as error:  # a zero character in the path
        reason = error.strerror if isinstance(error, OSError) else "đường dẫn không hợp lệ"
        raise UsersFileError(f"Không đọc được tệp người dùng {str(path)!r} ({reason}): hãy xem lại quyền.") from error
    if len(data) > _MAX_BYTES:
        raise UsersFileError(f"Tệp người dùng {str(path)!r} lớn hơn {_MAX_BYTES // 1_000_000} MB: hãy xem lại.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data[: error.start].count(b"\n") + 1
        raise UsersFileError(f"Dòng {number} của {str(path)!r} không phải UTF-8: hãy lưu tệp bằng UTF-8.") from error


def _check_mode(path: Path, mode: int) -> None:
    """See that others cannot read the hashes, which they could try passwords on, nor make themselves admins."""
    if os.name == "posix" and mode & _OPEN_TO_OTHERS:
        raise UsersFileError(
            f"Tệp người dùng {str(path)!r} mở cho người khác trên máy (quyền {stat.S_IMODE(mode):04o}): "
            "hãy chạy «chmod 600» với tệp đó, hoặc «chmod 640» để nhóm của tệp đọc được."
        )


def _check_head(path: Path, line: str) -> None:
    version = line.removeprefix(_HEAD)
    if line == version or not re.fullmatch("[0-9]{1,9}", version):
        raise UsersFileError(
            f"Dòng 1 của {str(path)!r} không phải '{_HEAD}{FORMAT}': hãy chỉ tệp do «assistant users add» tạo ra."
        )
    if int(version) != FORMAT:
        raise UsersFileError(
            f"Dòng 1 của {str(path)!r}: dạng {int(version)} không đọc được (chương trình đọc dạng {FORMAT}): "
            "hãy cập nhật chương trình."
        )


def _parse(path: Path, number: int, line: str) -> User:
    parts = line.split()
    if len(parts) != 3:
        raise _wrong_line(path, number, f"có {len(parts)} phần, không phải ba phần «tên vai-trò mật-khẩu-băm»")
    name = canonical(parts[0])
    if not name:
        raise _wrong_line(path, number, f"tên {shown(parts[0])} không dùng được")
    if parts[1] not in {role.value for role in Role}:
        raise _wrong_line(path, number, f"vai trò {shown(parts[1])} không có (user hoặc admin)")
    password = parse_hash(parts[2])
    if password is None:  # not shown: it may be a password typed in the clear
        raise _wrong_line(path, number, "phần thứ ba không phải mật khẩu đã băm bằng scrypt")
    return User(name, Role(parts[1]), password)


def _wrong_line(path: Path, number: int, what: str) -> UsersFileError:
    return UsersFileError(
        f"Dòng {number} của tệp người dùng {str(path)!r}: {what}: hãy sửa dòng đó, "
        "hoặc xóa nó rồi thêm lại bằng «assistant users add»."
    )
