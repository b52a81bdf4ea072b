"""The cited reports of a folder, read as an index would read them, without building one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.types import Answer
from index.errors import ReportsError
from index.formats.kinds import NAMED
from index.load import MissingFileError, UnreadableFileError, check_path
from index.report import read_report
from index.types import Report


@dataclass(frozen=True, slots=True)
class CitedReports:
    """What a folder holds of the reports that answers cite.

    Attributes:
        reports: By path.
        unreadable: Why others cannot be read, by path, in Vietnamese; those that are not there are in neither.
    """

    reports: Mapping[str, Report]
    unreadable: Mapping[str, str]


def cited_reports(folder: Path, answers: Iterable[Answer]) -> CitedReports:
    """Read the reports that answers cite; no other file is opened, and none outside the folder.

    Args:
        folder: The reports.
        answers: As loaded; their paths are not trusted.

    Raises:
        ReportsError: There is no such folder.
    """
    if not folder.is_dir():
        raise ReportsError(f"Không có thư mục báo cáo {str(folder)!r}: hãy chỉ một thư mục có tệp {NAMED}.")
    paths = {citation.report for answer in answers for citation in (*answer.citations, *answer.near_misses)}
    reports: dict[str, Report] = {}
    unreadable: dict[str, str] = {}
    for path in sorted(paths):
        try:
            check_path(folder, path)
            reports[path] = read_report(folder, path)
        except MissingFileError:
            continue
        except UnreadableFileError as error:
            unreadable[path] = str(error)
    return CitedReports(reports, unreadable)
