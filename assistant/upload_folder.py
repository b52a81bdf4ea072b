"""The folder of the reports that people added: what is its own, what in it nobody sees yet, one change at a time."""

import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from index.load import SUFFIXES, is_archive

FOLDER = "tai-len"
"""Its name, within the folder of all reports."""
_HIDDEN = ".dang-kiem"
"""Within FOLDER, so on one file system with it; no index looks into a folder with a leading dot."""
_LEFT_OVER_S = 3600
"""Age from which a hidden file is taken to be of a process that died, not of one that is at work on it."""
changing = threading.Lock()
"""Held by who saves or removes a report, from looking at what is there until that is done."""


def is_removable(path: str) -> bool:
    """Whether a report's path, relative to the folder of all reports, is that of an added one.

    A member of an archive that was added is: the archive goes with it.
    """
    folder, _, rest = path.partition("/")
    name, _, member = rest.partition("/")
    if folder != FOLDER or name.startswith(".") or "\\" in rest or (member and not is_archive(name)):
        return False
    if any(part in ("", ".", "..") for part in rest.split("/")):
        return False
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def is_linked(reports_dir: Path) -> bool:
    """Whether FOLDER is a link, or a junction of Windows, and so may lead to files that are not its own."""
    folder = reports_dir / FOLDER
    return folder.is_symlink() or folder.resolve() != reports_dir.resolve() / FOLDER


@contextmanager
def aside(folder: Path, content: bytes, suffix: str) -> Iterator[Path]:
    """A hidden file with the content, gone at the end unless it was moved.

    The folder that hides it stays: an index that is being built walks through all folders, and stops at one that
    vanishes.

    Args:
        folder: FOLDER, which is there.
        content: The whole file.
        suffix: Of its name, which tells how it is read.

    Raises:
        OSError: The disk is full or the folder cannot be written.
    """
    hidden = folder / _HIDDEN
    hidden.mkdir(exist_ok=True)
    _remove_left_overs(hidden)
    path = hidden / f"{uuid.uuid4().hex}{suffix}"
    try:
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # else a power cut after the move could leave an empty report
        yield path
    finally:
        path.unlink(missing_ok=True)


def _remove_left_overs(hidden: Path) -> None:
    for path in hidden.iterdir():
        with suppress(OSError):  # another upload has just moved it
            if time.time() - path.stat().st_mtime > _LEFT_OVER_S:
                path.unlink()
