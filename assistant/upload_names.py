"""The name that somebody gave a file → one that every system takes, that shows as it is, and that leads nowhere."""

import hashlib
import re
import unicodedata

from index.formats.kinds import NAMED
from index.load import SUFFIXES
from index.words import nfc

MAX_BYTES = 200
"""Of a name in UTF-8; systems take 255, some that encrypt names less."""
_PARTS = re.compile(r"[/\\]")
_RESERVED = re.compile(r'[<>:"|?*]')
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE)
_DIGEST_CHARS = 8


class UnusableNameError(Exception):
    """A name that cannot be made one of a report; the message is the reason and the remedy, in Vietnamese."""


def safe_name(name: str) -> str:
    """A name without path, in NFC, that any system can save and any page can show; Vietnamese letters stay.

    Control, bidirectional and other invisible characters are left out, as are leading and trailing dots; what Windows
    reserves becomes "-"; the suffix is in lower case. A name of more than MAX_BYTES is cut, with a digest of the whole
    at its end, so that names which differ late do not become one.

    Args:
        name: As the browser sent it: not to be trusted.

    Raises:
        UnusableNameError: Its suffix is not one of a report, or nothing stands before it.
    """
    last = _PARTS.split(nfc(name))[-1]
    visible = "".join(char for char in last if char.isspace() or unicodedata.category(char)[0] != "C")
    tidy = nfc(_RESERVED.sub("-", " ".join(visible.split()))).strip(" .")
    stem, _, suffix = tidy.rpartition(".")
    suffix = f".{suffix.lower()}"
    if suffix not in SUFFIXES:
        raise UnusableNameError(f"chỉ đọc được tệp {NAMED}; hãy chuyển báo cáo sang một trong các dạng đó")
    stem = stem.rstrip(" .")
    if not stem:
        raise UnusableNameError("tên tệp trống; hãy đặt một tên có chữ, như «bao-cao-2024.txt»")
    return _shortened(f"_{stem}" if _DEVICE.match(stem) else stem, MAX_BYTES - len(suffix)) + suffix


def _shortened(stem: str, room: int) -> str:
    """A stem of at most ``room`` bytes, no character cut in two."""
    written = stem.encode()
    if len(written) <= room:
        return stem
    head = written[: room - _DIGEST_CHARS - 1].decode("utf-8", "ignore").rstrip(" .")
    return f"{head}-{hashlib.sha256(written).hexdigest()[:_DIGEST_CHARS]}"
