"""Draft → Answer: every quote cut from the report, every figure of the text looked for in the quotes."""

from collections.abc import Iterator, Sequence

from assistant import phrase
from assistant.types import Answer, Check, Citation, Draft, Evidence, Query
from index.numbers import Quantity, find_quantities
from index.store import Index


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
    quoted = [q for citation in citations for q in _quoted(citation.quote)]
    written = {c.quote[q.start : q.end] for c in citations for q in find_quantities(c.quote)}
    headings = [match.span() for match in phrase.HEADING.finditer(text)]
    markers = [match.span() for match in phrase.MARKER.finditer(text)]
    for quantity in find_quantities(text):
        if any(start <= quantity.start < end for start, end in headings + markers):
            continue
        figure = text[quantity.precision_start : quantity.end]
        same = quantity.value is None and text[quantity.start : quantity.end] in written
        held = same or _is_held(quantity, quoted)
        reason = "có trong đoạn trích" if held else "không thấy trong đoạn trích"
        yield Check(figure, quantity.precision_start, quantity.end, held, reason)


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
