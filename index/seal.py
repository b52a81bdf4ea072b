"""Files that must be on the disk, and stay, as they were written: digests, and waiting for the disk."""

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def digest_of(path: Path) -> str:
    """The hex SHA-256 of a file's bytes; a gigabyte takes about a second, of BLAKE2 a little longer.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests_of(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder, by its POSIX path relative to it."""
    return {path.relative_to(folder).as_posix(): digest_of(path) for path in _files(folder)}


def first_damaged(folder: Path, digests: Mapping[str, str]) -> str | None:
    """The first file below a folder that is not the one of its digest, or is gone; None when all are whole."""
    for name, digest in digests.items():
        try:
            if digest_of(folder / name) != digest:
                return name
        except OSError:
            return name
    return None


def sync_all(folder: Path) -> None:
    """Wait until all below a folder, and its name, are on the disk.

    Raises:
        OSError: The disk fails.
    """
    files = _files(folder)
    for path in files:
        sync(path)
    for inner in {path.parent for path in files} | {folder, folder.parent}:
        sync_names(inner)


def sync(path: Path) -> None:
    """Wait until a file's bytes are on the disk.

    Raises:
        OSError: The disk fails.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_names(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do so."""
    with suppress(OSError):  # Windows opens no folders, some network drives cannot sync them
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
