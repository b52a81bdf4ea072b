"""What speaks for and against a candidate, as numbers a learned ranker weighs; see ``training/ranker.py``."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.meaning import Likeness, Meanings, weighted_share
from assistant.rank import FITTING
from assistant.traits import Asking, ruled_out, told_by_meaning, told_of, year_of
from assistant.types import Asked, Query
from index.candidate import Candidate
from index.numbers import Kind

Row = NDArray[np.float32]

_FORMS = (*Kind, None)
PLAIN = (
    "coverage", "strong", "inside", "missing", "key_missing", "near", "near_own", "near_span", "near_missing",
    "near_key_missing", "hit", "unasked", "unasked_near", "unasked_noun", "subject", "close", "phrases",
    "fits", "as_put",
    "counted", "uncounted", "counted_near", "wanted_near", "no_noun",
    "change", "no_change", "unasked_change", "other_direction", "same_direction", "new",
    "target", "no_target", "unasked_target", "plan_year",
    "year", "own_year", "report_year", "other_year", "wrong_year", "near_year", "former", "unasked_former",
    "of_plan", "unasked_plan_share", "no_plan_share", "part", "part_of_total", "combined", "excluded", "other_slot",
    "given", "row", "first", "figures", "words", "listed", "negated", "place", "office",
    "total", "unasked_total", "no_total", "extreme", "unasked_extreme", "no_extreme", "each", "unasked_each", "no_each",
    "remains", "unasked_remains", "no_remains", "new_told", "unasked_new_told", "no_new_told",
    "head", "other_head", "sort", "other_sort", "misfit", "older", "fits_all", "sure", "by_hand", "title", "short",
    "need", "unasked_need", "no_need", "base", "planned_asked", "web", "unasked_web", "no_web",
    "reason", "no_reason", "planned_year", "rival_told", "rival_other", "rival_missing", "rival_strict",
    "rival_unasked",
    "other_wanted", "left", "unasked_left", "no_left", "now", "no_now",
    "deadline", "unasked_deadline", "no_deadline", "half", "named", "no_named", "other_named", "unasked_named",
    "list_told", "no_list_told", "negated_own", "no_negated_own",
    "moment", "moment_near", "no_moment", "other_moment", "unasked_moment", "of_prize",
    "is_reply", "beside_reply", "after_reply", "no_reply", "local_told", "whole_told", "member", "ruled_out",
)  # fmt: skip
"""The features that are no pairs of what is asked and what form the candidate has."""
_PLACES = {name: place for place, name in enumerate(PLAIN)}
POOLED = ("rarest_own", "rarest_near", "rare_found", "rare_own", "rare_near", "best_found", "best_own", "best_near")
"""Features by what sets a candidate apart from the others: words of the question that few of them have."""
RELATIVE = ("coverage", "strong", "inside", "near", "near_own", "near_span", "hit", "close", "wanted_near", "rare_own",
            "rare_near", "rare_found", "rarest_own", "by_hand")  # fmt: skip
"""Features that also count by how far they are below the best candidate's."""
NAMES = (
    *PLAIN,
    *POOLED,
    *(f"below_{name}" for name in RELATIVE),
    "age",
    *(f"{asked.value}_{form.value if form else 'text'}" for asked in Asked for form in _FORMS),
)


LOOKED_INTO, FAR = 16, 1.2
"""How many candidates are looked into at most, those that hold most of the question, and how much less than the best
of them a figure may hold; the others are ruled out. Of words the answer may hold little: a reason in the next clause.
"""
_ALIKE_WEIGHT, _HIT_WEIGHT, _FORM_WEIGHT, _PLAN_WEIGHT = 0.7, 0.65, 0.3, 0.2
"""Fitted to the training questions, of whose answers 99.9 % are among the first sixteen so."""


def features(candidates: Sequence[Candidate], hits: Sequence[float], asking: Asking, meanings: Meanings) -> Row:
    """The features of a query's candidates, shape (candidates, features) float32, in the order of ``NAMES``.

    Args:
        candidates: What may answer.
        hits: Retrieval score of each one's passage.
        asking: The query.
        meanings: Knows the words of sentences by meaning.
    """
    if not candidates:
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    query, matcher = asking.query, asking.matcher
    sentences = {id(candidate.sentence): candidate.sentence for candidate in candidates}.values()
    likeness = Likeness(asking.pieces, [(sentence, meanings.of_sentence(sentence)) for sentence in sentences])
    found = np.array([matcher.found(c) for c in candidates], dtype=np.float32).reshape(len(candidates), -1)
    own = np.array([matcher.within(c.sentence, c.span) for c in candidates], dtype=np.float32)
    own = own.reshape(len(candidates), -1)
    near = likeness.nearest([(c.sentence, (c.zone, *c.heads)) for c in candidates])
    weights = np.array([term.weight for term in matcher.terms], dtype=np.float32)
    alike = _ALIKE_WEIGHT * weighted_share(near, asking.pieces.weights)
    held = weighted_share(found, weights) + alike + _suits(candidates, hits, query)
    least = float(held.max()) - FAR
    most = np.argsort(-held, kind="stable")[:LOOKED_INTO].tolist()
    rows = [row for row in most if held[row] >= least or candidates[row].quantity is None]
    plain = np.zeros((len(candidates), len(PLAIN)), dtype=np.float32)
    pairs = np.zeros((len(candidates), len(Asked) * len(_FORMS)), dtype=np.float32)
    plain[:, _PLACES["ruled_out"]] = 1
    looked_into = [candidates[row] for row in rows]
    plain[rows] = [
        _plain(candidate, hits[row], asking, found[row].tolist())
        for row, candidate in zip(rows, looked_into, strict=True)
    ]
    for name, values in told_by_meaning(looked_into, near[rows], asking, likeness).items():
        plain[rows, _PLACES[name]] = values
    place = list(Asked).index(query.asked) * len(_FORMS)
    pairs[rows, [place + _FORMS.index(candidate.kind) for candidate in looked_into]] = 1
    pooled = np.stack(
        [
            _rare(own, np.ones_like(weights)), _rare(near, np.ones_like(asking.pieces.weights)),
            _rare(found, weights), _rare(own, weights), _rare(near, asking.pieces.weights),
            _best(found, weights), _best(own, weights), _best(near, asking.pieces.weights),
        ],
        axis=1,
    )  # fmt: skip
    measured = dict(zip((*PLAIN, *POOLED), np.concatenate([plain, pooled], axis=1).T, strict=True))
    below = np.stack([measured[name] - measured[name].max() for name in RELATIVE], axis=1)
    return np.concatenate([plain, pooled, below, _ages(candidates, query)[:, None], pairs], axis=1)


def _plain(candidate: Candidate, hit: float, asking: Asking, found: Sequence[float]) -> list[float]:
    """The features of ``PLAIN`` of one candidate, but for those by meaning."""
    told = told_of(candidate, hit, asking, found)
    told["ruled_out"] = float(ruled_out(candidate, asking.query, told))
    return [told.get(name, 0.0) for name in PLAIN]


def _suits(candidates: Sequence[Candidate], hits: Sequence[float], query: Query) -> Row:
    """How well each candidate suits a query whatever its words, by its passage, form and plan, shape (candidates,)."""
    forms = FITTING.get(query.asked, _FORMS)
    suits: Row = np.array(
        [
            _HIT_WEIGHT * hit
            + _FORM_WEIGHT * (candidate.kind is None or candidate.kind in forms)
            - _PLAN_WEIGHT * (candidate.planned != query.target)
            for candidate, hit in zip(candidates, hits, strict=True)
        ],
        dtype=np.float32,
    )
    return suits


def _rare(found: Row, weights: Row) -> Row:
    """Share, 0 to 1, of the question's words found, each weighing more the fewer candidates have it.

    Args:
        found: How well each word is found at each candidate, shape (candidates, words).
        weights: Of the words, shape (words,).
    """
    if not found.size:
        return np.zeros(len(found), dtype=np.float32)
    spread = weights * np.log((1 + len(found)) / (0.5 + found.sum(axis=0)))
    spread = np.maximum(spread, 0)
    return weighted_share(found, spread)


def _best(found: Row, weights: Row) -> Row:
    """Share, 0 to 1, of the question's words that no other candidate has better."""
    if not found.size or not weights.sum():
        return np.zeros(len(found), dtype=np.float32)
    highest = found.max(axis=0)
    best = ((found >= highest - 0.02) & (highest > 0.2)).astype(np.float32)
    return weighted_share(best, weights)


def _ages(candidates: Sequence[Candidate], query: Query) -> Row:
    """How many years older each is than the latest, in fives, when the question names no year."""
    years = np.array([year_of(candidate) for candidate in candidates], dtype=np.float32)
    if query.years or not years.any():
        return np.zeros(len(years), dtype=np.float32)
    ages: Row = np.where(years > 0, (years.max() - years) / 5, 0).astype(np.float32)
    return ages
