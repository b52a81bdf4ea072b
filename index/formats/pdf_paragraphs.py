"""Lines of pages → paragraphs: what a line break only wrapped is one line again, and hyphens are mended."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.formats.pdf_lines import Line
from index.formats.rows import row_line

_OPENING = re.compile(
    r"(?:[-+*•–●▪■□►➢❖✓]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}[.)]|\(\d{1,2}\))\s|"
    r"(?:nguồn|theo|tác giả|nơi nhận)\s*:|(?:phần|chương|điều|mục)\s+[\dIVX]+\b",
    re.IGNORECASE,
)
"""How items, headings and bylines begin, which never go on from the line before."""
_ENDED = re.compile(r"[.!?:;…][\"”’)»\]]*$")
_HYPHENATED = re.compile(r"([^\W\d_]+)-$")
_LEADING = 1.75
"""Between base lines, in heights of the letters, from which a new paragraph begins."""
_SAME_SIZE = 1.12
_HEADING_SIZE = 1.2
"""Of the letters of a headline, in those of the text below it."""
_HASH = "# "
_SAME_LEFT = 1.5
_ROOM = 1.03


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line and its page, counted from 0."""

    line: Line
    page: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph or a row of a table.

    Attributes:
        pieces: Its text on each page it stands on, by page; white space between them is part of the text.
        page: The page it begins on, counted from 0.
    """

    pieces: list[tuple[int, str]]

    @property
    def text(self) -> str:
        """The whole paragraph."""
        return "".join(text for _, text in self.pieces)


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The paragraphs of a document; one may begin on a page and end on the next."""
    placed = [_Placed(line, number) for number, lines in enumerate(pages) for line in lines]
    body = _body_size([one.line for one in placed])
    words = frozenset(word.lower() for one in placed for word in re.findall(r"[^\W\d_]+", one.line.text))
    margins = _Margins([one.line for one in placed])
    rows = _rows([one.line.text.count("\t") for one in placed])
    found: list[Paragraph] = []
    for at, one in enumerate(placed):
        text = " ".join(one.line.text.split("\t"))
        if at in rows:
            found.append(Paragraph([(one.page, row_line(one.line.text.split("\t")))]))
        elif at and at - 1 not in rows and _goes_on(placed[at - 1], one, margins, body):
            _append(found[-1], one.page, text, words)
        else:
            found.append(Paragraph([(one.page, f"{_HASH if _is_heading(one.line, body) else ''}{text}")]))
    return found


def _body_size(lines: Sequence[Line]) -> float:
    """The size of the letters that most of the text is set in."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return max(letters, key=letters.__getitem__, default=0.0)


def _is_heading(line: Line, body: float) -> bool:
    return line.size > _HEADING_SIZE * body and any(map(str.isalpha, line.text))


def _rows(gaps: Sequence[int]) -> set[int]:
    """Positions of the lines that are rows of tables: runs of lines parted into cells, three of them or two alike.

    Args:
        gaps: Wide gaps in each line.
    """
    rows: set[int] = set()
    start = 0
    for at in range(len(gaps) + 1):
        if at < len(gaps) and gaps[at]:
            continue
        run = gaps[start:at]
        if len(run) > 2 or any(one == other for one, other in pairwise(run)):
            rows.update(range(start, at))
        start = at + 1
    return rows


class _Margins:
    """How far to the right the lines that begin at one place may reach."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._known: dict[int, float] = {}

    def right(self, line: Line) -> float:
        column = round(line.left / 12)
        if column not in self._known:
            rights = sorted(one.right for one in self._lines if abs(one.left - line.left) < _SAME_LEFT * line.size * 2)
            self._known[column] = rights[int(len(rights) * 0.85)] if len(rights) > 3 else max(rights)
        return self._known[column]


def _goes_on(before: _Placed, after: _Placed, margins: _Margins, body: float) -> bool:
    """Whether the line break between two lines only wrapped a paragraph."""
    one, other = before.line, after.line
    if _OPENING.match(other.text) or not 1 / _SAME_SIZE < one.size / other.size < _SAME_SIZE:
        return False
    falls = one.base - other.base
    if _is_heading(one, body) and before.page == after.page:  # a headline is broken anywhere
        return 0 < falls < _LEADING * one.size
    first_word = other.text.split()[0]
    room = margins.right(one) - one.right
    full = room < _ROOM * (len(first_word) + 1) * _width(other)
    if before.page != after.page:
        return full and not _ENDED.search(one.text)
    indented = other.left - one.left > _SAME_LEFT * other.size and not _OPENING.match(one.text)
    return full and 0 < falls < _LEADING * one.size and not indented


def _width(line: Line) -> float:
    """Of a character, on average."""
    return (line.right - line.left) / max(1, len(line.text))


def _append(paragraph: Paragraph, page: int, text: str, words: frozenset[str]) -> None:
    last_page, last = paragraph.pieces[-1]
    joint = " "
    if match := _HYPHENATED.search(last):
        following = re.match(r"[^\W\d_]+", text)
        joint = ""
        # "thô-/ng" is "thông" where the document has that word; "COVID-/19" and "Tây-/Nam" keep their hyphen
        if following and (match.group(1) + following.group()).lower() in words:
            last = last[:-1]
    elif last.endswith("\u00ad"):
        last, joint = last[:-1], ""
    if page == last_page:
        paragraph.pieces[-1] = (page, last + joint + text)
    else:
        paragraph.pieces[-1] = (last_page, last + joint)
        paragraph.pieces.append((page, text))


def page_texts(paragraphs: Sequence[Paragraph], pages: int) -> Iterator[str]:
    """The text of each page, which joined with nothing between are the whole text."""
    texts = [""] * pages
    for number, paragraph in enumerate(paragraphs):
        for page, text in paragraph.pieces:
            texts[page] += text
        row = paragraph.text.startswith("| ")
        next_row = number + 1 < len(paragraphs) and paragraphs[number + 1].text.startswith("| ")
        texts[paragraph.pieces[-1][0]] += "\n" if row and next_row else "\n\n"
    yield from texts
