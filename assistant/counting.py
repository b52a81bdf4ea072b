"""What a question counts and what a figure counts: the same noun, one people exchange for it, or another."""

import re
from collections.abc import Sequence

from assistant import rank
from assistant.types import Query
from index.candidate import Candidate
from index.lexicon import canonical_words
from index.numbers import Kind
from index.words import Word, fold

_SORTS = tuple(
    frozenset(fold(word) for word in sort.split(","))
    for sort in (
        "người,thành viên,cá nhân,cán bộ,học viên,công dân,lượt người,lượt cán bộ,đại biểu,thí sinh,công chức,viên chức"
        ",chuyên viên,phóng viên,người dân,nhân lực,lao động,thầy,giáo viên,hội viên,lượt học viên",
        "đơn vị,cơ quan,doanh nghiệp,công ty,tổ chức,sở,nhà mạng,tờ báo,tờ,tạp chí,báo,đài",
        "xã,phường,thị trấn,huyện,thôn,bản,ấp,khóm,tổ dân phố,địa phương,làng,buôn,tiểu khu,điểm lõm,địa bàn,nơi",
        "trạm,cột,vị trí,điểm,chỗ,bưu cục,cơ sở",
        "cuộc,đợt,lần,lớp,hội nghị,buổi,khóa,chuyến,vụ,trường hợp,quyết định",
        "tổ,đội,nhóm,câu lạc bộ,ban",
        "hồ sơ,thủ tục,dịch vụ,văn bản,tài liệu,giấy phép,tin,bài,tác phẩm,ấn phẩm,bản ghi,dữ liệu",
        "lượt,cuộc gọi,phản ánh,kiến nghị,giao dịch,tin nhắn",
        "hộ,gia đình,thuê bao,tài khoản,máy,thiết bị,chữ ký,chứng thư",
        "tấn,km,m2,ha,kg",
        "giải,bằng khen,giấy khen,cờ,huân chương,tập thể",
    )
)
"""Nouns that people exchange for one another when they count."""
_HOW_MANY = re.compile(r"\b(?:bao nhiêu|bao nhieu|mấy|may(?! tinh\b)|bn)\b")
"""What asks for a number; "máy" is another word."""


def counts_no_money(candidate: Candidate, query: Query) -> bool:
    """Whether a figure counts things or people where a question asks for money and counts nothing."""
    return candidate.kind is Kind.NUMBER and not any(query.wanted) and bool(_sort(candidate.noun))


def counts_things(query: Query) -> bool:
    """Whether all that a question counts are things or people, which no sum of money tells: "bao nhiêu tấn"."""
    nouns = [query.question[noun[0].start : noun[-1].end] for noun in query.wanted if noun]
    asked = len(_HOW_MANY.findall(query.question.lower()))
    return 0 < len(nouns) == asked and all(_sort(noun) and not fold(noun).startswith("lan") for noun in nouns)


def _sort(noun: str) -> frozenset[int]:
    """Which of ``_SORTS`` a noun's first word or two belong to."""
    listed = fold(noun).split()[:2]
    heads = {" ".join(listed), *listed[:1]}
    return frozenset(number for number, sort in enumerate(_SORTS) if heads & sort)


def counting(candidate: Candidate, wanted: Sequence[Word], query: Query) -> dict[str, float]:
    """How what the figure counts stands to what is to be counted."""
    noun = candidate.noun
    if not wanted or not noun or candidate.quantity is None:
        return {}
    asked = query.question[wanted[0].start : wanted[-1].end] if wanted[-1].end <= len(query.question) else ""
    first = next(iter(canonical_words(noun)), None)
    one, other = _sort(asked), _sort(noun)
    same = first is not None and first.folded == wanted[0].folded
    return {
        "head": float(same),
        "other_head": float(not same),
        "sort": float(bool(one & other)),
        "other_sort": float(bool(one and other and not one & other)),
        "other_wanted": max((rank.noun_match(candidate, slot) for slot in query.wanted if slot != wanted), default=0.0),
    }
