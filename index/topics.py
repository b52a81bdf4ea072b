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
    rf"(?:\A|(?<=[.!?;])\s+)\W*(?:(?:{_LED_BY})\s+){{0,3}}(?P<topic>{_TRADES})\b"
    rf"(?!\s*(?:,|và|-|–|/|&)\s*(?:{_TRADES})\b)",
    re.IGNORECASE,
)
"""How a sentence, or a part of one behind a semicolon, opens that is about one trade."""


@lru_cache(maxsize=65536)
def topic_before(report: Report, paragraph: int, start: int) -> Span | None:
    """The trade that the sentences of a paragraph before ``start`` were last about, or None.

    Args:
        report: The report.
        paragraph: Where the paragraph begins.
        start: Where a later sentence of it begins, which may itself open with a trade: then there is none.
    """
    if start <= paragraph or _OPENING.match(report.text[start : start + 80]):
        return None
    openings = list(_OPENING.finditer(report.text[paragraph:start]))
    return Span(*(paragraph + offset for offset in openings[-1].span("topic"))) if openings else None
