"""Where a report tells plans and targets, not results."""

import re
from collections.abc import Sequence

from index.types import Span

_HEADING = re.compile(r"^(#|[IVX]+\.|\d+\.|[a-z]\))|:\s*$")
_PLAN_WORD = re.compile(
    r"mục tiêu|phấn đấu|phương hướng|nhiệm vụ|chỉ tiêu chủ yếu|các chỉ tiêu|kế hoạch năm|định hướng|giải pháp",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp)[^.:;]{0,120}?(?:\s*:|(?:như sau|sau đây)\s*\.)"
    r"|phấn đấu|(?:đặt|đề)(?: ra)? (?:những |các )?(?:mục tiêu|chỉ tiêu)|mục tiêu đến|dự kiến đạt",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^\W*(?:trong |bước sang |sang |đến |xác định )?năm\s+((?:19|20)\d{2})", re.IGNORECASE)
_LATER_YEAR = re.compile(r"(?:19|20)\d{2}")
_PARENTHESIS = re.compile(r"\((?:kế hoạch|chỉ tiêu|mục tiêu)[^()]*\)", re.IGNORECASE)


def find_plans(text: str, content: Sequence[Span], year: int | None) -> tuple[Span, ...]:
    """Spans in which figures are planned ones, in order.

    A plan is what follows a cue ("mục tiêu … như sau:", "phấn đấu …") to the end of its paragraph, a paragraph
    that opens with a year after the report's, everything under a heading of tasks or targets of such a year,
    and a bracket that opens with "kế hoạch".

    Args:
        text: The whole report.
        content: Its paragraphs.
        year: The year the results are of.
    """
    plans: list[Span] = []
    under_heading = False
    for number, paragraph in enumerate(content):
        line = text[paragraph.start : paragraph.end]
        if number > 0 and len(line) < 160 and _HEADING.search(line):
            under_heading = _PLAN_WORD.search(line) is not None and _is_later(line, year)
        opening = _OPENING.match(line)
        if number > 0 and (under_heading or (opening and year and int(opening.group(1)) > year)):
            plans.append(paragraph)
            continue
        if number > 0 and (cue := _CUE.search(line)) and _has_plan_sense(line, cue, year):
            plans.append(Span(paragraph.start + cue.start(), paragraph.end))
        plans.extend(Span(paragraph.start + m.start(), paragraph.start + m.end()) for m in _PARENTHESIS.finditer(line))
    return tuple(plans)


def _is_later(line: str, year: int | None) -> bool:
    named = [int(found) for found in _LATER_YEAR.findall(line)]
    return not named or year is None or max(named) > year


def _has_plan_sense(line: str, cue: re.Match[str], year: int | None) -> bool:
    """Whether no year up to the results' own stands closest before the cue ("hoàn thành các chỉ tiêu năm 2023:")."""
    named = [int(found) for found in _LATER_YEAR.findall(line[: cue.end()])]
    return not named or year is None or named[-1] > year
