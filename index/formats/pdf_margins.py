"""Running headers and footers and page numbers: lines at the edges of pages that come again on other pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.formats.pdf_lines import Line

_EDGE_LINES = 3
_MARGIN = 0.12
"""Of a page's height, above and below."""
_LEAST_PAGES = 2
_LEAST_SHARE = 0.4
"""Of the pages; even and odd pages may have headers of their own."""
_SAME_HEIGHT = 6.0
_DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_NUMBER = re.compile(r"\W{0,3}(?:trang|page)?\s*(\d{1,4})\s*(?:(?:/|of|trên|-)\s*(\d{1,4}))?\W{0,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Running:
    """Pages without what runs along their edges.

    Attributes:
        pages: The lines of each page that are its own.
        removed: The texts of the others, each once.
    """

    pages: list[list[Line]]
    removed: tuple[str, ...]


def without_running(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Running:
    """Take headers, footers and page numbers out of the pages of a document.

    Args:
        pages: The lines of each page.
        heights: Of each page, in points.
    """
    edges = [list(_edges(lines, height)) for lines, height in zip(pages, heights, strict=True)]
    seen = Counter(
        key for page, lines in enumerate(edges, start=1) for key in {key for one in lines for key in _keys(one, page)}
    )
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    kept: list[list[Line]] = []
    removed: dict[str, None] = {}
    for page, lines in enumerate(pages, start=1):
        running = [
            line
            for line in edges[page - 1]
            if any(seen[key] >= least for key in _keys(line, page)) or _is_page_number(line, page, len(pages))
        ]
        removed |= dict.fromkeys(line.text for line in running)
        kept.append([line for line in lines if not any(line is one for one in running)])
    return Running(kept, tuple(removed))


def _edges(lines: Sequence[Line], height: float) -> Iterator[Line]:
    """The highest and lowest lines of a page, if they stand where its margins are."""
    by_height = sorted(lines, key=lambda line: line.base)
    yield from (line for line in by_height[:_EDGE_LINES] if line.base < _MARGIN * height)
    yield from (line for line in by_height[-_EDGE_LINES:] if line.base > (1 - _MARGIN) * height)


def _keys(line: Line, page: int) -> Iterator[tuple[str, int]]:
    """What a line may have in common with those at the same place of other pages: its text, but for the page number.

    A number is the page's when it grows with it; others stay, so that lines with other figures are not alike.
    """
    text, height = " ".join(line.text.casefold().split()), round(line.base / _SAME_HEIGHT)
    yield text, height
    for number in _DIGITS.finditer(text):
        yield f"{text[: number.start()]}#{int(number.group()) - page}{text[number.end() :]}", height


def _is_page_number(line: Line, number: int, pages: int) -> bool:
    """Whether a line only numbers its page; a number alone must be the page's own."""
    match = _NUMBER.fullmatch(line.text)
    if match is None:
        return False
    if match.group(2):
        return int(match.group(2)) == pages or int(match.group(1)) == number
    return int(match.group(1)) == number
