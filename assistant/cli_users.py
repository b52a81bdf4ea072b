"""``assistant users``: who may log in; passwords are typed unseen or come from stdin, never as an argument."""

import argparse
import getpass
import io
import sys
import warnings
from pathlib import Path
from typing import TypeVar

from assistant.passwords import MAX_BYTES, OWASP, Cost, PasswordError
from assistant.settings import Settings
from assistant.users_edit import add_user, change_password, check_known, check_name, check_unknown, remove_user
from assistant.users_file import Role, UsersFileError, read_users

DONE = 0
_ROLES = {Role.USER: "người dùng", Role.ADMIN: "người quản trị"}
_LONGEST_LINE = 4 * MAX_BYTES
_Parser = TypeVar("_Parser", bound=argparse.ArgumentParser)


def add_parser(commands: "argparse._SubParsersAction[_Parser]", shared: _Parser) -> None:
    """Add the command to a parser's; ``shared`` holds the options all commands take."""
    users = commands.add_parser("users", help="thêm, đổi mật khẩu, xóa, xem những người được đăng nhập")
    actions = users.add_subparsers(required=True, metavar="VIỆC")
    for name, command, told in (
        ("add", add, "thêm một người; mật khẩu được hỏi, hoặc là một dòng từ stdin"),
        ("password", change, "đổi mật khẩu của một người"),
        ("remove", remove, "xóa một người"),
        ("list", show, "xem tên và vai trò của mọi người"),
    ):
        action = actions.add_parser(name, parents=[shared], help=told)
        if command is not show:
            action.add_argument("name", metavar="TÊN", help="tên đăng nhập: chữ, số và các dấu . _ - @")
        if command is add:
            action.add_argument("--admin", action="store_true", help="người quản trị: thêm và xóa được báo cáo")
        action.add_argument("--file", type=Path, metavar="TỆP", help="tệp người dùng (mặc định: ASSISTANT_USERS_FILE)")
        action.set_defaults(command=command)


def add(options: argparse.Namespace, settings: Settings, cost: Cost = OWASP) -> int:
    """Run ``assistant users add``; returns the exit code.

    Raises:
        UserError: The name, the password or the file cannot be used.
    """
    path, name = _path(options, settings), check_name(options.name)
    if path.exists():  # told before a password is asked for
        check_unknown(read_users(path), name)
    role = Role.ADMIN if options.admin else Role.USER
    add_user(path, name, _ask_password(name), role, cost)
    _tell(f"Đã thêm {_ROLES[role]} {name!r} vào {path}.")
    return DONE


def change(options: argparse.Namespace, settings: Settings, cost: Cost = OWASP) -> int:
    """Run ``assistant users password``; returns the exit code.

    Raises:
        UserError: The name, the password or the file cannot be used.
    """
    path, name = _path(options, settings), check_name(options.name)
    check_known(read_users(path), name)
    change_password(path, name, _ask_password(name), cost)
    _tell(f"Đã đổi mật khẩu của {name!r} trong {path}.")
    return DONE


def remove(options: argparse.Namespace, settings: Settings) -> int:
    """Run ``assistant users remove``; returns the exit code.

    Raises:
        UserError: There is no such user, or the file cannot be used.
    """
    path, name = _path(options, settings), check_name(options.name)
    check_known(read_users(path), name)  # before the file is touched
    remove_user(path, name)
    _tell(f"Đã xóa {name!r} khỏi {path}.")
    if all(user.role is not Role.ADMIN for user in read_users(path)):
        _tell("Không còn người quản trị nào: hãy thêm bằng «assistant users add TÊN --admin».")
    return DONE


def show(options: argparse.Namespace, settings: Settings) -> int:
    """Run ``assistant users list``: names and roles on stdout; returns the exit code.

    Raises:
        UserError: The file cannot be used.
    """
    users = read_users(_path(options, settings))
    width = max((len(user.name) for user in users), default=0)
    for user in users:
        print(f"{user.name.ljust(width)}  {_ROLES[user.role]}")
    return DONE


def _path(options: argparse.Namespace, settings: Settings) -> Path:
    path: Path | None = options.file or settings.users_file
    if path is None:
        raise UsersFileError("Chưa biết tệp người dùng: hãy đặt ASSISTANT_USERS_FILE=TỆP, hoặc thêm --file TỆP.")
    return path


def _ask_password(name: str) -> str:
    """A new password: typed twice on a terminal, else the first line of stdin."""
    if sys.stdin is None or not sys.stdin.isatty():
        return _read_line()
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            first = getpass.getpass(f"Mật khẩu mới của {name}: ")
            again = getpass.getpass("Gõ lại mật khẩu: ")
        except getpass.GetPassWarning as error:
            raise PasswordError("Màn hình này không giấu được mật khẩu khi gõ: hãy đưa mật khẩu qua stdin.") from error
        except EOFError as error:
            raise PasswordError("Chưa gõ mật khẩu: hãy chạy lại lệnh.") from error
        except UnicodeDecodeError as error:
            raise PasswordError("Không đọc được ký tự đã gõ: hãy dùng màn hình dòng lệnh UTF-8.") from error
    if first != again:
        raise PasswordError("Hai lần gõ mật khẩu khác nhau: hãy chạy lại lệnh.")
    return first


def _read_line() -> str:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig")
    try:
        line = sys.stdin.readline(_LONGEST_LINE) if sys.stdin else ""
    except UnicodeDecodeError as error:
        raise PasswordError("Mật khẩu trên stdin không phải UTF-8: hãy đưa một dòng UTF-8.") from error
    if not line:
        raise PasswordError("Không có mật khẩu trên stdin: hãy đưa một dòng, hoặc chạy lệnh trên màn hình dòng lệnh.")
    return line.rstrip("\r\n")


def _tell(message: str) -> None:
    print(message, file=sys.stderr)
