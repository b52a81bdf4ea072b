"""What a question compares: which year goes with which province, and what is to be made of the figures.

Patterns look at the question's pattern text without its brackets: lower case, without diacritics.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant import kinds
from assistant.types import Asked, Part, Reckoning
from index.words import Word, fold, key

_HOW_MANY = r"(bao nhieu|baonhieu|may|bn)\b"
_DIFFERENCE = re.compile(
    rf"\bchenh( lech)?\b|\bhon kem\b|\bcach (nhau|biet)\b|\bkhac nhau {_HOW_MANY}|\b(hon|kem)( \w+){{0,9}}? {_HOW_MANY}"
)
_RATIO = re.compile(rf"\bgap( \w+){{0,9}}? {_HOW_MANY}( lan)?\b|\bbang {_HOW_MANY} lan\b")
_MEETS, _TIMES, _GAP = re.compile(r"\bgặp\b", re.I), re.compile(r"\bgấp\b", re.I), re.compile(r"\bgap\b")
""" "gặp báo chí bao nhiêu lần" wants no ratio, as "gấp bao nhiêu lần" does."""
_TOTAL = re.compile(
    rf"\b({kinds.SUM}|cong lai|gop lai)\b|\bca (hai|ba|bon|nam|\d) (tinh|noi|dia phuong|ben|nam)\b|\bca \w+ gop\b"
)
_SUMMED = re.compile(r"\b(cong lai|gop lai|tong cong|ca (hai|ba|\d) nam|hai nam)\b")
_EACH = re.compile(r"\b(lan luot|moi|tung|rieng)\b")
_LARGE = "nhieu|cao|lon|dong|manh|tot|xa|dai|giau"
_SMALL = "it|thap|nho|kem|yeu|ngan|ngheo"
_MORE = re.compile(rf"\b({_LARGE})( \w+){{0,4}}? hon\b(?! \d{{1,3}}\b)|\bvuot (qua|tren|hon)\b")
_LESS = re.compile(rf"\b({_SMALL})( \w+){{0,4}}? hon\b(?! \d{{1,3}}\b)|\bkem (?!{_HOW_MANY})|\bthua\b")
_ABOVE = re.compile(r"\b(dung|xep)( \w+)? tren\b(?! (63|64|toan|ca|bang|moi)\b)")
_HON = re.compile(r"\bhon\b(?! \d{1,3}\b)")
_COMPARES = re.compile(r"\bso (sanh|voi|vs)\b|^so so\b.*\bvoi\b|\bkhac nhau\b|\bdoi chieu\b|\bra sao so\b")
_SO = re.compile(r"\[so\] .*\b(voi|giua)\b")
""" "So doanh thu của A với B": an accented question's "So" is no "Số"."""
_WHICH = re.compile(r"\b(ben|tinh|noi|cho|nam|dia phuong|huyen|so|dau|ben) nao\b|\bdau\b|\bai (?=hon\b)")
_ENDING = re.compile(r" (phai |dung |co )?(khong|chua|ko|hok)( a| vay| nhi)?$")
_GROWS = re.compile(r"\b(tang|giam)( truong| them)?\b")
_JOINED_YEARS = re.compile(
    r"(?:19|20)\d{2}\s(?:(?:là|có|được|đạt|thì|la|co|duoc|dat|thi)\s)?(?:bao nhiêu|bao nhieu|mấy|bn)\b[^,;?]{0,12},"
    r"\s(?:còn\s|con\s)?(?:năm |nam )?(?:19|20)\d{2}\s(?:(?:là|có|được|đạt|thì|la|co|duoc|dat|thi)\s)?"
    r"(?:bao nhiêu|bao nhieu|mấy|bn)\b"
    r"|(?:19|20)\d{2}\s*(?:,|và|va|với|voi|hay|hoặc|hoac|vs\.?|so với|so voi|lên|len|đến|den|tới|toi)\s*"
    r"(?:cuối |cuoi |đầu |dau |hết |het )?(?:năm |nam |kỳ |ky )?(?:19|20)\d{2}",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(som|muon|tre) hon\b")
_SET_AGAINST = re.compile(r"\bso sanh\b|\bkhac nhau\b|\bdoi chieu\b")
_WANTS_BOTH = re.compile(r"\bso sanh\b|\b(khac|chenh) nhau\b|\bdoi chieu\b")
_SINCE = re.compile(r"(?:so|sánh|sanh) (?:với|voi|vs\.?) (?:cùng kỳ |cung ky )?(?:năm |nam )?$", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.,/-])((?:19|20)\d{2})(?![\d.,-]\d|\s*-\s*(?:19|20)\d{2})")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_RANKED = re.compile(r"\b(xep hang|thu hang|xep thu|dung thu|(dung|xep) tren|(may|bao nhieu) (hang|bac))\b")
_POINTS = re.compile(r"\bdiem (phan tram|%)")
_IN_BRACKETS = re.compile(r"\((?:năm |nam )?$", re.IGNORECASE)
_ASKING = frozenset(key(word) for word in "bên nhau chênh lệch kém gấp gộp đối chiếu biệt".split())
_ADJECTIVES = frozenset(key(word) for word in "đông cao thấp lớn nhỏ mạnh".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A province or a year as a question names it, at offset ``start``."""

    name: str
    start: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a question wants of several sides; see the fields of ``Query`` of the same names."""

    parts: tuple[Part, ...]
    reckoning: Reckoning
    amount: Asked | None
    extreme: int
    supposed: int


def comparison(question: str, text: str, provinces: Sequence[Named], asked: Asked | None, counts: bool) -> Comparison:
    """What is compared, and how.

    Args:
        question: As asked.
        text: Its pattern text.
        provinces: Every mention of a province, in order.
        asked: The kind of answer the question's words tell.
        counts: Whether a noun is counted.
    """
    marked, text = text, text.replace("[", "").replace("]", "")
    if _MEETS.search(question) and not _TIMES.search(question):
        text = _GAP.sub("_", text)
    grown = asked is Asked.CHANGE
    parts = paired(question, text, provinces, grown)
    extreme = kinds.extreme_asked(text)
    reckoning = _reckoning(text, extreme)
    if reckoning is Reckoning.LIST and _SO.match(marked):
        reckoning = Reckoning.COMPARE
    if len(parts) < 2 and len({place.name for place in provinces}) < 2:
        return Comparison((), reckoning, None, extreme, 0)
    if parts and len({part.province for part in parts}) == 1:
        if grown:
            reckoning = Reckoning.DIFFERENCE
        elif reckoning is Reckoning.TOTAL and not _SUMMED.search(text):  # "tổng số trạm năm 2022 và 2023"
            reckoning = Reckoning.LIST
    above = _HON.search(text) or _ABOVE.search(text)
    more = 1 if _MORE.search(text) else -1 if _LESS.search(text) else int(above is not None)
    if asks_earlier(text) or (reckoning is Reckoning.LIST and not extreme):
        return Comparison(parts, Reckoning.LIST, None, extreme, 0)
    supposed = more if asked is Asked.YES_NO else 0
    if asked is Asked.YES_NO and not supposed:
        return Comparison(parts, Reckoning.LIST, None, extreme, 0)
    if reckoning is Reckoning.COMPARE and _WHICH.search(text):
        extreme = extreme or more
    return Comparison(parts, reckoning, _amount(marked, asked, counts, reckoning), extreme, supposed)


def sets_against(question: str) -> bool:
    """Whether a question wants both values side by side: "so sánh", "chênh nhau ra sao"."""
    return _WANTS_BOTH.search(fold(question)) is not None


def asks_earlier(text: str) -> bool:
    """Whether it is asked which of several came first."""
    return kinds.asks_earlier(text) or _EARLIER.search(text) is not None


def _reckoning(text: str, extreme: int) -> Reckoning:
    if _RATIO.search(text):
        return Reckoning.RATIO
    if _DIFFERENCE.search(text):
        return Reckoning.DIFFERENCE
    if any(pattern.search(text) for pattern in (_HON, _LESS, _ABOVE, _COMPARES)):
        return Reckoning.COMPARE
    if _TOTAL.search(text) and not _EACH.search(text) and not extreme:
        return Reckoning.TOTAL
    return Reckoning.LIST


def _amount(text: str, asked: Asked | None, counts: bool, reckoning: Reckoning) -> Asked | None:
    """The kind of figure each side gives, where the question's own kind is that of the comparison.

    Args:
        text: Pattern text with its brackets, which keep "doanh [thu]" from asking for a rank.
    """
    if _POINTS.search(text):
        return Asked.PERCENT
    relates = asked in (None, Asked.TEXT, Asked.YES_NO, Asked.WHERE, Asked.WHO, Asked.WHEN)
    ratio = reckoning is Reckoning.RATIO and asked is Asked.COUNT  # "gấp mấy lần" counts nothing
    if ratio:
        text, counts = _RATIO.sub(" ", text), False
    if relates or ratio or (asked is Asked.CHANGE and reckoning is Reckoning.DIFFERENCE):
        if _RANKED.search(text):
            return Asked.RANK
        bare = _GROWS.sub(" ", _ENDING.sub("", _WHICH.sub(" ", text)))
        found = kinds.kind_asked(" ".join(f"bao nhieu, {bare}".split()), counts)
        return Asked.COUNT if found is Asked.CHANGE else found
    return None


def paired(question: str, text: str, provinces: Sequence[Named], grown: bool) -> tuple[Part, ...]:
    """Each province with the years named for it; empty when the question names none, or the same for all.

    Args:
        question: As asked.
        text: Its pattern text without brackets.
        provinces: Every mention of a province, in order.
        grown: A growth is asked for. From the year before, as all that is told "so với năm" the last one, the
            report itself tells it; over more years it must be computed.
    """
    pattern = _ANY_YEAR if _SET_AGAINST.search(text) else _YEAR  # "so sánh … 2022 - 2023" is of two years, no period
    years = [Named(match.group(1), match.start()) for match in pattern.finditer(question)]
    names = tuple(dict.fromkeys(place.name for place in provinces))
    if not names or not years:
        return ()
    named = tuple(dict.fromkeys(int(year.name) for year in years))
    if len(provinces) > 1:
        shared = named if len(named) > 1 and _JOINED_YEARS.search(question) else ()
        bracketed = all(_IN_BRACKETS.search(question, 0, year.start) for year in years)
        return _one_each(provinces, years, bracketed) or tuple(Part(name, (year,)) for name in names for year in shared)
    if len(named) < 2:
        return ()
    since = any(_SINCE.search(question, 0, year.start) for year in years)
    if len(years) == 2 and named == tuple(sorted(named)) and _SINCE.search(question, 0, years[1].start):
        return tuple(Part(names[0], (year,)) for year in named)  # "2022 so với 2023"
    if not grown and _YEAR_AGAINST_YEAR.search(question):  # "Thanh Hóa 2024 so với 2023: tỷ lệ … là bao nhiêu?"
        return tuple(Part(names[0], (year,)) for year in named)
    if (grown or since) and max(named) - min(named) < 2 and not _SET_AGAINST.search(text):
        return ()
    related = _HON.search(text) or _DIFFERENCE.search(text) or _RATIO.search(text) or _SET_AGAINST.search(text)
    if not (grown or since or related or kinds.extreme_asked(text) or _JOINED_YEARS.search(question)):
        return ()
    return tuple(Part(names[0], (year,)) for year in named)


def _one_each(provinces: Sequence[Named], years: Sequence[Named], bracketed: bool) -> tuple[Part, ...]:
    """Provinces and years that take turns, in either order; years in brackets belong to the province before alone."""
    after = [*(place.start for place in provinces[1:]), 10**6]
    before = [-1, *(place.start for place in provinces[:-1])]
    following = [_within(years, place.start, end) for place, end in zip(provinces, after, strict=True)]
    leading = [_within(years, start, place.start) for place, start in zip(provinces, before, strict=True)]
    for owned in (following, leading):
        whole = sum(len(one) for one in owned) == len(years)
        if whole and (all(owned) or bracketed):
            parts = zip(provinces, owned, strict=True)
            told = ((place.name, ((year,) for year in one) if one else ((),)) for place, one in parts)
            return tuple(dict.fromkeys(Part(name, of) for name, years_of in told for of in years_of))
    return ()


def _within(years: Sequence[Named], start: int, end: int) -> tuple[int, ...]:
    return tuple(int(year.name) for year in years if start < year.start < end)


_YEAR_AGAINST_YEAR = re.compile(r"\b20\d\d\s+(?:so với|so vs|so voi|với|và)\s+(?:năm )?20\d\d\s*:", re.IGNORECASE)
_FEW = frozenset(key(word) for word in "hai ba bốn năm mấy".split())
_PLACES = frozenset("tinh noi ben dia so bai ban".split())


def without_relation(words: Sequence[Word]) -> list[Word]:
    """The words of a comparison without those that only say how its sides stand to each other."""
    relating = {one.start for one, after in pairwise(words) if _relates(one, after)}
    return [word for word in words if word.key not in _ASKING and word.start not in relating]


def _relates(word: Word, after: Word) -> bool:
    """Whether a word and the next one compare ("đông hơn") or measure a difference ("điểm phần trăm")."""
    if word.key in _FEW and after.folded in _PLACES:  # "ba tỉnh", "hai nơi"
        return True
    return (word.key in _ADJECTIVES and after.folded == "hon") or (word.folded == "diem" and after.folded == "phan")
