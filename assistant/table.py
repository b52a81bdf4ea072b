"""What the row of a table could answer: each of its figures, told by the row's label and the column's header."""

import re
from dataclasses import replace

from assistant import stretches
from assistant.candidates import Candidate
from assistant.evidence import Sentence
from index.numbers import Kind, Quantity, find_quantities
from index.tables import Row
from index.types import Span

_UNIT_HEADER = re.compile(r"đơn vị|đvt", re.IGNORECASE)
_PLAN_HEADER = re.compile(r"kế hoạch|mục tiêu|chỉ tiêu giao|dự kiến|phấn đấu", re.IGNORECASE)
_CHANGE_HEADER = re.compile(r"tăng|giảm|so sánh|so với|tốc độ", re.IGNORECASE)
_COMPARED = re.compile(r"so với|so sánh|cùng kỳ", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")


def row_candidates(sentence: Sentence, row: Row) -> list[Candidate]:
    """One candidate a cell of ``row`` that holds a figure; the label cell and the unit column hold none."""
    text = sentence.report.text
    unit = next((_text(text, cell) for cell, head in _pairs(row) if _UNIT_HEADER.search(_text(text, head))), "")
    found = []
    for cell, header in _pairs(row)[1:]:
        title = _text(text, header)
        quantities = find_quantities(text, cell.start, cell.end)
        if not quantities or _UNIT_HEADER.search(title):
            continue
        found.append(
            Candidate(
                sentence,
                span=cell,
                lead=row.cells[0],
                core=Span(quantities[0].precision_start, quantities[0].end),
                zone=cell,
                tail=cell.end,
                heads=(row.cells[0], header, *sentence.headings),
                quantity=_in_unit(quantities[0], unit),
                noun=unit,
                direction=_direction(title),
                planned=_PLAN_HEADER.search(title) is not None or _is_later(title, sentence),
                years=frozenset() if _COMPARED.search(title) else frozenset(map(int, _YEAR.findall(title))),
            )
        )
    return found


def row_statement(candidate: Candidate, row: Row) -> str:
    """The cell in words: "Trạm BTS (Năm 2023): 1.263 trạm"."""
    text = candidate.sentence.report.text
    header = next((_text(text, head) for cell, head in _pairs(row) if cell == candidate.span), "")
    value = _text(text, candidate.span)
    unit = "" if value.endswith((candidate.noun, "%")) else candidate.noun
    joint = "" if unit == "%" else " "
    return f"{_text(text, row.cells[0])} ({header}): {value}{joint}{unit}".rstrip()


def _direction(title: str) -> str:
    if not _CHANGE_HEADER.search(title):
        return ""
    return "giảm" if "giảm" in title.lower() and "tăng" not in title.lower() else "tăng"


def _pairs(row: Row) -> list[tuple[Span, Span]]:
    return list(zip(row.cells, row.header, strict=False))


def _text(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _is_later(title: str, sentence: Sentence) -> bool:
    years = stretches.years_told(f"năm {title}") or [int(year) for year in _YEAR.findall(title)]
    return bool(years) and sentence.report.year is not None and min(years) > sentence.report.year


def _in_unit(quantity: Quantity, unit: str) -> Quantity:
    """The figure with the unit of the table's unit column."""
    if quantity.kind is not Kind.NUMBER or quantity.value is None:
        return quantity
    written = find_quantities(f"1 {unit}")
    if unit == "%" or (written and written[0].kind is Kind.PERCENT):
        return replace(quantity, kind=Kind.PERCENT, unit="%")
    if written and written[0].kind is Kind.MONEY and written[0].value is not None:
        return replace(quantity, kind=Kind.MONEY, unit=written[0].unit, value=quantity.value * written[0].value)
    return quantity
