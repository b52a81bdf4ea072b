"""What one candidate tells of a query, as named numbers: its words, their meaning, its form, year, plan and noun."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant import rank
from assistant.as_put import is_as_put
from assistant.counting import counting
from assistant.match import TAIL, Matcher
from assistant.meaning import Likeness, Meanings, Pieces
from assistant.named import names_told
from assistant.rivals import rivals_asked, rivals_told
from assistant.singled import prize_asked
from assistant.types import Asked, Query
from index.candidates import Candidate
from index.numbers import MOMENTS, Kind
from index.types import Span
from index.words import fold


@dataclass(frozen=True, slots=True)
class Asking:
    """A query with what its candidates are held against.

    Attributes:
        query: The question understood.
        matcher: Made from its terms.
        pieces: Its words by meaning.
        rivals: What it names among things counted side by side, by the number of their group in ``RIVALS``.
        slot: Which of ``query.wanted`` is to be answered.
        wanted: Which of the pieces belong to what is counted, shape (pieces,), or None when nothing is.
    """

    query: Query
    matcher: Matcher
    pieces: Pieces
    rivals: Mapping[int, frozenset[str]]
    slot: int = 0
    wanted: NDArray[np.bool_] | None = None


def asking_of(query: Query, matcher: Matcher, meanings: Meanings, slot: int = 0) -> Asking:
    """A query made ready for its candidates."""
    pieces = meanings.of_question(query)
    counted = query.wanted[slot] if slot < len(query.wanted) else ()
    wanted = meanings.holding(pieces, query.search_text, counted) if counted else None
    return Asking(
        query, matcher, pieces, rivals_asked(query, slot), slot, wanted if wanted is not None and wanted.any() else None
    )


_NEVER = ("other_year", "unasked_former", "no_change", "unasked_plan_share", "given", "rival_strict")
"""What hardly any right answer has (less than 1 in 200 of those in the training sets), and wrong ones often."""


def ruled_out(candidate: Candidate, query: Query, told: Mapping[str, float]) -> bool:
    """Whether a candidate cannot answer: of another year, sort or trade, of a deputy where the head is asked for."""
    if told.get("wrong_year") and not told.get("near_year"):
        return True
    if query.asked is Asked.WHO and candidate.kind is None and not rank.same_office(candidate, query):
        return True
    if query.asked is Asked.TEXT and rank.is_of_other_body(candidate, query):
        return True
    if told.get("planned_asked") or (query.asked is Asked.YES_NO and told.get("unasked_need") and candidate.quantity):
        return True  # what is planned or called for does not tell whether it is so
    if query.asked is Asked.COUNT and told.get("misfit") and not query.target:
        return True  # a share, where things are counted
    if query.asked is Asked.MONEY and candidate.kind is Kind.PERCENT:
        return True
    return any(told.get(name) for name in _NEVER) or (query.asked is Asked.WHERE and not told.get("as_put"))


def told_of(
    candidate: Candidate, hit: float, asking: Asking, likeness: Likeness, found: Sequence[float]
) -> dict[str, float]:
    """What a candidate tells of a query, by the names of ``features.PLAIN``; those not there are 0.

    Args:
        candidate: What may answer.
        hit: Retrieval score of its passage.
        asking: The query.
        likeness: How near the query's words are to those of the candidate's sentence.
        found: How well each term of the query is found around it, see ``Matcher.found``.
    """
    return {
        **_lexical(candidate, asking, found),
        **_by_meaning(candidate, asking, likeness),
        **_said(candidate, asking.query),
        **_by_hand(candidate, hit, asking, found),
        **rivals_told(candidate, asking.rivals),
        **_form(candidate, asking),
        **_years(candidate, asking.query),
        **_plans(candidate, asking.query),
        **_state(candidate, asking.query),
        **_dated(candidate, asking.query),
        **_listed(candidate, asking.query),
        **names_told(candidate, asking.query),
        "of_prize": float(bool(prize_asked(asking.query))),
        "hit": hit,
    }


def _lexical(candidate: Candidate, asking: Asking, found: Sequence[float]) -> dict[str, float]:
    matcher, query = asking.matcher, asking.query
    missing = [term.weight / (matcher.total or 1) for term, value in zip(matcher.terms, found, strict=True)
               if value < rank.PRESENT]  # fmt: skip
    lead = query.leads[asking.slot] if asking.slot < len(query.leads) else query.subject
    return {
        "coverage": matcher.coverage(found),
        "strong": matcher.coverage([value if value > TAIL else 0.0 for value in found]),
        "inside": matcher.held(candidate.sentence, candidate.span),
        "missing": sum(missing),
        "key_missing": max(missing, default=0.0),
        "unasked": rank.unasked(candidate, matcher) if candidate.quantity else 0.0,
        "subject": rank.subject_match(candidate, lead),
        "close": _closeness(candidate, matcher),
        "phrases": _phrases(candidate, matcher),
        "combined": float(rank.is_combined(candidate, matcher, lead if query.leads else ())),
        "half": float(rank.is_half(candidate, matcher)),
        "excluded": rank.excluded(candidate, query),
        "other_slot": rank.of_other_slot(candidate, query, asking.slot),
    }


def _closeness(candidate: Candidate, matcher: Matcher) -> float:
    """Mean over the question's words found in the sentence of how near to the figure they stand, 0 to 1."""
    words = candidate.sentence.words
    at = next((n for n, w in enumerate(words) if w.start >= candidate.core.start), len(words))
    return matcher.closeness(candidate.sentence, at)


def _by_hand(candidate: Candidate, hit: float, asking: Asking, found: Sequence[float]) -> dict[str, float]:
    """What rules would say: the score they sum up, and whether they would let the candidate answer."""
    query, matcher = asking.query, asking.matcher
    figure = candidate.quantity is not None and candidate.kind not in MOMENTS
    scored = (
        rank.score_figure(candidate, query, matcher, hit, asking.slot, found)
        if figure
        else rank.score_text(candidate, query, matcher, hit, found)
    )
    report = candidate.sentence.report
    said = report.text[candidate.span.start : candidate.span.end]
    years = year_of(candidate)
    return {
        "fits_all": float(scored.fits),
        "sure": float(scored.sure),
        "by_hand": scored.score,
        "title": float(said.strip(" *#") in report.title),
        "short": float(len(said) < 30),
        "older": float(bool(candidate.years) and not query.years and max(candidate.years) < years),
        "planned_year": float(candidate.planned and not query.years and not query.target),
        "misfit": float(bool(query.wanted and any(query.wanted)) and candidate.kind in (Kind.PERCENT, Kind.RANK)),
    }


def _phrases(candidate: Candidate, matcher: Matcher) -> float:
    """Share of the pairs of neighbours in the question that are neighbours in the candidate's own stretch."""
    pairs = {(a.word.folded, b.word.folded) for a, b in pairwise(matcher.terms) if b.follows}
    if not pairs:
        return 0.0
    own = [w.folded for w in candidate.sentence.words if candidate.zone.start <= w.start < candidate.zone.end]
    return len(pairs & set(pairwise(own))) / len(pairs)


def _by_meaning(candidate: Candidate, asking: Asking, likeness: Likeness) -> dict[str, float]:
    sentence = candidate.sentence
    own = (candidate.zone, *candidate.heads)
    behind = Span(candidate.core.start, candidate.span.end)
    everywhere = (sentence.span, *sentence.headings)
    near, weights = likeness.nearest(everywhere), likeness.weights
    total = float(weights.sum()) or 1.0
    missing = weights * np.maximum(0, 0.5 - near) * 2 / total
    return {
        "near": likeness.held(everywhere),
        "near_own": likeness.held(own),
        "near_span": likeness.held((candidate.span,)),
        "near_missing": float(missing.sum()),
        "near_key_missing": float(missing.max(initial=0.0)),
        "unasked_near": likeness.unasked(candidate.lead),
        "counted_near": likeness.held((behind,)),
        "wanted_near": likeness.held((behind,), asking.wanted) if asking.wanted is not None else 0.0,
        "unasked_noun": likeness.unasked(behind),
    }


_TOTAL = re.compile(r"\b(?:tổng|cộng|tất cả|toàn tỉnh|cả thảy|lũy kế|luỹ kế|gộp)\b", re.IGNORECASE)
_EXTREME = re.compile(r"\bnhất\b|\bđứng đầu\b|\bdẫn đầu\b|\btối đa\b|\bcuối bảng\b", re.IGNORECASE)
_REMAINS = re.compile(r"\b(?:còn|chưa|thiếu|lõm|trắng)\b", re.IGNORECASE)
_EACH = re.compile(r"\b(?:mỗi|bình quân|trung bình|từng|mật độ)\b|/\s?100 dân", re.IGNORECASE)
_NEED = re.compile(
    r"\b(?:cần|nhu cầu|đề nghị|đề xuất|kiến nghị|phải|yêu cầu|chỉ đạo|giao(?: cho)? (?:Sở|ngành|các|đơn vị|UBND))\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"\b(?:trước (?:ngày|tháng|quý)|chậm nhất|muộn nhất|hạn chót|thời hạn)\b", re.IGNORECASE)
_ASKS_DEADLINE = re.compile(
    r"\b(?:hạn chót|thời hạn|trước mốc|trước ngày|chậm nhất|muộn nhất|phải|bao giờ phải)\b", re.IGNORECASE
)
_WEB = re.compile(r"https?://|\b[\w-]+\.(?:gov|com|org|net|vn)\b", re.IGNORECASE)
_ASKS_WEB = re.compile(r"\b(?:web|website|địa chỉ|đường dẫn|link|trang mạng|sàn)\b", re.IGNORECASE)
_NEW = re.compile(r"\b(?:mới|thêm|bổ sung)\b", re.IGNORECASE)
_ASKS_NEW = re.compile(r"\b(?:mới|thêm|bổ sung|vừa)\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:do|vì|nhờ|bởi|nguyên nhân|lý do)\b", re.IGNORECASE)
_ASKS_REASON = re.compile(r"\b(?:vì sao|tại sao|lý do|nguyên nhân|do đâu)\b", re.IGNORECASE)


_SAYINGS = {
    "total": (_TOTAL, _TOTAL),
    "extreme": (_EXTREME, _EXTREME),
    "each": (_EACH, _EACH),
    "remains": (_REMAINS, _REMAINS),
    "need": (_NEED, _NEED),
    "web": (_WEB, _ASKS_WEB),
    "new_told": (_NEW, _ASKS_NEW),
    "deadline": (_DEADLINE, _ASKS_DEADLINE),
    "reason": (_REASON, _ASKS_REASON),
}
"""What a report may say of a figure: how the report says it, and how a question asks for it."""


@lru_cache(maxsize=32768)
def _sayings(text: str, of_question: bool) -> tuple[bool, ...]:
    """Which of ``_SAYINGS`` a text has; kept, since the reports' sentences are read again and again."""
    return tuple(pair[of_question].search(text) is not None for pair in _SAYINGS.values())


def _said(candidate: Candidate, query: Query) -> dict[str, float]:
    """What the words around a candidate say of it, beside what the question says: the whole, the most, what lacks."""
    text = candidate.sentence.report.text
    own = text[min(candidate.span.start, candidate.lead.start) : candidate.span.end]
    asked = dict(zip(_SAYINGS, _sayings(query.question, True), strict=True))
    asked["total"] |= query.total
    asked["extreme"] = bool(query.extreme)  # of a side of a comparison it is not asked, though the question says so
    told: dict[str, float] = {}
    for (name, asks), says in zip(asked.items(), _sayings(own, False), strict=True):
        told[name] = float(says and asks)
        told[f"unasked_{name}"] = float(says and not asks)
        told[f"no_{name}"] = float(asks and not says)
    return told


_LEFT = re.compile(r"\bcòn(?:\s+(?:lại|khoảng|gần|hơn|tới))*\s*$", re.IGNORECASE)
_ASKS_LEFT = re.compile(r"\bcon (?:lai |khoang )?(?:bao nhieu|may|bn)\b")
_NOW = re.compile(r"\b(?:hiện(?: nay| có| tại)?|đến nay|mới có|mới chỉ)\b", re.IGNORECASE)
_ASKS_NOW = re.compile(r"\b(?:hien(?: nay| co| tai)?|den nay|bay gio|toi nay)\b")


@lru_cache(maxsize=1024)
def _state_asked(question: str) -> tuple[bool, bool]:
    """Whether a question asks what is left, and what there is now."""
    asked = fold(question)
    return _ASKS_LEFT.search(asked) is not None, _ASKS_NOW.search(asked) is not None


def _state(candidate: Candidate, query: Query) -> dict[str, float]:
    """Whether the figure counts what is left ("còn 36 bản") or what there is now, beside what the question asks."""
    text = candidate.sentence.report.text
    start = min(candidate.span.start, candidate.lead.start)
    left = _LEFT.search(text, start, candidate.core.start) is not None
    now = _NOW.search(text, max(start, candidate.core.start - 40), candidate.core.start) is not None
    asks_left, asks_now = _state_asked(query.question)
    return {
        "left": float(left and asks_left),
        "unasked_left": float(left and not asks_left),
        "no_left": float(asks_left and not left),
        "now": float(now and asks_now),
        "no_now": float(asks_now and not now),
    }


_MOMENT = re.compile(
    r"(?<![\d/.,])(?P<day>\d{1,2})\s*/\s*(?P<of>\d{1,2})(?![\d.,]*\d)"
    r"|ngày\s+(?P<named_day>\d{1,2})\s+tháng\s+(?P<named_of>\d{1,2})\b"
    r"|(?:tháng\s+(?P<month>\d{1,2})|(?<![\d/])(?P<month_of_year>\d{1,2})/(?=(?:19|20)\d\d))"
    r"|quý\s+(?P<quarter>iv|i{1,3}|[1-4])\b",
    re.IGNORECASE,
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


@lru_cache(maxsize=32768)
def _moments(text: str) -> frozenset[str]:
    """The days, months and quarters a text names, whatever their year: "22/7", "m8", "q3"."""
    found = set()
    for match in _MOMENT.finditer(text):
        day, month = match["day"] or match["named_day"], match["of"] or match["named_of"]
        alone = match["month"] or match["month_of_year"]
        if day and 0 < int(month) <= 12 and 0 < int(day) <= 31:
            found.add(f"{int(day)}/{int(month)}")
        elif alone and 0 < int(alone) <= 12:
            found.add(f"m{int(alone)}")
        elif quarter := match["quarter"]:
            found.add(f"q{_ROMAN.get(quarter.lower(), quarter)}")
    return frozenset(found)


def _dated(candidate: Candidate, query: Query) -> dict[str, float]:
    """Whether the figure's own stretch, or its sentence, names the day, month or quarter asked about."""
    asked = _moments(query.question)
    text = candidate.sentence.report.text
    own = _moments(text[min(candidate.span.start, candidate.lead.start) : candidate.zone.end])
    if not asked:
        return {"unasked_moment": float(bool(own))}
    told = _moments(candidate.sentence.text)
    return {
        "moment": float(bool(asked & own)),
        "moment_near": float(bool(asked & told) and not asked & own),
        "no_moment": float(not asked & told),
        "other_moment": float(bool(own) and not asked & own),
    }


_ASKS_LIST = re.compile(
    r"\b(?:ke (?:ten|ra)|liet ke|gom (?:nhung |cac )?(?:gi|ai|nhung)|bao gom"
    r"|(?:nhung|cac) (?:\w+ ){1,5}?(?:nao|gi)|la nhung)\b"
)
_TELLS_LIST = re.compile(r"\b(?:gồm|bao gồm|là|như|tại|ở)\b[^;]*,|:\s", re.IGNORECASE)
_LACKS = re.compile(r"\b(?:chưa|không|còn thiếu)\b", re.IGNORECASE)


def _listed(candidate: Candidate, query: Query) -> dict[str, float]:
    """Whether the candidate's own stretch lists things where a list is asked for, and says what lacks them."""
    text = candidate.sentence.report.text
    own = text[candidate.span.start : candidate.span.end]
    listed = query.asked is Asked.TEXT and _ASKS_LIST.search(fold(query.question)) is not None
    tells = listed and _TELLS_LIST.search(own) is not None
    lacks = query.negated and _LACKS.search(own) is not None
    return {
        "list_told": float(tells),
        "no_list_told": float(listed and not tells),
        "negated_own": float(lacks),
        "no_negated_own": float(query.negated and not lacks),
    }


def _form(candidate: Candidate, asking: Asking) -> dict[str, float]:
    query = asking.query
    wanted = query.wanted[asking.slot] if asking.slot < len(query.wanted) else ()
    counted = rank.noun_match(candidate, wanted)
    asks_change = query.asked is Asked.CHANGE
    asks_new = any(term.folded in ("moi", "them") for term in query.terms)
    text = candidate.sentence.report.text
    said = text[candidate.span.start : candidate.span.end]
    figures = [q for q in candidate.sentence.quantities if q.kind not in MOMENTS]
    counted_as = counting(candidate, wanted, query)
    kind_fits = (
        rank.form_fits(candidate, query, bool(wanted)) if candidate.quantity else rank.text_fits(candidate, query)
    )
    return {
        **counted_as,
        "fits": float(kind_fits),
        "as_put": float(is_as_put(candidate, query)),
        "counted": counted,
        "uncounted": float(bool(wanted) and counted == 0),
        "no_noun": float(bool(wanted) and not candidate.noun),
        "change": float(asks_change and bool(candidate.direction)),
        "no_change": float(asks_change and not candidate.direction),
        "unasked_change": float(not asks_change and not asks_new and bool(candidate.direction)),
        "new": float(asks_new and bool(candidate.direction)),
        "same_direction": float(bool(query.direction) and candidate.direction == query.direction),
        "other_direction": float(
            bool(query.direction and candidate.direction) and candidate.direction != query.direction
        ),
        "base": float(candidate.is_base),
        "part": float(candidate.is_part),
        "part_of_total": float(candidate.is_part and query.total),
        "given": float(rank.is_given(candidate, query)),
        "row": float(candidate.sentence.row is not None),
        "first": float(
            bool(figures) and candidate.quantity is not None and figures[0].start == candidate.quantity.start
        ),
        "figures": min(len(figures), 8) / 8,
        "words": min(len(said), 400) / 400,
        "listed": float(candidate.quantity is None and said.count(",") + said.count(";") > 2),
        "negated": float(query.negated and rank.is_negated(candidate)),
        "place": float(query.asked is Asked.WHERE and rank.tells_place(candidate)),
        "office": float(query.asked is Asked.WHO and rank.same_office(candidate, query)),
    }


_COMPARED_YEAR = re.compile(
    r"\b(?:so với|hơn|kém|bằng|từ)\s+(?:[^;.]{0,25}?\s(?:của|trong)\s+)?(?:cùng kỳ\s+)?(?:cuối\s+)?"
    r"năm\s+(?:19|20)\d{2}",
    re.IGNORECASE,
)
"""A year that a figure is only compared with."""
_NEXT_YEAR = re.compile(r"\b(?:năm sau|năm tới|năm kế tiếp)\b", re.IGNORECASE)


def _years(candidate: Candidate, query: Query) -> dict[str, float]:
    asked, sentence = set(query.years), candidate.sentence
    year = sentence.report.year or 0
    of = candidate.years or {year + 1 if candidate.planned else year}
    before = query.year_before and not asked
    also = {year} if candidate.kind is None else set()  # words of this report's year may name others too
    if not asked:
        return {
            "former": float(before and (candidate.former or year - 1 in candidate.years)),
            "unasked_former": float(candidate.former and not before),
        }
    around = sentence.report.text[min(sentence.span.start, candidate.zone.start) : candidate.zone.end]
    before_it = sentence.before.text if sentence.before and query.asked is not Asked.WHO else ""
    around = _COMPARED_YEAR.sub("", f"{around}\n{before_it}")
    if _NEXT_YEAR.search(around):
        also.add(year + 1)
    return {
        "year": float(bool(of & asked)),
        "own_year": float(bool(candidate.years & asked)),
        "report_year": float(year in asked),
        "other_year": float(bool(candidate.years) and not (candidate.years | also) & asked),
        "wrong_year": float(not (of | also) & asked),
        "near_year": float(any(str(one) in around for one in asked)),
        "former": float(candidate.former and bool(candidate.years & asked)),
        "unasked_former": float(candidate.former and not candidate.years & asked and not query.year_before),
    }


def _plans(candidate: Candidate, query: Query) -> dict[str, float]:
    return {
        "target": float(query.target and candidate.planned),
        "no_target": float(query.target and not candidate.planned),
        "unasked_target": float(not query.target and candidate.planned),
        "planned_asked": float(query.asked is Asked.YES_NO and candidate.planned and not query.target),
        "plan_year": float(rank.names_plan_year(candidate, query)),
        "of_plan": float(query.of_plan and candidate.of_plan),
        "unasked_plan_share": float(candidate.of_plan and not query.of_plan),
        "no_plan_share": float(query.of_plan and not candidate.of_plan),
    }


def year_of(candidate: Candidate) -> int:
    """The year a figure is of: its own, not after the report's; 0 when nothing tells."""
    year = candidate.sentence.report.year or 0
    return min(max(candidate.years, default=year), year) if candidate.sentence.row else year
