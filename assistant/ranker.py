"""The learned ranker: features of candidates → how probable it is that each one answers; see ``training/ranker.py``.

A small network scores each candidate; a softmax over all of them and over "none answers" makes probabilities.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from assistant import offices
from assistant.features import NAMES, PLAIN, features
from assistant.meaning import Meanings
from assistant.traits import Asking
from assistant.types import Asked, Query
from index.candidate import Candidate
from index.numbers import DATING, Kind

Rows = NDArray[np.float32]
WEIGHTS = "ranker.npz"


_Scores = NDArray[np.floating]
_RULED_OUT, _SURE, _FITS = map(PLAIN.index, ("ruled_out", "sure", "fits_all"))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with how probable it is that it answers.

    Attributes:
        candidate: What may answer.
        probability: 0 to 1; with those of the other candidates and that of "none answers" it sums to 1.
        sure: Whether its form, year and plan are those asked for and enough of the question's words stand around it.
        near: How probable it would be if none were ruled out.
    """

    candidate: Candidate
    probability: float
    sure: bool
    near: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of the network.

    Attributes:
        mean: Of each feature, shape (features,).
        scale: What each feature is divided by, shape (features,).
        linear: Weight of each feature, shape (features,).
        hidden: Weights of the hidden layer, shape (features, units).
        hidden_bias: Shape (units,).
        output: Weight of each unit, shape (units,).
        none: Score of "none answers".
    """

    mean: Rows
    scale: Rows
    linear: Rows
    hidden: Rows
    hidden_bias: Rows
    output: Rows
    none: float

    def probabilities(self, features: Rows) -> Rows:
        """How probable it is that each candidate answers.

        Args:
            features: Shape (candidates, features), in the order of ``features.NAMES``.

        Returns:
            Shape (candidates,) float32; they sum to 1 less the probability that none answers.
        """
        return self._shares(self._scores(features))

    def _scores(self, features: Rows) -> _Scores:
        """What speaks for each candidate, shape (candidates,)."""
        rows = (features - self.mean) / self.scale
        scores: _Scores = rows @ self.linear + np.tanh(rows @ self.hidden + self.hidden_bias) @ self.output
        return scores

    def _shares(self, scores: _Scores) -> Rows:
        """The probabilities that scores stand for, shape (candidates,)."""
        highest = max(float(scores.max(initial=self.none)), self.none)
        raised = np.exp(scores - highest)
        shares: Rows = (raised / (raised.sum() + np.exp(self.none - highest))).astype(np.float32)
        return shares

    def rank(
        self, candidates: Sequence[Candidate], hits: Sequence[float], asking: Asking, meanings: Meanings
    ) -> list[Ranked]:
        """The candidates, the most probable first; those ruled out come last, by how near they are.

        Args:
            candidates: What may answer.
            hits: Retrieval score of each one's passage.
            asking: The query.
            meanings: Knows the words of sentences by meaning.
        """
        rows = features(candidates, hits, asking, meanings)
        possible = rows[:, _RULED_OUT] == 0
        scores = self._scores(rows)
        near = self._shares(scores)
        shares = np.zeros(len(rows), dtype=np.float32)
        shares[possible] = self._shares(scores[possible])
        ranked = [
            Ranked(candidate, float(shares[row]), bool(rows[row, _SURE] * rows[row, _FITS]), float(near[row]))
            for row, candidate in enumerate(candidates)
        ]
        return by_probability(ranked)


def by_probability(ranked: Iterable[Ranked]) -> list[Ranked]:
    """The candidates, the most probable first, of equal ones the nearest."""
    return sorted(ranked, key=lambda one: (-one.probability, -one.near))


def reweighed(ranked: Sequence[Ranked], odds: Sequence[float]) -> list[Ranked]:
    """The candidates, each as many times likelier against none as its odds tell, the most probable first."""
    none = max(0.0, 1.0 - sum(one.probability for one in ranked))
    whole = none + sum(one.probability * more for one, more in zip(ranked, odds, strict=True))
    return by_probability(
        replace(one, probability=one.probability * more / max(whole, 1e-9))
        for one, more in zip(ranked, odds, strict=True)
    )


def confidence(ranked: Sequence[Ranked], query: Query) -> float:
    """How probable it is that what the best candidate tells answers, those that bear it out counted in.

    These tell the same, or, where words or yes and no answer, stand in the same sentence, where a date answers, in the
    stretch that is told with it. Where the most or the least
    is asked for, they are of the same kind, since the largest of them all is taken; where a person's office is asked
    for, they tell an office of that person.
    """
    best = ranked[0].candidate
    office = bool(query.names) and offices.asks_office(query) and offices.tells_office(best)
    in_words = query.asked in (Asked.YES_NO, Asked.TEXT, Asked.WHERE)
    return sum(
        one.probability
        for one in ranked
        if tells_same(one.candidate, best)
        or (in_words and one.candidate.sentence.span == best.sentence.span)
        or (
            query.asked is Asked.WHEN
            and one.candidate.span == best.span
            and one.candidate.sentence.span == best.sentence.span
        )
        or (query.extreme and best.quantity is not None and is_alike(one.candidate, best))
        or (office and offices.tells_office(one.candidate))
    )


def is_alike(one: Candidate, other: Candidate) -> bool:
    """Whether two figures are of one kind, so that the larger of them can be told."""
    return one.quantity is not None and other.quantity is not None and _form(one) == _form(other)


def _form(candidate: Candidate) -> tuple[object, ...]:
    """What figures of one kind share; a change is no part of the whole that a result before it is."""
    unit = candidate.quantity.unit if candidate.quantity else ""
    part = candidate.is_part and not candidate.direction
    return (candidate.kind, unit, candidate.noun, candidate.direction, part)


def tells_same(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates tell the same figure, shares in one sentence alone, or the same words."""
    if one.quantity and other.quantity and one.kind not in DATING:
        if one.kind in (Kind.PERCENT, Kind.RATIO) and one.sentence.span != other.sentence.span:
            return False  # many shares are 100 %
        return (one.quantity.value, one.quantity.unit, one.kind, one.direction) == (
            other.quantity.value, other.quantity.unit, other.kind, other.direction
        )  # fmt: skip
    return one.sentence.report is other.sentence.report and _written(one) == _written(other)


def _written(candidate: Candidate) -> str:
    return " ".join(candidate.sentence.report.text[candidate.core.start : candidate.core.end].lower().split())


@lru_cache(maxsize=1)
def bundled_ranker() -> Ranker:
    """The ranker that comes with the program.

    Raises:
        ValueError: It was trained for other features than the program computes.
    """
    with files("assistant").joinpath(WEIGHTS).open("rb") as file, np.load(file, allow_pickle=False) as stored:
        if tuple(stored["names"].tolist()) != NAMES:
            raise ValueError(f"{WEIGHTS} was trained for other features: run python -m training.ranker")
        return Ranker(
            mean=stored["mean"],
            scale=stored["scale"],
            linear=stored["linear"],
            hidden=stored["hidden"],
            hidden_bias=stored["hidden_bias"],
            output=stored["output"],
            none=float(stored["none"]),
        )
