import unicodedata
from pathlib import Path

import pytest

from index.formats.charsets import decode_html
from index.formats.converted import UnreadableFileError
from index.formats.encodings import decode, mend
from index.formats.legacy_charsets import _TCVN3, _VNI, from_tcvn3, from_vni
from index.load import load_text
from tests.conftest import within

TEXT = "Sở Thông tin và Truyền thông Đắk Nông họp.\nTổng số trạm BTS là 1.167 trạm, đạt 99,7% dân số; ước tăng thêm."
BUNDLED = Path(__file__).parents[1] / "reports"


def in_cp1258(text: str) -> bytes:
    """As programs for Windows write it: letters with roofs and horns whole, tones after them."""
    written = bytearray()
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        written += (letter + tones).encode("cp1258", "replace")
    return bytes(written)


def in_tcvn3(text: str) -> bytes:
    letters = {letter: code for code, letter in _TCVN3.items()}
    return bytes(letters.get(char, letters.get(char.lower(), ord(char) if ord(char) < 256 else 63)) for char in text)


def in_vni(text: str) -> bytes:
    pairs = {letter: pair for pair, letter in _VNI.items() if pair.islower() or pair.isupper()}
    return "".join(pairs.get(char, char) for char in text).encode("cp1252", "replace")


# --- the published charts


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Së Th«ng tin vµ TruyÒn th«ng tØnh §¾k N«ng", "Sở Thông tin và Truyền thông tỉnh Đắk Nông"),
        ("¨ ©ê ng· t­ ®­êng s¾t, mét qu¶ b­ëi, kü thuËt sè", "ă âờ ngã tư đường sắt, một quả bưởi, kỹ thuật số"),
        ("HéI NGHÞ TæNG KÕT N¡M 2009", "HỘI NGHỊ TỔNG KẾT NĂM 2009"),
        ("ñy ban nh©n d©n huyÖn", "ủy ban nhân dân huyện"),
    ],
)
def test_tcvn3_is_read_by_its_chart(written: str, read: str) -> None:
    assert from_tcvn3(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Sôû Thoâng tin vaø Truyeàn thoâng tænh Ñaék Noâng", "Sở Thông tin và Truyền thông tỉnh Đắk Nông"),
        ("HOÄI NGHÒ TOÅNG KEÁT NAÊM 2009", "HỘI NGHỊ TỔNG KẾT NĂM 2009"),
        ("kyõ thuaät, thò xaõ, yù kieán, quyõ, höôùng daãn", "kỹ thuật, thị xã, ý kiến, quỹ, hướng dẫn"),
        ("CHÍNH PHUÛ vaø Bí thö", "CHÍNH PHỦ và Bí thư"),
    ],
)
def test_vni_is_read_by_its_chart(written: str, read: str) -> None:
    assert from_vni(written) == read


def test_the_chart_of_tcvn3_has_every_small_letter_once() -> None:
    vowels = "aăâeêioôơuưy"
    toned = {
        unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in "\u0300\u0301\u0303\u0309\u0323"
    }
    letters = list(_TCVN3.values())
    assert {letter for letter in letters if letter.islower()} == toned | set("ăâêôơưđ")
    assert len(letters) == len(set(letters)) == 67 + 7


# --- recognised


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        in_cp1258(TEXT),
        in_tcvn3(TEXT),
        in_vni(TEXT),
        in_tcvn3(TEXT).decode("cp1252").encode(),
        in_vni(TEXT).decode("cp1252").encode(),
    ],
    ids=[
        "utf-8",
        "BOM",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "cp1258",
        "TCVN3",
        "VNI",
        "TCVN3 as UTF-8",
        "VNI as UTF-8",
    ],
)
def test_every_encoding_is_told_by_the_words_it_makes(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert load_text(tmp_path, "a.txt").text == TEXT


@pytest.mark.parametrize("form", [in_cp1258, in_tcvn3, in_vni])
@pytest.mark.parametrize("path", sorted(BUNDLED.glob("*.md")), ids=lambda path: path.stem)
def test_whole_reports_come_back(path: Path, form) -> None:
    text = unicodedata.normalize("NFC", path.read_text("utf-8"))
    read = unicodedata.normalize("NFC", decode(form(text)))
    pairs = list(zip(text.split(), read.split(), strict=True))
    # TCVN3 has no capitals with tones: the font shows them
    assert [(a, b) for a, b in pairs if a.lower() != b.lower() and "?" not in b] == []


@pytest.mark.parametrize("path", sorted(BUNDLED.glob("*.md")), ids=lambda path: path.stem)
def test_unicode_is_left_as_it_is(path: Path) -> None:
    text = unicodedata.normalize("NFC", path.read_text("utf-8"))
    assert mend(text) == text


def test_lines_in_old_fonts_are_mended_among_lines_in_unicode() -> None:
    mixed = "Tổng kết năm 2023 – “kết quả”\nSë Th«ng tin vµ TruyÒn th«ng\nCộng hòa xã hội chủ nghĩa Việt Nam\ncafé déjà"
    assert mend(mixed) == mixed.replace("Së Th«ng tin vµ TruyÒn th«ng", "Sở Thông tin và Truyền thông")


@pytest.mark.parametrize(
    "text", ["Le café est déjà prêt à être servi, où ça ? Français, élève, hôtel.", "“…” – ©®™ €£", ""]
)
def test_other_languages_are_left_as_they_are(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize(
    "data",
    [
        "Отчет министерства за год".encode("cp1251"),
        "年度报告总结大会".encode("gb18030"),
        bytes(range(128, 256)),
        b"\xff\xfea",
    ],
    ids=["Cyrillic", "Chinese", "every byte", "half a unit"],
)
def test_what_makes_no_vietnamese_words_is_refused(data: bytes) -> None:
    with pytest.raises(
        UnreadableFileError, match=r"^không phải văn bản UTF-8, UTF-16, Windows-1258, TCVN3 hay VNI; hãy"
    ):
        decode(data)


@pytest.mark.parametrize("data", [b"a\0b", b"\0" * 100, b"a\0b\0\0c" * 50], ids=["one", "only", "both sides"])
def test_null_bytes_are_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"^tệp nhị phân, không phải văn bản$"):
        decode(data)


# --- pages that declare their encoding


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">', "cp1258"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16"),
        ('<meta charset="windows-1252">', "utf-8"),
        ('<meta charset="no-such-charset">', "utf-8"),
        ("", "utf-8"),
    ],
)
def test_a_page_is_read_as_it_declares_unless_it_is_wrong(declared: str, codec: str) -> None:
    page = f"<html>{declared}<p>Sở họp tổng kết</p></html>"
    data = in_cp1258(page) if codec == "cp1258" else page.encode(codec)
    assert unicodedata.normalize("NFC", decode_html(data)) == page


@pytest.mark.parametrize("line", ["Ä" + "A" * 60_000 + "a", "A" * 60_000, "ÄA" * 30_000 + " a" * 1_000])
def test_a_long_line_of_capitals_takes_no_time(line):
    with within(5):
        mend(line)
        decode(line.encode())
