"""Who wrote or signed a report: a credit, a line of names at its edge, or the name below an office at its end."""

import re
from itertools import islice

from index.names import find_names
from index.numbers import Kind, find_quantities
from index.provinces import find_provinces
from index.types import Report, Span
from index.words import fold

SIGNED = re.compile(r"\b(nguoi|ai|da|chu) ky\b(?! ten cuoi bai)|\bky (bao cao|ban hanh|van ban)\b")
WRITTEN = re.compile(
    r"\b(do )?ai (la )?(viet|tac gia)\b|\b(tac gia|nguoi viet|but danh)( cua)? (bai|ban tin|tin)\b"
    r"|\btac gia\b.*\b(la )?ai\b"
    r"|\b(cam but|chap but) (lam|viet) (bai|ban tin|tin)\b"
    r"|\bai ky ten cuoi bai\b|\b(phong vien|nha bao|cay but|tac gia) nao( viet| ky( ten)?| dua tin)?\b"
)
"""Questions for the writer of an article, not for authors' rights or authors who won a prize."""
_CREDIT = re.compile(
    r"(?:(?<!\w)(?:tác giả|bài, ảnh|bài và ảnh|tin, ảnh|tin, bài|người viết)|^(?:bài|thực hiện|phóng viên|PV))\s*:\s*"
    r"(?P<who>[^\n|:]{3,50}?)(?=\s{2,}|\s*\||\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
"""A credit that says so: "Bài, ảnh: …"."""
_SIGNING_OFFICE = re.compile(r"\b(?:PHÓ )?(?:GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG)\b")
"""An office as it stands over a signature: in capitals."""
WEEKDAY = re.compile(r"\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật)\b", re.IGNORECASE)
_MENU = frozenset(
    fold(word)
    for word in (
        "trang chủ, giới thiệu, tin tức, liên hệ, đăng nhập, sơ đồ, văn bản, hỏi đáp, thư viện, chuyên mục, góp ý"
        ", đọc nhiều, tin mới, chia sẻ, bình luận, tìm kiếm, lịch công tác, thông báo, video clip, dịch vụ công"
    ).split(", ")
)
"""Titles of menus, which look like names in title case."""
_LONGEST, _SIGNATURE_CHARS = 90, 600
_PARAGRAPH, _BELOW = 200, 3
_TOP, _BOTTOM = 15, 14
"""Lines at the head and at the end of a file where a dateline or a byline may stand."""


def edges(report: Report) -> tuple[list[Span], list[Span]]:
    """The first and the last lines of the file, page chrome included: a byline may have been left out as such."""
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]*\S[^\n]*", report.text)]
    return lines[:_TOP], lines[-_BOTTOM:]


def _below_body(report: Report) -> list[Span]:
    """The lines right below the last long paragraph, where a byline may stand above the page's chrome."""
    body = [span.end for span in report.content if span.end - span.start >= _PARAGRAPH]
    if body and any(span.start >= body[-1] and span.end - span.start > _LONGEST for span in report.content):
        return []
    lines = re.finditer(r"[^\n]*\S[^\n]*", report.text[body[-1] :]) if body else iter(())
    return [Span(body[-1] + line.start(), body[-1] + line.end()) for line in islice(lines, _BELOW)]


def credit(report: Report) -> tuple[str, Span] | None:
    """Who wrote a report, and the line that tells, or None."""
    first, last = edges(report)
    for line in (*first, *last):
        match = _CREDIT.search(report.text, line.start, line.end)
        if match and (names := _names(match["who"])):
            return " - ".join(names), Span(match.start(), match.end())
    signed = _SIGNING_OFFICE.search(report.text, max(0, len(report.text) - _SIGNATURE_CHARS))
    for line in (*reversed(last), *reversed(first), *_below_body(report)):
        below = signed is not None and line.start > signed.start()
        names = [] if below else _byline(report.text[line.start : line.end])
        if names:
            return " - ".join(names), line
    return None


def _byline(line: str) -> list[str]:
    """The names of a line that is no more than names, with where they work and when; else none."""
    bare = WEEKDAY.sub("", re.sub(r"\([^)]*\)", "", line))
    for quantity in reversed(find_quantities(bare)):
        if quantity.kind in (Kind.DATE, Kind.TIME):
            bare = bare[: quantity.start] + bare[quantity.end :]
    fits = len(line) <= _LONGEST and "ngày" not in line.lower()
    return _names(bare) if fits else []


def _names(text: str) -> list[str]:
    """The names a text lists; none if anything else is in it."""
    parts = [part for part in re.split(r"\s*[-–,|&]\s*|\s{2,}|\s+và\s+", text.strip(" *_\t")) if part]
    return parts if all(map(_is_pen_name, parts)) else []


def _is_pen_name(text: str) -> bool:
    """Whether a text is two to four words in title case that are no province or menu, as a pen name is."""
    words = text.split()
    titled = all((word.istitle() or word.isupper()) and word.isalpha() for word in words)
    return 2 <= len(words) <= 4 and titled and fold(text) not in _MENU and not find_provinces(text)


def signature(report: Report) -> tuple[str, str, Span] | None:
    """Who signed a report, in what office, and where both stand: the name below the office at its end, or None."""
    tail = max(0, len(report.text) - _SIGNATURE_CHARS)
    offices = list(_SIGNING_OFFICE.finditer(report.text, tail))
    names = [name for name in find_names(report.text[tail:]) if offices and tail + name.start > offices[-1].end()]
    if not names:
        return None
    office = " ".join(offices[-1].group().lower().split()).capitalize()
    return names[0].name, office, Span(offices[0].start(), tail + names[0].end)
