"""Changes told by both their ends: "từ bao nhiêu lên bao nhiêu?", "thay đổi thế nào?".

Patterns look at the question's pattern text without its brackets: lower case, without diacritics.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import kinds
from assistant.types import Asked, Part, Query
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.cells import row_candidates
from index.types import Span
from index.words import fold, key

_HOW_MUCH = r"(?:bao nhieu|may|bn|muc nao|muc may|dau|con so nao|nao)"
_BOTH_ENDS = re.compile(
    rf"\btu (?:muc |con so )?{_HOW_MUCH}\b.*\b(?:len|xuong|con|toi|den|thanh|sang|ve)\b.*{_HOW_MUCH}\b"
    r"|\b(?:thay doi|bien dong|dien bien|chuyen bien|tang|giam)(?: ra)?(?: nhu)? (?:the nao|sao)\b"
    r"|(?:\bso|_) voi (?:cung ky|nam|dau nam|cuoi nam)(?: \w+){0,3} (?:thi )?(?:ra|nhu)? ?(?:the nao|sao)\b"
    rf"|\b(?:len|xuong|con) {_HOW_MUCH}\b.*\btu (?:muc |con so )?{_HOW_MUCH}\b"
    r"|\btruoc (?:va|voi|,)? ?sau\b"
)
_WAYS = {"tang": "tăng", "giam": "giảm"}
_WAY = re.compile(r"\b(tang|giam)(?: ra)?(?: nhu)? (?:the nao|sao)\b")
_MOVES = re.compile(
    r"\b(?:tu|tang|giam|nhich|nhay|bat|tut|sut|rot|bot|len|xuong|toi|den|thanh|sang|thay doi|bien dong|so voi"
    rf"|the nao|ra sao|truoc va sau|{_HOW_MUCH})\b"
)
_CHANGED_FORMS = {fold(form): form for form in ("thay đổi", "biến động", "diễn biến", "chuyển biến")}
_CHANGED = re.compile(rf"\b(?:{'|'.join(_CHANGED_FORMS)})\b")
_LED = re.compile(r"\b(?:còn|xuống|lên|thành)(?: khoảng| gần| hơn| đến| tới)?\s*$", re.IGNORECASE)
"""What leads to the value after a change."""
_LINKS = re.compile(
    r"(?:[\s,(]|trong khi|còn|(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn|hơn|so với|mức|con số|cùng kỳ|của|cuối|đầu|năm|\d{4}"
    r"|trước|mới|là|chỉ|đạt|có|ở|tăng|giảm|nhẹ|mạnh|từ|lên|xuống|nhích)*",
    re.IGNORECASE,
)
"""What may stand between a value and the one of the year before that it is held against."""
_AT_ONCE = re.compile(
    r"[^,;.()]{0,30},\s(?:đã |chỉ |cũng |tức )?(?:tăng|giảm|ít|mất|bớt|nhích|hụt|nhiều|cao|thấp|thêm|tụt|lùi|sụt)\b"
    r"[^,;.()]{0,25}",
    re.IGNORECASE,
)
"""Between a value and the change told right after it: "3 vụ, giảm 2 vụ"."""
_FARTHEST = 120
"""Characters between the two ends, at most, where they are told side by side and no words join them."""


def asks_both_ends(text: str) -> bool:
    """Whether a question wants the value before a change and the one after it."""
    return _BOTH_ENDS.search(re.sub(r"\[\w+\]", "_", text)) is not None


def moving_words(text: str) -> frozenset[str]:
    """Words that only say that something changed from one value to another, by their keys and without diacritics."""
    told = _CHANGED.search(text.replace("[", "").replace("]", ""))
    forms = f"{_CHANGED_FORMS[told.group()]} sang ra từ".split() if told else []
    return frozenset(map(key, forms)) | frozenset(map(fold, forms))


def amount_asked(text: str, counts: bool) -> Asked:
    """The kind of both values."""
    bare = " ".join(_MOVES.sub(" ", text.replace("[", "").replace("]", "")).split())
    found = kinds.kind_asked(f"bao nhieu, {bare}", counts)
    return Asked.COUNT if found in (None, Asked.CHANGE, Asked.TEXT, Asked.WHEN) else found


def without_both_ends(query: Query) -> Query:
    """The query where no report tells both ends: of each of two years, or how far the figure rose or fell."""
    if len(query.years) == 2 and len(query.provinces) == 1 and not query.parts:
        parts = tuple(Part(query.provinces[0], (year,)) for year in sorted(query.years))
        return replace(query, parts=parts, compares=True, both_ends=False)
    way = _WAY.search(fold(query.question))
    if way is None:
        return query
    return replace(query, asked=Asked.CHANGE, wanted=(), both_ends=False, direction=_WAYS[way.group(1)])


def both_ends(candidate: Candidate) -> tuple[Candidate, ...]:
    """What tells both ends of a change of which ``candidate`` is one, or the change beside it; () where nothing does.

    Returns:
        One candidate that reaches from the one end to the other in the sentence; of a table's row the two cells.
    """
    if candidate.quantity is None:
        return ()
    if candidate.sentence.row is not None:
        cells = row_candidates(candidate.sentence, candidate.sentence.row)
        earlier = [one for one in cells if _is_earlier(one, candidate)]
        return (earlier[-1], candidate) if earlier else ()
    figures = figure_candidates(candidate.sentence)
    place = next((n for n, one in enumerate(figures) if one.core == candidate.core), None)
    if place is None:
        return ()
    if candidate.former:
        after = next((one for one in figures[place + 1 :] if one.has_form_of(candidate)), None)
        return (_reaching(candidate, after),) if after else ()
    if place and figures[place - 1].former and figures[place - 1].has_form_of(candidate):
        return (_reaching(figures[place - 1], candidate),)
    return _told_beside(candidate, figures[place + 1 :])


def _told_beside(candidate: Candidate, following: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The value with the earlier one, or the change, that comes right after it in its clause."""
    text = candidate.sentence.report.text
    for number, other in enumerate(following):
        between = text[candidate.core.end : other.core.start]
        if len(between) > _FARTHEST or ";" in between:
            break
        led = _LED.search(between) is not None and other.has_form_of(candidate)
        changed = other.direction != "" and not number and _AT_ONCE.fullmatch(between) is not None
        goes_on = changed or (other.direction != "" and other.lead.start == candidate.lead.start)
        bracketed = not number and "(" in between
        linked = bracketed or _LINKS.fullmatch(text, candidate.span.end, other.core.start) is not None
        beside = linked and _is_earlier(other, candidate)
        if led or goes_on or beside:
            return (_reaching(candidate, other),)
    return ()


def _reaching(first: Candidate, last: Candidate) -> Candidate:
    """The stretch from one figure to another as one candidate, of the year of the value that is not the former."""
    value = last if first.former else first
    report = value.sentence.report
    of_report = frozenset(year for year in value.years if year == report.year)
    return replace(
        value,
        span=Span(first.span.start, _closed(report.text, first.span.start, last.span.end)),
        years=of_report if first.former else value.years,
        lead=first.lead,
        core=first.core,
        zone=Span(first.span.start, last.zone.end),
        heads=first.heads,
        direction="",
    )


def _closed(text: str, start: int, end: int) -> int:
    """``end``, or behind the bracket that closes the one opened before it."""
    opened = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if opened and text.startswith(")", end) else end


def _is_earlier(one: Candidate, candidate: Candidate) -> bool:
    """Whether a figure of the same form is of an earlier year."""
    year = max(candidate.years, default=candidate.sentence.report.year or 0)
    of_before = one.former or (bool(one.years) and max(one.years) < year)
    return of_before and not one.planned and one.has_form_of(candidate)
