"""Web pages → text: the article, its headings, lists and rows, with dateline and byline; menus and the like are out."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import justext
from justext.core import ParagraphMaker, classify_paragraphs, revise_paragraph_classification
from justext.paragraph import Paragraph
from lxml.html import HtmlElement

from index.formats.addresses import host_of, source_line
from index.formats.converted import Converted, UnreadableFileError
from index.formats.page_tree import BREAK, prepare, tree_of
from index.formats.rows import joined
from index.words import nfc

_HEADING = re.compile(r"\bh([1-6])\b")
_LINKED = 0.5
_HEAD_PARAGRAPHS, _CLOSING_PARAGRAPHS = 10, 8
_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}", re.IGNORECASE)
_BYLINE = re.compile(
    r"^\W*(?:nguồn|theo|tác giả|nguồn tin|bài|tin,? ảnh)\b.{0,120}$|\.(?:gov|org|com)\.vn\b", re.IGNORECASE
)
_RELATED = re.compile(
    r"^\W*(?:các )?(?:tin|bài)(?: viết)? (?:khác|liên quan|cùng chuyên mục|mới nhất|đọc nhiều|mới hơn|cũ hơn)\W*$"
    r"|^\W*(?:xem thêm|đọc thêm|có thể bạn quan tâm)\W*$",
    re.IGNORECASE,
)


def read_html(text: str) -> Converted:
    """The text of a web page.

    Args:
        text: The whole page, decoded.

    Raises:
        UnreadableFileError: It shows no text.
    """
    root = tree_of(text)
    host, headline = _host(root), nfc(_headline(root))
    try:
        prepare(root)
        paragraphs = ParagraphMaker.make_paragraphs(root)
    except RecursionError as error:
        raise UnreadableFileError("trang HTML lồng quá sâu") from error
    classify_paragraphs(paragraphs, justext.get_stoplist("Vietnamese"))
    revise_paragraph_classification(paragraphs)
    kept = _kept(paragraphs)
    lines = [line for paragraph in kept for line in _lines(paragraph)]
    if not lines:
        raise UnreadableFileError("trang HTML không có nội dung")
    if headline and headline not in (line.lstrip("# ") for line in lines[:_HEAD_PARAGRAPHS]):
        lines.insert(0, f"# {headline}")
    text = joined(lines)
    return Converted((joined(filter(None, (text, source_line(text, host)))),))


def _kept(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The article: from its first good paragraph to its last, short ones between them too, with what tells of it."""
    good = [at for at, one in enumerate(paragraphs) if one.class_type == "good"]
    # a short article has no paragraph that is good beyond doubt, and a very short one none that is near it
    good = good or [at for at, one in enumerate(paragraphs) if one.cf_class == "neargood"]
    good = sorted({*good, *(at for at, one in enumerate(paragraphs) if _is_row(one))})
    if not good:
        return [one for one in paragraphs if not _is_linked(one)]
    first, last = _stretch(good, paragraphs)
    kept = []
    for at, one in enumerate(paragraphs):
        told = " ".join(one.text.split())
        if at < first:
            near = first - at <= _HEAD_PARAGRAPHS and one.links_density() < _LINKED
            headed = _HEADING.search(one.dom_path) is not None and _RELATED.match(told) is None
            take = near and (headed or _DATED.search(told) is not None)
        elif at <= last:
            take = not _is_linked(one) and not (_RELATED.match(told) and _is_linked_list(paragraphs, at + 1))
        else:
            take = at - last <= _CLOSING_PARAGRAPHS and len(told) < 150 and _BYLINE.search(told) is not None
        if take:
            kept.append(one)
    return kept


def _stretch(good: Sequence[int], paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """The first and last paragraph of the article: the good ones, and all of the part of the page that most stand in.

    Good ones far off, beyond lists of links, are of other articles.
    """
    runs: list[list[int]] = [[good[0]]]
    for before, at in pairwise(good):
        between = paragraphs[before + 1 : at]
        linked = sum(map(_is_linked, between))
        apart = _place(paragraphs[before]) != _place(paragraphs[at])
        if apart and linked > 4 and linked > len(between) / 2:
            runs.append([])
        runs[-1].append(at)
    longest = max(runs, key=lambda run: sum(len(paragraphs[at].text) for at in run))
    place = Counter({_place(paragraphs[at]): 0 for at in longest})
    for at in longest:
        place[_place(paragraphs[at])] += len(paragraphs[at].text)
    (main, _), *_ = place.most_common(1)
    beside = [at for at, one in enumerate(paragraphs) if _place(one) == main and not _is_linked(one)]
    return min(longest[0], *beside), max(longest[-1], *beside)


def _place(paragraph: Paragraph) -> str:
    """The part of the page a paragraph stands in; within one, a list of links is an insertion, not an end."""
    return str(paragraph.xpath).rpartition("/")[0]


def _is_row(paragraph: Paragraph) -> bool:
    return str(paragraph.text).startswith("| ") and not _is_linked(paragraph)


def _is_linked(paragraph: Paragraph) -> bool:
    return bool(paragraph.links_density() >= _LINKED)


def _is_linked_list(paragraphs: Sequence[Paragraph], start: int) -> bool:
    return any(map(_is_linked, paragraphs[start : start + 2]))


def _lines(paragraph: Paragraph) -> list[str]:
    lines = [" ".join(line.split()) for line in paragraph.text.split(BREAK)]
    lines = [line for line in lines if line]
    level = _HEADING.findall(paragraph.dom_path)
    return [f"{'#' * int(level[-1])} {' '.join(lines)}"] if level and lines else lines


def _headline(root: HtmlElement) -> str:
    """The headline that the page names itself by, when it is one that it shows."""
    for path in ("//meta[@property='og:title']/@content", "//h1//text()", "//title/text()"):
        found = " ".join(" ".join(map(str, root.xpath(path))).split())
        if found and path.startswith("//h1"):
            found = " ".join(root.xpath("//h1")[0].text_content().split())
        if len(found.split()) > 4:
            return found
    return ""


def _host(root: HtmlElement) -> str:
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content", "//base/@href"):
        for address in root.xpath(path):
            if host := host_of(str(address).strip()):
                return host
    return ""
