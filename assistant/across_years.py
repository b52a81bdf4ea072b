"""A change that no single report tells, put as a comparison of the reports of two years."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from assistant import ends, kinds, refusals
from assistant.types import Asked, Draft, Part, Query, Reckoning
from index.lexicon import canonical_words
from index.types import Report

_SINCE = re.compile(
    r"\b(?:so (?:với|vs\.?)|hơn|kém|từ) (?:cùng kỳ |cuối |đầu )?(?:năm )?(?P<year>(?:19|20)\d{2})\b", re.IGNORECASE
)
_WITHIN_YEAR = re.compile(r"\b(?:tháng|quý|tuần|thang|quy)\s*(?:\d|[IVX]+\b|trước|này|truoc|nay)", re.IGNORECASE)
_HELD = re.compile(r"\bso (?:với|voi|vs)\b", re.IGNORECASE)
_YEARLY = re.compile(
    r"\bso (?:với|voi|vs\.?) (?:cuối |đầu |cuoi |dau )?(?:cùng kỳ|cung ky|năm|nam|(?:19|20)\d{2})", re.IGNORECASE
)
_PART_OF_YEAR = re.compile(
    r"\b(?:\d+|sáu|chín|mười một) tháng\b|\bquý (?:I{1,3}|IV|\d)\b|\bnửa (?:đầu )?năm\b", re.IGNORECASE
)


def told_over_years(draft: Draft, wider: Query, direction: str, reports: Mapping[str, Report]) -> Draft | None:
    """What the reports of both years tell of a change, or None where they do not tell values of whole years.

    Args:
        draft: What they tell.
        wider: The query put to both, see ``across_years``.
        direction: What the question supposes, "tăng", "giảm" or "".
        reports: By path.
    """
    quotes = (reports[part.report].text[part.span.start : part.span.end] for part in draft.evidence)
    if draft.status != "answered" or any(_PART_OF_YEAR.search(quote) for quote in quotes):
        return None
    higher = re.match(r"Cao hơn: \*\*[^*]*\((\d{4})\)", draft.text)
    moved = "" if higher is None else "tăng" if int(higher.group(1)) == max(wider.years) else "giảm"
    if direction and moved != direction:
        return Draft(f"{refusals.other_direction(direction)}\n{draft.text}", "partial", draft.evidence)
    return draft


def across_years(query: Query, reports: Iterable[Report]) -> Query | None:
    """The query for how far a figure moved, put to the reports of both years; None unless there are such reports.

    The later year is the one asked about, or the latest there is a report of; the earlier one is the year it is held
    against in the question, or the year before.
    """
    if query.asked is not Asked.CHANGE or len(query.provinces) != 1 or query.compares or query.target:
        return None
    if _WITHIN_YEAR.search(query.question) or (_HELD.search(query.question) and not _YEARLY.search(query.question)):
        return None
    told = {report.year for report in reports if report.province == query.provinces[0] and report.year}
    later = max(query.years or told, default=0)
    since = _SINCE.search(query.question)
    earlier = int(since["year"]) if since else later - 1
    if earlier >= later or not {earlier, later} <= told:
        return None
    text = kinds.pattern_text(query.question, canonical_words(query.question, typed=True))
    return replace(
        query,
        years=(earlier, later),
        parts=tuple(Part(query.provinces[0], (year,)) for year in (earlier, later)),
        reckoning=Reckoning.DIFFERENCE,
        amount=ends.amount_asked(text, any(query.wanted)),
        compares=True,
        direction="",
    )
