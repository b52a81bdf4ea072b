"""How often one syllable follows another, by which diacritics of a typed question are restored.

python -m training.syllable_pairs --corpus ../shared/corpus --qa ../shared/qa --out index/syllable_pairs.npz
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.frequency import NUMBER, START, positions
from index.words import FULLY_ACCENTED, WORD, accented_share, key, keys, nfc
from training.corpus import apart_from, held_out_titles, read_documents, read_questions

_ROOT = Path(__file__).parents[1]
OWN_QUESTIONS = (_ROOT / "tests" / "bundled_questions.jsonl", _ROOT / "benchmarks" / "unseen" / "questions.jsonl")
MIN_COUNT = 5
"""Pairs seen less often are left to the frequency of the second syllable."""
QUESTION_WEIGHT = 30
"""How often each question counts: the corpora hardly hold any, and it is questions that are restored."""


@lru_cache(maxsize=1_000_000)
def _form(word: str) -> str:
    form = key(word)
    return NUMBER if form[:1].isdigit() else form


def _rows(text: str) -> Iterator[list[str]]:
    for line in text.split("\n"):
        yield [START, *(_form(match.group()) for match in WORD.finditer(line))]


def count_pairs(texts: Iterable[str], known: frozenset[str]) -> Counter[tuple[str, str]]:
    """How often each two known syllables stand side by side in a line."""
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for row in _rows(text):
            pairs.update(pairwise(row))
    return Counter({pair: count for pair, count in pairs.items() if known.issuperset(pair)})


def _own_questions() -> set[str]:
    """The project's questions about reports which are there to be learned from, but for those without diacritics."""
    rows = [json.loads(line) for path in OWN_QUESTIONS for line in path.read_text("utf-8").splitlines()]
    questions = {nfc(row["question"]) for row in rows if row.get("half") != "hold"}
    return {question for question in questions if accented_share(keys(question)) >= FULLY_ACCENTED}


def main() -> None:
    """Count and write ``pairs`` (left · syllables + right, uint32, sorted) and ``counts`` (uint32) without pickle."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--qa", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    forms = positions()
    held_out = held_out_titles()
    documents = (f"{d.title}\n{d.text}" for d in read_documents(options.corpus) if d.title not in held_out)
    pairs = count_pairs(documents, frozenset(forms))
    taught, kept = (read_questions(options.qa / f"wiki_qa_{part}.jsonl") for part in ("train", "dev"))
    questions = sorted({pair.question for pair in apart_from(taught, kept)} | _own_questions())
    for pair, count in count_pairs(questions, frozenset(forms)).items():
        pairs[pair] += QUESTION_WEIGHT * count
    rows = sorted((forms[a] * len(forms) + forms[b], n) for (a, b), n in pairs.items() if n >= MIN_COUNT)
    codes, counts = (np.array(column, dtype=np.uint32) for column in zip(*rows, strict=True))
    np.savez_compressed(options.out, pairs=codes, counts=counts)
    print(json.dumps({"syllables": len(forms), "pairs": len(rows), "bytes": options.out.stat().st_size}))


if __name__ == "__main__":
    main()
