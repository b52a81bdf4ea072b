"""Tables in a report, with bars or in aligned columns: the cells of a row, and the header each stands under."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.aligned import find_aligned
from index.types import Span

_RULE = re.compile(r"[\s:|-]+")
_CELL = re.compile(r"([^|]*)(?:\||$)")
_LEAST_BARS = 2
_MENU = re.compile(r"\b(?:trang chủ|liên hệ|đăng nhập|tin tức|lượt xem|in trang|cỡ chữ|chia sẻ)\b", re.IGNORECASE)
_FIGURED = re.compile(r"\|\s*+\d[\d.,]*+(?:\s\d[\d.,]*+)*+\s*+%?\s*+(?:\||$)", re.MULTILINE)
_HEADED = re.compile(r"\|\s*+(?!(?:19|20)\d\d\s*+(?:\||$))\d[\d.,]*+(?:\s\d[\d.,]*+)*+\s*+%?\s*+(?:\||$)", re.MULTILINE)
"""A cell of a figure alone."""
_NUMBERING = re.compile(r"tt|stt|số tt|số thứ tự|no\.?|#", re.IGNORECASE)
"""Headers of columns that only number the rows."""
_RANKING = re.compile(r"(?:xếp |thứ )?hạng|vị trí", re.IGNORECASE)
"""Headers of columns that rank the rows, where a name follows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below a table's header; cells and header cells stand in pairs, stripped.

    Attributes:
        span: The whole row.
        cells: The row's cells.
        header: The cell of the header above each cell; shorter when the header has fewer.
        label: Position of the cell that names the row: the first one that is no mere row number.
    """

    span: Span
    cells: tuple[Span, ...]
    header: tuple[Span, ...]
    label: int = 0


def is_rule(line: str) -> bool:
    """Whether a line is the ``|---|---|`` below a table's header."""
    return "--" in line and _RULE.fullmatch(line) is not None


def find_rows(text: str, content: Sequence[Span]) -> dict[int, Row]:
    """The rows of all tables by their start; a header row is no row.

    Args:
        text: The whole report.
        content: Its paragraphs; each row of a table is one.
    """
    rows: dict[int, Row] = {}
    header: tuple[Span, ...] = ()
    last_end = -1
    unbarred = open_rows(text, content)
    for span in content:
        if not text.startswith("|", span.start) and span.start not in unbarred:
            header = ()
            continue
        cells = _cells(text, span)
        if not cells:  # a bar alone
            continue
        joined = header and text[last_end : span.start].strip("|-: \t\r\n") == ""
        if joined:
            rows[span.start] = _row(text, span, cells, header)
        else:
            header = cells
        last_end = span.end
    for head, *lines in find_aligned(text, content):
        rows |= {
            line.span.start: _row(text, line.span, line.cells, head.cells) for line in lines if len(line.cells) > 1
        }
    return rows


def open_rows(text: str, content: Sequence[Span]) -> set[int]:
    """Where the lines of tables begin whose rows no bar opens.

    Such a table is a line of cells without figures, but for years, and lines of as many cells below it, of which one
    and more has a figure alone in a cell; the rule below a header is none of them.
    """
    found: set[int] = set()
    table: list[Span] = []
    for span in (*content, None):
        if span is not None and is_rule(text[span.start : span.end]):
            continue
        bars = 0 if span is None or text.startswith("|", span.start) else text.count(" | ", span.start, span.end)
        if span is not None and bars >= _LEAST_BARS and table and bars == _bars(text, table[0]):
            table.append(span)
            continue
        found |= _rows_of_table(text, table)
        table = (
            [span] if span is not None and bars >= _LEAST_BARS and not _MENU.search(text, span.start, span.end) else []
        )
    return found


def _bars(text: str, line: Span) -> int:
    return text.count(" | ", line.start, line.end)


def _rows_of_table(text: str, lines: Sequence[Span]) -> set[int]:
    """Where these lines begin, if they are a table: a header, and below it a figure alone in a cell."""
    if not lines or _HEADED.search(text, lines[0].start, lines[0].end):
        return set()
    figured = any(_FIGURED.search(text, line.start, line.end) for line in lines[1:])
    return {line.start for line in lines} if figured else set()


def _row(text: str, span: Span, cells: tuple[Span, ...], header: tuple[Span, ...]) -> Row:
    numbered = _NUMBERING.fullmatch(text, header[0].start, header[0].end) is not None
    if _RANKING.fullmatch(text, header[0].start, header[0].end) and len(cells) > 1:
        numbered = text[cells[0].start : cells[0].end].isdigit() and text[cells[1].start : cells[1].start + 1].isalpha()
    return Row(span, cells, header, int(numbered and len(cells) > 1))


def _cells(text: str, span: Span) -> tuple[Span, ...]:
    """The cells of a line, stripped; an empty one between two others keeps its place as an empty span."""
    cells = []
    for match in _CELL.finditer(text, span.start + text.startswith("|", span.start), span.end):
        raw = match.group(1)
        if raw.strip() or match.end() < span.end:
            start = match.start() + len(raw) - len(raw.lstrip())
            cells.append(Span(start, start + len(raw.strip())))
    return tuple(cells)
