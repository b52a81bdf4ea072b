"""What the reader settles about a query before it reads, where the words that ask mislead about the answer's kind."""

import re
from dataclasses import replace

from assistant.fulfil import asks_fulfilment, is_plan_word
from assistant.offices import without_companion
from assistant.types import Asked, Query
from index.documents import SORTS
from index.words import Word, fold

_NAMES_A_THING = re.compile(r"\b(chu de|khau hieu|phuong cham|thong diep|ten goi|ten la gi|khau dot pha)\b")
_THING = re.compile(
    r"\b(chu de|khau hieu|phuong cham|thong diep|ten goi|ban tin|ung dung|nen tang|chuong trinh|phan mem|cuoc thi|de an"
    r"|du an|app|he thong|mo hinh|chien dich|san pham|tro ly|giai phap|to|doi|don vi|tac pham"
    r"|bai bao|bai|(?:ba|hai|cac|nhung|may) cho)\b(?=.*\b(ten|goi) (la )?gi\b)"
    r"|\b(chu de|khau hieu|phuong cham|thong diep|ten goi)\b"
)
_EITHER_WAY = re.compile(
    r"\b(tang|len|tien)( \w+){0,3} (hay|hoac) (la )?(giam|xuong|lui|tut)\b|\bgiam( \w+){0,3} hay tang\b"
)
_EVERY = re.compile(r"\bnao\b.*\bcung\b.*\b(khong|chua|a|nhi)$")
_SORTS = "|".join(SORTS)
_NUMBERED = (
    rf"\b(?P<sort>{_SORTS})\b(?:\s\w+){{0,8}}?\s(?<!đổi\s)(?<!ký\s)(?<!tế\s)(?<!hội\s)(?<!quyền\s)số\s"
    rf"(?:hiệu\b|(?:mấy|bao nhiêu|nào|gì)\b(?!\s(?:tiền|tỷ|tỉ|triệu|đồng|người|máy|cái)))"
    rf"|\bsố hiệu\b(?:\s\w+){{0,5}}?\s(?P<numbered>{_SORTS})\b|\b(?:theo|tại) (?P<after>{_SORTS}) (?:số )?nào\b"
)
_DOCUMENT = (
    re.compile(_NUMBERED, re.IGNORECASE),
    re.compile(rf"\b(?P<sort>{fold(_SORTS)})\b(?: \w+){{0,8}}? so (?:hieu )?(?:la )?(?:may|bao nhieu)\W*$"),
)
"""How a document's number is asked for, with diacritics and without."""
_ASKING = frozenset("noi phai nhat".split())
_PARTS = re.compile(
    r"\b(?:gồm|chia thành|chia ra)\s(?:có\s)?(?:những\s|các\s|mấy\s)?(?:khoản|nguồn|phần)\s(?:nào|gì)\b"
    r"|\b(?:mỗi|từng)\s(?:khoản|nguồn)\b|\bcơ cấu (?:doanh thu|nguồn thu)\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\b(?:gi|nao|dau|ai)\b")
_SEVERAL = re.compile(
    r"\b(?:những|các|hai|ba|bốn|mấy|nhung|cac|\d) (?:[\w,]+ ){1,8}?(?:nào|gì|đâu|nao|gi|dau)\b"
    r"|\b(?:kể|ke) (?:tên |ten |ra )?(?:hai|ba|bốn|năm|các|những|cac|nhung)\b|\b(?:thứ nhì|thứ hai|kế tiếp|thu nhi)\b",
    re.IGNORECASE,
)
_HOW = re.compile(r"\b(?:the nao|nhu the nao|ra sao|lam sao|ket qua|bao nhieu|may|bn|vi sao|tai sao|vi dau|do dau)\b")
_WHERE_IT_IS = re.compile(r"\bla dau\b")
_PLACE = re.compile(
    r"\b(o|tai) (dau|cho nao|noi nao)\b|\bdia diem\b|\bcho nao\b|\b(hoi truong|khach san|toa nha) nao\b"
)


def settle(query: Query) -> Query:
    """The query as the reader takes it.

    - "Chủ đề … tên là gì?" asks for a thing's name, not a person's.
    - "Nghị quyết số mấy?" asks for a document, not for a count.
    - "Ai chủ trì cùng Giám đốc Sở?" is not about the director.
    - "tăng hay giảm?" supposes no direction.
    - A date is looked for wherever it stands, planned or not: "dự kiến bao giờ?" is answered by a date.
    - "làng nào cũng có … phải không?" asks yes or no.
    - Whether a plan was reached asks for the result; the plan is found beside it.
    """
    asked = fold(query.question).rstrip(" ?.!")
    if query.asked is Asked.WHO and _THING.search(asked):
        query = replace(query, asked=Asked.TEXT)
    if document_asked(query):
        query = replace(query, asked=Asked.TEXT, wanted=(), several=())
    if query.asked is Asked.WHO:
        query = replace(query, terms=without_companion(query))
    if query.direction and _EITHER_WAY.search(asked):
        query = replace(query, direction="")
    if query.asked is Asked.WHEN and query.target:
        query = replace(query, target=False)
    if _EVERY.search(asked):
        query = replace(query, asked=Asked.YES_NO)
    if query.extreme or query.asked in (Asked.YES_NO, Asked.MONEY, Asked.COUNT):
        query = replace(query, terms=tuple(word for word in query.terms if not _only_asks(word, asked)))
    if asks_fulfilment(query):
        kept = tuple(word for word in query.terms if not is_plan_word(word.folded))
        query = replace(query, target=False, terms=kept or query.terms)
    return query


def _only_asks(word: Word, asked: str) -> bool:
    """Whether a word of the question says how it is asked, not of what: "nơi ít nhất là đâu", "phải không"."""
    return word.folded in _ASKING or (word.folded == "dau" and _WHERE_IT_IS.search(asked) is not None)


def names_a_thing(query: Query) -> bool:
    """Whether it is asked what something is called, so that words in quotation marks answer."""
    return _NAMES_A_THING.search(fold(query.question)) is not None


def asks_parts(query: Query) -> bool:
    """Whether it is asked what a figure is made of: "gồm những khoản nào?", "mỗi khoản mấy tỷ?"."""
    return query.asked in (Asked.TEXT, Asked.MONEY, Asked.COUNT) and _PARTS.search(query.question) is not None


def document_asked(query: Query) -> str:
    """The sort of document whose number a question asks for, folded ("nghi quyet"), or ""."""
    plain = query.question.isascii()
    match = _DOCUMENT[plain].search(query.question.lower() if plain else query.question)
    return fold(next(filter(None, match.groups()), "")) if match else ""


def asks_several(query: Query) -> bool:
    """Whether more than one thing is asked for by name: "ba lĩnh vực đầu?", "những mặt hàng nào?"."""
    return _SEVERAL.search(query.question) is not None


def asks_which(query: Query) -> bool:
    """Whether one thing is asked for by name, and no figure with it: "ở đâu?", "món nào bán chạy nhất?"."""
    asked = fold(query.question)
    return query.asked is not Asked.YES_NO and _WHICH.search(asked) is not None and _HOW.search(asked) is None


def asks_where(query: Query) -> bool:
    """Whether nothing but a place answers: "ở đâu?", not "huyện nào?"."""
    return query.asked is Asked.WHERE and _PLACE.search(fold(query.question)) is not None


def asks_place(query: Query) -> bool:
    """Whether a place is asked for, alone or with a date."""
    return query.asked is Asked.WHERE or _PLACE.search(fold(query.question)) is not None
