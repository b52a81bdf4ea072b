"""What one candidate tells of a query, as named numbers: its words, their meaning, its form, year, plan and noun."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant import offices, rank, sayings
from assistant.as_put import is_as_put
from assistant.counting import (
    counting,
    counts_no_money,
    counts_no_people,
    counts_no_share,
    counts_things,
    moves_no_share,
)
from assistant.match import TAIL, Matcher
from assistant.meaning import Likeness, Meanings, Pieces, Rows, weighted_share
from assistant.named import (
    gives_what_is_received,
    is_of_more_places,
    is_of_nation,
    is_of_smaller_place,
    is_rewarded,
    level_told,
    names_told,
    ranks_another_body,
    tells_no_day_asked,
    tells_no_firm_asked,
)
from assistant.replied import beside_reply
from assistant.rivals import is_of_other_index, rivals_asked, rivals_told
from assistant.sayings import dated, listed, said, state
from assistant.singled import prize_asked
from assistant.times import is_of_other_edition, is_of_other_part_of_year
from assistant.types import Asked, Query
from index.candidate import Candidate
from index.numbers import MOMENTS, Kind
from index.sentences import Sentence
from index.types import Span


@dataclass(frozen=True, slots=True)
class Asking:
    """A query with what its candidates are held against.

    Attributes:
        query: The question understood.
        matcher: Made from its terms.
        pieces: Its words by meaning.
        rivals: What it names among things counted side by side, by the number of their group in ``RIVALS``.
        slot: Which of ``query.wanted`` is to be answered.
        wanted: Which of the pieces belong to what is counted, shape (pieces,), or None when nothing is.
    """

    query: Query
    matcher: Matcher
    pieces: Pieces
    rivals: Mapping[int, frozenset[str]]
    slot: int = 0
    wanted: NDArray[np.bool_] | None = None


def asking_of(query: Query, matcher: Matcher, meanings: Meanings, slot: int = 0) -> Asking:
    """A query made ready for its candidates."""
    pieces = meanings.of_question(query)
    counted = query.wanted[slot] if slot < len(query.wanted) else ()
    wanted = meanings.holding(pieces, query.search_text, counted) if counted else None
    return Asking(
        query, matcher, pieces, rivals_asked(query, slot), slot, wanted if wanted is not None and wanted.any() else None
    )


_NEVER = ("other_year", "unasked_former", "no_change", "unasked_plan_share", "given", "rival_strict")
"""What hardly any right answer has (less than 1 in 200 of those in the training sets), and wrong ones often."""


def ruled_out(candidate: Candidate, query: Query, told: Mapping[str, float]) -> bool:
    """Whether a candidate cannot answer: of another year, sort or trade, of a deputy where the head is asked for."""
    if told.get("wrong_year") and not told.get("near_year"):
        return True
    if query.asked is Asked.WHO and candidate.kind is None and not offices.same_office(candidate, query):
        return True
    if query.asked is Asked.TEXT and offices.is_of_other_body(candidate, query):
        return True
    if rank.is_plan_of_result(candidate, query) or tells_no_firm_asked(candidate, query):
        return True
    if (
        is_of_smaller_place(candidate, query)
        or is_of_nation(candidate, query)
        or is_of_other_edition(candidate, query)
        or gives_what_is_received(candidate, query)
        or is_of_other_part_of_year(candidate, query)
        or is_rewarded(candidate, query)
        or tells_no_day_asked(candidate, query)
        or ranks_another_body(candidate, query)
        or is_of_other_index(candidate, query)
        or is_of_more_places(candidate, query)
        or (query.asked is Asked.RANK and rank.is_score(candidate))
        or (query.asked is Asked.SCORE and rank.is_rank(candidate))
        or sayings.is_other_money(candidate, query)
    ):
        return True
    if told.get("planned_asked") or (query.asked is Asked.YES_NO and told.get("unasked_need") and candidate.quantity):
        return True  # what is planned or called for does not tell whether it is so
    if query.asked is Asked.COUNT and _is_no_count(candidate, query, told):
        return True
    if query.asked is Asked.MONEY and (candidate.kind is Kind.PERCENT or counts_no_money(candidate, query)):
        return True
    if moves_no_share(candidate, query) or (query.asked is Asked.PERCENT and counts_no_share(candidate, query)):
        return True
    return any(told.get(name) for name in _NEVER) or (query.asked is Asked.WHERE and not told.get("as_put"))


def _is_no_count(candidate: Candidate, query: Query, told: Mapping[str, float]) -> bool:
    """Whether a candidate is a share or money where things are counted, no people, or all where new ones are."""
    if (rank.asks_new(query) and sayings.tells_standing(candidate)) or counts_no_people(candidate, query):
        return True
    return bool(told.get("misfit") and not query.target) or (candidate.kind is Kind.MONEY and counts_things(query))


def told_of(candidate: Candidate, hit: float, asking: Asking, found: Sequence[float]) -> dict[str, float]:
    """What a candidate tells of a query but by meaning, by the names of ``features.PLAIN``; those not there are 0.

    Args:
        candidate: What may answer.
        hit: Retrieval score of its passage.
        asking: The query.
        found: How well each term of the query is found around it, see ``Matcher.found``.
    """
    lexical = _lexical(candidate, asking, found)
    return {
        **lexical,
        **said(candidate, asking.query),
        **_by_hand(candidate, hit, asking, found, lexical["unasked"]),
        **rivals_told(candidate, asking.rivals),
        **_form(candidate, asking),
        **_years(candidate, asking.query),
        **_plans(candidate, asking.query),
        **state(candidate, asking.query),
        **dated(candidate, asking.query),
        **listed(candidate, asking.query),
        **names_told(candidate, asking.query),
        **level_told(candidate, asking.query),
        **beside_reply(candidate, asking.query),
        "of_prize": float(bool(prize_asked(asking.query))),
        "hit": hit,
    }


def _lexical(candidate: Candidate, asking: Asking, found: Sequence[float]) -> dict[str, float]:
    matcher, query = asking.matcher, asking.query
    missing = [term.weight / (matcher.total or 1) for term, value in zip(matcher.terms, found, strict=True)
               if value < rank.PRESENT]  # fmt: skip
    lead = query.leads[asking.slot] if asking.slot < len(query.leads) else query.subject
    return {
        "coverage": matcher.coverage(found),
        "strong": matcher.coverage([value if value > TAIL else 0.0 for value in found]),
        "inside": matcher.held(candidate.sentence, candidate.span),
        "missing": sum(missing),
        "key_missing": max(missing, default=0.0),
        "unasked": rank.unasked(candidate, matcher) if candidate.quantity else 0.0,
        "subject": rank.subject_match(candidate, lead),
        "close": _closeness(candidate, matcher),
        "phrases": _phrases(candidate, matcher),
        "combined": float(rank.is_combined(candidate, matcher, lead if query.leads else ())),
        "half": float(rank.is_half(candidate, matcher)),
        "excluded": rank.excluded(candidate, query),
        "other_slot": rank.of_other_slot(candidate, query, asking.slot),
    }


def _closeness(candidate: Candidate, matcher: Matcher) -> float:
    """Mean over the question's words found in the sentence of how near to the figure they stand, 0 to 1."""
    words = candidate.sentence.words
    at = next((n for n, w in enumerate(words) if w.start >= candidate.core.start), len(words))
    return matcher.closeness(candidate.sentence, at)


def _by_hand(
    candidate: Candidate, hit: float, asking: Asking, found: Sequence[float], beside: float
) -> dict[str, float]:
    """What rules would say: the score they sum up, and whether they would let the candidate answer."""
    query, matcher = asking.query, asking.matcher
    figure = candidate.quantity is not None and candidate.kind not in MOMENTS
    scored = (
        rank.score_figure(candidate, query, matcher, hit, asking.slot, found, beside)
        if figure
        else rank.score_text(candidate, query, matcher, hit, found)
    )
    report = candidate.sentence.report
    said = report.text[candidate.span.start : candidate.span.end]
    years = year_of(candidate)
    return {
        "fits_all": float(scored.fits),
        "sure": float(scored.sure),
        "by_hand": scored.score,
        "title": float(said.strip(" *#") in report.title),
        "short": float(len(said) < 30),
        "older": float(bool(candidate.years) and not query.years and max(candidate.years) < years),
        "planned_year": float(candidate.planned and not query.years and not query.target),
        "misfit": float(bool(query.wanted and any(query.wanted)) and candidate.kind in (Kind.PERCENT, Kind.RANK)),
    }


def _phrases(candidate: Candidate, matcher: Matcher) -> float:
    """Share of the pairs of neighbours in the question that are neighbours in the candidate's own stretch."""
    pairs = {(a.word.folded, b.word.folded) for a, b in pairwise(matcher.terms) if b.follows}
    if not pairs:
        return 0.0
    return len(pairs & _neighbours(candidate.sentence, candidate.zone)) / len(pairs)


@lru_cache(maxsize=16384)
def _neighbours(sentence: Sentence, zone: Span) -> frozenset[tuple[str, str]]:
    """The pairs of neighbours, without diacritics, in a stretch of a sentence; kept for the next question."""
    own = [word.folded for word in sentence.words if zone.start <= word.start < zone.end]
    return frozenset(pairwise(own))


def told_by_meaning(
    candidates: Sequence[Candidate], own: Rows, asking: Asking, likeness: Likeness
) -> dict[str, NDArray[np.floating]]:
    """What candidates tell of a query by meaning, by the names of ``features.PLAIN``, each of shape (candidates,).

    Args:
        candidates: What may answer.
        own: How near each piece of the query is to what is said of each candidate itself, shape (candidates, pieces).
        asking: The query.
        likeness: How near the query's pieces are to those of the candidates' sentences.
    """
    behind = [(one.sentence, Span(one.core.start, one.span.end)) for one in candidates]
    everywhere = likeness.nearest([(one.sentence, (one.sentence.span, *one.sentence.headings)) for one in candidates])
    within = likeness.nearest([(one.sentence, (one.span,)) for one in candidates])
    counted = likeness.nearest([(sentence, (span,)) for sentence, span in behind])
    weights = asking.pieces.weights
    missing = weights * np.maximum(0, 0.5 - everywhere) * 2 / (float(weights.sum()) or 1.0)
    return {
        "near": weighted_share(everywhere, weights),
        "near_own": weighted_share(own, weights),
        "near_span": weighted_share(within, weights),
        "near_missing": missing.sum(axis=1),
        "near_key_missing": missing.max(axis=1, initial=0.0),
        "unasked_near": likeness.unasked([(one.sentence, one.lead) for one in candidates]),
        "counted_near": weighted_share(counted, weights),
        "wanted_near": weighted_share(counted, weights * (asking.wanted if asking.wanted is not None else 0)),
        "unasked_noun": likeness.unasked(behind),
    }


def _form(candidate: Candidate, asking: Asking) -> dict[str, float]:
    query = asking.query
    wanted = query.wanted[asking.slot] if asking.slot < len(query.wanted) else ()
    counted = rank.noun_match(candidate, wanted)
    asks_change = query.asked is Asked.CHANGE
    asks_new = rank.asks_new(query)
    text = candidate.sentence.report.text
    said = text[candidate.span.start : candidate.span.end]
    figures = [q for q in candidate.sentence.quantities if q.kind not in MOMENTS]
    counted_as = counting(candidate, wanted, query)
    kind_fits = (
        rank.form_fits(candidate, query, bool(wanted)) if candidate.quantity else rank.text_fits(candidate, query)
    )
    return {
        **counted_as,
        "fits": float(kind_fits),
        "as_put": float(is_as_put(candidate, query)),
        "counted": counted,
        "uncounted": float(bool(wanted) and counted == 0),
        "no_noun": float(bool(wanted) and not candidate.noun),
        "change": float(asks_change and bool(candidate.direction)),
        "no_change": float(asks_change and not candidate.direction),
        "unasked_change": float(not asks_change and not asks_new and bool(candidate.direction)),
        "new": float(asks_new and bool(candidate.direction)),
        "same_direction": float(bool(query.direction) and candidate.direction == query.direction),
        "other_direction": float(
            bool(query.direction and candidate.direction) and candidate.direction != query.direction
        ),
        "base": float(candidate.is_base),
        "part": float(candidate.is_part),
        "part_of_total": float(candidate.is_part and query.total),
        "given": float(rank.is_given(candidate, query)),
        "row": float(candidate.sentence.row is not None),
        "first": float(
            bool(figures) and candidate.quantity is not None and figures[0].start == candidate.quantity.start
        ),
        "figures": min(len(figures), 8) / 8,
        "words": min(len(said), 400) / 400,
        "listed": float(candidate.quantity is None and said.count(",") + said.count(";") > 2),
        "negated": float(query.negated and rank.is_negated(candidate)),
        "place": float(query.asked is Asked.WHERE and rank.tells_place(candidate)),
        "office": float(query.asked is Asked.WHO and offices.same_office(candidate, query)),
    }


_COMPARED_YEAR = re.compile(
    r"\b(?:so với|hơn|kém|bằng|từ)\s+(?:[^;.]{0,25}?\s(?:của|trong)\s+)?(?:cùng kỳ\s+)?(?:cuối\s+)?"
    r"năm\s+(?:19|20)\d{2}",
    re.IGNORECASE,
)
"""A year that a figure is only compared with."""
_NEXT_YEAR = re.compile(r"\b(?:năm sau|năm tới|năm kế tiếp)\b", re.IGNORECASE)


def _years(candidate: Candidate, query: Query) -> dict[str, float]:
    asked, sentence = set(query.years), candidate.sentence
    year = sentence.report.year or 0
    of = candidate.years or {year + 1 if candidate.planned else year}
    before = query.year_before and not asked
    also = {year} if candidate.kind is None else set()  # words of this report's year may name others too
    if not asked:
        return {
            "former": float(before and (candidate.former or year - 1 in candidate.years)),
            "unasked_former": float(candidate.former and not before),
        }
    around = sentence.report.text[min(sentence.span.start, candidate.zone.start) : candidate.zone.end]
    before_it = sentence.before.text if sentence.before and query.asked is not Asked.WHO else ""
    around = _COMPARED_YEAR.sub("", f"{around}\n{before_it}")
    if _NEXT_YEAR.search(around):
        also.add(year + 1)
    return {
        "year": float(bool(of & asked)),
        "own_year": float(bool(candidate.years & asked)),
        "report_year": float(year in asked),
        "other_year": float(bool(candidate.years) and not (candidate.years | also) & asked),
        "wrong_year": float(not (of | also) & asked),
        "near_year": float(any(str(one) in around for one in asked)),
        "former": float(candidate.former and bool(candidate.years & asked)),
        "unasked_former": float(candidate.former and not candidate.years & asked and not query.year_before),
    }


def _plans(candidate: Candidate, query: Query) -> dict[str, float]:
    return {
        "target": float(query.target and candidate.planned),
        "no_target": float(query.target and not candidate.planned),
        "unasked_target": float(not query.target and candidate.planned),
        "planned_asked": float(query.asked is Asked.YES_NO and candidate.planned and not query.target),
        "plan_year": float(rank.names_plan_year(candidate, query)),
        "of_plan": float(query.of_plan and candidate.of_plan),
        "unasked_plan_share": float(candidate.of_plan and not query.of_plan),
        "no_plan_share": float(query.of_plan and not candidate.of_plan),
    }


def year_of(candidate: Candidate) -> int:
    """The year a figure is of: its own, not after the report's; 0 when nothing tells."""
    year = candidate.sentence.report.year or 0
    return min(max(candidate.years, default=year), year) if candidate.sentence.row else year
