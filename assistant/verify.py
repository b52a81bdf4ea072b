"""Draft → Answer, and any answer held against the reports: a verdict and a reason for each of its figures."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant import citing, phrase, reckon
from assistant.backing import Backing, Told
from assistant.claims import Claim, claims
from assistant.holding import best_fit
from assistant.subjects import is_verbatim
from assistant.telling import foreign_terms
from assistant.types import Answer, Check, Citation, Draft, Evidence, Query, Verification
from index.lexicon import canonical_words
from index.numbers import DATING, Kind
from index.report import page_of
from index.types import Report
from index.words import words

if TYPE_CHECKING:
    from index.opened import Index

POINTS_AND_TIMES = frozenset(["điểm", "lần", "bậc"])
"""What computed shares, ratios and ranks are told in."""
_QUARTER = re.compile(r"(?P<name>quý\s+(?:IV|I{1,3}|[1-4]))\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def verify(query: Query, draft: Draft, index: "Index", backing: Backing | None = None) -> Answer:
    """Make citations of a draft's evidence and check every figure of its text against them."""
    citations = tuple(cite(evidence, number, index) for number, evidence in enumerate(draft.evidence, start=1))
    near = tuple(cite(evidence, number, index) for number, evidence in enumerate(draft.near, start=1))
    return Answer(
        question=query.question,
        text=draft.text,
        status=draft.status,
        citations=citations,
        checks=tuple(figure_checks(draft.text, citations, backing or Backing(index.reports), query.question))
        if citations
        else (),
        near_misses=near,
        reader="extractive",
        elapsed_ms=0.0,
    )


def verify_answer(answer: Answer, reports: Mapping[str, Report], backing: Backing | None = None) -> Verification:
    """Hold an answer against the reports: its markers, quotes, hashes, figures, names and places.

    Args:
        answer: Of any reader, or loaded from a file.
        reports: By path; those it cites are looked into.
        backing: Of the same reports, where many answers are verified; made anew if not given.
    """
    backing = backing or Backing(reports)
    problems = [
        *citing.marker_problems(answer),
        *citing.text_problems(answer, backing),
        *citing.citation_problems(answer, reports),
        *citing.named_problems(answer, backing),
    ]
    told = answer.citations or answer.status != "abstained"
    checks = tuple(figure_checks(answer.text, answer.citations, backing, answer.question)) if told else ()
    return Verification(checks, tuple(dict.fromkeys(problems)))


def cite(evidence: Evidence, marker: int, index: "Index") -> Citation:
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
        page=page_of(report, evidence.span.start),
    )


def figure_checks(text: str, citations: Sequence[Citation], backing: Backing, question: str = "") -> Iterator[Check]:
    """The verdict on each figure of an answer's text, in order.

    Args:
        text: Of the answer.
        citations: Of the answer.
        backing: Knows the reports cited.
        question: Of the answer: its words may be used too.
    """
    cited = {citation.marker: citation for citation in citations}
    computed = list(reckon.COMPUTED.finditer(text))
    found = claims(text)
    known = backing.known_words(citations) | {word.key for word in (*words(question), *canonical_words(question))}
    held = {c.quantity.start for c in found if computed and not _wrong(c, text, cited, backing)}
    for claim in found:
        quantity = claim.quantity
        statement = next((one for one in computed if one.start() <= quantity.start < one.end()), None)
        if statement:
            follows = reckon.follows(text, statement, held) and _counts_the_same(claim, text)
            wrong = "" if follows else f"không đúng khi tính lại từ đoạn trích {statement['markers']}"
            right = f"đúng khi tính lại từ đoạn trích {statement['markers']}"
        else:
            wrong = _wrong(claim, text, cited, backing) or _foreign(claim, text, known)
            right = "có trong đoạn trích"
        figure = text[quantity.precision_start : quantity.end]
        yield Check(figure, quantity.precision_start, quantity.end, not wrong, wrong or right)


def _counts_the_same(claim: Claim, text: str) -> bool:
    """Whether a computed figure counts what the rows it comes from name."""
    counted = claim.noun.split()[:1]
    rows = " ".join(line for line in text.splitlines() if line.startswith("- "))
    return not counted or counted[0] in POINTS_AND_TIMES or re.search(rf"\b{re.escape(counted[0])}\b", rows) is not None


def _foreign(claim: Claim, text: str, known: Collection[str]) -> str:
    """Why a figure is of something that no passage speaks of, or ""."""
    if claim.quantity.kind in DATING:
        return ""
    term = next(foreign_terms(text, claim.own, known), "")
    return f"đoạn trích không nói về “{term}”" if term else ""


def _wrong(claim: Claim, text: str, cited: Mapping[int, Citation], backing: Backing) -> str:
    """Why a figure is not backed, or ""."""
    citations = [cited[marker] for marker in claim.markers if marker in cited]
    if not citations:
        return "không có trích dẫn"
    told = [figure for citation in citations for figure in backing.figures(citation)]
    if claim.quantity.kind in DATING:
        return "" if _is_dated(claim, text, citations, told, backing) else "không thấy trong đoạn trích"
    if claim.quantity.kind is Kind.RATIO and _is_dated(claim, text, citations, told, backing):
        return ""  # "từ 01/7 đến 30/9/2022"
    return best_fit(claim, text, told).reason


def _is_dated(claim: Claim, text: str, citations: Sequence[Citation], told: Sequence[Told], backing: Backing) -> bool:
    """Whether the cited passages tell a date, a year or a period, or it is the year of the report itself."""
    quantity = claim.quantity
    if quantity.kind is Kind.PERIOD:
        return any(one.quantity.kind is Kind.PERIOD and one.quantity.value == quantity.value for one in told)
    numbers = _numbers(text[quantity.start : quantity.end])
    reports = [backing.reports[c.report] for c in citations if c.report in backing.reports]
    years = {report.year for report in reports if report.year}
    if quantity.kind is Kind.YEAR:
        planned = any(one.candidate and one.candidate.planned for one in told)
        years |= {year + 1 for year in years} if planned else set()
        years |= {year for one in told if one.candidate for year in one.candidate.years}
        quoted = {int(year) for citation in citations for year in _YEAR.findall(citation.quote)}
        if quoted and not _in_order(claim, text, [citation.quote for citation in citations]):
            return False
        before = {report.year - 1 for report in reports if report.year}
        return set(numbers) <= ((before | quoted) if claim.compared else (years | quoted))
    if quarter := _QUARTER.match(text, quantity.start):
        quoted_too = any(quarter["name"].lower() in citation.quote.lower() for citation in citations)
        return quoted_too and set(numbers[-1:]) <= years | {year + 1 for year in years}
    written = [_numbers(o.report.text[o.quantity.start : o.quantity.end]) for o in told if o.quantity.kind in DATING]
    return any(_same_day(numbers, one, years | {year + 1 for year in years}) for one in written if one)


def _in_order(claim: Claim, text: str, quotes: Sequence[str]) -> bool:
    """Whether the years of a statement in a quote's own words stand in the quote's order."""
    said = _YEAR.findall(text[claim.statement.start : claim.statement.end])
    for quote in quotes:
        written = iter(_YEAR.findall(quote))
        verbatim = _YEAR.search(quote) and is_verbatim(claim, text, quote)
        if verbatim and not all(year in written for year in said):
            return False
    return True


def _same_day(said: Sequence[int], written: Sequence[int], years: Collection[int]) -> bool:
    """Whether a date said is the one written, be it without its year or with the report's."""
    short = min(len(said), len(written))
    if list(said) == list(written[-len(said) :]):  # the last day of several
        return True
    return list(said[:short]) == list(written[:short]) and set(said[short:]) <= set(years)


def _numbers(written: str) -> list[int]:
    """The numbers of a date: "05/1/2024" → 5, 1, 2024."""
    return [int(number) for number in re.findall(r"\d+", phrase.MARKER.sub(" ", written))]
