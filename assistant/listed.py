"""The most and the least of things listed with a figure each: "Tiểu Cần 71,6%, Càng Long 58,3%, Duyên Hải 31,8%"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from assistant.settle import asks_several
from assistant.singled import TOTAL
from assistant.types import Query
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.numbers import Kind
from index.sentences import Sentence
from index.types import Span
from index.words import CAPITALS

_FEWEST = 3
"""So many things are listed, at least."""
_MAX_LABEL_WORDS = 7
_NEXT = re.compile(r"\s*(?:,|;|\bvà\b)(?:\s*\b(?:và|còn)\b)?\s*", re.IGNORECASE)
"""What parts two members of a list."""
_JOINING = re.compile(
    r"(?:[\s,;.:(–-]|\b(?:và|còn|rồi|chủ yếu|trong khi|trong đó|gồm|bao gồm|tiếp đến|kế đến|kế đó|tiếp theo|tiếp đó"
    r"|sau đó|là|lần lượt|theo thứ tự|ở|tại)\b)+",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:\s*+\b(?:đạt|có|chỉ|được|với|là|mới|thu|chiếm|khoảng|ước|gần|hơn)\b)*+\s*+[:(]?\s*+$", re.IGNORECASE
)
_SOME = re.compile(
    r"\b(?:dẫn đầu|đứng đầu|(?:cao|nhiều|lớn|thấp|ít) (?:nhất|hơn)|như|một số|tiêu biểu|điển hình|nổi bật|đi đầu|tốp"
    r"|top)\b",
    re.IGNORECASE,
)
"""What leads in a list that does not name all there are."""
_MOVES = re.compile(r"\b(?:đưa|nâng|lên|hơn|kém|so với|tăng|giảm|thêm|vượt)\b", re.IGNORECASE)
"""What leads to a figure of its own, not to a member of a list."""
_NAMED = re.compile(f"[{CAPITALS}]")


def extreme_listed(sentence: Sentence, sign: int) -> list[Candidate]:
    """Of each list in a sentence the one with the most (``sign`` 1) or the least (-1); of ranks the first is the most.

    A list is three and more figures of one form, each right behind a short label of its own, told respectively of
    several, or counting kinds of one thing.
    """
    if sentence.row or sentence.heads_table:
        return []
    figures = [one for one in figure_candidates(sentence) if one.quantity and one.quantity.value is not None]
    told = [*_of_members(figures), *_of_kinds(figures)]
    return [max(run, key=lambda one: _height(one, sign)) for run in told] or _labelled(sentence, figures, sign)


def _of_members(figures: Sequence[Candidate]) -> list[list[Candidate]]:
    """The figures told respectively of several: "Viettel, VNPT, MobiFone có lần lượt 1.312, 1.084 và 768 trạm"."""
    runs = [list(run) for told, run in groupby(figures, key=lambda one: one.member is not None) if told]
    return [run for run in runs if len(run) >= _FEWEST and all(one.has_form_of(run[0]) for one in run)]


def _of_kinds(figures: Sequence[Candidate]) -> list[list[Candidate]]:
    """Figures that count kinds of one thing one after another: "gồm 1.106 trạm 2G, 1.967 trạm 3G và 1.245 trạm 4G"."""
    runs: list[list[Candidate]] = []
    for number, figure in enumerate(figures):
        last = runs[-1][-1] if runs else None
        goes_on = last is not None and figures[number - 1] is last and _is_kind_beside(last, figure)
        if goes_on:
            runs[-1].append(figure)
        else:
            runs.append([figure])
    runs = [run[1:] if _value(run[0]) >= sum(map(_value, run[1:])) else run for run in runs]  # the first is the whole
    return [run for run in runs if len(run) >= _FEWEST and len({one.noun for one in run}) == len(run)]


def _value(figure: Candidate) -> Decimal:
    return figure.quantity.value or Decimal(0) if figure.quantity else Decimal(0)


def _is_kind_beside(one: Candidate, other: Candidate) -> bool:
    """Whether a figure counts another kind of what the one right before it counts."""
    nouns = (one.noun.lower().split(), other.noun.lower().split())
    counts = all(len(noun) > 1 for noun in nouns) and nouns[0][0] == nouns[1][0]
    alike = one.has_form_of(other) and (one.direction, one.planned) == (other.direction, other.planned)
    between = one.sentence.report.text[one.span.end : other.core.start]
    return counts and alike and _NEXT.fullmatch(between) is not None


def _labelled(sentence: Sentence, figures: Sequence[Candidate], sign: int) -> list[Candidate]:
    """The most or the least of each list of figures that stand behind a label of their own."""
    labels = [_label(sentence, figures, number) for number in range(len(figures))]
    forms = [_form(figure, label is not None) for figure, label in zip(figures, labels, strict=True)]
    found = []
    for form, members in groupby(range(len(figures)), key=lambda number: forms[number]):
        run = list(members)
        if not form.labelled:
            continue
        run = [number for number in run if not _sums_up(sentence, labels[number])]
        if len(run) > 1 and not figures[run[0]].is_part and all(figures[number].is_part for number in run[1:]):
            run = run[1:]  # the first is the whole
        named = [number for number in run if _names(sentence, labels[number])]
        run = named if len(named) >= _FEWEST else run
        if len(run) < _FEWEST or not _is_list(sentence, [labels[number] for number in run]):
            continue
        best = max(run, key=lambda number: _height(figures[number], sign))
        label = labels[best]
        if label is not None:
            found.append(_candidate(sentence, label, figures[best], [figures[number] for number in run]))
    return found


def member_meant(candidate: Candidate, query: Query) -> Candidate:
    """The member of a clause's list that is the most or the least asked for, else the candidate itself."""
    if not query.extreme or candidate.quantity is not None or asks_several(query):
        return candidate
    span = candidate.span
    told = [
        one
        for one in extreme_listed(candidate.sentence, query.extreme)
        if span.start <= one.core.start and one.core.end <= span.end
    ]
    return told[0] if len(told) == 1 else candidate


@dataclass(frozen=True, slots=True)
class _Form:
    """What the members of a list share."""

    kind: Kind | None
    unit: str
    direction: str
    of_plan: bool
    planned: bool
    labelled: bool


def _form(figure: Candidate, labelled: bool) -> _Form:
    unit = figure.quantity.unit if figure.quantity else ""
    return _Form(figure.kind, unit, figure.direction, figure.of_plan, figure.planned, labelled)


def _label(sentence: Sentence, figures: Sequence[Candidate], number: int) -> Span | None:
    """The short label right before a figure, or None."""
    text, figure = sentence.report.text, figures[number]
    left = figures[number - 1].core.end if number else sentence.span.start
    stretch = text[left : figure.core.start]
    pauses = [match.end() for match in re.finditer(r"[,;:.(]\s|\b(?:và|trong đó|gồm|còn)\s|\)\s*", stretch)]
    start = left + (pauses[-1] if pauses else 0)
    joining = _JOINING.match(text, start, figure.core.start)
    start = joining.end() if joining else start
    leading = _LEADING.search(text, start, figure.core.start)
    end = leading.start() if leading else figure.core.start
    words = len(text[start:end].split())
    if _MOVES.search(text, start, end):
        return None
    return Span(start, end) if 0 < words <= _MAX_LABEL_WORDS and (number == 0 or pauses) else None


def _names(sentence: Sentence, label: Span | None) -> bool:
    """Whether a label names a place or a body: a capital that does not only begin the sentence."""
    if label is None:
        return False
    text = sentence.report.text
    opens = label.start == sentence.span.start
    return _NAMED.search(text, label.start + opens, label.end) is not None


def _sums_up(sentence: Sentence, label: Span | None) -> bool:
    """Whether a label is of the whole, not of a member."""
    return label is not None and TOTAL.match(sentence.report.text, label.start, label.end) is not None


def _is_list(sentence: Sentence, labels: Sequence[Span | None]) -> bool:
    """Whether labels name places or bodies, all but one at most, or follow "trong đó" or a colon."""
    text = sentence.report.text
    told = [label for label in labels if label is not None]
    if _SOME.search(text, sentence.span.start, told[0].start):
        return False
    named = sum(_names(sentence, label) for label in told)
    opened = re.search(
        r"(?::|\btrong đó|\bgồm)\s*(?:có\s*)?$", text[sentence.span.start : told[0].start], re.IGNORECASE
    )
    return named >= len(told) - 1 or opened is not None


def _height(figure: Candidate, sign: int) -> float:
    assert figure.quantity is not None
    value = float(figure.quantity.value or 0)
    return value * (-sign if figure.kind is Kind.RANK else sign)


def _candidate(sentence: Sentence, label: Span, figure: Candidate, run: Sequence[Candidate]) -> Candidate:
    """A candidate of one member, which shares what leads to the list, what follows it, and the sentence before."""
    span = Span(label.start, max(figure.core.end, figure.span.end))
    heads = [Span(sentence.span.start, min(run[0].core.start, label.start)), Span(run[-1].span.end, sentence.span.end),
             *sentence.headings]  # fmt: skip
    if sentence.before is not None:
        heads.append(sentence.before.span)
    return Candidate(
        sentence, span, span, span, span, span.end, heads=tuple(heads), planned=figure.planned, years=figure.years
    )
