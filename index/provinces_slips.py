"""A province's name with one slip of the keyboard: "Tuyên Qang", "Quảng Bnh", "Đắk Nogn"."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from index.frequency import is_known, rarity
from index.provinces_table import NAMES
from index.words import Word, marks, words

_MIN_LETTERS = 3
"""A shorter word is too easily one letter away from another."""
_LONGEST = max(len(words(name)) for name in NAMES)


@lru_cache(maxsize=1)
def _names() -> list[tuple[str, list[Word]]]:
    return [(name, words(name)) for name in NAMES]


def misspelled(listed: Sequence[Word], position: int) -> str:
    """The one province whose name the words at ``position`` are but for one slip, or "".

    A slip is one letter left out, doubled, wrong or swapped with its neighbour, or wrong accents, in one word only,
    which is no Vietnamese word as it stands: "Hà Nang" or "Nam Đinh" may be something else.
    """
    if not any(map(_is_no_word, listed[position : position + _LONGEST])):  # the rule, so that it costs nothing
        return ""
    found = {name for name, wanted in _names() if _is_slip(listed[position : position + len(wanted)], wanted)}
    return found.pop() if len(found) == 1 else ""


def _is_no_word(written: Word) -> bool:
    return written.folded.isalpha() and rarity(written.key, written.folded) == 1


def _is_slip(written: Sequence[Word], wanted: Sequence[Word]) -> bool:
    if len(written) != len(wanted):
        return False
    off = [(one, other) for one, other in zip(written, wanted, strict=True) if not agrees(one.key, other.key)]
    if len(off) != 1:
        return False
    slip, meant = off[0]
    if not _is_no_word(slip) or len(meant.folded) < _MIN_LETTERS:
        return False
    return slip.folded == meant.folded or (not is_known(slip.folded) and _one_letter_apart(slip.folded, meant.folded))


def agrees(written: str, wanted: str) -> bool:
    """Whether a typed key stands for a wanted one: it may lack diacritics or take ngã for hỏi, but has no others."""
    return written == wanted or (_letters(written) == _letters(wanted) and _loosely(written) <= _loosely(wanted))


@lru_cache(maxsize=4096)
def _letters(form: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", form.replace("đ", "d")) if char.isalnum())


def _loosely(form: str) -> frozenset[str]:
    """The marks of a key, ngã as hỏi."""
    return marks(form.replace("~", "?"))


def _one_letter_apart(written: str, meant: str) -> bool:
    """Whether one letter is missing, too many, wrong, or two neighbours are swapped."""
    shorter = min(len(written), len(meant))
    start = next((i for i in range(shorter) if written[i] != meant[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if written[-1 - i] != meant[-1 - i]), rest)
    one, other = written[start : len(written) - end], meant[start : len(meant) - end]
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])
