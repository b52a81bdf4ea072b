"""Who speaks in a question that names only an office: "Giám đốc Sở nói ngành vướng điểm nghẽn gì?"."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from assistant import offices
from assistant.people import name_candidates
from assistant.types import Query
from index.candidate import Candidate
from index.sentences import Sentence
from index.words import fold

_FARTHEST = 4
"""Sentences back that may tell who speaks."""
_OFFICE = re.compile(r"\b(?:pho )?(?:chu tich|giam doc)\b")
_SPEAKS = re.compile(
    r"\b(?:noi|phat bieu|yeu cau|de nghi|nhan manh|thua nhan|tu nhan|nhan|cho biet|cho rang|giao|chi dao|khen"
    r"|bieu duong|dan|dan do|luu y|xin|de xuat|kien nghi|chot|keu goi|ghi nhan|danh gia|theo loi|theo)\b"
)
_TOPIC = re.compile(
    r"\b(?:về|đối với|liên quan (?:đến|tới)|trong (?:lĩnh vực|công tác|mảng))\b(?! (?:phía|đích|nhất))",
    re.IGNORECASE,
)
OFFICE_WORDS = "phó chủ tịch giám đốc ông bà đồng chí lãnh đạo tỉnh sở ủy ban nhân dân lời theo"
"""What tells who speaks, not what is said."""


def speaks(query: Query) -> bool:
    """Whether the question asks what the holder of an office says."""
    asked = fold(query.question)
    return _OFFICE.search(asked) is not None and _SPEAKS.search(asked) is not None


def topic_asked(query: Query) -> Query | None:
    """The question for what is said of its topic alone ("đề nghị gì về an ninh mạng?"), or None when it names none."""
    match = _TOPIC.search(query.question)
    if match is None:
        return None
    terms = tuple(word for word in query.terms if word.start >= match.end())
    return replace(query, terms=terms, names=()) if terms else None


def is_said_by(candidate: Candidate, query: Query) -> bool:
    """Whether the nearest sentence up to the candidate's that names a person names who holds the office asked for."""
    told: Sentence | None = candidate.sentence
    asked = _OFFICE.search(fold(query.question))
    for _ in range(_FARTHEST):
        if told is None or asked is None:
            return False
        named = name_candidates(told)
        if named:
            return any(asked.group() in _own(one) and offices.same_office(one, query) for one in named)
        if _OFFICE.search(fold(told.text)):
            return asked.group() in fold(told.text) and offices.same_office(replace(candidate, span=told.span), query)
        told = told.before
    return False


def holder(told: Iterable[Candidate], query: Query) -> str:
    """The person most often told to hold the office that the question names, or ""."""
    asked = _OFFICE.search(fold(query.question))
    names = Counter(
        candidate.noun
        for candidate in told
        if asked
        and asked.group() in _own(candidate)
        and offices.same_office(candidate, query)
        and not offices.tells_other_body(_own(candidate))
    )
    most = names.most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else ""


def _own(candidate: Candidate) -> str:
    return fold(candidate.sentence.report.text[candidate.span.start : candidate.span.end])
