"""Lists told respectively: "Viettel, VNPT, MobiFone sở hữu lần lượt 1.312, 1.084 và 768 trạm".

All offsets are those of the report's text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.types import Span
from index.words import CAPITALS

_MARK = re.compile(r"\b(?:lần lượt|theo thứ tự|tương ứng)\b", re.IGNORECASE)
_LEAD = re.compile(r"(?:(?!\b(?:lần lượt|theo thứ tự|tương ứng)\b)[^\d,;.()]){0,40}")
"""Between the mark and the first figure: "lần lượt là gần", "lần lượt đứng thứ"."""
_GOES_ON = re.compile(r"\s*(?:[,;]|,?\s*(?:và|cùng)\b)\s*(?:(?:thứ|hạng)\s+)?")
_AND = re.compile(r"\s+(?:và(?!\s+truyền thông)|cùng(?!\s+kỳ))\s+", re.IGNORECASE)
_ADVERBIAL = re.compile(
    r"(?:trong|đến|tính|từ|nay|hiện|năm nay|năm qua|cả năm|đồng thời|ngoài ra|qua đó)\b", re.IGNORECASE
)
"""How a stretch before a comma opens that is no member of a list."""
_GOVERNS = re.compile(
    r"(?:sở hữu|đạt|ước|có|được|bán|là|của|tại|ở|cho|dẫn đầu|tăng|giảm|thu|nộp|chiếm|đứng|xếp|trên|trong|năm|so với"
    r"|chưa|đã|đang|hoàn thành|tiếp nhận|giải ngân)\b",
    re.IGNORECASE,
)
"""How what is told of all members opens."""
_ENDS_IN_YEAR = re.compile(r"(?:^|\s)(?:19|20)\d{2}$")
_COMMA = re.compile(r"\s*[,;]\s+")
_PAUSES, _PAIR = " ,;:(\n", 2
_NAMED = re.compile(rf"[{CAPITALS}\d]")
_PLACE = r"(?:(?:thành phố|thị xã|thị trấn|huyện|xã|phường|tỉnh|TP|TX)\.?\s)?"
_NAME = rf"[{CAPITALS}\d][^\s,;]*+"
_NAME_OPENS = re.compile(rf"{_PLACE}{_NAME}(?:\s{_NAME})*+")
_NAME_ENDS = re.compile(rf"(?<!\S){_PLACE}{_NAME}(?:\s{_NAME})*+$")


@dataclass(frozen=True, slots=True)
class Member:
    """Which member of a list a figure is of.

    Attributes:
        figure: Position of the figure among those given.
        item: The member.
        shared: What is told of all of them: the words before the first, after the last, and after the mark.
    """

    figure: int
    item: Span
    shared: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Listed:
    """Members of a list with what stands before the first and after the last."""

    items: tuple[Span, ...]
    shared: tuple[Span, ...]


def members(text: str, sentence: Span, figures: Sequence[Span]) -> list[Member]:
    """The figures of a sentence that are told respectively, with what each is of.

    Args:
        text: The report's text.
        sentence: The sentence.
        figures: Each figure with the noun after it, in order.
    """
    found: list[Member] = []
    before: _Listed | None = None
    start = sentence.start
    for mark in _MARK.finditer(text, sentence.start, sentence.end):
        told = _figures_after(text, mark.end(), figures)
        if len(told) < 2:
            continue
        own = _listed(text, start, mark.start(), len(told))
        if own is None and before is not None and len(before.items) == len(told):
            own = _Listed(before.items, (*before.shared[:1], _trimmed(text, start, mark.start())))
        start = figures[told[-1]].end
        before = own
        if own is not None:
            lead = _trimmed(text, mark.end(), figures[told[0]].start)
            shared = tuple(span for span in (*own.shared, lead) if span.start < span.end)
            found += [Member(figure, item, shared) for figure, item in zip(told, own.items, strict=True)]
    return found


def _figures_after(text: str, mark: int, figures: Sequence[Span]) -> list[int]:
    """The positions of the figures listed right after a mark."""
    first = next((number for number, figure in enumerate(figures) if figure.start >= mark), None)
    if first is None or not _LEAD.fullmatch(text, mark, figures[first].start):
        return []
    told = [first]
    for number, (one, other) in enumerate(pairwise(figures[first:]), start=first + 1):
        if not _GOES_ON.fullmatch(text, one.end, other.start):
            break
        told.append(number)
    return told


def _listed(text: str, start: int, end: int, count: int) -> _Listed | None:
    """The last ``count`` members of a list between two offsets, or None when there are not so many or none is sure."""
    within = _trimmed(text, start, end)
    last = max(_AND.finditer(text, within.start, within.end), key=re.Match.start, default=None)
    if last is not None and _COMMA.search(text, last.end(), within.end):  # "A và B năm 2021, 2022": which is the list?
        by_years = _ENDS_IN_YEAR.search(text[within.start : within.end]) is not None
        if by_years or len(_COMMA.findall(text, within.start, last.start())) + 2 != count or count == _PAIR:
            last = None
            if not by_years:
                return None
    cuts = [match.span() for match in _COMMA.finditer(text, within.start, last.start() if last else within.end)]
    cuts += [last.span()] if last else []
    edges = [within.start, *(edge for cut in cuts for edge in cut), within.end]
    parts = [Span(edges[n], edges[n + 1]) for n in range(0, len(edges), 2)]
    whose = Span(within.end, within.end)
    if len(parts) > count and _are_years(text, parts[-count - 1 : -1]):  # "kỳ 2021, 2022, tỉnh lần lượt …"
        parts, whose = parts[:-1], parts[-1]
    parts = parts[-count:]
    if len(parts) < count or any(_ADVERBIAL.match(text, part.start, part.end) for part in parts):
        return None
    first, prefix = _first(text, parts[0], parts[1])
    before = parts[-2] if count > _PAIR else first
    words = len(text[before.start : before.end].split())
    return _Listed((first, *parts[1:]), (prefix, whose if whose.end > whose.start else _rest(text, parts[-1], words)))


def _are_years(text: str, parts: Sequence[Span]) -> bool:
    return all(_ENDS_IN_YEAR.search(text[part.start : part.end]) for part in parts)


def _first(text: str, part: Span, like: Span) -> tuple[Span, Span]:
    """The first member of a list, which has as many words as the next one, and what stands before it."""
    said, other = text[part.start : part.end], text[like.start : like.end].split()
    named = _NAME_ENDS.search(said) if _NAMED.match(other[-1]) else None
    again = said.rfind(f"{other[0]} ") if len(other) > 1 else -1
    places = [match.start() for match in re.finditer(r"\S+", said)]
    at = named.start() if named else again if again >= 0 else places[-min(len(other), len(places))]
    return Span(part.start + at, part.end), _trimmed(text, part.start, part.start + at)


def _rest(text: str, part: Span, words: int) -> Span:
    """What stands in the last part of a list after its member, which is a name or has so many words."""
    said = text[part.start : part.end]
    named = _NAME_OPENS.match(said)
    ends = [match.end() for match in re.finditer(r"\S+", said)]
    rest = _trimmed(text, part.start + (named.end() if named else ends[min(words, len(ends)) - 1]), part.end)
    return rest if _GOVERNS.match(text, rest.start, rest.end) else Span(rest.end, rest.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without what pauses at its ends; empty when nothing else is in it."""
    said = text[start:end]
    begin = start + len(said) - len(said.lstrip(_PAUSES))
    return Span(begin, max(begin, start + len(said.rstrip(_PAUSES))))
