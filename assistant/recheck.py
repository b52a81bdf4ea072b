"""Saved answers held against the reports of a folder again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer_file import SavedAnswer
from assistant.backing import Backing
from assistant.citing import stands
from assistant.receipt import Receipt
from assistant.report_folder import CitedReports, cited_reports
from assistant.types import Answer, Citation, Problem, Verification
from assistant.verify import verify_answer
from index.types import Report


@dataclass(frozen=True, slots=True)
class Rechecked:
    """How a saved answer stands now.

    Attributes:
        saved: The answer as it was saved.
        verification: The verdicts of today.
        exact: The citations whose quotes stand in the report word for word where they are cited.
    """

    saved: SavedAnswer
    verification: Verification
    exact: tuple[Citation, ...]


def recheck(saved: Sequence[SavedAnswer], folder: Path) -> list[Rechecked]:
    """Hold saved answers against the reports of a folder.

    Raises:
        ReportsError: There is no such folder.
    """
    cited = cited_reports(folder, [one.answer for one in saved])
    backing = Backing(cited.reports)
    return [_rechecked(one, cited, backing) for one in saved]


def _rechecked(saved: SavedAnswer, cited: CitedReports, backing: Backing) -> Rechecked:
    verification = verify_answer(saved.answer, cited.reports, backing)
    problems = [*verification.problems, *_unreadable(saved.answer, cited.unreadable)]
    if saved.receipt is not None:
        problems += [*_moved_surroundings(saved.receipt, cited.reports), *_forged_checks(saved.receipt)]
    exact = tuple(citation for citation in saved.answer.citations if _is_exact(citation, cited.reports))
    return Rechecked(saved, Verification(verification.checks, tuple(problems)), exact)


def _unreadable(answer: Answer, unreadable: Mapping[str, str]) -> Iterator[Problem]:
    """Why a report that is cited was not looked into."""
    paths = {citation.report for citation in (*answer.citations, *answer.near_misses)}
    for path in sorted(paths & unreadable.keys()):
        yield Problem(path, unreadable[path])


def _moved_surroundings(receipt: Receipt, reports: Mapping[str, Report]) -> Iterator[Problem]:
    """Surroundings that the report does not tell around the quote; a report changed since is named elsewhere."""
    for citation, around in zip(receipt.answer.citations, receipt.surroundings, strict=True):
        report = reports.get(citation.report)
        if report is None or report.sha256 != citation.sha256:
            continue
        for stretch in (around.before, around.after):
            if stretch is None:
                continue
            beside = stretch.end <= citation.start if stretch is around.before else stretch.start >= citation.end
            if stretch.start < 0 or not beside or report.text[stretch.start : stretch.end] != stretch.text:
                yield Problem(f"[{citation.marker}]", "đoạn xung quanh ghi trong biên nhận không đúng với báo cáo")


def _forged_checks(receipt: Receipt) -> Iterator[Problem]:
    """Verdicts of a receipt on figures that its answer does not tell where they say."""
    for check in receipt.verification.checks:
        if receipt.answer.text[check.start : check.end] != check.figure:
            yield Problem(check.figure[:40], "biên nhận kết luận về số liệu không có trong câu trả lời")


def _is_exact(citation: Citation, reports: Mapping[str, Report]) -> bool:
    report = reports.get(citation.report)
    if report is None or report.sha256 != citation.sha256:
        return False
    return stands(citation, report)
