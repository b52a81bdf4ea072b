from assistant.figure_marks import figure_spans, mark_figures, mark_spans
from index.types import Span


def test_a_figure_is_found_however_the_quote_writes_it() -> None:
    assert figure_spans("Có 1167 trạm, 44 trạm mới", ["1.167"]) == (Span(3, 7),)
    assert mark_figures("<b> 1167 trạm", ["1.167"]) == "&lt;b&gt; <strong>1167</strong> trạm"


def test_stretches_that_cannot_be_marked_are_left_out() -> None:
    spans = [Span(-1, 2), Span(2, 3), Span(1, 2), Span(3, 3), Span(4, 9)]
    assert mark_spans("ab<de", spans) == "ab<strong>&lt;</strong>de"
