"""Which of several times is meant: an edition of what comes again ("lần thứ 4", "bão số 3"), or a part of the year."""

import re
from functools import lru_cache

from assistant.types import Asked, Query
from index.candidate import Candidate
from index.words import fold

_EDITION = re.compile(
    r"\b(?:(?P<what>lan|bao so|so bao|ky hop|dot) (?:thu )?(?P<number>\d{1,3}|[ivx]{1,5})"
    r"|lan thu (?P<spelled>muoi(?: \w+)?|\w+))\b"
)
_PART_OF_YEAR = re.compile(
    r"(?<!ngay )\b(?P<months>\d{1,2}|ba|bon|nam|sau|bay|tam|chin|muoi(?: mot| hai)?) thang"
    r"(?! (?:\d|(?:do|ay|nay|qua)\b))(?: (?P<end>dau|cuoi))?"
    r"|\bquy (?P<quarter>[1-4]|i{1,3}|iv)\b|\bnua (?P<half>dau|cuoi|sau) nam\b"
)
_WHOLE_YEAR = re.compile(r"\bca nam\b|\b12 thang\b")
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_UNITS = {
    "nhat": 1, "mot": 1, "dau": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip


def is_of_other_edition(candidate: Candidate, query: Query) -> bool:
    """Whether the question numbers what it asks of, and the candidate is told of another number.

    It is of the last one that its sentence numbers before it, else of those of the sentence before.
    """
    asked = set(_editions(query.question))
    if not asked:
        return False
    sentence = candidate.sentence
    leading = _editions(sentence.report.text[sentence.span.start : candidate.core.end])
    told = leading[-1:] or _editions(sentence.text) or (_editions(sentence.before.text) if sentence.before else ())
    return any(what == of for what, _ in told for of, _ in asked) and not asked & {*told}


def asks_edition(query: Query) -> bool:
    """Whether the question numbers what it asks of."""
    return bool(_editions(query.question))


@lru_cache(maxsize=1024)
def _editions(text: str) -> tuple[tuple[str, int], ...]:
    """What a text numbers among several, with the number, in order: "lần thứ hai" and "lần II" are the same."""
    found = []
    for match in _EDITION.finditer(fold(text)):
        value = _value(match["spelled"] or match["number"])
        if value:
            found.append((match["what"] or "lan", value))
    return tuple(found)


def is_of_other_part_of_year(candidate: Candidate, query: Query) -> bool:
    """Whether a figure of some months is asked for, and this one is told of others, of the year, or of no months.

    What is told right around it holds, else what its sentence tells, else the one before, the headings and the title.
    """
    asked = _parts_of_year(query.question)
    if not asked or candidate.quantity is None or query.asked is Asked.CHANGE:
        return False
    sentence, text = candidate.sentence, candidate.sentence.report.text
    own = text[candidate.begins : candidate.zone.end]
    if _WHOLE_YEAR.search(fold(own)):
        return True
    above = " ".join(text[head.start : head.end] for head in sentence.headings)
    stretches = (own, sentence.text, f"{sentence.with_before} {above} {sentence.report.title}")
    told = next((parts for part in stretches if (parts := _parts_of_year(part))), frozenset[str]())
    return not asked & told


@lru_cache(maxsize=1024)
def _parts_of_year(text: str) -> frozenset[str]:
    """The parts of a year that a text names: {"dau 6"} of "sáu tháng đầu năm" and of "nửa đầu năm"."""
    found = set[str]()
    for match in _PART_OF_YEAR.finditer(fold(text)):
        if match["quarter"]:
            found.add(f"quy {_value(match['quarter'])}")
        elif match["half"]:
            found.add("dau 6" if match["half"] == "dau" else "cuoi 6")
        else:
            found.add(f"{match['end'] or 'dau'} {_value(match['months'])}")
    return frozenset(found)


def _value(written: str) -> int:
    """The value of a folded number in digits, words or Roman letters, or 0."""
    if written.isdigit():
        return int(written)
    if written in _ROMAN:
        return _ROMAN.index(written) + 1
    ten, _, unit = written.rpartition(" ")
    return (10 if ten else 0) + _UNITS.get(unit, 0)
