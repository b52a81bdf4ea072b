"""The one figure that a side of a comparison tells, and what it shares with that of another side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant import phrase
from assistant.vocabulary import LEADING, is_function_word
from index.candidate import Candidate
from index.cells import row_statement
from index.lexicon import canonical_words
from index.numbers import Kind, Quantity, in_vietnamese_form
from index.words import words

_COUNTED = (Kind.NUMBER, Kind.RATIO)
_OUT_OF = re.compile(r"\d\s*/\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Figure:
    """The one figure that a side tells.

    Attributes:
        quantity: Its value and unit.
        noun: What it counts, as the report says, or "".
        short: The figure and the noun alone: "gần 4.600 trạm BTS".
        of: The first word of what is counted or shared out, by its key; "" where none tells ("doanh thu").
        words: Keys of the words around it.
        out_of: Of a rank, of how many, where that is told: "63" of "thứ 25/63"; else "".
        planned: Whether it is a planned value.
    """

    quantity: Quantity
    noun: str
    short: str
    of: str = ""
    words: frozenset[str] = frozenset()
    out_of: str = ""
    planned: bool = False


def figure_of(candidate: Candidate) -> Figure | None:
    """The figure of a candidate for a comparison: itself, what it counts, and of what it is a share."""
    if candidate.quantity is None or candidate.is_range:
        return None
    text = candidate.sentence.report.text
    short = text[candidate.core.start : candidate.span.end]
    if candidate.sentence.row:
        short = row_statement(candidate, candidate.sentence.row).rpartition(": ")[2]
    told = [w.key for w in candidate.sentence.words if candidate.lead.start <= w.start < candidate.lead.end]
    named = [word.key for word in canonical_words(candidate.noun)]
    share = candidate.kind is Kind.PERCENT
    of = next((word for word in (told if share else named) if word not in LEADING and word[:1].isalpha()), "")
    around = frozenset(word.key for word in candidate.sentence.words)
    noun = "" if share or candidate.kind is Kind.MONEY else candidate.noun
    short = phrase.escape(in_vietnamese_form(short))
    ranked = _OUT_OF.search(short) if candidate.kind is Kind.RANK else None
    out_of = ranked[1] if ranked else ""
    return Figure(candidate.quantity, noun, short, of if share or noun else "", around, out_of, candidate.planned)


def are_comparable(figures: Sequence[Figure]) -> bool:
    """Whether figures can be set against each other: of one form, and ranks out of as many."""
    return len({form(one) for one in figures}) == 1 and len({one.out_of for one in figures} - {""}) < 2


def differing(figures: Sequence[Figure]) -> str:
    """The first two nouns that differ in what they count ("vị trí lắp đặt trạm", "trạm"), or ""."""
    for one, other in combinations(figures, 2):
        if not one.of or not other.of or one.of == other.of:
            continue
        if one.noun and other.noun:
            return " / ".join(f"“{phrase.escape(_named(noun))}”" for noun in (one.noun, other.noun))
        if one.of not in other.words and other.of not in one.words:
            return "…"
    return ""


def _named(noun: str) -> str:
    """The start of a noun, without what only leads on from it ("thủ tục đã")."""
    kept = words(noun)[:5]
    while len(kept) > 1 and is_function_word(kept[-1]):
        kept = kept[:-1]
    return noun[: kept[-1].end] if kept else noun


def form(figure: Figure) -> str:
    """What figures must share to be set against each other: whether they count, and the unit."""
    kind = Kind.NUMBER if figure.quantity.kind in _COUNTED else figure.quantity.kind
    return f"{kind.value} {figure.quantity.unit}"


def height(figure: Figure | None) -> float:
    """The figure's value; of a rank the lower number is the higher."""
    if figure is None or figure.quantity.value is None:
        return 0.0
    return -float(figure.quantity.value) if figure.quantity.kind is Kind.RANK else float(figure.quantity.value)
