"""What the row of a table could answer: each of its figures, told by the row's label and the column's header."""

import re
from dataclasses import replace
from functools import lru_cache

from index import stretches
from index.candidate import Candidate
from index.candidates import KEPT, figure_candidates
from index.numbers import DATING, Kind, Quantity, find_quantities, in_vietnamese_form
from index.sentences import Sentence
from index.tables import Row
from index.types import Span

_UNIT_HEADER = re.compile(r"đơn vị|đvt", re.IGNORECASE)
_PLAN_HEADER = re.compile(r"kế hoạch|\bKH\b|mục tiêu|chỉ tiêu giao|được giao|dự kiến|phấn đấu", re.IGNORECASE)
_SHARE_HEADER = re.compile(
    r"(?:%|tỷ lệ|tỉ lệ|so(?: sánh)?(?: với)?|thực hiện|TH)\s*(?:hoàn thành|đạt|thực hiện|so(?: với)?|của|/|\s)*"
    r"(?:kế hoạch|KH\b|mục tiêu|chỉ tiêu)",
    re.IGNORECASE,
)
"""A column that tells which share of the plan was reached: "% so với kế hoạch", "So với KH (%)", "TH/KH"."""
_SHARE_BESIDE_PLAN = re.compile(r"(?:tỷ lệ|tỉ lệ|%|mức)\s*(?:hoàn thành|đạt|thực hiện)\W*%?\W*", re.IGNORECASE)
"""The same where another column tells the plan."""
_CHANGE_HEADER = re.compile(r"tăng|giảm|\bso\b|tốc độ", re.IGNORECASE)
_COMPARED = re.compile(r"\bso\b|cùng kỳ", re.IGNORECASE)
_PERCENT_HEADER = re.compile(r"\(\s*%\s*\)|^%|(?<![\d\s])\s*%$")
_RESULT_HEADER = re.compile(r"^(?:ước )?(?:thực hiện|kết quả|đạt|TH\b)|^ước", re.IGNORECASE)
_EARLIER_HEADER = re.compile(r"(?:thực hiện |TH )?(?:cùng kỳ|năm trước)", re.IGNORECASE)
"""A column of the values that those of the report's year are compared with."""
_UNIT_OF_LABEL = re.compile(r"\((%|(?:(?:nghìn|triệu)\s+)?(?:tỷ|tỉ|triệu)?\s*đồng)\)\s*$|(?<=\s)%$", re.IGNORECASE)
"""The unit of a row without a unit column: "Tỷ trọng kinh tế số (%)"."""
_RANK_HEADER = re.compile(r"(?:xếp |thứ )?hạng|vị trí", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")


def figures_in(sentence: Sentence) -> tuple[Candidate, ...]:
    """One candidate a figure of a sentence, be it of prose or the row of a table."""
    return row_candidates(sentence, sentence.row) if sentence.row else figure_candidates(sentence)


@lru_cache(maxsize=KEPT)
def row_candidates(sentence: Sentence, row: Row) -> tuple[Candidate, ...]:
    """One candidate a cell of ``row`` that holds a figure; the label cell and the unit column hold none."""
    text = sentence.report.text
    unit = next((_text(text, cell) for cell, head in _pairs(row) if _UNIT_HEADER.search(_text(text, head))), "")
    label = row.cells[row.label]
    told = _UNIT_OF_LABEL.search(_text(text, label))
    unit = unit or ((told.group(1) or "%") if told else "")
    found = []
    pairs = _pairs(row)
    ranks = [pair for pair in pairs[: row.label] if _RANK_HEADER.fullmatch(_text(text, pair[1]))]
    for cell, header in (*ranks, *pairs[row.label + 1 :]):
        title = _text(text, header)
        quantities = [q for q in find_quantities(text, cell.start, cell.end) if q.kind not in DATING]
        if not quantities or _UNIT_HEADER.search(title):
            continue
        of_plan = _is_share_of_plan(title, sentence, row)
        noun = "%" if of_plan or _PERCENT_HEADER.search(title) else unit
        found.append(
            Candidate(
                sentence,
                span=cell,
                lead=label,
                core=Span(quantities[0].precision_start, quantities[0].end),
                zone=cell,
                tail=cell.end,
                heads=(label, header, *sentence.headings),
                quantity=_as_rank(quantities[0]) if _RANK_HEADER.fullmatch(title) else _in_unit(quantities[0], noun),
                noun=noun,
                direction="" if of_plan else _direction(title),
                planned=_is_plan(title, sentence),
                years=_years(title, sentence, row),
                former=_EARLIER_HEADER.match(title) is not None,
                of_plan=of_plan,
            )
        )
    return tuple(found)


def _is_share_of_plan(title: str, sentence: Sentence, row: Row) -> bool:
    """Whether a column tells which share of the plan was reached."""
    if _SHARE_HEADER.search(title):
        return True
    others = (_text(sentence.report.text, header) for header in row.header)
    return _SHARE_BESIDE_PLAN.fullmatch(title) is not None and any(_is_plan(other, sentence) for other in others)


def _is_plan(title: str, sentence: Sentence) -> bool:
    """Whether a column tells planned values, by its header."""
    if _SHARE_HEADER.search(title):
        return False
    return _PLAN_HEADER.search(title) is not None or _is_later(title, sentence)


def _years(title: str, sentence: Sentence, row: Row) -> frozenset[int]:
    """The years of a column: those of its header; of a plan beside results, and of the year before, by the report's."""
    named = frozenset(map(int, _YEAR.findall(title)))
    year = sentence.report.year
    if _EARLIER_HEADER.match(title):
        return named or frozenset({year - 1} if year else ())
    if _COMPARED.search(title):
        return frozenset()
    if not named and year and _is_plan(title, sentence):
        others = (_text(sentence.report.text, header) for header in row.header[row.label + 1 :])
        return frozenset({year}) if any(_RESULT_HEADER.search(other) for other in others) else named
    return named


def row_statement(candidate: Candidate, row: Row) -> str:
    """The cell in words, its figure in Vietnamese form: "Trạm BTS (Năm 2023): 1.263 trạm"."""
    text = candidate.sentence.report.text
    header = next((_text(text, head) for cell, head in _pairs(row) if cell == candidate.span), "")
    value = _text(text, candidate.span)
    unit = "" if value.endswith((candidate.noun, "%")) else candidate.noun
    joint = "" if unit == "%" else " "
    told = in_vietnamese_form(f"{value}{joint}{unit}".rstrip())
    return f"{_text(text, row.cells[row.label])} ({header}): {told}"


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


def _as_rank(quantity: Quantity) -> Quantity:
    return replace(quantity, kind=Kind.RANK) if quantity.kind is Kind.NUMBER else quantity


def _in_unit(quantity: Quantity, unit: str) -> Quantity:
    """The figure with the unit of the table's unit column."""
    if quantity.kind is not Kind.NUMBER or quantity.value is None:
        return quantity
    written = find_quantities(f"1 {unit}")
    if unit == "%" or (written and written[0].kind is Kind.PERCENT):
        return replace(quantity, kind=Kind.PERCENT, unit="%")
    if written and written[0].kind is Kind.MONEY and written[0].value is not None:
        return replace(quantity, kind=Kind.MONEY, unit=written[0].unit, value=quantity.value * written[0].value)
    if written and written[0].kind is Kind.NUMBER and written[0].value:  # "Nghìn thuê bao"
        return replace(quantity, value=quantity.value * written[0].value)
    return quantity
