"""Questions that single out one of several told side by side: the winner of a prize, the most, the least, the peak.

All patterns for questions look at folded text; those for reports at the text as written.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from assistant.match import Matcher
from assistant.rank import tells_name
from assistant.settle import asks_several
from assistant.slogans import slogan_asked, slogan_candidates
from assistant.types import Asked, Query
from assistant.vocabulary import GENERIC
from index.candidate import Candidate
from index.cells import row_candidates
from index.numbers import DATING, Kind
from index.sentences import Sentence, rows_of
from index.tables import Row
from index.types import Span
from index.words import CAPITALS, fold

Maker = Callable[[Sentence], list[Candidate]]
"""Makes the candidates of a sentence that fit what is singled out."""

_RANKS = "nhất|nhì|ba|tư|đặc biệt|khuyến khích|vàng|bạc|đồng|a|b|c"
_PRIZE = re.compile(
    rf"\bgiải\s+(?P<rank>{_RANKS})\b"
    r"|(?:^\W*|[;.]\s)(?-i:(?P<listed>Nhất|Nhì|Ba|Tư|Khuyến khích))(?=\s*(?:\([^)]*\))?\s*:\s"
    rf"(?:(?:anh|chị|ông|bà|em|cô|đội|nhóm)\s)?(?-i:[{CAPITALS}]))",
    re.IGNORECASE,
)
_ASKED_PRIZE = re.compile(rf"\bgiai\s+({fold(_RANKS)})\b")
_WHICH_PRIZE = re.compile(r"\b(?:giải|hạng) (?:mấy|gì|nào|bao nhiêu)\b", re.IGNORECASE)
_ASKED_PLACE = re.compile(r"\b(?:hạng|về|đứng|đoạt)\s+(nhất|nhì|ba|khuyến khích)\b(?!\s+(?:trí|giải))", re.IGNORECASE)
_CONTEST = re.compile(r"\b(?:hoi thi|cuoc thi|dien tap|thi dau|giai dau|thi \w+ hieu)\b|^thi ve\b")
_CAME_FIRST = re.compile(
    r"\b(?:vo dich|quan quan|ngoi dau|(?:ve|dung|xep) (?:thu )?nhat|giai (?:cao|lon|to) nhat)\b(?! tri)"
)
_LOWEST_PRIZE = re.compile(r"\bgiai(?: \w+)? (?:thap|nho|be) nhat\b|\bgiai an ui\b|\b(?:chi )?duoc khuyen khich\b")
_CAME_SECOND = re.compile(r"\b(?:a quan|(?:ve|dung|xep) nhi)\b")
_GOES_TO = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:,\s(?:mỗi giải|trị giá)\s[^,;.]*,\s)?"
    r"(?:cho|thuộc về|về tay|trao cho|dành cho|được trao cho)\b",
    re.IGNORECASE,
)
"""Between a prize and its winner."""
_COUNTED = re.compile(r"\b\d+\s+$")
"""Before prizes that are only counted: "mang về 1 giải Nhì, 2 giải Khuyến khích"."""
_IS_ENDED = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:[,;.]|$)")
_WON = re.compile(r"\b(?:đạt|đoạt|giành|nhận|được trao|trao|ẵm|lấy)(?:\s+(?:được|hai|ba|\d+))?\s*$", re.IGNORECASE)
_MOST = re.compile(
    r"\b(?:nhiều|cao|lớn|đông|mạnh|rộng|nặng|nhanh|tốt|dài|chạy|ưu tiên)(?:\s+[^\s,;.]+){0,3}?\s+nhất\b"
    r"|\b(?:dẫn đầu|đứng đầu|đứng nhất|đầu bảng|cao điểm|đỉnh điểm)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:ít|thấp|nhỏ|kém|yếu|chậm|ngắn)(?:\s+[^\s,;.]+){0,3}?\s+nhất\b"
    r"|\b(?:cuối bảng|chót bảng|(?:đứng|xếp) (?:cuối|chót|bét)|(?<!chuyển )đội sổ)\b",
    re.IGNORECASE,
)
_FEW_TERMS = 3
_OWN_TOPIC = re.compile(r"\b(?:về|ve)\s(?!nhất|nhì|ba|nhat|nhi)", re.IGNORECASE)
"""A follow-up with more content words than these, or with a topic, does not go on about the contest before."""
_LOOKS_BACK, _LEAST_ROWS = 3, 3
_NAME_WORDS = 4
"""Words behind "cuộc thi" that may be its name."""
_WHICH = re.compile(r"\b(?:chi so|linh vuc|mang|noi dung|tru cot|huyen|don vi|xa)(?: \w+){0,2} nao\b")
_WHICH_PLACE = re.compile(r"\b(?:huyen|thi xa|thanh pho|xa|phuong|dia phuong|noi|don vi cap huyen) nao\b")
_CAPITAL = re.compile(rf"(?<![{CAPITALS}.])\b[{CAPITALS}](?=[^\W\d_]*[^\W\d_{CAPITALS}])")
"""The first letter of a name, which is no abbreviation ("DTI")."""
_HOW_MANY = re.compile(r"\b(?:bao nhieu|may|bn)\b")
TOTAL = re.compile(
    r"\W*(?:tổng|cộng|toàn tỉnh|toàn ngành|toàn thành phố|cả tỉnh|chung|trung bình|bình quân)\b", re.IGNORECASE
)
_ASKS_PLACE = re.compile(
    r"\b(?:dung (?:dau|cuoi|thu|nhat|nhi|bet|o vi tri)|xep (?:hang|thu|dau|cuoi|nhat|bet|cao|thap)|dan dau|cuoi bang"
    r"|dau bang|chot bang)\b|(?<!chuyen )\bdoi so\b"
)
_PEAK = re.compile(r"(?<!dot )(?<!chien dich )\b(cao diem|dinh diem|nang nhat)\b")
_ENDS = re.compile(r"[\s,;:.\-–]*(?:\b(?:và|còn|cùng))?[\s,;:.\-–]*$")

_ITEM = r"[^\s,;.:()\d]+(?: [^\s,;.:()\d]+){0,5}"
_LISTED = re.compile(
    rf"\s(?:(?:là|thuộc về|ở|tại|gồm)\s)?(?:(?!tiếp|kế|sau đó|rồi|trong khi|còn|đạt|tăng){_ITEM}, )+"
    rf"{_ITEM}?\s(?:và|cùng|với)\s{_ITEM}(?=[,;.]|$)"
)
"""Several things told to be the most together: "nhất là môi trường, giao thông và điện lực"."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words that single out, by their offsets in a sentence; ``sign`` 1 for the most, -1 for the least."""

    start: int
    end: int
    sign: int


def singled_out(query: Query) -> Maker | None:
    """How to make candidates for a question that singles one out in words, or None when it does not."""
    if query.asked is Asked.YES_NO:
        return None
    if noun := slogan_asked(query):
        return lambda sentence: slogan_candidates(sentence, noun)
    if query.names and _WHICH_PRIZE.search(query.question):
        return lambda sentence: [c for c in prize_candidates(sentence) if _names_any(c, query.names)]
    prize = prize_asked(query)
    if prize and query.asked in (Asked.WHO, Asked.WHERE, Asked.TEXT):
        return lambda sentence: [c for c in prize_candidates(sentence) if fold(c.noun) == prize]
    peak = _PEAK.search(fold(query.question)) is not None
    sign = query.extreme or (1 if peak and not query.compares else 0)
    if sign and not asks_several(query) and (_names_one(query) or query.asked not in (Asked.RANK, Asked.CHANGE)):
        return lambda sentence: extreme_candidates(sentence, sign)
    return None


def _names_any(candidate: Candidate, names: Sequence[str]) -> bool:
    """Whether the stretch of a prize names one of the people asked about."""
    told = candidate.sentence.report.text[candidate.span.start : candidate.span.end]
    return any(name in told for name in names)


def prize_asked(query: Query) -> str:
    """The prize a question names, folded ("nhat"), or ""."""
    goes_on = query.carried and len(query.terms) <= _FEW_TERMS and not _OWN_TOPIC.search(query.question)
    return _prize_asked(query.question, query.search_text if goes_on else query.question)


@lru_cache(maxsize=1024)
def _prize_asked(question: str, with_earlier: str) -> str:
    asked = fold(question)
    if match := _ASKED_PRIZE.search(asked):
        return match.group(1)
    if _CONTEST.search(fold(with_earlier)) is None:
        return ""
    if match := _ASKED_PLACE.search(question):
        return fold(match.group(1))
    if _LOWEST_PRIZE.search(asked):
        return "khuyen khich"
    return "nhat" if _CAME_FIRST.search(asked) else "nhi" if _CAME_SECOND.search(asked) else ""


def tells_contest(candidate: Candidate, query: Query, matcher: Matcher) -> bool:
    """Whether the contest that a question names is the one whose winner is told, or one that the report names.

    One of the two rarest words of its name must stand around the winner, or two neighbours of it in the report.
    """
    contest = _CONTEST.search(fold(query.question))
    if contest is None or len(fold(query.question)) != len(query.question):
        return True
    behind = (term for term in matcher.terms if term.word.start >= contest.end() and term.word.key[0].isalpha())
    name = [term for term in behind if term.word.key not in GENERIC][:_NAME_WORDS]
    if tells_name(candidate, name, matcher):
        return True
    told = fold(candidate.sentence.report.text)
    return any(f"{one.word.folded} {other.word.folded}" in told for one, other in pairwise(name))


def is_of_prize(candidate: Candidate, prize: str) -> bool:
    """Whether a figure belongs to this prize: within its stretch or right before it ("ba giải Ba")."""
    return any(
        told.span.start - 1 <= candidate.core.end and candidate.core.start < told.span.end
        for told in prize_candidates(candidate.sentence, counted=True)
        if fold(told.noun) == prize
    )


def prize_candidates(sentence: Sentence, counted: bool = False) -> list[Candidate]:
    """One candidate a prize the sentence tells of, with its winner; ``noun`` is the prize's rank.

    Winners stand all before their prize ("ông A đạt giải Nhất") or all behind it ("giải Nhất thuộc về ông A").

    Args:
        sentence: Of a report.
        counted: Prizes that are only counted, without a winner, are wanted too.
    """
    text, base = sentence.text, sentence.span.start
    prizes = [match for match in _PRIZE.finditer(text) if counted or not _is_only_counted(text, match)]
    if not prizes:
        return []
    winner_first = _is_after_winner(text, prizes[0])
    found, left = [], 0
    for number, prize in enumerate(prizes):
        limit = prizes[number + 1].start() if number + 1 < len(prizes) else len(text)
        if winner_first:
            end = _first_pause(text, prize.end(), limit)
            colon = text.rfind(": ", left, prize.start()) if left == 0 else -1
            start = colon + 2 if colon >= 0 else left
            left = end
        else:
            semicolon = text.find("; ", prize.end(), limit)
            start, end = prize.start(), semicolon if semicolon >= 0 else limit
        rank = prize["rank"] or prize["listed"]
        found.append(_candidate(sentence, Span(base + start, base + end), rank))
    return [candidate for told in found for candidate in _told_after(told)]


def _is_only_counted(text: str, prize: re.Match[str]) -> bool:
    """Whether prizes are counted and nobody is told who won them."""
    return _COUNTED.search(text[: prize.start()]) is not None and _IS_ENDED.match(text, prize.end()) is not None


def _is_after_winner(text: str, prize: re.Match[str]) -> bool:
    """Whether a prize is told after who won it, with a verb or without: "đội Công an tỉnh giải Nhất, …"."""
    if prize["listed"] or _GOES_TO.match(text, prize.end()):
        return False
    before = text[: prize.start()].rstrip()
    named = before[-1:].isalpha() and _IS_ENDED.match(text, prize.end()) is not None
    return _WON.search(text[: prize.start()]) is not None or named


def _told_after(candidate: Candidate) -> list[Candidate]:
    """The candidate once for each sentence before it in the paragraph that may name the contest."""
    before = candidate.sentence.before
    if before is None:
        return [candidate]
    found = [replace(candidate, heads=(*candidate.heads, before.span))]
    while before.before is not None and len(found) < _LOOKS_BACK:
        before = before.before
        sentence = replace(candidate.sentence, before=before)
        found.append(replace(candidate, sentence=sentence, heads=(*candidate.heads, before.span)))
    return found


def extreme_candidates(sentence: Sentence, sign: int) -> list[Candidate]:
    """One candidate a stretch that says what is the most (``sign`` 1) or the least (-1)."""
    text, base = sentence.text, sentence.span.start
    if sentence.row:
        return []
    marks = sorted(
        (
            _Mark(match.start(), match.end(), which)
            for which, pattern in ((1, _MOST), (-1, _LEAST))
            for match in pattern.finditer(text)
        ),
        key=lambda mark: mark.start,
    )
    found = []
    left = 0
    for number, mark in enumerate(marks):
        limit = _parting(text, mark.end, marks[number + 1].start) if number + 1 < len(marks) else len(text)
        span = _extreme_stretch(sentence, mark, Span(left, limit))
        left = limit
        if mark.sign == sign:
            found.append(_candidate(sentence, Span(base + span.start, base + span.end), ""))
    return found


def extreme_cells(sentences: Sequence[Sentence], query: Query) -> list[Candidate]:
    """Of each column of each table the cell with the most or the least, as asked; a first rank is the most.

    Ranks alone where it is asked who comes first or last, none where it is asked how much that one has.
    """
    sign = query.extreme
    columns: dict[tuple[int, int], list[Candidate]] = {}
    for sentence in sentences:
        if sentence.row is None or _is_total(sentence, sentence.row):
            continue
        for cell in row_candidates(sentence, sentence.row):
            columns.setdefault((id(sentence.report), cell.heads[1].start), []).append(cell)
    found = []
    for cells in columns.values():
        told = [cell for cell in cells if cell.quantity and cell.quantity.value is not None and not cell.planned]
        if len(told) != _rows_below(told):
            continue  # of a part of the rows alone nothing can be said
        forms = {(cell.kind, cell.quantity.unit if cell.quantity else "", cell.noun) for cell in told}
        if len(told) >= _LEAST_ROWS and len(forms) == 1:
            found.append(max(told, key=lambda cell: _rank_of(cell, sign)))
    ranks = [cell for cell in found if cell.kind is Kind.RANK]
    if query.asked is not Asked.RANK and _HOW_MANY.search(fold(query.question)):
        return [cell for cell in found if cell.kind is not Kind.RANK]
    return ranks if ranks and _ASKS_PLACE.search(fold(query.question)) else found


def asks_which_place(query: Query) -> bool:
    """Whether it is asked which district, commune or place it is."""
    return _WHICH_PLACE.search(fold(query.question)) is not None


def names_a_place(candidate: Candidate) -> bool:
    """Whether the candidate's own stretch, or its row, names something: a capital that does not begin a sentence."""
    text = candidate.sentence.report.text
    if candidate.sentence.row:
        return True
    start = candidate.span.start
    opens = start == candidate.sentence.span.start
    return _CAPITAL.search(text, start + opens, candidate.span.end) is not None


def _rows_below(told: Sequence[Candidate]) -> int:
    """How many rows stand below the header of a column, those that only sum up left out."""
    if not told:
        return 0
    sentence, header = told[0].sentence, told[0].heads[1].start
    rows = (row for row in rows_of(sentence.report).values() if any(head.start == header for head in row.header))
    return sum(not _is_total(sentence, row) for row in rows)


def _is_total(sentence: Sentence, row: Row) -> bool:
    """Whether a row sums up the others, or tells their mean."""
    text = sentence.report.text
    return any(TOTAL.match(text, cell.start, cell.end) for cell in row.cells[: row.label + 2])


def _rank_of(cell: Candidate, sign: int) -> Decimal:
    assert cell.quantity is not None
    assert cell.quantity.value is not None
    return cell.quantity.value * (-sign if cell.kind is Kind.RANK else sign)


def narrowed(candidate: Candidate, query: Query) -> Candidate:
    """What names the most or the least that is asked for: a clause cut to it, a rank with whose it is."""
    sign = query.extreme
    if not sign or asks_several(query):
        return candidate
    told = {one: extreme_candidates(candidate.sentence, one) for one in (1, -1)}
    if candidate.quantity is not None:
        around = [one for one in told[sign] if one.span.start <= candidate.core.start < one.span.end]
        return around[0] if around and _names_one(query) else candidate
    within = [one for one in told[sign] if candidate.span.start <= one.span.start < candidate.span.end]
    return within[0] if all(told.values()) and len(within) == 1 else candidate


def signs_told(candidate: Candidate) -> frozenset[int]:
    """Whether a candidate's own stretch tells the most of some (1), the least (-1), both or neither."""
    text = candidate.sentence.report.text
    patterns = ((1, _MOST), (-1, _LEAST))
    return frozenset(sign for sign, mark in patterns if mark.search(text, candidate.begins, candidate.span.end))


def _names_one(query: Query) -> bool:
    """Whether it is asked which one has the rank, beside the rank."""
    return query.asked is Asked.RANK and _WHICH.search(fold(query.question)) is not None


def _parting(text: str, start: int, end: int) -> int:
    """Where what one mark is about ends and the next one's begins: the last pause between them."""
    for pause in ("; ", ", ", " còn ", " và "):
        if (at := text.rfind(pause, start, end)) >= 0:
            return at + len(pause)
    return end


def _extreme_stretch(sentence: Sentence, mark: _Mark, within: Span) -> Span:
    """What is told of the most or the least: the pieces around the mark with its figure, by offsets in the sentence."""
    text, base = sentence.text, sentence.span.start
    figures = [q for q in sentence.quantities if q.kind not in DATING]
    start = max((text.rfind(pause, within.start, mark.start) + 2 for pause in (", ", "; ", ": ")), default=0)
    start = start if start > 1 else within.start
    semicolon = text.find("; ", mark.end, within.end)
    limit = semicolon if semicolon >= 0 else within.end
    own = next((q.end - base for q in figures if start <= q.start - base < limit and q.start - base >= mark.end), None)
    told = own is not None or any(start <= q.start - base < mark.start for q in figures)
    if not told and start > within.start:  # "với 148 tổ, nhiều nhất là …": the figure is told before
        before = max((text.rfind(pause, within.start, start - 2) + 2 for pause in (", ", "; ", ": ")), default=0)
        before = before if before > 1 else within.start
        start = before if any(before <= q.start - base < start for q in figures) else start
    if text[mark.end : mark.end + 1] == ":" and own is None:
        return Span(start, limit)
    listed = _LISTED.match(text, mark.end, limit) if own is None else None
    return Span(start, listed.end() if listed else _first_pause(text, own or mark.end, limit))


def _first_pause(text: str, start: int, limit: int) -> int:
    """The first pause from ``start`` on that stands in no brackets, else ``limit``."""
    depth = text.count("(", 0, start) - text.count(")", 0, start)
    for at in range(start, limit):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth <= 0 and text[at] in ",;." and text[at + 1 : at + 2].strip() == "":
            return at
    return limit


def _candidate(sentence: Sentence, span: Span, noun: str) -> Candidate:
    """A candidate of one stretch, which shares the start of its sentence."""
    text = sentence.report.text
    while span.start < span.end and text[span.start] in " ,;:":
        span = Span(span.start + 1, span.end)
    span = Span(span.start, span.start + len(_ENDS.sub("", text[span.start : span.end])))
    head = Span(sentence.span.start, span.start)
    return Candidate(sentence, span, span, span, span, span.end, heads=(head, *sentence.headings), noun=noun)
