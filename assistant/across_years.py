"""A change that no single report tells, put as a comparison of the reports of two years."""

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant import ends, kinds
from assistant.types import Asked, Part, Query, Reckoning
from index.lexicon import canonical_words
from index.types import Report

_SINCE = re.compile(
    r"\b(?:so (?:với|vs\.?)|hơn|kém|từ) (?:cùng kỳ |cuối |đầu )?(?:năm )?(?P<year>(?:19|20)\d{2})\b", re.IGNORECASE
)


def across_years(query: Query, reports: Iterable[Report]) -> Query | None:
    """The query for how far a figure moved, put to the reports of both years; None unless there are such reports.

    The later year is the one asked about, or the latest there is a report of; the earlier one is the year it is held
    against in the question, or the year before.
    """
    if query.asked is not Asked.CHANGE or len(query.provinces) != 1 or query.compares or query.target:
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
