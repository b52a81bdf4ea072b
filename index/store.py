"""The index on disk: generations written whole and swapped in, and the served one opened.

``DIR/current`` names the generation in ``DIR/generations/`` that is served. A generation holds
``manifest.json`` and the files of ``generation``.

Its name is the digest of its manifest, which holds the digests of its other files: a byte that is not as it was
written is found on opening, wherever it is. A damaged generation is told, never served; nor is an older one in its
place, whose reports may have been changed or removed since.
"""

import re
import shutil
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

from index.errors import IndexMismatchError
from index.generation import Generation, open_files, write_files
from index.manifest import Manifest, damaged, read_sealed, write_sealed
from index.opened import Index
from index.seal import first_damaged, sync, sync_all, sync_names

_UNFINISHED = "unfinished-"
_Opened = TypeVar("_Opened")


def write(folder: Path, generation: Generation) -> None:
    """Write a generation aside and swap it in; the old one is served until the last moment.

    Whatever ends this midway, a power cut too, leaves the old generation served: a file's bytes are on the disk before
    its name counts. Only who holds the folder's lock may write, see ``lock``.

    Raises:
        OSError: The disk is full or the folder cannot be written; the old generation stays.
    """
    generations = folder / "generations"
    generations.mkdir(parents=True, exist_ok=True)
    before = _served(folder)
    _remove(path for path in generations.iterdir() if path.name.startswith(_UNFINISHED))  # of builders that were killed
    aside, pointer = generations / f"{_UNFINISHED}{uuid.uuid4().hex[:12]}", folder / "current.new"
    final = aside
    try:
        aside.mkdir()
        write_files(aside, generation)
        final = generations / write_sealed(aside, generation.manifest)
        sync_all(aside)
        aside.rename(final)
        sync_names(generations)
        pointer.write_text(final.name, "utf-8")
        sync(pointer)
        if (folder / "current").is_dir():
            shutil.rmtree(folder / "current")
        pointer.replace(folder / "current")
    except BaseException:  # Ctrl+C too, perhaps after the swap
        if _served(folder) != final.name:
            _remove((aside, final))
        with suppress(OSError):
            pointer.unlink(missing_ok=True)
        raise
    sync_names(folder)
    # readers may still be opening the one before
    _remove(path for path in generations.iterdir() if path.name not in (before, final.name))


def _served(folder: Path) -> str:
    """The name of the served generation, or "" when there is none, or it cannot be told."""
    try:
        current = _current(folder)
    except IndexMismatchError:
        return ""
    return current.name if current else ""


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the served generation, or None when there is no index yet.

    Raises:
        IndexMismatchError: The index was made by another version of this program, or is damaged.
    """
    return _of_served(folder, lambda current: read_sealed(folder, current).manifest)


def read(folder: Path) -> Index | None:
    """Open the served generation, or None when there is no index yet.

    Raises:
        IndexMismatchError: The index was made by another version of this program, or is damaged; the message names
            the file.
    """
    return _of_served(folder, lambda current: _open(folder, current))


def _of_served(folder: Path, opened: Callable[[Path], _Opened]) -> _Opened | None:
    """What is opened of the served generation; should two builders end meanwhile, which removes it, of the next one."""
    current = _current(folder)
    while current is not None:
        try:
            return opened(current)
        except IndexMismatchError:
            now = _current(folder)
            if now == current:
                raise
            current = now
    return None


def read_older(folder: Path) -> Index | None:
    """Any whole generation where the served one is damaged: for its parts to be used again, not to be served."""
    for generation in (folder / "generations").glob("[0-9a-f]*"):
        with suppress(IndexMismatchError):
            return _open(folder, generation)
    return None


def _open(folder: Path, current: Path) -> Index:
    sealed = read_sealed(folder, current)
    if name := first_damaged(current, sealed.parts):
        raise damaged(folder, name)
    try:
        return open_files(current, sealed.manifest)
    except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, BadZipFile) as error:
        raise damaged(folder, current.name) from error


def _current(folder: Path) -> Path | None:
    try:
        name = (folder / "current").read_text("utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, IsADirectoryError) as error:
        raise damaged(folder, "current") from error
    if not re.fullmatch(r"[0-9a-f]{12}", name):
        raise damaged(folder, "current")
    return folder / "generations" / name
