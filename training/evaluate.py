"""Evaluation of the embedding model on questions which were not trained on.

``python -m training.evaluate --model index/embedding_model --qa ../shared/qa --out training/results.json``

The corpus is every distinct context, one document each; the queries are the distinct questions; the
contexts paired with a question are relevant to it. Figures at rank 10, averaged over the questions.
"""

from __future__ import annotations

import argparse
import json
import math
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

from training.corpus import QuestionPair, read_questions, sentences, strip_diacritics

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


def evaluate(embed: Embed, test: Collection) -> dict[str, Scores]:
    """Score both ways of comparing, with the questions as written and without diacritics."""
    plain = [strip_diacritics(question) for question in test.questions]
    return {
        "whole passage": score(whole_passage(embed, test.questions, test.contexts), test.relevant),
        "best window": score(best_window(embed, test.questions, test.contexts), test.relevant),
        "whole passage, no diacritics": score(whole_passage(embed, plain, test.contexts), test.relevant),
        "best window, no diacritics": score(best_window(embed, plain, test.contexts), test.relevant),
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
    parser.add_argument("--qa", type=Path, required=True, help="folder with wiki_qa_{dev,train}.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="file for the figures")
    given = parser.parse_args()
    started = time.monotonic()
    dev, train = (read_questions(given.qa / f"wiki_qa_{part}.jsonl") for part in ("dev", "train"))
    tests = {"dev": collect(dev, []), "dev, train contexts as distractors": collect(dev, train)}
    embed = embedder(given.model)
    results = {
        name: {"questions": len(test.questions), "contexts": len(test.contexts)}
        | {way: asdict(scores) for way, scores in evaluate(embed, test).items()}
        for name, test in tests.items()
    }
    report = {
        "command": f"python -m training.evaluate {shlex.join(sys.argv[1:])}",
        "setting": "corpus: each distinct context one document; queries: the distinct questions of dev",
        "windows": "1 and 2 sentences, best cosine",
        "seconds": round(time.monotonic() - started, 1),
        "results": results,
    }
    given.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(results, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
