"""The encoding of a web page, which may declare it."""

import re

from index.formats.encodings import decode

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_TOO_OFTEN_WRONG = ("utf-8", "utf8", "utf-16", "iso-8859-1", "windows-1252", "us-ascii")
"""What pages are declared to be in by default; their bytes tell better."""


def _declared_in(data: bytes) -> str:
    """The encoding that a page says it is in, or ""."""
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    return declared.group(1).decode("ascii").lower() if declared else ""


def decode_html(data: bytes) -> str:
    """The text of a page's file, by its byte order mark, by what it declares, else as that of any file.

    Raises:
        UnreadableFileError: It is in an unknown encoding.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    declared = "" if marked else _declared_in(data)
    if declared and not declared.startswith(_TOO_OFTEN_WRONG):
        try:
            return data.decode(declared)
        except (LookupError, UnicodeError):  # a page may declare what it is not, or what cannot be
            pass
    return decode(data)
