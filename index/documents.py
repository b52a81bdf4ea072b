"""The documents a sentence cites by their numbers: "Nghị quyết số 09-NQ/TU ngày 01/11/2021 của Tỉnh ủy …"."""

import re

from index import stretches
from index.candidate import Candidate
from index.clauses import head_of
from index.sentences import Sentence
from index.types import Span
from index.words import CAPITALS

ANY_SORT = "văn bản"
SORTS = (
    "nghị quyết", "quyết định", "kế hoạch", "chỉ thị", "nghị định", "thông tư", "công văn", "chương trình", "đề án",
    "hướng dẫn", "thông báo", "công điện", "tờ trình", "báo cáo", ANY_SORT,
)  # fmt: skip
"""What offices call their documents; the last is any of them."""
_DOCUMENT = re.compile(
    rf"\b(?P<sort>{'|'.join(SORTS)})\s(?:số:?\s)?(?P<number>\d+(?:/\d{{4}})?[-/](?-i:[{CAPITALS}])[\w/–-]*)",
    re.IGNORECASE,
)
"""A sort of document and its number, which ends in the initials of who issued it: "12/QĐ-UBND", "42/2022/NĐ-CP"."""


def document_candidates(sentence: Sentence) -> list[Candidate]:
    """One candidate a document cited by its number, up to the next pause; ``noun`` is its sort."""
    text, base = sentence.text, sentence.span.start
    found = []
    documents = list(_DOCUMENT.finditer(text))
    for number, document in enumerate(documents):
        limit = documents[number + 1].start() if number + 1 < len(documents) else len(text)
        clause = stretches.clause_at(sentence.report.text, sentence.span, base + document.start())
        pauses = (at for mark in (",", ";", ". ", " và ", ")") if (at := text.find(mark, document.end(), limit)) >= 0)
        span = Span(base + document.start(), min((base + p for p in pauses), default=min(base + limit, clause.end)))
        found.append(
            Candidate(
                sentence,
                span=span,
                lead=span,
                core=Span(base + document.start(), base + document.end()),
                zone=span,
                tail=span.end,
                heads=(head_of(sentence, clause), *sentence.headings),
                noun=document["sort"].lower(),
            )
        )
    return found
