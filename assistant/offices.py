"""Offices that questions ask for and reports tell: whose they are, heads and deputies, other bodies' offices."""

import re

from assistant.people import name_candidates
from assistant.types import Query
from index.candidate import Candidate
from index.words import Word, fold

_OFFICES = ("chu tich", "giam doc", "bi thu", "truong ban", "truong phong", "chanh van phong")
_CHAIRS = re.compile(r"(?<!dong )\bchu tri\b")
_GIVEN_FOR = re.compile(r"\b(?:cua|thay mat|uy quyen cua) (?:pho )?(?:chu tich|giam doc|bi thu)(?: ubnd)?(?: tinh)?\b")
"""An office in whose name something is given: "trao Bằng khen của Chủ tịch UBND tỉnh"."""
_BODY = re.compile(r"\bgiam doc so((?: \w+){1,2})")
_OTHER_BODY = re.compile(
    r"\bgiam doc (cong an|benh vien|trung tam|vnpt|viettel|mobifone|buu dien|vien thong|dai phat thanh|so y te)\b"
)
_OWN_BODY = frozenset("thong tin tt ttt tttt va truyen ubnd tinh uy cua nay do la o tai thuoc ten".split())


_BODY_BEHIND = re.compile(r"(?: (?:so|ubnd|tinh|huyen|thong tin|va|truyen thong|tt&tt|tttt))+\b")


def _of_other_body(asked: str, told: str) -> bool:
    """Whether the office of another body than this trade's is asked for ("Sở Y tế"), and not told."""
    if (other := _OTHER_BODY.search(asked)) and other.group(1) not in told:
        return True
    named = [word for match in _BODY.finditer(asked) for word in match.group(1).split()[:2]]
    return bool(named) and named[0] not in _OWN_BODY and not named[0].isdigit() and f" {' '.join(named)}" not in told


_OF_PROVINCE = re.compile(r"\blanh dao (?:cua )?(?:ubnd|uy ban|tinh)\b(?! uy)")
_LEADS_PROVINCE = re.compile(r"\bchu tich\b|\bubnd\b|\buy ban\b|\bbi thu\b|\btinh uy\b")
"""A leader of the province asked for, and what tells one."""
_HEAD_OF = re.compile(r"\b(?:nguoi |ai )?(?:dung dau|thu truong|sep cua|sep) (?=so\b)")
"""How the director of a department is called otherwise: "người đứng đầu Sở"."""
_HEAD_BEFORE = re.compile(r"\bgiam doc so(?: [\w&]+){0,6},? (?:ong |ba |dong chi )?$")
"""Right before a name, the office of the head of the department."""
_TOGETHER = re.compile(r"\bcung (?:voi )?(?:ong |ba )?((?:pho )?(?:giam doc|chu tich|bi thu|truong|vu truong))\b")
"""Who is only said to have been there too, and is not asked for."""


def without_companion(query: Query) -> tuple[Word, ...]:
    """The terms of a question for a person without the one said to have been there too: "cùng với Giám đốc Sở"."""
    asked = fold(query.question)
    beside = _TOGETHER.search(asked)
    if beside is None or len(asked) != len(query.question):
        return query.terms
    goes_on = _BODY_BEHIND.match(asked, beside.end())
    end = goes_on.end() if goes_on else beside.end()
    return tuple(word for word in query.terms if not beside.start() <= word.start < end) or query.terms


def is_of_other_body(candidate: Candidate, query: Query) -> bool:
    """Whether the question names the office of another body than this trade's, and the sentence does not."""
    return _of_other_body(_without_provinces(query), fold(candidate.sentence.text))


def tells_other_body(told: str) -> bool:
    """Whether a folded text tells an office of another body than this trade's."""
    return _OTHER_BODY.search(told) is not None


def _without_provinces(query: Query) -> str:
    """The question, folded, without the names of provinces: "Giám đốc Sở Lào Cai" is of this trade's."""
    asked = _HEAD_OF.sub("giam doc ", fold(query.question))
    for province in query.provinces:
        asked = asked.replace(fold(province), " ")
    return asked


def same_office(candidate: Candidate, query: Query) -> bool:
    """Whether no deputy stands in for the head asked for, and nobody of another body."""
    asked = _TOGETHER.sub(" ", _without_provinces(query))
    if _of_other_body(asked, fold(candidate.sentence.text)):
        return False
    told = _GIVEN_FOR.sub(" ", fold(candidate.sentence.report.text[candidate.span.start : candidate.span.end]))
    if _CHAIRS.search(asked) and "dong chu tri" in told and _CHAIRS.search(fold(candidate.sentence.with_before)):
        return False
    if any(re.search(rf"(?<!pho ){beside}", told) for beside in _TOGETHER.findall(_without_provinces(query))):
        return False
    if _OF_PROVINCE.search(asked) and "giam doc" in told and not _LEADS_PROVINCE.search(told):
        return False
    if "giam doc so" in asked and "giam doc so" not in told and tells_other_body(told):
        leading = candidate.sentence.report.text[candidate.sentence.span.start : candidate.core.start]
        if not _HEAD_BEFORE.search(fold(leading)):
            return False
    for office in _OFFICES:
        if re.search(rf"(?<!pho ){office}", asked) and not re.search(rf"(?<!pho ){office}", told):
            return False
        if f"pho {office}" in asked and f"pho {office}" not in told:
            return False
    return True


_FORMERLY = re.compile(r"\b(?:nguyen|cuu) (?:pho )?(?:giam doc|chu tich|bi thu|truong)\b")
_ASKS_OFFICE = re.compile(
    r"\bchuc (?:vu|danh)\b|\bgiu chuc\b|\bla ai\b|\blam chuc\b"
    rf"|\b(?:la|lam) (?:pho )?(?:{'|'.join(_OFFICES)})\b"
)


def asks_office(query: Query) -> bool:
    """Whether it is asked what office a person holds, or if it is a certain one."""
    return _ASKS_OFFICE.search(fold(query.question)) is not None


def holds_office(candidate: Candidate, query: Query) -> bool | None:
    """Whether the person named holds the office supposed, by what the candidate tells; None when it does not tell.

    Only an office told with all its words bears it out; one of another rank speaks against it.
    """
    own = [one for one in name_candidates(candidate.sentence) if one.noun in query.names]
    told = fold(own[0].sentence.report.text[own[0].span.start : own[0].span.end]) if own else ""
    if not own or not tells_office(own[0]) or _FORMERLY.search(told):
        return None
    if not same_office(own[0], query):
        return False
    name = {word for name in query.names for word in fold(name).split()} | {"ong", "ba", "dong", "chi"}
    asked = [word.folded for word in query.terms if word.folded not in name]
    return True if asked and all(word in told.split() for word in asked) else None


def tells_office(candidate: Candidate) -> bool:
    """Whether the candidate's own stretch tells an office."""
    told = fold(candidate.sentence.report.text[candidate.span.start : candidate.span.end])
    return any(office in told for office in _OFFICES)
