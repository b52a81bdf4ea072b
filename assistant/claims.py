"""What an answer's text claims: each of its figures with what is said of it, and the citations it rests on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import phrase, refusals
from index import periods, stretches
from index.numbers import DATING, Kind, Quantity, find_quantities
from index.provinces import find_provinces
from index.split import split_sentences
from index.types import Span

_HEADING = re.compile(r"^(?:- )?\*\*(?P<whose>[^*\n]*?):\*\*")
_GROUP = re.compile(r"\[\d{1,4}\](?:[\s,]*(?:và\s+)?\[\d{1,4}\])*")
"""Markers that stand together."""
_PLANNED = re.compile(r"\b(?:mục tiêu|phấn đấu|dự kiến|kế hoạch|chỉ tiêu|đặt ra|đề ra)\b", re.IGNORECASE)
_NO_PLAN = re.compile(
    r"\b(?:vượt|đạt|bằng|hoàn thành|thực hiện|so với|theo|trong|trên|giao|hết|chưa đạt|các|số|của)\s+"
    r"(?:\S+\s+){0,3}?(?:mục tiêu|kế hoạch|chỉ tiêu)(?!\s+(?:là|đạt|từ|trên|khoảng)?\s*\d)"
    r"|\d\S*\s+(?:mục tiêu|chỉ tiêu)",
    re.IGNORECASE,
)
"""A plan that is only compared with, or targets that are counted."""
_COMPARED = re.compile(
    r"\b(?:so với|so|hơn|kém|từ|thay vì)\s+(?:cùng kỳ\s+)?(?:cuối\s+|đầu\s+)?(?:mức\s+[^,;.]{0,20})?"
    r"năm\s+(?:19|20)\d{2}"
    r"|\b(?:so với|hơn|kém)\s+(?:19|20)\d{2}\b|\blần\s+(?:mức\s+[^,;.]{0,20})?năm\s+(?:19|20)\d{2}"
    r"|\bcông bố[^,;)\d]{0,20}(?:\d{1,2}/)?(?:19|20)\d{2}",
    re.IGNORECASE,
)
_COMPARED_LEAD = re.compile(
    r"\b(?:so với|so|hơn|kém|từ)\s+(?:cùng kỳ\s+)?(?:cuối\s+|đầu\s+)?(?:năm\s+)?$", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d{2}(?![\d.,/]\d|\d)")
_UNTOLD = re.compile(
    rf"^(?:- )?(?:{refusals.SILENT} (?:[^\d\n]|\((?:19|20)\d{{2}}\))*|(?:Lưu ý:|Báo cáo không nói )[^\d\n]*)$"
)
"""Lines that say what the reports do not tell: no quote can hold it; of figures only the years of silent sides."""
_BARE_YEAR = re.compile(r"(?:19|20)\d{2}(?=\s*(?:[:,;.)]|$|\[))", re.MULTILINE)
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of an answer with what the answer says of it; offsets are those of the answer's text.

    Attributes:
        quantity: The figure.
        statement: The stretch that tells it, up to its markers.
        markers: The citations it rests on, in order; empty when none is given.
        provinces: Whose figure it is said to be; empty when nothing tells.
        years: Of which years; empty when nothing tells.
        planned: Whether it is said to be planned.
        direction: "tăng" or "giảm" when it is said to be a change, else "".
        noun: What it is said to count, or "".
        own: The stretch of the statement between the figures beside it, without what the one before counts and
            what stands before "…".
        headed: The years its line begins with: "**Đắk Nông (2023):**".
        compared: Whether it is a year that something is only compared with: "so với năm 2022".
    """

    quantity: Quantity
    statement: Span
    markers: tuple[int, ...]
    provinces: tuple[str, ...]
    years: tuple[int, ...]
    planned: bool
    direction: str
    noun: str
    own: Span
    headed: tuple[int, ...] = ()
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of an answer that rests on the same citations.

    Attributes:
        span: Where it stands, its markers left out.
        markers: Its citations, in order.
        whose: The bold words its line begins with ("Đắk Nông (2023)"), or "".
        line: The sentence it is part of.
    """

    span: Span
    markers: tuple[int, ...]
    whose: str
    line: Span


def statements(text: str) -> list[Statement]:
    """The stretches of an answer between its markers, sentence by sentence; what it says is not told is left out."""
    found: list[Statement] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and not _UNTOLD.match(line.rstrip()):
            found.extend(_of_line(text, Span(start, start + len(line.rstrip()))))
        start += len(line)
    return found


def _of_line(text: str, line: Span) -> Iterator[Statement]:
    heading = _HEADING.match(text[line.start : line.end])
    whose = heading["whose"] if heading else ""
    body = Span(line.start + (heading.end() if heading else 0), line.end)
    for sentence in _sentences(text, body):
        groups = list(_GROUP.finditer(text, sentence.start, sentence.end))
        start = sentence.start
        for group in groups:
            yield Statement(Span(start, group.start()), _numbers(group.group()), whose, sentence)
            start = group.end()
        rest = text[start : sentence.end]
        if any(char.isalnum() for char in rest):
            last = _numbers(groups[-1].group()) if groups else ()
            yield Statement(Span(start, sentence.end), last, whose, sentence)


def _sentences(text: str, body: Span) -> list[Span]:
    """The sentences of a line; markers behind a full stop belong to the sentence before."""
    joined: list[Span] = []
    for span in split_sentences(text.replace("…", "·"), body):  # "…" leaves words out, and ends no sentence
        if joined and _GROUP.match(text, span.start):
            group = _GROUP.match(text, span.start)
            end = group.end() if group else span.start
            joined[-1] = Span(joined[-1].start, end)
            span = Span(end, span.end)
        if any(char.isalnum() for char in text[span.start : span.end]):
            joined.append(span)
    return joined


def _numbers(group: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(marker) for marker in phrase.MARKER.findall(group)))


def claims(text: str) -> list[Claim]:
    """The figures of an answer, dates and years included, each with what is said of it, in order."""
    found: list[Claim] = []
    last: tuple[str, ...] = ()
    heads = [Span(*match.span()) for match in _BOLD.finditer(text) if f"- **{match.group(1)}:**" in text]
    for statement in statements(text):
        named = _provinces(text, statement)
        last = named or last
        span = statement.span
        quantities = [
            one
            for one in find_quantities(text, span.start, span.end)
            if not any(head.start <= one.start < head.end for head in heads)  # "Cao hơn: **Lào Cai (2022)**"
        ]
        for number, quantity in enumerate(_settled(text, quantities)):
            following = quantities[number + 1].precision_start if number + 1 < len(quantities) else span.end
            before = quantities[number - 1] if number else None
            room = Span(before.end if before else span.start, following)
            led = text[before.start if before else span.start : quantity.precision_start]
            own = _after_noun(found[-1]) if before else span.start
            found.append(_claim(text, statement, quantity, room, last, says_planned(led), own))
    return found


def _after_noun(claim: Claim) -> int:
    """Where what a figure counts ends."""
    return claim.quantity.end + (len(claim.noun) + 1 if claim.noun else 0)


def _settled(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The figures as they are meant: four digits that count nothing are a year, "19 trên 29" is no "more than 29"."""
    found = []
    for one in quantities:
        if one.kind is Kind.NUMBER and _BARE_YEAR.match(text, one.start) and not one.precision:
            one = replace(one, kind=Kind.YEAR)
        if one.precision == "trên" and text[: one.precision_start].rstrip()[-1:].isdigit():
            one = replace(one, precision="", precision_start=one.start)
        found.append(one)
    return found


def _claim(
    text: str, statement: Statement, quantity: Quantity, room: Span, provinces: Sequence[str], planned: bool, own: int
) -> Claim:
    start = stretches.own_start(text, room.start, quantity.precision_start)
    dating = quantity.kind in DATING
    end = quantity.end if dating else stretches.noun_end(text, quantity.end, room.end, room.end < statement.span.end)
    noun = text[quantity.end : end].strip()
    before = text[statement.span.start : quantity.precision_start]
    return Claim(
        quantity=quantity,
        statement=statement.span,
        markers=statement.markers,
        provinces=tuple(provinces),
        years=_years(text, statement, quantity),
        planned=planned or says_planned(statement.whose),
        direction=""
        if dating
        else stretches.direction(text, start, quantity.precision_start)
        or periods.direction(text, start, quantity.precision_start, noun, quantity.kind is Kind.PERCENT),
        noun=noun,
        own=Span(max(own, text.rfind("…", own, quantity.start) + 1), room.end),
        headed=years_named(statement.whose),
        compared=dating and _COMPARED_LEAD.search(before) is not None,
    )


def says_planned(words: str) -> bool:
    """Whether words make a plan or a target of the figure after them."""
    return _PLANNED.search(_NO_PLAN.sub(" ", words)) is not None


def _provinces(text: str, statement: Statement) -> tuple[str, ...]:
    """The province last named in a statement, else the first of its sentence, else that of its heading."""
    own = find_provinces(text[statement.span.start : statement.span.end])
    if own:
        return (own[-1].name,) if len({mention.name for mention in own}) > 1 else (own[0].name,)
    whole = find_provinces(text[statement.line.start : statement.span.start])
    if whole:
        return (whole[-1].name,)
    return tuple(dict.fromkeys(mention.name for mention in find_provinces(statement.whose)))


def _years(text: str, statement: Statement, quantity: Quantity) -> tuple[int, ...]:
    """The years last told before a figure in its sentence, else after it, else in the heading; none compared with."""
    if quantity.kind in DATING:
        return ()
    for stretch in (
        text[statement.span.start : quantity.start],
        text[statement.line.start : statement.span.start],
        text[quantity.end : statement.span.end],
        statement.whose,
    ):
        if told := years_named(stretch):
            return told[-1:]
    return ()


def years_named(stretch: str) -> tuple[int, ...]:
    """The years a stretch names, but for those it only compares with."""
    return tuple(int(year) for year in _YEAR.findall(phrase.MARKER.sub(" ", _COMPARED.sub(" ", stretch))))
