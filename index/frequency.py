"""How common syllables, and pairs of them, are in general Vietnamese: what a word tells, and what is likely.

Counted by ``training.frequencies`` and ``training.syllable_pairs``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.words import fold_key

START = "^"
"""Stands for the start of a line among the pairs."""
NUMBER = "0"
"""Stands for any number among the pairs."""
_BACK_OFF = 0.4
"""Weight of a syllable's own frequency for a pair never seen; Brants et al. 2007, https://aclanthology.org/D07-1090"""

_PASSAGE_WORDS = 60
"""Words of a passage that was counted, so that a share of passages divided by it is near a share of words."""


@dataclass(frozen=True, slots=True)
class _Syllables:
    """The counted syllables.

    Attributes:
        passages: Passages counted in all.
        of: Passages that hold a syllable, by its key.
        folded: Passages that hold a syllable, by its key without diacritics, summed over its accented forms.
        forms: The keys that look alike without diacritics, the commonest first.
        position: Position of each key among START, NUMBER and the counted syllables.
    """

    passages: int
    of: dict[str, int]
    folded: dict[str, int]
    forms: dict[str, list[str]]
    position: dict[str, int]


@lru_cache(maxsize=1)
def _syllables() -> _Syllables:
    lines = resources.files("index").joinpath("syllables.tsv").read_text("utf-8").splitlines()
    of: dict[str, int] = {}
    folded: dict[str, int] = {}
    forms: dict[str, list[str]] = {}
    for line in lines[1:]:
        form, _, count = line.partition("\t")
        of[form] = int(count)
        plain = fold_key(form)
        folded[plain] = folded.get(plain, 0) + int(count)
        forms.setdefault(plain, []).append(form)
    position = {form: at for at, form in enumerate((START, NUMBER, *of))}
    return _Syllables(int(lines[0].split("\t")[1]), of, folded, forms, position)


@lru_cache(maxsize=65536)
def rarity(key: str, folded: str) -> float:
    """Inverse passage frequency of a word, scaled to (0, 1]: 0.1 for "và", 1 for a word never seen.

    A word typed without diacritics counts as the commonest word it may stand for.
    """
    known = _syllables()
    seen = known.folded.get(folded, 0) if key == folded else known.of.get(key, 0)
    return max(0.05, math.log((known.passages + 1) / (seen + 1)) / math.log(known.passages + 1))


def is_known(folded: str) -> bool:
    """Whether some Vietnamese syllable looks like this without diacritics."""
    return folded in _syllables().folded


def forms_of(folded: str) -> list[str]:
    """The keys of the known syllables that look like this without diacritics, the commonest first."""
    return _syllables().forms.get(folded, [])


def common_syllables() -> list[str]:
    """The keys of the commonest 3,000 syllables, the commonest first."""
    return list(islice(_syllables().of, 3_000))


def share_of(key: str) -> float:
    """Share of the passages of general Vietnamese that hold a syllable, never 0."""
    known = _syllables()
    return (known.of.get(key, 0) + 1) / (known.passages + 1)


def positions() -> dict[str, int]:
    """Position of each key that pairs are counted of: START, NUMBER, then the syllables, the commonest first."""
    return _syllables().position


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Sorted codes ``left * syllables + right`` of the counted pairs, and their logarithmic likelihoods."""

    codes: NDArray[np.uint32]
    likelihoods: NDArray[np.float32]


@lru_cache(maxsize=1)
def _pairs() -> _Pairs:
    with (resources.files("index") / "syllable_pairs.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        codes, counts = stored["pairs"], stored["counts"]
    left = codes // len(positions())
    firsts = np.bincount(left, weights=counts, minlength=len(positions()))
    return _Pairs(codes, np.log(counts / firsts[left]).astype(np.float32))


def following(lefts: Sequence[str], rights: Sequence[str]) -> NDArray[np.float32]:
    """Logarithmic likelihood of each of ``rights`` after the one of ``lefts`` at its place.

    Returns:
        Shape (rights,) float32; a pair never seen has the likelihood of the right one alone, times 0.4.
    """
    known, pairs = positions(), _pairs()
    alone = np.log([_BACK_OFF * share_of(right) / _PASSAGE_WORDS for right in rights])
    unknown = len(known)
    left, right = (np.array([known.get(form, unknown) for form in side], dtype=np.uint32) for side in (lefts, rights))
    # of the type of the stored codes: searching for another would copy them all at every call
    codes = left * np.uint32(len(known)) + right
    at = np.minimum(np.searchsorted(pairs.codes, codes), len(pairs.codes) - 1)
    seen = (pairs.codes[at] == codes) & (left < unknown) & (right < unknown)
    return np.where(seen, pairs.likelihoods[at], alone).astype(np.float32)
