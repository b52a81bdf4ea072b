"""The tokenizer of the embedding model: a Unigram vocabulary of syllables and syllable pairs.

Vietnamese writes a space between syllables, not between words: "viễn thông" is one word. A tokenizer
that splits at spaces never sees it, so half the vocabulary here spans a space ("▁viễn▁thông"). Training
a Unigram model without splitting at spaces does not end in useful time; the pieces come from counts.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from training.corpus import strip_diacritics

SPACE = "▁"
UNKNOWN = "<unk>"
# What is between two phrases. Kept the same as the tokenizer's own split, so counts match its use.
_NOT_WORD = r"[^\p{L}\p{M}\p{N}\s]"
_PHRASE_END = re.compile(r"(?:[^\w\s]|_)+")
# A syllable must always beat its own fragments, and in the order of log-probabilities 10 is far.
_FRAGMENT_PENALTY = 10.0


@dataclass(frozen=True, slots=True)
class VocabularySize:
    """How the pieces are shared out.

    Attributes:
        total: All pieces, with the unknown piece.
        pairs: Pieces of two syllables.
        fragments: Pieces of 2 to 4 characters, for words outside the vocabulary.
        unmarked: Weight of each count given to the same text without diacritics; 0 for none.
    """

    total: int = 23_000
    pairs: int = 6_000
    fragments: int = 3_000
    unmarked: float = 0.05


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each syllable and each pair of neighbours ("a b") occurs."""

    syllables: Counter[str]
    pairs: Counter[str]


def count(texts: Iterable[str]) -> Counts:
    """Count syllables, and pairs with no punctuation between them, in lower-cased NFC text."""
    syllables: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        for phrase in _PHRASE_END.split(unicodedata.normalize("NFC", text).lower()):
            words = phrase.split()
            syllables.update(words)
            pairs.update(map(" ".join, pairwise(words)))
    return Counts(syllables, pairs)


def with_unmarked(counts: Counts, weight: float) -> Counts:
    """Share each count between the text as written and the same text without diacritics.

    Args:
        counts: Counts of the text as written.
        weight: Share, from 0 to 1, which goes to the text without diacritics.
    """
    return Counts(_share(counts.syllables, weight), _share(counts.pairs, weight))


def build_tokenizer(counts: Counts, size: VocabularySize) -> Tokenizer:
    """Build the tokenizer from counts.

    Args:
        counts: Counts of the text as written.
        size: How many pieces of each sort.

    Returns:
        A tokenizer which lower-cases and composes (NFC) its input, so NFD input gives the same ids.
    """
    counts = with_unmarked(counts, size.unmarked)
    total = sum(counts.syllables.values())
    characters = Counter[str]()
    for word, times in counts.syllables.items():
        characters.update(dict.fromkeys(word, times))
    alphabet = [c for c, times in characters.most_common(1_500) if times > 1]
    pairs = _best_pairs(counts, size.pairs, total)
    ranked = [word for word, _ in counts.syllables.most_common()]
    whole = size.total - 2 - len(alphabet) - len(pairs) - size.fragments
    fragments = _fragments({w: counts.syllables[w] for w in ranked[whole:]}, size.fragments)

    scores = {UNKNOWN: 0.0, SPACE: math.log(0.5) - _FRAGMENT_PENALTY}
    scores |= {SPACE + p.replace(" ", SPACE): math.log(counts.pairs[p] / total) for p in pairs}
    scores |= {f: math.log(n / total) - _FRAGMENT_PENALTY for f, n in fragments.items()}
    lowest = min(scores.values()) - _FRAGMENT_PENALTY
    scores |= {c: lowest for c in alphabet if c not in scores}
    for word in ranked:
        # A word which is also the fragment of others keeps its own, better score.
        if len(scores) < size.total or SPACE + word in scores:
            scores[SPACE + word] = math.log(counts.syllables[word] / total)
    return _assemble(scores)


def _assemble(scores: dict[str, float]) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(list(scores.items()), unk_id=0))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    # Punctuation goes, with the spaces around it: a pair must not span it, and it says nothing of the topic.
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(rf"\s*{_NOT_WORD}+[\s\p{{P}}\p{{S}}]*|^\s+|\s+$"), "removed"),
            pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always", split=False),
        ]
    )
    return tokenizer


def _share(counter: Counter[str], weight: float) -> Counter[str]:
    if weight == 0.0:
        return counter
    shared = Counter[str]()
    for key, times in counter.items():
        if times < 2:
            continue
        shared[key] += round(times * (1.0 - weight))
        shared[strip_diacritics(key)] += round(times * weight)
    return +shared


def _best_pairs(counts: Counts, limit: int, total: int) -> list[str]:
    """Rank pairs by count times pointwise mutual information: frequent and bound together."""
    scored: list[tuple[float, str]] = []
    for pair, times in counts.pairs.items():
        first, second = pair.split(" ")
        # Numbers pair with everything ("năm 2019"), and would fill the vocabulary.
        if times < 5 or not (first.isalpha() and second.isalpha()):
            continue
        expected = counts.syllables[first] * counts.syllables[second] / total
        if times > expected > 0:
            scored.append((times * math.log(times / expected), pair))
    return [pair for _, pair in sorted(scored, key=lambda entry: (-entry[0], entry[1]))[:limit]]


def _fragments(words: dict[str, int], limit: int) -> Counter[str]:
    """Count pieces of 2 to 4 characters of words outside the vocabulary, word starts marked."""
    found: Counter[str] = Counter()
    for word, times in words.items():
        marked = SPACE + word
        for length in (2, 3, 4):
            for start in range(len(marked) - length + 1):
                found[marked[start : start + length]] += times
    return Counter(dict(found.most_common(limit)))
