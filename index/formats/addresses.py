"""The address a report was published at, which tells its publisher and often its province."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.)+(?:vn|com|org|net)", re.IGNORECASE)
_TOLD = re.compile(r"^\W*(?:nguồn|theo|nguồn tin)\s*[:：]", re.IGNORECASE | re.MULTILINE)


def host_of(address: str) -> str:
    """The host of a web address, without "www."; "" when it is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:  # a bracket that opens no address
        return ""
    return host.removeprefix("www.") if _HOST.fullmatch(host) else ""


def source_line(text: str, host: str) -> str:
    """A last paragraph that names the host, "" when the text names its source itself."""
    return "" if not host or _TOLD.search(text) else f"Nguồn: {host}"
