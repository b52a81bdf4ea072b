"""Question-like queries made from a sentence: something in it is asked for, and much of the rest is left out."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.lexicon import ABBREVIATIONS, SYNONYMS
from training.corpus import strip_diacritics

_YEARS = ("năm nào", "khi nào", "vào năm nào", "năm bao nhiêu", "thời gian nào")
_NUMBERS = ("bao nhiêu", "bao nhiêu", "mấy", "số lượng bao nhiêu", "là bao nhiêu")
_NAMES = (
    *("ai", "người nào", "nơi nào", "ở đâu", "cái gì", "tên gì", "là ai", "nước nào", "tổ chức nào", "đâu"),
    *("tên là gì", "quốc gia nào", "thành phố nào"),
)
_OTHERS = (
    *("gì", "là gì", "như thế nào", "vì sao", "tại sao", "thế nào", "điều gì", "cái gì", "loại nào", "nào"),
    *("những gì", "làm gì", "để làm gì", "do đâu", "bằng cách nào", "có đặc điểm gì"),
)
_YEAR = re.compile(r"(1\d|20)\d\d\W*")
_DIGIT = re.compile(r"\d")
_GAP = "\0"


@dataclass(frozen=True, slots=True)
class QuestionRecipe:
    """How a sentence becomes a query.

    Attributes:
        fewest: Least number of words kept, on average.
        most: Greatest number of words kept, on average; each sentence draws its own between the two.
        longest_run: Words are kept or left out in runs of one word to this many.
        in_place: Share of the queries with the question word where the answer stood, as most questions have it.
        turned: Share of the others whose two halves change places.
        reworded: Share of the queries in which phrases of the field's lexicon get another of their forms.
    """

    fewest: float = 4.0
    most: float = 16.0
    longest_run: int = 3
    in_place: float = 0.4
    turned: float = 0.4
    reworded: float = 0.5


def ask(sentence: str, recipe: QuestionRecipe, draw: random.Random) -> str:
    """Make a query from a sentence: ask for a number, a name or a phrase, and leave out words in runs.

    Args:
        sentence: The sentence; the query's passage holds it.
        recipe: How much is left out.
        draw: Source of every choice.
    """
    words = sentence.split()
    start, end, asked = _answer(words, draw)
    kept = _thin([*words[:start], _GAP, *words[end:]], recipe, draw)
    if draw.random() < recipe.in_place:
        return " ".join(kept).replace(_GAP, asked)
    others = [word for word in kept if word != _GAP]
    if len(others) > 3 and draw.random() < recipe.turned:
        turn = draw.randrange(len(others))
        others = others[turn:] + others[:turn]
    return " ".join([asked, *others] if draw.random() < 0.4 else [*others, asked])


def without_marks(query: str, all_words: float, half: float, draw: random.Random) -> str:
    """Drop the diacritics of some queries.

    Args:
        query: The query.
        all_words: Share of the queries which lose all diacritics.
        half: Share of the queries which lose those of each word by the toss of a coin.
        draw: Source of every choice.
    """
    drawn = draw.random()
    if drawn < all_words:
        return strip_diacritics(query)
    if drawn < all_words + half:
        return " ".join(strip_diacritics(word) if draw.random() < 0.5 else word for word in query.split())
    return query


class Rewording:
    """Puts another form for phrases of the field's lexicon: "CNTT" for "công nghệ thông tin", and back."""

    def __init__(self) -> None:
        self._forms = _other_forms()
        longest_first = sorted(filter(_unmistakable, self._forms), key=lambda form: (-len(form), form))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    @property
    def forms(self) -> list[str]:
        """Every form of every phrase, in lower case."""
        return list(self._forms)

    def __call__(self, text: str, draw: random.Random) -> str:
        """Replace each phrase of the lexicon in the text by another of its forms."""
        return self._pattern.sub(lambda found: draw.choice(self._forms[found[0].lower()]), text)


def _other_forms() -> Mapping[str, list[str]]:
    """For each form in lower case, the forms which may stand in its place."""
    groups: dict[str, list[str]] = {}
    for short, long in ABBREVIATIONS.items():
        groups.setdefault(long, [long]).append(short)
    forms: dict[str, list[str]] = {}
    for group in [*groups.values(), *SYNONYMS]:
        for form in group:
            forms.setdefault(form.lower(), []).extend(other for other in group if other != form)
    return forms


def _unmistakable(form: str) -> bool:
    """Whether a form in running text means its phrase: "dân" or "CT" mostly do not."""
    return len(form) >= 5 or (len(form) >= 3 and form.upper() in ABBREVIATIONS)


def _answer(words: list[str], draw: random.Random) -> tuple[int, int, str]:
    """Choose what is asked for: its half-open bounds, and the question word."""
    numbers = [at for at, word in enumerate(words) if _DIGIT.search(word)]
    names = [at for at, word in enumerate(words) if at and word[0].isupper()]
    drawn = draw.random()
    if numbers and drawn < 0.45:
        start = draw.choice(numbers)
        return start, start + 1, draw.choice(_YEARS if _YEAR.fullmatch(words[start]) else _NUMBERS)
    if names and drawn < 0.75:
        start, end = _whole_name(words, draw.choice(names))
        return start, end, draw.choice(_NAMES)
    start = draw.randrange(len(words))
    return start, min(len(words), start + draw.randint(1, 4)), draw.choice(_OTHERS)


def _whole_name(words: list[str], at: int) -> tuple[int, int]:
    """Widen a capitalised word to the run of capitalised words with no punctuation between them."""
    start, end = at, at + 1
    while start > 1 and words[start - 1][0].isupper() and words[start - 1][-1].isalnum():
        start -= 1
    while end < len(words) and words[end][0].isupper() and words[end - 1][-1].isalnum():
        end += 1
    return start, end


def _thin(words: list[str], recipe: QuestionRecipe, draw: random.Random) -> list[str]:
    """Leave out runs of words, but never the gap."""
    share = min(0.9, draw.uniform(recipe.fewest, recipe.most) / len(words))
    kept: list[str] = []
    at = 0
    while at < len(words):
        # Not randint, which takes five times as long.
        run = words[at : at + 1 + int(draw.random() * recipe.longest_run)]
        kept.extend(run if draw.random() < share else [word for word in run if word == _GAP])
        at += len(run)
    return kept
