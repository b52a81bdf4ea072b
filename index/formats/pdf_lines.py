"""The lines of a PDF's page, with their places, as PDFium finds them."""

import ctypes
import re
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfTextPage

_ENDS = "\r\n"
_HYPHENS = {"\ufffe": "-", "\x02": "-"}
"""What PDFium writes for a hyphen at the end of a line."""
_NO_TEXT = re.compile("[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\uffff]")
_LEAST_SIZE = 1.0
"""Letters may be set at no size at all, to be seen by machines only."""
_WIDE_GAP = 1.6
_CELL_GAP, _CELL_RATIO = 0.32, 1.6
"""A gap between cells: very wide, in heights of the line, or much wider than the narrowest of the line, which tells
how far the line was stretched to both margins."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; lengths are in points from the page's lower left corner.

    Attributes:
        text: Without white space around it; what may be the cells of a table's row is parted by tabs.
        left: Of its first character.
        right: Of its last.
        base: Height of its base line.
        size: Height of its letters, with room for all marks.
    """

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    right: float


def lines_of(page: PdfTextPage) -> list[Line]:
    """The lines of a page in the order they were written."""
    letters = [_letter(page, at) for at in range(page.count_chars())]
    found: list[Line] = []
    current: list[int] = []
    for at, letter in enumerate([*letters, "\n"]):
        if letter not in _ENDS:
            current.append(at)
            continue
        if line := _line(page, letters, current):
            found.append(line)
        current = []
    return found


def _letter(page: PdfTextPage, at: int) -> str:
    code = pdfium_c.FPDFText_GetUnicode(page.raw, at)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def _line(page: PdfTextPage, letters: list[str], positions: list[int]) -> Line | None:
    words: list[_Word] = []
    sizes: list[float] = []
    apart = True
    for at in positions:
        letter = _NO_TEXT.sub("", _HYPHENS.get(letters[at], letters[at]))
        if not letter or letter.isspace():
            apart = True
            continue
        box = _box(page, at)
        sizes.append(box.top - box.bottom)
        if apart:
            words.append(_Word(letter, box.left, box.right))
        else:
            words[-1] = _Word(words[-1].text + letter, words[-1].left, box.right)
        apart = False
    if not words:
        return None
    first = next(at for at in positions if letters[at].strip())
    size = sorted(sizes)[len(sizes) // 2]
    return Line(
        _joined(words, size), words[0].left, words[-1].right, _base(page, first), max(_LEAST_SIZE, round(size, 1))
    )


def _joined(words: list[_Word], size: float) -> str:
    gaps = [after.left - before.right for before, after in pairwise(words)]
    narrowest = min((gap for gap in gaps if gap > 0), default=0.0)
    text = [words[0].text]
    for gap, word in zip(gaps, words[1:], strict=True):
        cell = gap > _WIDE_GAP * size or (gap > _CELL_GAP * size and gap > _CELL_RATIO * narrowest)
        text.append(("\t" if cell else " ") + word.text)
    return "".join(text)


def _box(page: PdfTextPage, at: int) -> pdfium_c.FS_RECTF:
    """The place of a character with its full advance, so that spaces are as wide as they were set."""
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(page.raw, at, box)
    return box


def _base(page: PdfTextPage, at: int) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(page.raw, at, x, y)
    return y.value
