"""Add a user, change a password, remove a user: each writes the users file anew, in one step."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from assistant.decoding import shown
from assistant.passwords import OWASP, Cost, hash_password
from assistant.users_file import MAX_NAME, Role, User, UsersFileError, as_text, canonical, read_users
from index.errors import UserError

_Users = Sequence[User]


class UserNameError(UserError):
    """A name cannot be a user's, is one already, or is none."""


def check_name(name: str) -> str:
    """The name in the form it is written in.

    Raises:
        UserNameError: No user can have it.
    """
    written = canonical(name)
    if not written:
        raise UserNameError(
            f"Tên đăng nhập {shown(name)} không dùng được: cần 1 đến {MAX_NAME} chữ, số và các dấu . _ - @, "
            "bắt đầu bằng chữ hoặc số."
        )
    return written


def add_user(path: Path, name: str, password: str, role: Role, cost: Cost = OWASP) -> None:
    """Add a user; the file is made, with mode 0600, when missing.

    Raises:
        UserNameError: The name cannot be used, or is a user's.
        PasswordError: The password may not be chosen.
        UsersFileError: The file cannot be read or written, or is being changed by somebody else.
    """
    name = check_name(name)
    user = User(name, role, hash_password(password, name, cost))

    def add(users: _Users) -> _Users:
        check_unknown(users, name)
        return [*users, user]

    _change(path, add)


def change_password(path: Path, name: str, password: str, cost: Cost = OWASP) -> None:
    """Give a user another password.

    Raises:
        UserNameError: There is no such user.
        PasswordError: The password may not be chosen.
        UsersFileError: The file cannot be read or written, or is being changed by somebody else.
    """
    name = check_name(name)
    hashed = hash_password(password, name, cost)

    def change(users: _Users) -> _Users:
        check_known(users, name)
        return [replace(user, password=hashed) if user.name == name else user for user in users]

    _change(path, change)


def remove_user(path: Path, name: str) -> None:
    """Remove a user.

    Raises:
        UserNameError: There is no such user.
        UsersFileError: The file cannot be read or written, or is being changed by somebody else.
    """
    name = check_name(name)

    def remove(users: _Users) -> _Users:
        check_known(users, name)
        return [user for user in users if user.name != name]

    _change(path, remove)


def check_unknown(users: _Users, name: str) -> None:
    """See that a name is still free.

    Raises:
        UserNameError: It is a user's.
    """
    if any(user.name == name for user in users):
        raise UserNameError(f"Đã có người dùng {name!r}: hãy đổi mật khẩu bằng «assistant users password».")


def check_known(users: _Users, name: str) -> None:
    """See that a name is a user's.

    Raises:
        UserNameError: It is not.
    """
    if not any(user.name == name for user in users):
        raise UserNameError(f"Không có người dùng {name!r}: hãy xem các tên bằng «assistant users list».")


def _change(path: Path, change: Callable[[_Users], _Users]) -> None:
    """Write what ``change`` makes of the users of a file; readers see the old file or the new one."""
    target = path.resolve()  # a link is kept
    with _replacing(target) as file:
        file.write(as_text(change(read_users(target) if target.exists() else ())))


@contextmanager
def _replacing(target: Path) -> Iterator[TextIO]:
    """A new file, which takes the place of ``target`` at the end; its fixed name keeps others from changing it too."""
    aside = target.with_name(f"{target.name}.new")
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UsersFileError(
            f"Tệp người dùng đang được sửa (có tệp {str(aside)!r}): hãy thử lại; nếu không ai sửa, hãy xóa tệp đó."
        ) from error
    except OSError as error:
        raise UsersFileError(f"Không ghi được {str(aside)!r} ({error.strerror}): hãy xem lại thư mục.") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            _keep_owner(file.fileno(), target)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except BaseException:  # Ctrl+C too
        aside.unlink(missing_ok=True)
        raise


def _keep_owner(handle: int, target: Path) -> None:
    """Give a file the owner and mode of the one it replaces: the chat, another user of the system, must read it."""
    if os.name != "posix" or not target.exists():
        return
    old, new = target.stat(), os.fstat(handle)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        try:
            os.fchown(handle, old.st_uid, old.st_gid)
        except PermissionError as error:
            raise UsersFileError(
                f"Tệp người dùng {str(target)!r} là của người dùng hệ thống khác: hãy chạy lệnh bằng người đó."
            ) from error
    os.fchmod(handle, stat.S_IMODE(old.st_mode) & 0o640)
