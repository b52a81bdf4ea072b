"""Question and history → Query: what is asked, of which province and year; follow-ups resolved."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from assistant import ends, kinds, sides, slots
from assistant.bare import kind_of_phrase
from assistant.mentions import Places, find_places, proper_names
from assistant.types import FIGURES, Asked, Message, Part, Query, Reckoning, Wanted
from assistant.vocabulary import COMBINED
from index.lexicon import canonical_words
from index.types import Report, Span
from index.words import FULLY_ACCENTED, WORD, Word, accented_share, fold, key, keys, words

_COMPARED_YEAR = re.compile(
    r"so (?:v[oớ]i|vs\.?|vơi) (?:cùng kỳ |cung ky )?(?:hồi |hoi )?(?:đầu |dau |cuối |cuoi )?(?:năm |nam )?"
    r"((?:19|20)\d{2})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,/])((?:19|20)\d{2})(?![\d.,]\d)")
_PUBLISHED = re.compile(r"\b(?:công bố|cong bo|xếp hạng|xep hang)\b", re.IGNORECASE)
_MONTH_OF_YEAR = re.compile(r"\b(?:tháng|thang) \d{1,2}/((?:19|20)\d{2})\b", re.IGNORECASE)
_COUNT = re.compile(
    r"\b(?:có|co|đạt|dat|được|duoc|hơn|hon|gần|gan|khoảng|khoang)\s+(?:19|20)\d{2}\s+"
    r"(?!(?:có|co|là|la|hay|hoặc|hoac|thì|thi|bao|không|khong|đạt|dat|và|va|so)\b)[^\W\d_]",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?:công bố|cong bo)\s+(?:(?:vào|vao|giữa|giua|cuối|cuoi|đầu|dau|trong|năm|nam)\s+){0,3}(?:19|20)\d{2}"
)
"""When a ranking came out, which is not the year it is of."""
_A_REPORT = r"(?:báo cáo|bao cao|(?:bản|bài|ban|bai) (?:tổng kết|tong ket|viết|viet|báo|bao))\s(?:tổng kết |tong ket )?"
_OF_REPORT = re.compile(
    rf"(?:\b(?:trong|theo|ở|tại|o|tai)\s|\()(?:hai |các |cac |những |nhung )?{_A_REPORT}"
    r"(?:năm |nam )?(?P<one>(?:19|20)\d{2})(?!\d)"
    rf"(?:\s(?:và|va|với|voi)\s(?:{_A_REPORT})?(?:năm |nam )?(?P<other>(?:19|20)\d{{2}})(?!\d))?",
    re.IGNORECASE,
)
"""How a report is named by its year."""
_PERIOD = re.compile(r"(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}")
_MONEY, _POINT = key("tiền"), key("điểm")
_MEASURES = frozenset(map(key, ("lần", "hạng", "bậc")))
"""What is counted of how sides stand to each other."""
_INDEX, _OF_INDEX = re.compile(r"\b(?:chi so|dti|index|pci|papi|sipas)\b"), re.compile(r"\bgia tri\b(?! \w+ dong)")
_PLACES = frozenset(
    "phuc buu giao cau lom den trang truy van ban sang moi noi yeu phat thu tiep quet cung wifi truyen internet"
    " du".split()
)
"""What follows "bao nhiêu điểm" when places are meant."""
_WHICH_RANK = re.compile(r"\b(?:vi tri|thu hang|hang|xep hang) (?:nao|ra sao|the nao)\b")
_WHICH_SHARE = re.compile(r"\b(?:ti le|ti trong|muc|phan tram) nao$")
_THIN = 2
"""A question with no more content words than this leans on the one before it."""


def understand(question: str, history: Sequence[Message], reports: Sequence[Report]) -> Query:
    """Understand a question.

    Args:
        question: NFC, not empty.
        history: Earlier turns, oldest first; only the user's are looked at.
        reports: The indexed reports, whose provinces may be meant by bare abbreviations ("ĐN").
    """
    query = _understand_alone(question, reports)
    earlier = [turn for turn in history if turn.role == "user" and turn.content.strip()]
    if not earlier:
        return query
    return _carry_over(query, understand(earlier[-1].content, earlier[:-1], reports), reports)


def _understand_alone(question: str, reports: Sequence[Report]) -> Query:
    canonical = canonical_words(question, typed=True)
    places = find_places(question, canonical, reports)
    masked = places.as_words(question)
    text = kinds.pattern_text(masked, canonical_words(masked, typed=True))
    abbreviated = {"".join(part[0] for part in fold(name).split()) for name in places.names}
    outside = [
        word
        for word in canonical
        if not any(s.start <= word.start < s.end for s in places.spans) and word.folded not in abbreviated
    ]
    wanted = slots.counted_nouns(masked, places.spans)
    asked = kinds.kind_asked(text, any(wanted))
    if asked is Asked.SCORE and any(_counts_places(noun) for noun in wanted):
        asked = Asked.COUNT
    if asked is Asked.COUNT and any(noun and noun[0].key == _MONEY for noun in wanted):
        asked, wanted = Asked.MONEY, ((),)
    both_ends = ends.asks_both_ends(text) and not kinds.asks_target(text)
    changes = kinds.asking_words(Asked.CHANGE, text) | ends.moving_words(text) if both_ends else frozenset()
    if both_ends:
        asked, wanted = ends.amount_asked(text, any(wanted)), tuple(noun for noun in wanted if noun)[:1]
    if asked in (None, Asked.WHERE) and len(places.names) > 1 and sides.asks_earlier(text):
        asked = Asked.WHEN
    compared = sides.comparison(question, text, places.named, asked, any(wanted))
    compares = len(places.names) > 1 or len(compared.parts) > 1
    outside = sides.without_relation(outside) if compares else outside
    if compares and compared.reckoning in (Reckoning.RATIO, Reckoning.DIFFERENCE):  # "gấp mấy lần" counts nothing
        wanted = tuple(noun for noun in wanted if len(noun) != 1 or noun[0].key not in _MEASURES)
    if (counted_in := slots.counted_in(question)) is not None:
        outside = [word for word in outside if not counted_in.start <= word.start < counted_in.end]
    of_reports = _report_years(question, places.names, reports)
    if of_reports:
        spans = [Span(*match.span()) for match in _OF_REPORT.finditer(question)]
        outside = [word for word in outside if not any(s.start <= word.start < s.end for s in spans)]
    excluded = slots.left_out(question, outside)
    accented = accented_share(word.key for word in canonical) >= FULLY_ACCENTED
    terms = slots.content_words(outside, excluded, kinds.asking_words(asked, text) | changes, accented)
    of_parts = tuple(year for part in compared.parts for year in part.years)
    years = tuple(dict.fromkeys(of_parts)) or _years(question)
    given = tuple(word.key for word in terms if word.key[:1].isdigit() and not word.key[-1].isalpha())  # no "5G"
    if asked is Asked.YES_NO:  # the number supposed is compared, not looked for
        terms, given = tuple(word for word in terms if word.key not in given), ()
    return Query(
        question=question,
        provinces=places.names,
        years=tuple(year for year in years if year not in of_reports),
        asked=asked or Asked.TEXT,
        direction=kinds.direction_asked(text) if asked is Asked.CHANGE else "",
        target=kinds.asks_target(text),
        negated=kinds.asks_negated(text),
        done=kinds.asks_done(text),
        wanted=wanted,
        leads=slots.leads(question),
        unit=kinds.time_unit(text),
        subject=slots.subject(question, terms),
        terms=terms,
        excluded=excluded,
        given=given,
        extreme=compared.extreme if asked is not Asked.WHO or compares or "nhat" in text.split() else 0,
        total=kinds.asks_total(text, question) or counted_in is not None,
        carried=(),
        names=proper_names(question, places.spans),
        compares=compares or (not places.names and kinds.asks_comparison(text)),
        follows=kinds.is_follow_up(text) or (kinds.points_back(question) and (not places.names or len(terms) <= _THIN)),
        search_text=_searched(question, places, reports),
        restored=False,
        of_plan=kinds.asks_share_of_plan(text),
        year_before=asked is not Asked.CHANGE and kinds.asks_year_before(text),
        parts=compared.parts,
        reckoning=compared.reckoning,
        amount=compared.amount,
        supposed=compared.supposed,
        several=() if compares or both_ends else _several(masked, places.spans),
        both_ends=both_ends,
        report_years=of_reports,
    )


def _counts_places(noun: Sequence[Word]) -> bool:
    """Whether "điểm" is counted as a place, as in "bao nhiêu điểm phục vụ", and is no score."""
    return len(noun) > 1 and noun[0].key == _POINT and noun[1].folded in _PLACES


def _several(question: str, places: Sequence[Span]) -> tuple[Wanted, ...]:
    """What the parts of a question ask for, where they are figures of different kinds, or a result and its plan."""
    found: list[Wanted] = []
    target = False
    for part in slots.parts(question):
        text = kinds.pattern_text(part, canonical_words(part, typed=True))
        if _WHICH_RANK.search(text) and not kinds.asks_number(text):
            found.append(Wanted(Asked.RANK, (), target, _years(part)))  # "giữ vị trí nào, mấy điểm?"
            continue
        if not kinds.asks_number(text):
            bare = kind_of_phrase(text) if found and len(text.split()) <= _THIN else None
            bare = Asked.PERCENT if found and _WHICH_SHARE.search(text) else bare
            if bare in FIGURES and bare is not Asked.COUNT:
                found.append(Wanted(bare, (), target))
            continue
        target = kinds.asks_target(text) or (target and not kinds.asks_result(text))
        nouns = slots.counted_nouns(part, places)
        asked = kinds.kind_asked(text, any(nouns))
        if asked is Asked.MONEY and _OF_INDEX.search(text) and _INDEX.search(fold(question)):
            asked = Asked.SCORE
        if found and asked is Asked.COUNT and not any(nouns):  # "viễn thông thu bao nhiêu tiền, bưu chính bao nhiêu"
            asked = found[-1].asked
        found.extend(Wanted(asked, noun, target, _years(part)) for noun in nouns or ((),) if asked in FIGURES)
    return tuple(found) if len({one.asked for one in found}) > 1 or len({one.target for one in found}) > 1 else ()


def _searched(question: str, places: Places, reports: Sequence[Report]) -> str:
    """The question without the provinces that have reports: only theirs are searched, so the names tell no more.

    Provinces alone are searched for, and so are their names where a report tells no province.
    """
    provinces = {report.province for report in reports}
    if "" in provinces or not provinces.issuperset(places.names):
        return question
    kept = [letter for at, letter in enumerate(question) if not any(s.start <= at < s.end for s in places.spans)]
    without = "".join(kept)
    return without if WORD.search(without) else question


def _years(question: str) -> tuple[int, ...]:
    """The years named.

    None are those only compared with ("so với năm 2022"), those that bound a period, and counts ("có 2000 trạm").
    """
    compared = set(_COMPARED_YEAR.findall(question))
    years = _YEAR.findall(_ANNOUNCED.sub(" ", _COUNT.sub(" ", _PERIOD.sub(" ", question))))
    years = years or ([] if _PUBLISHED.search(question) else _MONTH_OF_YEAR.findall(question))
    return tuple(dict.fromkeys(int(year) for year in years if year not in compared))


def _report_years(question: str, provinces: Sequence[str], reports: Sequence[Report]) -> tuple[int, ...]:
    """The years by which a question names reports that there are of each of its provinces."""
    told = list(_OF_REPORT.finditer(question))
    named = tuple(dict.fromkeys(int(year) for match in told for year in match.groups() if year))
    known = {(report.province, report.year) for report in reports}
    return named if provinces and all((name, year) in known for name in provinces for year in named) else ()


def _replaced_trades(known: Set[str]) -> Set[str]:
    """Words of trades that give way to the one now asked: "Còn viễn thông thì sao?" after a question on posts."""
    replaced: set[str] = set()
    for pair in COMBINED:
        one, other = (frozenset(word.key for word in words(trade)) for trade in pair)
        replaced |= (other - one if one <= known else set()) | (one - other if other <= known else set())
    return replaced


def _set_against(query: Query, before: Query) -> Query | None:
    """A follow-up that sets another year or province against the one asked about before, or None.

    "Nhiều hơn năm 2022 bao nhiêu?" after a question on 2024; "So với Cà Mau thì sao?" after one on Lào Cai.
    """
    one = len(before.provinces) == 1 and len(before.years) < 2
    if query.reckoning in (Reckoning.LIST, Reckoning.TOTAL) or not one or query.compares:
        return None
    vague = query.asked in (Asked.COUNT, Asked.TEXT)
    query = replace(query, amount=before.amount or before.asked if vague else query.asked, compares=True)
    if len(query.provinces) == 1 and query.provinces != before.provinces:
        parts = (Part(before.provinces[0], before.years), Part(query.provinces[0], query.years or before.years))
        return replace(query, provinces=before.provinces + query.provinces, parts=parts)
    if not query.provinces and len(query.years) == 1 and query.years != before.years:
        parts = (Part(before.provinces[0], before.years), Part(before.provinces[0], query.years))
        return replace(query, provinces=before.provinces, years=before.years + query.years, parts=parts)
    return None


_POINTING = frozenset(
    keys(
        "cùng hồi kế tiếp sau sang ấy đó này họ vậy mảng loại khoản chỗ cái nếu chỉ xét kết cục rồi qua khi lúc"
        " thời điểm"
    )
)
"""Words of a follow-up that only point back, or on."""


def _years_carried(query: Query, before: Query, reports: Sequence[Report]) -> tuple[int, ...]:
    """The years of the question before that hold for this one: of another province those it has a report of."""
    if query.target or not query.provinces or set(query.provinces) <= set(before.provinces):
        return () if query.target else before.years
    told = {report.year for report in reports if report.province in query.provinces}
    return tuple(year for year in before.years if year in told)


def _carry_over(query: Query, before: Query, reports: Sequence[Report]) -> Query:
    """Fill the slots a follow-up leaves out from the question before it."""
    tells_slot = query.asked is not Asked.TEXT or bool(query.provinces or query.years or query.target)
    few = len(query.terms) <= (0 if query.provinces else _THIN)
    leans = query.follows or (few and tells_slot)
    provinces = query.provinces or (() if query.compares else before.provinces)
    if not leans:
        same = not (query.provinces or query.years or query.target) and query.asked is not Asked.TEXT
        return replace(query, provinces=provinces, years=before.years if same and not before.compares else query.years)
    if (against := _set_against(query, before)) is not None:
        query, provinces = against, against.provinces
    terms = tuple(word for word in query.terms if word.key not in _POINTING)
    known = {word.key for word in terms}
    years = query.years or _years_carried(query, before, reports)
    if not query.years and kinds.asks_year_after(query.question):
        years = tuple(year + 1 for year in before.years[-1:])
    if query.year_before:
        years = query.years or tuple(year - 1 for year in before.years)
    asked = before.asked if query.asked is Asked.TEXT else query.asked
    return replace(
        query,
        provinces=provinces,
        years=years,
        terms=terms,
        asked=asked,
        target=query.target or (before.target and not query.years),
        wanted=query.wanted if any(query.wanted) or asked is not before.asked else before.wanted,
        total=query.total or (before.total and asked is before.asked),
        carried=tuple(
            word for word in (*before.terms, *before.carried) if word.key not in known | _replaced_trades(known)
        ),
        compares=query.compares or (before.compares and not query.provinces),
        search_text=f"{query.search_text} {before.search_text}",
    )
