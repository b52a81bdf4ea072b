"""The two encodings of Vietnamese before Unicode, whose bytes other programs show as Latin letters.

TCVN3 (ABC fonts, ``.VnTime``): one byte a letter, capitals with tones by a font of capitals; the code chart is
TCVN 5712:1993, VN3. VNI-Windows: a vowel and a byte for its marks; the chart is that of VNI Software.
"""

import re

# https://vi.wikipedia.org/wiki/TCVN3, https://www.unicode.org/L2/L2002/02275-tcvn.txt
_TCVN3 = {
    **dict(zip(range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True)),
    **dict(zip(range(0xB5, 0xBA), "àảãáạ", strict=True)),
    **dict(zip(range(0xBB, 0xBF), "ằẳẵắ", strict=True)),
    **dict(zip((*range(0xC6, 0xCD), 0xCE, 0xCF), "ặầẩẫấậèẻẽ", strict=True)),
    **dict(zip((*range(0xD0, 0xD9), 0xDC, 0xDD, 0xDE, 0xDF), "éẹềểễếệìỉĩíịò", strict=True)),
    **dict(zip((*range(0xE1, 0xF0), *range(0xF1, 0xFF)), "ỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ", strict=True)),
}
_SMALL = re.compile("[a-z]")
_CAPITAL = re.compile("[A-Z]")
_NO_SMALL_LETTERS = re.compile(r"[^\W\d_a-z]+")

# https://vi.wikipedia.org/wiki/VNI, the column of VNI-Windows
_VNI_VOWELS = {
    "a": "áàảãạ", "e": "éèẻẽẹ", "o": "óòỏõọ", "u": "úùủũụ", "y": "ýỳỷỹỵ", "ô": "ớờởỡợ", "ö": "ứừửữự",
}  # fmt: skip
_VNI_ROOFED = {"a": "âấầẩẫậ", "e": "êếềểễệ", "o": "ôốồổỗộ"}
_VNI_BREVES = {"a": "ăắằẳẵặ"}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    pairs = {
        vowel + mark: letter
        for table, marks in ((_VNI_VOWELS, "ùøûõï"), (_VNI_ROOFED, "âáàåãä"), (_VNI_BREVES, "êéèúüë"))
        for vowel, letters in table.items()
        for mark, letter in zip(marks, letters, strict=True)
    } | _VNI_ALONE
    capitals = {written.upper(): letter.upper() for written, letter in pairs.items()}
    mixed = {pair[0].upper() + pair[1:]: letter.upper() for pair, letter in pairs.items() if len(pair) == 2}
    return {**mixed, **pairs, **capitals}


_VNI = _vni()
_VNI_WRITTEN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """Text in TCVN3, read as Latin letters, in Unicode; letters among capitals become capitals, as the font showed."""
    return "\n".join(_shown_as_capitals(line) for line in text.translate(_TCVN3).split("\n"))


def _shown_as_capitals(line: str) -> str:
    if _are_capitals(line) and not _SMALL.search(line):
        return line.upper()
    return _NO_SMALL_LETTERS.sub(lambda run: run.group().upper() if _are_capitals(run.group()) else run.group(), line)


def _are_capitals(letters: str) -> bool:
    """Whether at least two of the letters, which may stand for others, are capitals as they are."""
    found = _CAPITAL.finditer(letters)
    return next(found, None) is not None and next(found, None) is not None


def from_vni(text: str) -> str:
    """Text in VNI-Windows, read as Latin letters, in Unicode."""
    return _VNI_WRITTEN.sub(lambda written: _VNI[written.group()], text)
