import argparse
import getpass
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import cli_users
from assistant.cli import main
from assistant.passwords import Cost, PasswordError, matches
from assistant.settings import Settings
from assistant.users_edit import UserNameError, add_user
from assistant.users_file import Role, User, UsersFileError, read_users
from tests.conftest import within

CHEAP = Cost(1, 1, 1)
PASSWORD = "đúng ngựa pin ghim"
Typed = Callable[[str], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of a user and an admin."""
    path = tmp_path / "users.txt"
    add_user(path, "văn-thư", PASSWORD, Role.USER, CHEAP)
    add_user(path, "quản.trị", "một mật khẩu khác", Role.ADMIN, CHEAP)
    return path


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Put text on stdin, which is no terminal."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Answer the questions of a terminal; gives the questions."""

    def answer(*answers: str | BaseException) -> list[str]:
        asked: list[str] = []

        def ask(prompt: str) -> str:
            asked.append(prompt)
            told = answers[len(asked) - 1]
            if isinstance(told, BaseException):
                raise told
            return told

        monkeypatch.setattr(getpass, "getpass", ask)
        screen = io.StringIO()
        screen.isatty = lambda: True  # type: ignore[method-assign]
        monkeypatch.setattr(sys, "stdin", screen)
        return asked

    return answer


def options(*arguments: object) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    cli_users.add_parser(parser.add_subparsers(), argparse.ArgumentParser(add_help=False))
    return parser.parse_args(["users", *map(str, arguments)])


def users(path: Path) -> dict[str, User]:
    return {user.name: user for user in read_users(path)}


# --- what it does


def test_a_user_is_added_with_the_password_of_stdin(
    path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    typed("mật khẩu mới toanh\nmột dòng khác\n")
    assert cli_users.add(options("add", "Cán-Bộ", "--file", path), Settings(), CHEAP) == 0
    added = users(path)["cán-bộ"]
    assert added.role is Role.USER
    assert matches("mật khẩu mới toanh", added.password)
    assert capsys.readouterr() == ("", f"Đã thêm người dùng 'cán-bộ' vào {path}.\n")


def test_an_admin_is_added_to_the_file_of_the_settings(
    tmp_path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "users.txt"
    typed("mật khẩu mới toanh\r\n")
    assert cli_users.add(options("add", "quản.trị", "--admin"), Settings(users_file=path), CHEAP) == 0
    assert users(path)["quản.trị"].role is Role.ADMIN
    assert matches("mật khẩu mới toanh", users(path)["quản.trị"].password)
    assert capsys.readouterr() == ("", f"Đã thêm người quản trị 'quản.trị' vào {path}.\n")


def test_the_file_of_the_command_goes_before_the_one_of_the_settings(path: Path, tmp_path: Path, typed: Typed) -> None:
    typed("mật khẩu mới toanh")
    cli_users.add(options("add", "cán-bộ", "--file", path), Settings(users_file=tmp_path / "other"), CHEAP)
    assert "cán-bộ" in users(path)
    assert not (tmp_path / "other").exists()


def test_a_password_is_changed(path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]) -> None:
    typed("mật khẩu mới toanh\n")
    assert cli_users.change(options("password", "quản.trị", "--file", path), Settings(), CHEAP) == 0
    changed = users(path)["quản.trị"]
    assert matches("mật khẩu mới toanh", changed.password)
    assert changed.role is Role.ADMIN
    assert capsys.readouterr() == ("", f"Đã đổi mật khẩu của 'quản.trị' trong {path}.\n")


def test_a_user_is_removed_and_that_no_admin_is_left_is_said(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["users", "remove", "văn-thư", "--file", str(path)]) == 0
    assert capsys.readouterr() == ("", f"Đã xóa 'văn-thư' khỏi {path}.\n")
    assert main(["users", "remove", "quản.trị", "--file", str(path)]) == 0
    assert capsys.readouterr().err == (
        f"Đã xóa 'quản.trị' khỏi {path}.\n"
        "Không còn người quản trị nào: hãy thêm bằng «assistant users add TÊN --admin».\n"
    )
    assert users(path) == {}


def test_names_and_roles_are_listed_and_no_hash(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["users", "list", "--file", str(path)]) == 0
    assert capsys.readouterr() == ("văn-thư   người dùng\nquản.trị  người quản trị\n", "")


def test_of_a_file_of_nobody_nothing_is_listed(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text(path.read_text("utf-8").split("\n")[0], "utf-8")
    monkeypatch.setenv("ASSISTANT_USERS_FILE", str(path))
    assert main(["users", "list"]) == 0
    assert capsys.readouterr() == ("", "")


# --- passwords


def test_on_a_terminal_a_password_is_typed_twice(path: Path, terminal: Callable[..., list[str]]) -> None:
    asked = terminal("mật khẩu mới toanh", "mật khẩu mới toanh")
    cli_users.change(options("password", "VĂN-THƯ", "--file", path), Settings(), CHEAP)
    assert asked == ["Mật khẩu mới của văn-thư: ", "Gõ lại mật khẩu: "]
    assert matches("mật khẩu mới toanh", users(path)["văn-thư"].password)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (("mật khẩu mới toanh", "mật khẩu mới tanh"), r"^Hai lần gõ mật khẩu khác nhau: hãy chạy lại lệnh\.$"),
        ((EOFError(),), r"^Chưa gõ mật khẩu: hãy chạy lại lệnh\.$"),
        (("", ""), r"^Mật khẩu chỉ có 0 ký tự: "),
        ((getpass.GetPassWarning(),), r"^Màn hình này không giấu được mật khẩu khi gõ: hãy đưa mật khẩu qua stdin\.$"),
        ((UnicodeDecodeError("ascii", b"\xff", 0, 1, ""),), r"^Không đọc được ký tự đã gõ: "),
    ],
)
def test_what_is_typed_wrongly_changes_nothing(
    path: Path, terminal: Callable[..., list[str]], answers: tuple[str | BaseException, ...], told: str
) -> None:
    before = path.read_bytes()
    terminal(*answers)
    with pytest.raises(PasswordError, match=told):
        cli_users.change(options("password", "văn-thư", "--file", path), Settings(), CHEAP)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"^Không có mật khẩu trên stdin: hãy đưa một dòng, hoặc chạy lệnh trên màn hình dòng lệnh\.$"),
        ("\n", r"^Mật khẩu chỉ có 0 ký tự: cần ít nhất 10 ký tự\.$"),
        ("ngắn\nnhưng dòng sau thì dài\n", r"^Mật khẩu chỉ có 4 ký tự: "),
        ("abcd" * 1_000_000, r"^Mật khẩu dài quá 1024 byte "),
    ],
)
def test_a_line_of_stdin_that_is_no_password_changes_nothing(path: Path, typed: Typed, text: str, told: str) -> None:
    before = path.read_bytes()
    typed(text)
    with pytest.raises(PasswordError, match=told):
        cli_users.change(options("password", "văn-thư", "--file", path), Settings(), CHEAP)
    assert path.read_bytes() == before


def test_without_stdin_there_is_no_password(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(PasswordError, match=r"^Không có mật khẩu trên stdin: "):
        cli_users.change(options("password", "văn-thư", "--file", path), Settings(), CHEAP)


@pytest.mark.parametrize(("start", "encoding"), [(b"", "cp1252"), (b"\xef\xbb\xbf", "utf-8"), (b"", "ascii")])
def test_stdin_is_utf_8_whatever_the_system_has(
    path: Path, monkeypatch: pytest.MonkeyPatch, start: bytes, encoding: str
) -> None:
    data = start + "mật khẩu mới toanh\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding))
    cli_users.change(options("password", "văn-thư", "--file", path), Settings(), CHEAP)
    assert matches("mật khẩu mới toanh", users(path)["văn-thư"].password)


def test_stdin_that_is_not_utf_8_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"m\xe2t kh\xe2u m\xf3i toanh\n"), "utf-8"))
    with pytest.raises(PasswordError, match=r"^Mật khẩu trên stdin không phải UTF-8: hãy đưa một dòng UTF-8\.$"):
        cli_users.change(options("password", "văn-thư", "--file", path), Settings(), CHEAP)


# --- what is refused, before a password is asked for


@pytest.fixture
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_users, "_ask_password", lambda _: pytest.fail("a password was asked for"))


@pytest.mark.parametrize("arguments", [("add", "a"), ("password", "a"), ("remove", "a"), ("list",)])
def test_without_a_file_the_variable_is_named(
    no_password: None, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert main(["users", *arguments]) == 2
    told = "assistant: Chưa biết tệp người dùng: hãy đặt ASSISTANT_USERS_FILE=TỆP, hoặc thêm --file TỆP.\n"
    assert capsys.readouterr() == ("", told)


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        (("add", "VĂN-THƯ"), UserNameError, r"^Đã có người dùng 'văn-thư': "),
        (("add", "a b"), UserNameError, r"^Tên đăng nhập 'a b' không dùng được: "),
        (("password", "ai-đó"), UserNameError, r"^Không có người dùng 'ai-đó': "),
        (("remove", "ai-đó"), UserNameError, r"^Không có người dùng 'ai-đó': "),
        (("remove", "..\x1b[2J"), UserNameError, r"^Tên đăng nhập '..�\[2J' không dùng được: "),
    ],
)
def test_a_wrong_name_is_told(
    path: Path, no_password: None, arguments: tuple[str, ...], error: type[Exception], told: str
) -> None:
    given = options(*arguments, "--file", path)
    with pytest.raises(error, match=told):
        given.command(given, Settings())


@pytest.mark.parametrize("arguments", [("password", "a"), ("remove", "a"), ("list",)])
def test_a_missing_file_is_told_and_not_made(tmp_path: Path, no_password: None, arguments: tuple[str, ...]) -> None:
    given = options(*arguments, "--file", tmp_path / "none")
    with pytest.raises(UsersFileError, match=r"^Không có tệp người dùng '.*none': hãy tạo bằng «assistant users add"):
        given.command(given, Settings())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [(), ("add",), ("rename", "a"), ("add", "a", PASSWORD), ("add", "-a")])
def test_wrong_use_is_told_in_one_line(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        main(["users", *arguments])
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("assistant")
    assert err.endswith("--help»\n")
    assert err.count("\n") == 1


# --- as it is run


def test_a_password_typed_on_a_terminal_is_never_shown(path: Path) -> None:
    screen, keyboard = pytest.importorskip("pty").openpty()
    command = [sys.executable, "-m", "assistant", "users", "password", "văn-thư", "--file", str(path)]
    shown = b""
    with within(60), subprocess.Popen(
        command, stdin=keyboard, stdout=keyboard, stderr=keyboard, start_new_session=True
    ) as run:  # fmt: skip
        for asked in ("Mật khẩu mới của văn-thư: ", "Gõ lại mật khẩu: "):
            while not shown.endswith(asked.encode()):
                shown += os.read(screen, 1024)
            os.write(screen, "mật khẩu mới toanh\n".encode())
        assert run.wait() == 0
        shown += os.read(screen, 1024)
    os.close(keyboard)
    os.close(screen)
    told = f"Mật khẩu mới của văn-thư: \r\nGõ lại mật khẩu: \r\nĐã đổi mật khẩu của 'văn-thư' trong {path}.\r\n"
    assert shown.decode() == told
    assert matches("mật khẩu mới toanh", users(path)["văn-thư"].password)
