"""Report files → reports with their passages and figures; needs neither an index nor an embedding model."""

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from index.load import UnreadableFileError, is_archive, load_members, load_text
from index.sandbox import sandbox
from index.types import LoadedText, Prepared, Report, SkippedFile


def read_report(folder: Path, path: str) -> Report:
    """Read one report: a file, or a member of an archive.

    Raises:
        UnreadableFileError: It cannot be read, or its content holds no word.
    """
    return sandbox.SHARED.describe(load_text(folder, path))


def read_reports(folder: Path, path: str) -> Iterator[Prepared | SkippedFile]:
    """The reports of a file, one but for archives; what cannot be read is named with a reason."""
    try:
        if not is_archive(path):
            yield sandbox.SHARED.prepare(load_text(folder, path))
            return
        with sandbox.for_archive() as own:
            for loaded in load_members(folder, path, own):
                yield loaded if isinstance(loaded, SkippedFile) else _prepared_or_reason(loaded, own)
    except UnreadableFileError as error:
        yield SkippedFile(path, str(error))


def page_of(report: Report, offset: int) -> int | None:
    """The page, counted from 1, that an offset of a report stands on; None when it has no pages."""
    return max(1, bisect_right(report.pages, offset)) if report.pages else None


def _prepared_or_reason(loaded: LoadedText, own: sandbox.Sandbox) -> Prepared | SkippedFile:
    try:
        return own.prepare(loaded)
    except UnreadableFileError as error:
        return SkippedFile(loaded.path, str(error))
