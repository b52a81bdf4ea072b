"""Measure retrieval and write the figures: ``python -m benchmarks.retrieval.run``."""

import argparse
import json
import shlex
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.chain import understood
from assistant.retrieve import WEIGHTS, Retriever, Weights
from benchmarks.quality import ROOT
from benchmarks.retrieval.collections import Collection, Question, collections_to_measure
from benchmarks.retrieval.measures import CUT, Figures, measure
from benchmarks.retrieval.speed import measure_speed
from benchmarks.retrieval.typing import WAYS
from index.embed import BUNDLED, question_embedder
from index.words import nfc

_RESULTS = ROOT / "benchmarks" / "retrieval" / "results.json"
METHODS = {
    "lexical": replace(WEIGHTS, dense=0.0, late=0.0),
    "dense": replace(WEIGHTS, dense=1.0, late=0.0),
    "hybrid": WEIGHTS,
}
DEPTH = 8 * CUT
"""Passages looked at for ten documents: several may be of one."""


def rank(collection: Collection, weights: Weights, typed: Callable[[str], str]) -> Figures:
    """Ask every question of a collection, typed in one way, and score what is found."""
    retriever = Retriever(collection.index, question_embedder(BUNDLED), weights=weights)
    rankings = []
    for question in collection.questions:
        hits = retriever.retrieve(understood(nfc(typed(question.text)), (), collection.index), DEPTH, untold=True)
        rankings.append(found_targets(collection, question, [hit.passage for hit in hits]))
    return measure(rankings, [len(question.targets) for question in collection.questions])


def found_targets(collection: Collection, question: Question, passages: list[int]) -> list[frozenset[int]]:
    """The targets each found passage answers; where targets are documents, each document counts once."""
    found = [collection.index.passages[passage] for passage in passages]
    if all(target.end is None for target in question.targets):
        found = list({passage.report: passage for passage in found}.values())
    return [frozenset(at for at, target in enumerate(question.targets) if target.is_in(p)) for p in found]


def main() -> None:
    """Measure every collection by every method and way of typing, print the figures and write them as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval.run", description="Measure retrieval.")
    parser.add_argument("--out", type=Path, default=_RESULTS, help="file for the figures (default: %(default)s)")
    out: Path = parser.parse_args().out
    rows = []
    with tempfile.TemporaryDirectory(prefix="retrieval-") as folder:
        collections = collections_to_measure(Path(folder))
        for collection in collections:
            for way, typed in WAYS.items():
                for method, weights in METHODS.items():
                    figures = asdict(rank(collection, weights, typed))
                    print(f"{collection.name:28} {way:18} {method:8}", *figures.values(), flush=True)
                    rows.append({"collection": collection.name, "diacritics": way, "method": method} | figures)
        sizes = {
            collection.name: {
                "questions": len(collection.questions),
                "documents": len(collection.index.reports),
                "passages": len(collection.index.passages),
            }
            for collection in collections
        }
    results = {
        "command": shlex.join(["python", "-m", "benchmarks.retrieval.run", *sys.argv[1:]]),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "collections": sizes,
        "rows": rows,
        "speed": [asdict(row) for row in measure_speed()],
    }
    out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
