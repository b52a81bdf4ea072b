"""A part or its whole: which of the figures that one sentence tells a question means, by what marks the part."""

import re
from collections.abc import Sequence

from assistant.marks import count_alike, head_noun, in_place_of, names_in, ranked_anew, tells_most, terms_in
from assistant.match import Matcher
from assistant.rank import asks_new, is_half
from assistant.ranker import Ranked
from assistant.sayings import NEW
from assistant.types import Asked, Query
from assistant.vocabulary import LEADING, OUT_OF
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.numbers import Kind
from index.types import Span
from index.words import Word, fold

_AS_LIKELY_WHOLE, _AS_LIKELY_BASE = 0.3, 0.01
"""How probable a whole in place of a part, or a base in place of what is counted out of it, must be against it."""
_TELLS_OF_BASE = re.compile(r",|\bcó\b")
"""Where what is told of a base ends and the figure counted out of it is led in."""
_RAISED_TO = re.compile(r"\b(?:nâng|đưa)\b[^,;.]*\b(?:lên|là|thành)\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:gộp|tổng(?! công ty| cục| đài)|cộng(?! đồng| tác)|cả hai|hai (?:lĩnh vực|mảng|khối)"
    r"|chung(?! cư| kết| khảo| tay| sức))\b",
    re.IGNORECASE,
)
"""What leads to the whole after what was added, and to the sum of several."""
_LED_OUT_OF = re.compile(rf"\b{OUT_OF} $", re.IGNORECASE)


def whole_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with the whole before its parts, where both are likely and the question has no mark of the parts.

    "Bưu chính thu bao nhiêu?" is answered by "doanh thu bưu chính đạt 150 tỷ đồng, trong đó chuyển phát 25 tỷ": no word
    of the part that the whole does not have is asked for.
    """
    best = ranked[0] if ranked else None
    if best is None or best.candidate.direction or query.extreme:
        return [*ranked]
    if not best.candidate.is_part:
        return _with_parts(best, ranked, query, matcher)
    likely = (one for one in ranked if one.probability > best.probability * _AS_LIKELY_WHOLE)
    wholes = [one for one in likely if _is_whole_of(one.candidate, best.candidate)]
    if (
        not wholes
        or not (query.total or tells_most(wholes[-1].candidate, matcher))
        or not _has_no_mark(best.candidate, wholes[-1].candidate, matcher, query)
    ):
        return [*ranked]
    whole = wholes[-1]
    parts = [one for one in ranked if one.candidate.is_part and _is_whole_of(whole.candidate, one.candidate)]
    return ranked_anew(parts, whole, ranked)


def _with_parts(whole: Ranked, ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with a whole that holds most of what is asked as probable as it and its unmarked parts are."""
    parts = [one for one in ranked if one.candidate.is_part and _is_whole_of(whole.candidate, one.candidate)]
    if not parts or not tells_most(whole.candidate, matcher):
        return [*ranked]
    unmarked = all(_has_no_mark(part.candidate, whole.candidate, matcher, query) for part in parts)
    return in_place_of(parts, whole, ranked) if unmarked else [*ranked]


def sum_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with what is told to be all together before what it sums up, both of one sentence.

    "Cấp mới 1.305 chứng thư số, nâng tổng số lên 9.640" answers "tất cả bao nhiêu?" by the latter, and "viễn thông
    3.286 tỷ, bưu chính 1.954 tỷ; gộp hai lĩnh vực là 5.240 tỷ" answers "cả bưu chính lẫn viễn thông?" by the last.
    """
    best = ranked[0] if ranked else None
    if best is None or best.candidate.quantity is None or query.asked not in (Asked.COUNT, Asked.MONEY):
        return [*ranked]
    added = query.total and not asks_new(query) and NEW.search(_lead_in(best.candidate)) is not None
    sums = _RAISED_TO if added else _TOGETHER if is_half(best.candidate, matcher) else None
    for one in ranked[1:] if sums else ():
        behind = one.probability > 0 and _is_behind(one.candidate, best.candidate)
        if behind and one.candidate.kind is best.candidate.kind and sums and sums.search(_lead_in(one.candidate)):
            return in_place_of([best], one, ranked)
    return [*ranked]


def base_first(ranked: Sequence[Ranked], query: Query, matcher: Matcher) -> list[Ranked]:
    """The ranking with what others are counted out of first where all is asked for, and behind them where it is not.

    "Gỡ 136 trong tổng số 149 bài viết" answers "bao nhiêu bài bị gỡ?" by 136, and "Trong 312.950 hồ sơ có 218.436 hồ
    sơ nộp qua mạng" answers "tổng số bao nhiêu hồ sơ?" by the former.
    """
    best = ranked[0] if ranked else None
    if best is None or query.asked is not Asked.COUNT or query.extreme:
        return [*ranked]
    beside = [one for one in ranked[1:] if one.probability > best.probability * _AS_LIKELY_BASE]
    for one in beside:
        near = one.candidate.sentence.span == best.candidate.sentence.span and one.candidate.has_form_of(best.candidate)
        if not near or not count_alike(one.candidate, best.candidate):
            continue
        if _is_base(one.candidate) and (query.total or _alone_is_marked(one.candidate, best.candidate, matcher)):
            return in_place_of([best], one, ranked)
        if best.candidate.is_base and not one.candidate.is_base and not query.total:
            return in_place_of([best], one, ranked)
    return [*ranked]


def _alone_is_marked(base: Candidate, counted_out: Candidate, matcher: Matcher) -> bool:
    """Whether what is asked stands behind a base and not behind the figure counted out of it.

    "Trong 1.420 doanh nghiệp được khảo sát có 900 doanh nghiệp dùng hợp đồng điện tử", asked for those surveyed.
    """
    sentence = base.sentence
    ends = _TELLS_OF_BASE.search(sentence.report.text, base.core.end, counted_out.core.start)
    between = terms_in(matcher, sentence, [Span(base.core.end, ends.start() if ends else base.core.end)])
    behind = terms_in(matcher, sentence, [Span(counted_out.core.end, max(counted_out.span.end, counted_out.tail))])
    return bool(between - behind) and not behind - between


def parts_of(whole: Candidate) -> list[Candidate]:
    """The figures of a sentence that are told to be parts of one before them: "trong đó A 25 tỷ; B 35 tỷ"."""
    behind = (one for one in figure_candidates(whole.sentence) if one.core.start > whole.core.start)
    return [one for one in behind if one.is_part and not one.direction and one.has_form_of(whole)]


def _is_behind(one: Candidate, other: Candidate) -> bool:
    """Whether a figure is told behind another one of its sentence."""
    return one.sentence.span == other.sentence.span and one.core.start > other.core.start


def _is_whole_of(whole: Candidate, part: Candidate) -> bool:
    """Whether a figure before a part, of its sentence, form and noun, is what it is a part of."""
    alike = whole.has_form_of(part) and whole.planned == part.planned and part.kind in (Kind.NUMBER, Kind.MONEY)
    counted = head_noun(whole) == head_noun(part)
    behind = _is_behind(part, whole) or _opens_with_part(part, whole)
    return behind and alike and counted and not (whole.is_part or whole.direction or whole.former)


def _opens_with_part(part: Candidate, whole: Candidate) -> bool:
    """Whether a part opens the sentence after the one that tells its whole: "Trong đó, đã kích hoạt 850.836"."""
    sentence = part.sentence
    goes_on = sentence.before is not None and sentence.before.span == whole.sentence.span
    return goes_on and part.is_part and sentence.text.lower().startswith("trong đó")


def _is_base(candidate: Candidate) -> bool:
    """Whether another figure of its sentence is counted out of it."""
    text, start = candidate.sentence.report.text, candidate.sentence.span.start
    return candidate.is_base or _LED_OUT_OF.search(text, start, candidate.core.start) is not None


def _has_no_mark(part: Candidate, whole: Candidate, matcher: Matcher, query: Query) -> bool:
    """Whether nothing that tells a part apart from its whole is asked for; a part without such words only for a sum."""
    text, asked = part.sentence.report.text, fold(query.question)
    own = Span(max(part.begins, min(whole.core.end, part.core.start)), part.span.end)
    if any(fold(text[name.start : name.end]) in asked for name in names_in(text, own)):
        return False  # a name of the part's own: "70 phóng viên Báo Nam Định"
    whole_words = {word.folded for word in _own_words(whole)}
    marks = [word for word in _own_words(part) if word.folded not in whole_words and word.key not in LEADING]
    return not any(matcher.is_asked(word) for word in marks) and (bool(marks) or query.total)


def _own_words(candidate: Candidate) -> list[Word]:
    """The words of what leads to a figure, of itself and of what it counts."""
    own = (word for word in candidate.sentence.words if candidate.begins <= word.start < candidate.span.end)
    return [word for word in own if word.key[0].isalpha()]


def _lead_in(candidate: Candidate) -> str:
    """What of the sentence leads to a figure."""
    return candidate.sentence.report.text[candidate.begins : candidate.core.start]
