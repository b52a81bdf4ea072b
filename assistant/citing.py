"""What is wrong with an answer's markers, quotes, hashes, names and places."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile

from assistant import phrase
from assistant.backing import Backing
from assistant.claims import Statement, says_planned, statements, years_named
from assistant.types import Answer, Citation, Problem
from assistant.vocabulary import is_function_word
from index.lexicon import canonical_words
from index.names import capital_runs, find_names
from index.numbers import DATING, find_quantities
from index.provinces import find_provinces
from index.report import page_of
from index.types import Report
from index.words import fold, words

_TOKEN = re.compile(r"[^\s\[\](){}“”\"'*,;:]+")
_PLACE = re.compile(r"\b(?:huyện|xã|thị xã|thị trấn|thành phố|TP\.?|phường|thôn|bản|làng|buôn|ấp|đảo|sông|hồ)\s+$")
_BODIES = frozenset("so bo ban cuc phong trung tong uy hoi dai bao cong chu pho giam bi".split())
"""First words of offices and bodies, which are told in many ways."""
_BRACKETED = re.compile(r"\[(\d+(?:\s*[-–,;]\s*\d+)*)\]")
"""Whatever looks like a marker: "[7]", "[1-3]", "[999999]"."""


def marker_problems(answer: Answer) -> Iterator[Problem]:
    """Markers without a citation, citations without a marker, numbers given twice."""
    known = Counter(citation.marker for citation in answer.citations)
    used: set[int] = set()
    for match in _BRACKETED.finditer(answer.text):
        inner = match.group(1)
        if not inner.isdigit():
            yield Problem(match.group(), "ký hiệu trích dẫn không phải một số")
        elif len(inner) > 4 or int(inner) not in known:
            yield Problem(match.group(), "không có trích dẫn mang số này")
        else:
            used.add(int(inner))
    for marker in sorted(marker for marker, count in known.items() if count > 1):
        yield Problem(f"[{marker}]", "nhiều trích dẫn mang cùng một số")
    for marker in known:
        if marker not in used:
            yield Problem(f"[{marker}]", "trích dẫn không được dùng trong câu trả lời")


_YEAR = re.compile(r"(?:19|20)\d{2}")


def text_problems(answer: Answer, backing: Backing) -> Iterator[Problem]:
    """An answer without words or proof, a refusal that tells figures, digits that make no figure one could check."""
    if not any(map(str.isalnum, phrase.MARKER.sub("", answer.text))):
        yield Problem("câu trả lời", "trống")
    if answer.status == "abstained" and not answer.citations:
        told = phrase.MARKER.sub("", answer.text)
        for quantity in find_quantities(told):
            written = told[quantity.start : quantity.end]
            year = _YEAR.fullmatch(written) is not None
            if quantity.kind not in DATING and not year and written not in answer.question:
                yield Problem(written, "câu từ chối không được nêu số liệu")
        return
    quoted = " ".join((answer.question, *(citation.quote for citation in answer.citations)))
    read = [(one.start, one.end) for one in find_quantities(answer.text)]
    read += [match.span() for match in _BRACKETED.finditer(answer.text)]
    for match in _TOKEN.finditer(answer.text):
        numeric = any(unicodedata.category(char) in ("Nd", "Nl", "No") for char in match.group())
        if (
            numeric
            and not any(a < match.end() and match.start() < b for a, b in read)
            and match.group().replace("\\", "") not in quoted
        ):
            yield Problem(match.group()[:40], "con số không đọc được, không kiểm được")


def citation_problems(answer: Answer, reports: Mapping[str, Report]) -> Iterator[Problem]:
    """Quotes that are not the report's text at their offsets, and reports that are gone or no longer the same."""
    for citation in (*answer.citations, *answer.near_misses):
        about = f"[{citation.marker}] {citation.report}"
        report = reports.get(citation.report)
        if report is None:
            yield Problem(about, "không còn báo cáo này")
            continue
        exact = stands(citation, report)
        if report.sha256 != citation.sha256:
            yield Problem(about, f"báo cáo đã thay đổi; {_where_now(citation, report, exact)}")
        elif not exact:
            yield Problem(about, f"đoạn trích không đúng nguyên văn; {_where_now(citation, report, exact)}")
        yield from _description_problems(about, citation, report)


def stands(citation: Citation, report: Report) -> bool:
    """Whether a quote is the report's text at its offsets."""
    inside = 0 <= citation.start < citation.end <= len(report.text)
    quote = citation.quote
    return inside and report.text[citation.start : citation.end] == quote and bool(quote.strip())


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
    page = page_of(report, citation.start)
    if citation.page is not None and citation.page != page:
        found = f"đoạn trích ở trang {page}" if page else "báo cáo không chia trang"
        yield Problem(about, f"trang ghi là {citation.page}, {found}")
    for said, written, what in (
        (citation.title, report.title, "tên báo cáo"),
        (citation.source, report.source, "nguồn"),
    ):
        if said != written:
            yield Problem(about, f"{what} ghi là “{said[:60]}”, báo cáo ghi “{written[:60]}”")


def named_problems(answer: Answer, backing: Backing) -> Iterator[Problem]:
    """People, places and headings that the cited passages do not tell."""
    if answer.status == "abstained" and not answer.citations:
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
    told = {report.year + says_planned(statement.whose) for report in reports if report.year}
    dated = {year for citation in cited for figure in backing.figures(citation) for year in figure.years}
    if years and told and not years & (told | dated):
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
    for whole in capital_runs(said):
        run = list(dropwhile(lambda word: is_function_word(words(word.group())[0]), whole))
        if not run:
            continue
        name = said[run[0].start() : run[-1].end()]
        if len(run) < 2 or any(name in other or other in name for other in people) or find_provinces(name):
            continue
        placed = _PLACE.search(said, max(0, run[0].start() - 16), run[0].start()) is not None
        if placed or (len(run) > 2 and fold(run[0].group()) not in _BODIES):
            yield name


def _known(answer: Answer, citations: Sequence[Citation], backing: Backing) -> str:
    """The words that names may be made of: of the quotes, of their headings and titles; no question proves a name."""
    parts: list[str] = []
    for citation in citations:
        report = backing.reports.get(citation.report)
        parts += [citation.quote, report.title, report.source] if report else [citation.quote]
        for sentence in backing.sentences(citation):
            parts += [sentence.report.text[heading.start : heading.end] for heading in sentence.headings]
    return f" {_canonical(' ; '.join(parts))} "


def _canonical(text: str) -> str:
    return " ".join(word.key for word in canonical_words(phrase.MARKER.sub(" ", text)))
