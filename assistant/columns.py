"""Which column of a table's row a question means: the one whose header names what is counted."""

import re
from collections.abc import Sequence

from assistant.apart import Slot
from assistant.marks import ranked_anew, terms_in
from assistant.match import Matcher
from assistant.ranker import Ranked
from index.lexicon import canonical_words
from index.types import Span
from index.words import Word

_AS_LIKELY = 0.1
"""How probable the figure of the column must be against the best one of its row."""
_OPENING = 2
"""Words of what is counted with which a header is to open."""
_COUNTS = re.compile(r"\s*(?:tổng )?số(?: lượng)?\s+", re.IGNORECASE)
"""How a header that counts things opens: "Số thành viên"."""


def column_first(ranked: Sequence[Ranked], slot: Slot, matcher: Matcher) -> list[Ranked]:
    """The ranking with the figure first, of those in one row, whose header names what is asked and no other does.

    In "| Địa phương | Điểm | Số tổ công nghệ số | Số thành viên |" the last column answers "bao nhiêu thành viên tổ
    công nghệ số?", as its header opens with what is counted.
    """
    best = ranked[0] if ranked else None
    if best is None or best.candidate.sentence.row is None:
        return [*ranked]
    wanted = slot.query.wanted
    noun = [word.folded for word in wanted[slot.number][:_OPENING]] if slot.number < len(wanted) else []
    row = [one for one in ranked if one.candidate.sentence.span == best.candidate.sentence.span]
    chosen = _opening_with(noun, row, matcher) or (_naming_most(row, matcher) if len(wanted) < 2 else [])
    if len(chosen) != 1 or chosen[0].probability < best.probability * _AS_LIKELY:
        return [*ranked]
    return ranked_anew([one for one in row if one is not chosen[0]], chosen[0], ranked)


def _opening_with(noun: Sequence[str], row: Sequence[Ranked], matcher: Matcher) -> list[Ranked]:
    """The cells whose header opens with what is counted; of several those whose header says nothing unasked."""
    opening = [one for one in row if noun and [word.folded for word in _title(one)[: len(noun)]] == noun]
    if len(opening) < 2:
        return opening
    return [one for one in opening if all(matcher.is_asked(word) for word in _title(one)[len(noun) :])]


def _naming_most(row: Sequence[Ranked], matcher: Matcher) -> list[Ranked]:
    """The cells whose header names the most of what is asked."""
    marks = [terms_in(matcher, one.candidate.sentence, [_head(one)]) for one in row]
    most = max(marks, key=len, default=set[int]())
    return [one for one, own in zip(row, marks, strict=True) if most and own == most]


def _head(one: Ranked) -> Span:
    """The header of a cell's column; the heads of a cell are its label, its header and the headings."""
    heads = one.candidate.heads
    return heads[1] if len(heads) > 1 else Span(0, 0)


def _title(one: Ranked) -> list[Word]:
    """The words of the header of a cell's column, past "Số"."""
    head, text = _head(one), one.candidate.sentence.report.text
    title = text[head.start : head.end]
    opened = _COUNTS.match(title)
    return list(canonical_words(title[opened.end() if opened else 0 :]))
