"""The table of figures of the indexed reports: filtered, and written as a table, as CSV or as JSON."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import QuestionError
from index.lexicon import canonical_words
from index.provinces import find_provinces
from index.records import figure_to_json
from index.types import Figure, FigureKind
from index.words import fold

COLUMNS = tuple("province year period kind indicator written value unit precision report start end".split())
"""Columns of the CSV, by the names of ``Figure``'s fields."""
KINDS = {
    FigureKind.RESULT: "kết quả",
    FigureKind.TARGET: "mục tiêu",
    FigureKind.CHANGE: "tăng/giảm",
    FigureKind.SHARE: "tỷ lệ",
    FigureKind.RANK: "thứ hạng",
    FigureKind.EACH: "bình quân",
    FigureKind.DATE: "ngày",
}
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes a cell for a formula by; such cells of a report are written as text."""
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Filter:
    """Which figures are wanted; "" and None take all.

    Attributes:
        province: A province as people write it.
        indicator: Words that the indicator must hold, in any spelling the lexicon knows.
        year: The year figures are of.
        kind: What they tell.
    """

    province: str = ""
    indicator: str = ""
    year: int | None = None
    kind: FigureKind | None = None


def chosen(figures: Sequence[Figure], wanted: Filter) -> list[Figure]:
    """The figures that fit, in the reports' order.

    Raises:
        QuestionError: No report is of the province, or it names none.
    """
    name = _province(wanted.province, figures) if wanted.province.strip() else ""
    words = {word.folded for word in canonical_words(wanted.indicator, typed=True)}
    return [
        figure
        for figure in figures
        if (not name or figure.province == name)
        and (wanted.year is None or figure.year == wanted.year)
        and (wanted.kind is None or figure.kind is wanted.kind)
        and words <= {word.folded for word in canonical_words(figure.indicator)}
    ]


def _province(typed: str, figures: Sequence[Figure]) -> str:
    known = sorted({figure.province for figure in figures if figure.province}, key=fold)
    named = [place.name for place in find_provinces(typed, typed=True)]
    if not named or named[0] not in known:
        raise QuestionError(f"Không có báo cáo của tỉnh {typed!r}: hiện có {', '.join(known) or 'không tỉnh nào'}.")
    return named[0]


def as_csv(figures: Sequence[Figure]) -> str:
    """Comma-separated values with a header row; a cell that a spreadsheet would compute is led by an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figure in figures:
        row = figure_to_json(figure)
        writer.writerow([_safe(row[column]) for column in COLUMNS])
    return written.getvalue()


def _safe(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def as_json(figures: Sequence[Figure]) -> str:
    """One JSON object with all figures, their offsets included."""
    return json.dumps({"figures": [figure_to_json(figure) for figure in figures]}, ensure_ascii=False)


def as_table(figures: Sequence[Figure]) -> str:
    """A table to read on a terminal: province, period, kind, figure with its unit, indicator."""
    heads = ("Tỉnh", "Kỳ", "Loại", "Số liệu", "Chỉ tiêu")
    rows = [
        (figure.province or "—", figure.period, KINDS[figure.kind], _with_unit(figure), _cut(figure.indicator))
        for figure in figures
    ]
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (heads, *rows)
    ]
    return "\n".join([*lines, f"{len(rows)} số liệu"])


def _with_unit(figure: Figure) -> str:
    bare = figure.kind is FigureKind.DATE or figure.unit in ("%", "đồng", "USD", "")
    return figure.written if bare else f"{figure.written} {' '.join(figure.unit.split()[:3])}"


def _cut(text: str) -> str:
    text = "".join(letter for letter in text if letter.isprintable())  # no control characters to a terminal
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
