"""A text → its report, passages and figures: all that is made of one text alone; runs in the sandbox."""

from index.clean import find_content
from index.describe import describe
from index.elsewhere import without_elsewhere
from index.figures import find_figures
from index.formats.converted import UnreadableFileError
from index.split import split_report
from index.tokens import count_tokens
from index.types import LoadedText, Prepared, Report
from index.words import WORD


def prepare(loaded: LoadedText) -> Prepared:
    """Clean, describe and split a text, and find its figures.

    Raises:
        UnreadableFileError: Its content holds no word.
    """
    report = report_of(loaded)
    passages = tuple(split_report(report, count_tokens))
    return Prepared(report, passages, tuple(find_figures({report.path: report}, passages)))


def report_of(loaded: LoadedText) -> Report:
    """Clean and describe a text.

    Raises:
        UnreadableFileError: Its content holds no word.
    """
    content = find_content(loaded.text)
    if not any(WORD.search(loaded.text, span.start, span.end) for span in content):
        raise UnreadableFileError("không có nội dung")
    about = describe(loaded.text, content)
    return Report(
        path=loaded.path,
        text=loaded.text,
        sha256=loaded.sha256,
        content=without_elsewhere(loaded.text, content, about.province) or content,
        title=about.title,
        province=about.province,
        year=about.year,
        published=about.published,
        source=about.source,
        pages=loaded.pages,
    )
