import re
from dataclasses import replace

import pytest

from assistant.types import Answer, Check, Citation
from assistant.ui.reply import reply_html
from assistant.ui.texts_en import ENGLISH
from assistant.ui.texts_vi import VIETNAMESE
from tests.parsed_html import ATTACK, Parsed, assert_harmless


def citation(marker, province="Đắk Nông"):
    return Citation(marker, f"{marker}.md", "Tiêu đề", province, 2023, "Báo", 0, 3, "trích", "00")


def answer(text, status="answered", markers=(1,), checks=(), near=()):
    cited = tuple(citation(marker) for marker in markers)
    return Answer("Hỏi?", text, status, cited, tuple(checks), tuple(near), "extractive", 1.0)


def check(text, figure, supported=True, reason="có trong đoạn trích"):
    start = text.index(figure)
    return Check(figure, start, start + len(figure), supported, reason)


def reply(text, **changed):
    return reply_html(7, answer(text, **changed), VIETNAMESE)


def body(text, **changed):
    """The text of a reply, without its badges."""
    return reply(text, **changed).partition('<div class="badges">')[0]


def marker(number, place):
    title = f"Xem nguồn {number}"
    return f'&nbsp;<button class="act marker" value="select:quote-7-{place}" title="{title}">[{number}]</button>'


# --- text


def test_shows_bold_and_markers():
    assert reply("Có **1.167** trạm [1].") == (
        f'<p>Có <strong>1.167</strong> trạm{marker(1, 0)}.</p><div class="badges"></div>'
    )


def test_shows_lists():
    html = body("Hai nơi:\n- một [1]\n* hai\n• ba\nHết.\n\n- bốn")
    assert html == (
        f"<p>Hai nơi:</p><ul><li>một{marker(1, 0)}</li><li>hai</li><li>ba</li></ul><p>Hết.</p><ul><li>bốn</li></ul>"
    )


def test_a_marker_stands_for_the_place_of_its_citation():
    assert body("Có [12] và [3].", markers=(3, 12)) == f"<p>Có{marker(12, 1)} và{marker(3, 0)}.</p>"


def test_a_marker_without_citation_stays_text():
    assert body("Có [0] và [2] và [999999] và [-1].") == "<p>Có [0] và [2] và [999999] và [-1].</p>"


def test_pictures_links_and_html_stay_text():
    html = body('![x](http://evil.example/x.png) [a](javascript:b) <img src=x onerror="y"> $$z$$ `c` # d')
    assert html == (
        "<p>![x](http://evil.example/x.png) [a](javascript:b) &lt;img src=x onerror=&quot;y&quot;&gt; $$z$$ `c` # d</p>"
    )


def test_backslashes_make_markup_plain():
    html = body(r"\*\*đậm\*\* \[1\] \<b\> \\ \_ \&lt; hết")
    assert html == "<p>&#42;&#42;đậm&#42;&#42; &#91;1&#93; &lt;b&gt; &#92; &#95; &amp;lt; hết</p>"


def test_an_empty_answer_is_empty():
    assert reply("") == '<div class="badges"></div>'
    assert body(" \n\n ") == ""


@pytest.mark.parametrize("half", ["[", "[1", "[123", "*", "**", "\\"])
def test_half_written_markup_of_a_growing_answer_is_held_back(half):
    assert body(f"Có trạm {half}") == "<p>Có trạm</p>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Có **44**", "Có <strong>44</strong>"),
        ("**Có 44 trạm.**", "<strong>Có 44 trạm.</strong>"),
        ("**a** b **c**", "<strong>a</strong> b <strong>c</strong>"),
        (r"Có 44\*", "Có 44&#42;"),
        (r"Có 44 \[", "Có 44 &#91;"),
        (r"Có 44 \\", "Có 44 &#92;"),
    ],
)
def test_what_ends_an_answer_is_kept(text, shown):
    assert body(text) == f"<p>{shown}</p>"


def test_bold_words_may_end_with_a_figure_that_holds():
    text = "Có **1.167**"
    assert body(text, checks=[check(text, "1.167")]) == '<p>Có <strong><span class="figure">1.167</span></strong></p>'


def test_bold_is_left_open_by_no_line():
    assert body("**a\nb**\nc") == "<p>**a</p><p>b**</p><p>c</p>"


# --- verdicts


def test_all_figures_supported():
    text = "Có 44 trạm, 1.167 thôn [1]."
    html = reply(text, checks=[check(text, "44"), check(text, "1.167")])
    assert '<summary class="badge ok">✓ 2/2 số liệu khớp nguồn</summary>' in html
    assert "<li>✓ <strong>1.167</strong>: có trong đoạn trích</li>" in html
    assert '<span class="figure">1.167</span>' in html


def test_unsupported_figure_warns_and_tells_why():
    text = "Có 44 trạm, 1.168 thôn [1]."
    wrong = check(text, "1.168", supported=False, reason='không thấy "1.168"')
    html = reply(text, checks=[check(text, "44"), wrong])
    assert '<span class="figure unsupported">1.168</span>' in html
    assert '<summary class="badge warning">⚠ 1/2 số liệu chưa khớp nguồn</summary>' in html
    assert "<li>⚠ <strong>1.168</strong>: không thấy &quot;1.168&quot;</li>" in html
    assert "badge ok" not in html


def test_private_characters_of_a_report_do_not_become_elements():
    assert "<span" not in body("Có \ue00044\ue002 và \ue0015.")


def test_private_characters_do_not_move_the_verdicts():
    text = "\ue000\ue002 Có 44 trạm."
    assert body(text, checks=[check(text, "44")]) == '<p>�� Có <span class="figure">44</span> trạm.</p>'


def test_abstention_and_partial_answer_say_so():
    assert '<span class="badge none">Báo cáo không cho biết</span>' in reply(
        "Không rõ.", status="abstained", markers=()
    )
    assert '<span class="badge partial">Trả lời được một phần</span>' in reply("Một nửa [1].", status="partial")


def test_a_near_miss_can_be_opened():
    html = reply("Không rõ.", status="abstained", markers=(), near=[citation(1)])
    assert '<button class="act badge" value="select:near-7-0">Xem đoạn gần nhất</button>' in html
    assert "select:near" not in reply("Không rõ.", status="abstained", markers=())


def test_badges_are_in_the_language_of_the_page():
    html = reply_html(7, answer("Không rõ [1].", "abstained"), ENGLISH)
    assert ">The reports do not tell</span>" in html
    assert 'title="Show source 1"' in html


# --- chart


def compared(*lines, citations=None):
    """An answer of lines that tell the figures between «»."""
    text, checks = "\n".join(lines), []
    for figure in re.findall("«(.*?)»", text):
        start = text.index("«")
        text = text.replace("«", "", 1).replace("»", "", 1)
        checks.append(Check(figure, start, start + len(figure), True, "có"))
    cited = citations or (citation(1), citation(2, "Phú Thọ"))
    return replace(answer(text, checks=checks), citations=cited)


def bars(given):
    html = reply_html(7, given, VIETNAMESE).partition('<figure class="chart">')[2]
    return re.findall(r'value="([^"]*)".*?class="name">(.*?)<.*?class="amount">(.*?)<', html)


def test_a_comparison_has_a_chart_whose_bars_lead_to_the_citations():
    given = compared("- **Phú Thọ (2023):** Có «79» trạm [2]", "- **Đắk Nông (2023):** Có «44» trạm [1]")
    assert bars(given) == [("select:quote-7-1", "Phú Thọ", "79 trạm"), ("select:quote-7-0", "Đắk Nông", "44 trạm")]


@pytest.mark.parametrize(
    "lines",
    [
        ["**Đắk Nông (2023):** Có «44» trạm [1]"],
        ["**Đắk Nông (2023):** Đạt «44%» [1]", "**Phú Thọ (2023):** Có «79» trạm [2]"],
        ["**Đắk Nông (2023):** Có «44» trạm mới [1]", "**Đắk Nông (2023):** Có «1.167» trạm [1]"],
        ["**Đắk Nông (mục tiêu 2024):** Có «44» trạm [1]", "**Phú Thọ (2023):** Có «79» trạm [2]"],
        ["Đắk Nông có «44» trạm [1]", "Phú Thọ có «79» trạm [2]"],
    ],
    ids=["alone", "units", "one side twice", "plan and result", "no headings"],
)
def test_what_cannot_be_compared_has_no_chart(lines):
    given = compared(*lines)
    assert len(given.checks) == len(lines)
    assert bars(given) == []


def test_the_chart_of_the_bundled_reports_leads_to_the_quotes(bot):
    given = bot.answer("Tỉnh nào có nhiều trạm BTS nhất?")
    assert bars(given) == [
        ("select:quote-7-0", "Đồng Tháp (2024)", "gần 4.600 trạm BTS"),
        ("select:quote-7-1", "Tuyên Quang (2023)", "1.332 vị trí"),
        ("select:quote-7-2", "Đắk Nông (2023)", "1.167 trạm"),
    ]


# --- hostile answers


def test_whatever_models_and_reports_write_stays_text():
    text = f"**{ATTACK}:** Có 44 trạm {ATTACK} [1]\n- {ATTACK} **{ATTACK}**"
    wrong = replace(check(text, "44", supported=False, reason=ATTACK), figure=ATTACK)
    page = assert_harmless(reply(text, checks=[wrong], near=[citation(1)]))
    assert page.text.count("<script>alert(1)</script>") == 6


@pytest.mark.parametrize(
    "text",
    ["**" * 20_000, "[1] " * 20_000, "\\" * 20_001, "- " * 20_000, "**a" * 20_000, "[" * 20_000, "9" * 20_000],
)
def test_odd_answers_are_shown_whole(text):
    assert Parsed(reply(text)).tags.count("p") <= 1
