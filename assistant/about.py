"""Questions about a report itself: when it was published, where it is from, who wrote or signed it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import byline, refusals
from assistant.phrase import escape, renumbered
from assistant.singled import prize_asked
from assistant.types import Asked, Draft, Evidence, Query
from index.clean import DATELINE, SOURCE_LINE
from index.numbers import Kind, find_quantities
from index.types import Report, Span
from index.words import fold

_PUBLISHED = re.compile(r"\b(dang|len trang|xuat ban|dua tin|phat hanh|len mang|cong bo)\b")
_ARTICLE = re.compile(r"\b(bai|bai bao|bai viet|(?<!thong )tin|ban tin|bao cao)\b")
_SOURCE = re.compile(
    r"\b(nguon|dan (lai )?tu|trich tu|theo bao nao|bao nao dang|trang( \w+)? nao dang|dan nguon|lay lai tu|xuat xu"
    r"|chep (lai )?tu|dang tren (trang|bao) nao|(trang|bao) nao dua)\b"
)
_CREDIT = re.compile(
    r"^(?:\((?P<bracketed>[\w.-]{2,40})\)|(?P<site>[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org))"
    r"|(?P<paper>[A-ZĐ]{2,6})(?=\s*[-–]\s(?:Ngày|Sáng|Chiều|Tối|Trưa)\b))\s*[-–]\s"
)
"""The site or the paper that the first line of an article is credited to: "(Mic.gov.vn) - Ngày …"."""
_VIEWED = re.compile(
    r"\b(?:bai(?: bao| viet)?|ban tin|(?<!thong )tin(?! (?:hieu|nhan|hoc|nhiem)))\b.*"
    r"\b(?:luot (?:xem|doc|view)|luot truy cap|(?:nguoi|ai)(?: \w+){0,2} (?:xem|doc))\b"
)
_VIEWS = re.compile(r"\b(?:lượt (?:xem|đọc|truy cập)|số lần (?:xem|đọc))\s*(?::\s*)?\d[\d.,]*", re.IGNORECASE)
"""How often an article was opened, as its page tells."""
_ISSUED = re.compile(r"\b(ky|de|ban hanh|lap|ghi)\b")
_NUMBER_ASKED = re.compile(r"\b(so hieu|ky hieu|mang so|so may|van ban so)\b")
_NUMBERED = re.compile(r"\d[^\s|]*[/-]\S")
"""What may be the number of a report."""
_NUMBER = re.compile(r"Số\s*:\s*(?P<number>\d+[^\s|]*[/-][^\s|]+)", re.IGNORECASE)
_ISSUED_ON = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}", re.IGNORECASE)
"""What the head of an official letter tells: its number, and when it was issued."""
_POSTED = re.compile(
    rf"\d{{1,2}}[:h]\d{{2}}|{byline.WEEKDAY.pattern}|ngày đăng|đăng ngày|đăng lúc|cập nhật",
    re.IGNORECASE,
)
"""What a dateline has beside its date, and a sentence seldom."""
_DATELINE_CHARS = 160


def find_about(query: Query, reports: Sequence[Report]) -> Draft | None:
    """Answer a question about the article itself from its dateline, "Nguồn:" line, byline or signature, or None.

    Args:
        query: The question understood.
        reports: The reports asked about.
    """
    asked, report = fold(query.question), _only(query, reports)
    if prize_asked(query):
        return None
    if query.asked is Asked.WHO and byline.SIGNED.search(asked):
        signed = byline.signature(report) if report else None
        if report is None or signed is None:
            return None
        return _draft(report, signed[2], f"Người ký: {escape(signed[0])} ({escape(signed[1])})")
    if query.asked in (Asked.WHO, Asked.TEXT) and byline.WRITTEN.search(asked) and query.provinces:
        return _written_by_each(query, reports) if len(query.provinces) > 1 else _written_by(query, report)
    if not _ARTICLE.search(asked):
        return None
    if query.asked is Asked.COUNT and _VIEWED.search(asked) and (viewed := _views(report)):
        return viewed
    if report and (told := _letterhead(query, asked, report)):
        return told
    return _posted(query, report)


def _written_by(query: Query, report: Report | None) -> Draft:
    """Who wrote a report."""
    written = byline.credit(report) if report else None
    if report is None or written is None:
        return Draft(refusals.not_told(query), "abstained")
    return _draft(report, written[1], f"Người viết: {escape(written[0])}")


def _views(report: Report | None) -> Draft | None:
    """How often an article was opened, as its page tells, or None."""
    viewed = _VIEWS.search(report.text) if report else None
    if report is None or viewed is None:
        return None
    return _draft(report, Span(*viewed.span()), escape(viewed.group()))


def _posted(query: Query, report: Report | None) -> Draft | None:
    """When an article was posted, or where it is from, or None."""
    line = _line_of(query, report) if report else None
    if line is None or report is None:
        return None
    said = report.text[line.start : line.end]
    if query.asked is Asked.WHEN and not any(q.kind in (Kind.DATE, Kind.TIME) for q in find_quantities(said)):
        return None
    return _draft(report, line, f"{'Bài đăng ' if query.asked is Asked.WHEN else ''}{escape(said)}")


def _written_by_each(query: Query, reports: Sequence[Report]) -> Draft | None:
    """Who wrote the reports of several provinces, each on a line of its own; None when no report tells."""
    years = {part.province: part.years for part in query.parts}
    told: list[Draft] = []
    missing: list[str] = []
    for province in query.provinces:
        own = [report for report in reports if report.province == province]
        report = _only(replace(query, years=years.get(province, query.years)), own)
        written = byline.credit(report) if report else None
        if report is None or written is None:
            missing.append(province)
        else:
            told.append(_draft(report, written[1], f"Người viết: {escape(written[0])}"))
    if not told:
        return None
    lines = [f"- {renumbered(draft.text, {1: number})}" for number, draft in enumerate(told, start=1)]
    if missing:
        lines.append(f"- Báo cáo không nêu: {', '.join(map(escape, missing))}.")
    evidence = tuple(part for draft in told for part in draft.evidence)
    return Draft("\n".join(lines), "partial" if missing else "answered", evidence)


def line_about(query: Query, reports: Sequence[Report]) -> Span | None:
    """The dateline or "Nguồn:" line that a question about the article itself asks for, or None."""
    report = _only(query, reports)
    return _line_of(query, report) if report and _ARTICLE.search(fold(query.question)) else None


def _line_of(query: Query, report: Report) -> Span | None:
    """The line of a report that tells when it was posted, or where it is from, as asked; or None."""
    asked = fold(query.question)
    if query.asked is Asked.WHEN and _PUBLISHED.search(asked):
        return _dateline(report)
    if query.asked is not Asked.WHEN and _SOURCE.search(asked):
        told = next((s for s in report.content if SOURCE_LINE.match(report.text[s.start : s.end])), None)
        return told or _credited_to(report)
    return None


def _credited_to(report: Report) -> Span | None:
    """Where one of the first lines names the site or the paper it is of, or None."""
    for line in report.content[:4]:
        if credit := _CREDIT.match(report.text[line.start : line.end]):
            start, end = credit.span(credit.lastgroup or 0)
            return Span(line.start + start, line.start + end)
    return None


def _only(query: Query, reports: Sequence[Report]) -> Report | None:
    """The one report that is meant: of the number or year told, which may be the year it plans for or came out in."""
    for report in reports if _NUMBERED.search(query.question) else ():
        number = _NUMBER.search(report.text)
        if number and number["number"].lower() in query.question.lower():
            return report
    if query.years:
        for years_of in (_own_year, _all_years):
            of_year = [report for report in reports if years_of(report) & set(query.years)]
            if len(of_year) == 1:
                return of_year[0]
        return None
    return reports[0] if len(reports) == 1 else None


def _own_year(report: Report) -> set[int]:
    return {report.year} if report.year else set()


def _all_years(report: Report) -> set[int]:
    return {year for own in _own_year(report) for year in (own, own + 1)} | (
        {report.published.year} if report.published else set()
    )


def _letterhead(query: Query, asked: str, report: Report) -> Draft | None:
    """The number or the day of an official letter, from its head, or None."""
    first, _ = byline.edges(report)
    head = Span(first[0].start, first[-1].end) if first else Span(0, 0)
    number = _NUMBER.search(report.text, head.start, head.end)
    if number is None:
        return None
    if _NUMBER_ASKED.search(asked):
        return _draft(report, Span(*number.span()), f"Số hiệu: {escape(number['number'])}")
    day = _ISSUED_ON.search(report.text, number.end(), head.end)
    if query.asked is not Asked.WHEN or not _ISSUED.search(asked) or day is None:
        return None
    return _draft(report, Span(*day.span()), f"Báo cáo đề {escape(day.group())}")


def _dateline(report: Report) -> Span | None:
    """When the report was posted: the date and the time of a line at its head, page chrome included."""
    first, _ = byline.edges(report)
    for line in first:
        text = report.text[line.start : line.end]
        dates = [q for q in find_quantities(text) if q.kind in (Kind.DATE, Kind.TIME)]
        if len(text) <= _DATELINE_CHARS and DATELINE.search(text) and _POSTED.search(text) and dates:
            weekday = byline.WEEKDAY.search(text)
            begins = min(dates[0].start, weekday.start() if weekday else dates[0].start)
            return Span(line.start + begins, line.start + dates[-1].end)
    return next((span for span in report.content[:4] if _is_dateline(report.text[span.start : span.end])), None)


def _is_dateline(line: str) -> bool:
    return DATELINE.search(line) is not None and len(line) < 90


def _draft(report: Report, line: Span, said: str) -> Draft:
    year = f" ({report.year})" if report.year else ""
    return Draft(
        f"**{escape(report.province or report.title)}{year}:** {said} [1]", "answered", (Evidence(report.path, line),)
    )
