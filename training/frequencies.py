"""Document frequencies of syllables in general Vietnamese, which tell how much a word of a question says.

python -m training.frequencies --corpus ../shared/corpus --out index/syllables.tsv
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from index.words import keys
from training.corpus import passages, read_documents

PASSAGE_WORDS = 60
MIN_PASSAGES = 12


def count_passages(corpus: Path) -> tuple[int, Counter[str]]:
    """Number of passages, and in how many of them each syllable key stands."""
    total = 0
    seen: Counter[str] = Counter()
    for document in read_documents(corpus):
        for sentences in passages(document.text, PASSAGE_WORDS):
            seen.update({form for form in keys(" ".join(sentences)) if form[:1].isalpha() and len(form) <= 12})
            total += 1
    return total, seen


def main() -> None:
    """Count and write ``syllable<TAB>passages`` lines, most frequent first, after one with the total."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    total, seen = count_passages(options.corpus)
    rows = [(form, count) for form, count in seen.most_common() if count >= MIN_PASSAGES][:12_000]
    lines = [f"\t{total}", *(f"{form}\t{count}" for form, count in rows)]
    options.out.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(rows)} syllables from {total} passages")


if __name__ == "__main__":
    main()
