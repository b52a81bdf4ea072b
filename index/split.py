"""Report → passages of a few sentences, and the sentence windows that are embedded."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from index.injected import instructs
from index.outline import headings_above
from index.types import Passage, Report, Span

MAX_TOKENS = 160
MAX_SENTENCES = 4
MAX_SENTENCE_CHARS = 1_200
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’)»]*(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|tp|TX|Th\.?S|TS|PGS|GS|BS|KS|CN|Tr|tr|tt|St|No|Mr|Mrs|Dr|stt|STT|[A-ZĐ])|^\W*\d{1,2}(?:\.\d{1,2})*|^\W*[IVX]+)\.$",
    re.MULTILINE,
)
_ROW = re.compile(r"\|[^\r\n]*\|")
_BREAK = re.compile(r"[;,]\s|\s")


def split_sentences(text: str, span: Span) -> list[Span]:
    """Sentences of ``text[span.start:span.end]``, in order, stripped; very long ones are cut at a pause.

    A row of a table is one, whatever its cells hold.
    """
    if _ROW.fullmatch(text, span.start, span.end):
        return list(_cut(text, span))
    sentences: list[Span] = []
    begin = span.start
    for match in _END.finditer(text, span.start, span.end):
        if _ABBREVIATION.search(text[max(begin, match.end() - 12) : match.end()]):
            continue
        sentences.extend(_cut(text, _strip(text, begin, match.end())))
        begin = match.end()
    tail = _strip(text, begin, span.end)
    if tail.start < tail.end:
        sentences.extend(_cut(text, tail))
    return sentences


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _cut(text: str, span: Span) -> Iterator[Span]:
    """``span`` in pieces of at most MAX_SENTENCE_CHARS, cut after a pause or a space where there is one."""
    start = span.start
    while span.end - start > MAX_SENTENCE_CHARS:
        limit = start + MAX_SENTENCE_CHARS
        pauses = [match.end() for match in _BREAK.finditer(text, start + MAX_SENTENCE_CHARS // 2, limit)]
        end = pauses[-1] if pauses else limit
        yield _strip(text, start, end)
        start = end
    if start < span.end:
        yield _strip(text, start, span.end)


def split_report(report: Report, count_tokens: Callable[[str], int]) -> list[Passage]:
    """Passages of at most MAX_SENTENCES sentences and about MAX_TOKENS tokens of one stretch of content.

    A passage never spans page chrome nor headings: neighbours are joined only when they stand under the same
    headings and nothing but white space is between them. One sentence longer than MAX_TOKENS is a passage of its own.
    Sentences that give orders to machines are in none, see ``injected``.

    Args:
        report: The report, with its content spans.
        count_tokens: Text → number of tokens.
    """
    passages: list[Passage] = []
    current: list[Span] = []
    used = 0
    above: tuple[Span, ...] = ()

    def close() -> None:
        nonlocal current, used
        if current:
            passages.append(Passage(report.path, current[0].start, current[-1].end, tuple(current), above))
        current, used = [], 0

    for span, headings in zip(report.content, headings_above(report.text, report.content), strict=True):
        if headings != above:
            close()
            above = headings
        for sentence in split_sentences(report.text, span):
            if instructs(report.text[sentence.start : sentence.end]):
                continue
            tokens = count_tokens(report.text[sentence.start : sentence.end])
            apart = bool(current) and report.text[current[-1].end : sentence.start].strip() != ""
            if apart or used + tokens > MAX_TOKENS or len(current) == MAX_SENTENCES:
                close()
            current.append(sentence)
            used += tokens
        if used > MAX_TOKENS // 3:
            close()
    close()
    return passages


def windows(passage: Passage) -> list[Span]:
    """What is embedded of a passage: each sentence, each two neighbours, and the whole, which comes last."""
    whole = Span(passage.start, passage.end)
    parts = [*passage.sentences, *(Span(a.start, b.end) for a, b in pairwise(passage.sentences))]
    return [*(part for part in parts if part != whole), whole]
