"""What is wrong with an answer of a chat model before any passage is looked into."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from assistant.phrase import HEADING, MARKER
from assistant.refusals import REFUSAL
from assistant.tokens import Shown
from assistant.types import Problem
from index.numbers import find_quantities
from index.split import split_sentences
from index.types import Span
from index.words import fold, keys, words

MAX_CHARS = 6_000
"""More than that is no short answer."""
_ADDRESS = re.compile(r"(?:https?:|www\.|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.)[^\s\[\]()<>]*[\w/]", re.IGNORECASE)
_SILENT = re.compile(r"\bkhong (?:neu|cho biet|de cap|nhac den|noi den|co thong tin|co so lieu|tim thay)\b")
"""What says that the reports do not tell; no passage can be cited for that."""
_LEAST_WORDS, _LEAST_SHARE = 5, 0.4
"""A sentence of so many words must have this share of them in the question or in what it cites."""
_LATIN_SIGNS = "²³"
_GOES_ON = re.compile(r"\b(?:nhung|tuy nhien|tuy vay|song|con)\b")
_SILENT_WORDS = 40
"""A longer text, or one that goes on with a "but", says more than that."""


def is_silence(text: str, question: str) -> bool:
    """Whether it says that the passages do not tell, with no figure but those of the question."""
    given = {quantity.value for quantity in find_quantities(question)}
    figures = {quantity.value for quantity in find_quantities(text)}
    told = fold(text)
    return (
        _SILENT.search(told) is not None
        and _GOES_ON.search(told) is None
        and len(told.split()) <= _SILENT_WORDS
        and figures <= given
        and not MARKER.search(text)
    )


def odd(text: str) -> Iterator[Problem]:
    """What an answer is wrong in by itself: empty, too long, figures in signs that are no digits."""
    if not keys(MARKER.sub("", text)):
        yield Problem("câu trả lời", "trống")
    if len(text) > MAX_CHARS:
        yield Problem("câu trả lời", "quá dài")
    for char in sorted({c for c in text if unicodedata.category(c) in ("No", "Nl") and c not in _LATIN_SIGNS}):
        yield Problem(char, "hãy viết số bằng chữ số thường")


def addresses(text: str, shown: Sequence[Shown]) -> Iterator[Problem]:
    """Addresses that no passage tells: they would lead readers wherever the model likes."""
    for address in _ADDRESS.findall(text):
        if not any(address in one.text for one in shown):
            yield Problem(address[:60], "không có địa chỉ này trong các đoạn")


def uncited(body: str, question: str) -> Iterator[Problem]:
    """Sentences with a figure, and lines, that cite nothing."""
    for start, end in ((line.start(), line.end()) for line in re.finditer(r"[^\n]+", body)):
        line = body[start:end]
        if not MARKER.search(line) and not line.endswith(":") and not is_silence(line, question):
            yield Problem(f"“{line[:60]}”", "không dẫn đoạn nào")
            continue
        heading = HEADING.match(line)
        for sentence in split_sentences(body, Span(start + (heading.end() if heading else 0), end)):
            told = body[sentence.start : sentence.end]
            if find_quantities(MARKER.sub("", told)) and not MARKER.search(told):
                yield Problem(f"“{told[:60]}”", "có số liệu mà không dẫn đoạn nào trong câu")


def unlike(body: str, shown: Sequence[Shown], question: str) -> Iterator[Problem]:
    """Sentences whose words are neither those of the passages cited nor of the question."""
    cited = {int(number) for number in MARKER.findall(body)}
    known = set(keys(question)) | set(keys(REFUSAL))
    for number in cited:
        report = shown[number - 1].report
        known.update(keys(f"{shown[number - 1].text} {report.title} {report.province} {report.year}"))
    for line in body.split("\n"):
        for sentence in split_sentences(line, Span(0, len(line))):
            told = MARKER.sub("", line[sentence.start : sentence.end])
            forms = [word.key for word in words(told)]
            if len(forms) >= _LEAST_WORDS and sum(form in known for form in forms) < _LEAST_SHARE * len(forms):
                yield Problem(f"“{told.strip()[:60]}”", "không giống đoạn được dẫn")
