"""Bytes → text, in whatever encoding Vietnamese was and is written; the old ones are told by the words they make."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from index.formats.converted import UnreadableFileError
from index.formats.legacy_charsets import from_tcvn3, from_vni
from index.frequency import positions
from index.words import key, nfc

_SAMPLE_CHARS = 40_000
_LEAST_WORDS = 2
_LEAST_SHARE = 0.6
"""Of the words with marks, how many must be Vietnamese for an encoding to be believed."""
_LETTERS = re.compile(r"[^\W\d_]+")
_TYPOGRAPHY = "“”‘’„…–—•·●▪■□►→°º«»©®™€£§¶\u00a0\ufeff"
_UNKNOWN = "không phải văn bản UTF-8, UTF-16, Windows-1258, TCVN3 hay VNI; hãy lưu lại bằng UTF-8"
_LEGACY: tuple[Callable[[str], str], ...] = (from_tcvn3, from_vni)


def decode(data: bytes) -> str:
    """The text of a plain-text file: UTF-8, UTF-16, Windows-1258, TCVN3 or VNI-Windows; not yet normalised.

    Raises:
        UnreadableFileError: It is in another encoding, or is no text.
    """
    if wide := _utf16(data):
        return _checked(_strictly(data, wide))
    if b"\0" in data:
        raise UnreadableFileError("tệp nhị phân, không phải văn bản")
    try:
        return _checked(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _checked(_eight_bit(data))


def _utf16(data: bytes) -> str:
    """The codec of a text in UTF-16, which may begin without its mark; else ""."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if len(data) < 4 or len(data) % 2:
        return ""
    even, odd = data[0:8192:2].count(0), data[1:8192:2].count(0)
    most = min(len(data), 8192) / 2
    # spaces and plain letters have a zero byte on one side, and no text has it on both
    if odd > most / 4 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > most / 4 and not odd else ""


def _strictly(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(_UNKNOWN) from error


def _checked(text: str) -> str:
    controls = sum(char < " " and char not in "\t\n\r\f" for char in text)
    if controls > len(text) / 100:
        raise UnreadableFileError("tệp nhị phân, không phải văn bản")
    return text


def _eight_bit(data: bytes) -> str:
    latin = _latin(data)
    candidates = [form(latin) for form in _LEGACY]
    with suppress(UnicodeDecodeError):
        candidates.insert(0, nfc(data.decode("cp1258")))
    best = max(candidates, key=lambda text: _read(text).share)
    if not _read(best).is_vietnamese:
        raise UnreadableFileError(_UNKNOWN)
    return best


def _latin(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:  # five bytes have no letter there
        return data.decode("latin-1")


@dataclass(frozen=True, slots=True)
class _Read:
    """How Vietnamese a text reads: its words with marks, and how many of them are Vietnamese syllables."""

    words: int
    known: int

    @property
    def share(self) -> float:
        return self.known / self.words if self.words else 0.0

    @property
    def is_vietnamese(self) -> bool:
        return self.words >= _LEAST_WORDS and self.share >= _LEAST_SHARE


def _read(text: str) -> _Read:
    marked = [word.strip(_TYPOGRAPHY) for word in text[:_SAMPLE_CHARS].split() if not word.isascii()]
    words = [word for word in marked if word and not word.isascii()]
    return _Read(len(words), sum(_is_known(word) for word in words))


def _is_known(word: str) -> bool:
    """Whether the letters with marks of a word are Vietnamese syllables: "(Đắk" is, "§¾k" is not."""
    runs = [run for run in _LETTERS.findall(word) if not run.isascii()]
    rest = _LETTERS.sub("", word)
    return bool(runs) and rest.isascii() and all(key(run) in positions() for run in runs)


def mend(text: str) -> str:
    """Text whose letters are those of TCVN3 or VNI fonts, line by line in Unicode; any other text as it is.

    Word files and pages made with such fonts hold Latin letters that only the font showed as Vietnamese.
    """
    if text.isascii() or _read(text).share > 0.98:
        return text
    for form in _LEGACY:
        lines = text.split("\n")
        mended = [_mended_line(line, form) for line in lines]
        changed = [new for line, new in zip(lines, mended, strict=True) if new != line]
        if sum(_read(line).known for line in changed) > _LEAST_WORDS:
            text = "\n".join(mended)
    return text


def _mended_line(line: str, form: Callable[[str], str]) -> str:
    if line.isascii():
        return line
    new = form(line)
    before, after = _read(line), _read(new)
    return new if after.known > before.known and after.share >= _LEAST_SHARE else line
