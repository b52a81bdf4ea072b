"""What the source pane can show: a citation, a near miss, a figure or a whole report, each where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citing import stands
from assistant.types import Answer, Citation
from index.types import Figure, Report, Span


@dataclass(frozen=True, slots=True)
class View:
    """What the source pane shows.

    Attributes:
        path: The report.
        report: It, or None when it is no longer indexed.
        quote: The stretch to mark and to scroll to, or None.
        text: The quote's own words, as the answer or the table keeps them.
        figures: Figures to mark within the quote.
        beside: Other stretches of the report that the same answer rests on.
        citation: The citation it is of, or None.
        near: Whether it is a near miss, no proof of the answer.
        place: Which of how many, counted from 1: "2/3"; empty for a single one.
        before: The action that shows the one before, or "".
        after: The action that shows the one after, or "".
        question: The question it belongs to, or "".
    """

    path: str
    report: Report | None
    quote: Span | None = None
    text: str = ""
    figures: tuple[str, ...] = ()
    beside: tuple[Span, ...] = ()
    citation: Citation | None = None
    near: bool = False
    place: str = ""
    before: str = ""
    after: str = ""
    question: str = ""

    @property
    def holds(self) -> bool:
        """Whether the report still says the quote where it stood."""
        if self.report is None or self.quote is None:
            return self.report is not None
        inside = 0 <= self.quote.start < self.quote.end and self.text.strip() != ""
        return inside and self.report.text[self.quote.start : self.quote.end] == self.text


def number_of(text: str) -> int:
    """A number of an action, which anyone may have written; -1 when it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def action_of(turn: int, position: int, near: bool = False) -> str:
    """The action that shows a citation, or a near miss, of a turn; positions count from 0."""
    return f"select:{'near' if near else 'quote'}-{turn}-{position}"


def of_answer(turn: int, answer: Answer, position: int, near: bool, reports: Mapping[str, Report]) -> View | None:
    """The view of one citation or near miss of an answer, or None when there is no such."""
    shown = answer.near_misses if near else answer.citations
    if not 0 <= position < len(shown):
        return None
    citation, report = shown[position], reports.get(shown[position].report)
    figures = () if near else tuple(check.figure for check in answer.checks if check.supported)
    beside = [
        Span(other.start, other.end)
        for other in shown
        if other.report == citation.report
        and (other.end <= citation.start or other.start >= citation.end)
        and report is not None
        and stands(other, report)
    ]
    return View(
        path=citation.report,
        report=report,
        quote=Span(citation.start, citation.end),
        text=citation.quote,
        figures=figures,
        beside=tuple(beside),
        citation=citation,
        near=near,
        place=f"{position + 1}/{len(shown)}" if len(shown) > 1 else "",
        before=action_of(turn, position - 1, near) if position else "",
        after=action_of(turn, position + 1, near) if position + 1 < len(shown) else "",
        question=answer.question,
    )


def of_figure(path: str, start: int, figures: Sequence[Figure], reports: Mapping[str, Report]) -> View | None:
    """The view of a row of the table of figures, in its sentence, or None when there is no such row."""
    figure = next((figure for figure in figures if figure.start == start and figure.report == path), None)
    report = reports.get(path)
    if figure is None or report is None:
        return None
    text = report.text[figure.sentence.start : figure.sentence.end]
    return View(path, report, figure.sentence, text, (figure.written,))


def of_place(place: str, reports: Mapping[str, Report]) -> View | None:
    """The view of a stretch named "START-END-PATH", or None when it is none of an indexed report."""
    start, _, rest = place.partition("-")
    end, _, path = rest.partition("-")
    report = reports.get(path)
    quote = Span(number_of(start), number_of(end))
    if report is None or not 0 <= quote.start < quote.end <= len(report.text):
        return None
    text = report.text[quote.start : quote.end]
    return View(path, report, quote, text) if text.strip() else None


def of_report(path: str, reports: Mapping[str, Report]) -> View | None:
    """The view of a whole report, or None when there is no such."""
    report = reports.get(path)
    return None if report is None else View(path, report)
