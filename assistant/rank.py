"""Which candidate answers a query: what it is about, the kind of figure, period and plan, as one score."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.match import TAIL, Matcher, Term
from assistant.offices import same_office
from assistant.sorts import Sort, sorts_of
from assistant.types import Asked, Query
from assistant.vocabulary import COMBINED, LEADING
from index.candidate import Candidate
from index.frequency import rarity
from index.lexicon import canonical_words
from index.numbers import Kind
from index.sentences import Sentence
from index.types import Span
from index.words import Word, fold, key, words

MIN_COVERAGE = 0.5
"""Least share of the question's words (by weight) that an answer's surroundings must hold."""
MISSING_KEY_LIMIT = 0.3
"""An answer is refused when one word that makes up more of the question than this is missing around it."""
MAX_MISSING = 0.5
"""Nor may all missing words together make up more than this."""
PRESENT = 0.4
"""From how well found a word counts as present: elsewhere in the sentence, but not in the one before."""
FITTING: dict[Asked, frozenset[Kind]] = {
    Asked.COUNT: frozenset({Kind.NUMBER, Kind.RATIO, Kind.MULTIPLE}),
    Asked.MONEY: frozenset({Kind.MONEY}),
    Asked.PERCENT: frozenset({Kind.PERCENT}),
    Asked.RANK: frozenset({Kind.RANK}),
    Asked.SCORE: frozenset({Kind.NUMBER}),
    Asked.CHANGE: frozenset({Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.MULTIPLE}),
}
"""Forms of figures that can answer each kind of question."""

_PLACE = re.compile(
    r"\b(?:tại|ở)\s+(?:thành phố|thị xã|thị trấn|huyện|xã|phường|hội trường|trụ sở|[A-ZĐÀ-Ỹ])", re.IGNORECASE
)
NEGATION = re.compile(r"\b(?:chưa|không|còn thiếu)\b", re.IGNORECASE)
_NEW = frozenset([key("mới"), key("thêm"), "moi", "them"])
"""What was added, as it is written and without diacritics; "môi" is another word."""
_NEW_BY_NAME = frozenset("kieu doi thon he nghe loai hinh".split())
"""Words before "mới" that make it part of a name."""
_ONLY = re.compile(r"\bmới (?:chỉ|có|đạt|được|tới)\b", re.IGNORECASE)
""" "mới" that says "so far": "mới có bao nhiêu xã"."""
_REACHES = re.compile(r"\b(dat|chiem|ty le|ti le|muc|tang|giam|the nao)\b")


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score.

    Attributes:
        candidate: What may answer.
        score: Higher is better.
        coverage: Weighted share, 0 to 1, of the question's words found around it.
        counted: Share of the counted noun of the question that follows the figure, 0 to 1.
        fits: Whether its form can answer the kind of question.
        strong: Weighted share found among its own words or what it shares with its neighbours.
        sure: Whether enough of the question is found around it.
    """

    candidate: Candidate
    score: float
    coverage: float
    strong: float
    counted: float
    fits: bool
    sure: bool


def score_figure(
    candidate: Candidate,
    query: Query,
    matcher: Matcher,
    hit: float,
    slot: int = 0,
    found: Sequence[float] | None = None,
    beside: float | None = None,
) -> Scored:
    """Score a figure for a query.

    Args:
        candidate: The figure.
        query: The question understood.
        matcher: Made from the query's terms.
        hit: Retrieval score of its passage, 0 to about 1.
        slot: Which of ``query.wanted`` is to be answered.
        found: What ``matcher.found`` gives for it, if that is known already.
        beside: What ``unasked`` gives for it, if that is known already.
    """
    wanted = query.wanted[slot] if slot < len(query.wanted) else ()
    found = matcher.found(candidate) if found is None else found
    coverage = matcher.coverage(found)
    score = coverage + 0.1 * hit
    counted = noun_match(candidate, wanted)
    score += 0.3 * counted
    score += 0.15 * _growth_fit(candidate, query)
    score += 0.15 if candidate.planned == query.target else -0.5
    beside = unasked(candidate, matcher) if beside is None else beside
    score -= 0.35 * beside
    score -= _part_penalty(candidate, query, beside)
    score -= 0.2 * is_combined(candidate, matcher)
    score -= 0.4 * excluded(candidate, query)
    score += 0.2 * subject_match(candidate, query.leads[slot] if slot < len(query.leads) else query.subject)
    score -= 0.4 * of_other_slot(candidate, query, slot)
    fits = _fits(candidate, query, bool(wanted))
    return Scored(
        candidate, score, coverage, _strong(found, matcher), counted, fits, _is_sure(coverage, found, matcher)
    )


def score_text(
    candidate: Candidate, query: Query, matcher: Matcher, hit: float, found: Sequence[float] | None = None
) -> Scored:
    """Score a clause, date or name for a query; see ``score_figure``."""
    found = matcher.found(candidate) if found is None else found
    coverage = matcher.coverage(found)
    score = coverage + 0.2 * hit
    if query.asked is Asked.WHERE:
        score += 0.2 if tells_place(candidate) else 0.0
    fits = _fits_text(candidate, query)
    return Scored(candidate, score, coverage, _strong(found, matcher), 0.0, fits, _is_sure(coverage, found, matcher))


def _strong(found: Sequence[float], matcher: Matcher) -> float:
    return matcher.coverage([value if value > TAIL else 0.0 for value in found])


def _is_sure(coverage: float, found: Sequence[float], matcher: Matcher) -> bool:
    pairs = list(zip(matcher.terms, found, strict=True))
    missing = [term.weight / matcher.total for term, value in pairs if value < PRESENT]
    named = any(term.word.key[0].isalpha() and value >= PRESENT for term, value in pairs)
    return (
        named
        and coverage >= MIN_COVERAGE
        and sum(missing) <= MAX_MISSING
        and max(missing, default=0.0) <= MISSING_KEY_LIMIT
    )


def form_fits(candidate: Candidate, query: Query, counts: bool) -> bool:
    """Whether a figure of this form can answer the kind of question, whatever its year and plan."""
    quantity = candidate.quantity
    if quantity is None:
        return False
    if query.asked is Asked.CHANGE and not candidate.direction:
        return False
    if query.asked is Asked.SCORE and not is_score(candidate):
        return False
    if quantity.kind is Kind.PERIOD:
        return bool(query.wanted) and any(word.folded == fold(quantity.unit) for slot in query.wanted for word in slot)
    if query.asked is Asked.COUNT and not counts:
        shares = quantity.kind is Kind.PERCENT and not (query.target or _REACHES.search(fold(query.question)))
        return quantity.kind is not Kind.RANK and not shares
    return quantity.kind in FITTING.get(query.asked, frozenset(Kind))


def is_score(candidate: Candidate) -> bool:
    """Whether a figure counts points, or is a fraction of what nothing names, as indexes are: "đạt 0,6284"."""
    value = candidate.quantity.value if candidate.quantity else None
    return candidate.noun.lower().startswith("điểm") or (not candidate.noun and value is not None and value % 1 != 0)


def is_rank(candidate: Candidate) -> bool:
    """Whether a figure is a rank, or counts the ranks won or lost."""
    return candidate.kind is Kind.RANK or candidate.noun.lower().startswith("bậc")


def text_fits(candidate: Candidate, query: Query) -> bool:
    """Whether a date is as fine as asked."""
    quantity = candidate.quantity
    if query.asked is not Asked.WHEN or quantity is None:
        return True
    if query.unit == "giờ":
        return quantity.kind is Kind.TIME
    if query.unit == "ngày":
        return quantity.kind is Kind.DATE
    return quantity.kind is not Kind.TIME


def is_negated(candidate: Candidate) -> bool:
    """Whether the sentence tells what lacks something."""
    return NEGATION.search(candidate.sentence.text) is not None


def tells_place(candidate: Candidate) -> bool:
    """Whether the sentence names a place."""
    return _PLACE.search(candidate.sentence.text) is not None


def _fits(candidate: Candidate, query: Query, counts: bool) -> bool:
    """Whether a figure of this form can answer the kind of question at all."""
    if candidate.planned != query.target and not names_plan_year(candidate, query):
        return False
    if query.negated and not is_negated(candidate):
        return False
    if is_given(candidate, query) or not _is_of_years(candidate, query):
        return False
    if candidate.former and not (query.year_before or candidate.years & set(query.years)):
        return False
    if candidate.of_plan != query.of_plan and query.asked is not Asked.YES_NO:
        return False
    return form_fits(candidate, query, counts)


def names_plan_year(candidate: Candidate, query: Query) -> bool:
    """Whether a plan is of the very year asked, which no result can be of yet."""
    year = candidate.sentence.report.year
    return candidate.planned and not query.done and year is not None and bool(query.years) and min(query.years) > year


def is_plan_of_result(candidate: Candidate, query: Query) -> bool:
    """Whether a figure is planned where what came of it is asked for: for a year reported, or in so many words."""
    year = candidate.sentence.report.year
    if not candidate.planned or candidate.quantity is None or year is None:
        return query.done and candidate.planned
    asks_result = not (query.target or query.asked is Asked.YES_NO)
    return query.done or (asks_result and max(candidate.years, default=year + 1) <= year)


def _fits_text(candidate: Candidate, query: Query) -> bool:
    """Whether years agree, an office is the one asked for, and a date is as fine as asked."""
    year = candidate.sentence.report.year
    told = candidate.years or frozenset({year, year + 1} if year else ())
    if query.years and not told & set(query.years):
        return False
    if query.target and not candidate.planned:
        return False
    if query.asked is Asked.WHO and not same_office(candidate, query):
        return False
    return text_fits(candidate, query)


def tells_name(candidate: Candidate, name: Sequence[Term], matcher: Matcher) -> bool:
    """Whether one of the two rarest words of a name stands around a candidate; so does a name without words."""
    found = dict(zip(matcher.terms, matcher.found(candidate), strict=True))
    rarest = sorted(name, key=lambda term: -term.weight)[:2]
    return not rarest or any(found[term] >= PRESENT for term in rarest)


def subject_match(candidate: Candidate, subject: Sequence[Word]) -> float:
    """Share of what the figure is asked of, 0 to 1, that stands among the candidate's own words."""
    if not subject:
        return 0.0
    sentence, spans = candidate.sentence, (candidate.zone, *candidate.heads)
    own = 0
    for word in subject:
        starts = [sentence.words[at].start for at in sentence.places.get(word.folded, ())]
        own += any(span.start <= start < span.end for start in starts for span in spans)
    return own / len(subject)


def of_other_slot(candidate: Candidate, query: Query, slot: int) -> float:
    """Share of the other slots' words that lead to the figure: "viễn thông bao nhiêu, bưu chính bao nhiêu"."""
    others = [word.key for number, lead in enumerate(query.leads) if number != slot for word in lead]
    if not others:
        return 0.0
    own = {w.key for w in candidate.sentence.words if candidate.lead.start <= w.start < candidate.lead.end}
    return sum(other in own for other in others) / len(others)


def is_given(candidate: Candidate, query: Query) -> bool:
    """Whether the question itself tells this figure, as "11 tháng đầu năm" does."""
    if query.asked is Asked.YES_NO or candidate.quantity is None:
        return False
    text = candidate.sentence.report.text
    if candidate.noun and candidate.kind is Kind.NUMBER:  # "hai lĩnh vực", "ba huyện miền núi"
        written = text[candidate.core.start : candidate.core.end].lower()
        counts = f" {written} {candidate.noun.lower().split()[0]} "
        if not written.isdigit() and counts in f" {query.question.lower()} ":
            return True
    if not query.given:
        return False
    told = {key(part) for part in text[candidate.quantity.start : candidate.quantity.end].split()} & {*query.given}
    if not told:
        return False
    asked = canonical_words(query.question)
    after = [words[1].folded for words in pairwise(asked) if words[0].key in told]
    counted = _folded_words(candidate.noun)
    return not counted or not after or any(word in counted for word in after)


@lru_cache(maxsize=16384)
def _folded_words(noun: str) -> tuple[str, ...]:
    """The canonical words of what a figure counts, without diacritics; kept, since reports do not change."""
    return tuple(word.folded for word in canonical_words(noun))


def _growth_fit(candidate: Candidate, query: Query) -> float:
    """1 when a change is asked and told the same way, below 0 when only one of both."""
    asks = query.asked is Asked.CHANGE or asks_new(query)
    if not asks:
        return -3.0 if candidate.direction else 0.0
    if not candidate.direction:
        return -2.0
    return 1.0 if not query.direction or candidate.direction == query.direction else -1.0


def asks_new(query: Query) -> bool:
    """Whether what is new or was added is asked for; "đài kiểu mới", "nông thôn mới" name a thing."""
    return not _ONLY.search(query.question) and any(
        term.key in _NEW and not (before and before.folded in _NEW_BY_NAME)
        for before, term in zip((None, *query.terms), query.terms, strict=False)
    )


def noun_match(candidate: Candidate, wanted: Sequence[Word]) -> float:
    """Share of the question's counted noun that follows the figure, 0 to 1."""
    if not wanted:
        return 0.0
    noun = _folded_words(candidate.noun)[:6]
    if [word.folded for word in wanted] == ["nguoi"] and Sort.PEOPLE in sorts_of(words(candidate.noun)):
        return 1.0  # all of them are people
    return sum(word.folded in noun for word in wanted) / len(wanted)


def _is_of_years(candidate: Candidate, query: Query) -> bool:
    """Whether the candidate is of a year the question names, if it names any."""
    year = candidate.sentence.report.year or 0
    if not query.years:
        return not query.year_before or year - 1 in candidate.years
    of = candidate.years or {year + 1 if candidate.planned else year}
    return bool(of & set(query.years))


def unasked(candidate: Candidate, matcher: Matcher) -> float:
    """Weighted share of the words leading to the figure that the question does not have: another indicator's mark."""
    lead = _leading(candidate.sentence, candidate.lead)
    if not lead:
        return 0.1
    return sum(weight for word, weight in lead if not matcher.is_asked(word)) / sum(weight for _, weight in lead)


@lru_cache(maxsize=16384)
def _leading(sentence: Sentence, lead: Span) -> tuple[tuple[Word, float], ...]:
    """The last words of what leads to a figure that tell something, with their rarity; kept for the next question."""
    told = [
        word
        for word in sentence.words
        if lead.start <= word.start < lead.end and word.key[:1].isalpha() and word.key not in LEADING
    ]
    return tuple((word, rarity(word.key, word.folded)) for word in told[-8:])


def _part_penalty(candidate: Candidate, query: Query, beside: float) -> float:
    """A part of a whole answers only when the question names that part."""
    if not candidate.is_part:
        return 0.0
    return 0.3 if query.total else min(0.3, 0.6 * beside)


def is_combined(candidate: Candidate, matcher: Matcher, asked_of: Sequence[Word] = ()) -> bool:
    """Whether the figure is of two trades together when the question, or its slot's lead, is of one of them."""
    asked = {word.folded for word in asked_of} or {term.word.folded for term in matcher.terms}
    lead = candidate.sentence.report.text[candidate.lead.start : candidate.lead.end].lower()
    return any(
        all(trade in lead for trade in pair) and sum(fold(trade).split()[0] in asked for trade in pair) == 1
        for pair in COMBINED
    )


def is_half(candidate: Candidate, matcher: Matcher) -> bool:
    """Whether the figure is of one trade when the question is of two together: "doanh thu bưu chính, viễn thông"."""
    asked = {term.word.folded for term in matcher.terms}
    lead = candidate.sentence.report.text[candidate.lead.start : candidate.lead.end].lower()
    return any(
        all(fold(trade).split()[0] in asked for trade in pair) and sum(trade in lead for trade in pair) == 1
        for pair in COMBINED
    )


def excluded(candidate: Candidate, query: Query) -> float:
    """Share of the words the question leaves out that the candidate is about."""
    if not query.excluded:
        return 0.0
    own = {w.key for w in candidate.sentence.words if candidate.zone.start <= w.start < candidate.zone.end}
    return sum(word.key in own for word in query.excluded) / len(query.excluded)
