"""Greetings, thanks, "what can you do?" and "which reports are there?"."""

import re
from collections.abc import Sequence

from assistant import phrase
from assistant.types import Draft, Query
from index.types import Report
from index.words import fold

_GREETING = re.compile(r"^(xin )?(chao|hello|hi|alo)( (ban|anh|chi|em|bot|tro ly|moi nguoi|ca nha))?( (nhe|a|oi))?$")
_THANKS = re.compile(r"^(xin )?(cam on|cam on ban|thanks|thank you|ok cam on|tot lam|tuyet voi)( \w+){0,3}$")
_ABILITY = re.compile(
    r"^(ban|tro ly|cong cu nay)( \w+){0,3} (lam|giup|tra loi|biet)( \w+){0,3} (gi|nhung gi)( vay| nhi)?$|^ban la ai$"
)
_LISTING = re.compile(
    r"\b(co|gom|nhung|danh sach|liet ke)( \w+){0,3} (bao cao|tai lieu)( \w+){0,3}( nao| gi|)$|^danh sach bao cao$"
)
_MAX_LISTED = 40


def reply_to_small_talk(query: Query, reports: Sequence[Report]) -> Draft | None:
    """Answer what is not a question about the contents of the reports, or None when it is one."""
    asked = re.sub(r"[^\w\s]", " ", fold(query.question))
    asked = " ".join(asked.split())
    if _GREETING.match(asked):
        return Draft(f"Chào bạn! {_offer(reports)}", "answered")
    if _THANKS.match(asked):
        return Draft("Không có gì, mời bạn hỏi tiếp.", "answered")
    if _ABILITY.search(asked):
        return Draft(
            f"Tôi trả lời câu hỏi về các báo cáo đã lập chỉ mục, kèm nguyên văn đoạn trích. {_offer(reports)}",
            "answered",
        )
    if _LISTING.search(asked) and not query.provinces:
        return Draft(_listing(reports), "answered")
    return None


def _offer(reports: Sequence[Report]) -> str:
    provinces = sorted({report.province for report in reports if report.province}, key=fold)
    if not provinces:
        return "Mời bạn đặt câu hỏi."
    return f"Mời bạn hỏi về báo cáo của {', '.join(map(phrase.escape, provinces))}."


def _listing(reports: Sequence[Report]) -> str:
    lines = [
        f"- {phrase.escape(report.title)} ({', '.join(p for p in (report.province, str(report.year or '')) if p)})"
        for report in sorted(reports, key=lambda report: (fold(report.province), report.year or 0))[:_MAX_LISTED]
    ]
    more = len(reports) - len(lines)
    tail = [f"- … và {more} báo cáo khác"] if more > 0 else []
    return "\n".join([f"Hiện có {len(reports)} báo cáo:", *lines, *tail])
