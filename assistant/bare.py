"""Questions put as a bare noun phrase, without a word that asks: "trạm BTS Vĩnh Long?", "Hạng PAR INDEX 2022"."""

import re

from assistant.types import Asked

_LEAD = re.compile(
    r"^(?:(?:xin|hay|cho|vui long)\s+)*(?:cho\s+)?(?:(?:toi|minh|em|anh|chi)\s+)?(?:biet|hoi|neu|xin)\s+|^con\s+"
)
"""What only introduces the phrase: "cho biết", "cho tôi hỏi", "còn"."""
_ASKS = re.compile(r"\b(?:bao nhieu|baonhieu|bnhieu|may|bn|nao|gi|ai|dau|sao|bao gio|bao lau)\b|\b(?:khong|chua)$")
_HEADS: tuple[tuple[Asked, str], ...] = (
    (Asked.WHEN, r"ngay(?: \w+)?|han chot|thoi han|thoi gian(?! (?:qua|toi|gan))|thoi diem"),
    (Asked.RANK, r"(?:thu )?hang(?! (?:hoa|viet|nam|hai|ngay))|xep hang|thu bac"),
    (
        Asked.SCORE,
        r"(?:so )?diem(?: so)?(?! (?:buu|phuc|giao|cau|lom|den|trang|truy|van|ban|sang|moi|noi|yeu|manh|nhan|chung))",
    ),
    (Asked.PERCENT, r"ti (?:le|trong)|phan tram|muc (?:do )?hai long"),
    (Asked.MONEY, r"(?:tong )?(?:doanh (?:thu|so)|dthu|kim ngach|kinh phi|so tien|so thu|so nop|tong (?:muc|von))"),
    (
        Asked.COUNT,
        r"(?:tong )?(?:so luong|sl|so(?! (?:hoa|thong tin|tt|tay|ket|hieu|dien thoai|nha))|do dai|chieu dai)",
    ),
    (
        Asked.COUNT,
        r"(?:tong )?(?:tram|bts|cot (?:song|phat|bts)|thue bao|vi tri|dich vu|ho so|thu tuc|to cong nghe|thanh vien"
        r"|diem (?:buu|phuc|giao|lom)|doanh nghiep|giay phep|san pham|tai khoan|ho (?:gia|ngheo|dan)|can bo|buu cuc"
        r"|ca nhan|tap the|chu k[iy] so|may tinh|luot)",
    ),
)
_MAX_WORDS = 22


def without_lead(text: str) -> str:
    """The text of a question without what only introduces it."""
    return _LEAD.sub("", text)


def kind_of_phrase(text: str) -> Asked | None:
    """What a question without a word that asks wants, by the word it begins with; None when that does not tell.

    Args:
        text: Pattern text of the question, see ``kinds.pattern_text``.
    """
    if _ASKS.search(text):
        return None
    phrase = without_lead(text)
    if len(phrase.split()) > _MAX_WORDS:
        return None
    return next((asked for asked, heads in _HEADS if re.match(rf"(?:{heads})\b", phrase)), None)
