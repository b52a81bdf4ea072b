"""Forms of Vietnamese words for matching: any tone placement, i/y spelling, with or without diacritics.

A word here is a written syllable, a number or an abbreviation; Vietnamese puts spaces between syllables.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from index.kept import kept_if_short
from index.numbers import parse_number

WORD = re.compile(r"\d+(?:[.,/]\d+)*(?![^\W_])%?|[^\W_]+(?:&[^\W_]+)*")
CAPITALS = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
"""The Vietnamese capitals, for a class of characters in a pattern."""
_TONES = {"\u0300": "`", "\u0301": "'", "\u0303": "~", "\u0309": "?", "\u0323": "."}
_SIGNS = {sign: tone for tone, sign in _TONES.items()}
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)(%?)")
_PLAIN_Y = re.compile(r"^(qu|[hklmstv])y")


FULLY_ACCENTED = 0.45
"""Share of accented syllables from which a plain syllable is taken to be meant plain."""


class Word(NamedTuple):
    """One written syllable, number or abbreviation of a text.

    Attributes:
        start: Offset of its first character in the text it was found in.
        end: Offset after its last character.
        key: Spelling-independent form: lower case, the tone as a sign at the end, final "y" as "i", numbers
            without grouping ("hoà" and "hòa" → "hoa`", "1.167" → "1167").
        folded: ``key`` without any diacritics ("tram." → "tram").
    """

    start: int
    end: int
    key: str
    folded: str


_MOST_MARKS = 30
_MANY_SIGNS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")
"""Runs of signs that are no letters, among which marks are."""


def nfc(text: str) -> str:
    """The text in Unicode normal form C, the form of all texts and offsets here.

    Of more than 30 combining marks in a row those beyond are left out, as in Unicode's Stream-Safe Text Format [1]: no
    writing has so many, and ordering them takes quadratic time.

    [1] https://unicode.org/reports/tr15/#Stream_Safe_Text_Format
    """
    return unicodedata.normalize("NFC", _MANY_SIGNS.sub(_stream_safe, text))


def _stream_safe(signs: re.Match[str]) -> str:
    marks = 0
    kept = []
    for char in signs.group():
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """Spelling-independent form of one word; equal for "hoà", "hòa" and their NFD forms."""
    if number := _NUMBER.fullmatch(word):
        return _number_key(number)
    tone = ""
    letters = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    base = unicodedata.normalize("NFC", "".join(letters))
    return (_PLAIN_Y.sub(_y_to_i, base) if base.endswith("y") and len(base) <= 3 else base) + tone


def _number_key(number: re.Match[str]) -> str:
    try:
        return f"{parse_number(number.group(1))}{number.group(2)}"
    except InvalidOperation:
        return number.group()


def _y_to_i(match: re.Match[str]) -> str:
    return match.group(1) + "i"


def spelled(form: str, like: str) -> str:
    """A key as it is written: "hoa`" → "hòa"; with capitals, and with final "y", as ``like`` is.

    The tone stands on the vowel with another mark, else on the middle one of three, on the last before a
    consonant, and on the first of two at the end.
    """
    tone, body = (form[-1], form[:-1]) if form[-1:] in _SIGNS else ("", form)
    if tone:
        opening = 2 if body.startswith("qu") or re.match(r"gi[aăâeêioôơuưy]", body) else 0
        vowels = [at for at, letter in enumerate(body) if at >= opening and letter in "aăâeêioôơuưy"] or [len(body) - 1]
        marked = [at for at in vowels if body[at] in "ăâêôơư"]
        first_of_two = len(vowels) == 2 and vowels[-1] == len(body) - 1
        at = marked[-1] if marked else vowels[0] if first_of_two or len(vowels) == 1 else vowels[1]
        body = nfc(body[: at + 1] + _SIGNS[tone] + body[at + 1 :])
    if fold(like[-1:]) == "y" and fold(body[-1:]) == "i":
        body = body[:-1] + nfc(unicodedata.normalize("NFD", body[-1]).replace("i", "y"))
    if len(like) > 1 and like.isupper():
        return body.upper()
    return body.capitalize() if like[:1].isupper() else body


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower-case text without diacritics, "đ" as "d"."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return plain.replace("đ", "d")


def fold_key(form: str) -> str:
    """A key without its diacritics and tone sign: "tram." → "tram", "1.5" stays."""
    return fold(form[:-1] if form[-1:] in _SIGNS else form)


@kept_if_short
def words(text: str) -> list[Word]:
    """All words of ``text`` in order, with offsets into ``text``."""
    found = []
    for match in WORD.finditer(text):
        form = key(match.group())
        found.append(Word(match.start(), match.end(), form, fold_key(form)))
    return found


def keys(text: str) -> list[str]:
    """The ``key`` of every word of ``text``, in order."""
    return [key(match.group()) for match in WORD.finditer(text)]


def is_plain(form: str) -> bool:
    """Whether a key carries no diacritics, as when it was typed without them."""
    return form.isascii() and form[-1:] not in _TONES.values()


@lru_cache(maxsize=65536)
def marks(form: str) -> frozenset[str]:
    """The diacritics and the tone sign of a key: "điên." → stroke, circumflex, dot."""
    letters = unicodedata.normalize("NFD", form.replace("đ", "d\u0335"))
    return frozenset(char for char in letters if not char.isalnum())


def accented_share(forms: Iterable[str]) -> float:
    """Share of the alphabetic keys that carry diacritics: about 0.7 in Vietnamese, 0 when typed without."""
    letters = [form for form in forms if form[:1].isalpha()]
    return sum(not is_plain(form) for form in letters) / len(letters) if letters else 0.0
