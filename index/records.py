"""Reports, passages and figures as lines of JSON, as a generation keeps them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from index.types import Figure, FigureKind, Passage, Report, Span


def write_lines(path: Path, rows: Iterable[dict[str, object]]) -> None:
    """Write a file of one JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_lines(path: Path) -> Iterator[dict[str, object]]:
    """The objects of such a file."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def report_to_json(report: Report) -> dict[str, object]:
    """A report as JSON values."""
    row = asdict(report)
    row["published"] = report.published.isoformat() if report.published else None
    return row


def report_from_json(row: dict[str, object]) -> Report:
    """The report of a row, which is used up."""
    row["content"] = _spans(row["content"])
    row["published"] = date.fromisoformat(str(row["published"])) if row["published"] else None
    row["pages"] = _offsets(row["pages"])
    return Report(**row)  # type: ignore[arg-type]


def passage_from_json(row: dict[str, object]) -> Passage:
    """The passage of a row, which is used up."""
    row["sentences"] = _spans(row["sentences"])
    row["headings"] = _spans(row["headings"])
    return Passage(**row)  # type: ignore[arg-type]


def figure_to_json(figure: Figure) -> dict[str, object]:
    """A figure as JSON values; a value is a string of digits, so that none is lost in a float."""
    row = asdict(figure)
    row["value"] = None if figure.value is None else f"{figure.value:f}"
    return row


def figure_from_json(row: dict[str, object]) -> Figure:
    """The figure of a row, which is used up."""
    row["kind"] = FigureKind(str(row["kind"]))
    row["value"] = None if row["value"] is None else Decimal(str(row["value"]))
    row["named"] = _spans(row["named"])
    row["sentence"] = _spans([row["sentence"]])[0]
    return Figure(**row)  # type: ignore[arg-type]


def _offsets(row: object) -> tuple[int, ...]:
    assert isinstance(row, list)
    return tuple(map(int, row))


def _spans(rows: object) -> tuple[Span, ...]:
    assert isinstance(rows, list)
    return tuple(Span(**row) for row in rows)
