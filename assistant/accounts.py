"""Who may log in, as the users file says now: passwords checked, names and roles looked up."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import NamedTuple

from assistant.passwords import OWASP, Hashed, matches, unmatched
from assistant.users_file import Role, User, UsersFileError, canonical, read_users

_SETTLED_NS = 2_000_000_000
"""Within the tick of a file system's clock, at most 2 s, a file may change twice and look the same."""


class _Look(NamedTuple):
    """What of a file changes with it; times in nanoseconds."""

    changed: int
    touched: int
    size: int
    node: int


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the file held when it was read.

    Attributes:
        look: Of the file then; None: it is read again at the next question.
        users: By name.
        stranger: Stands in for the password of users there are not.
    """

    look: _Look | None
    users: Mapping[str, User]
    stranger: Hashed


class Accounts:
    """The users of a file; safe to share between threads.

    A change of the file counts at once. While the file cannot be used nobody is known, and why is told: a list that
    may be out of date could let in a user who was removed. Names are taken in any of the forms
    ``users_file.canonical`` unites.
    """

    def __init__(self, path: Path, users: Mapping[str, User], tell: Callable[[str], None]) -> None:
        self._path = path
        self._tell = tell
        self._told = ""
        self._lock = Lock()
        self._listed = _Listed(None, users, _stranger(users))

    @classmethod
    def read(cls, path: Path, tell: Callable[[str], None] | None = None) -> "Accounts":
        """The accounts of a users file.

        Args:
            path: See ``users_file``.
            tell: Given one line when the file can no longer be used; default: writes it to stderr.

        Raises:
            UsersFileError: The file is missing or open to others, or a line is wrong; the message names it.
        """
        return cls(path, _by_name(path), tell or _write_to_stderr)

    def check(self, name: str, password: str) -> bool:
        """Whether a user of this name has this password; it takes as long where there is no such user.

        Raises:
            BusyError: More passwords are being checked than may wait.
        """
        listed = self._now()
        user = listed.users.get(canonical(name))
        fits = matches(password, user.password if user else listed.stranger)
        return fits and user is not None

    def is_known(self, name: str) -> bool:
        """Whether there is such a user still."""
        return canonical(name) in self._now().users

    def is_admin(self, name: str) -> bool:
        """Whether there is such a user still, and an admin."""
        user = self._now().users.get(canonical(name))
        return user is not None and user.role is Role.ADMIN

    def _now(self) -> _Listed:
        with self._lock:
            look = _look(self._path)  # before it is read: a change meanwhile shows at the next question
            if look is None or look != self._listed.look:
                self._listed = self._read_again(look)
            return self._listed

    def _read_again(self, look: _Look | None) -> _Listed:
        try:
            users, wrong = _by_name(self._path), ""
        except UsersFileError as error:
            users, wrong = MappingProxyType({}), str(error)
        if wrong and wrong != self._told:
            self._tell(f"Chưa ai đăng nhập được: {wrong}")
        self._told = wrong
        settled = look is not None and time.time_ns() - max(look.changed, look.touched) > _SETTLED_NS
        return _Listed(look if settled else None, users, _stranger(users))


def _by_name(path: Path) -> Mapping[str, User]:
    return MappingProxyType({user.name: user for user in read_users(path)})


def _stranger(users: Mapping[str, User]) -> Hashed:
    """A password nobody has, as costly to check as most users'."""
    costs = Counter(user.password.cost for user in users.values()).most_common(1)
    return unmatched(costs[0][0] if costs else OWASP)


def _look(path: Path) -> _Look | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return _Look(found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)


def _write_to_stderr(message: str) -> None:
    print(message, file=sys.stderr)
