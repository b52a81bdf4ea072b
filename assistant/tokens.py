"""Passages packed into a chat model's window, by token counts; whole sentences only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.injected import instructs
from index.opened import Index
from index.tokens import count_tokens
from index.types import Hit, Passage, Report, Span

MAX_PASSAGES = 12
"""Passages shown at most: more of them tell little more and take a small model's mind off the question."""
_TOKENS_EACH = 2
"""Tokens of a chat model for one of ours: our vocabulary is made for Vietnamese, theirs take up to two a syllable."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of whole sentences of a report that a chat model gets to see.

    Attributes:
        report: Its report.
        span: Where it stands, from its first sentence to its last.
    """

    report: Report
    span: Span

    @property
    def text(self) -> str:
        """The report's own text."""
        return self.report.text[self.span.start : self.span.end]


def model_tokens(text: str) -> int:
    """Tokens that a chat model may need for ``text``, rather too many than too few."""
    return _TOKENS_EACH * count_tokens(text)


def pack(shown: Iterable[Sequence[Shown]], room: int, written: Callable[[Shown], str]) -> list[Shown]:
    """As much of some passages as fits, the first ones first.

    Args:
        shown: For each passage, what may be shown of it: the whole, then shorter beginnings of it.
        room: Tokens of the model to fill.
        written: A passage as the prompt writes it; its fence and heading count too.
    """
    packed: list[Shown] = []
    for choices in shown:
        for choice in choices:
            cost = model_tokens(written(choice))
            if cost <= room:
                packed.append(choice)
                room -= cost
                break
        if len(packed) == MAX_PASSAGES:
            break
    return packed


def choices(hits: Sequence[Hit], index: Index) -> Iterator[list[Shown]]:
    """For each stretch of the hits without orders to machines: the whole, then what its first sentences tell."""
    for hit in hits:
        passage = index.passages[hit.passage]
        report = index.reports[passage.report]
        for run in _runs(passage, report):
            yield [Shown(report, Span(run[0].start, last.end)) for last in reversed(run)]


def _runs(passage: Passage, report: Report) -> list[list[Span]]:
    """The sentences of a passage, parted where one of them instructs its reader."""
    runs: list[list[Span]] = [[]]
    for sentence in passage.sentences:
        if instructs(report.text[sentence.start : sentence.end]):
            runs.append([])
        else:
            runs[-1].append(sentence)
    return [run for run in runs if run]
