"""What a question asks for, one thing at a time: each noun counted, kind of figure, year, or thing named.

"Mức độ 3 và mức độ 4 lần lượt bao nhiêu?" asks for two figures, and so does "bưu chính hay viễn thông nộp nhiều hơn?".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.types import FIGURES, Query, Wanted
from assistant.vocabulary import RIVALS
from index.types import Span
from index.words import fold

MAX_SLOTS = 4
"""Things asked at once; of more the first are answered."""
_ONE_BY_ONE = re.compile(
    r"\blần lượt\b|\b(?:mỗi|từng) (?:bên|loại|mảng|khoản|thứ|mức|ngành|lĩnh vực|khối|cấp|hạng)\b|\bcả hai con số\b"
    r"|\b(?:nhiều|cao|lớn|ít|thấp|nhỏ)(?: \w+){0,2} hơn\b|\b(?:mạng|loại|bên|mảng|ngành|mức|lĩnh vực|khối|cấp) nào\b"
    r".*\bnhất\b|\blan luot\b|\bca hai con so\b",
    re.IGNORECASE,
)
"""How a question says that it wants the figure of each, or which of them is the more."""
_JOINED = re.compile(r"\W*(?:(?:va|voi|hay|hoac|con|cung)\b)?\s*(?:(?:ben|nganh|linh vuc|mang|khoi|cap)\b)?\s*")
"""Between two things named side by side."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a question asks for.

    Attributes:
        query: The query for it alone.
        number: Which of ``query.wanted`` it is.
        name: How the question calls what the figure is of, where it asks for the same of several things; else "".
    """

    query: Query
    number: int = 0
    name: str = ""


def slots_of(query: Query) -> list[Slot]:
    """What a query wants: itself, or a query for each thing it asks for."""
    if query.several:
        listed = list(dict.fromkeys(query.several))[:MAX_SLOTS]
        return [Slot(_of_part(query, part, listed)) for part in listed]
    if len(query.wanted) == len(query.years) == 2 and not any(query.wanted):  # "từ mấy năm 2022 lên mấy năm 2023"
        later = max(query.years)
        return [Slot(replace(query, years=(year,), target=query.target and year == later)) for year in query.years]
    slots = max(1, min(len(query.wanted), MAX_SLOTS)) if query.asked in FIGURES else 1
    return (_of_each_named(query) if slots == 1 else []) or [Slot(query, number) for number in range(slots)]


def _of_part(query: Query, part: Wanted, listed: Sequence[Wanted]) -> Query:
    """The query for what one part of a question asks: a result, of no year that only its plan is asked of."""
    planned = {year for other in listed if other.target for year in other.years}
    years = part.years or tuple(year for year in query.years if part.target or year not in planned)
    return replace(query, asked=part.asked, wanted=(part.noun,), target=part.target, years=years, several=())


def _of_each_named(query: Query) -> list[Slot]:
    """A slot for each of several things named side by side; none where the question asks of one, or of all together."""
    asked = fold(query.question)
    if query.asked not in FIGURES or query.compares or len(asked) != len(query.question):
        return []
    if _ONE_BY_ONE.search(query.question) is None:
        return []
    for group in RIVALS:
        named = [Span(*match.span()) for match in group.finditer(asked)]
        joined = (_JOINED.fullmatch(asked, one.end, other.start) for one, other in pairwise(named))
        if 1 < len(named) <= MAX_SLOTS and all(joined):
            return [_of_one(query, own, named) for own in named]
    return []


def _of_one(query: Query, own: Span, named: list[Span]) -> Slot:
    """The slot of one of the things named, in which the question names no other."""
    others = [span for span in named if span != own]
    question = query.question
    for span in others:
        question = question[: span.start] + " " * (span.end - span.start) + question[span.end :]
    terms = tuple(word for word in query.terms if not any(span.start <= word.start < span.end for span in others))
    alone = replace(query, question=question, terms=terms, extreme=0, amount=None)
    return Slot(alone, name=query.question[own.start : own.end])
