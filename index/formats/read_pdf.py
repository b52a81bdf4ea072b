"""PDF files → text, page by page; a scan has none and is told apart, or read by ``ocr``."""

from collections.abc import Sequence

import pypdfium2
from pypdfium2 import PdfDocument, PdfiumError

from index.formats import ocr
from index.formats.addresses import host_of, source_line
from index.formats.converted import Converted, ScanError, UnreadableFileError
from index.formats.pdf_lines import Line, lines_of
from index.formats.pdf_margins import without_running
from index.formats.pdf_paragraphs import page_texts, paragraphs_of

MAX_PAGES = 2_000
_MOSTLY = 0.5
_LETTERS_A_PAGE = 20
"""A page of a scan has fewer: at most the stamp of the program that made it."""


def read_pdf(data: bytes, scan: bool = False) -> Converted:
    """The text of a PDF, a part a page.

    Args:
        data: The whole file.
        scan: Whether there is time to read it by ``ocr``, if need be.

    Raises:
        UnreadableFileError: It is damaged, has a password or too many pages, or is a scan that cannot be read here.
        ScanError: It is a scan that can be read, given the time.
    """
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if _is_locked(error):
            raise UnreadableFileError("tệp PDF có mật khẩu; hãy bỏ mật khẩu") from error
        raise UnreadableFileError("tệp PDF hỏng hoặc không đầy đủ") from error
    try:
        return _converted(document, scan)
    except PdfiumError as error:
        raise UnreadableFileError("tệp PDF hỏng hoặc không đầy đủ") from error
    finally:
        document.close()


def _is_locked(error: PdfiumError) -> bool:
    """Whether PDFium refused a document for want of its password."""
    return bool(getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD)


def _converted(document: PdfDocument, scan: bool) -> Converted:
    if len(document) > MAX_PAGES:
        raise UnreadableFileError(f"có {len(document)} trang, quá {MAX_PAGES}; hãy chia nhỏ tệp")
    pages = [_lines(document, number) for number in range(len(document))]
    bare = [number for number, lines in enumerate(pages) if _letters(lines) < _LETTERS_A_PAGE]
    whole = sum(map(_letters, pages)) < _LETTERS_A_PAGE * len(pages)
    scanned = [number for number in bare if whole or _is_picture(document, number)]
    lacking = ocr.missing() if scanned else ""
    if whole and lacking:
        raise UnreadableFileError(f"{ocr.SCAN}; {lacking}")
    if scanned and not lacking and not scan:
        raise ScanError
    running = without_running(pages, [document.get_page_size(number)[1] for number in range(len(document))])
    texts = list(page_texts(paragraphs_of(running.pages), len(pages)))
    if scanned and not lacking:
        for number, text in ocr.read_pages(document, scanned):
            texts[number] = text
    host = next(filter(None, (host_of(word) for text in running.removed for word in text.split())), "")
    return Converted((*texts[:-1], texts[-1] + source_line("".join(texts), host)), paged=True)


def _letters(lines: Sequence[Line]) -> int:
    return sum(char.isalpha() for line in lines for char in line.text)


def _is_picture(document: PdfDocument, number: int) -> bool:
    """Whether a picture fills most of a page."""
    page = document[number]
    try:
        width, height = page.get_size()
        pictures = (one.get_bounds() for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
        filled = max(((right - left) * (top - bottom) for left, bottom, right, top in pictures), default=0.0)
        return bool(filled > _MOSTLY * width * height)
    finally:
        page.close()


def _lines(document: PdfDocument, number: int) -> list[Line]:
    page = document[number]
    text_page = page.get_textpage()
    try:
        return lines_of(text_page)
    finally:
        text_page.close()
        page.close()
