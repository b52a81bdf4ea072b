"""Where a new report is saved among those that are there; one whose text is there already is refused."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from assistant.decoding import shown
from assistant.upload_folder import FOLDER
from assistant.uploads import Limits, refused
from index.load import SourceFile, UnreadableFileError, count_members, is_archive, list_files, load_text
from index.types import Report
from index.words import nfc

_QUICK = (".txt", ".md")


def place_for(
    reports_dir: Path, name: str, safe: str, checked: Path, reports: Sequence[Report], limits: Limits
) -> Path:
    """Where a file may be saved: in the place of one of the same name, if there is one.

    Args:
        reports_dir: The folder of all reports.
        name: What the file was called, for errors.
        safe: The name it is to have, see ``safe_name``.
        checked: The file, out of sight of the others.
        reports: What it holds.
        limits: How much may be added.

    Raises:
        UploadError: Its text is there already, or there are too many.
    """
    data = checked.read_bytes()
    for file in list_files(reports_dir):
        with suppress(UnreadableFileError, OSError):
            if _tells_the_same(reports_dir, file, data, reports):
                raise refused(name, f"cùng nội dung với báo cáo đã có {shown(file.path)}; không cần thêm lại")
    folder = reports_dir / FOLDER
    saved = [path for path in folder.iterdir() if not path.name.startswith(".")]
    # a system that takes capitals for small letters has one file for both names, and so it is on every system
    same = next((path for path in saved if nfc(path.name).casefold() == safe.casefold()), None)
    count = sum(_members(path) for path in saved if path != same)
    if count + len(reports) > limits.files:
        adding = f", tệp này có {len(reports)} báo cáo" if len(reports) > 1 else ""
        raise refused(name, f"đã có {count} tệp được thêm{adding}, tối đa {limits.files}; hãy gỡ bớt báo cáo cũ")
    return same or folder / safe


def _tells_the_same(reports_dir: Path, file: SourceFile, data: bytes, reports: Sequence[Report]) -> bool:
    """Whether a file there is the same as a new one; of plain text, whether it tells the same.

    Files that take long to parse are compared by their bytes alone; an index leaves out what tells the same anyway.
    """
    if PurePosixPath(file.path).suffix.lower() in _QUICK:
        return len(reports) == 1 and load_text(reports_dir, file.path).sha256 == reports[0].sha256
    return file.size == len(data) and (reports_dir / file.path).read_bytes() == data


def _members(file: Path) -> int:
    """How many reports a saved file counts for."""
    if not is_archive(file.name):
        return 1
    try:
        return count_members(file.parent, file.name)
    except UnreadableFileError:
        return 1
