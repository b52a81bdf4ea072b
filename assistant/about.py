"""Questions about a report itself: when it was published and by whom."""

import re
from collections.abc import Sequence

from assistant.types import Asked, Draft, Evidence, Query
from index.clean import DATELINE, SOURCE_LINE
from index.numbers import Kind, find_quantities
from index.types import Report, Span
from index.words import fold

_PUBLISHED = re.compile(r"\b(dang|len trang|xuat ban|dua tin|phat hanh|len mang|cong bo)\b")
_ARTICLE = re.compile(r"\b(bai|bai bao|bai viet|tin|ban tin|bao cao)\b")
_SOURCE = re.compile(r"\b(nguon|dan (lai )?tu|trich tu|theo bao nao|bao nao dang|trang nao dang|dan nguon)\b")


def find_about(query: Query, reports: Sequence[Report]) -> Draft | None:
    """Answer a question about the article itself from its dateline or its "Nguồn:" line, or None.

    Args:
        query: The question understood.
        reports: The reports asked about.
    """
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
