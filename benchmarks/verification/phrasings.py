"""A figure of a report → true answers that say it in five ways, which verification is to keep."""

from collections.abc import Iterator, Mapping

from assistant.phrase import escape, sentence_case
from assistant.types import Answer, Citation
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.numbers import Kind, in_vietnamese_form
from index.sentences import Sentence, Sentences
from index.types import Passage, Report

_FEWEST_LETTERS = 12
"""An indicator of fewer letters names nothing."""


def true_answers(reports: Mapping[str, Report], passages: list[Passage]) -> Iterator[list[Answer]]:
    """For each figure whose own words name it, an answer in each of the five phrasings."""
    sentences = Sentences(reports, passages)
    for position in range(len(passages)):
        for sentence in sentences.of_passage(position):
            for candidate in figure_candidates(sentence) if sentence.row is None else ():
                if said := list(_said(candidate)):
                    yield [_answer(sentence, text) for text in said]


def _said(candidate: Candidate) -> Iterator[str]:
    """What the figure tells, in five phrasings; none where its own words do not name it."""
    report = candidate.sentence.report
    lead = _plain(report, candidate.lead.start, candidate.lead.end)
    borrowed = candidate.lead.end != candidate.core.start
    if len(lead) < _FEWEST_LETTERS or borrowed or not report.year or not report.province or candidate.former:
        return
    figure = _plain(report, candidate.core.start, candidate.span.end)
    own = f"{lead} {figure}"
    year = max(candidate.years, default=report.year + 1 if candidate.planned else report.year)
    plan = "theo kế hoạch, " if candidate.planned else ""
    heading = f"mục tiêu {year}" if candidate.planned else f"{year}"
    where = escape(report.province)
    yield f"**{where} ({heading}):** {sentence_case(own)} [1]"
    yield f"Năm {year}, {plan}{where}: {own} [1]."
    yield f"Ở {where}, {plan}{own} (năm {year}) [1]"
    yield f"Theo báo cáo của {where}, {plan}{own} [1]."
    if candidate.kind is Kind.NUMBER and candidate.noun and not candidate.direction:
        yield f"{where} năm {year}: {plan}{figure} ({lead.rstrip(' :,')}) [1]"
    else:
        yield f"{where} {year}: {plan}{own}. [1]"


def _plain(report: Report, start: int, end: int) -> str:
    return escape(in_vietnamese_form(report.text[start:end].strip().lstrip("-+*• ,;:").rstrip(" ,;")))


def _answer(sentence: Sentence, text: str) -> Answer:
    report = sentence.report
    citation = Citation(
        marker=1,
        report=report.path,
        title=report.title,
        province=report.province,
        year=report.year,
        source=report.source,
        start=sentence.span.start,
        end=sentence.span.end,
        quote=sentence.text,
        sha256=report.sha256,
    )
    return Answer("", text, "answered", (citation,), (), (), "test", 0.0)
