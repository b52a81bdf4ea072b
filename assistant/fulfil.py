"""Whether a plan was reached: the report's own words, else the result held against the plan told beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.types import Asked, Query
from index import stretches
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.cells import row_candidates
from index.numbers import MOMENTS, Kind, Quantity, find_quantities
from index.types import Span
from index.words import fold

_ASKS = re.compile(
    r"\b(dat|vuot|hoan thanh|thuc hien|bang|du|cham|kip)\b.{0,60}\b(ke hoach|chi tieu|muc tieu)\b.*"
    r"|\b(ke hoach|chi tieu|muc tieu)\b.{0,60}\b(dat|vuot|hoan thanh)\b"
    r"|\b(dat|vuot|hoan thanh|du|cham|kip)\b.{0,80}\b(de ra|dat ra|duoc giao)\b.*"
)
_SETS = re.compile(r"\b(?:đặt|đề)(?: ra)? (?:mục tiêu|chỉ tiêu|kế hoạch)\b", re.IGNORECASE)
"""A plan that is asked about itself, not whether it was reached."""
_ASKS_MORE = re.compile(r"\bvuot\b")
_PLAN_LEAD = re.compile(
    r"(?<!%\s)(?:kế hoạch|chỉ tiêu|mục tiêu|KH|(?:Bộ|tỉnh|UBND|HĐND|Trung ương|Chính phủ)[^;.,()\d]{0,20}\sgiao)"
    r"[^;.,()\d]{0,30}$",
    re.IGNORECASE,
)
_PASSED = re.compile(
    r"\b(vượt|tăng|cao hơn|hơn|hụt|giảm|kém|thiếu|thấp hơn)(?:\s+(?:khoảng|gần|hơn|trên|tới|mức))*\s*$", re.IGNORECASE
)
"""How a share tells by how much a plan was passed or missed, not how much of it was reached."""
_FAILED = re.compile(
    r"\b(?:chưa|không) (?:đạt|hoàn thành|bằng|tới)(?: được| mức)? (?:kế hoạch|chỉ tiêu|mục tiêu)"
    r"|\b(?:thấp hơn|kém|hụt|dưới)(?: so với)?(?: mức)? (?:kế hoạch|chỉ tiêu|mục tiêu)",
    re.IGNORECASE,
)
_EXCEEDED = re.compile(
    r"\b(?:vượt|cao hơn)(?: mức| xa| so với)? (?:kế hoạch|chỉ tiêu|mục tiêu)|\bhoàn thành vượt mức", re.IGNORECASE
)
_MET = re.compile(
    r"(?<!chưa )(?<!không )\b(?:đạt|hoàn thành|bằng|đúng)(?: được| mức)? (?:kế hoạch|chỉ tiêu|mục tiêu)", re.IGNORECASE
)
_EARLIER = re.compile(r"cùng kỳ|năm trước|năm ngoái|(?:năm|so với) (?:19|20)\d{2}|\bmức$|\blần$", re.IGNORECASE)
_DATES = re.compile(r"\b(?:năm|cuối|đầu|hết|hồi|giữa|nam|cuoi|dau|het|hoi|giua)\s+$", re.IGNORECASE)
_PLAN_WORDS = frozenset("ke hoach chi tieu muc vuot dat hoan thanh de ra duoc giao".split())


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """How a result stands to its plan.

    Attributes:
        reached: Whether what the question asks ("đạt", "vượt") is so.
        plan: Where the planned figure stands, or None when words alone tell.
        share: Where the share of the plan that was reached, or by which it was missed or passed, stands; or None.
        link: How that share stands to the plan: "bằng", "vượt", "hụt" …, or "".
    """

    reached: bool
    plan: Span | None
    share: Span | None = None
    link: str = ""


def asks_fulfilment(query: Query) -> bool:
    """Whether it is asked if a plan was reached."""
    asked = fold(_SETS.sub(" ", query.question))
    return query.asked is Asked.YES_NO and _ASKS.search(asked) is not None


def is_plan_word(folded: str) -> bool:
    """Whether a word of such a question names the plan and not what was planned."""
    return folded in _PLAN_WORDS


def fulfilment(query: Query, result: Candidate) -> Fulfilment | None:
    """How a result stands to its plan, or None when neither words nor figures beside it tell.

    A figure that is itself a plan has no fulfilment.
    """
    if result.quantity is None or result.quantity.value is None or is_plan(result) or result.direction:
        return None
    more = _ASKS_MORE.search(fold(query.question)) is not None
    plan = _plan_beside(result)
    if plan is not None and plan.quantity is not None and plan.quantity.value is not None:
        return Fulfilment(_holds(result.quantity.value, plan.quantity.value, more), plan.core)
    if (share := _share_beside(result)) is not None and share.quantity and share.quantity.value is not None:
        return _by_share(share, share.quantity.value, more)
    if (reached := _by_words(result, more)) is not None:
        return Fulfilment(reached, None)
    named = _supposed_plan(query, result.quantity)
    return Fulfilment(_holds(result.quantity.value, named, more), None) if named is not None else None


_SCALED = re.compile(r"\b(?:tỷ|tỉ|triệu|nghìn|ngàn)$", re.IGNORECASE)
_OF_MONEY = re.compile(r"\b(?:tien|doanh thu|thu ve|ngan sach|kinh phi|xu phat|phat|von|kim ngach|doanh so)\b")
_ENDS = re.compile(r"\s*(?:$|[?,.;]|(?:không|chưa|hay|phải|như|theo|nhỉ|à)\b)", re.IGNORECASE)


def supposed_figures(query: Query) -> list[Quantity]:
    """The figures a question supposes; the years it is about are none ("cuối 2022")."""
    text = query.question
    figures = [_as_money(quantity, text) for quantity in find_quantities(text) if quantity.kind not in MOMENTS]
    years = set(map(Decimal, query.years))
    return [q for q in figures if q.value not in years or (q.unit and not _DATES.search(text[: q.start]))]


def _as_money(quantity: Quantity, question: str) -> Quantity:
    """An amount of money whose unit goes without saying: "tiền phạt có tới 45 triệu không"."""
    scaled = quantity.kind is Kind.NUMBER and _SCALED.search(question[: quantity.end]) is not None
    if not scaled or not _OF_MONEY.search(fold(question)) or not _ENDS.match(question, quantity.end):
        return quantity
    return replace(quantity, kind=Kind.MONEY, unit="đồng")


def is_plan(candidate: Candidate) -> bool:
    """Whether a figure is a planned one, by its place in the report or the words right before it."""
    return candidate.planned or _is_led_by_plan(candidate)


def _holds(result: Decimal, plan: Decimal, more: bool) -> bool:
    return result > plan if more else result >= plan


def _supposed_plan(query: Query, result: Quantity) -> Decimal | None:
    """The plan the question itself names, in the result's unit."""
    named = [q.value for q in supposed_figures(query) if (q.kind, q.unit) == (result.kind, result.unit)]
    return named[0] if len(named) == 1 else None


def _plan_beside(result: Candidate) -> Candidate | None:
    """The planned figure of the same sentence or row that belongs to the result."""
    sentence = result.sentence
    if sentence.row:
        year = sentence.report.year
        plans = [c for c in row_candidates(sentence, sentence.row) if c.planned and c.has_form_of(result)]
        of_year = [c for c in plans if not c.years or year is None or max(c.years) <= year]
        return of_year[0] if len(of_year) == 1 else None
    for candidate in _after(result):
        if _is_led_by_plan(candidate):
            return candidate if candidate.has_form_of(result) else None
        if not _is_of_earlier(candidate):
            return None
    return None


def _by_share(share: Candidate, value: Decimal, more: bool) -> Fulfilment:
    """Whether a plan was reached, by the share of it that was, or by which it was passed or missed."""
    text = share.sentence.report.text
    passed = _PASSED.search(text, max(share.sentence.span.start, share.core.start - 24), share.core.start)
    if passed is None:
        return Fulfilment(_holds(value, Decimal(100), more), None, share.core, "bằng")
    link = passed.group(1).lower()
    return Fulfilment(link in ("vượt", "tăng", "hơn", "cao hơn"), None, share.core, link)


def _share_beside(result: Candidate) -> Candidate | None:
    """The share of the plan told right after a result ("ước đạt 2.486 tỷ đồng, bằng 98,3% kế hoạch"), or itself."""
    if result.of_plan or result.sentence.row:
        return result if result.of_plan else None
    for candidate in _after(result):
        if candidate.of_plan:
            return candidate
        if not _is_of_earlier(candidate):
            return None
    return None


def _by_words(result: Candidate, more: bool) -> bool | None:
    """What the words after the result say of its plan, up to the next figure of another matter."""
    sentence = result.sentence
    if sentence.row:
        return None
    others = (c for c in _after(result) if not _is_led_by_plan(c) and not _is_of_earlier(c))
    end = next((c.span.start for c in others), sentence.span.end)
    text = sentence.report.text[result.core.end : end]
    if _FAILED.search(text):
        return False
    if _EXCEEDED.search(text):
        return True
    return None if more or not _MET.search(text) else True


def _after(result: Candidate) -> Sequence[Candidate]:
    return [c for c in figure_candidates(result.sentence) if c.core.start >= result.core.end]


def _is_led_by_plan(candidate: Candidate) -> bool:
    text = candidate.sentence.report.text
    before = max(candidate.sentence.span.start, candidate.core.start - 50)
    return not candidate.sentence.row and _PLAN_LEAD.search(text[before : candidate.core.start]) is not None


def _is_of_earlier(candidate: Candidate) -> bool:
    """Whether a figure only compares with an earlier one, or says the result another way."""
    text = candidate.sentence.report.text
    around = text[max(candidate.sentence.span.start, candidate.core.start - 20) : candidate.core.end + 25]
    bare = stretches.is_bare(text, candidate.span.start, candidate.core.start)
    return bool(candidate.direction) or bare or _EARLIER.search(around) is not None
