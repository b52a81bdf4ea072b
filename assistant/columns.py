"""Which column of a table's row a question means: the one whose header names what is counted."""

import re
from collections.abc import Sequence

from assistant.apart import Slot
from assistant.marks import in_place_of, terms_in
from assistant.match import Matcher
from assistant.ranker import Ranked
from index.lexicon import canonical_words
from index.types import Span
from index.words import Word

_AS_LIKELY = 0.1
"""How probable the figure of the column must be against the best one of its row."""
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
    noun = [word.folded for word in wanted[slot.number]] if slot.number < len(wanted) else []
    row = [one for one in ranked if one.candidate.sentence.span == best.candidate.sentence.span]
    opening = [one for one in row if _opens_with_noun(one, noun)]
    opening = [one for one in opening if not _says_more(one, noun, matcher)] if len(opening) > 1 else opening
    marks = [terms_in(matcher, one.candidate.sentence, [_head(one)]) for one in row]
    most = max(marks, key=len, default=set[int]())
    named = [one for one, own in zip(row, marks, strict=True) if most and own == most]
    chosen = opening or (named if len(wanted) < 2 else [])
    if len(chosen) != 1 or chosen[0].probability < best.probability * _AS_LIKELY:
        return [*ranked]
    others = [one for one in row if one is not chosen[0]]
    return sorted(in_place_of(others, chosen[0], ranked), key=lambda one: (-one.probability, -one.near))


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


def _opens_with_noun(one: Ranked, noun: Sequence[str]) -> bool:
    """Whether the header of a cell opens with what the question counts."""
    least = min(2, len(noun))
    return least > 0 and [word.folded for word in _title(one)[:least]] == [*noun[:least]]


def _says_more(one: Ranked, noun: Sequence[str], matcher: Matcher) -> bool:
    """Whether the header goes on with words that are not asked: "Thành viên nữ"."""
    return any(not matcher.is_asked(word) for word in _title(one)[min(2, len(noun)) :])
