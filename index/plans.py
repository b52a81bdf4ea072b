"""Where a report tells plans and targets, not results, and of which year they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.outline import heading_level, without_mark
from index.types import Span

_PLAN_WORD = re.compile(r"mục tiêu|phấn đấu|phương hướng|nhiệm vụ|kế hoạch năm|định hướng|giải pháp", re.IGNORECASE)
"""Words of a heading of plans, whether it names a year or not."""
_PLAN_OF_YEAR = re.compile(rf"{_PLAN_WORD.pattern}|chỉ tiêu|kế hoạch|hướng tới|dự kiến", re.IGNORECASE)
"""Words of a heading of plans when it names a later year; without one, "Bảng chỉ tiêu" heads results."""
_RESULT_WORD = re.compile(
    r"kết quả|tổng kết|đánh giá|tình hình|hoàn thành|so (?:với|sánh(?: với)?) (?:kế hoạch|chỉ tiêu|mục tiêu)|đối chiếu"
    r"|thực hiện (?:các |những )?(?:nhiệm vụ|chỉ tiêu|mục tiêu|kế hoạch)",
    re.IGNORECASE,
)
_PART = re.compile(r"phần\s+(?:thứ\s+)?(?:nhất|một|hai|ba|bốn|tư|năm|[IVX]+|\d)\b", re.IGNORECASE)
_BULLET = re.compile(r"[-+*•–●▪]\s")
_ITEM = re.compile(rf"{_BULLET.pattern}|\||\d{{1,2}}[.)]\s|[a-zđ]\)\s")
"""How a member of a list or the row of a table opens."""
_AHEAD = re.compile(r"\bsẽ\b|phấn đấu|mục tiêu|chỉ tiêu|kế hoạch|phải|cần", re.IGNORECASE)
_CUE = re.compile(
    r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp)(?!\s+(?:không|chưa|vượt|đạt|hoàn thành|lỡ|hụt))[^.:;]{0,120}?"
    r"(?:\s*:|(?:như sau|sau đây)\s*\.)|\bnhắm\b"
    r"|(?:mục tiêu|chỉ tiêu)(?: phấn đấu)?(?: của (?:ngành|tỉnh|Sở))? (?:cho )?năm (?:19|20)\d{2}[^.:;\d]{0,30}? là\b"
    r"|kế hoạch (?:cho |của |trong )?năm (?:19|20)\d{2}[^.:;\d]{0,40}?\s*:"
    r"|phấn đấu|(?:đặt|đề)(?: ra)? (?:những |các )?(?:mục tiêu|chỉ tiêu)|mục tiêu đến|dự kiến đạt",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:^\W*|(?<=[.!?”\"]\s))"
    r"(?:(?:(?:nói về|đối với|riêng|trong|bước sang|sang|đến|về|cho|xác định|với)\s+)?năm"
    r"|(?:kế hoạch|chỉ tiêu|mục tiêu|nhiệm vụ)(?:\s+(?:của|cho|trong|công tác|ngành|tỉnh|Sở|sang|đến|năm)){0,4})"
    r"\s+((?:19|20)\d{2})(?!\s*[-–]\s*\d)(?!\s+đã\b)",
    re.IGNORECASE,
)
_BY_NOW = re.compile(
    r"(?<=[.!?”\"]\s)(?:(?:hiện(?: nay| tại)?|đến nay|tới nay|tính đến (?:nay|hết năm)),?\s(?!phải|cần|sẽ|phấn đấu)"
    r"|(?:trong |hết |đến hết |cuối )?năm (?:(?:19|20)\d{2}|nay|qua|vừa qua),?\s(?:(?:toàn )?tỉnh |ngành |Sở )?đã\s)",
    re.IGNORECASE,
)
"""How a sentence opens that tells what is, after others that told plans: "Hiện nay", "Năm 2023 đã"."""
_VOWED = re.compile(
    r"\b(?:cam kết|(?-i:hứa)|quyết tâm|dự tính|dự kiến)\s[^.;]{0,40}?\b(?:trong |sang |đến )?năm\s+((?:19|20)\d{2})",
    re.IGNORECASE,
)
"""What someone vows for a year."""
_NEXT_YEAR = re.compile(
    r"(?:^\W*|(?<=[.!?”\"]\s))(?:(?:bước )?sang năm(?!\s+(?:19|20)\d{2})|năm tới|năm sau|(?:trong )?thời gian tới)\b",
    re.IGNORECASE,
)
_AHEAD_OF = re.compile(
    r"\b(?:năm tới|năm sau|sang năm|(?:(?:trong|sang|bước sang) )?(?<!tháng \d )(?<!tháng \d\d )"
    r"năm (?P<year>(?:19|20)\d{2})),?\s(?:(?!đã\b)[^\W\d]\S*\s){0,6}?"
    r"(?:sẽ|phải|cần|phấn đấu|dự kiến|(?<!lắp )đặt (?:ra|mục tiêu|chỉ tiêu|kế hoạch))\b"
    r"(?:(?!\b(?:trong khi|năm nay|năm qua|hiện nay|so với)\b)[^.;\n]|\.(?=\S))*",
    re.IGNORECASE,
)
"""What is told to be done in a later year, to the end of its sentence: "cho biết năm tới sẽ thêm 15 trạm"."""
_ORDERED = re.compile(
    r"(?<!đáp ứng )(?<!theo )(?<!bàn )\b(?:yêu cầu|giao(?! (?:dịch|ban|thông|nhận|lưu|kế hoạch))|chỉ đạo"
    r"|đề nghị|lưu ý|nhắc)\s"
    r"(?:(?!\b(?:đã|hiện|đến nay|tết|chuẩn bị)\b)[^.;\n]){0,50}?(?<!tháng \d )(?<!tháng \d\d )(?<!đầu )(?<!tết )"
    r"\b(?:sang |trong |cho )?năm (?P<year>(?:19|20)\d{2})\b"
    r"(?:(?!\b(?:đã|hiện|đến nay)\b)[^.;\n]|\.(?=\S))*",
    re.IGNORECASE,
)
"""What someone orders for a later year: "Ông yêu cầu năm 2023 nâng tỷ lệ hồ sơ trực tuyến lên 65%"."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_OWN_YEAR = re.compile(
    r"^(?!.*\b(?:tết|xuân|chào|ngày|tháng|thứ (?:hai|ba|tư|năm|sáu|bảy))\b)"
    r".*\b(?:năm\s+|hướng (?:tới|đến)\s+|(?:của|cho|sang|vào)\s+)(?:19|20)\d{2}\b(?![-/])|^[\W\d]*(?:19|20)\d{2}\W*$",
    re.IGNORECASE,
)
"""A year that a title names, and that dates nothing: "Việc của năm 2023"."""
_NUMBERED = re.compile(r"(?:[IVX]{1,4}|[A-H]|\d)[.)/]\s")
_BARE_YEAR = re.compile(
    r"(?!.*\b(?:tết|xuân|chào|ngày|tháng|giai đoạn|hội|lễ|giải|thi|diễn đàn)\b).*\s(?:19|20)\d{2}\W*", re.IGNORECASE
)
"""A title that ends with a year alone: "IV. CHƯƠNG TRÌNH 2022"."""
_PARENTHESIS = re.compile(
    r"\((?:kế hoạch|chỉ tiêu|mục tiêu|KH\b|(?:được |tỉnh |Bộ (?:TT&TT )?|UBND tỉnh "
    r"|cấp trên )giao\b(?=\D{0,20}\d)|yêu cầu(?::| là| đạt| tối thiểu| ít nhất)?\s\d)[^()]*?"
    r"(?:\)|(?=[;,]\s(?:cùng kỳ|(?:năm|cuối|đầu|hết)\s(?:19|20)\d\d|kết quả|thực hiện)\b))",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?<=[;,]\s)(?:kế hoạch|chỉ tiêu|mục tiêu|KH)(?:\s+(?:được giao|giao|đề ra|cả năm|là|đạt|năm(?:\s+\d{4})?))*"
    r"\s*:?\s*(?=\d)[^;()\n]*?(?=[;,.]\s|[;.]?$|\s\()",
    re.IGNORECASE | re.MULTILINE,
)
"""A plan told beside the result in the same line: "đạt 74,2%; cùng kỳ 67,9%; kế hoạch 76%"."""
_TITLE = re.compile(r"[^\W\d_][^|»›>:.;!?]{4,80}\??")
"""A plain line left out of the content, which may be the title of a part: "Mục tiêu cho 2024"."""
_CLOSING = re.compile(
    r"\W*(?:kết luận|phát biểu|tại hội nghị|tại buổi|dịp này|nhân dịp|bế mạc|kết thúc|cũng (?:tại|trong)|thay mặt"
    r"|đồng chí|ông|bà)\b",
    re.IGNORECASE,
)
"""How a paragraph opens that is no part of the plans told under a plain title."""
_PART_LEVEL, _CAPITALS_LEVEL, _TITLE_LEVEL, _COLON_LEVEL = 4, 5, 9, 10
_MAX_LEAD_IN, _MOST_TITLE_WORDS = 160, 9


@dataclass(frozen=True, slots=True)
class Plan:
    """A stretch in which figures are planned ones.

    Attributes:
        start: Offset of its first character in the report.
        end: Offset after its last.
        year: The year planned for, or None when nothing tells.
    """

    start: int
    end: int
    year: int | None


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    planned: bool
    year: int | None


def find_plans(text: str, content: Sequence[Span], year: int | None) -> tuple[Plan, ...]:
    """Stretches in which figures are planned ones, in order; a bracket may stand within a wider one.

    A plan is everything under a heading of tasks or targets, up to the next heading of its level; what follows a
    cue ("mục tiêu … như sau:", "phấn đấu …") to the end of its paragraph; what opens with a year after the
    report's; and a bracket or a part of a line that opens with "kế hoạch".

    Args:
        text: The whole report.
        content: Its paragraphs.
        year: The year the results are of.
    """
    plans: list[Plan] = []
    headings: list[_Heading] = []
    listed = False
    for before, paragraph in pairwise(content):
        for left_out in text[before.end : paragraph.start].splitlines():
            if (level := _left_out_level(left_out.strip())) is not None:
                headings, listed = _below(headings, left_out, level, year), False
        line = text[paragraph.start : paragraph.end]
        level, in_list = _level(line), _ITEM.match(line) is not None
        if level is not None:
            headings = _below(headings, line, level, year)
        elif headings and _ends_plan(line, headings[-1].level, listed and not in_list):
            headings[-1] = _Heading(headings[-1].level, False, None)
        listed = in_list and level is None
        if headings and headings[-1].planned:
            plans.append(Plan(paragraph.start, paragraph.end, headings[-1].year))
        else:
            plans.extend(_within(line, paragraph.start, year))
    return tuple(plans)


def _below(headings: Sequence[_Heading], line: str, level: int, year: int | None) -> list[_Heading]:
    """The headings that stand when one more begins."""
    above = [heading for heading in headings if heading.level < level]
    return [*above, _heading(line, level, above[-1] if above else None, year)]


def _outer_level(line: str) -> int | None:
    """Level of a part of a report or of a line in capitals; as content these may have been left out as chrome."""
    if len(line) >= _MAX_LEAD_IN:
        return None
    if _PART.match(line):
        return _PART_LEVEL
    return _CAPITALS_LEVEL if line.isupper() and " " in line else None


def _left_out_level(line: str) -> int | None:
    """Level of a heading that is no content: of a part, in capitals, or a plain title of plans or results."""
    title = without_mark(line)
    if (level := _outer_level(title)) is not None:
        return level
    if title != line and title[:1].isupper():
        return _CAPITALS_LEVEL if title.isupper() else _TITLE_LEVEL
    return _TITLE_LEVEL if _TITLE.fullmatch(line) and line[0].isupper() else None


def _ends_plan(line: str, level: int, list_ended: bool) -> bool:
    """Whether a paragraph is none of the plans told before it: they were a list, or stood under a plain title."""
    return (list_ended and not _AHEAD.search(line)) or (level == _TITLE_LEVEL and _CLOSING.match(line) is not None)


def _level(line: str) -> int | None:
    """Level of a heading as in the outline; parts, lines in capitals and longer lines with a colon are some too."""
    if (level := heading_level(line)) is None and not _ITEM.match(line):
        level = _outer_level(line)
    if (
        level is None
        and line.endswith("?")
        and line[0].isupper()
        and len(line.split()) <= _MOST_TITLE_WORDS
        and _OWN_YEAR.search(line)
    ):
        return _TITLE_LEVEL
    leads_in = level is None and line.rstrip().endswith(":") and len(line) < _MAX_LEAD_IN
    return (_COLON_LEVEL + (_BULLET.match(line) is not None)) if leads_in else level


def _heading(line: str, level: int, above: _Heading | None, year: int | None) -> _Heading:
    """Whether a heading is one of plans: by its own words and years, else like the one it stands under."""
    named = [int(found) for found in _YEAR.findall(line)]
    if _RESULT_WORD.search(line) or (named and year is not None and max(named) <= year):
        return _Heading(level, False, None)
    dated = _OWN_YEAR.search(line) is not None or (_NUMBERED.match(line) and _BARE_YEAR.fullmatch(line))
    ahead = year is not None and bool(dated) and len(line.split()) <= _MOST_TITLE_WORDS
    if named and (_PLAN_OF_YEAR.search(line) or ahead):
        return _Heading(level, True, max(named))
    if above is not None and above.planned:
        return _Heading(level, True, above.year)
    return _Heading(level, _PLAN_WORD.search(line) is not None, _next(year))


def _within(line: str, offset: int, year: int | None) -> Iterator[Plan]:
    """The planned parts of a paragraph that begins at ``offset`` and stands under no heading of plans."""
    openings = [(match.start(), int(match.group(1))) for match in _OPENING.finditer(line)]
    openings += [(match.start(), int(match.group(1))) for match in _VOWED.finditer(line)]
    openings += [(match.start(), year + 1) for match in _NEXT_YEAR.finditer(line) if year is not None]
    openings += [(match.start(), year) for match in _BY_NOW.finditer(line) if year is not None]
    openings = sorted(dict(openings).items())
    later = [
        Plan(offset + start, offset + end, of)
        for (start, of), (end, _) in pairwise([*openings, (len(line), 0)])
        if year is not None and of > year
    ]
    yield from later
    cue = _CUE.search(line)
    known = cue is not None and any(plan.start <= offset + cue.start() < plan.end for plan in later)
    if cue is not None and not known and _has_plan_sense(line, cue, year):
        yield Plan(offset + cue.start(), offset + _end_of_cue(line, cue), _year_of_cue(line, cue, year))
    for match in (*_AHEAD_OF.finditer(line), *_ORDERED.finditer(line)):
        of = int(match["year"]) if match["year"] else _next(year)
        told = any(plan.start <= offset + match.start() < plan.end for plan in later)
        if year is not None and of is not None and of > year and not told:
            yield Plan(offset + match.start(), offset + match.end(), of)
    for pattern in (_PARENTHESIS, _BESIDE):
        for match in pattern.finditer(line):
            named = _YEAR.findall(match.group())
            yield Plan(offset + match.start(), offset + match.end(), int(named[0]) if named else year)


def _end_of_cue(line: str, cue: re.Match[str]) -> int:
    """Where what a cue opens ends: with the bracket it stands in, before what tells what is by now, else the line."""
    bracketed = line.rfind("(", 0, cue.start()) > line.rfind(")", 0, cue.start())
    closed = line.find(")", cue.end()) if bracketed else -1
    now = _BY_NOW.search(line, cue.end())
    return closed if closed >= 0 else now.start() if now else len(line)


def _has_plan_sense(line: str, cue: re.Match[str], year: int | None) -> bool:
    """Whether no year up to the results' own stands closest before the cue ("hoàn thành các chỉ tiêu năm 2023:")."""
    named = [int(found) for found in _YEAR.findall(line[: cue.end()])]
    if not named:
        return not line[: cue.start()].rstrip()[-1:].isdigit()  # "trong 21 chỉ tiêu được giao:" counts them
    return year is None or named[-1] > year


def _year_of_cue(line: str, cue: re.Match[str], year: int | None) -> int | None:
    """The later year named last up to the cue, else first after it, else the one after the results'."""
    before, after = _YEAR.findall(line[: cue.end()]), _YEAR.findall(line[cue.end() :])
    named = [int(found) for found in (*reversed(before), *after)]
    return next((found for found in named if year is None or found > year), _next(year))


def _next(year: int | None) -> int | None:
    return None if year is None else year + 1
