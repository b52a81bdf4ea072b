"""Figures of a ranking; relevance is 0 or 1."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CUT = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions of a collection, from 0 to 1.

    Attributes:
        ndcg_10: Normalised discounted cumulative gain of the first ten [1].
        mrr_10: Inverse rank of the first relevant one, 0 if not among ten.
        recall_1: Share of the relevant ones that stand first, of at most one.
        recall_5: The same of the first five, of at most five.
        recall_10: The same of the first ten, of at most ten.

    [1] Järvelin and Kekäläinen 2002, Cumulated gain-based evaluation of IR techniques, https://doi.org/10.1145/582415
    """

    ndcg_10: float
    mrr_10: float
    recall_1: float
    recall_5: float
    recall_10: float


def measure(rankings: Sequence[Sequence[frozenset[int]]], relevant: Sequence[int]) -> Figures:
    """Score rankings.

    Args:
        rankings: For each question what was found, best first: the targets each found thing answers, mostly none.
        relevant: For each question the number of its targets, at least 1.
    """
    rows = [_of_question(*question) for question in zip(rankings, relevant, strict=True)]
    return Figures(*(round(float(value), 4) for value in np.mean(rows, axis=0)))


def _of_question(ranking: Sequence[frozenset[int]], wanted: int) -> list[float]:
    """ndcg, mrr and recalls of one question; a target found twice counts once, where it was found first."""
    seen: set[int] = set()
    ranks = []
    for rank, targets in enumerate(ranking[:CUT]):
        ranks += [rank] * len(targets - seen)
        seen |= targets
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(CUT, wanted)))
    gain = sum(1 / math.log2(rank + 2) for rank in sorted(ranks))
    recalls = [sum(rank < cut for rank in ranks) / min(cut, wanted) for cut in (1, 5, CUT)]
    return [min(1.0, gain / ideal), 1 / (ranks[0] + 1) if ranks else 0.0, *(min(1.0, recall) for recall in recalls)]
