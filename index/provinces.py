"""Provinces named in reports and in questions, however people write their names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.kept import kept_if_short
from index.provinces_context import LONGEST_LEAD, ORDINARY, names_another
from index.provinces_slips import agrees, misspelled
from index.provinces_table import NAMES, PROVINCES
from index.words import Word, fold, is_plain, words

__all__ = ["COMMON_WORDS", "NAMES", "Mention", "find_provinces", "province_of_domain"]

COMMON_WORDS = frozenset({"hoa binh", "hai duong", "vinh long", "binh dinh", "hue"})
"""Names that are also ordinary words, so that a lower-case mention needs "tỉnh" before it."""
_PROVINCE_NEXT = re.compile(r"\b(tỉnh|tinh|thành phố|thanh pho|tp\.?)\s*$")
_PLACED = re.compile(r"\b(tỉnh|tinh|thành phố|thanh pho|tp\.?|ở|tại)\s*$")
_GAP = re.compile(r"(?!\s*\n\s*\n)\s*[-–—‑_]?\s?")
"""What may stand between the words of a name: spaces, the end of a line, a hyphen."""
_DIRECTED = ("phia", "mien")
"""What a capital may follow within an ordinary phrase: "phía Bắc"."""
_CITY = (("thanh", "pho"), ("t", "p"), ("tp",), ("tt",))
"""What a spelling may begin with: written without capitals or with a full stop."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A province named in a text at ``[start, end)``."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A way to write a province's name; an ordinary phrase when ``name`` is ""."""

    name: str
    keys: tuple[str, ...]
    folded: tuple[str, ...]
    joined: bool = False

    @property
    def leading(self) -> int:
        """How many of its words are not the name itself but "thành phố"."""
        return next((len(lead) for lead in _CITY if self.folded[: len(lead)] == lead), 0)


def _spelling(name: str, written: str) -> _Spelling:
    found = words(written)
    return _Spelling(name, tuple(word.key for word in found), tuple(word.folded for word in found))


@lru_cache(maxsize=1)
def _spellings() -> dict[str, list[_Spelling]]:
    """All spellings by their first folded syllable, longest first; joined forms ("dongthap") too."""
    spelled = [_spelling(p.name, written) for p in PROVINCES.values() for written in (p.name, *p.spellings)]
    joins = [(form.name, ("".join(form.folded),)) for form in spelled if len(form.folded) > 1]
    joined = [_Spelling(name, key, key, joined=True) for name, key in joins]
    table: dict[str, list[_Spelling]] = {}
    for form in spelled + joined + [_spelling("", phrase) for phrase in ORDINARY]:
        table.setdefault(form.folded[0], []).append(form)
    for spellings in table.values():
        spellings.sort(key=lambda spelling: -len(spelling.keys))
    return table


@kept_if_short
def find_provinces(text: str, typed: bool = False) -> list[Mention]:
    """Provinces named in ``text``, in order, longest spelling first.

    Names within ordinary phrases ("công nghệ an toàn"), of streets, rivers and people ("đường Điện Biên Phủ",
    "Nguyễn Thái Bình") are none.

    Args:
        text: A report's text, where names are capitalised and fully accented, or a question.
        typed: The text is a question as people type it: names may lack capitals and diacritics, or have one slip.
    """
    found: list[Mention] = []
    listed = words(text)
    lower = typed and text == text.lower()
    position = free = 0  # words before ``free`` belong to a name found
    barred = -1  # where a name ends that stands for something else; "cao tốc Hà Nội - Hải Phòng" goes on there
    while position < len(listed):
        spelling = _spelling_at(listed, position, text, typed, lower)
        if spelling is None:
            position += 1
            continue
        start, after = listed[position].start, position + len(spelling.keys)
        if spelling.name:
            goes_on = barred >= 0 and start - barred <= 3 and text[barred:start].strip() in ("-", "–", "—")
            before = listed[max(free, position - LONGEST_LEAD) : position]
            if goes_on or names_another(spelling.keys, text[max(0, start - 40) : start], before, typed):
                barred = listed[after - 1].end
            else:
                found.append(Mention(spelling.name, start, listed[after - 1].end))
                free = after
        position = after
    return found


def _spelling_at(listed: Sequence[Word], position: int, text: str, typed: bool, lower: bool) -> _Spelling | None:
    """The longest spelling that stands at ``position``, else in a question a name with one slip."""
    spellings = _spellings().get(listed[position].folded, ())
    if spellings and _PROVINCE_NEXT.search(text[max(0, listed[position].start - 12) : listed[position].start].lower()):
        spellings = sorted(spellings, key=lambda spelling: not spelling.name)
    for spelling in spellings:
        span = listed[position : position + len(spelling.keys)]
        if tuple(word.folded for word in span) == spelling.folded and _reads(span, spelling, text, typed, lower):
            return spelling
    if typed and (name := misspelled(listed, position)):
        spelling = _spelling(name, name)
        span = listed[position : position + len(spelling.keys)]
        return spelling if _is_name(span, spelling, text, typed, lower) else None
    return None


def _reads(span: Sequence[Word], spelling: _Spelling, text: str, typed: bool, lower: bool) -> bool:
    """Whether words of the same letters are the spelling."""
    exact = all(word.key == wanted for word, wanted in zip(span, spelling.keys, strict=True))
    if not spelling.name:
        capital = any(text[word.start].isupper() for word in span[1:])
        cut_in_two = capital and text[span[0].start].islower() and spelling.folded[0] not in _DIRECTED
        return not cut_in_two and (exact or (typed and not capital and all(is_plain(word.key) for word in span)))
    loose = typed and all(agrees(word.key, key) for word, key in zip(span, spelling.keys, strict=True))
    return (exact or loose or spelling.joined) and _is_name(span, spelling, text, typed, lower)


def _is_name(span: Sequence[Word], spelling: _Spelling, text: str, typed: bool, lower: bool) -> bool:
    """Whether words are written as a name: close together, with capitals, or all small in a question."""
    for number, (one, other) in enumerate(pairwise(span), start=1):
        gap = text[one.end : other.start]
        if not _GAP.fullmatch(gap.removeprefix(".") if number <= spelling.leading else gap):
            return False
    capitals = [text[word.start].isupper() for word in span[spelling.leading :]]
    if all(capitals) or not typed:
        return all(capitals)
    cut_in_two = any(capitals) and not capitals[0]  # "dây quang Ninh Bình"
    if cut_in_two or (" ".join(spelling.folded) in COMMON_WORDS and not lower):
        return _PLACED.search(text[max(0, span[0].start - 12) : span[0].start].lower()) is not None
    return True


def province_of_domain(text: str) -> list[str]:
    """Provinces told by government addresses in ``text``: "dichvucong.dienbien.gov.vn" → Điện Biên."""
    joined = _domains()
    labels = re.findall(r"(?<![\w-])([\w-]{1,63})\.gov\.vn", text.lower())
    told = (fold(label).replace("-", "") for label in labels)
    return [joined[label] for label in told if label in joined]


@lru_cache(maxsize=1)
def _domains() -> dict[str, str]:
    spelled = {fold(s): p.name for p in PROVINCES.values() for s in (p.name, *p.spellings)}
    return {re.sub(r"\W", "", s): name for s, name in spelled.items()} | {"hochiminhcity": "Thành phố Hồ Chí Minh"}
