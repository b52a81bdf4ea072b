"""Tables whose columns are set apart by tabs or by spaces alone.

A run of lines is one if each, but for lines that name a section, has at least two cells, and most of those below the
first hold figures in cells of their own. Columns are told by the number of cells, else, where there are no tabs, by the
places that are blank in every line: a label that comes up to the next column leaves no wide gap.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.types import Span

_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\t[ \u00a0]*")
_CELL = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_FIGURE = re.compile(r"[<>≥≤+~-]?\s?\d[\d.,/%\s-]*|[-–—]|x")
"""A cell that holds a figure and no more, or that has none to tell."""
_LISTED = re.compile(r"\d{1,2}[.)]|[-+*•–]\s")
_LEAST_LINES, _MOST_CELLS, _WIDEST = 3, 16, 400


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table.

    Attributes:
        span: The whole line.
        cells: Those of a column are in the same place, an empty span where the line has none; one cell is a section.
    """

    span: Span
    cells: tuple[Span, ...]


def find_aligned(text: str, lines: Sequence[Span]) -> list[list[Line]]:
    """The tables among the lines of a report; the first line of each is its header.

    Args:
        text: The whole report.
        lines: The lines that are not blank, stripped, in order.
    """
    return [table for run in _runs(text, lines) if (table := _table(text, run))]


def _runs(text: str, lines: Sequence[Span]) -> Iterator[list[Span]]:
    """Lines right below each other that have several cells; one with a single cell may stand between two of them."""
    run: list[Span] = []
    for number, line in enumerate(lines):
        follows = bool(run) and text.count("\n", run[-1].end, line.start) == 1
        if run and not follows:
            yield run
            run = []
        several = _has_cells(text, line)
        between = bool(run) and number + 1 < len(lines) and _has_cells(text, lines[number + 1])
        if several or (between and _has_cells(text, run[-1])):
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _has_cells(text: str, line: Span) -> bool:
    fits = line.end - line.start <= _WIDEST and not text.startswith("|", line.start)
    return fits and _GAP.search(text, line.start, line.end) is not None


def _table(text: str, run: Sequence[Span]) -> list[Line]:
    """A run of lines as a table; none if it is not one."""
    told = [line for line in run if _has_cells(text, line)]
    if len(told) < _LEAST_LINES or not _has_cells(text, run[0]):
        return []
    split = {line: _split(text, line) for line in run}
    width = len(split[run[0]])
    if width > _MOST_CELLS:
        return []
    with_tabs = [line for line in told if "\t" in text[line.start : line.end]]
    if any(len(split[line]) != width for line in told) and 2 * len(with_tabs) < len(told):
        split |= _by_columns(text, told)
        width = len(split[run[0]])
    split |= {line: _padded(split[line], width) for line in with_tabs}
    below = split[told[1]]
    if _LISTED.match(text, run[0].start) or not below or below[0].start == below[0].end:
        return []  # items of a list, or a header of two lines
    figures = [line for line in told[1:] if len(split[line]) == width and _tells_figures(text, split[line])]
    if width < 2 or 2 * len(figures) <= len(told) - 1 or _tells_figures(text, split[run[0]]):
        return []
    return [Line(line, split[line] if len(split[line]) == width else (line,)) for line in run]


def _padded(cells: tuple[Span, ...], width: int) -> tuple[Span, ...]:
    """The cells of a line with tabs, empty ones for those that ended the line."""
    end = cells[-1].end
    return cells + (Span(end, end),) * (width - len(cells)) if 1 < len(cells) < width else cells


def _split(text: str, line: Span) -> tuple[Span, ...]:
    """The cells of a line by its gaps; an empty one between two tabs keeps its place."""
    if "\t" not in text[line.start : line.end]:
        return tuple(Span(match.start(), match.end()) for match in _CELL.finditer(text, line.start, line.end))
    cells, start = [], line.start
    for tab in (*re.finditer("\t", text[line.start : line.end]), None):
        end = line.start + tab.start() if tab else line.end
        raw = text[start:end]
        begin = start + len(raw) - len(raw.lstrip())
        cells.append(Span(begin, begin + len(raw.strip())))
        start = end + 1
    return tuple(cells)


def _by_columns(text: str, lines: Sequence[Span]) -> dict[Span, tuple[Span, ...]]:
    """The cells of lines by the places blank in all of them, where half of the lines have a wide gap."""
    starts = {line: text.rfind("\n", 0, line.start) + 1 for line in lines}
    width = min(2 * _WIDEST, max(line.end - starts[line] for line in lines))
    shown = [text[starts[line] : line.end][:width].ljust(width) for line in lines]
    blank = [all(line[place].isspace() for line in shown) for place in range(width)]
    wide = [
        2 * sum(line[max(0, at - 1) : at + 2].count(" ") > 1 for line in shown) >= len(shown) for at in range(width)
    ]
    cells: dict[Span, list[Span]] = {line: [] for line in lines}
    columns = _columns(shown, blank, wide)
    heads = [match.span() for match in _CELL.finditer(shown[0])]
    if any(start < first < end for first, _ in columns for start, end in heads):
        return dict.fromkeys(lines, ())  # what parts a header is no column
    for first, last in columns:
        for line in lines:
            start, end = min(starts[line] + first, line.end), min(starts[line] + last, line.end)
            raw = text[start:end]
            begin = start + len(raw) - len(raw.lstrip())
            cells[line].append(Span(begin, begin + len(raw.strip())))
    return {line: tuple(told) for line, told in cells.items()}


def _columns(shown: Sequence[str], blank: Sequence[bool], wide: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last place, half-open, of each column; what few lines have belongs to the column before."""
    edges = [-1, *(at for at, is_blank in enumerate(blank) if is_blank and wide[at]), len(blank)]
    columns: list[tuple[int, int]] = []
    for before, last in pairwise(edges):
        first = before + 1
        having = sum(not line[first:last].isspace() for line in shown) if first < last else 0
        if columns and 0 < 2 * having < len(shown):
            columns[-1] = (columns[-1][0], last)
        elif having:
            columns.append((first, last))
    return columns


def _tells_figures(text: str, cells: Sequence[Span]) -> bool:
    """Whether a cell below the label holds a figure alone."""
    return any(_FIGURE.fullmatch(text, cell.start, cell.end) for cell in cells[1:] if cell.start < cell.end)
