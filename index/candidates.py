"""What a sentence could answer: each of its figures, dates and clauses, with the words that belong to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index import periods, stretches
from index.candidate import Candidate
from index.clauses import head_of
from index.joined import joined
from index.numbers import DATING, Kind, Quantity
from index.planned import plan_of
from index.plans import Plan
from index.sentences import Sentence
from index.types import Span

KEPT = 4096
"""Sentences whose candidates are kept for the next question."""
_PART = re.compile(r"\b(?:trong đó|trong số đó|bao gồm|gồm)\b", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:mới|thêm|bổ sung)$", re.IGNORECASE)
_OF_PLAN = re.compile(r"\s*(?:so với\s+|của\s+|mức\s+)?(?:kế hoạch|KH\b|chỉ tiêu|mục tiêu|dự toán)", re.IGNORECASE)
_PLAN_TOLD = re.compile(r"[^,;.\d]{0,20}\d+(?:[.,]\d+)?\s*%")
"""A planned share right after the word for a plan: "33,5% so với kế hoạch 35%" is no share of the plan."""
_POINTS = re.compile(r"(?:tổng |số |với |được )*điểm\b|\d[\d.,]*\s+điểm\b", re.IGNORECASE)
_BRACKET_BETWEEN = re.compile(r"\s\(\d[^()]{0,20}\)(?=\s[^\W\d_])")
_PLACED = re.compile(r"\s(?:tập trung|nằm|ở|tại)\s")
_UNTIL_FIGURE = re.compile(r"[^\d,;.()]*")
_SAME_CHANGE = re.compile(r"\s*(?:\(|,\s*(?:tương đương|tương ứng|tức)(?: với| là)?\s)\s*", re.IGNORECASE)
"""Between a change and the share it comes to: "hơn năm trước 41 tỷ đồng, tương đương 14,8%"."""
_RANKED_IN = re.compile(
    r"(?:(?!\b(?:trong khi|còn|so với|năm)\b)[^;.()\d]){0,80}?\b(?:về|của|theo|cho)\b"
    r"(?:(?!\b(?:trong khi|còn|so với)\b)[^,;.()\d]){0,60}?"
    r"\bnăm\s+((?:19|20)\d{2})"
)
"""The year of a ranking told after the rank: "thứ 23/63 về chỉ số DTI năm 2021"."""
PILLAR = re.compile(r"\b(?:trụ cột|(?:chỉ số )?thành\sphần)\b", re.IGNORECASE)
"""A part of an index, ranked as the index is."""


@lru_cache(maxsize=KEPT)
def figure_candidates(sentence: Sentence) -> tuple[Candidate, ...]:
    """One candidate a figure of the sentence; dates and years are left out. Those of late are kept."""
    text = sentence.report.text
    figures = [quantity for quantity in sentence.quantities if quantity.kind not in DATING]
    spans = _own_spans(sentence, figures)
    made: list[Candidate] = []
    for number, (quantity, span) in enumerate(zip(figures, spans, strict=True)):
        clause = stretches.clause_at(text, sentence.span, quantity.start)
        next_start = spans[number + 1].start if number + 1 < len(spans) else clause.end
        zone = Span(span.start, max(span.end, min(clause.end, next_start)))
        made.append(_figure(sentence, quantity, span, zone, made))
    return tuple(joined(text, made))


def _figure(sentence: Sentence, quantity: Quantity, span: Span, zone: Span, made: Sequence[Candidate]) -> Candidate:
    """The candidate of one figure; it may go on about one of those made before it."""
    text = sentence.report.text
    subject = _subject(sentence, quantity, span, made)
    noun = text[quantity.end : span.end].strip()
    noun = noun or _noun_past_bracket(text, quantity, sentence.span.end)
    alone = span.end <= quantity.end and text[span.start : quantity.precision_start].endswith("(")
    if not noun and made and (subject.earlier or alone) and made[-1].kind is quantity.kind is Kind.NUMBER:
        noun = _PLACED.split(made[-1].noun)[0]  # "(năm 2022: 3.508)", "Kỳ Sơn (19)" count what the figure before does
    comma = text.find(", ", span.end + 1, zone.end)
    direction = _direction(text, quantity, span, noun, made)
    of_plan = _OF_PLAN.match(text, quantity.end) if quantity.kind is Kind.PERCENT else None
    of_plan = None if of_plan and _PLAN_TOLD.match(text, of_plan.end()) else of_plan
    plan = plan_of(sentence, quantity, span)
    started = _is_start(text, quantity, span)
    value = not direction and quantity.kind is not Kind.MULTIPLE
    told = Span(quantity.precision_start, quantity.end)
    of_year = periods.year_of(text, span.start, told, zone.end, sentence.report.year) if value else None
    earlier = subject.earlier or of_year
    at_first = periods.is_at_first(text, sentence.span.start, quantity.precision_start)
    return Candidate(
        sentence=sentence,
        span=Span(
            periods.outcome_start(text, span.start) if made and _ends_change(text, made[-1]) else span.start,
            max(
                stretches.comparison_end(text, span.end, zone.end) if direction else span.end,
                of_plan.end() if of_plan else 0,
            ),
        ),
        lead=subject.lead,
        core=Span(quantity.precision_start, quantity.end),
        zone=zone,
        tail=comma if comma >= 0 else zone.end,
        heads=(*subject.heads, *_longer_noun(text, noun, made)),
        quantity=quantity,
        noun=noun,
        direction="tăng" if quantity.kind is Kind.MULTIPLE or _ADDED.search(noun) else direction,
        planned=plan is not None,
        years=frozenset({earlier} if earlier else ())
        if earlier or at_first
        else _years(sentence, quantity, Span(span.start, zone.end), subject, plan)
        or _years_of_rank(sentence, quantity, span, made),
        former=started
        or earlier is not None
        or (value and periods.is_held_against(text, span.start, told, zone.end))
        or at_first,
        is_part=_PART.search(text, sentence.span.start, quantity.start) is not None
        or alone
        or _is_bracketed_part(text, quantity, noun, made),
        of_plan=of_plan is not None,
    )


def _noun_past_bracket(text: str, quantity: Quantity, end: int) -> str:
    """What is counted where another year's value in brackets stands between: "2.245 (1.870) lượt người"."""
    bracket = _BRACKET_BETWEEN.match(text, quantity.end)
    if bracket is None or quantity.kind is not Kind.NUMBER:
        return ""
    later = _UNTIL_FIGURE.match(text, bracket.end(), max(end, bracket.end()))
    limit = later.end() if later else bracket.end()
    return text[bracket.end() : stretches.noun_end(text, bracket.end(), limit, before_figure=False)].strip()


def _is_bracketed_part(text: str, quantity: Quantity, noun: str, made: Sequence[Candidate]) -> bool:
    """Whether a figure stands in a bracket after one that counts the same: "1.286 trạm (402 trạm 2G, 431 trạm 3G)"."""
    if not made or not noun or quantity.kind is not Kind.NUMBER:
        return False
    last = made[-1]
    opened = text.rfind("(", last.core.end, quantity.start)
    alike = last.kind is Kind.NUMBER and last.noun.split(" ")[:1] == noun.split(" ")[:1]
    if opened >= 0 and ")" not in text[opened : quantity.start]:
        return alike and not last.is_part
    return alike and last.is_part and ")" not in text[last.core.end : quantity.start]


def _direction(text: str, quantity: Quantity, span: Span, noun: str, made: Sequence[Candidate]) -> str:
    """ "tăng" or "giảm" if the figure is a change; "xuống 92" after "giảm từ 168" is the value itself."""
    if made and _ends_change(text, made[-1]):
        return ""
    if (
        made
        and made[-1].direction
        and made[-1].kind is not quantity.kind is Kind.PERCENT
        and _SAME_CHANGE.fullmatch(text, made[-1].span.end, quantity.precision_start)
    ):
        return made[-1].direction
    told = stretches.direction(text, span.start, quantity.precision_start)
    percent = quantity.kind is Kind.PERCENT
    return told or periods.direction(text, span.start, quantity.precision_start, noun, percent)


def _is_start(text: str, quantity: Quantity, span: Span) -> bool:
    return stretches.is_former(text, span.start, quantity.precision_start, quantity.end)


def _ends_change(text: str, last: Candidate) -> bool:
    """Whether the figure after ``last`` is what a change that started from ``last`` led to."""
    return last.quantity is not None and _is_start(text, last.quantity, last.span)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a figure is of: what leads to it, what it shares with others, and the year before the report's it is of."""

    lead: Span
    heads: tuple[Span, ...]
    dating: tuple[Span, ...]
    earlier: int | None = None


def _subject(sentence: Sentence, quantity: Quantity, span: Span, made: Sequence[Candidate]) -> _Subject:
    text = sentence.report.text
    clause = stretches.clause_at(text, sentence.span, quantity.start)
    heads = _heads(sentence, clause, span.start)
    own = Span(span.start, quantity.precision_start)
    if made and _ends_change(text, made[-1]):  # "giảm từ 168 xuống 92": 92 goes on about the first
        return _Subject(made[-1].lead, (*heads, made[-1].zone, *made[-1].heads), heads)
    leading = text[own.start : periods.change_start(text, own.start, own.end)].rstrip(" :")
    if not stretches.is_bare(text, own.start, own.start + len(leading)):
        return _Subject(own, heads, heads)
    if not made or (made[-1].core.start < clause.start and span.start > clause.start + 2):
        return _Subject(heads[0], heads, heads)
    earlier = periods.year_beside(text, sentence.span.start, own.end, sentence.report.year)
    if earlier is None and _is_alone_in_brackets(text, quantity, made[-1]):
        earlier = periods.bracketed_year(text, sentence.report.year)
    before = _told_before(made, earlier is not None)
    bare_noun = span.end <= quantity.end  # "đạt 33,26%" is of the noun counted before it
    lead = Span(before.lead.start, before.span.end) if bare_noun and earlier is None else before.lead
    heads += (before.zone, *before.heads)
    return _Subject(lead, heads, heads, earlier)


def _is_alone_in_brackets(text: str, quantity: Quantity, last: Candidate) -> bool:
    """Whether a figure stands alone in the brackets right after one of its form: "3.742 trạm BTS (3.508)"."""
    opens = text[last.span.end : quantity.start].strip() == "("
    return opens and text.startswith(")", quantity.end) and last.kind is quantity.kind


def _told_before(made: Sequence[Candidate], is_earlier: bool) -> Candidate:
    """The figure that one without a subject goes on about: no other year's value, and for one no change either."""
    told = (one for one in reversed(made) if not one.former and not (is_earlier and (one.direction or one.planned)))
    return next(told, made[-1])


def _longer_noun(text: str, noun: str, made: Sequence[Candidate]) -> tuple[Span, ...]:
    """The noun counted before that a shorter one takes up: "214 trạm BTS xây mới, toàn tỉnh có 3.186 trạm"."""
    if not noun:
        return ()
    longer = (one for one in reversed(made) if one.noun.lower().startswith(f"{noun.lower()} "))
    return tuple(Span(one.core.end, one.span.end) for one in longer)[:1]


def _own_spans(sentence: Sentence, figures: Sequence[Quantity]) -> list[Span]:
    """For each figure, from what leads to it to the end of the noun after it."""
    text = sentence.report.text
    spans: list[Span] = []
    left = sentence.span.start
    for number, quantity in enumerate(figures):
        more = number + 1 < len(figures)
        limit = figures[number + 1].precision_start if more else sentence.span.end
        end = stretches.noun_end(text, quantity.end, limit, before_figure=more)
        own = Span(stretches.own_start(text, left, quantity.precision_start), end)
        before = figures[number - 1].end if number else sentence.span.start
        spans.append(stretches.placed_in_brackets(text, before, quantity.precision_start, end) or own)
        left = end if stretches.ends_naturally(text, end, limit) else quantity.end
    return spans


def _heads(sentence: Sentence, clause: Span, start: int) -> tuple[Span, ...]:
    text = sentence.report.text
    heads = [head_of(sentence, clause), *sentence.headings]
    part = next((m for m in _PART.finditer(text, sentence.span.start, sentence.span.end) if m.start() < start), None)
    if part and part.start() > sentence.span.start + 3:
        heads.append(head_of(sentence, stretches.clause_at(text, sentence.span, part.start() - 2)))
    if sentence.before is not None and sentence.goes_on:
        heads.append(head_of(sentence.before, sentence.before.span))
    return tuple(heads)


def _years_of_rank(sentence: Sentence, quantity: Quantity, span: Span, made: Sequence[Candidate]) -> frozenset[int]:
    """The years of the rank that a rank or its points go on about.

    "hạng 11/63 về chuyển đổi số năm 2021; điểm đạt 0,4671", "xếp thứ 41/63; riêng trụ cột xã hội số thứ 33", and in
    the sentence after it "Chỉ số thành phần về nhân lực số xếp hạng 7".
    """
    text = sentence.report.text
    of_part = quantity.kind is Kind.RANK and PILLAR.search(text, sentence.span.start, quantity.start) is not None
    if not (of_part or _POINTS.match(text, span.start, span.end)):
        return frozenset()
    ranks = [one for one in made if one.kind is Kind.RANK]
    if of_part and not ranks and sentence.before is not None:
        ranks = [one for one in figure_candidates(sentence.before) if one.kind is Kind.RANK]
    return next((one.years for one in reversed(ranks) if not one.former), frozenset())


def _years(sentence: Sentence, quantity: Quantity, zone: Span, subject: _Subject, plan: Plan | None) -> frozenset[int]:
    """The years of a figure's own stretch, of its plan, else the last one of the nearest head that tells any.

    Of a rank the year may come after it ("thứ 23/63 về chỉ số DTI năm 2021"). A heading that names the report's year
    too ("Kết quả năm 2023, nhiệm vụ năm 2024") tells that one of a result.
    """
    text, of_report = sentence.report.text, sentence.report.year
    if told := stretches.years_told(text[zone.start : quantity.end]):
        return frozenset(told)
    ranked = _RANKED_IN.match(text, quantity.end, zone.end) if quantity.kind is Kind.RANK else None
    if ranked is not None:
        return frozenset({int(ranked.group(1))})
    if plan is not None and plan.year is not None:
        return frozenset({plan.year})
    if _is_start(text, quantity, zone):
        year = periods.year_after(text, quantity.end)
        return frozenset({year} if year else ())
    for head in subject.dating:
        if years := stretches.years_told(text[head.start : head.end]):
            known = of_report is not None and head in sentence.headings and of_report in years
            return frozenset([of_report] if known and of_report else years[-1:])
    return frozenset()
