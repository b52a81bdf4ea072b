"""Passwords: which may be chosen, and their hashes by scrypt, of which only so many are computed at a time."""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from index.errors import UserError
from index.words import nfc

MIN_CHARS = 10
MAX_BYTES = 1024
_MIN_DIFFERENT = 4
_LONGEST_TYPED = 3 * MAX_BYTES
"""Code points: a letter of two bytes or three is typed as three at most. More is not even normalised."""
_SALT_BYTES, _DIGEST_BYTES = 16, 32
_MAX_MEMORY = 1 << 30
_TEXT = re.compile(
    r"\$scrypt\$ln=([1-9][0-9]?),r=([1-9][0-9]?),p=([1-9][0-9]?)\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})"
)
_OTHER = "hãy chọn mật khẩu khác, ví dụ bốn từ không liên quan đến nhau"


class PasswordError(UserError):
    """A password may not be chosen; the message never holds it."""


class BusyError(UserError):
    """More passwords are being checked than may wait."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Parameters of scrypt.

    Attributes:
        log_n: Binary logarithm of N, the cost in memory and time.
        r: Block size, in units of 128 bytes.
        p: Parallelization.
    """

    log_n: int
    r: int
    p: int

    @property
    def memory(self) -> int:
        """Bytes that computing a hash takes, as OpenSSL counts them."""
        return 128 * self.r * ((1 << self.log_n) + self.p + 2)


OWASP = Cost(log_n=17, r=8, p=1)
"""The first of the settings of [1]: 128 MiB, 0.3 s here. Those with less memory are called weaker in [2].

[1] https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
[2] https://github.com/OWASP/CheatSheetSeries/issues/1739
"""


@dataclass(frozen=True, slots=True)
class Hashed:
    """A hashed password; its ``repr`` shows the cost alone."""

    cost: Cost
    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)

    def to_text(self) -> str:
        """The PHC string: ``$scrypt$ln=17,r=8,p=1$<salt>$<digest>``, in Base64 without padding.

        https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md
        """
        salt, digest = (base64.b64encode(part).decode().rstrip("=") for part in (self.salt, self.digest))
        return f"$scrypt$ln={self.cost.log_n},r={self.cost.r},p={self.cost.p}${salt}${digest}"


class Gate:
    """Lets some threads in at a time, lets some more wait, and turns the others away.

    A hash takes 128 MiB and a core: many at once would take the machine from those who ask questions.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._room = BoundedSemaphore(at_once + waiting)
        self._work = BoundedSemaphore(at_once)

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait for one's turn, and keep it meanwhile.

        Raises:
            BusyError: Too many wait already.
        """
        if not self._room.acquire(blocking=False):
            raise BusyError("Đang có quá nhiều lượt đăng nhập cùng lúc: hãy thử lại sau ít giây.")
        try:
            with self._work:
                yield
        finally:
            self._room.release()


_GATE = Gate(at_once=2, waiting=16)


def hash_password(password: str, name: str, cost: Cost = OWASP) -> Hashed:
    """The hash, with a salt of its own, of a password that a user chose.

    Args:
        password: As typed.
        name: Of the user, in the form ``users_file.canonical`` gives.
        cost: Lower in tests only.

    Raises:
        PasswordError: It is too short or long, too easy to guess, or holds what cannot be typed in a form.
        BusyError: Too many wait already.
    """
    text = _normal(password)
    if len(text) < MIN_CHARS:
        raise PasswordError(f"Mật khẩu chỉ có {len(text)} ký tự: cần ít nhất {MIN_CHARS} ký tự.")
    data = _encoded(password)
    if data is None:
        raise PasswordError(
            f"Mật khẩu dài quá {MAX_BYTES} byte hoặc có ký tự không phải Unicode hợp lệ: hãy chọn mật khẩu khác."
        )
    if any(unicodedata.category(char) == "Cc" for char in text):
        raise PasswordError("Mật khẩu có ký tự điều khiển (như phím Tab): hãy gõ lại không có ký tự đó.")
    if len(set(text)) < _MIN_DIFFERENT:
        raise PasswordError(f"Mật khẩu chỉ có {len(set(text))} ký tự khác nhau, quá dễ đoán: {_OTHER}.")
    if text.lower() == name:
        raise PasswordError(f"Mật khẩu trùng tên đăng nhập {name!r}: {_OTHER}.")
    salt = secrets.token_bytes(_SALT_BYTES)
    return Hashed(cost, salt, _digest(data, salt, cost))


def matches(password: str, hashed: Hashed) -> bool:
    """Whether a password typed is the one hashed; takes as long whether it is or not.

    Raises:
        BusyError: Too many wait already.
    """
    data = _encoded(password)
    # what nobody could have chosen is refused at once: that tells nothing of any user
    return data is not None and hmac.compare_digest(_digest(data, hashed.salt, hashed.cost), hashed.digest)


def unmatched(cost: Cost) -> Hashed:
    """A hash that no password is known for, to check the passwords of unknown users against."""
    return Hashed(cost, secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_DIGEST_BYTES))


def parse_hash(text: str) -> Hashed | None:
    """The hash of a PHC string; None when it is none, or would take more than 1 GiB to check."""
    found = _TEXT.fullmatch(text)
    if found is None:
        return None
    cost = Cost(*map(int, found.groups()[:3]))
    # RFC 7914 §2: N < 2^(128 r / 8)
    if cost.log_n >= 16 * cost.r or cost.memory > _MAX_MEMORY:
        return None
    salt, digest = (base64.b64decode(part + "=" * (-len(part) % 4)) for part in found.groups()[3:])
    return Hashed(cost, salt, digest)


def _normal(password: str) -> str:
    """The password in NFC, each space as U+0020: the OpaqueString profile of RFC 8265 §4.2.

    Keyboards write "ậ" as one, two or three code points, which NFC unites. NFKC would also unite what a user takes
    for different characters ("²" and "2"), and so weaken passwords; the profile does without.
    """
    spaced = (" " if unicodedata.category(char) == "Zs" else char for char in nfc(password[: _LONGEST_TYPED + 1]))
    return "".join(spaced)


def _encoded(password: str) -> bytes | None:
    """The password as it is hashed; None when nobody can have chosen it."""
    if len(password) > _LONGEST_TYPED:
        return None
    try:
        data = _normal(password).encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return None
    return data if len(data) <= MAX_BYTES else None


def _digest(data: bytes, salt: bytes, cost: Cost) -> bytes:
    with _GATE.passed():
        return hashlib.scrypt(
            data, salt=salt, n=1 << cost.log_n, r=cost.r, p=cost.p, maxmem=cost.memory, dklen=_DIGEST_BYTES
        )
