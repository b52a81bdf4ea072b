import os
import threading
import time
from pathlib import Path

import pytest

from assistant import accounts as module
from assistant import passwords
from assistant.accounts import Accounts
from assistant.passwords import OWASP, BusyError, Cost, Gate
from assistant.users_edit import add_user, change_password, remove_user
from assistant.users_file import Role, UsersFileError, read_users

CHEAP = Cost(1, 1, 1)
PASSWORD = "đúng ngựa pin ghim"
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of a user and an admin."""
    path = tmp_path / "users.txt"
    add_user(path, "văn-thư", PASSWORD, Role.USER, CHEAP)
    add_user(path, "quản.trị", "một mật khẩu khác", Role.ADMIN, CHEAP)
    return path


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def accounts(path: Path, told: list[str]) -> Accounts:
    return Accounts.read(path, told.append)


# --- who is who


def test_a_user_is_let_in_by_the_own_password(accounts: Accounts) -> None:
    assert accounts.check("văn-thư", PASSWORD)
    assert accounts.check(" VA\u0306N-THU\u031b ", PASSWORD)
    assert not accounts.check("văn-thư", "một mật khẩu khác")
    assert not accounts.check("quản.trị", PASSWORD)
    assert not accounts.check("ai-đó", PASSWORD)
    assert not accounts.check("", "")


@pytest.mark.parametrize("password", ["", "a" * 10_000_000, "\ud800" * 10, "\0"])
def test_odd_passwords_let_nobody_in(accounts: Accounts, password: str) -> None:
    assert not accounts.check("văn-thư", password)
    assert not accounts.check("ai-đó", password)


@pytest.mark.parametrize("name", ["../users.txt", "\ud800", "a" * 10_000_000, "\0", "văn-thư\nquản.trị"])
def test_odd_names_are_nobodys(accounts: Accounts, name: str) -> None:
    assert not accounts.check(name, PASSWORD)
    assert not accounts.is_known(name)
    assert not accounts.is_admin(name)


def test_users_and_admins_are_told_apart(accounts: Accounts) -> None:
    names = ("văn-thư", "Quản.Trị", "ai-đó")
    assert [accounts.is_known(name) for name in names] == [True, True, False]
    assert [accounts.is_admin(name) for name in names] == [False, True, False]


def test_checking_costs_the_same_whoever_is_named(
    accounts: Accounts, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_user(path, "cán-bộ", PASSWORD, Role.USER, Cost(2, 1, 1))
    costs: list[tuple[int, int, int, int]] = []
    true_scrypt = passwords.hashlib.scrypt

    def scrypt(data: bytes, *, n: int, r: int, p: int, salt: bytes, maxmem: int, dklen: int) -> bytes:
        costs.append((n, r, p, len(salt)))
        return true_scrypt(data, n=n, r=r, p=p, salt=salt, maxmem=maxmem, dklen=dklen)

    monkeypatch.setattr(passwords.hashlib, "scrypt", scrypt)
    for name in ("văn-thư", "ai-đó", "../x", ""):
        accounts.check(name, "sai mật khẩu rồi")
    assert costs == [(2, 1, 1, 16)] * 4


def test_where_there_is_nobody_checking_costs_what_it_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "users.txt"
    add_user(path, "văn-thư", PASSWORD, Role.USER, CHEAP)
    remove_user(path, "văn-thư")
    checked: list[Cost] = []
    monkeypatch.setattr(module, "matches", lambda _, hashed: checked.append(hashed.cost))
    assert not Accounts.read(path).check("văn-thư", PASSWORD)
    assert checked == [OWASP]


def test_too_many_at_once_are_told(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate(at_once=1, waiting=0)
    monkeypatch.setattr(passwords, "_GATE", gate)
    with gate.passed(), pytest.raises(BusyError, match="quá nhiều lượt đăng nhập"):
        accounts.check("văn-thư", PASSWORD)


# --- changes of the file


def test_a_user_removed_is_out_at_once(accounts: Accounts, path: Path) -> None:
    assert accounts.is_known("quản.trị")
    remove_user(path, "quản.trị")
    assert not accounts.is_known("quản.trị")
    assert not accounts.is_admin("quản.trị")
    assert not accounts.check("quản.trị", "một mật khẩu khác")
    assert accounts.is_known("văn-thư")


def test_a_user_added_is_in_at_once(accounts: Accounts, path: Path) -> None:
    assert not accounts.is_known("cán-bộ")
    add_user(path, "cán-bộ", PASSWORD, Role.USER, CHEAP)
    assert accounts.check("cán-bộ", PASSWORD)


def test_a_password_changed_counts_at_once(accounts: Accounts, path: Path) -> None:
    assert accounts.check("văn-thư", PASSWORD)
    change_password(path, "văn-thư", "mật khẩu mới toanh", CHEAP)
    assert not accounts.check("văn-thư", PASSWORD)
    assert accounts.check("văn-thư", "mật khẩu mới toanh")


def test_a_role_taken_by_hand_counts_at_once(accounts: Accounts, path: Path) -> None:
    assert accounts.is_admin("quản.trị")
    path.write_text(path.read_text("utf-8").replace(" admin ", " user "), "utf-8")
    assert not accounts.is_admin("quản.trị")


def test_a_file_that_looks_the_same_is_read_again_until_it_is_settled(
    accounts: Accounts, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two changes within a tick of the file system's clock may leave the same times, size and node."""
    read: list[Path] = []
    monkeypatch.setattr(module, "read_users", lambda path: read.append(path) or read_users(path))
    os.utime(path, (0, 0))  # as a copy that keeps the times of a file, which is no reason to trust them
    look = module._look(path)
    monkeypatch.setattr(module, "_look", lambda _: look)
    assert accounts.is_known("quản.trị")
    remove_user(path, "quản.trị")
    assert not accounts.is_known("quản.trị")
    later = time.time_ns() + 3_000_000_000
    monkeypatch.setattr(module.time, "time_ns", lambda: later)
    assert accounts.is_known("văn-thư")
    assert len(read) == 3
    for _ in range(100):
        assert accounts.is_known("văn-thư")
    assert len(read) == 3


# --- a file that cannot be used


def test_the_accounts_are_not_opened_without_a_usable_file(tmp_path: Path) -> None:
    with pytest.raises(UsersFileError, match=r"^Không có tệp người dùng "):
        Accounts.read(tmp_path / "users.txt")


def assert_nobody_is_known(accounts: Accounts) -> None:
    assert [accounts.is_known(name) for name in ("văn-thư", "quản.trị", "")] == [False] * 3
    assert not accounts.is_admin("quản.trị")


def test_while_the_file_is_missing_nobody_is_known(accounts: Accounts, path: Path, told: list[str]) -> None:
    kept = path.rename(path.with_name("kept"))
    assert_nobody_is_known(accounts)
    assert_nobody_is_known(accounts)
    wanted = f"Chưa ai đăng nhập được: Không có tệp người dùng {str(path)!r}: "
    assert [message.startswith(wanted) for message in told] == [True]
    kept.rename(path)
    assert accounts.is_admin("quản.trị")
    path.unlink()
    assert_nobody_is_known(accounts)
    assert len(told) == 2


def test_while_a_line_is_wrong_nobody_is_known(accounts: Accounts, path: Path, told: list[str]) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert_nobody_is_known(accounts)
    assert not accounts.check("văn-thư", "mật khẩu nào cũng vậy")
    assert len(told) == 1
    assert "Dòng 3" in told[0]
    path.write_bytes(whole)
    assert accounts.check("văn-thư", PASSWORD)
    assert len(told) == 1


@POSIX
def test_once_the_file_is_opened_to_others_nobody_is_known(
    accounts: Accounts, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    later = time.time_ns() + 3_000_000_000
    monkeypatch.setattr(module.time, "time_ns", lambda: later)
    accounts = Accounts.read(path)
    assert accounts.is_known("văn-thư")
    path.chmod(0o644)
    assert not accounts.is_known("văn-thư")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Chưa ai đăng nhập được: Tệp người dùng ")
    assert err.count("\n") == 1


def test_a_user_who_stays_is_known_throughout_while_others_change(
    accounts: Accounts, path: Path, told: list[str]
) -> None:
    done = threading.Event()
    missed: list[str] = []

    def ask() -> None:
        while not done.is_set():
            if not (accounts.is_known("văn-thư") and accounts.check("văn-thư", PASSWORD)):
                missed.append("văn-thư")

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(20):
        add_user(path, f"cán-bộ-{number}", PASSWORD, Role.USER, CHEAP)
    done.set()
    for thread in threads:
        thread.join(10)
    assert missed == []
    assert told == []
    assert accounts.is_known("cán-bộ-19")
