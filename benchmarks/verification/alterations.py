"""A true answer → answers altered in one thing each, which verification is to reject."""

import random
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.phrase import MARKER
from assistant.types import Answer, Citation
from index.names import find_names
from index.numbers import DATING, Kind, Quantity, find_quantities
from index.provinces import NAMES, find_provinces
from index.split import split_sentences
from index.types import Report, Span
from index.words import nfc

NOUNS = ("trạm", "xã", "thuê bao", "hộ", "doanh nghiệp", "hồ sơ", "người", "lượt", "cuộc", "tấn")
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d{2}(?![\d.,/]\d|\d)")
_TARGET_HEADING = re.compile(r"\((?:mục tiêu|kế hoạch) ((?:19|20)\d{2})\)")
_RESULT_HEADING = re.compile(r"(?<=\()((?:19|20)\d{2})(?=\):\*\*)")
_PLAN_WORD = re.compile(r"\b(?:mục tiêu|kế hoạch|chỉ tiêu|phấn đấu)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Altered:
    """An answer with one thing altered.

    Attributes:
        kind: What was altered, a name of ``ALTERATIONS``.
        answer: The altered answer.
    """

    kind: str
    answer: Answer


def alterations(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Iterator[Altered]:
    """One altered answer of each kind that the answer has something for."""
    for kind, alter in ALTERATIONS.items():
        altered = alter(answer, reports, rng)
        if altered is not None:
            yield Altered(kind, altered)


def _figures(answer: Answer) -> list[Quantity]:
    markers = [match.span() for match in MARKER.finditer(answer.text)]
    return [
        one
        for one in find_quantities(answer.text)
        if one.kind not in DATING and one.value is not None and not any(a <= one.start < b for a, b in markers)
    ]


def _with_text(answer: Answer, start: int, end: int, put: str) -> Answer:
    return replace(answer, text=answer.text[:start] + put + answer.text[end:])


def _with_figure(answer: Answer, rng: random.Random, change: Callable[[str], str | None]) -> Answer | None:
    """The answer with one figure written otherwise, if its value changes so."""
    figures = _figures(answer)
    rng.shuffle(figures)
    for one in figures:
        written = answer.text[one.start : one.end]
        put = change(written)
        if put is None or put == written:
            continue
        altered = _with_text(answer, one.start, one.end, put)
        told = next((q for q in find_quantities(altered.text) if q.start == one.start), None)
        if told is None or (told.value, told.unit, told.kind) != (one.value, one.unit, one.kind) or "/" in written:
            return altered
    return None


def _digit(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    def change(written: str) -> str | None:
        places = [at for at, letter in enumerate(written) if letter.isdigit()]
        if not places:
            return None
        at = rng.choice(places)
        others = [d for d in "0123456789" if d != written[at] and not (d == "0" and at == places[0])]
        return written[:at] + rng.choice(others) + written[at + 1 :]

    return _with_figure(answer, rng, change)


def _swapped(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    def change(written: str) -> str | None:
        pairs = [
            at
            for at in range(len(written) - 1)
            if written[at : at + 2].isdigit() and written[at] != written[at + 1]
            and not (written[at + 1] == "0" and not written[:at].strip("0"))
        ]  # fmt: skip
        if not pairs:
            return None
        at = rng.choice(pairs)
        return written[:at] + written[at + 1] + written[at] + written[at + 2 :]

    return _with_figure(answer, rng, change)


def _decimal(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    def change(written: str) -> str | None:
        match = re.match(r"(\d+),(\d)(\d*)", written)
        return f"{match[1]}{match[2]}{',' + match[3] if match[3] else ''}{written[match.end() :]}" if match else None

    return _with_figure(answer, rng, change)


def _unit(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    figures = [one for one in _figures(answer) if one.kind in (Kind.PERCENT, Kind.MONEY, Kind.NUMBER)]
    rng.shuffle(figures)
    quoted = " ".join(citation.quote for citation in answer.citations).lower()
    for one in figures:
        written = answer.text[one.start : one.end]
        if one.kind is Kind.PERCENT:
            return _with_text(answer, one.start, one.end, re.sub(r"\s*(?:%|phần trăm)", " trường hợp", written))
        if one.kind is Kind.MONEY and one.unit == "đồng":
            return _with_text(answer, one.start, one.end, re.sub(r"\s*đồng$", "", written) + " USD")
        noun = re.match(r"\s+([^\W\d_]+)", answer.text[one.end :])
        others = [other for other in NOUNS if other not in quoted]
        if noun and others and noun[1] in quoted and noun[1].lower() not in _NO_NOUNS:
            return _with_text(answer, one.end + noun.start(1), one.end + noun.end(1), rng.choice(others))
    return None


_NO_NOUNS = frozenset("và so trên trong tại của cho là với năm lên ở được đã theo từ đến có bậc điểm".split())


def _scale(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    def change(written: str) -> str | None:
        return re.sub(r"tỷ|triệu", lambda m: {"tỷ": "triệu", "triệu": "tỷ"}[m.group()], written, count=1)

    return _with_figure(answer, rng, change)


def _province(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    named = find_provinces(answer.text)
    cited = {citation.province for citation in answer.citations}
    named = [one for one in named if one.name in cited]
    if not named:
        return None
    one = rng.choice(named)
    others = [name for name in NAMES if name not in cited and name not in answer.text]
    return _with_text(answer, one.start, one.end, rng.choice(others))


def _year(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    heads = [*_RESULT_HEADING.finditer(answer.text), *re.finditer(r"(?<=năm )(?:19|20)\d{2}", answer.text)]
    if not heads:
        return None
    one = rng.choice(heads)
    year = int(one.group())
    return _with_text(answer, one.start(), one.end(), str(year + rng.choice((-2, -1, 1, 2))))


def _target(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    planned = _TARGET_HEADING.search(answer.text)
    if planned and _PLAN_WORD.search(answer.text, planned.end()):
        return None  # the text itself still says that it is planned
    if planned:
        year = max((c.year or 0 for c in answer.citations), default=0) or planned[1]
        return _with_text(answer, planned.start(), planned.end(), f"({year})")
    result = _RESULT_HEADING.search(answer.text)
    if result is None or not _figures(answer):
        return None
    return _with_text(answer, result.start(), result.end(), f"mục tiêu {int(result[1]) + 1}")


def _direction(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    found = list(re.finditer(r"\b(?P<word>tăng|giảm)(?=\s+(?:\S+\s+){0,2}?\d)", answer.text, re.IGNORECASE))
    if not found:
        return None
    one = rng.choice(found)
    put = {"tăng": "giảm", "giảm": "tăng"}[one["word"].lower()]
    return _with_text(answer, one.start(), one.end(), put.capitalize() if one["word"][0].isupper() else put)


def _name(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    named = [one for one in find_names(answer.text) if not find_provinces(one.name)]
    if not named:
        return None
    one = rng.choice(named)
    syllables = one.name.split()
    others = [s for s in ("Hải", "Sơn", "Thủy", "Phúc", "Loan", "Khánh") if s not in syllables]
    at = rng.randrange(1, len(syllables))
    syllables[at] = rng.choice(others)
    return _with_text(answer, one.start, one.end, " ".join(syllables))


def _precision(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    figures = [one for one in _figures(answer) if one.precision]
    if not figures:
        return None
    one = rng.choice(figures)
    return _with_text(answer, one.precision_start, one.start, "")


def _other_figure(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    """A figure replaced by another one of the quote, of the same kind and unit."""
    figures = _figures(answer)
    rng.shuffle(figures)
    said = {one.value for one in figures}
    for one in figures:
        others = [
            citation.quote[q.start : q.end]
            for citation in answer.citations
            for q in find_quantities(citation.quote)
            if (q.kind, q.unit, q.precision) == (one.kind, one.unit, one.precision) and q.value not in said
        ]
        if others:
            return _with_text(answer, one.start, one.end, rng.choice(others))
    return None


def _denied(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    found = list(re.finditer(r"(?<!không )(?<!chưa )\bcó (?=(?:gần |hơn |trên |khoảng )?\d)", answer.text))
    return _with_text(answer, found[0].start(), found[0].start(), "không ") if found else None


def _described(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    if not answer.citations:
        return None
    at = rng.randrange(len(answer.citations))
    citation = answer.citations[at]
    altered = rng.choice(
        (
            replace(citation, title=f"{citation.title} (bản khác)"),
            replace(citation, year=(citation.year or 2020) + 1),
            replace(citation, end=citation.end + 10**9),
        )
    )
    return _with_citation(answer, at, altered)


def _moved(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    """A citation put on another sentence of its report, which tells none of the answer's figures."""
    figures = _figures(answer)
    if not figures or not answer.citations:
        return None
    at = rng.randrange(len(answer.citations))
    citation = answer.citations[at]
    report = reports[citation.report]
    values = {one.value for one in figures}
    places = [
        span
        for content in report.content
        for span in split_sentences(report.text, content)
        if span.end - span.start > 30
        and not values & {q.value for q in find_quantities(report.text, span.start, span.end)}
    ]
    if not places or not _backs_a_figure(answer, citation, values):
        return None
    return _with_citation(answer, at, _cut(citation, report, rng.choice(places)))


def _backs_a_figure(answer: Answer, citation: Citation, values: Collection[object]) -> bool:
    """Whether a figure of the answer rests on this citation alone."""
    own = {q.value for q in find_quantities(citation.quote)} & set(values)
    others = {q.value for c in answer.citations if c != citation for q in find_quantities(c.quote)}
    return bool(own - others)


def _edited(answer: Answer, reports: Mapping[str, Report], rng: random.Random) -> Answer | None:
    if not answer.citations:
        return None
    at = rng.randrange(len(answer.citations))
    quote = answer.citations[at].quote
    place = rng.choice([n for n, letter in enumerate(quote) if letter.isalnum()])
    put = rng.choice([letter for letter in "aáeêiouăđ7" if letter != quote[place].lower()])
    return _with_citation(
        answer, at, replace(answer.citations[at], quote=nfc(quote[:place] + put + quote[place + 1 :]))
    )


def _cut(citation: Citation, report: Report, span: Span) -> Citation:
    return replace(citation, start=span.start, end=span.end, quote=report.text[span.start : span.end])


def _with_citation(answer: Answer, at: int, citation: Citation) -> Answer:
    listed: Sequence[Citation] = answer.citations
    return replace(answer, citations=(*listed[:at], citation, *listed[at + 1 :]))


ALTERATIONS: Mapping[str, Callable[[Answer, Mapping[str, Report], random.Random], Answer | None]] = {
    "digit changed": _digit,
    "digits swapped": _swapped,
    "decimal moved": _decimal,
    "unit changed": _unit,
    "tỷ for triệu": _scale,
    "province": _province,
    "year": _year,
    "target for result": _target,
    "tăng for giảm": _direction,
    "name changed": _name,
    "precision dropped": _precision,
    "citation moved": _moved,
    "quote edited": _edited,
    "other figure of the quote": _other_figure,
    "denied": _denied,
    "title, year or offset of a citation": _described,
}
HARDER = ("other figure of the quote", "denied", "title, year or offset of a citation")
"""Alterations beyond those that the rates of the design are about."""
