"""How much of what a question is about stands around a candidate answer."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.vocabulary import GENERIC
from index.candidate import Candidate
from index.frequency import is_known, rarity
from index.sentences import Sentence
from index.thesaurus import Asked
from index.types import Span
from index.words import Word, is_plain

ShareOf = Callable[[str], float]
"""A word's key → share of the passages that hold it, 0 to 1."""

INSIDE, HEAD, TAIL, LEFT, LINKED, RIGHT, BEFORE = 1.0, 0.92, 0.75, 0.55, 0.5, 0.35, 0.35
"""What a match counts by where it is: among the candidate's own words, in what it shares with its neighbours, past
the next comma, elsewhere left in its sentence, in the sentence before that its own takes up, elsewhere right, in
the sentence before."""
ALONE = 0.6
"""What a word counts without its neighbour of the question beside it: many Vietnamese words are two syllables."""
CARRIED = 0.45
"""Weight of words carried over from earlier questions of a conversation."""
LOOKALIKE = 0.6
"""What a word counts that is the question's but for one mistyped letter or two swapped ones."""
MISACCENTED = 0.7
"""What a word counts with other diacritics than the question's, beside a neighbour that fits ("truy cấp")."""
GENERIC_WEIGHT = 0.3
"""Weight of words that name no thing of their own ("lĩnh vực", "khoản", "tình hình")."""

MISTYPED_FROM = 4
"""Shorter words are too easily other ones but for a letter."""

_MONTH = re.compile(r"(?:\d{1,2}[/-])?\d{1,2}[/-](?:19|20)\d{2}")
"""A month or a day of a year, which tells when, not what."""

Places = dict[int, float]
"""Position of a word in a sentence → how alike it is to the question's, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question with its weight and whether it continues the word before it."""

    word: Word
    weight: float
    follows: bool


class _Place(NamedTuple):
    """A word of a sentence that is like a term.

    Attributes:
        term: The number of the term.
        at: Position of the word in the sentence.
        start: Its offset in the report.
        value: How much it counts, 0 to 1, with its neighbours looked at.
    """

    term: int
    at: int
    start: int
    value: float


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a sentence holds terms, and which of them."""

    sentence: Sentence
    places: tuple[_Place, ...]
    terms: frozenset[int]


class Matcher:
    """Matches one question's terms against sentences.

    Args:
        terms: The question's words that say what it is about.
        carried: Those carried over from earlier questions.
        share: Words found in every passage say little.
        phrases: What of the question stands in the thesaurus.
    """

    def __init__(
        self, terms: Sequence[Word], carried: Sequence[Word], share: ShareOf, phrases: Sequence[Asked] = ()
    ) -> None:
        self.asked = tuple(_weighted(terms, share, 1.0))
        self.terms = self.asked + tuple(_weighted(carried, share, CARRIED))
        self.total = sum(term.weight for term in self.terms)
        self._found: dict[int, _Found] = {}
        places: dict[tuple[int, int], list[int]] = {}
        for number, term in enumerate(self.terms):
            places.setdefault((term.word.start, term.word.end), []).append(number)
        self._phrases = [numbers for numbers in places.values() if len(numbers) > 1]
        self._asked: dict[str, bool] = {}
        self._folded = frozenset(term.word.folded for term in self.terms)
        self._odd = [_is_odd(term.word) for term in self.terms]
        self._oddly_typed = tuple(term.word for term, is_odd in zip(self.terms, self._odd, strict=True) if is_odd)
        self._said_as = _said_as(self.terms, phrases)

    def found(self, candidate: Candidate) -> list[float]:
        """How well each term is found around a candidate, 0 to 1, in the order of ``terms``."""
        sentence = candidate.sentence
        here = self._in(sentence)
        before = self._in(sentence.before) if sentence.before else None
        further = LINKED if before and self._linked(here, before) else BEFORE
        found = [0.0] * len(self.terms)
        for place in here.places:
            value = place.value * _place_weight(place.start, candidate)
            if value > found[place.term]:
                found[place.term] = value
        for place in before.places if before else ():
            value = place.value * (HEAD if _in_any(place.start, candidate.heads) else further)
            if value > found[place.term]:
                found[place.term] = value
        return self._whole_phrases(found)

    def _whole_phrases(self, found: list[float]) -> list[float]:
        """A phrase of the lexicon counts as its least found word: "điện thoại" is no "điện thoại thông minh"."""
        for numbers in self._phrases:
            least = min(found[number] for number in numbers)
            for number in numbers:
                found[number] = least
        return found

    def _linked(self, here: _Found, before: _Found) -> bool:
        """Whether a sentence takes up two neighbouring words of the question from the one before it."""
        shared = here.terms & before.terms
        return any(self.terms[number].follows and number - 1 in shared for number in shared)

    def coverage(self, found: Sequence[float]) -> float:
        """Weighted share, 0 to 1, of the question's terms found."""
        if not self.total:
            return 0.0
        return sum(term.weight * value for term, value in zip(self.terms, found, strict=True)) / self.total

    def held(self, sentence: Sentence, span: Span) -> float:
        """Weighted share, 0 to 1, of the question's terms that stand within ``span`` of a sentence."""
        return self.coverage(self.within(sentence, span))

    def within(self, sentence: Sentence, span: Span) -> list[float]:
        """How well each term is found within ``span`` of a sentence, 0 to 1, in the order of ``terms``."""
        found = [0.0] * len(self.terms)
        for place in self._in(sentence).places:
            if span.start <= place.start < span.end and place.value > found[place.term]:
                found[place.term] = place.value
        return found

    def closeness(self, sentence: Sentence, at: int) -> float:
        """Mean over the terms of how near to the word at position ``at`` of a sentence they stand, 0 to 1."""
        nearest: dict[int, int] = {}
        for place in self._in(sentence).places:
            apart = abs(place.at - at)
            nearest[place.term] = min(nearest.get(place.term, apart), apart)
        return sum(1 / (1 + apart / 4) for apart in nearest.values()) / max(len(self.terms), 1)

    def is_asked(self, word: Word) -> bool:
        """Whether a word of a sentence is one of the question's."""
        if word.folded in self._folded:
            if word.key not in self._asked:
                self._asked[word.key] = any(_likeness(term.word, word) for term in self.terms)
            return self._asked[word.key]
        return any(_likeness(asked, word) for asked in self._oddly_typed)

    def _in(self, sentence: Sentence) -> _Found:
        """Where a sentence holds each term, looked up once by the identity of the sentence, which is held with it."""
        if id(sentence) not in self._found:
            alike = self._places(sentence)
            paired = [self._paired(alike, n) for n in range(len(alike))]
            for number in sentence.phrases.keys() & self._said_as.keys():
                for term, nearness in self._said_as[number]:
                    for at in sentence.phrases[number]:
                        paired[term][at] = max(paired[term].get(at, 0.0), nearness)
            places = tuple(
                _Place(term, at, sentence.words[at].start, value)
                for term, told in enumerate(paired)
                for at, value in told.items()
            )
            self._found[id(sentence)] = _Found(sentence, places, frozenset(place.term for place in places))
        return self._found[id(sentence)]

    def _places(self, sentence: Sentence) -> list[Places]:
        """Where a sentence holds each term."""
        return [
            _places_of_odd(term.word, sentence) if is_odd else _places_of(term.word, sentence, (term.word.folded,))
            for term, is_odd in zip(self.terms, self._odd, strict=True)
        ]

    def _paired(self, places: Sequence[Places], number: int) -> Places:
        """The places of one term, counting less where no neighbour of the question is a neighbour too."""
        if not places[number]:
            return {}
        left = places[number - 1] if self.terms[number].follows else {}
        goes_on = number + 1 < len(self.terms) and self.terms[number + 1].follows
        right = places[number + 1] if goes_on else {}
        has_neighbour = self.terms[number].follows or goes_on
        paired = {}
        for at, alike in places[number].items():
            if at - 1 in left or at + 1 in right:
                paired[at] = alike
            elif alike > MISACCENTED:
                paired[at] = alike * ALONE if has_neighbour else alike
        return paired


def _places_of(word: Word, sentence: Sentence, forms: Iterable[str]) -> Places:
    """Where a sentence holds a word, written in one of some forms without diacritics."""
    at = [position for form in forms for position in sentence.places.get(form, ())]
    return {position: value for position in at if (value := _likeness(word, sentence.words[position]))}


def _places_of_odd(word: Word, sentence: Sentence) -> Places:
    """Where a sentence holds a word that may be mistyped, or a month of a year."""
    forms = [word.folded]
    if not _MONTH.fullmatch(word.folded):
        return _places_of(word, sentence, forms + [form for form in sentence.places if _is_mistyped(word.folded, form)])
    forms += [form for form in sentence.places if form.endswith(f"/{word.folded}")]
    return _places_of(word, sentence, forms) | dict.fromkeys(_months(sentence, word.folded), 1.0)


def _months(sentence: Sentence, asked: str) -> list[int]:
    """Where a sentence names a month of the report's year without the year: "tháng 8" for "8/2021"."""
    month, year = re.split("[/-]", asked)[-2:]
    if asked.count("/") + asked.count("-") > 1 or int(year) != sentence.report.year:
        return []  # a day is no month
    forms = (month.lstrip("0"), f"{int(month):02}")
    places = [place for form in forms for place in sentence.places.get(form, ()) if place]
    named = [place for place in places if sentence.words[place - 1].folded == "thang"]
    dated = [[word.folded for word in sentence.words[place + 1 : place + 3]] for place in named]
    return [at for at, after in zip(named, dated, strict=True) if after[:1] != ["nam"] or after[1:] == [year]]


def _said_as(terms: Sequence[Term], phrases: Sequence[Asked]) -> dict[int, list[tuple[int, float]]]:
    """The phrases near to those of a question, by their number: which terms they stand for, and how near they are."""
    found: dict[int, list[tuple[int, float]]] = {}
    for asked in phrases:
        meant = [number for number, term in enumerate(terms) if term.word.key in asked.keys]
        for near, nearness in asked.near.items():
            found.setdefault(near, []).extend((number, nearness) for number in meant)
    return found


def _place_weight(offset: int, candidate: Candidate) -> float:
    if candidate.zone.start <= offset < candidate.zone.end:
        return INSIDE if offset < candidate.tail else TAIL
    if _in_any(offset, candidate.heads):
        return HEAD
    return LEFT if offset < candidate.zone.start else RIGHT


def _in_any(offset: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= offset < span.end for span in spans)


def _weighted(words: Sequence[Word], share: ShareOf, factor: float) -> list[Term]:
    terms: list[Term] = []
    seen: set[str] = set()
    last: Word | None = None
    for word in words:
        if word.key not in seen:
            seen.add(word.key)
            follows = last is not None and (0 <= word.start - last.end <= 1 or word.start == last.start)
            weight = rarity(word.key, word.folded) * (1 - share(word.key)) ** 1.5
            generic = word.key in GENERIC or _MONTH.fullmatch(word.key)
            weight *= GENERIC_WEIGHT if generic else 0.5 if word.key.isdigit() else 1.0
            terms.append(Term(word, factor * max(weight, 0.02), follows))
            last = word
    return terms


def _is_odd(asked: Word) -> bool:
    """Whether words that are not the same without diacritics may be like one: a mistyped one, or a month of a year."""
    return bool(_MONTH.fullmatch(asked.folded)) or (len(asked.folded) >= MISTYPED_FROM and not is_known(asked.folded))


def _likeness(asked: Word, written: Word) -> float:
    if asked.key == written.key or (written.key.endswith(f"/{asked.key}") and _MONTH.fullmatch(asked.key)):
        return 1.0
    if asked.folded == written.folded:
        return 0.97 if is_plain(asked.key) else 0.0 if is_plain(written.key) else MISACCENTED
    if len(asked.folded) >= MISTYPED_FROM and _is_mistyped(asked.folded, written.folded):
        return LOOKALIKE
    return 0.0


@lru_cache(maxsize=65536)
def _is_mistyped(typed: str, meant: str) -> bool:
    """Whether ``typed`` is no Vietnamese syllable and becomes ``meant`` by swapping two letters or changing one."""
    if abs(len(typed) - len(meant)) > 1 or is_known(typed) or typed.isdigit():
        return False
    if len(typed) == len(meant):
        differing = [(a, b) for a, b in zip(typed, meant, strict=True) if a != b]
        return len(differing) == 1 or (len(differing) == 2 and differing[0] == differing[1][::-1])
    longer, shorter = (typed, meant) if len(typed) > len(meant) else (meant, typed)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
