"""What a file is, by the suffix of its name and by how its bytes begin."""

import re
from enum import StrEnum

from index.formats.converted import UnreadableFileError


class Kind(StrEnum):
    """A format with a converter of its own."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    ZIP = "zip"


BY_SUFFIX = {
    ".txt": Kind.TEXT,
    ".md": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".docx": Kind.DOCX,
    ".pdf": Kind.PDF,
    ".zip": Kind.ZIP,
}
NAMED = ".txt, .md, .html, .docx, .pdf hoặc .zip"
"""The accepted suffixes as messages name them."""
HEAD_BYTES = 1024
"""How much of a file tells what it is; a PDF may begin that late (ISO 32000-1, implementation note 13)."""
_PDF, _PACKED, _OLE = b"%PDF-", (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.S)


def kind_of(suffix: str, head: bytes) -> Kind:
    """The format of a file.

    Args:
        suffix: Of its name, in lower case, with the dot.
        head: Its first HEAD_BYTES bytes.

    Raises:
        UnreadableFileError: It has no accepted suffix, or holds something else than its name says.
    """
    named = BY_SUFFIX.get(suffix)
    if named is None:
        raise UnreadableFileError(f"định dạng chưa được đọc; hãy chuyển sang {NAMED}")
    if not head:
        raise UnreadableFileError("tệp rỗng")
    held = _told_by(head)
    if named is Kind.TEXT:
        if held in (Kind.PDF, Kind.ZIP) or head.startswith(_OLE):
            raise UnreadableFileError("tệp nhị phân, không phải văn bản")
        return held or Kind.TEXT
    if named is Kind.HTML:
        if held in (Kind.PDF, Kind.ZIP) or head.startswith(_OLE):
            raise UnreadableFileError("nội dung không phải trang HTML")
        return Kind.HTML
    if named is Kind.DOCX and head.startswith(_OLE):
        raise UnreadableFileError("tệp Word có mật khẩu hoặc dạng .doc cũ; hãy lưu lại thành .docx không mật khẩu")
    if held is not (Kind.ZIP if named is Kind.DOCX else named):
        raise UnreadableFileError(f"nội dung không phải tệp {suffix}")
    return named


def _told_by(head: bytes) -> Kind | None:
    """What the first bytes tell; None when they are like any text."""
    if head.startswith(_PACKED):
        return Kind.ZIP
    if head.lstrip().startswith(_PDF):
        return Kind.PDF
    return Kind.HTML if _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")) else None
