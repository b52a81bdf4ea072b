from assistant.ui.marking import context_of, mark_passage
from index.types import Span


def marked(text, quote, figures=()):
    start = text.index(quote)
    return mark_passage(text, Span(start, start + len(quote)), figures)


def test_marks_the_quote_within_its_paragraph_only():
    text = "Đoạn đầu.\n\nTrước đó. Có 44 trạm mới. Sau đó.\nĐoạn cuối."
    assert marked(text, "Có 44 trạm mới.") == "<p>Trước đó. <mark>Có 44 trạm mới.</mark> Sau đó.</p>"


def test_marks_a_quote_over_two_paragraphs_in_each():
    text = "A một.\n\nB hai. C ba."
    assert marked(text, "một.\n\nB hai.") == "<p>A <mark>một.</mark></p><p><mark>B hai.</mark> C ba.</p>"


def test_marks_the_figure_whichever_way_it_is_written():
    assert marked("Có 1167 trạm.", "Có 1167 trạm.", ["1.167"]) == "<p><mark>Có <strong>1167</strong> trạm.</mark></p>"
    assert "<strong>99.29%</strong>" in marked("Đạt 99.29% kế hoạch.", "Đạt 99.29% kế hoạch.", ["99,29%"])


def test_marks_whole_figures_only():
    assert "<strong>" not in marked("Có 1.167 trạm.", "Có 1.167 trạm.", ["167"])
    assert "<strong>" not in marked("Có 93,8% thôn.", "Có 93,8% thôn.", ["93"])


def test_does_not_mark_figures_outside_the_quote():
    html = marked("Năm 44 thôn. Có 44 trạm.", "Có 44 trạm.", ["44"])
    assert html == "<p>Năm 44 thôn. <mark>Có <strong>44</strong> trạm.</mark></p>"


def test_escapes_the_report():
    html = marked('<b>x</b> "Có" <img src=x onerror=y> & 5', "<img src=x onerror=y>")
    assert html == "<p>&lt;b&gt;x&lt;/b&gt; &quot;Có&quot; <mark>&lt;img src=x onerror=y&gt;</mark> &amp; 5</p>"


def test_cuts_long_surroundings_between_words():
    text = "đầu " * 200 + "TRÍCH" + " cuối" * 200
    start = text.index("TRÍCH")
    shown = context_of(text, Span(start, start + 5))
    assert text[shown.start : shown.end].startswith("đầu ")
    assert text[shown.start : shown.end].endswith(" cuối")
    assert shown.end - shown.start < 700
    html = marked(text, "TRÍCH")
    assert html.startswith("<p>… đầu")
    assert html.endswith("cuối …</p>")


def test_cuts_long_surroundings_between_sentences_where_there_are_any():
    text = "Câu đầu dài. " * 60 + "TRÍCH." + " Câu sau dài." * 60
    start = text.index("TRÍCH")
    shown = context_of(text, Span(start, start + 6))
    assert text[shown.start : shown.end].startswith("Câu đầu")
    assert text[shown.start : shown.end].endswith("Câu sau dài.")


def test_never_cuts_the_quote():
    quote = "x" * 2000
    assert context_of(f"a {quote} b", Span(2, 2002)) == Span(0, 2004)
