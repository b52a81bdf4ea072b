"""What a report is about: title, province, year of the results, day of publication, publisher."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.clean import SOURCE_LINE, front_matter
from index.provinces import NAMES, find_provinces, province_of_domain
from index.provinces_seats import provinces_of_seats
from index.types import Span
from index.years import find_year

_HEAD_CHARS = 600
"""How much of the content may hold the dateline."""
_HEAD_LINES = 16
_MENU_WORDS = 4
"""No headline has so few words."""
_LETTERHEAD = re.compile(
    r"^(ubnd|ủy ban|uỷ ban|hđnd|sở |bộ |cộng hòa|cộng hoà|độc lập|kính gửi|trang chủ|thứ \w+,|chủ nhật,|cập nhật|đăng)"
    r"(?!.*(năm|hội nghị))|^số\s*:|^đăng (ngày|lúc)|^bạn đang ở|^(cổng|trang) thông tin điện tử"
    r"|[|»]|^\W*$|^.{0,40}ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\W*$",
    re.IGNORECASE,
)
_TITLE_WEIGHT, _NAMED_WEIGHT, _BYLINE_WEIGHT = 4, 3, 6
_PLACED = re.compile(r"(tỉnh|thành phố|sở thông tin và truyền thông|sở tt&tt|truyền thông|tại)\s*$", re.IGNORECASE)
_VISITED = re.compile(r"kinh nghiệm[^.;]*$", re.IGNORECASE)
"""What comes before a province that others learn from."""
_AGENCIES = {
    "ĐBP": "Báo Điện Biên Phủ",
    "TTXVN": "Thông tấn xã Việt Nam",
}
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d{2})\b")
_STAMPED = re.compile(
    r"(?:cập nhật|đăng|xuất bản)[^\n\d]{0,20}(?:\d{1,2}[:h]\d{2}\W+)?(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d{2})",
    re.IGNORECASE,
)
_WORDED_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+|[/.])((?:19|20)\d{2})", re.IGNORECASE)
_LETTER_DATE = re.compile(
    r"^\W*(?:[^\n,\d]{2,60},\s*)ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+((?:19|20)\d{2})\W*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The line of an official letter that tells place and day: "Kon Tum, ngày 12 tháng 12 năm 2023"."""
_DAY_ONLY = re.compile(r"(?:ngày|chiều|sáng|tối)\s+(\d{1,2})/(\d{1,2})(?![/\d])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Description:
    """What a report is about; unknown things are "" or None."""

    title: str
    province: str
    year: int | None
    published: date | None
    source: str


def describe(text: str, content: Sequence[Span]) -> Description:
    """Read the description of a report off its front matter, else off its text.

    Args:
        text: The whole report, NFC.
        content: The report's content spans.
    """
    named = _front_matter(text)
    body = "\n".join(text[span.start : span.end] for span in content)
    title = named.get("title") or _title(body)
    stamped = _as_date(named.get("published", "")) or _stamped(body) or _stamped(text)
    year = _as_year(named.get("year", "")) or find_year(title, body, stamped)
    return Description(
        title=title,
        province=_as_province(named.get("province", "")) or _province(title, body),
        year=year,
        published=stamped or _day_told(body, year),
        source=named.get("publisher") or _source(body),
    )


def _front_matter(text: str) -> dict[str, str]:
    span = front_matter(text)
    if span is None:
        return {}
    pairs = (line.partition(":") for line in text[span.start : span.end].splitlines())
    return {name.strip().lower(): value.strip().strip("\"'") for name, colon, value in pairs if colon}


def _title(body: str) -> str:
    """The first line that is a headline, not a letterhead, menu or dateline; else the first line."""
    lines = [line.strip("#* ") for line in body.split("\n")[:_HEAD_LINES]]
    headlines = (line for line in lines if len(line.split()) > _MENU_WORDS and not _LETTERHEAD.search(line))
    first = next(headlines, lines[0])
    return first if len(first) <= 300 else first[:300].rsplit(" ", 1)[0] + " …"


def _province(title: str, body: str) -> str:
    """The province most often named, a place in the title, after "tỉnh" or in a byline counting more."""
    votes: Counter[str] = Counter()
    for mention in find_provinces(title):
        votes[mention.name] += _TITLE_WEIGHT
    for mention in find_provinces(body):
        before = body[max(0, mention.start - 40) : mention.start]
        votes[mention.name] += _NAMED_WEIGHT if _PLACED.search(before) and not _VISITED.search(before) else 1
    votes.update(provinces_of_seats(body))
    for name in province_of_domain(body):
        votes[name] += _BYLINE_WEIGHT
    for line in _closing_lines(body):
        for mention in find_provinces(line):
            votes[mention.name] += _BYLINE_WEIGHT
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def _closing_lines(body: str) -> list[str]:
    """The last short lines that are no sentences: bylines."""
    return [line for line in body.split("\n")[-3:] if len(line) < 120 and not line.endswith(".")]


def _stamped(body: str) -> date | None:
    """The day of the dateline, or one written out near the start."""
    head = body[:_HEAD_CHARS]
    for pattern in (_LETTER_DATE, _STAMPED, _NUMERIC_DATE, _WORDED_DATE):
        if match := pattern.search(head):
            return _date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
    return None


def _day_told(body: str, year: int | None) -> date | None:
    """The day of the conference, told without its year, which the year of the results tells."""
    if year is None or not (match := _DAY_ONLY.search(body[:_HEAD_CHARS])):
        return None
    day, month = int(match.group(1)), int(match.group(2))
    return _date(year if month >= 10 else year + 1, month, day)


def _source(body: str) -> str:
    for line in reversed(body.split("\n")):
        if SOURCE_LINE.match(line) and len(line) < 200:
            return re.split(r"[:：]|(?<=Theo)\s", line, maxsplit=1)[-1].strip(" ).*_")
    head = body[:_HEAD_CHARS]
    if match := re.search(r"\(([\w.-]+\.(?:vn|com|org|net))\)", head):
        return match.group(1)
    if (match := re.search(r"^([A-ZĐ]{2,8}) [-–] ", head, re.MULTILINE)) and match.group(1) in _AGENCIES:
        return _AGENCIES[match.group(1)]
    return ""


def _as_province(value: str) -> str:
    """The one province that a value names in any spelling: "Dak Nong", "TP.HCM"; else ""."""
    if value in NAMES:
        return value
    named = {mention.name for mention in find_provinces(value, typed=True)}
    return named.pop() if len(named) == 1 else ""


def _as_year(value: str) -> int | None:
    return int(value) if re.fullmatch(r"(?:19|20)\d{2}", value) else None


def _as_date(value: str) -> date | None:
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)
    return _date(*map(int, match.groups())) if match else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
