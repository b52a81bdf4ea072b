"""How common a syllable is in general Vietnamese: what a word of a question tells."""

import math
from functools import lru_cache
from importlib import resources

from index.words import fold

_SIGNS = str.maketrans("", "", "`'~?.")


@lru_cache(maxsize=1)
def _counts() -> tuple[int, dict[str, int], dict[str, int]]:
    """Passages in all, passages by key, and passages by key without diacritics."""
    lines = resources.files("index").joinpath("syllables.tsv").read_text("utf-8").splitlines()
    total = int(lines[0].split("\t")[1])
    by_key: dict[str, int] = {}
    by_folded: dict[str, int] = {}
    for line in lines[1:]:
        form, _, count = line.partition("\t")
        by_key[form] = int(count)
        folded = fold(form.translate(_SIGNS))
        by_folded[folded] = by_folded.get(folded, 0) + int(count)
    return total, by_key, by_folded


@lru_cache(maxsize=65536)
def rarity(key: str, folded: str) -> float:
    """Inverse passage frequency of a word, scaled to (0, 1]: 0.1 for "và", 1 for a word never seen.

    A word typed without diacritics counts as the commonest word it may stand for.
    """
    total, by_key, by_folded = _counts()
    seen = by_folded.get(folded, 0) if key == folded else by_key.get(key, 0)
    return max(0.05, math.log((total + 1) / (seen + 1)) / math.log(total + 1))


def is_known(folded: str) -> bool:
    """Whether some Vietnamese syllable looks like this without diacritics."""
    return folded in _counts()[2]
