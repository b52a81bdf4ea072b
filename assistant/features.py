"""What speaks for and against a candidate, as numbers a learned ranker weighs; see ``training/ranker.py``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant import rank
from assistant.as_put import is_as_put
from assistant.match import TAIL, Matcher
from assistant.meaning import Likeness, Meanings, Pieces
from assistant.types import Asked, Query
from assistant.vocabulary import RIVALS, STRICT_RIVALS
from index.candidates import Candidate
from index.lexicon import canonical_words
from index.numbers import Kind
from index.types import Span
from index.words import Word, fold

Row = NDArray[np.float32]

_FORMS = (*Kind, None)
PLAIN = (
    "coverage", "strong", "inside", "missing", "key_missing", "near", "near_own", "near_span", "near_missing",
    "near_key_missing", "hit", "unasked", "unasked_near", "unasked_noun", "subject", "close", "phrases",
    "fits", "as_put",
    "counted", "uncounted", "counted_near", "wanted_near", "no_noun",
    "change", "no_change", "unasked_change", "other_direction", "same_direction", "new",
    "target", "no_target", "unasked_target", "plan_year",
    "year", "own_year", "report_year", "other_year", "wrong_year", "near_year", "former", "unasked_former",
    "of_plan", "unasked_plan_share", "no_plan_share", "part", "part_of_total", "combined", "excluded", "other_slot",
    "given", "row", "first", "figures", "words", "listed", "negated", "place", "office",
    "total", "unasked_total", "no_total", "extreme", "unasked_extreme", "no_extreme", "each", "unasked_each", "no_each",
    "remains", "unasked_remains", "no_remains", "new_told", "unasked_new_told", "no_new_told",
    "head", "other_head", "sort", "other_sort", "misfit", "older", "fits_all", "sure", "by_hand", "title", "short",
    "reason", "no_reason", "planned_year", "rival_told", "rival_other", "rival_missing", "rival_strict",
    "other_wanted", "ruled_out",
)  # fmt: skip
"""The features that are no pairs of what is asked and what form the candidate has."""
_PLACES = {name: place for place, name in enumerate(PLAIN)}
POOLED = ("rarest_own", "rarest_near", "rare_found", "rare_own", "rare_near", "best_found", "best_own", "best_near")
"""Features by what sets a candidate apart from the others: words of the question that few of them have."""
RELATIVE = ("coverage", "strong", "inside", "near", "near_own", "near_span", "hit", "close", "wanted_near", "rare_own",
            "rare_near", "rare_found", "rarest_own", "by_hand")  # fmt: skip
"""Features that also count by how far they are below the best candidate's."""
NAMES = (
    *PLAIN,
    *POOLED,
    *(f"below_{name}" for name in RELATIVE),
    "age",
    *(f"{asked.value}_{form.value if form else 'text'}" for asked in Asked for form in _FORMS),
)


LOOKED_INTO = 14
"""Candidates whose features are all computed, those that hold most of the question; the others are ruled out."""


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
        query, matcher, pieces, _rivals_asked(query), slot, wanted if wanted is not None and wanted.any() else None
    )


def features(candidates: Sequence[Candidate], hits: Sequence[float], asking: Asking, meanings: Meanings) -> Row:
    """The features of a query's candidates, shape (candidates, features) float32, in the order of ``NAMES``.

    Args:
        candidates: What may answer.
        hits: Retrieval score of each one's passage.
        asking: The query.
        meanings: Knows the words of sentences by meaning.
    """
    if not candidates:
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    query, matcher = asking.query, asking.matcher
    sentences = {id(candidate.sentence): candidate.sentence for candidate in candidates}
    like = {key: Likeness(asking.pieces, meanings.of_sentence(sentence)) for key, sentence in sentences.items()}
    found = np.array([matcher.found(c) for c in candidates], dtype=np.float32).reshape(len(candidates), -1)
    own = np.array([matcher.within(c.sentence, c.span) for c in candidates], dtype=np.float32)
    own = own.reshape(len(candidates), -1)
    near = np.array([like[id(c.sentence)].nearest((c.zone, *c.heads)) for c in candidates], dtype=np.float32)
    plain = np.zeros((len(candidates), len(PLAIN)), dtype=np.float32)
    pairs = np.zeros((len(candidates), len(Asked) * len(_FORMS)), dtype=np.float32)
    place = list(Asked).index(query.asked) * len(_FORMS)
    weights = np.array([term.weight for term in matcher.terms], dtype=np.float32)
    plain[:, PLAIN.index("ruled_out")] = 1
    for row in _looked_into(found, weights, near, asking.pieces.weights):
        candidate, hit = candidates[row], hits[row]
        told = _told(candidate, hit, asking, like[id(candidate.sentence)], found[row].tolist())
        told["ruled_out"] = float(_ruled_out(candidate, query, told))
        plain[row, PLAIN.index("ruled_out")] = 0
        for name, value in told.items():
            if name in _PLACES:
                plain[row, _PLACES[name]] = value
        pairs[row, place + _FORMS.index(candidate.kind)] = 1
    pooled = np.stack(
        [
            _rare(own, np.ones_like(weights)), _rare(near, np.ones_like(asking.pieces.weights)),
            _rare(found, weights), _rare(own, weights), _rare(near, asking.pieces.weights),
            _best(found, weights), _best(own, weights), _best(near, asking.pieces.weights),
        ],
        axis=1,
    )  # fmt: skip
    measured = dict(zip((*PLAIN, *POOLED), np.concatenate([plain, pooled], axis=1).T, strict=True))
    below = np.stack([measured[name] - measured[name].max() for name in RELATIVE], axis=1)
    return np.concatenate([plain, pooled, below, _ages(candidates, query)[:, None], pairs], axis=1)


def _looked_into(found: Row, weights: Row, near: Row, pieces: Row) -> list[int]:
    """Rows of the candidates that hold most of the question, by its words and by what they mean."""
    held = found @ weights / max(float(weights.sum()), 1e-6) + near @ pieces / max(float(pieces.sum()), 1e-6)
    return [int(row) for row in np.argsort(-held, kind="stable")[:LOOKED_INTO]]


def _rare(found: Row, weights: Row) -> Row:
    """Share, 0 to 1, of the question's words found, each weighing more the fewer candidates have it.

    Args:
        found: How well each word is found at each candidate, shape (candidates, words).
        weights: Of the words, shape (words,).
    """
    if not found.size:
        return np.zeros(len(found), dtype=np.float32)
    spread = weights * np.log((1 + len(found)) / (0.5 + found.sum(axis=0)))
    spread = np.maximum(spread, 0)
    shares: Row = (found @ spread / max(float(spread.sum()), 1e-6)).astype(np.float32)
    return shares


def _best(found: Row, weights: Row) -> Row:
    """Share, 0 to 1, of the question's words that no other candidate has better."""
    if not found.size or not weights.sum():
        return np.zeros(len(found), dtype=np.float32)
    highest = found.max(axis=0)
    shares: Row = (((found >= highest - 0.02) & (highest > 0.2)) @ weights / weights.sum()).astype(np.float32)
    return shares


def _ages(candidates: Sequence[Candidate], query: Query) -> Row:
    """How many years older each is than the latest, in fives, when the question names no year."""
    years = np.array([_year_of(candidate) for candidate in candidates], dtype=np.float32)
    if query.years or not years.any():
        return np.zeros(len(years), dtype=np.float32)
    ages: Row = np.where(years > 0, (years.max() - years) / 5, 0).astype(np.float32)
    return ages


def _year_of(candidate: Candidate) -> int:
    year = candidate.sentence.report.year or 0
    return min(max(candidate.years, default=year), year) if candidate.sentence.row else year


def _told(
    candidate: Candidate, hit: float, asking: Asking, likeness: Likeness, found: Sequence[float]
) -> dict[str, float]:
    return {
        **_lexical(candidate, asking, found),
        **_by_meaning(candidate, asking, likeness),
        **_said(candidate, asking.query),
        **_by_hand(candidate, hit, asking, found),
        **_rivals(candidate, asking),
        **_form(candidate, asking),
        **_years(candidate, asking.query),
        **_plans(candidate, asking.query),
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
        "combined": float(rank.is_combined(candidate, matcher)),
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
    figure = candidate.quantity is not None and candidate.kind not in (Kind.DATE, Kind.TIME, Kind.YEAR)
    scored = (
        rank.score_figure(candidate, query, matcher, hit, asking.slot, found)
        if figure
        else rank.score_text(candidate, query, matcher, hit, found)
    )
    report = candidate.sentence.report
    said = report.text[candidate.span.start : candidate.span.end]
    years = _year_of(candidate)
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
_EACH = re.compile(r"\b(?:mỗi|bình quân|trung bình|từng)\b", re.IGNORECASE)
_NEW = re.compile(r"\b(?:mới|thêm|bổ sung)\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:do|vì|nhờ|bởi|nguyên nhân|lý do)\b", re.IGNORECASE)
_ASKS_REASON = re.compile(r"\b(?:vì sao|tại sao|lý do|nguyên nhân|do đâu)\b", re.IGNORECASE)


def _said(candidate: Candidate, query: Query) -> dict[str, float]:
    """What the words around a candidate say of it, beside what the question says: the whole, the most, what lacks."""
    text, asked = candidate.sentence.report.text, query.question
    own = text[min(candidate.span.start, candidate.lead.start) : candidate.span.end]
    pairs = {
        "total": (_TOTAL.search(own), query.total or _TOTAL.search(asked)),
        "extreme": (_EXTREME.search(own), query.extreme or _EXTREME.search(asked)),
        "each": (_EACH.search(own), _EACH.search(asked)),
        "remains": (_REMAINS.search(own), _REMAINS.search(asked)),
        "new_told": (_NEW.search(own), _NEW.search(asked)),
        "reason": (_REASON.search(own), _ASKS_REASON.search(asked)),
    }
    told: dict[str, float] = {}
    for name, (says, asks) in pairs.items():
        told[name] = float(bool(says and asks))
        told[f"unasked_{name}"] = float(bool(says and not asks))
        told[f"no_{name}"] = float(bool(asks and not says))
    return told


@dataclass(frozen=True, slots=True)
class _Mention:
    """A thing of ``RIVALS[group]`` that a text names, at offset ``start``."""

    group: int
    name: str
    start: int


@lru_cache(maxsize=8192)
def _mentions(text: str, offset: int) -> tuple[_Mention, ...]:
    """What a text that begins at ``offset`` names of the things counted side by side."""
    folded = fold(text)
    return tuple(
        _Mention(number, match.group().replace(" do ", " "), offset + match.start())
        for number, group in enumerate(RIVALS)
        for match in group.finditer(folded)
    )


def _rivals(candidate: Candidate, asking: Asking) -> dict[str, float]:
    """Whether the figure is of what the question names among things counted side by side, or of another of them."""
    sentence = candidate.sentence
    parts = (sentence.span, *sentence.headings, *((sentence.before.span,) if sentence.before else ()))
    told = [one for part in parts for one in _mentions(sentence.report.text[part.start : part.end], part.start)]
    near = Span(min(candidate.span.start, candidate.lead.start), candidate.zone.end)
    spans = (near, *candidate.heads)
    held = other = missing = strict = 0
    for number, named in asking.rivals.items():
        of_group = [one for one in told if one.group == number]
        close = {one.name for one in of_group if near.start <= one.start < near.end}
        own = {one.name for one in of_group if any(span.start <= one.start < span.end for span in spans)}
        held += bool(named & own)
        of_other = bool(close or own) and not (close or own) & named
        other += of_other
        strict += of_other and number < STRICT_RIVALS
        missing += not named & {one.name for one in of_group}
    return {
        "rival_told": held / 2,
        "rival_other": other / 2,
        "rival_missing": missing / 2,
        "rival_strict": float(strict),
    }


def _rivals_asked(query: Query) -> dict[int, frozenset[str]]:
    """What a question names among things counted side by side, but for what it leaves out, by their group."""
    asked = f"{query.question} {query.search_text}" if query.follows else query.question
    left_out = {word.folded for word in query.excluded}
    named: dict[int, frozenset[str]] = {}
    for one in _mentions(asked, 0):
        if not left_out & set(one.name.split()):
            named[one.group] = named.get(one.group, frozenset()) | {one.name}
    return named


_NEVER = ("other_year", "other_sort", "unasked_former", "no_change", "unasked_plan_share", "given", "rival_strict")
"""What hardly any right answer has (less than 1 in 200 of those in the training sets), and wrong ones often."""


def _ruled_out(candidate: Candidate, query: Query, told: Mapping[str, float]) -> bool:
    """Whether a candidate cannot answer: of another year, sort or trade, of a deputy where the head is asked for."""
    if told.get("wrong_year") and not told.get("near_year"):
        return True
    if query.asked is Asked.WHO and candidate.kind is None and not rank.same_office(candidate, query):
        return True
    if query.asked is Asked.COUNT and told.get("misfit") and not query.target:
        return True  # a share, where things are counted
    return any(told.get(name) for name in _NEVER) or (query.asked is Asked.WHERE and not told.get("as_put"))


_SORTS = tuple(
    frozenset(fold(word) for word in sort.split(","))
    for sort in (
        "người,thành viên,cá nhân,cán bộ,học viên,công dân,lượt người,lượt cán bộ,đại biểu,thí sinh,công chức,viên chức"
        ",chuyên viên,phóng viên,người dân,nhân lực,lao động,thầy,giáo viên,hội viên,lượt học viên",
        "đơn vị,cơ quan,doanh nghiệp,công ty,tổ chức,sở,nhà mạng,tờ báo,tờ,tạp chí,báo,đài",
        "xã,phường,thị trấn,huyện,thôn,bản,ấp,khóm,tổ dân phố,địa phương,làng,buôn,tiểu khu,điểm lõm,địa bàn,nơi",
        "trạm,cột,vị trí,điểm,chỗ,bưu cục,cơ sở",
        "cuộc,đợt,lần,lớp,hội nghị,buổi,khóa,chuyến,vụ,trường hợp,quyết định",
        "tổ,đội,nhóm,câu lạc bộ,ban",
        "hồ sơ,thủ tục,dịch vụ,văn bản,tài liệu,giấy phép,tin,bài,tác phẩm,ấn phẩm,bản ghi,dữ liệu",
        "lượt,cuộc gọi,phản ánh,kiến nghị,giao dịch,tin nhắn",
        "hộ,gia đình,thuê bao,tài khoản,máy,thiết bị,chữ ký,chứng thư",
        "tấn,km,m2,ha,kg",
        "giải,bằng khen,giấy khen,cờ,huân chương,tập thể",
    )
)
"""Nouns that people exchange for one another when they count."""


def _sort(noun: str) -> frozenset[int]:
    """Which of ``_SORTS`` a noun's first word or two belong to."""
    listed = fold(noun).split()[:2]
    heads = {" ".join(listed), *listed[:1]}
    return frozenset(number for number, sort in enumerate(_SORTS) if heads & sort)


def _counting(candidate: Candidate, wanted: Sequence[Word], query: Query) -> dict[str, float]:
    """How what the figure counts stands to what is to be counted."""
    noun = candidate.noun
    if not wanted or not noun or candidate.quantity is None:
        return {}
    asked = query.question[wanted[0].start : wanted[-1].end] if wanted[-1].end <= len(query.question) else ""
    first = next(iter(canonical_words(noun)), None)
    one, other = _sort(asked), _sort(noun)
    same = first is not None and first.folded == wanted[0].folded
    return {
        "head": float(same),
        "other_head": float(not same),
        "sort": float(bool(one & other)),
        "other_sort": float(bool(one and other and not one & other)),
        "other_wanted": max((rank.noun_match(candidate, slot) for slot in query.wanted if slot != wanted), default=0.0),
    }


def _form(candidate: Candidate, asking: Asking) -> dict[str, float]:
    query = asking.query
    wanted = query.wanted[asking.slot] if asking.slot < len(query.wanted) else ()
    counted = rank.noun_match(candidate, wanted)
    asks_change = query.asked is Asked.CHANGE
    asks_new = any(term.folded in ("moi", "them") for term in query.terms)
    text = candidate.sentence.report.text
    said = text[candidate.span.start : candidate.span.end]
    figures = [q for q in candidate.sentence.quantities if q.kind not in (Kind.YEAR, Kind.DATE, Kind.TIME)]
    counting = _counting(candidate, wanted, query)
    kind_fits = (
        rank.form_fits(candidate, query, bool(wanted)) if candidate.quantity else rank.text_fits(candidate, query)
    )
    return {
        **counting,
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
    r"\b(?:so với|hơn|kém|bằng|từ)\s+(?:cùng kỳ\s+)?(?:cuối\s+)?năm\s+(?:19|20)\d{2}", re.IGNORECASE
)
"""A year that a figure is only compared with."""


def _years(candidate: Candidate, query: Query) -> dict[str, float]:
    asked, sentence = set(query.years), candidate.sentence
    year = sentence.report.year or 0
    of = candidate.years or {year + 1 if candidate.planned else year}
    before = query.year_before and not asked
    if not asked:
        return {
            "former": float(before and (candidate.former or year - 1 in candidate.years)),
            "unasked_former": float(candidate.former and not before),
        }
    around = sentence.report.text[min(sentence.span.start, candidate.zone.start) : candidate.zone.end]
    around = _COMPARED_YEAR.sub("", around) + (sentence.before.text if sentence.before else "")
    return {
        "year": float(bool(of & asked)),
        "own_year": float(bool(candidate.years & asked)),
        "report_year": float(year in asked),
        "other_year": float(bool(candidate.years) and not candidate.years & asked),
        "wrong_year": float(not of & asked),
        "near_year": float(any(str(one) in around for one in asked)),
        "former": float(candidate.former and bool(candidate.years & asked)),
        "unasked_former": float(candidate.former and not candidate.years & asked),
    }


def _plans(candidate: Candidate, query: Query) -> dict[str, float]:
    return {
        "target": float(query.target and candidate.planned),
        "no_target": float(query.target and not candidate.planned),
        "unasked_target": float(not query.target and candidate.planned),
        "plan_year": float(rank.names_plan_year(candidate, query)),
        "of_plan": float(query.of_plan and candidate.of_plan),
        "unasked_plan_share": float(candidate.of_plan and not query.of_plan),
        "no_plan_share": float(query.of_plan and not candidate.of_plan),
    }
