"""Whether a claim is of what a told figure is of: the noun counted, things counted side by side, its own words."""

from collections.abc import Collection, Sequence
from itertools import dropwhile

from assistant.amounts import as_written
from assistant.backing import Told
from assistant.claims import Claim
from assistant.rivals import mentions
from assistant.vocabulary import LEADING, STRICT_RIVALS, is_function_word
from index.frequency import rarity
from index.lexicon import canonical_words
from index.numbers import Kind
from index.words import key, words

_PERSON = key("người")
_PEOPLE = ("thành viên", "cán bộ", "học viên", "công dân", "đại biểu", "thí sinh", "lao động", "công chức", "viên chức")
"""Whom "người" may stand for."""
_GENERIC = frozenset(map(key, "nơi cái chiếc chỗ đơn".split()))
"""Nouns that stand for whatever is counted."""
_SHARE = 0.05
"""How much of a claim's words must be those of another figure alone."""


def is_of_another(claim: Claim, text: str, told: Told, all_told: Sequence[Told]) -> bool:
    """Whether a claim has words of another figure of its kind and sentence, and none that are its figure's alone.

    "Giải Nhất … 4 triệu đồng" has the words of the five million, and none of the four million's.
    """
    if claim.quantity.value != told.quantity.value or told.candidate is None or told.candidate.sentence.row:
        return False  # of a table's row the column tells, by its year
    own, shared = told.near_words, told.near_words | told.words
    for other in all_told:
        if not _is_like(other, told):
            continue
        near = other.near_words
        said = _content(claim, text, near | own)
        theirs = sum(weight for word, weight in said.items() if word in near and word not in shared)
        if theirs > _SHARE * sum(said.values()) and not any(word in own and word not in near for word in said):
            return True
    return False


def _is_like(other: Told, told: Told) -> bool:
    """Whether two figures of one sentence could be taken for one another."""
    return (
        (other.quantity.kind, other.quantity.unit) == (told.quantity.kind, told.quantity.unit)
        and other.quantity.value != told.quantity.value
        and other.candidate is not None
        and told.candidate is not None
        and other.candidate.sentence is told.candidate.sentence
    )


def _content(claim: Claim, text: str, known: Collection[str]) -> dict[str, float]:
    """The weights of the known content words of a claim; of the first figure of a statement all that stands before."""
    for start, end in ((claim.own.start, claim.own.end), (claim.statement.start, claim.quantity.end)):
        found = {
            word.key: rarity(word.key, word.folded)
            for word in canonical_words(text[start:end])
            if word.key in known
            and any(map(str.isalpha, word.key))
            and not is_function_word(word)
            and word.key not in LEADING
        }
        if found or claim.own.start > claim.statement.start:
            return found
    return {}


def same_noun(claim: Claim, text: str, told: Told) -> str:
    """What is counted must stand with the figure, or in what leads to it."""
    if told.candidate is None or claim.quantity.kind not in (Kind.NUMBER, Kind.RATIO):
        return ""
    counted = list(dropwhile(lambda word: word.key in LEADING, canonical_words(claim.noun)))[:2]
    noun = told.candidate.noun.lower()
    people = [word.key for word in counted] == [_PERSON] and noun.startswith(_PEOPLE)
    if not counted or counted[0].key in _GENERIC or people:
        return ""
    said = " ".join(word.key for word in counted)
    known = " ".join(word.key for word in canonical_words(told.candidate.noun))
    if f" {counted[0].key} " in f" {known} " or f" {said} " in f" {told.phrases} ":
        return ""
    return f"đoạn trích nói “{stretch(told)}”"


def stretch(told: Told) -> str:
    """A told figure with what it counts, as its report writes it."""
    one = told.candidate
    if one is None:
        return as_written(told)
    return " ".join(told.report.text[one.core.start : max(one.span.end, one.core.end)].split())


def same_thing(claim: Claim, text: str, told: Told) -> str:
    """What the claim names among things counted side by side must be what the figure is of."""
    if told.candidate is None or is_verbatim(claim, text, told.candidate.sentence.text):
        return ""
    said = f"{text[claim.statement.start : claim.quantity.end]} {claim.noun}"
    for group in {mention.group for mention in mentions(said, 0) if mention.group < STRICT_RIVALS}:
        named = {mention.name for mention in mentions(said, 0) if mention.group == group}
        own = _own_mentions(told, group)
        if own and not own & named:
            return f"đoạn trích nói về “{stretch(told)}”"
    return ""


def _own_mentions(told: Told, group: int) -> set[str]:
    one = told.candidate
    assert one is not None
    report = told.report.text
    between = (told.own.start, told.own.end) if told.own else (one.span.start, one.zone.end)
    for spans in ((between,), ((one.span.start, one.zone.end), (one.lead.start, one.lead.end))):
        named = {m.name for start, end in spans for m in mentions(report[start:end], start) if m.group == group}
        if named:
            return named
    return set()


def is_verbatim(claim: Claim, text: str, quote: str) -> bool:
    """Whether a statement is made of the very words of a quote, but for what "…" leaves out."""
    whole = f" {_letters(quote)} "
    said = text[claim.statement.start : claim.statement.end]
    return all(f" {part} " in whole for part in map(_letters, said.split("…")) if part)


def _letters(text: str) -> str:
    """The words of a text without its numbers."""
    return " ".join(word.key for word in words(text) if word.key[0].isalpha())
