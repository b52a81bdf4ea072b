"""A question as people type it: with all its diacritics, with half of them, with none."""

import random
import unicodedata
from collections.abc import Callable, Mapping

from training.corpus import strip_diacritics


def _half_of_words(text: str) -> str:
    """Every other word, drawn by the text itself, without its diacritics."""
    draw = random.Random(text)
    return " ".join(strip_diacritics(word) if draw.random() < 0.5 else word for word in text.split(" "))


def _half_of_marks(text: str) -> str:
    """Every other diacritic, drawn by the text itself, left out: "Điện Biên" → "Điên Bien"."""
    draw = random.Random(text)
    kept = []
    for letter in unicodedata.normalize("NFD", text):
        if unicodedata.combining(letter) and draw.random() < 0.5:
            continue
        kept.append({"đ": "d", "Đ": "D"}[letter] if letter in "đĐ" and draw.random() < 0.5 else letter)
    return unicodedata.normalize("NFC", "".join(kept))


WAYS: Mapping[str, Callable[[str], str]] = {
    "full": lambda text: text,
    "half of the words": _half_of_words,
    "half of the marks": _half_of_marks,
    "none": strip_diacritics,
}
"""Ways of typing by how many diacritics they have."""
