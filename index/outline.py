"""The headings a paragraph stands under: what "- Doanh thu: 226,4 tỷ đồng" is the revenue of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.injected import instructs
from index.types import Span
from index.words import CAPITALS

MAX_HEADING_CHARS = 110
_MARKS = (
    re.compile(r"#{1,6}\s"),
    re.compile(r"(?:phần\s+)?[IVX]{1,5}[.)]\s", re.IGNORECASE),
    re.compile(r"\d{1,2}[.)]\s"),
    re.compile(r"\d{1,2}\.\d{1,2}\.?\s"),
    re.compile(r"[a-zđ]\)\s|\*\*"),
)
"""What headings of each level open with, the highest level first."""
_LETTERED = re.compile(rf"[A-HĐ][.)]\s(?=[{CAPITALS}]{{2}})")
"""What a part in capitals opens with that holds those numbered by I, II: "B. PHƯƠNG HƯỚNG"; "H. Bắc Hà" is a place."""
_LETTERED_TITLE = re.compile(rf"(?P<letter>[A-HĐ])[.)]\s(?=[{CAPITALS}][^\W\d_]*[^|.;!\n]{{2,80}}$)")
_LETTERED_LINE = re.compile(rf"^\s*([A-HĐ])[.)]\s(?=[{CAPITALS}])", re.MULTILINE)
"""What a part opens with that is told by a letter and not in capitals; it is one of several: "B. Viễn thông"."""
_BULLET = re.compile(r"[-+*•–●▪]\s")
TITLE_MARK = re.compile(r"[►▶■◆◇★☆✦❖➤➢»☞]\s*")
"""What titles of parts open with in web pages."""
_FIGURE = re.compile(r"(?<!\d)\d++(?:[.,]\d++)*+\s*+(?:%|/|[^\W\d_]{2})")
_YEAR = re.compile(r"(?:năm\s+)?(?:19|20)\d{2}", re.IGNORECASE)


_LEAD_IN, _LETTERED_LEVEL = 11, 5
_CAPITALS_LEVEL, _MARKED_LEVEL, _TITLE_LEVEL = 6, 7, 9
_TITLE = re.compile(r"[^\W\d_][^|»›>:.;!\n]{4,80}")
_CAPITALS = re.compile(r"[^\W\d_][^|»›>.;!\n]{4,90}")
_NO_TITLE = re.compile(
    r"\b(?:ảnh|video|clip|nguồn|theo|(?<!thông )tin|bài|biên tập|xem thêm|đọc tiếp|chia sẻ|bình luận|tác giả"
    r"|hướng dẫn|trao|tặng|phát biểu"
    r"|kiểm tra|tham quan|giới thiệu|ký kết|chụp|VNPT|Viettel|MobiFone)\b",
    re.IGNORECASE,
)
_TITLE_WITHIN = re.compile(
    r"(?:\*\*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}\.)\s*(?:\*\*)?"
    r"(?P<title>[^\W\d_][^.:;!?\d\n“”\"()]{2,60})[.:](?:\*\*)?\s"
)
_CUT_SHORT = re.compile(r"\b(?:TP|TT|TX|Tp|Tx|Q|P|H)$")
"""An abbreviation whose point ends no title: "2. UBND TP. Lào Cai lắp"."""
_MOST_TITLE_WORDS = 7
_FEWEST_BEFORE = 2
"""Paragraphs before the first title of a part: what stands above them is the article's own headline and menu."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that stands: its level, and the mark of the list it is of, or None when it is of more than a list."""

    level: int
    span: Span
    members: str | None


def headings_above(text: str, content: Sequence[Span]) -> list[tuple[Span, ...]]:
    """For each paragraph of ``content``, the headings it stands under, the nearest first.

    A title of a part that was left out of the content, having no mark, is one too, up to the next. Else a heading is a
    short line that opens with a heading mark, or ends with a colon, and tells no figure; of any other
    line that leads in a list, ending with a colon, it is what comes before the first figure. The report's title, a
    first heading of the highest level, is left out.
    """
    stack: list[_Heading] = []
    above: list[tuple[Span, ...]] = []
    lines = [text[span.start : span.end] for span in content]
    for number, (span, line) in enumerate(zip(content, lines, strict=True)):
        level, mark = heading_level(line), _mark(line)
        if number >= _FEWEST_BEFORE and (title := _title_between(text, content[number - 1].end, span.start)):
            titled = _title_level(text[title.start : title.end])
            stack = [heading for heading in stack if heading.level < titled]
            stack.append(_Heading(titled, title, None))
        stack = [heading for heading in stack if heading.members is None or mark == heading.members]
        ends = _MARKED_LEVEL if level is None and TITLE_MARK.match(line) else level
        if ends is not None:
            stack = [heading for heading in stack if heading.level < ends]
        above.append(tuple(heading.span for heading in reversed(stack)))
        if level is not None and (number > 0 or level > 0):
            stack.append(_Heading(level, span, _members(lines, number, mark)))
        elif members := _members(lines, number, mark):
            lead = _FIGURE.search(_YEAR.sub(lambda year: "-" * len(year.group()), line))
            if lead and line[: lead.start()].strip(" -+*•–●▪"):
                stack.append(_Heading(_LEAD_IN, Span(span.start, span.start + lead.start()), members))
    return above


def _title_between(text: str, start: int, end: int) -> Span | None:
    """The title of a part that was left out of the content, right above what begins at ``end``, or None."""
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", text[start:end]))
    if not lines:
        return None
    said = without_mark(line := lines[-1].group().strip())
    marked = (said != line and len(said) <= MAX_HEADING_CHARS) or heading_level(line) is not None
    marked = marked or _is_one_of_lettered(said, text)
    titled = marked or (_CAPITALS if said.isupper() else _TITLE).fullmatch(said)
    if len(lines) > 1 or not titled or not said[:1].isupper():
        return None
    if (" " not in said and not marked) or (not marked and _NO_TITLE.search(said)) or instructs(said):
        return None
    begin = start + text[start:end].index(said)
    return Span(begin, begin + len(said))


def _is_one_of_lettered(title: str, text: str) -> bool:
    """Whether a title opens with a letter, and a line of the text with another one; "H. Bắc Hà" is a place."""
    match = _LETTERED_TITLE.match(title)
    return match is not None and bool(set(_LETTERED_LINE.findall(text)) - {match["letter"]})


def _title_level(title: str) -> int:
    """Level of a title left out of the content: by its mark, else of one in capitals or a plain one."""
    if _LETTERED_TITLE.match(title) and not title.isupper():
        return _MARKED_LEVEL
    level = heading_level(title)
    return level if level is not None else _CAPITALS_LEVEL if title.isupper() else _TITLE_LEVEL


def without_mark(line: str) -> str:
    """A title without the mark it opens with, the bullet of one in capitals included: "* HẠ TẦNG", "► Mục tiêu"."""
    opening = TITLE_MARK.match(line) or (_BULLET.match(line) if line.isupper() else None)
    return line[opening.end() :].strip() if opening else line


def _mark(line: str) -> str:
    """The mark a list's member opens with, or ""."""
    return line[0] if _BULLET.match(line) else ""


def _members(lines: Sequence[str], number: int, mark: str) -> str | None:
    """The mark of the members of the list that a line with a colon leads in, when it is not the line's own, or None."""
    if not lines[number].rstrip().endswith(":") or number + 1 == len(lines):
        return None
    members = _mark(lines[number + 1])
    return members if members and members != mark else None


def title_within(text: str, start: int, end: int) -> Span | None:
    """The title a numbered paragraph at ``start`` begins with, if it ends before ``end``: "2. Bưu chính. Doanh thu"."""
    opening = _TITLE_WITHIN.match(text, start, end)
    if opening is None or instructs(opening["title"]) or len(opening["title"].split()) > _MOST_TITLE_WORDS:
        return None
    return None if _CUT_SHORT.search(opening["title"]) else Span(*opening.span("title"))


def heading_level(line: str) -> int | None:
    """Level of a heading, 0 the highest, or None when the line is no heading."""
    if len(line) > MAX_HEADING_CHARS or _FIGURE.search(_YEAR.sub("", line.lstrip("0123456789. "))):
        return None
    closed = line.rstrip().endswith((".", ";", ",", "!"))
    if _LETTERED.match(line):
        return None if closed else _LETTERED_LEVEL
    for level, mark in enumerate(_MARKS):
        if match := mark.match(line):
            return None if closed else level + (match.group().count("#") - 1 if level == 0 else 5)
    if TITLE_MARK.match(line):
        return None if line.rstrip().endswith((".", ";", ",")) else _MARKED_LEVEL
    if _BULLET.match(line) and line.isupper() and not closed:
        return _CAPITALS_LEVEL
    if line.rstrip().endswith(":"):
        return _LEAD_IN if _BULLET.match(line) else _LEAD_IN - 1
    return None
