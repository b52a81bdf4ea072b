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
_PLANNED = re.compile(
    r"\b(?:mục tiêu|phấn đấu|dự kiến|đặt ra|đề ra|nhắm tới|nhắm đến)\b"
    r"|\b(?:kế hoạch|chỉ tiêu)(?=\s*(?:[:(]|\d|là\b|năm\b|đạt\b|đề\b|đặt\b|được giao|giao\b|cả năm|của\b|về\b|cho\b"
    r"|phải\b|đến\b|tới\b|$))",
    re.IGNORECASE,
)
_NO_PLAN = re.compile(
    r"\b(?:vượt|đạt|bằng|hoàn thành|thực hiện|so với|theo|trong|trên|giao|hết|chưa đạt|các|số|của|hụt|kém|dưới)\s+"
    r"(?:\S+\s+){0,3}?(?:mục tiêu|kế hoạch|chỉ tiêu)(?!\s+(?:là|đạt|từ|trên|khoảng)?\s*\d)"
    r"|(?<!\S)\d\S{0,20}\s+(?:mục tiêu|chỉ tiêu)",
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
_ATTACHED = re.compile(
    r"(?:\s+(?!(?:so|với|hơn|kém|từ|lần)\b)[^\W\d_]+){0,2}?\s+(?:của|trong|vào|hồi|ở)?\s*(?:cuối\s+|đầu\s+)?năm\s+(?P<year>(?:19|20)\d{2})(?!\d)"
)
"""A year told right behind a figure: "67,2% của năm 2022"."""
_TO_NEXT = re.compile(r"(?:năm\s+)?(?:19|20)\d{2}(?:[\s:(]|là|đạt|mới|chỉ|có|được)*$", re.IGNORECASE)
"""A year that leads to the next figure: "38,5% (năm 2021: 21,9%)"."""
_BEHIND = re.compile(r"(?<=[\d%])\s*(?:%|phần trăm|(?:nghìn |triệu |tỷ )?đồng|[^\W\d_]+)?" + _ATTACHED.pattern)
_COMPARED_LEAD = re.compile(
    r"\b(?:so với|so|hơn|kém|từ)\s+(?:cùng kỳ\s+)?(?:cuối\s+|đầu\s+)?(?:năm\s+)?$", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d{2}(?![\d.,/]\d|\d)")
_UNTOLD = re.compile(
    rf"^(?:- {refusals.SILENT} (?:[^\d\n.]|\((?:19|20)\d{{2}}\))*\."
    r"|Báo cáo không nói số [^\d\n,.:;]{1,40} (?:tăng|giảm)\."
    r"|Lưu ý: (?:(?:số liệu khác năm|cách gọi khác nhau \([^\d\n()]*\)|tỷ lệ tính trên đối tượng khác nhau"
    r"|số liệu khác đơn vị, không so được)(?:; |\.))+)$"
)
"""Lines that say what the reports do not tell: no quote can hold it; of figures only the years of silent sides."""
_NAMED = re.compile(r"\b[A-ZĐ][\w-]*\s+$")
"""A name that a year stands behind: "PAR INDEX 2022"."""
_DAY_OF_SPAN = re.compile(r"\d{1,2}\s*(?:[-–]|đến)\s*(?:ngày\s+)?\d{1,2}[/-]\d{1,2}")
"""The first day of several: "01 - 10/12/2024"."""
_BARE_YEAR = re.compile(r"(?:19|20)\d{2}(?=\s*(?:[:,;.)]|$|\[))", re.MULTILINE)
_SIDE_YEAR = re.compile(r"\((?:19|20)\d{2}\)")
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
    text = text.replace("…", "·")  # "…" leaves words out, and ends no sentence
    for line in text.splitlines(keepends=True):
        untold = _UNTOLD.match(line.rstrip()) is not None and not find_quantities(_SIDE_YEAR.sub("", line))
        if line.strip() and not untold:
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
    for span in split_sentences(text, body):
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
    rows = {match["whose"] for match in re.finditer(_HEADING.pattern, text, re.MULTILINE)}
    heads = [Span(*match.span()) for match in _BOLD.finditer(text) if match.group(1) in rows]
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
            later = (q.precision_start for q in quantities[number + 1 :] if q.kind not in DATING)
            figure = next(later, span.end)
            before = quantities[number - 1] if number else None
            room = Span(before.end if before else span.start, following)
            led = text[before.start if before else span.start : quantity.precision_start]
            counted = next((c for c in reversed(found) if c.quantity.kind not in DATING and c.statement == span), None)
            start = _own_start(text, _after_noun(counted), quantity) if counted else span.start
            end = stretches.own_start(text, quantity.end, figure) if figure < span.end else span.end
            found.append(_claim(text, statement, quantity, room, last, says_planned(led), Span(start, end)))
    return found


def _own_start(text: str, left: int, quantity: Quantity) -> int:
    """Where the words of a figure begin behind another one: after the last comma, if words stand behind it."""
    pause = max(text.rfind(mark, left, quantity.precision_start) for mark in (", ", "; "))
    words = text[pause + 2 : quantity.precision_start].split()
    return pause + 2 if pause >= 0 and len(words) > 1 else left


def _after_noun(claim: Claim) -> int:
    """Where what a figure counts ends."""
    return claim.quantity.end + (len(claim.noun) + 1 if claim.noun else 0)


def _settled(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The figures as they are meant: four digits that count nothing are a year, "19 trên 29" is no "more than 29"."""
    found = []
    for one in quantities:
        if one.kind is Kind.NUMBER and _DAY_OF_SPAN.match(text, one.start):
            continue
        bare = _BARE_YEAR.match(text, one.start) or (
            _YEAR.match(text, one.start) and _NAMED.search(text[max(0, one.start - 24) : one.start])
        )
        if one.kind is Kind.NUMBER and bare and not one.precision:
            one = replace(one, kind=Kind.YEAR)
        if one.precision == "trên" and text[: one.precision_start].rstrip()[-1:].isdigit():
            one = replace(one, precision="", precision_start=one.start)
        found.append(one)
    return found


def _claim(
    text: str, statement: Statement, quantity: Quantity, room: Span, provinces: Sequence[str], planned: bool, own: Span
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
        years=_years(text, statement, quantity, own.end),
        planned=planned or says_planned(statement.whose),
        direction=""
        if dating
        else stretches.direction(text, start, quantity.precision_start)
        or periods.direction(text, start, quantity.precision_start, noun, quantity.kind is Kind.PERCENT),
        noun=noun,
        own=Span(max(own.start, text.rfind("…", own.start, quantity.start) + 1), max(own.end, end)),
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


def _years(text: str, statement: Statement, quantity: Quantity, following: int) -> tuple[int, ...]:
    """The year told right behind a figure, else the one last told before it, else after it, else in the heading.

    Years only compared with, and those right behind other figures, are not its own.
    """
    if quantity.kind in DATING:
        return ()
    if quantity.kind is not Kind.MULTIPLE and (attached := _ATTACHED.match(text, quantity.end, statement.line.end)):
        return (int(attached["year"]),)
    masked = _blanked(text, statement.line)
    for stretch in (
        masked[statement.span.start : quantity.start],
        masked[statement.line.start : statement.span.start],
        _TO_NEXT.sub("", masked[quantity.end : following]),
        statement.whose,
    ):
        if told := years_named(stretch):
            return told[-1:]
    return ()


def _blanked(text: str, line: Span) -> str:
    """The text with blanks for the years of a line that are compared with, or told right behind a figure."""
    told = text[line.start : line.end]
    for pattern in (_COMPARED, _BEHIND):
        told = pattern.sub(lambda match: " " * len(match.group()), told)
    return text[: line.start] + told + text[line.end :]


def years_named(stretch: str) -> tuple[int, ...]:
    """The years a stretch names, but for those it only compares with."""
    return tuple(int(year) for year in _YEAR.findall(phrase.MARKER.sub(" ", _COMPARED.sub(" ", stretch))))
