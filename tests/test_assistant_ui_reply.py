from assistant.types import Answer, Check, Citation
from assistant.ui.reply import reply_html


def citation(marker):
    return Citation(marker, "a.md", "Tiêu đề", "Đắk Nông", 2023, "Báo", 0, 3, "abc", "00")


def answer(text, status="answered", markers=(1,), checks=()):
    cited = tuple(citation(marker) for marker in markers)
    return Answer("Hỏi?", text, status, cited, tuple(checks), (), "extractive", 1.0)


def check(text, figure, supported=True, reason="có trong đoạn trích"):
    start = text.index(figure)
    return Check(figure, start, start + len(figure), supported, reason)


LINK = '&nbsp;<a class="marker" href="#nguon-7-1" title="Xem nguồn 1">[1]</a>'


def test_shows_bold_and_markers():
    html = reply_html(7, answer("Có **1.167** trạm [1]."))
    assert html == f'<div class="reply"><p>Có <strong>1.167</strong> trạm{LINK}.</p><div class="badges"></div></div>'


def test_shows_lists():
    html = reply_html(7, answer("Hai nơi:\n- một [1]\n- hai\nHết."))
    assert f"<p>Hai nơi:</p><ul><li>một{LINK}</li><li>hai</li></ul><p>Hết.</p>" in html


def test_a_marker_without_citation_stays_text():
    html = reply_html(7, answer("Có [0] và [2] và [999999]."))
    assert "<p>Có [0] và [2] và [999999].</p>" in html


def test_pictures_links_and_html_stay_text():
    html = reply_html(7, answer('![x](http://evil.example/x.png) [a](javascript:b) <img src=x onerror="y"> $$z$$ `c`'))
    assert (
        "<p>![x](http://evil.example/x.png) [a](javascript:b) &lt;img src=x onerror=&quot;y&quot;&gt; $$z$$ `c`</p>"
        in html
    )


def test_backslashes_make_markup_plain():
    html = reply_html(7, answer(r"\*\*đậm\*\* \[1\] \<b\> \\ \_"))
    assert "<p>&#42;&#42;đậm&#42;&#42; &#91;1&#93; &lt;b&gt; &#92; &#95;</p>" in html


def test_half_written_markup_of_a_growing_answer_is_held_back():
    assert "<p>Có trạm</p>" in reply_html(7, answer("Có trạm ["))
    assert "<p>Có trạm</p>" in reply_html(7, answer("Có trạm [1"))
    assert "<p>Có trạm</p>" in reply_html(7, answer("Có trạm *"))


def test_all_figures_supported():
    text = "Có 44 trạm, 1.167 thôn [1]."
    html = reply_html(7, answer(text, checks=[check(text, "44"), check(text, "1.167")]))
    assert '<summary class="badge ok">✓ 2/2 số liệu khớp nguồn</summary>' in html
    assert "<li>✓ <strong>1.167</strong>: có trong đoạn trích</li>" in html
    assert '<span class="figure">1.167</span>' in html


def test_unsupported_figure_warns_and_tells_why():
    text = "Có 44 trạm, 1.168 thôn [1]."
    wrong = check(text, "1.168", supported=False, reason='không thấy "1.168"')
    html = reply_html(7, answer(text, checks=[check(text, "44"), wrong]))
    assert '<span class="figure unsupported">1.168</span>' in html
    assert '<summary class="badge warning">⚠ 1/2 số liệu chưa khớp nguồn</summary>' in html
    assert "<li>⚠ <strong>1.168</strong>: không thấy &quot;1.168&quot;</li>" in html
    assert "badge ok" not in html


def test_private_characters_of_a_report_do_not_become_elements():
    assert "<span" not in reply_html(7, answer("Có \ue00044\ue002 và \ue0015."))


def test_abstention_and_partial_answer_say_so():
    assert ">Báo cáo không cho biết</span>" in reply_html(7, answer("Không rõ.", "abstained", markers=()))
    assert ">Trả lời được một phần</span>" in reply_html(7, answer("Một nửa [1].", "partial"))
