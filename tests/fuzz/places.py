"""What must hold of every place in a report, whatever its text."""

from collections.abc import Sequence

from index.figures import find_figures
from index.split import split_report
from index.types import Passage, Report, Span
from index.words import nfc


def check_report(report: Report) -> list[Passage]:
    """See that all places in a report lie in its text, in order; gives its passages."""
    text = report.text
    assert text == nfc(text)
    text.encode()
    check_spans(text, report.content)
    passages = split_report(report, lambda part: len(part.split()))
    check_spans(text, [Span(passage.start, passage.end) for passage in passages])
    for passage in passages:
        check_spans(text, passage.sentences)
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        for heading in passage.headings:
            check_spans(text, [heading])
            assert heading.end <= passage.end
    for figure in find_figures({report.path: report}, passages):
        assert 0 <= figure.sentence.start <= figure.start < figure.end <= figure.sentence.end <= len(text), figure
        assert figure.written == " ".join(text[figure.start : figure.end].split())
        for named in figure.named:
            check_spans(text, [named])
    return passages


def check_spans(text: str, spans: Sequence[Span]) -> None:
    """See that stretches of a text are in order, none in another, none empty or with white space around it."""
    last = 0
    for span in spans:
        assert last <= span.start < span.end <= len(text), (span, last, len(text))
        part = text[span.start : span.end]
        assert part == part.strip(), (span, part)
        last = span.end
