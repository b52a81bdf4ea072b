"""Why there is no answer, said plainly in Vietnamese."""

from collections.abc import Collection, Sequence

from assistant.phrase import escape
from assistant.types import Query
from index.provinces_table import MERGED, successor
from index.types import Report
from index.words import fold

REFUSAL = "Các báo cáo không nêu điều này."
"""The one phrase that says the reports do not tell."""
SILENT = "Báo cáo không nêu:"
"""What comes before the sides of a comparison that do not tell."""


def no_such_report(provinces: Sequence[str], known: Collection[str], reports: Sequence[Report] = ()) -> str:
    """No report of the provinces asked about is indexed.

    A province joined into another since July 2025 is told with it: the figures of the new province are not its own.

    Args:
        provinces: The provinces asked about.
        known: Those with a report.
        reports: The indexed reports, to name that of a new province.
    """
    listed = ", ".join(sorted(known, key=fold))
    joined = "".join(_now_part_of(name, reports) for name in provinces if successor(name) != name)
    return f"{REFUSAL} Kho chưa có báo cáo của {_joined(provinces)}; hiện có: {listed}.{joined}"


def _now_part_of(name: str, reports: Sequence[Report]) -> str:
    new = successor(name)
    day = f"{MERGED.day}/{MERGED.month}/{MERGED.year}"
    told = f" {name} nay thuộc {new} (từ {day})."
    since = [report for report in reports if report.province == new and _is_since_merged(report)]
    if not since:
        return told
    latest = max(since, key=lambda report: (report.year or 0, report.published or MERGED))
    return (
        f"{told} Kho có báo cáo của {new} sau sáp nhập: “{escape(latest.title)}”; "
        f"số liệu trong đó là của cả {new} mới, không phải của riêng {name}."
    )


def _is_since_merged(report: Report) -> bool:
    """Whether a report is of the provinces as they are since July 2025."""
    if report.year and report.year < MERGED.year:
        return False
    return report.published >= MERGED if report.published else report.year is not None


def unknown_person(names: Sequence[str], query: Query) -> str:
    """A person named in the question does not stand in the reports asked about."""
    where = f" của {_joined(query.provinces)}" if query.provinces else ""
    return f"{REFUSAL} Báo cáo{where} không nhắc đến {_joined(names)}."


def other_years(query: Query, reports: Sequence[Report]) -> str:
    """The reports of the province are of other years."""
    have = sorted({report.year for report in reports if report.year})
    listed = ", ".join(str(year) for year in have)
    asked = _joined([str(year) for year in query.years])
    whose = _joined(query.provinces)
    return f"{REFUSAL} Không thấy số liệu năm {asked}; báo cáo hiện có của {whose} là của năm {listed}."


def other_direction(asked: str, counted: str = "") -> str:
    """The reports tell a change the other way.

    Args:
        asked: "tăng" or "giảm".
        counted: What changes ("trạm BTS"), or "" when the figure counts nothing.
    """
    noun = " ".join(counted.removesuffix("mới").split()[:3])
    return f"Báo cáo không nói số {escape(noun) or 'này'} {asked}."


def not_told(query: Query) -> str:
    """The reports asked about do not give it."""
    what = "mục tiêu này" if query.target else "thông tin này"
    if not query.provinces:
        return f"{REFUSAL} Không báo cáo nào trong kho cho biết {what}."
    years = f" năm {_joined([str(year) for year in query.years])}" if query.years else ""
    return f"{REFUSAL} Báo cáo của {_joined(query.provinces)} không cho biết {what}{years}."


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " và " + names[-1]
