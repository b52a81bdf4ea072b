"""Where, in a sentence of many figures, the words that belong to one figure begin and end.

All offsets are those of the report's text.
"""

import re

from index.types import Span
from index.words import CAPITALS

MAX_NOUN_WORDS = 9
_BARE_WORDS = (
    "và|đã|có|có sự|nâng|đưa|với|còn|chỉ|cũng|ước|năm|nay|hiện|tỷ lệ|tỉ lệ|tương đương|tương ứng|tức|số này"
    "|con số|tổng số|tổng|đạt|tăng|giảm|chiếm|xếp|đứng|bằng|vượt|vượt bậc|lên|là|thêm|hơn|ở mức|mức|khoảng|được"
    r"|để|thưởng|kế hoạch|chỉ tiêu|mục tiêu|theo|so với|cùng kỳ|trước|20\d\d"
)
_BARE = re.compile(rf"[\s,(]*(?:(?:{_BARE_WORDS})[\s,]*)*", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(tăng|giảm|phát triển(?: mới| thêm| được)?|bổ sung|xây mới|lắp mới|(?:đã )?thêm|vượt)\s*"
    r"(?:trưởng|thêm|lên|vượt bậc|bình quân|khoảng|gần|hơn|trên|tới|đến|ước)?"
    r"(?:\s+(?:lượng truy (?:cập|câp|cấp)|trưởng|thêm|lên|khoảng|gần|hơn|trên|tới|đến|so với [^,;.]{0,25}?))*\s*$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\s*(?:\([^)]*\)\s*)?so với\s+(?:cùng kỳ|năm|đầu năm|kế hoạch|tháng|giai đoạn)[^,;.()]{0,30}",
    re.IGNORECASE,
)
_FROM = re.compile(r"\btừ\s+(?:\S+\s+){0,2}$", re.IGNORECASE)
_TO = re.compile(r"(?:\s+(?!từ)[^\s,;.]+){0,8}?,?\s+(?:lên|xuống|còn|thành|tới|đến)\s", re.IGNORECASE)
_PAUSE = re.compile(r"[;()\[\]“”\"]|\.(?![^\W\d_])|\s[-–]\s|,\s|\n")
_DOMAIN = re.compile(r"\.[a-z]")
""" ".vn", which begins a word."""
_LIST_GOES_ON = re.compile(
    r"(?:(?<=\bsở)|(?<=\bban)),\sngành\b|,\s(?:phường|thị trấn|thị xã|thành phố|xã(?! hội)|huyện|ban"
    r"|ngành(?! (?:đã|hoàn thành|đạt|có|được|thực hiện))|bản|tổ|buôn|bon|làng|thôn|khu phố|tập thể"
    rf"|cá nhân|máy tính|điện tử|internet)\b(?!\s(?-i:[{CAPITALS}]))",
    re.IGNORECASE,
)
_NAME_BEFORE_BRACKET = re.compile(
    rf"(?P<name>(?:(?:huyện|xã|phường|thị xã|thành phố|TP|TX)\s)?[{CAPITALS}]\w*(?:\s[{CAPITALS}]\w*){{0,3}})\s\($"
)
_COUNTED_BEFORE = re.compile(r"\s+(?:(?!(?:gồm|là|và|của|ở|tại|do)\s)[^\W\d_]+\s+){1,3}")
"""The words of a noun between a figure and its last one, in capitals."""
_VERB = re.compile(
    r"(?<!không)(?<!chưa)\s(?:đạt|tăng|giảm|chiếm|với|gồm|bao gồm|trong đó|so với|nâng|(?-i:bằng)|gấp|còn|được"
    r"|ước|vượt|theo|do|nhưng"
    r"|qua đó|kế hoạch)\b"
    r"|\s(?:và|trên|cho|từ|đến|là)\s(?=\S*\d)|\svà\s(?=(?:đều|đã|cũng|vẫn)\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:và|còn|cùng|cùng với)\s", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:(?<!không)(?<!chưa)\s+(?:đạt|có|được)"
    r"|\s+(?:và|với|cho|trên|của|là|trong đó|trong|tại|ở|từ|đến|cùng|các|về|để|phủ sóng 2G/3G/4G))\s*$",
    re.IGNORECASE,
)
_ONE_NAME = re.compile(
    r"(?<=điện)\s[-–]\s(?=văn hóa|văn hoá)|(?<=chính)\s[-–]\s(?=viễn)|(?<=thanh)\s[-–]\s(?=truyền)"
    r"|(?<=CNTT)\s[-–]\s(?=viễn)|(?<=thông tin)\s[-–]\s(?=viễn|truyền)|(?<=tế)\s[-–]\s(?=xã hội)"
    r"|(?<=hóa)\s[-–]\s(?=thông)|(?<=học)\s[-–]\s(?=công nghệ)",
    re.IGNORECASE,
)
"""A dash within the name of one thing: "điểm Bưu điện - Văn hóa xã"."""
_ABBREVIATION = r"[A-ZĐ][A-ZĐ0-9&-]{1,9}\)"
"""An abbreviation in brackets, which interrupts nothing: "dịch vụ công trực tuyến (DVCTT) toàn trình"."""
_BOUNDARY = re.compile(rf"[;.]\s|\btrong đó[,:]?\s|,\s(?=nâng|tăng|giảm|đạt|với|bằng)|\((?!{_ABBREVIATION})|“")
_ABBREVIATED = re.compile(rf"\s?\({_ABBREVIATION}")
_JOINING = re.compile(r"[\s,]*(?:và|với|cùng(?! kỳ)|còn)\s")
_PUBLISHED = re.compile(r"\bcông bố[^,;)\d]{0,60}(?:\d{1,2}[/.-]){0,2}(?:19|20)\d{2}", re.IGNORECASE)
"""When a ranking came out, which is not the year it is of: "DTI năm 2021 (công bố năm 2022)"."""
_AGAINST = re.compile(
    r"\b(?:so với|hơn|kém|bằng)\s(?:so với\s)?(?:(?:cùng kỳ|thời điểm|hồi|cuối|đầu|hết|quý \w+|tháng \d+)\s){0,2}"
    r"(?:năm\s|(?<=cuối\s)|(?<=đầu\s)|(?<=hết\s))(?:19|20)\d{2}",
    re.IGNORECASE,
)
"""A year that a figure is held against: "nhiều hơn 186 trạm so với cuối năm 2022"."""
_BARE_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_YEAR = re.compile(
    r"(?:(?<!so với )(?<!so với cùng kỳ )(?:năm|(?<!hơn )(?<!từ )\b(?:cuối|hết))|\b(?:INDEX|DTI|PCI|PAPI|SIPAS"
    r"|kỳ đánh giá))\s+"
    r"((?:19|20)\d{2})"
    r"|(?<=\d/)((?:19|20)\d{2})",
    re.IGNORECASE,
)


def clauses(text: str, span: Span) -> list[Span]:
    """The parts of ``span`` between semicolons, in order."""
    parts = []
    start = span.start
    for match in re.finditer(r";\s", text[span.start : span.end]):
        parts.append(Span(start, span.start + match.start()))
        start = span.start + match.end()
    parts.append(Span(start, span.end))
    return parts


def clause_at(text: str, span: Span, offset: int) -> Span:
    """The clause of ``span`` that holds ``offset``."""
    return next(clause for clause in clauses(text, span) if clause.start <= offset <= clause.end)


def own_start(text: str, left: int, figure: int) -> int:
    """Where a figure's own stretch begins.

    Args:
        text: The report's text.
        left: End of the figure before, or the sentence's start.
        figure: Start of the figure with its precision word.
    """
    stretch = text[left:figure]
    boundaries = [match.end() for match in _BOUNDARY.finditer(stretch)]
    follows_figure = left > 0 and (text[left - 1].isalnum() or text[left - 1] == "%")
    if not boundaries and follows_figure and ", " in stretch:
        boundaries = [stretch.index(", ") + 2]
    start = left + (boundaries[-1] if boundaries else 0)
    start = max(start, text.rfind("):", start, figure) + 2) if "):" in text[start:figure] else start
    if joining := _JOINING.match(text[start:figure]):
        start += joining.end()
    while start < figure and text[start] in " \n\t\u00a0-–+*•,;:." and not _DOMAIN.match(text, start):
        start += 1
    return start


def placed_in_brackets(text: str, left: int, start: int, end: int) -> Span | None:
    """A name with its figure alone in brackets after it: "Sơn Hòa (5)", or None.

    Args:
        text: The report's text.
        left: How far back the name may reach.
        start: Start of the figure.
        end: End of the figure with its noun.
    """
    named = _NAME_BEFORE_BRACKET.search(text, left, start)
    if named is None or text[end : end + 1] != ")":
        return None
    if named["name"].isupper() and _COUNTED_BEFORE.fullmatch(text, left, named.start("name")):
        return None  # "3.742 trạm BTS (3.508)"
    return Span(named.start("name"), end)


def noun_end(text: str, start: int, limit: int, before_figure: bool) -> int:
    """End of the noun phrase after a figure: before the next pause, verb or figure, at most nine words on.

    Args:
        text: The report's text.
        start: End of the figure.
        limit: Start of the next figure, or the sentence's end.
        before_figure: A figure follows at ``limit``, so that what "và" joins leads to it.
    """
    skipped = [match.span() for match in _ABBREVIATED.finditer(text, start, limit)]
    pause = next(
        (
            m.start()
            for m in _PAUSE.finditer(text, start, limit)
            if not (_LIST_GOES_ON.match(text, m.start()) or _ONE_NAME.match(text, m.start()))
            and not any(a <= m.start() < b for a, b in skipped)
        ),
        limit,
    )
    verb = _VERB.search(text, start, limit)
    joined = _AND.search(text, start, limit) if before_figure else None
    end = min(pause, verb.start() if verb else limit, joined.start() if joined else limit)
    found = list(re.finditer(r"\S+", text[start:end]))
    if len(found) > MAX_NOUN_WORDS:
        end = start + found[MAX_NOUN_WORDS - 1].end()
    phrase = text[start:end]
    while (trailing := _TRAILING.search(phrase)) is not None:
        phrase = phrase[: trailing.start()]
    return start + len(phrase.rstrip(" ,\u00a0"))


def ends_naturally(text: str, end: int, limit: int) -> bool:
    """Whether a noun phrase ends at a pause or a joining word, not because it grew too long."""
    joins = re.match(r"\s*(?:[,;.()]|(?:và|với|cùng|trên|lên)\s|$)", text[end:limit])
    leads_on = _TRAILING.fullmatch(text, end, limit) is not None  # "4.600 bản sách cho 23 trường"
    return joins is not None or leads_on or _VERB.match(text, end, limit) is not None


def is_bare(text: str, start: int, figure: int) -> bool:
    """Whether what leads to a figure names no subject of its own ("tăng …", "đạt tỷ lệ …")."""
    return _BARE.fullmatch(text, start, figure) is not None


def direction(text: str, start: int, figure: int) -> str:
    """ "tăng" or "giảm" when the words before a figure make it a change, else ""."""
    change = _CHANGE.search(text[max(start, figure - 60) : figure])
    if change is None:
        return ""
    return "giảm" if change.group(1).lower() == "giảm" else "tăng"


def is_former(text: str, start: int, figure: int, end: int) -> bool:
    """Whether a figure is the value a change started from: "giảm từ 168 bản xuống 92 bản"."""
    return _FROM.search(text[start:figure]) is not None and _TO.match(text, end) is not None


def comparison_end(text: str, end: int, limit: int) -> int:
    """End of "so với năm …" right after a change, else ``end``."""
    compared = _COMPARED.match(text, end, max(end, limit))
    return compared.end() if compared else end


def years_told(stretch: str) -> list[int]:
    """The years a stretch dates itself by, in order; years only compared with and those of publication are left out."""
    return [int(a or b) for a, b in _YEAR.findall(_AGAINST.sub(" ", _PUBLISHED.sub(" ", stretch)))]


def years_named(stretch: str) -> list[int]:
    """All years a stretch names, in order."""
    return [int(year) for year in _BARE_YEAR.findall(stretch)]
