"""Who speaks in a question that names only an office: "Giám đốc Sở nói ngành vướng điểm nghẽn gì?"."""

import re
from collections import Counter
from collections.abc import Iterable

from assistant import offices
from assistant.types import Query
from index.candidate import Candidate
from index.words import fold

_OFFICE = re.compile(r"\b(?:pho )?(?:chu tich|giam doc)\b")
_SPEAKS = re.compile(
    r"\b(?:noi|phat bieu|yeu cau|de nghi|nhan manh|thua nhan|tu nhan|nhan|cho biet|cho rang|giao|chi dao|khen"
    r"|bieu duong|dan|dan do|luu y|xin|de xuat|kien nghi|chot|keu goi|ghi nhan|danh gia|theo loi|theo)\b"
)
OFFICE_WORDS = "phó chủ tịch giám đốc ông bà đồng chí lãnh đạo tỉnh sở ủy ban nhân dân lời theo"
"""What tells who speaks, not what is said."""


def speaks(query: Query) -> bool:
    """Whether the question asks what the holder of an office says."""
    asked = fold(query.question)
    return _OFFICE.search(asked) is not None and _SPEAKS.search(asked) is not None


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
