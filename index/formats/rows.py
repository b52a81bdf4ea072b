"""Rows of tables as lines of text, as ``index.tables`` reads them."""

from collections.abc import Iterable, Sequence

_WIDEST_CELL = 600
"""Characters; a longer one is no cell but a part of a page laid out by a table."""


def row_line(cells: Sequence[str]) -> str:
    """The line of a row: ``| a | b |``; a bar within a cell, which would part it, becomes a slash."""
    return f"| {' | '.join(' '.join(cell.replace('|', '/').split()) for cell in cells)} |"


def joined(lines: Iterable[str]) -> str:
    """Paragraphs and rows as one text: an empty line between, but none between the rows of a table."""
    last = ""
    pieces: list[str] = []
    for line in lines:
        if pieces:
            pieces.append("\n" if line.startswith("| ") and last.startswith("| ") else "\n\n")
        pieces.append(line)
        last = line
    return "".join(pieces)


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table only lays out a page: it has one column, or a cell with paragraphs in it."""
    return max(map(len, rows), default=0) < 2 or any(len(cell) > _WIDEST_CELL for row in rows for cell in row)
