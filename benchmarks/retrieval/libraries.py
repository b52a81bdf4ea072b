"""Two libraries for lexical retrieval compared on the same terms: bm25s, which is used, and tantivy.

``pip install tantivy==0.27.0 && python -m benchmarks.retrieval.libraries``
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from benchmarks.quality import ROOT
from benchmarks.retrieval.collections import Collection, qa, wiki
from benchmarks.retrieval.measures import measure
from benchmarks.retrieval.run import found_targets
from index.frequency import rarity
from index.lexical import TERM_WEIGHTS, LexicalIndex, passage_terms
from index.lexicon import canonical_words

_RESULTS = ROOT / "benchmarks" / "retrieval" / "libraries.json"
_DEPTH = 80
Ranked = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Figures:
    """A library on one collection: quality, seconds and bytes of the index, median milliseconds a question."""

    library: str
    collection: str
    ndcg_10: float
    index_s: float
    index_bytes: int
    question_ms: float


class Tantivy:
    """BM25 of tantivy (k1 1.2, b 0.75, not to be set) over the terms of ``passage_terms``."""

    def __init__(self, texts: Sequence[str], folder: Path) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("terms", stored=False, tokenizer_name="whitespace")
        schema.add_unsigned_field("passage", stored=True)
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        writer = self._index.writer(num_threads=1)
        for at, text in enumerate(texts):
            terms = " ".join(term.replace(" ", "_") for term in passage_terms(text))
            writer.add_document(tantivy.Document(terms=terms, passage=at))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def best(self, question: str) -> Ranked:
        """Positions of the best passages, best first."""
        found = canonical_words(question, typed=True)
        weights = [rarity(word.key, word.folded) ** TERM_WEIGHTS.rarity for word in found]
        weighed = [(word.key, weight) for word, weight in zip(found, weights, strict=True)]
        for (one, other), weight in zip(pairwise(found), map(max, pairwise(weights)), strict=True):
            weighed.append((f"{one.key}_{other.key}", TERM_WEIGHTS.pair * weight))
        parts = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, "terms", t), w))
            for t, w in weighed
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(parts), _DEPTH).hits
        return np.array([self._searcher.doc(address)["passage"][0] for _, address in hits], dtype=np.int64)


class Bm25s:
    """The lexical index of the project."""

    def __init__(self, texts: Sequence[str], folder: Path) -> None:
        self._index = LexicalIndex.build(texts)
        self._index.save(folder)

    def best(self, question: str) -> Ranked:
        """Positions of the best passages, best first."""
        scores = self._index.scores(question)
        order = np.argsort(-scores, kind="stable")[:_DEPTH]
        return order[scores[order] > 0]


def compare(collection: Collection, library: Callable[[Sequence[str], Path], Tantivy | Bm25s], work: Path) -> Figures:
    """Index a collection with a library and ask its questions."""
    texts = [collection.index.text(passage) for passage in collection.index.passages]
    work.mkdir()
    began = time.perf_counter()
    index = library(texts, work)
    indexed = time.perf_counter() - began
    times, rankings = [], []
    for question in collection.questions:
        began = time.perf_counter()
        best = index.best(question.text)
        times.append(1000 * (time.perf_counter() - began))
        rankings.append(found_targets(collection, question, best.tolist()))
    return Figures(
        type(index).__name__.lower(),
        collection.name,
        measure(rankings, [len(question.targets) for question in collection.questions]).ndcg_10,
        round(indexed, 2),
        sum(path.stat().st_size for path in work.rglob("*") if path.is_file()),
        round(statistics.median(times), 3),
    )


def main() -> None:
    """Compare and write the figures as JSON."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="libraries-") as folder:
        work = Path(folder)
        for collection in (wiki("tune", work / "wiki"), qa("dev", work / "dev"), qa("train", work / "train")):
            for library in (Bm25s, Tantivy):
                rows.append(asdict(compare(collection, library, work / f"{collection.name} {library.__name__}")))
                print(*rows[-1].values(), flush=True)
    results = {"command": "python -m benchmarks.retrieval.libraries", "rows": rows}
    _RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
