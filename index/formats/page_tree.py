"""The tree of a web page made ready for telling its text: nothing unseen, tables as lines, lists marked."""

import re
from collections import Counter
from unicodedata import is_normalized

from lxml import etree, html
from lxml.html import HtmlElement

from index.formats.converted import UnreadableFileError
from index.formats.rows import is_layout, row_line
from index.words import nfc

BREAK = "\ue000"
"""Stands for ``<br>`` in the text of a paragraph; of the private use area, so no page means anything by it."""
_UNSEEN = (
    "script style template iframe object embed svg canvas video audio map nav aside button input select textarea "
    "dialog head math noscript"
).split()
_ROLES = frozenset("navigation banner contentinfo complementary search menu menubar dialog".split())
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:menu|nav|navbar|breadcrumbs?|sidebar|related|tin-?lien-?quan|tin-?khac|lien-?quan|comments?|"
    r"binh-?luan|share|sharing|social|banner|advert\w*|ads|quang-?cao|footer|popup|modal|copyright|pagination|paging|"
    r"tags?|views?|luot-?xem|hits|print|toolbar|tools)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_CHROME = 0.3
"""A part of a page with more of its text is no chrome, whatever its class is called."""
_MOST_LINKED = 0.5
_LONG_CELL = 250
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no tree can be given, though a page may hold it, or name it by a number."""
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


def tree_of(text: str) -> HtmlElement:
    """The body of a page, see the module's docstring.

    Raises:
        UnreadableFileError: There is no page, or it is nested too deep.
    """
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(_DECLARED.sub("", _NO_TEXT.sub("", text)), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFileError("trang HTML không có nội dung") from error
    _compose(root)
    return root


def _compose(root: HtmlElement) -> None:
    """Put the text in NFC, in which the frequent words are that tell an article; the markup stays as it was parsed."""
    for element in root.iter(etree.Element):
        if element.text and not is_normalized("NFC", element.text):
            element.text = _NO_TEXT.sub("", nfc(element.text))
        if element.tail and not is_normalized("NFC", element.tail):
            element.tail = _NO_TEXT.sub("", nfc(element.tail))


def prepare(root: HtmlElement) -> None:
    """Take out what nobody reads, and write tables, lists and line breaks as lines of text."""
    for element in list(root.iter(*_UNSEEN)):
        _drop(element)
    whole = len(root.text_content()) or 1
    for element in list(root.iter(etree.Element)):
        if element.getparent() is not None and _is_chrome(element, whole):
            _drop(element)
    for table in reversed(list(root.iter("table"))):  # the inner ones first
        _write_rows(table)
    numbers: Counter[HtmlElement] = Counter()
    for item in list(root.iter("li")):
        numbers[item.getparent()] += 1
        _mark_item(item, numbers[item.getparent()])
    for line_break in root.iter("br"):
        line_break.tail = BREAK + _NO_TEXT.sub("", line_break.tail or "")


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_chrome(element: HtmlElement, whole: int) -> bool:
    if "hidden" in element.attrib or element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style", "")):
        return element.tag not in ("html", "body")
    named = f"{element.get('class', '')} {element.get('id', '')}"
    chrome = element.get("role") in _ROLES or _CHROME.search(named) is not None
    if element.tag == "footer" and not any(True for _ in element.iterancestors("article")):
        chrome = True
    return chrome and element.tag not in ("html", "body") and len(element.text_content()) < _MOST_CHROME * whole


def _write_rows(table: HtmlElement) -> None:
    grid = _Grid()
    cells = [grid.row(row) for row in table.iter("tr")]
    if is_layout(cells) or any(map(_holds_paragraphs, table.iter("td", "th"))):
        for part in [table, *table.iter("tbody", "thead", "tfoot", "tr", "td", "th")]:
            part.tag = "div"
        return
    lines = html.Element("div")
    for caption in table.iter("caption"):
        _add_line(lines, caption.text_content())
    for row in cells:
        if any(row):
            _add_line(lines, row_line(row))
    lines.tail = table.tail
    parent = table.getparent()
    if parent is not None:
        parent.replace(table, lines)


def _holds_paragraphs(cell: HtmlElement) -> bool:
    """Whether a cell holds a part of a page: paragraphs, not words."""
    paragraphs = sum(1 for _ in cell.iter("p", "h1", "h2", "h3", "ul"))
    return paragraphs > 1 and len(cell.text_content()) > _LONG_CELL


def _add_line(lines: HtmlElement, text: str) -> None:
    line = html.Element("p")
    line.text = _NO_TEXT.sub("", text)
    lines.append(line)


class _Grid:
    """The cells of a table, row by row; one that reaches down tells the same in each row it reaches."""

    def __init__(self) -> None:
        self._reaching: dict[int, tuple[int, str]] = {}

    def row(self, row: HtmlElement) -> list[str]:
        """The cells of the next row; one that reaches right leaves gaps beside it."""
        line: list[str] = []
        reaching: dict[int, tuple[int, str]] = {}
        for cell in row.iterchildren("td", "th"):
            self._reach(line, reaching)
            for block in cell.iter("p", "div", "li", "br"):
                block.tail = " " + _NO_TEXT.sub("", block.tail or "")  # else its last word and the next one are one
            text = " ".join(cell.text_content().split())
            down, wide = _number(cell.get("rowspan")), _number(cell.get("colspan"))
            for at in range(wide):
                if down > 1:
                    reaching[len(line)] = (down - 1, "" if at else text)
                line.append("" if at else text)
        self._reach(line, reaching)
        self._reaching = reaching
        return line

    def _reach(self, line: list[str], reaching: dict[int, tuple[int, str]]) -> None:
        """Put the cells of rows above that stand next."""
        while len(line) in self._reaching:
            down, text = self._reaching[len(line)]
            if down > 1:
                reaching[len(line)] = (down - 1, text)
            line.append(text)


def _number(written: str | None) -> int:
    return min(int(written), 100) if written and written.isascii() and written.isdigit() and int(written) else 1


def _mark_item(item: HtmlElement, number: int) -> None:
    """Write the bullet or the number that a browser shows."""
    parent = item.getparent()
    if parent is None or _linked(item) > _MOST_LINKED:
        return
    mark = "- "
    if parent.tag == "ol":
        mark = f"{number}. "
    holder = next((one for one in item.iter() if (one.text or "").strip()), item)
    first = _NO_TEXT.sub("", holder.text or "").lstrip()
    holder.text = first if first[:1] in "-–•+*" and first else mark + first


def _linked(element: HtmlElement) -> float:
    """Share of an element's text that is links."""
    whole = len("".join(element.text_content().split()))
    links = sum(len("".join(link.text_content().split())) for link in element.iter("a"))
    return links / whole if whole else 0.0
