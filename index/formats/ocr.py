"""Scanned pages → text, with Tesseract where it is installed."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from index.formats.converted import UnreadableFileError

if TYPE_CHECKING:  # asking what is missing needs no PDFium
    from pypdfium2 import PdfDocument

LANGUAGE = "vie"
MAX_PAGES = 60
SECONDS_A_PAGE = 60
"""Time that one page may take."""
_DPI = 300
_POINTS = 72
_MOST_PIXELS = 6_000
"""Of the longer side, whatever size a page says it has."""
SCAN = "bản quét không có chữ"
UNREAD = f"{SCAN}; hãy cài"
"""How the reason begins when a program is missing."""


@lru_cache(maxsize=1)
def missing() -> str:
    """What is to be installed so that scans are read, in Vietnamese; "" when nothing."""
    if find_spec("pytesseract") is None:
        return "hãy cài thêm bằng «pip install 'hoi-dap-bao-cao[ocr]'» và chương trình Tesseract với dữ liệu tiếng Việt"
    program = shutil.which("tesseract")
    if program is None:
        return "hãy cài chương trình Tesseract với dữ liệu tiếng Việt (Debian, Ubuntu: apt install tesseract-ocr-vie)"
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        listed = ""
    if LANGUAGE not in listed.split():
        return "hãy cài dữ liệu tiếng Việt của Tesseract (Debian, Ubuntu: apt install tesseract-ocr-vie)"
    return ""


def read_pages(document: "PdfDocument", numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The numbers, counted from 0, and texts of the scanned pages of a document.

    Raises:
        UnreadableFileError: The pages are too many, or one takes too long.
    """
    if len(numbers) > MAX_PAGES:
        raise UnreadableFileError(f"{SCAN}, có {len(numbers)} trang, quá {MAX_PAGES}; hãy chia nhỏ tệp")
    for number in numbers:
        yield number, _paragraphs(_read(document, number))


def _read(document: "PdfDocument", number: int) -> str:
    import pytesseract  # of the extra [ocr]

    page = document[number]
    scale = min(_DPI / _POINTS, _MOST_PIXELS / max(page.get_size()))
    picture = page.render(scale=scale, grayscale=True).to_pil()
    try:
        return str(pytesseract.image_to_string(picture, lang=LANGUAGE, timeout=SECONDS_A_PAGE))
    except RuntimeError as error:  # also pytesseract's own errors
        raise UnreadableFileError(f"{SCAN}; Tesseract không đọc được trang {number + 1}") from error
    finally:
        page.close()


def _paragraphs(read: str) -> str:
    """What Tesseract read, its lines joined to the paragraphs it found."""
    blocks = (" ".join(block.split()) for block in read.replace("\f", "").split("\n\n"))
    return "".join(f"{block}\n\n" for block in blocks if block)
