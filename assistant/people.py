"""The people a sentence names, each with what it tells of that person alone."""

import re
from collections.abc import Sequence

from index.candidate import Candidate
from index.names import find_names
from index.provinces import find_provinces
from index.sentences import Sentence
from index.types import Span
from index.words import keys

_TITLE_BEFORE = re.compile(r"\b(?:các đồng chí|đồng chí|đ/c|ông|bà|anh|chị)\s*$", re.IGNORECASE)
_TITLE_AHEAD = re.compile(r"\b(?:đồng chí|đ/c|ông|bà)\s(?=\w)", re.IGNORECASE)
_NEXT_TITLE = re.compile(
    r"(?:[\s,]+(?:và|cùng|với|cùng với))?(?:[\s,]*\b(?:các )?(?:đồng chí|đ/c|ông|bà|anh|chị))?[\s,]*$", re.IGNORECASE
)
_OFFICE_BEHIND = re.compile(r"\s*[-–,(]")
_PAUSE = re.compile(r"[,;.]")
_MAX_LEAD = 60
BODIES = frozenset("phó chủ giám sở ban bộ ủy uỷ hội trung cổng phòng ngành thanh trưởng chánh chỉ giải cuộc".split())
"""First words of offices and bodies, which are told in many ways: no names that must be found."""


def name_candidates(sentence: Sentence) -> list[Candidate]:
    """One candidate a person named in the sentence, with the office or deed told of that person alone."""
    text, base = sentence.text, sentence.span.start
    names = [name for name in find_names(text) if not find_provinces(name.name)]
    found = []
    for number, name in enumerate(names):
        left = names[number - 1].end if number else 0
        right = names[number + 1].start if number + 1 < len(names) else len(text)
        own = _without_next_title(text, _person_stretch(text, Span(name.start, name.end), left, right))
        pause = max(text.rfind(mark, 0, name.start) + 1 for mark in ";:")
        zone = Span(pause if pause >= left or number == 0 else own.start, own.end)
        lead = text[zone.start : own.start]
        span = zone if len(lead) < _MAX_LEAD and "," not in lead else own
        found.append(
            Candidate(
                sentence,
                span=Span(base + span.start, base + span.end),
                lead=Span(base + span.start, base + name.start),
                core=Span(base + name.start, base + name.end),
                zone=Span(base + zone.start, base + zone.end),
                tail=base + zone.end,
                heads=(Span(base, base + names[0].start),),
                noun=name.name,
            )
        )
    return found


def _person_stretch(text: str, name: Span, left: int, right: int) -> Span:
    """Where what is told of one person begins and ends, between the neighbours' names.

    The office stands behind the name after a comma, dash or bracket, else before the name.
    """
    semicolon = text.find(";", name.end, right)
    ends_clause = semicolon >= 0 or right == len(text)
    right = semicolon if semicolon >= 0 else right
    if ahead := _TITLE_AHEAD.search(text, name.end, right):
        right, ends_clause = ahead.start(), False
    lead = max(text.rfind(mark, left, name.start) + len(mark) for mark in ("; ", ", ", ": ", "( ", "\n"))
    lead = lead if lead > left + 1 else left
    title = _TITLE_BEFORE.search(text[max(left, name.start - 12) : name.start])
    if _OFFICE_BEHIND.match(text, name.end) and (title or name.start == lead):
        return Span(max(left, name.start - 12) + title.start() if title else name.start, right)
    if ends_clause:
        return Span(lead, right)
    pause = _PAUSE.search(text, name.end, right)
    return Span(lead, pause.start() if pause else right)


def _without_next_title(text: str, span: Span) -> Span:
    """``span`` without a conjunction and the title of the next person at its end."""
    return Span(span.start, span.start + len(_NEXT_TITLE.sub("", text[span.start : span.end])))


def names_all(sentence: Sentence, names: Sequence[str]) -> bool:
    """Whether a sentence, its headings or the one before it hold all these names, whatever their spelling."""
    parts = [sentence.report.text[heading.start : heading.end] for heading in sentence.headings]
    told = " ".join(keys(" ; ".join((sentence.text, *parts, sentence.before.text if sentence.before else ""))))
    called = [name for name in names if name.split()[0].lower() not in BODIES]
    return all(f" {' '.join(keys(name))} " in f" {told} " for name in called)
