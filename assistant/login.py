"""Logging in: a password checked, unless too many tries failed before."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from assistant.accounts import Accounts
from assistant.passwords import BusyError
from assistant.rate import place
from assistant.users_file import canonical

_FORGET_S = 900.0
_BUSY_S = 3.0
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Lane:
    """Whose failed tries are counted together.

    Attributes:
        name: "" for any.
        address: "" for any.
    """

    name: str
    address: str

    def pause(self, failures: int) -> float:
        """Seconds without a try after so many failed in a row.

        Many share an address, so it has more tries free. A name's pauses are the shortest: an address that goes on
        trying a name is itself held up for longer, and leaves the rest of the time to the user elsewhere.
        """
        free, longest = (5, 60.0 if self.address else 30.0) if self.name else (20, 300.0)
        return min(2.0 ** min(failures - free, 30), longest) if failures >= free else 0.0


@dataclass(frozen=True, slots=True)
class Try:
    """A try to log in.

    Attributes:
        wait: Seconds until it may be made; 0.0: now, and it is counted as failed until told otherwise.
        lanes: Where it is counted.
    """

    wait: float
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Login:
    """What became of a try.

    Attributes:
        user: The name in its canonical form; "": not logged in.
        wait: Seconds until it may be tried again; 0.0 with no user: the name or the password is wrong.
    """

    user: str
    wait: float


@dataclass(frozen=True, slots=True)
class _Row:
    """Failures in a row.

    Attributes:
        failures: Their number.
        free_at: When the next try may be made, in seconds of the guard's clock.
    """

    failures: int
    free_at: float


class LoginGuard:
    """Growing pauses after failed tries in a row, for a name and for an address; safe to share between threads.

    Failing under another's name does not lock that user out: who has logged in from an address before is there
    held up by failures of that name at that address alone, as with device cookies [1], and elsewhere a name's pauses
    stay short. A try is counted before its password is checked, so that many at once are held up like many in a row.
    Failures are forgotten after 15 minutes, and of more than ``most`` rows the oldest, all in memory.

    [1] https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = _MOST) -> None:
        """Guard logins.

        Args:
            clock: Seconds, never going back.
            most: Rows of failures remembered, and users' addresses.
        """
        self._clock = clock
        self._most = most
        self._lock = Lock()
        self._rows: OrderedDict[Lane, _Row] = OrderedDict()  # the longest untouched first
        self._known: OrderedDict[Lane, None] = OrderedDict()

    def __len__(self) -> int:
        """The rows of failures and users' addresses remembered."""
        return len(self._rows) + len(self._known)

    def admit(self, name: str, address: str = "") -> Try:
        """Whether a try may be made now.

        Args:
            name: As typed.
            address: Where from; "" when not known: then its name's failures alone count.
        """
        with self._lock:
            now = self._clock()
            self._forget(now)
            lanes = self._lanes(canonical(name), place(address))
            wait = max(self._rows[lane].free_at - now if lane in self._rows else 0.0 for lane in lanes)
            if wait > 0:
                return Try(wait, lanes)
            for lane in lanes:
                failures = self._failures(lane) + 1
                self._put(lane, _Row(failures, now + lane.pause(failures)))
            return Try(0.0, lanes)

    def passed(self, made: Try, name: str, address: str = "") -> None:
        """A try that was admitted had the right password: the name's row of failures ends."""
        with self._lock:
            self._take_back(made)
            for lane in made.lanes:
                if lane.name:
                    self._rows.pop(lane, None)
            if address:
                both = Lane(canonical(name), place(address))
                self._known[both] = None
                self._known.move_to_end(both)
                if len(self._known) > self._most:
                    self._known.popitem(last=False)

    def withdrawn(self, made: Try) -> None:
        """A try that was admitted could not be made."""
        with self._lock:
            self._take_back(made)

    def _lanes(self, name: str, address: str) -> tuple[Lane, ...]:
        both = Lane(name, address)
        if both in self._known or not (name and address):
            return (both,)
        return both, Lane(name, ""), Lane("", address)

    def _failures(self, lane: Lane) -> int:
        return self._rows[lane].failures if lane in self._rows else 0

    def _take_back(self, made: Try) -> None:
        for lane in made.lanes:
            left = self._failures(lane) - 1
            if left > 0:
                self._put(lane, _Row(left, self._clock()))
            else:
                self._rows.pop(lane, None)

    def _put(self, lane: Lane, row: _Row) -> None:
        self._rows[lane] = row
        self._rows.move_to_end(lane)
        if len(self._rows) > self._most:
            self._rows.popitem(last=False)

    def _forget(self, now: float) -> None:
        while self._rows:
            lane, row = next(iter(self._rows.items()))
            if row.free_at + _FORGET_S > now:
                return
            del self._rows[lane]


def log_in(accounts: Accounts, guard: LoginGuard, name: str, password: str, address: str = "") -> Login:
    """Try to log in; takes a third of a second, so a web server calls it in a thread.

    Args:
        accounts: Who may.
        guard: Shared by all tries.
        name: As typed.
        password: As typed.
        address: Where from; "" when not known.
    """
    made = guard.admit(name, address)
    if made.wait > 0:
        return Login("", made.wait)
    try:
        fits = accounts.check(name, password)
    except BusyError:
        guard.withdrawn(made)
        return Login("", _BUSY_S)
    if not fits:
        return Login("", 0.0)
    guard.passed(made, name, address)
    return Login(canonical(name), 0.0)
