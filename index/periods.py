"""Which period a figure is of that stands beside the one told: the year before's value, or only the difference."""

import re
from functools import lru_cache

from index.types import Span

_EARLIER = r"(?:cùng kỳ(?: năm)?|năm)\s*(?P<year>trước|ngoái|(?:19|20)\d{2})?"
_LINK = r"(?:(?:là|còn|đạt|có|chỉ|mới|chiếm|ở mức|được|ước)\s+)*"
_BESIDE = re.compile(
    rf"(?<!so với )(?<!hơn )(?<!kém )(?<!bằng )(?<!lần )(?<!\w){_EARLIER}\s*[:(,]?\s*{_LINK}$", re.IGNORECASE
)
"""Before a value of another year that goes on about the one told: "cùng kỳ 67,9%", "(năm 2023: 33,1%)"."""
_BARE = re.compile(r"[(;]\s*(?:(?:cuối|đầu|hết)\s+)?(?P<year>(?:19|20)\d{2})\s*:?\s*" + rf"{_LINK}$", re.IGNORECASE)
"""Before such a value, the year alone: "(2022: 391 tỷ đồng", "(cuối 2021 là 4.866)"."""
_BRACKETED = re.compile(
    rf"(?:so với|hơn|kém|bằng)\s+(?:cùng kỳ\s+)?(?:cuối\s+)?{_EARLIER}\s*\(\s*{_LINK}$", re.IGNORECASE
)
"""Before the value that a change is counted from: "tăng 14,6% so với năm 2023 (254 tỷ đồng)"."""
_AFTER = re.compile(r"[^\d,;.()]{0,30}?(?:vào|của|hồi|cuối|đầu)?\s*năm\s+((?:19|20)\d{2})", re.IGNORECASE)
_OF_YEAR = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,6}?của\s+(?:cuối\s+|đầu\s+)?năm\s+(?P<year>(?:19|20)\d{2}|trước|ngoái)\b", re.IGNORECASE
)
"""After a value, with what it counts, the year it is of: "15,61 triệu của năm 2022"."""
_OF_PLAN = re.compile(r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:so với|từ)\s+(?:mức\s+|con số\s+)?(?:khoảng\s+|gần\s+|hơn\s+)?$", re.IGNORECASE)
_THEN = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,6}?(?:của\s+|hồi\s+|vào\s+|cùng kỳ\s+)?(?:cuối\s+)?(?:năm\s+(?P<year>(?:19|20)\d{2}"
    r"|trước|ngoái)"
    r"|(?P<start>đầu năm))\b",
    re.IGNORECASE,
)
"""Around a value that this one is held against: "giảm nhẹ so với 48,9 tỷ đồng năm trước"."""
_LEGEND = re.compile(
    r"\bsố\s(?:[^\W\d_]+\s){0,4}?trong\s(?:dấu\s)?ngoặc\b[^.;:\n]{0,60}?\b(?:là|của)\s[^.;:\n\d]{0,40}?"
    r"(?:năm\s(?P<year>(?:19|20)\d{2})|năm (?:trước|ngoái)|cùng kỳ)",
    re.IGNORECASE,
)
"""What a report says of the figures in its brackets: "Số trong ngoặc đơn là số liệu cùng kỳ năm 2022"."""
_AT_FIRST = re.compile(
    r"\W*(?:đầu năm(?:\s+(?:19|20)\d{2})?,?\s[^,;.]{0,40}?\b(?:còn|mới có|chỉ có|(?<!không )chỉ(?! (?:đạo|tiêu"
    r"|số|thị|đạt)))|(?:ban|lúc) đầu\b)\b[^,;.]*$",
    re.IGNORECASE,
)
"""How a value of the beginning of the year is told: "Đầu năm, tỉnh còn 14 ấp lõm sóng"."""
_AT_FIRST_ALONE = re.compile(
    r"(?<!tháng )(?<!quý )(?<!với )(?<!hơn )(?<!từ )(?<!nửa )(?<!ngày )(?<!tuần )(?<!dịp )\bđầu năm(?:\s+(?:19"
    r"|20)\d{2})?[,:]?\s+"
    r"(?:(?:là|có|còn|mới|tới|được)\s+)*$",
    re.IGNORECASE,
)
"""The same right before the figure: "Bản trắng sóng: đầu năm 14, cuối năm 5"."""
_REACH = 48
_DIFFERENCE = re.compile(
    r"\b(?P<word>cao|nhiều|lớn|nhỉnh|ít|thấp|nhỏ)\s+hơn\s+(?:so với\s+)?(?:cùng kỳ\s*)?(?:đầu\s+|cuối\s+)?"
    r"(?:(?:một\s+)?năm\s*)?(?:trước|ngoái|(?:19|20)\d{2})?\s*(?:(?:là|khoảng|tới|đến|tổng cộng|cả)\s+)*$"
    r"|(?<!cao )(?<!nhiều )(?<!lớn )(?<!nhỉnh )(?<!ít )(?<!thấp )(?<!nhỏ )\b(?:hơn|(?P<less>kém))\s+(?:so với\s+)?"
    r"(?:cùng kỳ\s+(?:năm\s+)?|(?:đầu\s+|cuối\s+)?năm\s+)(?:trước|ngoái|(?:19|20)\d{2})"
    r"\s*(?:(?:là|khoảng|tới|đến|tổng cộng|cả)\s+)*$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:(?P<down>tụt|giảm|lùi|xuống|sụt|rớt)|lên|tăng|nhích|cải thiện|vươn|leo|tiến|nhảy|thăng|vọt)"
    r"(?:\s+(?:thêm|được|lên|tới|xuống))*\s+$",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?:(?:rút|giảm|tăng|chỉ)\s+)?(?:lên|xuống|còn|thành|tới|đến)\s+(?:còn\s+|chỉ\s+)*$", re.IGNORECASE
)
_STEP = re.compile(r"(?:bậc|hạng|điểm phần trăm)\b", re.IGNORECASE)
_ROSE = re.compile(r"\b(?:nhích|nhỉnh|nhích lên|nhích thêm)\s+$", re.IGNORECASE)
_SANK = re.compile(r"\b(?:tụt|sụt|bớt)\s+(?:mất\s+|đi\s+)?$", re.IGNORECASE)
_FEWER = re.compile(r"\b(?:ít|bớt|hụt)\s+(?:đi|mất)\s+(?:(?:tới|đến|những|cả)\s+)?$", re.IGNORECASE)
_MORE = re.compile(r"\b(?:nhiều|dày|đông)\s+(?:lên|thêm)\s+(?:(?:tới|đến|được|những)\s+)?$", re.IGNORECASE)
_LOST = re.compile(r"\b(?:mất|hụt|giảm|tụt)(?:\s+(?:đi|mất))?\s+$", re.IGNORECASE)
_WENT_UP = re.compile(r"\b(?:tức|nghĩa là|tương đương|,|\()\s*(?:đi|nhích|tăng)\s+lên\s+$", re.IGNORECASE)
_LESS = ("ít", "thấp", "nhỏ")


def year_beside(text: str, start: int, figure: int, year: int | None) -> int | None:
    """The year before the report's that a figure beside another one is of, or None when it is of no such year.

    Args:
        text: The report's text.
        start: How far back to look, at most: the start of the sentence.
        figure: Start of the figure with its precision word.
        year: The report's year.
    """
    before = text[max(start, figure - _REACH) : figure]
    match = _BRACKETED.search(before) or _BESIDE.search(before) or _BARE.search(before)
    if match is None or year is None or _DIFFERENCE.search(before):
        return None
    named = match["year"]
    if named is None:
        return year - 1 if "cùng kỳ" in match.group().lower() else None
    told = int(named) if named.isdigit() else year - 1
    return told if told < year else None


def year_of(text: str, start: int, figure: Span, end: int, year: int | None) -> int | None:
    """The year before the report's that the words around a value tell it to be of, or None.

    Args:
        text: The report's text.
        start: How far back to look.
        figure: The value with its precision word.
        end: How far on to look.
        year: The report's year.
    """
    held = _AGAINST.search(text[max(start, figure.start - _REACH) : figure.start]) is not None
    match = (_THEN if held else _OF_YEAR).match(text, figure.end, end)
    if match is not None and _OF_PLAN.search(match.group()):
        return None
    if match is None or year is None or match["year"] is None:
        return None
    told = int(match["year"]) if match["year"].isdigit() else year - 1
    return told if told < year else None


def is_held_against(text: str, start: int, figure: Span, end: int) -> bool:
    """Whether a value is the one of the beginning of the year that this one is held against."""
    match = _THEN.match(text, figure.end, end)
    return match is not None and match["start"] is not None and _AGAINST.search(text[start : figure.start]) is not None


def is_at_first(text: str, start: int, figure: int) -> bool:
    """Whether a figure is told as the value of the beginning of the year.

    Args:
        text: The report's text.
        start: Start of the sentence.
        figure: Start of the figure with its precision word.
    """
    alone = _AT_FIRST_ALONE.search(text, max(start, figure - _REACH), figure)
    return alone is not None or _AT_FIRST.match(text, start, figure) is not None


@lru_cache(maxsize=64)
def bracketed_year(text: str, year: int | None) -> int | None:
    """The year before the report's that a report says the figures in its brackets to be of, or None."""
    match = _LEGEND.search(text)
    if match is None or year is None:
        return None
    told = int(match["year"]) if match["year"] else year - 1
    return told if told < year else None


def year_after(text: str, end: int) -> int | None:
    """The year told right after a figure: "từ 17,2% năm 2020 lên 31,6%"."""
    match = _AFTER.match(text, end)
    return int(match.group(1)) if match else None


def direction(text: str, start: int, figure: int, noun: str, percent: bool) -> str:
    """ "tăng" or "giảm" when a figure only tells by how much something differs or how far it moved, else "".

    Args:
        text: The report's text.
        start: Start of the figure's own stretch.
        figure: Start of the figure with its precision word.
        noun: What is counted.
        percent: Whether the figure is a share.
    """
    before = text[max(start, figure - _REACH) : figure]
    if difference := _DIFFERENCE.search(before):
        return "giảm" if difference["less"] or (difference["word"] or "").lower() in _LESS else "tăng"
    if noun.lower().startswith("điểm") and _LOST.search(before):
        return "giảm"
    if _STEP.match(noun) and (moved := _MOVED.search(before)):
        return "giảm" if moved["down"] else "tăng"
    if _MORE.search(before) or (percent and (_ROSE.search(before) or _WENT_UP.search(before))):
        return "tăng"
    if _FEWER.search(before):
        return "giảm"
    return "giảm" if percent and _SANK.search(before) else ""


def change_start(text: str, start: int, figure: int) -> int:
    """Where the words begin that make the figure after them a difference ("tụt 7 hạng"), else ``figure``."""
    left = max(start, figure - _REACH)
    found = (pattern.search(text[left:figure]) for pattern in (_DIFFERENCE, _MOVED, _SANK, _FEWER, _MORE, _LOST))
    return next((left + match.start() for match in found if match), figure)


def outcome_start(text: str, start: int) -> int:
    """Where what a change led to begins, with its verb: "lên 31,6%"."""
    match = _OUTCOME.search(text[max(0, start - _REACH) : start])
    return start - len(match.group()) if match else start
