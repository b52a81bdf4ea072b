"""Which year a report tells the results of: every year it names has a say."""

import re
from collections import defaultdict
from datetime import date

_YEAR = re.compile(r"(?<![\d./-])((?:19|20)\d{2})(?![\d/-]|[.,]\d)")
_BEFORE = 60
"""Characters before a year that tell what is said of it."""
_COMPARED = re.compile(
    r"\b(so với|so cùng kỳ|cùng kỳ|hơn|kém|tăng từ|giảm từ)( với)?( cùng kỳ)?( \d+ tháng)?( cuối| đầu)?( năm)?\s*$"
)
_REACHED = re.compile(
    r"\b(tính|lũy kế|luỹ kế) (đến|tới)\b[^.;\n\d]{0,20}$"
    r"|(?<!đấu )(?<!tâm )(?<!nhằm )(?<!sẽ )\bhoàn thành\b[^.;\n\d]{0,30}"
    r"\b(nhiệm vụ|mục tiêu|chỉ tiêu|kế hoạch)( năm)?\s*$"
)
"""What looks planned, but tells a result: "tính đến hết năm", "hoàn thành nhiệm vụ năm"."""
_PLANNED = re.compile(
    r"\b(nhiệm vụ|phương hướng|định hướng|mục tiêu|phấn đấu|đến hết|đến cuối|đến|trước|dự kiến|bàn)\b[^.;\n\d]{0,30}$"
)
_REVIEWED = re.compile(r"\b(tổng kết|kết quả|đánh giá|tình hình|nhìn lại|số liệu|con số|báo cáo)\b[^.;\n\d]{0,60}$")
_INDEX = re.compile(r"\b(index|chỉ số|dti|pci|papi|xếp hạng|giai đoạn|nghị định|nghị quyết|quyết định)\b[^.;\n]{0,25}$")
_OPENING = re.compile(r"(^|[.!?;:…]\s+)[\"“]?(trong )?năm\s+$")
_AHEAD = re.compile(r"[^.\n]{0,80}\b(phấn đấu|mục tiêu|đặt|sẽ|dự kiến|kế hoạch)\b")
_SAID, _SAID_OF = 1.0, 2.0
"""Weight of a year that is named, and of one told by what is said of another."""
_HEADLINE, _REVIEW, _PUBLISHED = 3.0, 3.0, 8.0
_MOST_IN_PASSING = 4.0
"""What all mentions of a year come to of which nothing is said, as in the columns of a table."""
_EARLIER = re.compile(r"[(;]\s*(?:(?:cuối|đầu|hết|cùng kỳ)\s+)?(?:năm\s+)?$", re.IGNORECASE)
_ITS_VALUE = re.compile(r"\s*(?::|là\b|đạt\b|có\b|chỉ\b)")
"""Around the year of a value told beside this year's: "2.214 trạm (2022: 2.105)"."""
_OF_MONTHS = r"\b(?:quý (?:I{{1,3}}|[1-3])|(?:\d+|ba|sáu|chín) tháng(?: đầu)?|nửa đầu)(?: năm|/)\s*{year}\b"
"""A headline of the first months of the year of publication, which is to be filled in."""
_ENDS_IN, _BEGINS_IN = 10, 6
"""Results are published from October of their year to June of the next."""


def find_year(title: str, body: str, published: date | None) -> int | None:
    """The year of the results, or None where nothing but years in passing tell it.

    A year compared with, or planned for, speaks for its neighbour; the years of an index or a decree say nothing.

    Args:
        title: The headline.
        body: The content.
        published: Day of publication, if it is told.
    """
    votes: defaultdict[int, float] = defaultdict(float)
    told = _vote(votes, title, _HEADLINE)
    told |= _vote(votes, body, 1.0)
    if published and not _ENDS_IN > published.month > _BEGINS_IN:
        of_own = re.search(_OF_MONTHS.format(year=published.year), title, re.IGNORECASE) is not None
        votes[published.year - (published.month <= _BEGINS_IN and not of_own)] += _PUBLISHED
        told = told or bool(_YEAR.search(title + body))
    return max(votes, key=lambda year: (votes[year], year)) if told else None


def _vote(votes: defaultdict[int, float], text: str, weight: float) -> bool:
    """Count the years of a text; whether any of them is the year of a review, a plan or a comparison."""
    told = False
    passing: defaultdict[int, float] = defaultdict(float)
    for match in _YEAR.finditer(text):
        year, before = int(match.group(1)), text[max(0, match.start() - _BEFORE) : match.start()].lower()
        if _INDEX.search(before):
            continue
        if _COMPARED.search(before):
            votes[year + 1] += _SAID_OF * weight
        elif _REVIEWED.search(before):
            votes[year] += _REVIEW * weight
        elif _REACHED.search(before):
            votes[year] += _SAID_OF * weight
        elif _PLANNED.search(before) or (_OPENING.search(before) and _AHEAD.match(text, match.end())):
            votes[year - 1] += _SAID * weight
        elif _OPENING.search(before):
            votes[year] += _SAID * weight
        elif _EARLIER.search(before) and _ITS_VALUE.match(text, match.end()):
            passing[year + 1] += _SAID * weight
            continue
        else:
            passing[year] += _SAID * weight
            continue
        told = True
    for year, said in passing.items():
        votes[year] += min(said, _MOST_IN_PASSING)
    return told
