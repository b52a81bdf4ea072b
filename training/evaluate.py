"""Evaluation of the embedding model alone on questions which were not trained on.

``python -m training.evaluate --model index/embedding_model --shared ../shared --out training/results.json``

The corpus is every distinct context, one document each; the queries are the distinct questions; the
contexts paired with a question are relevant to it. Figures at rank 10, averaged over the questions.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shlex
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from training.corpus import (
    HELD_OUT,
    QuestionPair,
    held_out_titles,
    read_documents,
    read_questions,
    sentences,
    strip_diacritics,
)
from training.questions import without_marks

Vectors = NDArray[np.float32]
Embed = Callable[[list[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Collection:
    """A retrieval test: questions, contexts, and for each question the relevant contexts' positions."""

    questions: list[str]
    contexts: list[str]
    relevant: list[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over the questions, from 0 to 1."""

    ndcg_10: float
    recall_10: float
    mrr_10: float


def collect(pairs: list[QuestionPair], distractors: list[QuestionPair]) -> Collection:
    """Make the retrieval test of some pairs.

    Args:
        pairs: Pairs whose questions are asked.
        distractors: Pairs of which only the contexts are used.
    """
    contexts = list(dict.fromkeys(pair.context for pair in [*pairs, *distractors]))
    position = {context: at for at, context in enumerate(contexts)}
    relevant: dict[str, set[int]] = {}
    for pair in pairs:
        relevant.setdefault(pair.question, set()).add(position[pair.context])
    return Collection(list(relevant), contexts, [frozenset(found) for found in relevant.values()])


def wiki(corpus: Path, half: str) -> Collection:
    """Make the test of the questions on held-out Wikipedia paragraphs; the paragraphs are those of both halves.

    Args:
        corpus: Folder of the documents.
        half: "tune" or "hold".
    """
    rows = [json.loads(line) for line in HELD_OUT.read_text("utf-8").splitlines()]
    titles = held_out_titles()
    # Files come by name, so that of two articles of a title the one of wikipedia_vi stays.
    articles = {document.title: document.text for document in read_documents(corpus) if document.title in titles}
    paragraphs = [QuestionPair("", articles[row["title"]][row["start"] : row["end"]]) for row in rows]
    asked = [QuestionPair(row["question"], p.context) for row, p in zip(rows, paragraphs, strict=True)]
    return collect([pair for row, pair in zip(rows, asked, strict=True) if row["half"] == half], paragraphs)


def windows(text: str) -> list[str]:
    """Return the text's windows of one and of two neighbouring sentences; the text if it has none."""
    single = sentences(text) or [text]
    return single + [f"{a} {b}" for a, b in pairwise(single)]


def whole_passage(embed: Embed, questions: list[str], contexts: list[str]) -> Vectors:
    """Return the cosine of each question with each whole context, ``(questions, contexts)``."""
    return embed(questions) @ embed(contexts).T


def best_window(embed: Embed, questions: list[str], contexts: list[str]) -> Vectors:
    """Return the best cosine of each question with a window of each context, ``(questions, contexts)``."""
    pieces = [windows(context) for context in contexts]
    starts = np.cumsum([0, *(len(found) for found in pieces[:-1])])
    cosines = embed(questions) @ embed([window for found in pieces for window in found]).T
    best: Vectors = np.maximum.reduceat(cosines, starts, axis=1)
    return best


def score(similarity: Vectors, relevant: list[frozenset[int]], cut: int = 10) -> Scores:
    """Score a ranking by similarity; relevance is 0 or 1.

    Args:
        similarity: Shape ``(questions, contexts)``.
        relevant: For each question, the positions of its relevant contexts; none is empty.
        cut: Last rank which counts. Recall is over at most this many relevant contexts.
    """
    gains, recalls, ranks = [], [], []
    for row, wanted in zip(similarity, relevant, strict=True):
        hits = [at for at, context in enumerate(np.argsort(-row, kind="stable")[:cut]) if context in wanted]
        ideal = sum(1 / math.log2(at + 2) for at in range(min(cut, len(wanted))))
        gains.append(sum(1 / math.log2(at + 2) for at in hits) / ideal)
        recalls.append(len(hits) / min(cut, len(wanted)))
        ranks.append(1 / (hits[0] + 1) if hits else 0.0)
    return Scores(*(round(float(np.mean(values)), 4) for values in (gains, recalls, ranks)))


def both(embed: Embed, questions: list[str], contexts: list[str]) -> Vectors:
    """Return the best window's cosine and half that of the whole context, added."""
    added: Vectors = best_window(embed, questions, contexts) + 0.5 * whole_passage(embed, questions, contexts)
    return added


def evaluate(embed: Embed, test: Collection) -> dict[str, dict[str, Scores]]:
    """Score each way of comparing with the questions as written, without diacritics and with about half of them."""
    draw = random.Random(1)
    typed = {
        "as written": test.questions,
        "no diacritics": [strip_diacritics(question) for question in test.questions],
        "half of them": [without_marks(question, 0.0, 1.0, draw) for question in test.questions],
    }
    ways = {"whole passage": whole_passage, "best window": best_window, "both": both}
    return {
        way: {form: score(compare(embed, asked, test.contexts), test.relevant) for form, asked in typed.items()}
        for way, compare in ways.items()
    }


def embedder(folder: Path) -> Embed:
    """Load a model folder; its vectors come as ``(n, d)`` float32, L2-normalised."""
    model = SentenceTransformer(str(folder), device="cpu").float()

    def embed(texts: list[str]) -> Vectors:
        return np.asarray(model.encode(texts, normalize_embeddings=True, batch_size=256), dtype=np.float32)

    return embed


def main() -> None:
    """Evaluate a model folder and write the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the model")
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and qa/")
    parser.add_argument("--out", type=Path, required=True, help="file for the figures")
    given = parser.parse_args()
    started = time.monotonic()
    dev, train = (read_questions(given.shared / "qa" / f"wiki_qa_{part}.jsonl") for part in ("dev", "train"))
    tests = {
        "wiki, tune half": wiki(given.shared / "corpus", "tune"),
        "wiki, hold half": wiki(given.shared / "corpus", "hold"),
        "qa dev": collect(dev, []),
        "qa dev, train contexts as distractors": collect(dev, train),
    }
    embed = embedder(given.model)
    results = {
        name: {"questions": len(test.questions), "contexts": len(test.contexts)}
        | {way: {f: asdict(s) for f, s in scores.items()} for way, scores in evaluate(embed, test).items()}
        for name, test in tests.items()
    }
    report = {
        "command": f"python -m training.evaluate {shlex.join(sys.argv[1:])}",
        "setting": "each distinct context one document; the model alone, by cosine",
        "ways": "best window: of 1 and 2 sentences; both: best window + 0.5 whole passage",
        "seconds": round(time.monotonic() - started, 1),
        "results": results,
    }
    given.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(results, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
