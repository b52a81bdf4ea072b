"""Word files → text: paragraphs, lists, headings and tables in their order; headers and footers of pages out."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element

from index.formats.converted import Converted, UnreadableFileError
from index.formats.numbering import Numbering, numbering_of
from index.formats.rows import is_layout, joined, row_line

MAX_UNPACKED = 300_000_000
"""Bytes of all parts; a real file is packed ten to one at most, pictures hardly at all."""
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError),
    *(OpcError, InvalidXmlError, etree.XMLSyntaxError),
    # what python-docx lets through of a file that is not built as the standard says
    *(KeyError, ValueError, AttributeError, TypeError, IndexError),
)
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    {qn(f"w:{name}") for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "tcPr", "tblPr")}
    | {f"{_MC}Fallback"}
)
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_VALUE = qn("w:val")


def read_docx(data: bytes) -> Converted:
    """The text of a Word file.

    Raises:
        UnreadableFileError: It is damaged, or unpacks to more than MAX_UNPACKED.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableFileError(f"bung ra quá {MAX_UNPACKED // 1_000_000} MB, có thể là tệp phá hoại")
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise UnreadableFileError("tệp Word có mật khẩu; hãy bỏ mật khẩu")
        document = docx.Document(io.BytesIO(data))
        return Converted((joined(_Reader(document).lines()),))
    except _DAMAGED as error:
        raise UnreadableFileError("tệp Word hỏng hoặc không đầy đủ") from error


class _Reader:
    """Walks the tree of a document."""

    def __init__(self, document: Document) -> None:
        self._body = document.element.body
        self._numbering = _numbering(document)
        self._styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iterfind(qn("w:style"))}

    def lines(self) -> Iterator[str]:
        """A paragraph or a row of a table each."""
        yield from self._blocks(self._body)

    def _blocks(self, parent: _Element) -> Iterator[str]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):  # content controls, changes taken in
                yield from self._blocks(child)

    def _paragraph(self, paragraph: _Element) -> Iterator[str]:
        boxes: list[_Element] = []
        pieces = "".join(_pieces(paragraph, boxes)).split("\n")
        lines = [line for line in (" ".join(piece.split()) for piece in pieces) if line]
        if lines:
            yield self._mark(paragraph) + lines[0]
            yield from lines[1:]
        for box in boxes:
            yield from self._blocks(box)

    def _mark(self, paragraph: _Element) -> str:
        """What opens a paragraph: the hashes of a heading, and the number or bullet of a list."""
        level = self._heading(paragraph)
        hashes = f"{'#' * min(level, 6)} " if level else ""
        number = self._property(paragraph, "w:numPr")
        if number is None:
            return hashes
        identity, depth = number.find(qn("w:numId")), number.find(qn("w:ilvl"))
        of = identity.get(_VALUE, "0") if identity is not None else "0"
        if of == "0":  # a list switched off
            return hashes
        written = depth.get(_VALUE, "0") if depth is not None else "0"
        mark = self._numbering.mark(of, int(written) if written.isdecimal() else 0)
        return hashes + ("" if hashes and mark == "- " else mark)

    def _heading(self, paragraph: _Element) -> int:
        """The level of a heading, 1 the highest; 0 for what is none."""
        for style in self._chain(paragraph):
            name = style.find(qn("w:name"))
            told = name.get(_VALUE, "") if name is not None else ""
            if match := _HEADING.fullmatch(told):
                return int(match.group(1)) or 1
            if told.lower() == "title":
                return 1
        outline = self._property(paragraph, "w:outlineLvl")
        level = outline.get(_VALUE, "9") if outline is not None else "9"
        return int(level) + 1 if level.isdecimal() and int(level) < 9 else 0

    def _property(self, paragraph: _Element, name: str) -> _Element | None:
        """A property of a paragraph, its own or its style's."""
        for element in (paragraph, *self._chain(paragraph)):
            found: _Element | None = element.find(f"{qn('w:pPr')}/{qn(name)}")
            if found is not None:
                return found
        return None

    def _chain(self, paragraph: _Element) -> Iterator[_Element]:
        """The style of a paragraph and those it is based on."""
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        for _ in range(10):  # a damaged file may go round
            style = self._styles.get(named.get(_VALUE)) if named is not None else None
            if style is None:
                return
            yield style
            named = style.find(qn("w:basedOn"))

    def _table(self, table: _Element) -> Iterator[str]:
        rows = [self._cells(row) for row in table.iter(qn("w:tr")) if _table_of(row) is table]
        rows = [row for row in rows if any(row)]
        if is_layout(rows):
            for row in table.iter(qn("w:tr")):
                if _table_of(row) is table:
                    for cell in row.iter(qn("w:tc")):
                        if _table_of(cell) is table:
                            yield from self._blocks(cell)
            return
        above: list[str] = []
        for row in rows:
            # a cell that goes on from the row above tells the same
            row = [
                above[at] if cell == _SAME and at < len(above) else cell.replace(_SAME, "")
                for at, cell in enumerate(row)
            ]
            above = row
            yield row_line(row)

    def _cells(self, row: _Element) -> list[str]:
        cells: list[str] = []
        for cell in row.iter(qn("w:tc")):
            if cell.getparent() is not row and _row_of(cell) is not row:
                continue
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(_VALUE, "continue") == "continue"
            cells.append(_SAME if goes_on else " ".join(self._blocks(cell)))
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            wide = span.get(_VALUE, "1") if span is not None else "1"
            cells += [""] * (min(int(wide), 64) - 1 if wide.isdecimal() else 0)
        return cells


_SAME = "\0"
"""Stands for a cell that goes on from the row above."""


def _table_of(element: _Element) -> _Element | None:
    return next(element.iterancestors(qn("w:tbl")), None)


def _row_of(element: _Element) -> _Element | None:
    return next(element.iterancestors(qn("w:tr")), None)


def _pieces(element: _Element, boxes: list[_Element]) -> Iterator[str]:
    """The text of a paragraph; text boxes anchored in it are gathered in ``boxes``."""
    for child in element:
        tag = child.tag
        if tag in _LEFT_OUT or not isinstance(tag, str):
            continue
        if tag == qn("w:t"):
            yield child.text or ""
        elif tag == qn("w:tab"):
            yield " "
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        elif tag in (qn("w:br"), qn("w:cr")):
            yield "\n" if child.get(qn("w:type"), "textWrapping") == "textWrapping" else " "
        elif tag == qn("w:txbxContent"):
            boxes.append(child)
        else:
            yield from _pieces(child, boxes)


def _numbering(document: Document) -> Numbering:
    related = document.part.rels.values()
    part = next((one for one in related if one.reltype == RELATIONSHIP_TYPE.NUMBERING and not one.is_external), None)
    return numbering_of(part.target_part.element if part else None)
