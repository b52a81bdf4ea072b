"""Mottos, themes, traditions: what a report says or quotes right behind such a noun.

"Phát huy truyền thống “Trung thành - Sáng tạo”" answers "truyền thống gồm những chữ gì?".
"""

import re

from assistant.match import Matcher
from assistant.rank import tells_name
from assistant.types import Asked, Query
from index.candidate import Candidate
from index.sentences import Sentence
from index.types import Span
from index.words import fold

_QUOTED = "truyền thống|tinh thần|quyết tâm|phẩm chất"
_SAID = "phương châm|khẩu hiệu|chủ đề|thông điệp"
"""Nouns behind which a slogan stands in quotation marks, and those behind which it may stand without."""
_ASKED = re.compile(
    rf"(?<!dịch vụ )(?<!thoại )(?<!báo chí )(?<!hình thức )(?<!chợ )\b(?:{_QUOTED}|{_SAID})\b.*\b(?:gì|nào)\b"
    rf"|\b(?:gì|nào) (?:làm |là )?(?:{_QUOTED}|{_SAID})\b",
    re.IGNORECASE,
)
_NOUN = re.compile(rf"\b(?:{_QUOTED}|{_SAID})\b", re.IGNORECASE)
_IN_MARKS = r"[^“”\".;:\n]{0,60}[“\"«](?P<said>[^”\"»\n]{3,200})[”\"»]"
_WITHOUT_MARKS = (
    r"(?:\s(?:là|năm\s\d{4}|của năm)){0,2}\s?:?\s(?P<plain>\w[^“”\".;:\n]{9,120}?)"
    r"(?=\s(?:trên cơ sở|nhằm|để|cùng với|do)\b|[.;]|,\s(?:ngành|Sở|tỉnh|các|với|trên|đã)\b)"
)
_FRAME = frozenset(
    "nganh bao cao bai viet neu nhac toi gom chu vang lam viec som tro chung dia phuong nam theo noi".split()
)
"""Words of such questions that name no event or body whose slogan it is."""


def slogan_asked(query: Query) -> str:
    """The nouns by which a question asks for a slogan ("phương châm"), as one pattern, or ""."""
    if query.asked not in (Asked.TEXT, Asked.COUNT) or _ASKED.search(query.question) is None:
        return ""
    return "|".join(dict.fromkeys(noun.lower() for noun in _NOUN.findall(query.question)))


def slogan_candidates(sentence: Sentence, noun: str) -> list[Candidate]:
    """What a sentence says or quotes behind ``noun``, a pattern, quotation marks included."""
    plain = f"|{_WITHOUT_MARKS}" if set(noun.split("|")) <= set(_SAID.split("|")) else ""
    found = []
    for match in re.finditer(rf"\b(?:{noun})\b(?:{_IN_MARKS}{plain})", sentence.text, re.IGNORECASE):
        group = "said" if match["said"] else "plain"
        marks = int(group == "said")
        base = sentence.span.start
        core = Span(base + match.start(group) - marks, base + match.end(group) + marks)
        head = Span(base, base + match.start(group))
        found.append(
            Candidate(
                sentence,
                core,
                core,
                core,
                Span(base + match.start(), core.end),
                core.end,
                heads=(head, *sentence.headings),
            )
        )
    return found


def tells_event(candidate: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether the event or body whose slogan is asked for, where the question names one, stands around it."""
    own = {word for noun in _NOUN.findall(query.question) for word in fold(noun).split()} | _FRAME
    named = [term for term in matcher.terms if term.word.folded not in own and term.word.key[0].isalpha()]
    return tells_name(candidate, named, matcher)
