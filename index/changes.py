"""Report files as they are now, to see whether one changed since it was indexed, or while it is being read."""

import time
from pathlib import Path

from index.load import MAX_PACKED_BYTES
from index.manifest import IndexedFile
from index.seal import digest_of

_TICK_NS = 2 * 10**9
"""The coarsest clock of a file system, that of FAT."""


def as_it_is(folder: Path, path: str) -> IndexedFile:
    """A report file as it is now, not yet read as a report; without a digest if it cannot be read.

    Args:
        folder: The reports.
        path: POSIX path relative to it.
    """
    file = folder / path
    try:
        about = file.stat()
        digest = digest_of(file) if about.st_size <= MAX_PACKED_BYTES else ""
    except OSError:
        return IndexedFile(path, "", 0, 0)
    # changed so lately that a change still to come may get the same time: only its bytes will tell
    settled = time.time_ns() - max(about.st_mtime_ns, about.st_ctime_ns) > _TICK_NS
    ctime_ns = about.st_ctime_ns if settled else 0
    return IndexedFile(path, "", about.st_size, about.st_mtime_ns, ctime_ns, about.st_ino, digest)


def is_same(folder: Path, indexed: IndexedFile) -> bool:
    """Whether a report file is as it was indexed, by its size, times and place on the disk, else by its bytes.

    A change of the same size is noticed also when the clock was set back or the time of change was put back with it
    (``touch -d``, ``cp -p``): the system's own time of the last change cannot be set. It is missed where there is no
    such time, as on Windows, and on network drives that tell of changes late.
    """
    try:
        about = (folder / indexed.path).stat()
    except OSError:
        return not indexed.digest
    told = (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)
    if indexed.digest and told == (indexed.size, indexed.mtime_ns, indexed.ctime_ns, indexed.inode):
        return True
    return as_it_is(folder, indexed.path).digest == indexed.digest
