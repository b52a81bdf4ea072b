"""Figures told together: the ends of a range, a part and its whole, members of a list, one noun for several."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index import stretches
from index.candidate import Candidate
from index.numbers import Kind
from index.respective import members
from index.sentences import plan_at
from index.types import Span

_OF_BASE = re.compile(
    r"(?P<noun>\s+[^\d,;.()]{2,40}?)??\s+(?:(?:trên|trong)\s+(?:tổng\s+số|tổng|số)|trên)\s+|\s+trong\s+",
    re.IGNORECASE,
)
"""Between a part and the whole it is counted out of: "136 trong tổng số 149 bài viết", "30 trên 34 chỉ tiêu"."""
_RANGE = re.compile(r"\s*[-–]\s*|\s+(?:đến|tới)\s+")
_FROM = re.compile(r"(?:\s*từ)?\s*$", re.IGNORECASE)
_PLANNED_ITEM = re.compile(r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|KH)\s*$", re.IGNORECASE)
_DONE_ITEM = re.compile(r"\b(?:thực hiện|kết quả)\s*$", re.IGNORECASE)
_MOVES = re.compile(r"\b(tăng|giảm)\b", re.IGNORECASE)
_MOVED = re.compile(r"\b(tăng|giảm)(?: thêm| trưởng)?\Z", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|và|cùng|, và)\s*")


def joined(text: str, made: Sequence[Candidate]) -> list[Candidate]:
    """The figure candidates of a sentence once those told together are put in relation.

    Args:
        text: The report's text.
        made: The candidates, each made by itself, in order.
    """
    return _with_members(text, _with_shared_ends(text, _with_bases(text, _with_ranges(text, made))))


def _with_ranges(text: str, made: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, where the upper end of a range ("từ 15 đến 20%") tells the whole of it, and the lower none."""
    told: list[Candidate] = []
    for candidate in made:
        if told and _is_range(text, told[-1], candidate):
            low = told.pop()
            lead = text[low.span.start : low.core.start]
            told.append(
                replace(
                    candidate,
                    span=Span(low.span.start, candidate.span.end),
                    lead=low.lead,
                    core=Span(low.core.start, candidate.core.end),
                    zone=Span(low.span.start, candidate.zone.end),
                    heads=low.heads,
                    planned=low.planned or candidate.planned,
                    years=candidate.years or low.years,
                    former=low.former and not _is_open(text, low),
                    direction=candidate.direction or stretches.direction(_FROM.sub("", lead), 0, len(lead)),
                )
            )
        else:
            told.append(candidate)
    return told


def _is_range(text: str, low: Candidate, high: Candidate) -> bool:
    """Whether two figures are the ends of a range; of a change only where both share one unit ("từ 12 đến 15 xã")."""
    one, other = low.quantity, high.quantity
    if one is None or other is None or one.value is None or other.value is None or low.is_range:
        return False
    joined = _RANGE.fullmatch(text, one.end, other.precision_start) is not None
    alike = low.kind in (Kind.NUMBER, high.kind) and not low.noun.strip("-–")
    return joined and alike and one.value < other.value and (not low.former or _is_open(text, low))


def _is_open(text: str, low: Candidate) -> bool:
    """Whether a figure is written without the unit that the next one has for both."""
    return low.quantity is not None and low.kind is Kind.NUMBER and text[low.quantity.end - 1].isdigit()


def _with_bases(text: str, made: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, where one is counted out of the next: that one is its base, whose noun both count."""
    told = list(made)
    for number, (part, base) in enumerate(pairwise(made)):
        of = _base_told(text, part, base)
        if of is None or base.quantity is None:
            continue
        noun = (of["noun"] or "").strip()
        heads = part.heads if noun else (*part.heads, Span(base.core.end, base.span.end))
        told[number] = replace(told[number], noun=noun or base.noun, heads=heads)
        exact = replace(
            base.quantity, precision="", precision_start=base.quantity.start
        )  # "30 trên 34" is no "over 34"
        told[number + 1] = replace(base, is_base=True, quantity=exact, core=Span(exact.start, exact.end))
    return told


def _base_told(text: str, part: Candidate, base: Candidate) -> re.Match[str] | None:
    """What joins a number to the one it is counted out of, or None."""
    one, other = part.quantity, base.quantity
    if one is None or other is None or (part.kind, base.kind) != (Kind.NUMBER, Kind.NUMBER):
        return None
    smaller = one.value is not None and other.value is not None and one.value <= other.value
    return _OF_BASE.fullmatch(text, one.end, other.start) if smaller else None


def _with_shared_ends(text: str, made: Sequence[Candidate]) -> list[Candidate]:
    """Figures of a plain list also share what follows its last one: "11 tập thể, 10 cá nhân được khen"."""
    shared: list[Candidate] = []
    for candidate in reversed(made):
        after = shared[0] if shared else None
        if after and _LISTED.fullmatch(text, candidate.span.end, after.core.start):
            rest = Span(after.span.end, after.zone.end)
            candidate = replace(candidate, heads=(*candidate.heads, rest, *after.heads[-1:]))
        shared.insert(0, candidate)
    return shared


def _with_members(text: str, made: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, where each figure told respectively has the words of its own member of the list alone."""
    told = list(made)
    if not told:
        return told
    sentence = told[0].sentence
    listed = members(text, sentence.span, [Span(one.core.start, one.span.end) for one in told])
    for member in listed:
        one = told[member.figure]
        after = [told[other.figure] for other in listed if other.shared == member.shared]
        nouns = [other.noun for other in after if other.noun and other.kind == one.kind]
        if len({noun.lower().split()[0] for noun in nouns}) > 1:
            continue  # "lần lượt 3 hội nghị, 5 lớp": things of several kinds, no list told respectively
        span = Span(one.core.start, one.span.end)
        item = text[member.item.start : member.item.end]
        years, moved = stretches.years_named(item), _MOVES.search(item)
        told[member.figure] = replace(
            one,
            span=span,
            lead=member.item,
            zone=span,
            tail=span.end,
            heads=(member.item, *member.shared, *sentence.headings),
            noun=one.noun or next(iter(nouns), ""),
            direction=moved.group(1).lower() if moved else one.direction or _direction_of_all(text, member.shared),
            planned=_planned_as(item, one.planned or plan_at(sentence.report, member.item.start) is not None),
            years=frozenset(years) or one.years or after[0].years,
            member=member.item,
        )
    return told


def _planned_as(item: str, planned: bool) -> bool:
    """Whether a member is planned: by its own words ("kế hoạch", "thực hiện"), else as it stands."""
    if _PLANNED_ITEM.search(item):
        return True
    return planned and _DONE_ITEM.search(item) is None


def _direction_of_all(text: str, shared: Sequence[Span]) -> str:
    """ "tăng" or "giảm" when what is told of all members ends so: "tăng lần lượt 21,4% và 3,9%"."""
    said = (_MOVED.search(text[span.start : span.end]) for span in shared)
    return next((match.group(1).lower() for match in said if match), "")
