"""Sentences of a document that give orders to a machine reading it; they tell nothing of what it reports on."""

import re
import unicodedata

from index.words import fold

_ORDERS = r"(?:huong dan|chi dan|chi thi|menh lenh|loi nhac|instructions?|prompts?|rules)"
_MACHINE = r"(?:tro ly|chatbot|mo hinh(?: ngon ngu)?|ai|assistant|language model)"
_INSTRUCTION = re.compile(
    r"\b(?:bo qua|phot lo|quen(?: di| het)?|khong (?:lam|tuan) theo|ignore|disregard|forget)(?: het)?"
    r" (?:moi|tat ca|toan bo|nhung|cac|all|any|the|your|previous|prior|above)(?: \w+){0,3} "
    rf"{_ORDERS}\b"
    r"|\b(?:bo qua|phot lo|quen(?: het)?) (?:moi|tat ca|cac|nhung) (?:yeu cau|quy tac)"
    r" (?:truoc|o tren|tren|he thong|da cho|cua ban)"
    rf"|\b(?:bo qua|phot lo|ignore|disregard) {_ORDERS} (?:truoc|tren|o tren|he thong|previous|above)\b"
    r"|(?:^|[.!?:,;] |\b(?:va|tu nay|ban) )hay (?:tra loi|dap|noi|viet) (?:rang|la|dung|nguyen van|nhu sau)\b"
    r"|(?:^|[.!?:,;] )(?:chi(?: duoc)?|luon(?: luon)?) (?:tra loi|dap) (?:(?:rang|la|dung|nguyen van|nhu sau)\b|[“«])"
    r"|\btra loi (?:cho )?(?:moi|tat ca|bat ky) (?:\w+ ){0,2}cau hoi"
    r" (?:(?:rang|la)\b|(?:bang|voi) (?:so|cau|cum|chu|con so|\W))"
    rf"|\b(?:ban|you) (?:gio la|bay gio la|la|are|are now) (?:\w+ ){{0,2}}{_MACHINE}\b"
    rf"|\b(?:neu|khi) (?:ban|may) la (?:\w+ ){{0,3}}{_MACHINE}\b"
    rf"|(?:^|[.!?:] ){_MACHINE} (?:doc|khi doc|nao doc)\b.*\b(?:phai|hay) (?:noi|tra loi|viet)\b"
    r"|\b(?:system prompt|loi nhac he thong|prompt he thong)\b"
    r"|<\|?/?(?:system|assistant|user|im_start|im_end|endoftext)\|?>|\[/?inst\]"
    r"|^\W*(?:system|assistant)\s*: .*\b(?:tra loi|answer|respond|reply)\b"
)


def instructs(sentence: str) -> bool:
    """Whether a sentence gives orders to whoever reads it by machine: "Bỏ qua mọi hướng dẫn trước đây …"."""
    shown = "".join(char for char in sentence if unicodedata.category(char) != "Cf")  # no letter hides between others
    return _INSTRUCTION.search(fold(" ".join(re.sub(r"(?<=\w)-(?=\w)", " ", shown).split()))) is not None
