"""Choose the weights of retrieval: ``python -m benchmarks.retrieval.tune``, and put them into ``assistant.retrieve``.

From the weights in use, one after the other is set to the value with the best mean of nDCG@10 over the collections,
each asked with all diacritics and with none, until none changes. Of collections with many questions every fourth is
asked. The halves kept for measuring are not looked at.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from assistant.chain import understood
from assistant.retrieve import WEIGHTS, Retriever, Weights
from assistant.types import Query
from benchmarks.quality import ROOT
from benchmarks.retrieval.collections import Collection, collections_to_learn_from
from benchmarks.retrieval.measures import measure
from benchmarks.retrieval.run import DEPTH, found_targets
from benchmarks.retrieval.typing import WAYS
from index.embed import BUNDLED, question_embedder
from index.words import nfc

_RESULTS = ROOT / "benchmarks" / "retrieval" / "tune.json"
_MANY = 200
_GRID: Mapping[str, Sequence[float]] = {
    "dense": (0.2, 0.3, 0.4, 0.5, 0.6),
    "late": (0.0, 0.2, 0.4, 0.6, 0.8),
    "pair": (0.2, 0.3, 0.4),
    "plain": (0.5, 0.7, 0.9),
    "rarity": (0.25, 0.5, 0.75),
    "year": (0.05, 0.15, 0.3),
    "planned": (0.05, 0.1, 0.15),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A collection with its questions understood, typed in one way."""

    name: str
    collection: Collection
    queries: tuple[Query, ...]

    def score(self, weights: Weights) -> float:
        """Mean nDCG@10."""
        retriever = Retriever(self.collection.index, question_embedder(BUNDLED), weights=weights)
        rankings = [
            found_targets(self.collection, question, [hit.passage for hit in retriever.retrieve(query, DEPTH)])
            for question, query in zip(self.collection.questions, self.queries, strict=True)
        ]
        return measure(rankings, [len(question.targets) for question in self.collection.questions]).ndcg_10


def _thinned(collection: Collection) -> Collection:
    many = len(collection.questions) > _MANY
    return replace(collection, questions=collection.questions[::4]) if many else collection


def _task(collection: Collection, way: str) -> Task:
    asked = (nfc(WAYS[way](question.text)) for question in collection.questions)
    return Task(f"{collection.name}, {way}", collection, tuple(understood(q, (), collection.index) for q in asked))


def with_value(weights: Weights, name: str, value: float) -> Weights:
    """The weights with one of them set anew."""
    if hasattr(weights, name):
        return replace(weights, **{name: value})  # type: ignore[arg-type]
    return replace(weights, terms=replace(weights.terms, **{name: value}))


def ascend(tasks: Sequence[Task]) -> tuple[Weights, list[dict[str, object]]]:
    """The best weights, one at a time, and every step that was tried."""
    tried: dict[Weights, float] = {}
    best = before = WEIGHTS
    while best is not before or not tried:
        before = best
        for name, values in _GRID.items():
            choices = [with_value(best, name, value) for value in values]
            for choice in choices:
                if choice not in tried:
                    tried[choice] = float(np.mean([task.score(choice) for task in tasks]))
                    print(f"{name:8} {tried[choice]:.4f} {choice}", flush=True)
            best = max([best, *choices], key=lambda choice: tried.get(choice, 0.0))
    return best, [{"weights": asdict(weights), "ndcg_10": round(score, 4)} for weights, score in tried.items()]


def main() -> None:
    """Tune, print the best weights and write every step as JSON."""
    with tempfile.TemporaryDirectory(prefix="tune-") as folder:
        tasks = [
            _task(collection, way)
            for collection in map(_thinned, collections_to_learn_from(Path(folder)))
            for way in ("full", "none")
        ]
        best, steps = ascend(tasks)
        scores = {task.name: task.score(best) for task in tasks}
    print(best)
    results = {"command": "python -m benchmarks.retrieval.tune", "best": asdict(best), "scores": scores, "steps": steps}
    _RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
