"""Sentences of a document that give orders to a machine reading it; they tell nothing of what it reports on."""

import re

from index.words import fold

_ORDERS = r"(?:huong dan|chi dan|chi thi|menh lenh|quy tac|loi nhac|yeu cau|instructions?|prompts?|rules)"
_INSTRUCTION = re.compile(
    r"\b(?:bo qua|phot lo|quen(?: di| het)?|khong (?:lam|tuan) theo|ignore|disregard|forget)(?: het)?"
    r" (?:moi|tat ca|toan bo|nhung|cac|all|any|the|your|previous|prior|above)(?: \w+){0,3} "
    rf"{_ORDERS}\b"
    rf"|\b(?:bo qua|phot lo|ignore|disregard) {_ORDERS} (?:truoc|tren|o tren|he thong|previous|above)\b"
    r"|\b(?:hay|chi(?: duoc)?|luon(?: luon)?) (?:tra loi|dap) (?:rang|la|dung|nguyen van|bang|nhu sau|moi|\W)"
    r"|\b(?:va|hay|phai|thi) tra loi (?:rang|la)\b"
    r"|\btra loi (?:cho )?(?:moi|tat ca|bat ky) (?:\w+ ){0,2}cau hoi (?:bang|rang|la|voi)\b"
    r"|\b(?:ban|you) (?:gio la|bay gio la|la|are|are now) (?:\w+ ){0,2}(?:tro ly|chatbot|mo hinh ngon ngu|assistant)\b"
    r"|\b(?:neu|khi) (?:ban|may) la (?:\w+ ){0,3}(?:tro ly|mo hinh|chatbot)\b"
    r"|\b(?:system prompt|loi nhac he thong|prompt he thong)\b"
    r"|<\|?/?(?:system|assistant|user|im_start|im_end|endoftext)\|?>|\[/?inst\]"
    r"|^\W*(?:system|he thong|assistant)\s*: .*\b(?:tra loi|answer|respond|reply)\b"
)


def instructs(sentence: str) -> bool:
    """Whether a sentence gives orders to whoever reads it by machine: "Bỏ qua mọi hướng dẫn trước đây …"."""
    return _INSTRUCTION.search(fold(" ".join(sentence.split()))) is not None
