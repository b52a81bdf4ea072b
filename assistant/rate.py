"""How often a user, or an address, may ask."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Lock

WINDOW_S = 60.0
_MOST_USERS = 10_000
_KEY_CHARS = 128


class RateLimit:
    """At most so many questions of a user in any 60 seconds; safe to share between threads.

    Who has not asked for 60 seconds is forgotten; of more than ``most_users`` the one who asked longest ago is.
    """

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = time.monotonic, most_users: int = _MOST_USERS
    ) -> None:
        """Limit questions.

        Args:
            per_minute: 0 for any number.
            clock: Seconds, never going back.
            most_users: Users remembered.

        Raises:
            ValueError: ``per_minute`` is negative.
        """
        if per_minute < 0:
            raise ValueError(f"per_minute is {per_minute}: give 0 for no limit")
        self._per_minute = per_minute
        self._clock = clock
        self._most_users = most_users
        self._lock = Lock()
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()  # who asked longest ago first

    def __len__(self) -> int:
        """The users remembered."""
        return len(self._asked)

    def wait(self, user: str) -> float:
        """Seconds until the user may ask again; 0.0: may ask now, and it is counted.

        Args:
            user: A user's name in its canonical form, or ``place`` of an address.
        """
        if self._per_minute == 0:
            return 0.0
        user = user[:_KEY_CHARS]
        with self._lock:
            now = self._clock()
            self._forget_idle(now)
            asked = self._asked.get(user, deque())
            while asked and asked[0] + WINDOW_S <= now:
                asked.popleft()
            if len(asked) >= self._per_minute:
                return asked[0] + WINDOW_S - now
            asked.append(now)
            self._asked[user] = asked
            self._asked.move_to_end(user)
            if len(self._asked) > self._most_users:
                self._asked.popitem(last=False)
            return 0.0

    def _forget_idle(self, now: float) -> None:
        while self._asked:
            user, asked = next(iter(self._asked.items()))
            if asked[-1] + WINDOW_S > now:
                return
            del self._asked[user]


def place(address: str) -> str:
    """An address as it is counted: IPv4 whole, of IPv6 the network of 64 bits, all of which one subscriber has.

    What is no address is taken as it is, cut short.
    """
    try:
        parsed = ip_address(address.strip())
    except ValueError:
        return address[:_KEY_CHARS]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or IPv6Network((int(parsed), 64), strict=False))
