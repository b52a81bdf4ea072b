"""What a paragraph goes on about: "Bưu chính Bắc Kạn có 7 doanh nghiệp, 134 điểm phục vụ. Doanh thu 48,3 tỷ đồng …"."""

import re
from functools import lru_cache

from index.types import Report, Span

_TRADES = (
    "bưu chính|viễn thông|báo chí|xuất bản|phát thanh|truyền hình|truyền thanh|thông tin cơ sở|thông tin đối ngoại"
    "|an toàn thông tin|an ninh mạng|công nghệ thông tin|công nghiệp công nghệ thông tin|chính quyền số|kinh tế số"
    "|xã hội số|thương mại điện tử|thanh tra|dịch vụ công trực tuyến"
)
_LED_BY = (
    "về|trong|ở|với|đối với|riêng|còn|bên|sang|lĩnh vực|mảng|khối|ngành|hoạt động|công tác|thị trường|dịch vụ|doanh thu"
    "|mạng lưới|mạng|phía"
)
_OPENING = re.compile(
    rf"(?:\A|(?<=[.!?;])\s)\W{{0,12}}(?:(?:{_LED_BY})\s){{0,3}}(?P<topic>{_TRADES})\b"
    rf"(?!\s?(?:,|và|-|–|/|&)\s?(?:{_TRADES})\b)",
    re.IGNORECASE,
)
"""How a sentence, or a part of one behind a semicolon, opens that is about one trade."""
_WHOLE = re.compile(
    r"(?<=[.!?])\s(?:Toàn (?:tỉnh|ngành)|Cả (?:tỉnh|ngành)|Tổng|Tính chung|Gộp|Ngành [Tt]hông|Ngành TT|Sở |UBND|Tỉnh )"
)
"""How a sentence opens that is about the whole province, its department, or all trades."""
_ENDS = re.compile(r"[.!?]\s")
_FARTHEST = 3
"""Sentences that go on about a trade, at most."""


def topic_before(report: Report, paragraph: Span, start: int) -> Span | None:
    """The trade that the sentences of a paragraph before ``start`` were last about, or None.

    Args:
        report: The report.
        paragraph: Where the paragraph stands.
        start: Where a later sentence of it begins, which may itself open with a trade: then there is none.
    """
    text = report.text
    if start <= paragraph.start or _OPENING.match(text[start : start + 80]) or _WHOLE.match(text, start - 1):
        return None
    earlier = [topic for topic in _topics(report, paragraph) if topic.end <= start]
    if not earlier or len(_ENDS.findall(text, earlier[-1].end, start)) > _FARTHEST:
        return None
    return None if _WHOLE.search(text, earlier[-1].end, start) else earlier[-1]


@lru_cache(maxsize=4096)
def _topics(report: Report, paragraph: Span) -> tuple[Span, ...]:
    """The trades that sentences of a paragraph open with."""
    told = report.text[paragraph.start : paragraph.end]
    return tuple(
        Span(paragraph.start + match.start("topic"), paragraph.start + match.end("topic"))
        for match in _OPENING.finditer(told)
    )
