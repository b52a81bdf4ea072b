"""What a converter makes of a file, and why it may not."""

from dataclasses import dataclass


class UnreadableFileError(Exception):
    """A file that cannot be a report; the message is the reason, in Vietnamese."""


class ScanError(Exception):
    """A PDF of pictures of pages, which takes long to read."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The text of a file.

    Attributes:
        parts: The text in pieces, to be joined with nothing between: a piece a page of a PDF, else one.
        paged: Whether the pieces are pages.
    """

    parts: tuple[str, ...]
    paged: bool = False
