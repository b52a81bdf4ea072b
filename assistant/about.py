"""Questions about a report itself: when it was published and by whom."""

import re
from collections.abc import Sequence

from assistant.types import Asked, Draft, Evidence, Query
from index.clean import DATELINE, SOURCE_LINE
from index.names import find_names
from index.numbers import Kind, find_quantities
from index.types import Report, Span
from index.words import fold

_PUBLISHED = re.compile(r"\b(dang|len trang|xuat ban|dua tin|phat hanh|len mang|cong bo)\b")
_ARTICLE = re.compile(r"\b(bai|bai bao|bai viet|tin|ban tin|bao cao)\b")
_SIGNED = re.compile(r"\b(nguoi|ai|da|chu) ky\b|\bky (ten|bao cao|ban hanh|van ban)\b")
_SIGNING_OFFICE = re.compile(r"\b(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG)\b")
"""An office as it stands over a signature: in capitals."""
_SIGNATURE_CHARS = 600
_SOURCE = re.compile(r"\b(nguon|dan (lai )?tu|trich tu|theo bao nao|bao nao dang|trang nao dang|dan nguon)\b")


def find_about(query: Query, reports: Sequence[Report]) -> Draft | None:
    """Answer a question about the article itself from its dateline or its "Nguồn:" line, or None.

    Args:
        query: The question understood.
        reports: The reports asked about.
    """
    if query.asked is Asked.WHO and _SIGNED.search(fold(query.question)):
        return _signer(query, reports)
    line = line_about(query, reports)
    return _draft(reports[0], line, "Bài đăng" if query.asked is Asked.WHEN else "") if line else None


def line_about(query: Query, reports: Sequence[Report]) -> Span | None:
    """The dateline or "Nguồn:" line that a question about the article itself asks for, or None."""
    asked = fold(query.question)
    if not _ARTICLE.search(asked) or len(reports) != 1:
        return None
    report = reports[0]
    if query.asked is Asked.WHEN and _PUBLISHED.search(asked):
        return next((span for span in report.content[:4] if _is_dateline(report.text[span.start : span.end])), None)
    if query.asked is not Asked.WHEN and _SOURCE.search(asked):
        return next((s for s in report.content if SOURCE_LINE.match(report.text[s.start : s.end])), None)
    return None


def _signer(query: Query, reports: Sequence[Report]) -> Draft | None:
    """Who signed the one report asked about: the name below the office at its end, or None."""
    of_year = [report for report in reports if not query.years or report.year in query.years]
    if len(of_year) != 1:
        return None
    report = of_year[0]
    tail = max(0, len(report.text) - _SIGNATURE_CHARS)
    offices = list(_SIGNING_OFFICE.finditer(report.text, tail))
    names = [name for name in find_names(report.text[tail:]) if offices and tail + name.start > offices[0].end()]
    if not names:
        return None
    name = names[-1]
    office = offices[-1].group().strip()
    quoted = Span(offices[0].start(), tail + name.end)
    who = f"Người ký: {name.name} ({' '.join(office.lower().split()).capitalize()})"
    return Draft(
        f"**{report.province or report.title} ({report.year}):** {who} [1]",
        "answered",
        (Evidence(report.path, quoted),),
    )


def _is_dateline(line: str) -> bool:
    return DATELINE.search(line) is not None and len(line) < 90


def _draft(report: Report, line: Span, lead: str) -> Draft | None:
    said = " ".join(report.text[line.start : line.end].split())
    times = [q for q in find_quantities(said) if q.kind in (Kind.DATE, Kind.TIME)]
    if lead and not times:
        return None
    name = report.province or report.title
    return Draft(
        f"**{name} ({report.year}):** {lead} {said} [1]".replace("  ", " "),
        "answered",
        (Evidence(report.path, line),),
    )
