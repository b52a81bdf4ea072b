"""What is wrong with an answer's markers, quotes, hashes, names and places."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant import phrase
from assistant.backing import Backing
from assistant.claims import Statement, statements, years_named
from assistant.types import Answer, Citation, Problem
from index.lexicon import canonical_words
from index.names import capital_runs, find_names
from index.provinces import find_provinces
from index.types import Report

_BRACKETED = re.compile(r"\[(\d+(?:\s*[-–,;]\s*\d+)*)\]")
"""Whatever looks like a marker: "[7]", "[1-3]", "[999999]"."""


def marker_problems(answer: Answer) -> Iterator[Problem]:
    """Markers without a citation, citations without a marker, numbers given twice."""
    known = [citation.marker for citation in answer.citations]
    used: set[int] = set()
    for match in _BRACKETED.finditer(answer.text):
        if answer.text[max(0, match.start() - 1) : match.start()] == "\\\\":
            continue
        inner = match.group(1)
        if not inner.isdigit():
            yield Problem(match.group(), "ký hiệu trích dẫn không phải một số")
        elif len(inner) > 4 or int(inner) not in known:
            yield Problem(match.group(), "không có trích dẫn mang số này")
        else:
            used.add(int(inner))
    for marker in sorted({marker for marker in known if known.count(marker) > 1}):
        yield Problem(f"[{marker}]", "nhiều trích dẫn mang cùng một số")
    for marker in known:
        if marker not in used:
            yield Problem(f"[{marker}]", "trích dẫn không được dùng trong câu trả lời")


def citation_problems(answer: Answer, reports: Mapping[str, Report]) -> Iterator[Problem]:
    """Quotes that are not the report's text at their offsets, and reports that are gone or no longer the same."""
    for citation in (*answer.citations, *answer.near_misses):
        about = f"[{citation.marker}] {citation.report}"
        report = reports.get(citation.report)
        if report is None:
            yield Problem(about, "không còn báo cáo này")
            continue
        exact = report.text[citation.start : citation.end] == citation.quote and bool(citation.quote.strip())
        if report.sha256 != citation.sha256:
            yield Problem(about, f"báo cáo đã thay đổi; {_where_now(citation, report, exact)}")
        elif not exact or citation.start < 0:
            yield Problem(about, f"đoạn trích không đúng nguyên văn; {_where_now(citation, report, exact)}")
        yield from _description_problems(about, citation, report)


def _where_now(citation: Citation, report: Report, exact: bool) -> str:
    if exact:
        return "đoạn trích vẫn ở chỗ cũ"
    place = report.text.find(citation.quote) if citation.quote.strip() else -1
    return f"đoạn trích nay ở ký tự {place}–{place + len(citation.quote)}" if place >= 0 else "đoạn trích không còn"


def _description_problems(about: str, citation: Citation, report: Report) -> Iterator[Problem]:
    if citation.province != report.province:
        yield Problem(about, f"tỉnh ghi là “{citation.province}”, báo cáo là của “{report.province}”")
    if citation.year != report.year:
        yield Problem(about, f"năm ghi là {citation.year}, báo cáo là của {report.year}")


def named_problems(answer: Answer, backing: Backing) -> Iterator[Problem]:
    """People, places and headings that the cited passages do not tell."""
    if answer.status == "abstained":
        return
    by_marker = {citation.marker: citation for citation in answer.citations}
    quoted = _known(answer, answer.citations, backing)
    for statement in statements(answer.text):
        cited = [by_marker[marker] for marker in statement.markers if marker in by_marker]
        yield from _heading_problems(statement, cited, backing)
        said = answer.text[statement.span.start : statement.span.end]
        yield from _province_problems(said, cited or answer.citations, backing)
        for name in (*_names(said), *_names(statement.whose)):
            if f" {_canonical(name)} " not in quoted:
                yield Problem(name, "tên này không có trong đoạn trích")


def _heading_problems(statement: Statement, cited: Sequence[Citation], backing: Backing) -> Iterator[Problem]:
    """The province and the year a line begins with must be those of what it cites."""
    reports = [backing.reports[c.report] for c in cited if c.report in backing.reports]
    if not statement.whose or not reports:
        return
    named = {mention.name for mention in find_provinces(statement.whose)}
    if named and not named & {report.province for report in reports}:
        yield Problem(statement.whose, f"báo cáo được trích là của {reports[0].province or 'nơi khác'}")
    years = set(years_named(statement.whose))
    told = {year for report in reports if report.year for year in (report.year, report.year + 1)}
    quoted = " ".join(sentence.text for citation in cited for sentence in backing.sentences(citation))
    before = {report.year - 1 for report in reports if report.year}
    if years and told and not years & (told | before) and not all(str(year) in quoted for year in years):
        yield Problem(statement.whose, f"báo cáo được trích là của năm {reports[0].year}")


def _province_problems(said: str, cited: Sequence[Citation], backing: Backing) -> Iterator[Problem]:
    """Every province named must be that of a cited report, or stand in a quote."""
    known = {backing.reports[c.report].province for c in cited if c.report in backing.reports}
    for mention in find_provinces(said):
        if mention.name not in known and not any(
            mention.name == other.name for citation in cited for other in find_provinces(citation.quote)
        ):
            yield Problem(mention.name, "tỉnh này không có trong đoạn trích")


def _names(said: str) -> Iterator[str]:
    """People, and other names of two and more capitalised words that are no provinces."""
    people = [name.name for name in find_names(said) if not find_provinces(name.name)]
    yield from people
    for run in capital_runs(said):
        name = said[run[0].start() : run[-1].end()]
        if len(run) > 1 and not any(name in other or other in name for other in people) and not find_provinces(name):
            yield name


def _known(answer: Answer, citations: Sequence[Citation], backing: Backing) -> str:
    """The words that names may be made of: those of the quotes, of their headings and titles, and of the question."""
    parts = [answer.question]
    for citation in citations:
        report = backing.reports.get(citation.report)
        parts += [citation.quote, report.title, report.source] if report else [citation.quote]
        for sentence in backing.sentences(citation):
            parts += [sentence.report.text[heading.start : heading.end] for heading in sentence.headings]
    return f" {_canonical(' ; '.join(parts))} "


def _canonical(text: str) -> str:
    return " ".join(word.key for word in canonical_words(phrase.MARKER.sub(" ", text)))
