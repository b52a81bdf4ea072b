import os
import stat
import threading
from pathlib import Path

import pytest

from assistant.passwords import Cost, PasswordError, matches
from assistant.users_edit import UserNameError, add_user, change_password, remove_user
from assistant.users_file import Role, UsersFileError, read_users

CHEAP = Cost(1, 1, 1)
PASSWORD = "đúng ngựa pin ghim"
POSIX = pytest.mark.skipif(os.name != "posix", reason="owners, modes and links are of POSIX")
ROOT = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="root alone gives files away")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of one user."""
    path = tmp_path / "users.txt"
    add_user(path, "văn-thư", PASSWORD, Role.USER, CHEAP)
    return path


def names(path: Path) -> list[str]:
    return [user.name for user in read_users(path)]


def files(path: Path) -> list[str]:
    return [file.name for file in path.parent.iterdir()]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- what is changed


def test_users_are_added_at_the_end(path: Path) -> None:
    add_user(path, "QUẢN.TRỊ", "một mật khẩu khác", Role.ADMIN, CHEAP)
    clerk, admin = read_users(path)
    assert (clerk.name, clerk.role, admin.name, admin.role) == ("văn-thư", Role.USER, "quản.trị", Role.ADMIN)
    assert matches("một mật khẩu khác", admin.password)
    assert not matches(PASSWORD, admin.password)


def test_a_password_is_changed_for_its_user_alone(path: Path) -> None:
    add_user(path, "quản.trị", PASSWORD, Role.ADMIN, CHEAP)
    change_password(path, "Quản.Trị", "một mật khẩu khác", CHEAP)
    clerk, admin = read_users(path)
    assert matches(PASSWORD, clerk.password)
    assert matches("một mật khẩu khác", admin.password)
    assert (admin.name, admin.role) == ("quản.trị", Role.ADMIN)


def test_a_user_is_removed_even_the_last(path: Path) -> None:
    add_user(path, "quản.trị", PASSWORD, Role.ADMIN, CHEAP)
    remove_user(path, "VĂN-THƯ")
    assert names(path) == ["quản.trị"]
    remove_user(path, "quản.trị")
    assert names(path) == []


# --- what is refused


@pytest.mark.parametrize("name", ["văn-thư", "VĂN-THƯ", "va\u0306n-thu\u031b"])
def test_a_name_is_not_given_twice(path: Path, name: str) -> None:
    before = path.read_bytes()
    with pytest.raises(
        UserNameError, match=r"^Đã có người dùng 'văn-thư': hãy đổi mật khẩu bằng «assistant users pass"
    ):
        add_user(path, name, PASSWORD, Role.ADMIN, CHEAP)
    assert path.read_bytes() == before


def test_who_is_no_user_is_not_changed_or_removed(path: Path) -> None:
    before = path.read_bytes()
    told = r"^Không có người dùng 'ai-đó': hãy xem các tên bằng «assistant users list»\.$"
    with pytest.raises(UserNameError, match=told):
        change_password(path, "ai-đó", PASSWORD, CHEAP)
    with pytest.raises(UserNameError, match=told):
        remove_user(path, "ai-đó")
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["", "a b", "../../etc/passwd", "x user $scrypt$\ny"])
def test_a_name_no_user_can_have_is_refused(path: Path, name: str) -> None:
    told = r"' không dùng được: cần 1 đến 64 chữ, số và các dấu \. _ - @, bắt đầu bằng chữ hoặc số\.$"
    for refused in (
        lambda: add_user(path, name, PASSWORD, Role.USER, CHEAP),
        lambda: change_password(path, name, PASSWORD, CHEAP),
        lambda: remove_user(path, name),
    ):
        with pytest.raises(UserNameError, match=told):
            refused()
    assert names(path) == ["văn-thư"]


def test_a_password_that_may_not_be_chosen_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(PasswordError, match="chỉ có 4 ký tự"):
        change_password(path, "văn-thư", "ngắn", CHEAP)
    with pytest.raises(PasswordError, match="trùng tên đăng nhập 'văn-thư-2024'"):
        add_user(path, "văn-thư-2024", "Văn-Thư-2024", Role.USER, CHEAP)
    assert path.read_bytes() == before


def test_a_broken_file_is_not_written_over(path: Path) -> None:
    path.write_text("của tôi\n", "utf-8")
    with pytest.raises(UsersFileError, match=r"^Dòng 1 của "):
        add_user(path, "quản.trị", PASSWORD, Role.ADMIN, CHEAP)
    assert path.read_text("utf-8") == "của tôi\n"
    assert files(path) == ["users.txt"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsersFileError, match=r"^Không ghi được '.*none/users.txt.new' \(.*\): hãy xem lại thư mục\.$"):
        add_user(tmp_path / "none" / "users.txt", "quản.trị", PASSWORD, Role.ADMIN, CHEAP)


# --- how it is written


@POSIX
@pytest.mark.parametrize("umask", [0, 0o077])
def test_a_new_file_is_its_owners_alone(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        add_user(tmp_path / "users.txt", "quản.trị", PASSWORD, Role.ADMIN, CHEAP)
    finally:
        os.umask(before)
    assert mode(tmp_path / "users.txt") == 0o600


@POSIX
@pytest.mark.parametrize(("old", "new"), [(0o640, 0o640), (0o600, 0o600), (0o700, 0o600)])
def test_a_file_keeps_the_mode_that_lets_the_chat_read_it(path: Path, old: int, new: int) -> None:
    path.chmod(old)
    remove_user(path, "văn-thư")
    assert mode(path) == new


@ROOT
def test_a_file_keeps_its_owner_and_group(path: Path) -> None:
    os.chown(path, 1234, 4321)
    remove_user(path, "văn-thư")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)
    assert names(path) == []


@ROOT
def test_who_cannot_keep_the_owner_of_the_file_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.chown(path, 1234, 4321)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", refuse)
    with pytest.raises(UsersFileError, match=r"là của người dùng hệ thống khác: hãy chạy lệnh bằng người đó\.$"):
        remove_user(path, "văn-thư")
    assert names(path) == ["văn-thư"]
    assert files(path) == ["users.txt"]


@POSIX
def test_a_link_to_the_file_stays_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(path)
    remove_user(link, "văn-thư")
    assert link.is_symlink()
    assert names(path) == []


@pytest.mark.parametrize("stopped", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_change_cut_short_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, stopped: BaseException
) -> None:
    before = path.read_bytes()

    def stop(_: int) -> None:
        raise stopped

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(type(stopped), match=r"No space left|^$"):
        remove_user(path, "văn-thư")
    assert path.read_bytes() == before
    assert files(path) == ["users.txt"]


def test_a_file_that_somebody_else_changes_is_left_to_them(path: Path) -> None:
    aside = path.with_name("users.txt.new")
    aside.write_text("half")
    with pytest.raises(UsersFileError, match=r"đang được sửa \(có tệp '.*users.txt.new'\): hãy thử lại; nếu không ai"):
        remove_user(path, "văn-thư")
    assert aside.read_text() == "half"
    assert names(path) == ["văn-thư"]


def test_of_many_who_change_it_at_once_none_is_lost_unsaid(path: Path) -> None:
    added: list[str] = []

    def add(name: str) -> None:
        try:
            add_user(path, name, PASSWORD, Role.USER, CHEAP)
        except UsersFileError:
            return
        added.append(name)

    threads = [threading.Thread(target=add, args=(f"cán-bộ-{number}",)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert added
    assert sorted(names(path)) == sorted(["văn-thư", *added])
    assert files(path) == ["users.txt"]
