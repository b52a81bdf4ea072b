"""What the words around a candidate say beside what the question says: totals, needs, deadlines, moments, lists."""

import re
from functools import lru_cache

from assistant.rank import NEGATION
from assistant.types import Asked, Query
from index.candidate import Candidate
from index.words import fold

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
NEW = re.compile(r"\b(?:mới|thêm|bổ sung)\b", re.IGNORECASE)
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
    "new_told": (NEW, _ASKS_NEW),
    "deadline": (_DEADLINE, _ASKS_DEADLINE),
    "reason": (_REASON, _ASKS_REASON),
}
"""What a report may say of a figure: how the report says it, and how a question asks for it."""


@lru_cache(maxsize=32768)
def _sayings(text: str, of_question: bool) -> tuple[bool, ...]:
    """Which of ``_SAYINGS`` a text has; kept, since the reports' sentences are read again and again."""
    return tuple(pair[of_question].search(text) is not None for pair in _SAYINGS.values())


def said(candidate: Candidate, query: Query) -> dict[str, float]:
    """What the words around a candidate say of it, beside what the question says: the whole, the most, what lacks."""
    text = candidate.sentence.report.text
    own = text[candidate.begins : candidate.span.end]
    asked = dict(zip(_SAYINGS, _sayings(query.question, True), strict=True))
    asked["total"] |= query.total
    asked["extreme"] = bool(query.extreme)  # of a side of a comparison it is not asked, though the question says so
    told: dict[str, float] = {}
    for (name, asks), says in zip(asked.items(), _sayings(own, False), strict=True):
        told[name] = float(says and asks)
        told[f"unasked_{name}"] = float(says and not asks)
        told[f"no_{name}"] = float(asks and not says)
    return told


_ASKS_BUDGET = re.compile(r"\b(?:nop|dong|gop|dong gop)(?: \w+){0,4} (?:ngan sach|nsnn|nsdp|kho bac)\b")
_ASKS_REVENUE = re.compile(r"\bdoanh (?:thu|so)\b")
_BUDGET = re.compile(r"\bngân sách\b|\bNSNN\b|\bNSĐP\b|\bkho bạc\b|\bnộp\b|\bthuế\b", re.IGNORECASE)
_REVENUE = re.compile(r"\bdoanh (?:thu|số)\b", re.IGNORECASE)


def is_other_money(candidate: Candidate, query: Query) -> bool:
    """Whether a figure is of revenue where payments to the budget are asked for, or the other way about."""
    if candidate.quantity is None or candidate.sentence.row:
        return False
    asked = fold(query.question)
    budget, revenue = _ASKS_BUDGET.search(asked), _ASKS_REVENUE.search(asked)
    if (budget is None) == (revenue is None):
        return False
    text = candidate.sentence.report.text
    own = text[candidate.begins : candidate.span.end]
    wanted, other = (_BUDGET, _REVENUE) if budget else (_REVENUE, _BUDGET)
    return other.search(own) is not None and wanted.search(own) is None


_STANDS = re.compile(
    r"\b(?:hiện(?: nay)?(?: đang)? có|(?:toàn|cả) (?:tỉnh|ngành)(?: đã| hiện| đang)* có|tổng số|tổng cộng|duy trì)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:mới|thêm|tăng|lắp đặt(?! trạm)|xây dựng|đầu tư|phát triển|hoàn thành|cấp|thành lập|bổ sung"
    r"|trong (?:năm|kỳ))\b",
    re.IGNORECASE,
)


def tells_standing(candidate: Candidate) -> bool:
    """Whether a figure counts all that there are: "toàn tỉnh có 1.332 vị trí", and nothing says that they are new."""
    text = candidate.sentence.report.text
    own = text[candidate.begins : candidate.span.end]
    stands = _STANDS.search(own)
    return stands is not None and _ADDED.search(own, stands.start()) is None


_LEFT = re.compile(r"\bcòn(?:\s+(?:lại|khoảng|gần|hơn|tới))*\s*$", re.IGNORECASE)
_ASKS_LEFT = re.compile(r"\bcon (?:lai |khoang )?(?:bao nhieu|may|bn)\b")
_NOW = re.compile(r"\b(?:hiện(?: nay| có| tại)?|đến nay|mới có|mới chỉ)\b", re.IGNORECASE)
_ASKS_NOW = re.compile(r"\b(?:hien(?: nay| co| tai)?|den nay|bay gio|toi nay)\b")


@lru_cache(maxsize=1024)
def _state_asked(question: str) -> tuple[bool, bool]:
    """Whether a question asks what is left, and what there is now."""
    asked = fold(question)
    return _ASKS_LEFT.search(asked) is not None, _ASKS_NOW.search(asked) is not None


def state(candidate: Candidate, query: Query) -> dict[str, float]:
    """Whether the figure counts what is left ("còn 36 bản") or what there is now, beside what the question asks."""
    text = candidate.sentence.report.text
    start = candidate.begins
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


def dated(candidate: Candidate, query: Query) -> dict[str, float]:
    """Whether the figure's own stretch, or its sentence, names the day, month or quarter asked about."""
    asked = _moments(query.question)
    text = candidate.sentence.report.text
    own = _moments(text[candidate.begins : candidate.zone.end])
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


def listed(candidate: Candidate, query: Query) -> dict[str, float]:
    """Whether the candidate's own stretch lists things where a list is asked for, and says what lacks them."""
    text = candidate.sentence.report.text
    own = text[candidate.span.start : candidate.span.end]
    asks = query.asked is Asked.TEXT and _ASKS_LIST.search(fold(query.question)) is not None
    tells = asks and _TELLS_LIST.search(own) is not None
    lacks = query.negated and NEGATION.search(own) is not None
    return {
        "list_told": float(tells),
        "no_list_told": float(asks and not tells),
        "negated_own": float(lacks),
        "no_negated_own": float(query.negated and not lacks),
    }
