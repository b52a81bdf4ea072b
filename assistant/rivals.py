"""Things that reports count side by side: which of them a question names, and which a figure is of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.rank import is_score
from assistant.singled import prize_asked
from assistant.types import Query
from assistant.vocabulary import INDEXES, RIVALS, SAME_RIVALS, STRICT_RIVALS
from index.candidate import Candidate
from index.numbers import Kind
from index.types import Span
from index.words import fold


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing of ``RIVALS[group]`` that a text names, at offset ``start``."""

    group: int
    name: str
    start: int


@lru_cache(maxsize=8192)
def mentions(text: str, offset: int) -> tuple[Mention, ...]:
    """What a text that begins at ``offset`` names of the things counted side by side."""
    folded = fold(text)
    return tuple(
        Mention(number, SAME_RIVALS.get(match.group(), match.group().replace(" do ", " ")), offset + match.start())
        for number, group in enumerate(RIVALS)
        for match in group.finditer(folded)
    )


def rivals_told(candidate: Candidate, named_by_group: Mapping[int, frozenset[str]]) -> dict[str, float]:
    """Whether the figure is of what the question names among things counted side by side, or of another of them."""
    sentence = candidate.sentence
    parts = (sentence.span, *sentence.headings, *((sentence.before.span,) if sentence.before else ()))
    told = [one for part in parts for one in mentions(sentence.report.text[part.start : part.end], part.start)]
    near = Span(candidate.span.start, candidate.zone.end)
    spans = (near, *candidate.heads)
    held = other = missing = strict = 0
    unasked = len({one.group for one in told if near.start <= one.start < near.end} - {*named_by_group})
    for number, named in named_by_group.items():
        of_group = [one for one in told if one.group == number]
        close = {one.name for one in of_group if near.start <= one.start < near.end}
        own_told = [one for one in of_group if any(span.start <= one.start < span.end for span in spans)]
        own = {one.name for one in own_told}
        held += bool(named & own)
        led = {one.name for one in of_group if candidate.lead.start <= one.start < candidate.core.start}
        here = {one.name for one in own_told if sentence.span.start <= one.start < sentence.span.end}
        said = close or led or here or own
        of_other = bool(said) and not said & named
        other += of_other
        strict += of_other and number < STRICT_RIVALS
        missing += not named & {one.name for one in of_group}
    return {
        "rival_told": held / 2,
        "rival_other": other / 2,
        "rival_missing": missing / 2,
        "rival_strict": float(strict),
        "rival_unasked": unasked / 2,
    }


def is_of_other_index(candidate: Candidate, query: Query) -> bool:
    """Whether a rank or a score is of another index than the one asked about: the last named before it."""
    asked = {one.name for one in mentions(query.question, 0) if one.group == INDEXES}
    if not asked or candidate.quantity is None or not (candidate.kind is Kind.RANK or is_score(candidate)):
        return False
    text = candidate.sentence.report.text
    led = [one.name for one in mentions(text[candidate.begins : candidate.core.start], 0) if one.group == INDEXES]
    return bool(led) and led[-1] not in asked


def rivals_asked(query: Query, slot: int = 0) -> dict[int, frozenset[str]]:
    """What one slot of a question names among things counted side by side, by their group.

    What the question leaves out and what its other slots count is none of it.
    """
    asked = f"{query.question} {query.search_text}" if query.follows else query.question
    counted = [{word.folded for word in noun} for noun in query.wanted]
    own = counted[slot] if slot < len(counted) else set()
    others = {word for number, noun in enumerate(counted) if number != slot for word in noun} - own
    left_out = {word.folded for word in query.excluded} | others
    named: dict[int, frozenset[str]] = {}
    for one in mentions(asked, 0):
        among_sides = one.name.endswith(" nhat") and not query.extreme and not one.name.startswith("giai")
        seen_to = one.name.startswith("giai ") and bool(prize_asked(query))  # only figures of the prize are read
        if not among_sides and not seen_to and not left_out >= set(one.name.split()):
            named[one.group] = named.get(one.group, frozenset()) | {one.name}
    return named
