"""One file → its Report: load → clean → describe; needs neither an index nor an embedding model."""

from pathlib import Path

from index.clean import find_content
from index.describe import describe
from index.load import UnreadableFileError, load_text
from index.types import Report
from index.words import WORD


def read_report(folder: Path, path: str) -> Report:
    """Load, clean and describe one report file.

    Raises:
        UnreadableFileError: The file cannot be read, or its content holds no word.
    """
    loaded = load_text(folder, path)
    content = find_content(loaded.text)
    if not any(WORD.search(loaded.text, span.start, span.end) for span in content):
        raise UnreadableFileError("không có nội dung")
    about = describe(loaded.text, content)
    return Report(
        path=path,
        text=loaded.text,
        sha256=loaded.sha256,
        content=content,
        title=about.title,
        province=about.province,
        year=about.year,
        published=about.published,
        source=about.source,
    )
