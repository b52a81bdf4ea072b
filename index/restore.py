"""What a typed question was meant to say: diacritics put back, typing errors and joined syllables mended.

A noisy channel [1]: of the syllables that each typed word may stand for, the row is taken that is likeliest as
Vietnamese, by how often one syllable follows another in general text and in the reports, and likeliest to have been
typed so. A question written with all its diacritics comes back as it was, but for a misspelt word.

[1] Kernighan et al. 1990, A Spelling Correction Program Based on a Noisy Channel Model, https://aclanthology.org/C90-2036
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.frequency import NUMBER, START, common_syllables, following, forms_of, is_known, share_of
from index.lexicon import ABBREVIATIONS, SYNONYMS
from index.names import capital_runs
from index.provinces import find_provinces
from index.words import Word, fold, fold_key, key, keys, marks, spelled, words

_USUAL_MARKS, _FULLY_MARKED = 1.28, 0.95
"""Diacritics a word has in our questions, and from how many on a question is taken to have them all."""
_FEWEST_MISSING = 0.02
"""Share of the diacritics that may be missing of a question that seems to have them all."""
_SELDOM = 1.6
"""Power of that share for a word which has some."""
_LOCAL_WEIGHT = 0.25
"""Weight of the reports beside general text in what follows what."""
_PHRASE = 0.1
"""Added to the share of a word after another in the reports where both stand so in a phrase of the lexicon."""
_MISTYPED, _CONFUSED, _SPLIT = -5.0, -7.0, -2.0
"""Logarithmic likelihoods of a slip of the keys, of one sound written for another, of a space left out."""
_MOST = 8
"""Readings of a word looked at, at most."""
_MISTYPED_LENGTHS = range(3, 16)
"""Letters of an unknown word that may be mistyped: the longest is two syllables of seven letters, and one more."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s/]*@\S+|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info)\b\S*", re.I)
_ONSET = re.compile(
    r"(?:ngh(?=[ie])|ng(?![ie])|gh(?=[ie])|gi(?=[aeou])|g(?!e)|k(?=[iey])|c(?![iey])|[ckpt]h|nh|tr|qu"
    r"|[bdhlmnprstvx])?(?=[aeiouy])"
)
_LETTERS = "abcdeghiklmnopqrstuvxy"
_ABBREVIATED = frozenset(fold(form.replace("&", "")) for form in ABBREVIATIONS if form.isupper())
_ASKING = frozenset(keys("nhiêu đâu nào gì mấy"))
"""Words that ask, which are rare in the texts that were counted, and are meant as they are where typed in full."""
_ASKED_OFTEN = {key("mấy"): 4.0, key("hạng"): 1.0}
"""Logarithmic likelihood added to words that are rare in the texts that were counted, not in questions."""
_ASKED_ALONE = 6.0
"""The same for "mấy" where no other word asks."""
_ASKS = frozenset("nhieu nao gi ai dau bn khi sao".split())
_ENDS_ASKING = frozenset("khong chua ko hok".split())
_SETS_AGAINST = re.compile(r"so\s(?!với\b).*\s(?:với|giữa)\s", re.IGNORECASE)
""" "So doanh thu của Huế với Đà Nẵng", where nothing else asks, is no "Số doanh thu"."""
_NAMES = frozenset(fold("dti pci papi par ict ioc bts ocop vnpt fpt lgsp sipas grdp gdp vneid qr ai iot").split())
"""What is no syllable, and no slip of one either."""
_SHORTHAND = {
    "đc": "được", "dc": "được", "ko": "không", "hok": "không", "bn": "bao nhiêu", "bnhiêu": "bao nhiêu",
    "nhiu": "nhiêu", "vs": "với", "ntn": "như thế nào", "trc": "trước", "nhg": "nhưng", "lm": "làm",
}  # fmt: skip
"""How words are shortened in chats; only those that stand for nothing else."""
_CONFUSIONS = (("s", "x"), ("ch", "tr"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("l", "n"), ("c", "k"), ("ng", "ngh"))
_CODAS = (("n", "ng"), ("t", "c"), ("i", "y"))

Share = Callable[[str], float]
"""Share of the passages that hold a word, or two words with a space between, given by their keys."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One thing that a typed word may stand for: its keys (several where a space was left out), and how likely."""

    forms: tuple[str, ...]
    likelihood: float


def restore(question: str, share: Share) -> str:
    """The question as it was meant, or as it is where nothing better is likely.

    Args:
        question: NFC.
        share: How common words and pairs of words are in the reports, see ``LexicalIndex.share``.
    """
    typed = words(question)
    if not typed:
        return question
    missing = _missing_share(typed)
    often = _asked_often([word.folded for word in typed])
    readings = [_readings(word, _as_written(word, question), missing, share, often) for word in typed]
    if _SETS_AGAINST.match(question) and not _ASKS & {word.folded for word in typed}:
        readings[0] = [_Reading((typed[0].key,), 0.0)]
    _keep_places(question, typed, readings)
    _keep_names(question, typed, readings, all_marked=missing <= _FEWEST_MISSING)
    chosen = _likeliest(readings, share)
    return _written(question, typed, chosen)


def _asked_often(folded: Sequence[str]) -> Mapping[str, float]:
    """What is added to words that ask: more to "mấy" where nothing else can be what asks."""
    others = _ASKS & {*folded} or folded[-1] in _ENDS_ASKING
    return _ASKED_OFTEN if others or folded.count("may") != 1 else {**_ASKED_OFTEN, key("mấy"): _ASKED_ALONE}


def _keep_places(question: str, typed: Sequence[Word], readings: list[list[_Reading]]) -> None:
    """Read addresses as they are, and the words of a province that is named as its name: "dien bien" is "điện biên"."""
    for match in _ADDRESS.finditer(question):
        for at, word in enumerate(typed):
            if match.start() <= word.start < match.end():
                readings[at] = [_Reading((word.key,), 0.0)]
    for place in find_provinces(question, typed=True):
        inside = [at for at, word in enumerate(typed) if place.start <= word.start < place.end]
        if any(_ADDRESS.match(question, typed[at].start) for at in inside):
            continue
        named = keys(place.name)
        fits = [typed[at].folded for at in inside] == [fold_key(form) for form in named]
        for at in inside:
            forms = (named[at - inside[0]],) if fits else (typed[at].key,)
            readings[at] = [_Reading(forms, 0.0)]


def _keep_names(question: str, typed: Sequence[Word], readings: list[list[_Reading]], all_marked: bool) -> None:
    """Read names as they are where they, or all else, have their diacritics: "Siu Thưng" is no slip of "Thừng"."""
    named = {part.start() for run in capital_runs(question) if len(run) > 1 for part in run if part.start() > 0}
    for at, word in enumerate(typed):
        if word.start in named and (all_marked or marks(word.key)):
            readings[at] = [_Reading((word.key,), 0.0)]


def _as_written(word: Word, question: str) -> str:
    """A word as typed; small in a question all in capitals, where they tell an abbreviation only of no syllable."""
    written = question[word.start : word.end]
    return written.lower() if question.isupper() and is_known(word.folded) else written


def _missing_share(typed: Sequence[Word]) -> float:
    """Share of the diacritics that were left out, told by how many a word has."""
    counts = [len(marks(word.key)) for word in typed if word.key[0].isalpha()]
    mean = sum(counts) / len(counts) if counts else _USUAL_MARKS
    return _FEWEST_MISSING if mean >= _FULLY_MARKED else min(0.97, 1 - mean / _USUAL_MARKS)


def _readings(word: Word, written: str, missing: float, share: Share, often: Mapping[str, float]) -> list[_Reading]:
    """What a typed word may stand for, itself among them, the likeliest first; ``often`` adds to words that ask."""
    if meant := _SHORTHAND.get(written.lower()):
        return [_Reading(tuple(keys(meant)), 0.0)]
    known = word.key in _ASKING or word.folded in _ABBREVIATED or word.key in _NAMES
    if not word.key[0].isalpha() or known or _is_initials(written):
        return [_Reading((word.key,), 0.0)]
    typed_marks = marks(word.key)
    accented = [form for form in forms_of(word.folded) if typed_marks <= marks(form)] or [word.key]
    # a word with diacritics among others that have theirs hardly lacks one
    seldom = missing**_SELDOM if missing <= _FEWEST_MISSING and typed_marks else missing
    found: dict[tuple[str, ...], float] = {
        (form,): (len(marks(form)) - len(typed_marks)) * math.log(seldom) + often.get(form, 0.0) for form in accented
    }
    if is_known(word.folded):
        for form in _confused(word.key):
            found.setdefault((form,), _CONFUSED)
    elif _is_mistyped(word, written) and share(word.key) == 0 and share("~" + word.folded) == 0:
        for folded in _one_slip_away(word.folded):
            for form in forms_of(folded)[:3]:
                found.setdefault((form,), _MISTYPED + _lost(typed_marks, form))
        for parts in _split(word.folded):
            found.setdefault(parts, _SPLIT + _lost(typed_marks, *parts))
    ranked = sorted(found.items(), key=lambda entry: -entry[1] - math.log(min(map(share_of, entry[0]))))
    return [_Reading(forms, likelihood) for forms, likelihood in ranked[:_MOST]]


def _is_mistyped(word: Word, written: str) -> bool:
    """Whether an unknown word can be no Vietnamese syllable ("thogn"; "sếu" can), nor a name ("Brandi", "KBang")."""
    is_name = written != written.lower() and (word.start > 0 or not written.istitle())
    return len(word.folded) in _MISTYPED_LENGTHS and not is_name and _rhyme(word.folded) not in _rhymes()


def _rhyme(folded: str) -> str:
    """A syllable without the consonants it opens with; the whole if these open no Vietnamese syllable."""
    match = _ONSET.match(folded)
    return folded[match.end() :] if match else folded


@lru_cache(maxsize=1)
def _rhymes() -> frozenset[str]:
    """The rhymes of common syllables, without diacritics; foreign words among them are told by having none."""
    return frozenset(_rhyme(fold_key(form)) for form in common_syllables() if marks(form))


def _lost(typed: frozenset[str], *forms: str) -> float:
    """Logarithmic likelihood that the diacritics typed were meant for these syllables."""
    return 0.0 if typed <= frozenset().union(*map(marks, forms)) else _MISTYPED


def _is_initials(written: str) -> bool:
    """An abbreviation in capitals, such as "CNTT", stands for itself."""
    return len(written) > 1 and written.isupper()


@lru_cache(maxsize=4096)
def _confused(form: str) -> tuple[str, ...]:
    """Known syllables that sound like this one to many: "~" for "?", "s" for "x", "n" for "ng" at the end."""
    swapped = {form.replace("~", "?"), form.replace("?", "~")}
    tone = form[-1] if not form[-1].isalnum() else ""
    body = form.removesuffix(tone)
    for one, other in (*_CONFUSIONS, *((b, a) for a, b in _CONFUSIONS)):
        if body.startswith(one) and not body.startswith(other):
            swapped.add(other + body.removeprefix(one) + tone)
    for one, other in (*_CODAS, *((b, a) for a, b in _CODAS)):
        if body.endswith(one):
            swapped.add(body.removesuffix(one) + other + tone)
    return tuple(sorted(other for other in swapped - {form} if other in forms_of(fold_key(other))))


@lru_cache(maxsize=1024)
def _one_slip_away(folded: str) -> tuple[str, ...]:
    """Known syllables, without diacritics, one letter more, less, other or swapped away."""
    parts = [(folded[:at], folded[at:]) for at in range(len(folded) + 1)]
    near = {a + b[1:] for a, b in parts if b} | {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    near |= {a + letter + b[skip:] for a, b in parts for letter in _LETTERS for skip in (0, 1)}
    return tuple(sorted(form for form in near if len(form) > 1 and is_known(form)))


def _split(folded: str) -> Iterator[tuple[str, ...]]:
    """Two common syllables typed without the space between them."""
    for at in range(2, len(folded) - 1):
        if is_known(folded[:at]) and is_known(folded[at:]):
            for left in forms_of(folded[:at])[:4]:
                for right in forms_of(folded[at:])[:4]:
                    yield (left, right)


def _likeliest(readings: Sequence[Sequence[_Reading]], share: Share) -> list[tuple[str, ...]]:
    """The likeliest row of readings (Viterbi)."""
    scores, back = np.zeros(1, dtype=np.float32), []
    for choices, steps in zip(readings, _steps(readings, share), strict=True):
        reached = scores[:, None] + steps
        back.append(reached.argmax(axis=0))
        scores = reached.max(axis=0) + [choice.likelihood for choice in choices]
    at = int(scores.argmax())
    row = []
    for choices, origins in zip(reversed(readings), reversed(back), strict=True):
        row.append(choices[at].forms)
        at = int(origins[at])
    return row[::-1]


def _steps(readings: Sequence[Sequence[_Reading]], share: Share) -> list[NDArray[np.float32]]:
    """Logarithmic likelihood of each reading of a word after each of the word before it, shape (before, readings)."""
    rows = []
    lasts = [START]
    for choices in readings:
        rows.append([((last, choice.forms[0]), *pairwise(choice.forms)) for last in lasts for choice in choices])
        lasts = [choice.forms[-1] for choice in choices]
    pairs = [pair for row in rows for step in row for pair in step]
    told = np.add.reduceat(_follow(pairs, share), _starts([len(step) for row in rows for step in row]))
    parts = np.split(told, _starts([len(row) for row in rows])[1:])
    return [part.reshape(-1, len(choices)) for part, choices in zip(parts, readings, strict=True)]


def _starts(counts: Sequence[int]) -> NDArray[np.int64]:
    """Where each of several stretches laid end to end begins."""
    return np.cumsum([0, *counts[:-1]])


def _follow(pairs: Sequence[tuple[str, str]], share: Share) -> NDArray[np.float32]:
    """Logarithmic likelihood of the right word of each pair after the left one, in general text and in the reports."""
    general = following([_counted(left) for left, _ in pairs], [_counted(right) for _, right in pairs])
    often, phrases = {left: share(left) for left in {left for left, _ in pairs}}, _phrase_pairs()
    local = [
        (share(f"{left} {right}") / often[left] if often[left] else 0.0) + ((left, right) in phrases) * _PHRASE
        for left, right in pairs
    ]
    mixed: NDArray[np.float32] = np.log((1 - _LOCAL_WEIGHT) * np.exp(general) + _LOCAL_WEIGHT * np.minimum(local, 1))
    return mixed


@lru_cache(maxsize=1)
def _phrase_pairs() -> frozenset[tuple[str, str]]:
    """Syllables side by side in the field's own phrases."""
    return frozenset(pair for group in SYNONYMS for phrase in group for pair in pairwise(keys(phrase)))


def _counted(form: str) -> str:
    return NUMBER if form[:1].isdigit() else form


def _written(question: str, typed: Sequence[Word], chosen: Sequence[tuple[str, ...]]) -> str:
    """The question with the words that were read otherwise than typed written anew."""
    parts, at = [], 0
    for word, forms in zip(typed, chosen, strict=True):
        if forms != (word.key,):
            written = question[word.start : word.end]
            like = [*written[:1] * (len(forms) - 1), written]  # the last alone ends as the typed word does
            parts += [question[at : word.start], " ".join(map(spelled, forms, like))]
            at = word.end
    return "".join([*parts, question[at:]])
