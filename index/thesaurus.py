"""Which words people use for what reports tell in others: "hãng giao hàng" for "doanh nghiệp bưu chính".

Looser than ``lexicon``, whose phrases become one and the same: these only count as near to each other. They are written
in ``training/thesaurus.txt`` and compiled by ``python -m training.thesaurus``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.lexicon import canonical_words, same_word
from index.words import Word, fold_key

SAME, LOOSE = 0.9, 0.6
"""How near phrases of a line are that mean the same, and one after "~" to those before it."""
_FILE = "thesaurus.json"

Form = tuple[str, ...]
"""The keys of the canonical words of a phrase."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrase of a question that stands in the thesaurus.

    Attributes:
        start: Offset of its first character in the question.
        end: Offset after its last.
        keys: Its words.
        near: The phrases near to it, by their number, with how near each is, 0 to 1.
    """

    start: int
    end: int
    keys: frozenset[str]
    near: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class _Table:
    """What the thesaurus holds.

    Attributes:
        forms: The phrases by their number.
        lengths: How many words the phrases that begin with a syllable have, by the syllable without diacritics.
        numbers: The numbers of the phrases written so without diacritics.
        lines: Of each line the phrases that mean the same, and the looser ones.
        of: The lines each phrase is of.
    """

    forms: tuple[Form, ...]
    lengths: Mapping[str, Sequence[int]]
    numbers: Mapping[Form, Sequence[int]]
    lines: Sequence[tuple[frozenset[int], frozenset[int]]]
    of: Mapping[int, Sequence[int]]


def phrases_told(told: Sequence[Word]) -> dict[int, tuple[int, ...]]:
    """The positions in a report's canonical words at which each phrase of the thesaurus begins, by its number."""
    found: dict[int, list[int]] = {}
    for position, number in _found(told, typed=False):
        found.setdefault(number, []).append(position)
    return {number: tuple(positions) for number, positions in found.items()}


@lru_cache(maxsize=256)
def phrases_asked(text: str) -> tuple[Asked, ...]:
    """The phrases of a question that have others near to them, in order; they may overlap."""
    listed, forms = canonical_words(text, typed=True), _table().forms
    return tuple(
        Asked(listed[at].start, listed[at + len(forms[number]) - 1].end, frozenset(forms[number]), _near(number))
        for at, number in _found(listed, typed=True)
    )


def _found(listed: Sequence[Word], typed: bool) -> Iterator[tuple[int, int]]:
    """Where phrases begin, with their numbers."""
    table = _table()
    folded = tuple(word.folded for word in listed)
    for at, first in enumerate(folded):
        for length in table.lengths.get(first, ()):
            for number in table.numbers.get(folded[at : at + length], ()):
                form = table.forms[number]
                if all(same_word(listed[at + n], wanted, typed) for n, wanted in enumerate(form)):
                    yield at, number


@lru_cache(maxsize=4096)
def _near(number: int) -> Mapping[int, float]:
    """How near other phrases are to one; of several lines the nearest counts."""
    table = _table()
    near: dict[int, float] = {}
    for line in table.of[number]:
        same, loose = table.lines[line]
        for others, nearness in ((same, SAME), (loose, LOOSE)) if number in same else ((same, LOOSE),):
            for other in others:
                near[other] = max(near.get(other, 0.0), nearness)
    near.pop(number, None)
    return near


@lru_cache(maxsize=1)
def _table() -> _Table:
    """The thesaurus, read when it is first asked."""
    stored = json.loads(files("index").joinpath(_FILE).read_text("utf-8"))
    forms = tuple(tuple(form.split(" ")) for form in stored["forms"])
    lines = [(frozenset(same), frozenset(loose)) for same, loose in stored["lines"]]
    of: dict[int, list[int]] = {}
    for line, (same, loose) in enumerate(lines):
        for number in same | loose:
            of.setdefault(number, []).append(line)
    numbers: dict[Form, list[int]] = {}
    lengths: dict[str, set[int]] = {}
    for number, form in enumerate(forms):
        folded = tuple(fold_key(word) for word in form)
        numbers.setdefault(folded, []).append(number)
        lengths.setdefault(folded[0], set()).add(len(form))
    return _Table(forms, {first: sorted(found) for first, found in lengths.items()}, numbers, lines, of)
