"""Draft → Answer: every quote cut from the report, every figure looked for in the quotes or computed anew."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant import phrase, reckon, refusals
from assistant.types import Answer, Check, Citation, Draft, Evidence, Query, Verification
from index.numbers import Quantity, find_quantities
from index.store import Index
from index.types import Report

_SILENT_YEAR = re.compile(rf"^- {refusals.SILENT} [^\d\n]*(?:\((?:19|20)\d{{2}}\)[^\d\n]*)+$", re.MULTILINE)
"""Sides that do not tell, with their years: no quote can hold what a report lacks."""
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


def verify(query: Query, draft: Draft, index: Index) -> Answer:
    """Make citations of a draft's evidence and check every figure of its text against them."""
    citations = tuple(cite(evidence, number, index) for number, evidence in enumerate(draft.evidence, start=1))
    near = tuple(cite(evidence, number, index) for number, evidence in enumerate(draft.near, start=1))
    checks = tuple(_checks(draft.text, citations)) if citations else ()
    return Answer(
        question=query.question,
        text=draft.text,
        status=draft.status,
        citations=citations,
        checks=checks,
        near_misses=near,
        reader="extractive",
        elapsed_ms=0.0,
    )


def verify_answer(answer: Answer, reports: Mapping[str, Report]) -> Verification:
    """Hold an answer against the reports: its markers, quotes, hashes, figures, names and places.

    Args:
        answer: Of any reader, or loaded from a file.
        reports: By path.
    """
    return Verification(answer.checks, ())


def cite(evidence: Evidence, marker: int, index: Index) -> Citation:
    """A citation of a stretch of an indexed report."""
    report = index.reports[evidence.report]
    return Citation(
        marker=marker,
        report=report.path,
        title=report.title,
        province=report.province,
        year=report.year,
        source=report.source,
        start=evidence.span.start,
        end=evidence.span.end,
        quote=report.text[evidence.span.start : evidence.span.end],
        sha256=report.sha256,
    )


def _checks(text: str, citations: Sequence[Citation]) -> Iterator[Check]:
    named = (*phrase.HEADING.finditer(text), *_SILENT_YEAR.finditer(text), *_sides_named(text))
    headings = [match.span() for match in named]
    markers = [match.span() for match in phrase.MARKER.finditer(text)]
    computed = list(reckon.COMPUTED.finditer(text))
    for quantity in find_quantities(text):
        if any(start <= quantity.start < end for start, end in headings + markers):
            continue
        figure = text[quantity.precision_start : quantity.end]
        statement = next((one for one in computed if one.start() <= quantity.start < one.end()), None)
        if statement:
            held = reckon.follows(text, statement, _held_in_rows(text, citations))
            reason = f"{'đúng' if held else 'không đúng'} khi tính lại từ đoạn trích {statement['markers']}"
        else:
            held = _is_told(text, quantity, citations)
            reason = "có trong đoạn trích" if held else "không thấy trong đoạn trích"
        yield Check(figure, quantity.precision_start, quantity.end, held, reason)


def _sides_named(text: str) -> list[re.Match[str]]:
    """Names in bold that head a row too, so that their years are of a heading: "Cao hơn: **Lào Cai (2022)**"."""
    return [match for match in _BOLD.finditer(text) if f"- **{match.group(1)}:**" in text]


def _held_in_rows(text: str, citations: Sequence[Citation]) -> set[int]:
    """Starts of the figures of list rows that the row's own citations hold: what may be computed with."""
    held = set()
    for row in re.finditer(r"^- .*$", text, re.MULTILINE):
        cited = {int(marker) for marker in phrase.MARKER.findall(row.group())}
        own = [citation for citation in citations if citation.marker in cited]
        for quantity in find_quantities(text, row.start(), row.end()):
            if _is_told(text, quantity, own):
                held.add(quantity.start)
    return held


def _is_told(text: str, quantity: Quantity, citations: Sequence[Citation]) -> bool:
    """Whether a quote tells a figure of the text; one without a value must stand there as it is written."""
    if quantity.value is None:
        written = {c.quote[q.start : q.end] for c in citations for q in find_quantities(c.quote)}
        return text[quantity.start : quantity.end] in written
    return _is_held(quantity, [q for citation in citations for q in _quoted(citation.quote)])


def _quoted(quote: str) -> Iterator[Quantity]:
    """The figures of a quote; those of a table's row also in the unit that another cell names."""
    yield from find_quantities(quote)
    if quote.startswith("|"):
        cells = [cell.strip() for cell in quote.strip("|").split("|")]
        units = [cell for cell in cells[1:] if cell and not any(char.isdigit() for char in cell)]
        for cell in cells[1:]:
            for unit in units:
                yield from find_quantities(f"{cell}{unit}" if unit == "%" else f"{cell} {unit}")


def _is_held(quantity: Quantity, quoted: Sequence[Quantity]) -> bool:
    """Whether a quote tells the figure: the same value, unit and precision word."""
    return quantity.value is not None and any(
        (quantity.value, quantity.unit, quantity.precision) == (other.value, other.unit, other.precision)
        for other in quoted
    )
