"""Questions about a report itself: when it was published and by whom."""

import re
from collections.abc import Sequence

from assistant.phrase import escape
from assistant.types import Asked, Draft, Evidence, Query
from index.clean import DATELINE, SOURCE_LINE
from index.names import find_names
from index.numbers import Kind, find_quantities
from index.provinces import find_provinces
from index.types import Report, Span
from index.words import fold

_PUBLISHED = re.compile(r"\b(dang|len trang|xuat ban|dua tin|phat hanh|len mang|cong bo)\b")
_ARTICLE = re.compile(r"\b(bai|bai bao|bai viet|tin|ban tin|bao cao)\b")
_SIGNED = re.compile(r"\b(nguoi|ai|da|chu) ky\b|\bky (ten|bao cao|ban hanh|van ban)\b")
_SIGNING_OFFICE = re.compile(r"\b(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG)\b")
"""An office as it stands over a signature: in capitals."""
_SIGNATURE_CHARS = 600
_WRITTEN = re.compile(r"\b(tac gia|ai viet|nguoi viet|ai ky ten|phong vien nao|but danh)\b|\bai (la )?tac gia\b")
_CREDIT = re.compile(
    r"(?:tác giả|bài, ảnh|bài và ảnh|tin, ảnh|tin, bài|bài|người viết|thực hiện|phóng viên|PV)\s*:\s*"
    r"(?P<who>[^\n|:]{3,50}?)(?=\s{2,}|\s*\||\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
"""A credit that says so: "Bài, ảnh: …"."""
_BYLINE_CHARS = 90
_TOP, _BOTTOM = 15, 14
"""Lines at the head and at the end of a file where a dateline or a byline may stand."""
_POSTED = re.compile(
    r"\d{1,2}[:h]\d{2}|\bthứ (?:hai|ba|tư|năm|sáu|bảy|\d)\b|chủ nhật|ngày đăng|đăng ngày|đăng lúc|cập nhật",
    re.IGNORECASE,
)
"""What a dateline has beside its date, and a sentence seldom."""
_DATELINE_CHARS = 160
_WEEKDAY = re.compile(r"\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật)\b", re.IGNORECASE)
_SOURCE = re.compile(r"\b(nguon|dan (lai )?tu|trich tu|theo bao nao|bao nao dang|trang nao dang|dan nguon)\b")


def find_about(query: Query, reports: Sequence[Report]) -> Draft | None:
    """Answer a question about the article itself from its dateline or its "Nguồn:" line, or None.

    Args:
        query: The question understood.
        reports: The reports asked about.
    """
    if query.asked is Asked.WHO and _SIGNED.search(fold(query.question)):
        return _signer(query, reports)
    if _WRITTEN.search(fold(query.question)):
        return _writer(query, reports)
    line = line_about(query, reports)
    return _draft(reports[0], line, "Bài đăng" if query.asked is Asked.WHEN else "") if line else None


def line_about(query: Query, reports: Sequence[Report]) -> Span | None:
    """The dateline or "Nguồn:" line that a question about the article itself asks for, or None."""
    asked = fold(query.question)
    if not _ARTICLE.search(asked) or len(reports) != 1:
        return None
    report = reports[0]
    if query.asked is Asked.WHEN and _PUBLISHED.search(asked):
        return _dateline(report)
    if query.asked is not Asked.WHEN and _SOURCE.search(asked):
        return next((s for s in report.content if SOURCE_LINE.match(report.text[s.start : s.end])), None)
    return None


def _writer(query: Query, reports: Sequence[Report]) -> Draft | None:
    """Who wrote the one report asked about: a credit, or a short line of names at its head or end, or None."""
    of_year = [report for report in reports if not query.years or report.year in query.years] or list(reports)
    if len(of_year) != 1:
        return None
    report = of_year[0]
    for line in _edges(report):
        if credit := _CREDIT.search(report.text, line.start, line.end):
            return _written_by(report, Span(credit.start(), credit.end()), credit["who"])
    for line in reversed(_edges(report)):
        if names := _byline(report.text[line.start : line.end]):
            return _written_by(report, line, " - ".join(names))
    return None


def _written_by(report: Report, line: Span, names: str) -> Draft:
    name = escape(report.province or report.title)
    return Draft(
        f"**{name} ({report.year}):** Người viết: {escape(names)} [1]", "answered", (Evidence(report.path, line),)
    )


def _edges(report: Report) -> list[Span]:
    """The first and last lines of the file, page chrome included: a byline may have been left out as such."""
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]*\S[^\n]*", report.text)]
    return lines if len(lines) <= _TOP + _BOTTOM else [*lines[:_TOP], *lines[-_BOTTOM:]]


def _byline(line: str) -> list[str]:
    """The names of a line that is no more than names, with where they work and when; else none."""
    bare = _WEEKDAY.sub("", re.sub(r"\([^)]*\)", "", line))
    for quantity in reversed(find_quantities(bare)):
        if quantity.kind in (Kind.DATE, Kind.TIME):
            bare = bare[: quantity.start] + bare[quantity.end :]
    parts = [part for part in re.split(r"\s*[-–,|&]\s*|\s{2,}", bare.strip(" *_\t")) if part]
    named = all(map(_is_pen_name, parts)) and len(line) <= _BYLINE_CHARS and "ngày" not in line.lower()
    return parts if parts and named else []


def _is_pen_name(text: str) -> bool:
    """Whether a text is two to four words in title case that are no province, as a pen name is."""
    words = text.split()
    return (
        2 <= len(words) <= 4 and all(word.istitle() and word.isalpha() for word in words) and not find_provinces(text)
    )


def _dateline(report: Report) -> Span | None:
    """When the report was posted: the date and the time of a line at its head, page chrome included."""
    for line in _edges(report)[:_TOP]:
        text = report.text[line.start : line.end]
        dates = [q for q in find_quantities(text) if q.kind in (Kind.DATE, Kind.TIME)]
        if len(text) <= _DATELINE_CHARS and DATELINE.search(text) and _POSTED.search(text) and dates:
            weekday = _WEEKDAY.search(text)
            begins = min(dates[0].start, weekday.start() if weekday else dates[0].start)
            return Span(line.start + begins, line.start + dates[-1].end)
    return next((span for span in report.content[:4] if _is_dateline(report.text[span.start : span.end])), None)


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
