"""One builder at a time: a lock on the index folder, among all threads and processes, that a crash frees.

The system holds the lock for as long as the file is open, so nothing is left to clear after ``kill -9``. The file
itself stays: were it removed, two builders could hold the lock of two files of one name.
"""

import errno
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import IndexLockError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = "lock"
WAIT_S = 600.0
"""How long one waits for another builder: reports by the hundred are embedded in a minute or two."""
_POLL_S = 0.1
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
_FAR = 1 << 30
"""Byte that Windows locks: far behind the text, which others could else not read."""
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK, getattr(errno, "EDEADLOCK", errno.EDEADLK)}


@contextmanager
def building(
    folder: Path, waiting: Callable[[str], object] = lambda message: None, wait_s: float = WAIT_S
) -> Iterator[None]:
    """Build alone: whoever else builds in ``folder`` is waited for.

    Args:
        folder: The index folder; created when missing.
        waiting: Called once, with who builds, when there is something to wait for.
        wait_s: Seconds to wait.

    Raises:
        IndexLockError: The other builder did not end in time, or files cannot be locked on that disk.
        OSError: The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / NAME, _FLAGS, 0o666)
    try:
        _acquire(descriptor, folder, waiting, wait_s)
        try:
            _sign(descriptor)
            yield
        finally:
            _release(descriptor)
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, folder: Path, waiting: Callable[[str], object], wait_s: float) -> None:
    if _try(descriptor, folder):
        return
    waiting(f"{_holder(descriptor)} đang lập chỉ mục ở {str(folder)!r}: chờ, tối đa {wait_s:.0f} giây …")
    until = time.monotonic() + wait_s
    while not _try(descriptor, folder):
        if time.monotonic() > until:
            raise IndexLockError(
                f"{_holder(descriptor)} vẫn đang lập chỉ mục ở {str(folder)!r} sau {wait_s:.0f} giây: hãy chạy lại khi "
                f"việc ấy xong, hoặc dừng tiến trình ấy."
            )
        time.sleep(_POLL_S)


def _try(descriptor: int, folder: Path) -> bool:
    """Take the lock if nobody holds it."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise IndexLockError(
            f"Không khóa được thư mục chỉ mục {str(folder)!r} ({error.strerror or error}): hãy đặt ASSISTANT_INDEX_DIR "
            f"ở ổ đĩa của máy này."
        ) from error
    return True


def _release(descriptor: int) -> None:
    """Let go at once: a process forked meanwhile has the file open too."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
    if sys.platform == "win32":
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _sign(descriptor: int) -> None:
    """Write who holds the lock, for others to tell; on a full disk it holds without."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{os.getpid()} {platform.node()}".encode("utf-8", "replace"))


def _holder(descriptor: int) -> str:
    """Who holds the lock, in Vietnamese."""
    with suppress(OSError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        number, _, host = os.read(descriptor, 200).decode("utf-8", "replace").partition(" ")
        if number.isdecimal():
            there = "" if host == platform.node() else f" ở máy {host!r}"
            return "Tiến trình này" if not there and int(number) == os.getpid() else f"Tiến trình {number}{there}"
    return "Một tiến trình khác"
