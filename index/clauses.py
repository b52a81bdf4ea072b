"""What a sentence could answer in words: its dates with what they date, and its clauses."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from index import stretches
from index.candidate import Candidate
from index.numbers import DATING, Kind, Quantity
from index.outline import heading_level
from index.plans import Plan
from index.sentences import Sentence, plan_at
from index.types import Span

_BOLD = re.compile(r"\*\*[^*]+(?:\*\*)?\W*")
"""A line all in bold, which heads what follows."""
_RANGE = re.compile(r"\s*(?:[-–]|đến|tới)\s*")
_UNTIL = re.compile(r"\s*(?:[-–]|(?:cho |kéo dài )?(?:đến|tới))\s*(?:hết\s*)?(?:(?:ngày|năm)\s*)?", re.IGNORECASE)
"""Between the first and the last day of a stretch of time."""
_BESIDE = re.compile(r"\(|kế hoạch|chỉ tiêu|KH\b", re.IGNORECASE)
"""How a plan told beside a result opens."""


def date_candidates(sentence: Sentence, kinds: Collection[Kind] = (Kind.YEAR, Kind.DATE, Kind.TIME)) -> list[Candidate]:
    """One candidate a date of the given forms in the sentence, each with the clause it stands in."""
    text = sentence.report.text
    found = []
    for quantity in sentence.quantities:
        if quantity.kind in kinds:
            clause = stretches.clause_at(text, sentence.span, quantity.start)
            core = Span(_lower_end(sentence, quantity), quantity.end)
            span = _without_figures(sentence, clause, core)
            found.append(Candidate(sentence, span, span, core, clause, clause.end, quantity=quantity))
    return _with_ranges(text, found)


def _with_ranges(text: str, dates: Sequence[Candidate]) -> list[Candidate]:
    """The dates, where two that bound a stretch of time are one: "từ 01/8 đến hết 2023"."""
    told: list[Candidate] = []
    for date in dates:
        last = told[-1] if told else None
        if (
            last
            and last.kind is Kind.DATE
            and date.kind is not Kind.TIME
            and _UNTIL.fullmatch(text, last.core.end, date.core.start)
        ):
            span = Span(min(last.span.start, date.span.start), max(last.span.end, date.span.end))
            told[-1] = replace(last, span=span, lead=span, core=Span(last.core.start, date.core.end))
        else:
            told.append(date)
    return told


def _lower_end(sentence: Sentence, time: Quantity) -> int:
    """Where a stretch of time begins, or its lower end where it is a range: "2-3 ngày"."""
    text = sentence.report.text
    numbers = (q for q in sentence.quantities if time.kind is Kind.PERIOD and q.kind is Kind.NUMBER and not q.unit)
    return next((q.start for q in numbers if _RANGE.fullmatch(text, q.end, time.start)), time.start)


def _without_figures(sentence: Sentence, clause: Span, date: Span) -> Span:
    """The part of a clause around a date up to the pauses before other figures."""
    text = sentence.report.text
    figures = [q for q in sentence.quantities if clause.start <= q.start < clause.end and q.kind not in DATING]
    before = max((q.end for q in figures if q.end <= date.start), default=clause.start)
    after = min((q.precision_start for q in figures if q.start >= date.end), default=clause.end)
    start = stretches.own_start(text, before, date.start) if before > clause.start else clause.start
    pause = max(text.rfind(mark, date.end, after) for mark in (", ", " (", "; ")) if after < clause.end else -1
    return Span(start, pause if pause >= 0 else after if after == clause.end else date.end)


def clause_candidates(sentence: Sentence) -> list[Candidate]:
    """The sentence's clauses, parted by semicolons, as candidates for answers in words."""
    text = sentence.report.text
    bold_begun_before = sentence.text.endswith("**") and sentence.text.count("**") % 2 == 1  # "**Bảng 3. Xếp hạng**"
    heads = sentence.text.startswith("|") or bold_begun_before or _BOLD.fullmatch(sentence.text) is not None
    if sentence.row or sentence.heads_table or heads or heading_level(sentence.text) is not None:
        return []
    return [_clause(sentence, clause) for clause in stretches.clauses(text, sentence.span)]


def _plan_to_end(sentence: Sentence, clause: Span) -> Plan | None:
    """The plan that a clause comes to and ends with, unless it only stands beside a result: "(kế hoạch tháng 11)"."""
    plan = plan_at(sentence.report, clause.end - 1)
    beside = plan is not None and _BESIDE.match(sentence.report.text, plan.start) is not None
    return None if beside else plan


def _clause(sentence: Sentence, clause: Span) -> Candidate:
    text = sentence.report.text
    plan = plan_at(sentence.report, clause.start) or _plan_to_end(sentence, clause)
    told = stretches.years_told(text[clause.start : clause.end])
    return Candidate(
        sentence,
        span=clause,
        lead=clause,
        core=clause,
        zone=clause,
        tail=clause.end,
        heads=(head_of(sentence, clause), *sentence.headings),
        planned=plan is not None,
        years=frozenset(told or ({plan.year} if plan and plan.year else ())),
    )


def head_of(sentence: Sentence, clause: Span) -> Span:
    """The start of a clause up to its first figure that is not a date."""
    starts = (
        quantity.precision_start
        for quantity in sentence.quantities
        if clause.start <= quantity.start < clause.end and quantity.kind not in DATING
    )
    return Span(clause.start, next(starts, clause.end))
