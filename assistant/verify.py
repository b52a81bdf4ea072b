"""Draft → Answer: every quote cut from the report, every figure of the text looked for in the quotes."""

from collections.abc import Iterator, Sequence

from assistant import phrase
from assistant.types import Answer, Check, Citation, Draft, Evidence, Query
from index.numbers import Kind, Quantity, find_quantities
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
    quoted = [(q.kind, q.value, q.unit, q.precision) for c in citations for q in find_quantities(c.quote)]
    written = {c.quote[q.start : q.end] for c in citations for q in find_quantities(c.quote)}
    headings = [match.span() for match in phrase.HEADING.finditer(text)]
    markers = [match.span() for match in phrase.MARKER.finditer(text)]
    for quantity in find_quantities(text):
        if any(start <= quantity.start < end for start, end in headings + markers):
            continue
        figure = text[quantity.precision_start : quantity.end]
        held = _is_held(quantity, quoted) or text[quantity.start : quantity.end] in written
        reason = "có trong đoạn trích" if held else "không thấy trong đoạn trích"
        yield Check(figure, quantity.precision_start, quantity.end, held, reason)


def _is_held(quantity: Quantity, quoted: Sequence[tuple[Kind, object, str, str]]) -> bool:
    return quantity.value is not None and any(
        (quantity.value, quantity.unit) == (value, unit) and (not precision or precision == quantity.precision)
        for _, value, unit, precision in quoted
    )
