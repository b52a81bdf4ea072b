"""One file → its Report: load → clean → describe; needs neither an index nor an embedding model."""

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from index.clean import find_content
from index.describe import describe
from index.load import LoadedText, UnreadableFileError, is_archive, load_members, load_text
from index.types import Report, SkippedFile
from index.words import WORD


def read_report(folder: Path, path: str) -> Report:
    """Load, clean and describe one report: a file, or a member of an archive.

    Raises:
        UnreadableFileError: It cannot be read, or its content holds no word.
    """
    return _report(load_text(folder, path))


def read_reports(folder: Path, path: str) -> Iterator[Report | SkippedFile]:
    """The reports of a file, one but for archives; what cannot be read is named with a reason."""
    try:
        if not is_archive(path):
            yield read_report(folder, path)
            return
        for loaded in load_members(folder, path):
            yield loaded if isinstance(loaded, SkippedFile) else _report_or_reason(loaded)
    except UnreadableFileError as error:
        yield SkippedFile(path, str(error))


def page_of(report: Report, offset: int) -> int | None:
    """The page, counted from 1, that an offset of a report stands on; None when it has no pages."""
    return max(1, bisect_right(report.pages, offset)) if report.pages else None


def _report_or_reason(loaded: LoadedText) -> Report | SkippedFile:
    try:
        return _report(loaded)
    except UnreadableFileError as error:
        return SkippedFile(loaded.path, str(error))


def _report(loaded: LoadedText) -> Report:
    content = find_content(loaded.text)
    if not any(WORD.search(loaded.text, span.start, span.end) for span in content):
        raise UnreadableFileError("không có nội dung")
    about = describe(loaded.text, content)
    return Report(
        path=loaded.path,
        text=loaded.text,
        sha256=loaded.sha256,
        content=content,
        title=about.title,
        province=about.province,
        year=about.year,
        published=about.published,
        source=about.source,
        pages=loaded.pages,
    )
