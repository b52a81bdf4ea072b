"""The 63 provinces and cities as the reports know them, and how people write their names."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from index.words import fold, words

NAMES = (
    "An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, "
    "Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, "
    "Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, "
    "Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, "
    "Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, "
    "Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thành phố Hồ Chí Minh, "
    "Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái"
).split(", ")

ALIASES = {
    "Bà Rịa - Vũng Tàu": ("Bà Rịa Vũng Tàu", "Vũng Tàu", "BRVT"),
    "Bắc Kạn": ("Bắc Cạn",),
    "Đắk Lắk": ("Đắc Lắc", "Đăk Lăk", "Dak Lak", "Daklak"),
    "Đắk Nông": ("Đắc Nông", "Đăk Nông", "Dak Nong", "Daknong"),
    "Gia Lai": ("Gialai",),
    "Kon Tum": ("Kontum", "Công Tum"),
    "Thành phố Hồ Chí Minh": ("Hồ Chí Minh", "TPHCM", "TP HCM", "HCM", "Sài Gòn"),
    "Thừa Thiên Huế": ("Thừa Thiên - Huế", "Huế", "TT Huế"),
}
"""Other spellings; those that differ only by diacritics, case or spaces need no entry."""

COMMON_WORDS = frozenset({"hoa binh", "hai duong", "vinh long", "binh dinh", "hue"})
"""Names that are also ordinary words, so that a lower-case mention needs "tỉnh" before it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A province named in a text at ``[start, end)``."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Spelling:
    name: str
    keys: tuple[str, ...]
    folded: tuple[str, ...]


@lru_cache(maxsize=1)
def _spellings() -> dict[str, list[_Spelling]]:
    """All spellings by their first folded syllable, longest first; joined forms ("dongthap") too."""
    table: dict[str, list[_Spelling]] = {}
    for name in NAMES:
        for spelling in (name, *ALIASES.get(name, ())):
            found = words(spelling)
            forms = [_Spelling(name, tuple(w.key for w in found), tuple(w.folded for w in found))]
            if len(found) > 1:
                joined = "".join(w.folded for w in found)
                forms.append(_Spelling(name, (joined,), (joined,)))
            for form in forms:
                table.setdefault(form.folded[0], []).append(form)
    for spellings in table.values():
        spellings.sort(key=lambda spelling: -len(spelling.keys))
    return table


def find_provinces(text: str, typed: bool = False) -> list[Mention]:
    """Provinces named in ``text``, in order, longest spelling first.

    Args:
        text: A report's text, where names are capitalised and fully accented, or a question.
        typed: The text is a question as people type it: names may lack capitals and diacritics.
    """
    found: list[Mention] = []
    listed = words(text)
    table = _spellings()
    lower = typed and text == text.lower()
    position = 0
    while position < len(listed):
        match = None
        for spelling in table.get(listed[position].folded, ()):
            span = listed[position : position + len(spelling.keys)]
            if tuple(w.folded for w in span) == spelling.folded and all(
                _agrees(w.key, wanted, typed) for w, wanted in zip(span, spelling.keys, strict=True)
            ):
                start, end = span[0].start, span[-1].end
                if _is_name(text, start, end, spelling, typed, lower):
                    match = Mention(spelling.name, start, end)
                    position += len(span)
                    break
        if match:
            found.append(match)
        else:
            position += 1
    return found


def _agrees(written: str, wanted: str, typed: bool) -> bool:
    """Whether a word stands for a name's word; a typed one may lack diacritics but has no others."""
    return written == wanted or (typed and _marks(written) <= _marks(wanted))


def _marks(form: str) -> set[str]:
    """The diacritics and the tone sign of a key: "điên." → stroke, circumflex, dot."""
    letters = unicodedata.normalize("NFD", form.replace("đ", "d\u0335"))
    return {char for char in letters if not char.isalnum()}


def _is_name(text: str, start: int, end: int, spelling: _Spelling, typed: bool, lower: bool) -> bool:
    capitalised = all(part[:1].isupper() for part in re.split(r"[\s\-–]+", text[start:end]) if part)
    if capitalised or not typed:
        return capitalised
    if " ".join(spelling.folded) in COMMON_WORDS and not lower:
        return re.search(r"(tỉnh|tinh|ở|tại)\s*$", text[:start].lower()) is not None
    return True


def province_of_domain(text: str) -> list[str]:
    """Provinces told by government addresses in ``text``: "dichvucong.dienbien.gov.vn" → Điện Biên."""
    joined = {"".join(w.folded for w in words(name)): name for name in NAMES} | {
        "hochiminhcity": "Thành phố Hồ Chí Minh"
    }
    labels = re.findall(r"(?<![\w-])([\w-]{1,63})\.gov\.vn", text.lower())
    return [joined[fold(label)] for label in labels if fold(label) in joined]
