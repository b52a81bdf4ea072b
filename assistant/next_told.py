"""For questions answered in words: the clause that names what is asked, or tells the reason, next to the one found."""

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.marks import in_place_of, names_in
from assistant.match import Matcher
from assistant.named import FIRM
from assistant.ranker import Ranked
from assistant.times import asks_edition
from assistant.types import Asked, Query
from index.candidate import Candidate
from index.provinces import find_provinces
from index.types import Span
from index.words import CAPITALS, fold

_AS_LIKELY = 0.1
"""How probable the clause next to the best one must be against it."""
_ASKS_NAMES = re.compile(
    r"\b(?:xa|huyen|thon|ban|xom|ap|cho|phuong|thi tran|thi xa|thanh pho|dia phuong|noi|khu|truong|co quan|don vi"
    r"|doanh nghiep|san) nao\b"
)
_ASKS_REASON = re.compile(r"\b(?:vi sao|tai sao|sao lai|ly do|nguyen nhan|do dau|vi dau|vi le gi)\b")
_REASON = re.compile(
    rf"\b(?:do(?! (?-i:[{CAPITALS}]|các |tỉnh |ông |bà |đồng chí ))|vì|nhờ|bởi|nguyên nhân|lý do|giải thích|lý giải)\b",
    re.IGNORECASE,
)
"""What tells a reason; "do Sở chủ trì" tells by whom."""
_OPENS_WITH_REASON = re.compile(
    r"(?:nguyên nhân|lý do|sở dĩ|đó là (?:do|vì|nhờ))\b|[^.;:]{0,60}\b(?:giải thích|lý giải)\b", re.IGNORECASE
)


def given_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with a clause first that holds the figure by which a question looks for something.

    "VNPT lắp 120 trạm; Viettel lắp 88 trạm" answers "doanh nghiệp nào lắp 120 trạm?" by the former.
    """
    best = ranked[0] if ranked else None
    looks = query.asked is Asked.TEXT and bool(query.given)
    if best is None or not looks or _holds_given(best.candidate, query):
        return [*ranked]
    beside = (one for one in ranked[1:] if one.candidate.sentence.span == best.candidate.sentence.span)
    likely = (one for one in beside if one.probability > best.probability * _AS_LIKELY)
    return _put_first((one for one in likely if _holds_given(one.candidate, query)), ranked)


def names_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with the clause that names the places or bodies asked for before one that only counts them.

    "Cáp quang đến 149/151 xã; hai xã chưa có là Trọng Hóa và Thượng Trạch" answers "xã nào?" by the latter.
    """
    if not _ASKS_NAMES.search(fold(query.question)):
        return [*ranked]
    return _next_first(ranked, query, _tells_names, _AS_LIKELY)


def reason_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with the clause that tells a reason before the one it is the reason of."""
    if not _ASKS_REASON.search(fold(query.question)):
        return [*ranked]
    said = _next_first(ranked, query, _opens_with_reason, 0.0)
    return _next_first(said, query, _tells_reason, _AS_LIKELY)


def _next_first(
    ranked: Sequence[Ranked], query: Query, tells: Callable[[Candidate], bool], least: float
) -> list[Ranked]:
    """The ranking with the clause that tells it first, of the best one's sentence or the next, if that does not."""
    best = ranked[0] if ranked else None
    if best is None or query.asked is not Asked.TEXT or tells(best.candidate) or _holds_given(best.candidate, query):
        return [*ranked]
    alike = (one for one in ranked[1:] if one.candidate.planned == best.candidate.planned)
    likely = (one for one in alike if one.probability > best.probability * least)
    return _put_first((o for o in likely if _is_next(o.candidate, best.candidate) and tells(o.candidate)), ranked)


def _put_first(fitting: Iterable[Ranked], ranked: Sequence[Ranked]) -> list[Ranked]:
    """The ranking with the first of those that fit in place of the best one, or as it is when none does."""
    taken = next(iter(fitting), None)
    return in_place_of(ranked[:1], taken, ranked) if taken else [*ranked]


def _holds_given(candidate: Candidate, query: Query) -> bool:
    """Whether a clause holds a figure that the question itself tells, by which it is looked for."""
    told = {word.key for word in candidate.sentence.words if candidate.span.start <= word.start < candidate.span.end}
    return bool(told & {*query.given}) and not asks_edition(query)


def _is_next(one: Candidate, best: Candidate) -> bool:
    """Whether a clause stands in the sentence of another, or in the one after it."""
    before = one.sentence.before
    return one.sentence.span == best.sentence.span or (before is not None and before.span == best.sentence.span)


def _tells_names(candidate: Candidate) -> bool:
    """Whether a clause names something in capitals past its first word, other than a province, or a firm."""
    text, span = candidate.sentence.report.text, candidate.span
    if FIRM.search(fold(text[span.start : span.end])):
        return True
    told = [word for word in candidate.sentence.words if span.start <= word.start < span.end and word.key[0].isalpha()]
    if not told or told[0].end >= span.end:
        return False
    begins = told[0].end
    provinces = [(begins + one.start, begins + one.end) for one in find_provinces(text[begins : span.end])]
    names = (one for one in names_in(text, Span(begins, span.end)) if text[one.start : one.end].istitle())
    return any(not any(start <= name.start < end for start, end in provinces) for name in names)


def _opens_with_reason(candidate: Candidate) -> bool:
    return _OPENS_WITH_REASON.match(candidate.sentence.report.text, candidate.span.start) is not None


def _tells_reason(candidate: Candidate) -> bool:
    return _REASON.search(candidate.sentence.report.text, candidate.span.start, candidate.span.end) is not None
