import io
import zipfile

import pytest

from index.formats import read_zip as module
from index.formats.converted import UnreadableFileError
from index.formats.read_zip import Member, members_of, open_archive, unpack
from index.load import load_members
from index.sandbox import sandbox
from index.types import LoadedText
from tests.report_files import locked, with_size_in_directory, zip_of


def listed(members: dict[str, bytes | str]) -> list[tuple[str, str]]:
    return [(member.name, member.reason) for member in members_of(open_archive(zip_of(members)))]


def test_the_files_people_see_are_members() -> None:
    members: dict[str, bytes | str] = {
        "2023/Đắk Nông.docx": "a", "b.txt": "b", ".DS_Store": "x", "__MACOSX/._b.txt": "x", "2023/.git/c.txt": "x",
    }  # fmt: skip
    assert listed(members) == [("2023/Đắk Nông.docx", ""), ("b.txt", "")]


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "C:\\a.txt", "..\\a.txt", "a//b.txt"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    ((_, reason),) = listed({name: "x"})
    assert reason == "tên dẫn ra ngoài tệp nén"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.exe", "định dạng chưa được đọc; hãy chuyển sang .txt, .md, .html, .docx, .pdf hoặc .zip"),
        ("in.zip", "tệp nén trong tệp nén; hãy giải nén trước"),
        ("..%2f..%2fa.txt", "tên tệp bắt đầu bằng «..»; hãy đổi tên"),
        ("'; drop table;--.txt", ""),
    ],
)
def test_members_that_cannot_be_read_are_named(name: str, reason: str) -> None:
    assert listed({name: "x"}) == [(name, reason)]


def test_a_name_of_control_characters_is_shown_as_one_line() -> None:
    ((name, reason),) = listed({"a\nb\u202e.txt": "x"})
    assert (name, reason) == ("a\ufffdb\ufffd.txt", "")


def test_names_that_do_not_say_they_are_utf8_are_read_as_such() -> None:
    info = zipfile.ZipInfo("Đắk Nông.txt".encode().decode("cp437"))
    info.flag_bits = 0
    assert module._name(info) == "Đắk Nông.txt"


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_of_two_members_of_one_name_the_second_is_named() -> None:
    import io

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "1")
        archive.writestr("a.txt", "2")
    first, second = members_of(open_archive(file.getvalue()))
    assert (first.reason, second.reason) == ("", "trùng tên với tệp khác trong tệp nén")


def test_a_locked_member_is_named() -> None:
    (member,) = members_of(open_archive(locked(zip_of({"a.txt": "x"}))))
    assert member.reason == "có mật khẩu; hãy bỏ mật khẩu của tệp nén"


# --- limits


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [
        ("MAX_MEMBERS", 1, "có 2 tệp bên trong, quá 1; hãy chia nhỏ tệp nén"),
        ("MAX_UNPACKED", 1_000_000, "bung ra quá 1 MB, có thể là tệp phá hoại"),
    ],
)
def test_an_archive_over_a_limit_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, reason: str
) -> None:
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(UnreadableFileError, match=f"^{reason}$"):
        open_archive(zip_of({"a.txt": b"\0" * 600_000, "b.txt": b"\0" * 600_000}))


def test_a_member_that_claims_to_be_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_MEMBER", 1_000_000)
    (member,) = members_of(open_archive(zip_of({"a.txt": b"\0" * 1_000_001})))
    assert member.reason == "lớn hơn 1 MB"


@pytest.mark.parametrize("claimed", [0, 1, 999_999])
def test_a_member_that_lies_about_its_size_is_not_unpacked_beyond_it(
    monkeypatch: pytest.MonkeyPatch, claimed: int
) -> None:
    monkeypatch.setattr(module, "MAX_MEMBER", 1_000_000)
    archive = open_archive(with_size_in_directory(zip_of({"a.txt": b"\0" * 5_000_000}), claimed))
    with pytest.raises(UnreadableFileError, match=r"^hỏng trong tệp nén$"):
        unpack(archive, members_of(archive)[0])


def test_a_member_is_unpacked_as_it_was() -> None:
    archive = open_archive(zip_of({"a.txt": "Sở họp".encode()}))
    assert unpack(archive, members_of(archive)[0]) == "Sở họp".encode()


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x05\x06", zip_of({"a.txt": "x" * 99})[:-30], b""])
def test_a_damaged_archive_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"^tệp nén hỏng hoặc không đầy đủ$"):
        open_archive(data)


def test_a_damaged_member_is_named() -> None:
    whole = bytearray(zip_of({"a.txt": bytes(range(256)) * 9}))
    whole[60] ^= 0xFF
    archive = open_archive(bytes(whole))
    with pytest.raises(UnreadableFileError, match=r"^hỏng trong tệp nén$"):
        unpack(archive, Member(0, "a.txt", ""))


def test_a_member_without_a_name_is_named_and_the_rest_is_read(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("tot.txt", "Năm 2023, tỉnh Lai Châu có 905 trạm BTS.")
        archive.writestr(zipfile.ZipInfo(""), "b")
    (tmp_path / "a.zip").write_bytes(held.getvalue())
    told = list(load_members(tmp_path, "a.zip", sandbox.SHARED))
    assert [one.path for one in told if isinstance(one, LoadedText)] == ["a.zip/tot.txt"]


def test_a_damaged_member_packed_by_lzma_is_named_and_the_rest_is_read(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
        for number in range(5):
            archive.writestr(f"{number}.txt", f"Năm 2023, tỉnh Lai Châu có {900 + number} trạm BTS. " * 40)
    data = bytearray(held.getvalue())
    for number in range(4):
        at = data.index(f"{number}.txt".encode()) + 20
        data[at : at + 30] = b"\xff" * 30
    (tmp_path / "a.zip").write_bytes(bytes(data))
    told = list(load_members(tmp_path, "a.zip", sandbox.SHARED))
    assert [one.path for one in told if isinstance(one, LoadedText)] == ["a.zip/4.txt"]
    assert len(told) == 5
