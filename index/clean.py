"""Which lines of a report are content; menus, counters, captions and related news are not.

Nothing is cut from the text: the result is a list of spans, so that offsets into the report stay true.
Captions that name a person, datelines, bylines and "Nguồn: …" lines stay: people ask for them, and they tell province
and publisher.
"""

import re
from dataclasses import dataclass
from itertools import dropwhile, pairwise

from index.aligned import find_aligned
from index.names import find_names
from index.tables import is_rule, open_rows
from index.types import Span
from index.words import CAPITALS

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_RELATED = re.compile(
    r"^\W*(tin khác|các tin khác|tin liên quan|tin cùng chuyên mục|tin mới nhất|bài viết (khác|liên quan|cùng chủ đề)"
    r"|bài liên quan|có thể bạn quan tâm|đọc thêm|xem thêm|bình luận|ý kiến bạn đọc"
    r"|(các )?(tin|bài)( bài| viết| tức)? (cũ hơn|mới hơn|mới|khác|nổi bật|xem nhiều|đọc nhiều|đã đưa|cùng loại"
    r"|trước đó)"
    r"|tin (tức )?(từ )?(các )?(tỉnh|địa phương|tỉnh thành|đơn vị|nơi)( bạn| khác)?|(được )?(xem|đọc) nhiều( nhất)?"
    r"|nhìn (ra|sang) (các )?(tỉnh|địa phương) bạn|tỉnh bạn|thống kê truy cập)\W*$",
    re.IGNORECASE,
)
_HEADLINE = re.compile(r"(?![-+*•]|\d+[.)]).{12,200}\(\s*\d{1,2}[/.-](?:0?[1-9]|1[0-2])(?:[/.-](?:19|20)\d\d)?\s*\)")
_ARROW = re.compile(r"\s*[»›]")
"""The headline of another article: its date in brackets at the end, behind an arrow or among others."""
_READ_ON = re.compile(
    r"(?:(?:»|→|>>|\[\.\.\.\]|…)\s*|\()(?:xem tiếp|đọc tiếp|xem chi tiết|xem thêm|chi tiết)\W{0,8}$", re.IGNORECASE
)
"""How a teaser of another article ends."""
_TEASERS = re.compile(
    r"(?:(?:tin |bài )?(?:cùng (?:chuyên mục|chủ đề)|xem nhiều|đọc nhiều)"
    r"|(?:các )?(?:tin|bài)(?: bài| viết| tức)? (?:liên quan|khác|nóng|cũ hơn|mới hơn)"
    r"|đọc thêm|xem thêm)\s*:\s",
    re.IGNORECASE,
)
"""How a line of headlines of other articles opens: "Cùng chuyên mục: Lai Châu còn 41 bản chưa có sóng"."""
_BODY_LINES = 6
"""Content lines before headlines of other articles may follow."""
_MENU = re.compile(
    r"^\W*(trang chủ|home|menu|giới thiệu|tin tức|sự kiện|tin tức\W+sự kiện|liên hệ|đăng nhập|tìm kiếm|văn bản"
    r"|thông báo|sơ đồ (cổng|trang)|tiếng việt|english|rss|lịch tiếp công dân|đường dây nóng|tin mới nhất|hỏi đáp"
    r"|thư điện tử)\W*$|^\W*bạn đang ở\b|^\W*(cổng|trang) thông tin điện tử\b.{0,60}$|^\W*(trang chủ|home)\s*[|»›>/]"
    r"|^[^|»›>]{1,40}([|»›>][^|»›>]{1,40}){2,}$",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"(lượt xem|lượt đọc|số lượt xem|lượt truy cập|đã xem|views?)\s*[:：]\s*[\d.,]+|\bin (bài viết|trang|bài)\b"
    r"|\b(gửi email|cỡ chữ|a\+|a-)(?=\s|$)"
    r"|\b(?-i:Chia sẻ)(?=\s*($|[|:»>•]|(bài viết|facebook|zalo|twitter|email|gửi email|in bài|cỡ chữ)\s*($|[|:»>•])))",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(
    r"^\s*[(*_]*(?:(?:nguồn|theo|tác giả|nguồn tin)\s*[:：]"
    rf"|theo\s+(?:báo|cổng|trang|đài|tạp chí)\s+(?:(?-i:[{CAPITALS}])|thông tin)[^.,;\d]{{2,60}}$)",
    re.IGNORECASE,
)
DATELINE = re.compile(
    r"(\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2})|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d{2}",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<!\d)(?<!\d[.,])\d++(?:[.,]\d++)*+\s*+(?:%|[^\W\d_]{2})")
_YEAR = re.compile(r"năm\s+(?:19|20)\d{2}|(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}", re.IGNORECASE)
_PICTURE = re.compile(r"ảnh(\s*\d+|\s*[:：].*)?\.?\s*$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*([-+*•–●▪]|\d+[.)]|[a-zđ][.)]|[IVX]+\.|#|\|)\s*")
_CLOSED = re.compile(r"[.!?…:;][\"”’)»\]*_]*\s*$")
_HEAD_LINES = 16
_TELLING_WORDS = 8
_WRAPPED_WIDTHS = range(45, 121)
_FEWEST_BROKEN, _SLACK = 4, 6
"""Lines that must be broken for a column to be told, and how ragged the lines may be, in characters."""


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str


def front_matter(text: str) -> Span | None:
    """Span of the ``key: value`` lines between the opening and closing ``---``, or None."""
    match = FRONT_MATTER.match(text)
    return Span(match.start(1), match.end(1)) if match else None


def find_content(text: str) -> tuple[Span, ...]:
    """Spans of the paragraphs that are content, in order, stripped of surrounding white space.

    Args:
        text: The whole report, NFC.

    Returns:
        Half-open code-point spans; a hard-wrapped paragraph is one span with its line breaks inside.
    """
    matter = FRONT_MATTER.match(text)
    start = matter.end() if matter else 0
    lines = _lines(text, start)
    spans = [line.span for line in lines]
    unbarred = open_rows(text, spans)
    rows = {line.span for table in find_aligned(text, spans) for line in table}
    rows |= {span for span in spans if span.start in unbarred}
    wrapped = _is_wrapped(lines)
    column = None if wrapped else _column(lines)
    paragraphs = _join_wrapped(text, lines, rows, column) if wrapped or column else lines
    # a menu above the headline would be taken for it
    paragraphs = list(dropwhile(lambda line: _MENU.search(line.text), paragraphs)) or paragraphs
    kept: list[Span] = []
    related = False
    for number, line in enumerate(paragraphs):
        related = related or (number > 0 and _RELATED.match(line.text) is not None)
        if _READ_ON.search(line.text) or _TEASERS.match(line.text):
            continue
        if len(kept) > _BODY_LINES and _is_headline(paragraphs, number):
            continue
        if line.span in rows and not related:
            kept.append(line.span)
        elif SOURCE_LINE.match(line.text) or (not related and _is_content(line.text, number)):
            kept.extend(_without_counters(line))
    return tuple(kept)


def _is_headline(lines: list[_Line], number: int) -> bool:
    """Whether a line is the headline of another article: it looks like one, and so does one beside it, or an arrow."""
    if not _HEADLINE.fullmatch(lines[number].text):
        return False
    beside = (*lines[number - 1 : number], *lines[number + 1 : number + 2])
    return _ARROW.match(lines[number].text) is not None or any(_HEADLINE.fullmatch(line.text) for line in beside)


def _lines(text: str, start: int) -> list[_Line]:
    lines = []
    for match in re.finditer(r"[^\r\n\f\u2028\u2029]+", text[start:]):
        raw = match.group()
        stripped = raw.strip()
        if stripped:
            begin = start + match.start() + len(raw) - len(raw.lstrip())
            lines.append(_Line(Span(begin, begin + len(stripped)), stripped))
    return lines


def _is_wrapped(lines: list[_Line]) -> bool:
    """Whether the text is broken at a column: many lines of like width without a closing mark."""
    open_lines = [line for line in lines if not _CLOSED.search(line.text) and len(line.text) in _WRAPPED_WIDTHS]
    return len(lines) >= 8 and len(open_lines) > len(lines) / 2


def _column(lines: list[_Line]) -> int | None:
    """Where some paragraphs are broken, in characters, by lines that go on in lower case; None where hardly any do."""
    widths = [
        len(line.text)
        for line, following in pairwise(lines)
        if len(line.text) in _WRAPPED_WIDTHS and not _CLOSED.search(line.text) and following.text[0].islower()
    ]
    return max(widths) if len(widths) >= _FEWEST_BROKEN else None


def _join_wrapped(text: str, lines: list[_Line], rows: set[Span], column: int | None) -> list[_Line]:
    """The lines, those of one paragraph joined.

    Args:
        text: The whole report.
        lines: Its lines.
        rows: Rows of tables, which are joined with nothing.
        column: Where lines are broken, so that only lines about as wide go on; None when all of them do.
    """
    joined: list[_Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        gap = text[last.span.end : line.span.start] if last and not {last.span, line.span} & rows else "\n\n"
        follows = gap.count("\n") < 2 and not _BULLET.match(line.text) and not SOURCE_LINE.match(line.text)
        if last and follows and (column is None or _goes_on(last.text, line.text, column)):
            span = Span(last.span.start, line.span.end)
            joined[-1] = _Line(span, text[span.start : span.end])
        else:
            joined.append(line)
    return joined


def _goes_on(before: str, line: str, column: int) -> bool:
    """Whether a line goes on with the paragraph before it, whose last line has no room for its first word."""
    width = len(before.splitlines()[-1])
    fits = width + 1 + len(line.split()[0]) <= column - _SLACK
    return not fits and width <= column + _SLACK and not before.endswith((";", ":"))


def _is_content(line: str, number: int) -> bool:
    if is_rule(line):
        return False
    if number < 2 or _CLOSED.search(line) or _BULLET.match(line):
        return not _PICTURE.search(line) or number < 1
    if _PICTURE.search(line):
        return False
    if DATELINE.search(line) and number < 6:
        return True
    if len(line.split()) > _TELLING_WORDS and find_names(line):
        return True  # a caption that tells who did what
    if number < _HEAD_LINES and _YEAR.search(line) and len(line.split()) > 4:
        return True  # a headline below a letterhead or a menu
    return _FIGURE.search(_YEAR.sub("", line)) is not None and len(line.split()) > 4


def _without_counters(line: _Line) -> list[Span]:
    """The line's span up to the first view counter or print button in it."""
    match = _COUNTER.search(line.text) if len(line.text) < 200 else None
    if match is None:
        return [line.span]
    head = re.sub(r"[\s|–•-]+$", "", line.text[: match.start()])
    return [Span(line.span.start, line.span.start + len(head))] if head else []
