import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.passwords import Cost, Hashed
from assistant.users_file import Role, User, UsersFileError, as_text, canonical, read_users

HASHED = Hashed(Cost(1, 1, 1), salt=bytes(range(16)), digest=bytes(range(32)))
"""No random one: it stands in the names of tests, which are to be the same in each process that collects them."""
CLERK = User("văn-thư", Role.USER, HASHED)
ADMIN = User("quản.trị", Role.ADMIN, HASHED)
HEAD = "# hoi-dap-bao-cao users 1"
LINE = f"văn-thư user {HASHED.to_text()}"
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
Given = str | bytes


def write(path: Path, text: Given) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(0o600)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "users.txt"


# --- names


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("văn-thư", "văn-thư"),
        (unicodedata.normalize("NFD", "Văn-Thư"), "văn-thư"),
        ("  ĐĂNG.KÝ_2@dak-nong.gov.vn\n", "đăng.ký_2@dak-nong.gov.vn"),
        ("y.bhiŏ", "y.bhiŏ"),
        ("7", "7"),
        ("a" * 64, "a" * 64),
        (unicodedata.normalize("NFD", "ậ" * 64), "ậ" * 64),
        ("\u212aon-tum", "kon-tum"),  # the kelvin sign
    ],
)
def test_a_name_has_one_form_however_it_is_typed(typed: str, name: str) -> None:
    assert canonical(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "a" * 65, "a" * 10_000_000, "văn thư", "a/b", "a\\b", "..", ".a", "-a", "_a", "@a", "a:b", "a\0b",
        "a\nb", "a\x1bb", "a\u200bb", "\u202ea", "аdmin", "ａdmin", "admin\ud800", "z\u0301\u0301\u0301", "\u0301a",
        "ß", "٣", "²", "😀",
    ],
)  # fmt: skip
def test_what_cannot_be_a_name_has_no_form(typed: str) -> None:
    assert canonical(typed) == ""


@given(st.text(max_size=80))
def test_the_form_of_a_name_is_its_own_form(typed: str) -> None:
    name = canonical(typed)
    assert canonical(name) == name
    assert canonical(name.upper()) == name
    assert len(name) <= 64


# --- the file


def test_users_are_written_a_line_each_and_read_back(path: Path) -> None:
    text = as_text([CLERK, ADMIN])
    assert text == f"{HEAD}\n{LINE}\nquản.trị admin {HASHED.to_text()}\n"
    assert read_users(write(path, text)) == (CLERK, ADMIN)


def test_a_file_of_no_users_is_one(path: Path) -> None:
    assert read_users(write(path, as_text([]))) == ()


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{LINE}",
        f"\ufeff{HEAD}\r\n{LINE}\r\n",
        f"{HEAD}\n\n  \n\t{LINE.replace(' ', '  ')}  \n\n",
        unicodedata.normalize("NFD", f"{HEAD}\n{LINE}\n"),
        f"{HEAD}\n{LINE.replace('văn-thư', 'VĂN-THƯ')}\n",
    ],
)
def test_a_file_that_somebody_edited_is_read(path: Path, text: str) -> None:
    assert read_users(write(path, text)) == (CLERK,)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("văn-thư user", "có 2 phần, không phải ba phần «tên vai-trò mật-khẩu-băm»"),
        (f"văn thư user {HASHED.to_text()}", "có 4 phần, không phải ba phần «tên vai-trò mật-khẩu-băm»"),
        (LINE.replace("văn-thư", "../x"), "tên '../x' không dùng được"),
        (LINE.replace("văn-thư", "a\x1b[2J"), "tên 'a�[2J' không dùng được"),
        (LINE.replace("văn-thư", "a" * 200), f"tên '{'a' * 60}…' không dùng được"),
        (LINE.replace("user", "root"), "vai trò 'root' không có (user hoặc admin)"),
        (LINE.replace("user", "Admin"), "vai trò 'Admin' không có (user hoặc admin)"),
        (LINE.replace("r=1", "r=0"), "phần thứ ba không phải mật khẩu đã băm bằng scrypt"),
        (f"# {LINE}", "có 4 phần, không phải ba phần «tên vai-trò mật-khẩu-băm»"),
        (
            unicodedata.normalize("NFD", "QUẢN.TRỊ") + f" user {HASHED.to_text()}",
            "tên 'quản.trị' đã có ở một dòng trên",
        ),
    ],
)
def test_a_wrong_line_is_named_with_what_to_do(path: Path, line: str, told: str) -> None:
    write(path, as_text([ADMIN]) + f"\n{line}\n")
    wanted = (
        f"Dòng 4 của tệp người dùng {str(path)!r}: {told}: hãy sửa dòng đó, "
        "hoặc xóa nó rồi thêm lại bằng «assistant users add»."
    )
    with pytest.raises(UsersFileError, match=f"^{re.escape(wanted)}$"):
        read_users(path)


def test_a_password_in_the_clear_is_not_shown(path: Path) -> None:
    write(path, f"{HEAD}\nvăn-thư user một-mật-khẩu-rõ\n")
    with pytest.raises(UsersFileError, match="không phải mật khẩu đã băm") as caught:
        read_users(path)
    assert "một-mật-khẩu-rõ" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n", LINE, f"\n{HEAD}\n", HEAD[:-1], HEAD + "x", HEAD + "0" * 5000, "{}", "\0"])
def test_a_file_of_something_else_is_told(path: Path, text: str) -> None:
    told = (
        f"^Dòng 1 của {re.escape(repr(str(path)))} không phải '{HEAD}': hãy chỉ tệp do «assistant users add» tạo ra\\.$"
    )
    with pytest.raises(UsersFileError, match=told):
        read_users(write(path, text))


def test_a_file_of_a_later_version_is_told(path: Path) -> None:
    write(path, f"# hoi-dap-bao-cao users 2\n{LINE} more\n")
    with pytest.raises(UsersFileError, match=r"dạng 2 không đọc được \(chương trình đọc dạng 1\): hãy cập nhật"):
        read_users(path)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (f"{HEAD}\n{LINE}\n".encode() + b"\xff\xfe", r"^Dòng 3 của .* không phải UTF-8: hãy lưu tệp bằng UTF-8\.$"),
        (f"{HEAD}\n{LINE}\n".encode("utf-16"), r"^Dòng 1 của .* không phải UTF-8"),
        (HEAD.encode() + b"\n" * 5_000_000, r"^Tệp người dùng .* lớn hơn 5 MB: hãy xem lại\.$"),
    ],
)
def test_bytes_that_are_no_users_file_are_told(path: Path, data: bytes, told: str) -> None:
    with pytest.raises(UsersFileError, match=told):
        read_users(write(path, data))


def test_a_file_half_written_never_gives_a_user_who_is_not_in_it(path: Path) -> None:
    whole = as_text([CLERK, ADMIN]).encode()
    read = set()
    for length in range(len(whole)):
        write(path, whole[:length])
        try:
            users = read_users(path)
        except UsersFileError:
            continue
        assert users == (CLERK, ADMIN)[: len(users)]
        read.add(len(users))
    assert read == {0, 1, 2}


# --- what the path leads to


def test_a_missing_file_is_told(path: Path) -> None:
    told = r"^Không có tệp người dùng '.*users.txt': hãy tạo bằng «assistant users add TÊN --admin --file TỆP»\.$"
    with pytest.raises(UsersFileError, match=told):
        read_users(path)


def test_a_folder_is_no_users_file(tmp_path: Path) -> None:
    with pytest.raises(UsersFileError, match=r"' không phải tệp thường: hãy chỉ một tệp người dùng\.$"):
        read_users(tmp_path)


@POSIX
def test_a_pipe_is_refused_and_not_waited_for(path: Path) -> None:
    os.mkfifo(path, 0o600)
    with pytest.raises(UsersFileError, match=r"' không phải tệp thường"):
        read_users(path)


@pytest.mark.parametrize("name", ["a\0b", "a" * 1000])
def test_a_path_the_system_has_none_of_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsersFileError, match=r"^Không đọc được tệp người dùng .*: hãy xem lại quyền\.$"):
        read_users(tmp_path / name)


@POSIX
@pytest.mark.parametrize("mode", [0o604, 0o602, 0o620, 0o644, 0o666, 0o601])
def test_a_file_open_to_others_is_refused(path: Path, mode: int) -> None:
    write(path, as_text([CLERK])).chmod(mode)
    with pytest.raises(
        UsersFileError, match=rf"\(quyền {mode:04o}\): hãy chạy «chmod 600» với tệp đó, hoặc «chmod 640»"
    ):
        read_users(path)


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o400, 0o640, 0o440])
def test_a_file_closed_to_others_is_read(path: Path, mode: int) -> None:
    write(path, as_text([CLERK])).chmod(mode)
    assert read_users(path) == (CLERK,)
