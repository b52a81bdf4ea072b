"""Markdown tables in a report: the cells of a row, and the header each stands under."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Span

_RULE = re.compile(r"[\s:|-]+")
_CELL = re.compile(r"[^|]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row below a table's header; cells and header cells stand in pairs, stripped.

    Attributes:
        span: The whole row.
        cells: The row's cells, the first one its label.
        header: The cell of the header above each cell; shorter when the header has fewer.
    """

    span: Span
    cells: tuple[Span, ...]
    header: tuple[Span, ...]


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
    for span in content:
        if not text.startswith("|", span.start):
            header = ()
            continue
        cells = _cells(text, span)
        joined = header and text[last_end : span.start].strip("|-: \t\r\n") == ""
        if joined:
            rows[span.start] = Row(span, cells, header)
        else:
            header = cells
        last_end = span.end
    return rows


def _cells(text: str, span: Span) -> tuple[Span, ...]:
    cells = []
    for match in _CELL.finditer(text, span.start, span.end):
        raw = match.group()
        start = match.start() + len(raw) - len(raw.lstrip())
        if raw.strip():
            cells.append(Span(start, start + len(raw.strip())))
    return tuple(cells)
