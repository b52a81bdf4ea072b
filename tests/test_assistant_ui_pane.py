import time
from dataclasses import replace
from datetime import date

import pytest

from assistant.types import Citation
from assistant.ui.pane import QUOTE_ID, empty_html, original_of, pane_html
from assistant.ui.texts_en import ENGLISH
from assistant.ui.texts_vi import VIETNAMESE
from assistant.ui.views import View
from index.split import split_report
from index.tokens import count_tokens
from index.types import Report, Span
from tests.parsed_html import ATTACK, Parsed, assert_harmless

TEXT = "Trang chủ | Tin tức\n\n# Tổng kết\n\nNăm 2023 có 44 trạm mới. Tổng số 1167 trạm.\n\nLượt xem: 2597\n"
LINES = ("# Tổng kết", "Năm 2023 có 44 trạm mới. Tổng số 1167 trạm.")
CITED = Citation(1, "a.md", "Tổng kết", "Đắk Nông", 2023, "Báo A", 0, 0, "", "00")


def span(text, quote):
    return Span(text.index(quote), text.index(quote) + len(quote))


def report(text=TEXT, lines=LINES, **changed):
    content = tuple(span(text, line) for line in lines)
    return replace(Report("a.md", text, "00", content, "Tổng kết", "Đắk Nông", 2023, None, "Báo A"), **changed)


def view(words="Tổng số 1167 trạm.", source=None, **changed):
    source = source or report()
    return replace(View(source.path, source, span(source.text, words), words), **changed)


def body(shown, texts=VIETNAMESE):
    """The report within the pane; the marked quote has the id exactly once."""
    html = pane_html(shown, texts)
    assert Parsed(html).values("mark", "id") == ([QUOTE_ID] if shown.quote else [])
    return html.partition('tabindex="0">')[2].partition("</div><footer>")[0]


def marked(text, quote, **changed):
    return body(view(quote, report(text, [line for line in text.split("\n") if line.strip()]), **changed))


QUOTE = '<mark id="trich" class="quote">'
AGAIN = '<mark class="quote">'
BESIDE = '<mark class="beside">'


# --- the quote in its report


def test_the_whole_report_is_shown_with_the_quote_marked():
    assert body(view()) == (
        '<p class="chrome">Trang chủ | Tin tức</p><p class="heading">Tổng kết</p>'
        f"<p>Năm 2023 có 44 trạm mới. {QUOTE}Tổng số 1167 trạm.</mark></p>"
        '<p class="chrome">Lượt xem: 2597</p>'
    )


def test_figures_of_the_answer_are_strong_within_the_quote_alone():
    html = marked("Năm 44 thôn. Có 44 trạm.", "Có 44 trạm.", figures=("44",))
    assert html == f"<p>Năm 44 thôn. {QUOTE}Có <strong>44</strong> trạm.</mark></p>"


@pytest.mark.parametrize(
    ("quote", "figure", "strong"),
    [
        ("Có 1167 trạm.", "1.167", "<strong>1167</strong>"),
        ("Đạt 99.29% kế hoạch.", "99,29%", "<strong>99.29%</strong>"),
        ("Thu 3.311 tỷ đồng.", "ước đạt 3.311 tỷ đồng", "<strong>3.311 tỷ đồng</strong>"),
    ],
)
def test_a_figure_is_strong_whichever_way_it_is_written(quote, figure, strong):
    assert strong in marked(quote, quote, figures=(figure,))


@pytest.mark.parametrize(("quote", "figure"), [("Có 1.167 trạm.", "167"), ("Có 93,8% thôn.", "93"), ("Có 44.", "45")])
def test_only_whole_figures_are_strong(quote, figure):
    assert "<strong>" not in marked(quote, quote, figures=(figure,))


def test_a_quote_over_several_lines_is_marked_in_each():
    html = marked("A một.\n\n \nB hai.\nC ba. D bốn.", "một.\n\n \nB hai.\nC ba.")
    assert html == (f"<p>A {QUOTE}một.</mark></p><p>{AGAIN}B hai.</mark></p><p>{AGAIN}C ba.</mark> D bốn.</p>")


@pytest.mark.parametrize("quote", ["# Tổng kết\n\nNăm 2023.", "Tổng kết\n\nNăm 2023.", " Tổng kết\n\nNăm 2023."])
def test_a_quote_may_begin_in_a_heading(quote):
    assert marked("# Tổng kết\n\nNăm 2023. Hết.", quote) == (
        f'<p class="heading">{QUOTE}Tổng kết</mark></p><p>{AGAIN}Năm 2023.</mark> Hết.</p>'
    )


@pytest.mark.parametrize("quote", ["\nB hai.", "\n\n B hai.", "  \nB hai.", "## \nB hai."])
def test_a_quote_may_begin_where_nothing_can_be_marked(quote):
    text = f"A một. \n{quote}"
    html = body(view(quote, report(text, ["B hai."])))
    assert html.count(f"{QUOTE}") == 1
    assert "B hai.</mark></p>" in html


def test_a_quote_in_page_chrome_is_not_set_back():
    assert f"<p>{QUOTE}Lượt xem: 2597</mark></p>" in body(view("Lượt xem: 2597"))


def test_other_citations_are_marked_beside():
    text = "A một. B hai. C ba. D bốn."
    beside = (span(text, "D bốn."), span(text, "A một."))
    assert marked(text, "B hai.", beside=beside) == (
        f"<p>{BESIDE}A một.</mark> {QUOTE}B hai.</mark> C ba. {BESIDE}D bốn.</mark></p>"
    )


def test_citations_that_overlap_are_marked_once():
    text = "A một. B hai. C ba. D bốn."
    beside = (span(text, "B hai. C ba."), span(text, "C ba. D bốn."), span(text, "C ba."))
    assert marked(text, "A một.", beside=beside) == (
        f"<p>{QUOTE}A một.</mark> {BESIDE}B hai. C ba.</mark>{BESIDE} D bốn.</mark></p>"
    )


def test_figures_of_the_answer_are_not_strong_beside():
    text = "Có 44 trạm. Thêm 44 trạm."
    html = marked(text, "Thêm 44 trạm.", beside=(span(text, "Có 44 trạm."),), figures=("44",))
    assert html == f"<p>{BESIDE}Có 44 trạm.</mark> {QUOTE}Thêm <strong>44</strong> trạm.</mark></p>"


def test_a_line_of_hashes_alone_and_a_hashtag_are_no_headings():
    assert marked("#chuyendoiso\n####### bảy\nHết.", "Hết.") == (
        f"<p>#chuyendoiso</p><p>####### bảy</p><p>{QUOTE}Hết.</mark></p>"
    )


def test_every_quote_of_the_bundled_reports_is_marked_once(bot):
    for source in bot.index.reports.values():
        for sentence in [span for passage in split_report(source, count_tokens) for span in passage.sentences]:
            quote = source.text[sentence.start : sentence.end]
            html = body(View(source.path, source, sentence, quote))
            told = Parsed(html.partition(QUOTE)[2].partition("</mark>")[0]).text
            assert quote.removeprefix("# ").startswith(told)


def test_a_whole_report_has_no_mark():
    shown = View("a.md", report())
    assert "<mark" not in pane_html(shown, VIETNAMESE)
    assert '<span class="kind">Toàn văn báo cáo</span>' in pane_html(shown, VIETNAMESE)
    assert "ký tự" not in pane_html(shown, VIETNAMESE)


# --- a report that is gone or changed


def test_of_a_report_that_is_gone_the_quote_is_left():
    html = pane_html(view(report=None, figures=("1.167",), citation=CITED), VIETNAMESE)
    assert "<p>Tổng số" not in html
    assert (
        '<p class="notice">Báo cáo này không còn trong chỉ mục; chỉ còn câu trích đã lưu.</p>'
        f"<p>{QUOTE}Tổng số <strong>1167</strong> trạm.</mark></p>"
    ) in html
    assert "download:" not in html
    assert "đoạn 2" not in html


def test_of_a_report_that_changed_the_quote_is_left():
    shown = view(report=report(TEXT.replace("44", "45").replace("1167", "1168"), lines=()))
    assert body(shown) == (
        '<p class="notice">Báo cáo đã được thay từ khi trả lời; chỉ còn câu trích đã lưu.</p>'
        f"<p>{QUOTE}Tổng số 1167 trạm.</mark></p>"
    )
    assert "1168" not in pane_html(shown, VIETNAMESE)


# --- around the report


def test_the_head_tells_whose_report_it_is():
    shown = view(citation=CITED, question=" Mấy trạm? ", source=report(published=date(2024, 1, 18)))
    html = pane_html(shown, VIETNAMESE)
    assert '<span class="kind">Nguồn trích dẫn</span>' in html
    assert '<h2><span class="marker">[1]</span><span>Tổng kết</span></h2>' in html
    assert '<p class="about">Đắk Nông · Năm 2023 · Báo A · công bố 18/01/2024</p>' in html
    assert '<p class="hint">Cho câu hỏi: Mấy trạm?</p>' in html


def test_what_a_report_does_not_tell_is_left_out():
    shown = view(source=report(title="", province="", year=None, source=""))
    html = pane_html(shown, VIETNAMESE)
    assert "<h2><span>Báo cáo không có tiêu đề</span></h2>" in html
    assert '<p class="about"></p>' in html
    assert '<p class="hint">' not in html
    assert '<span class="kind">Số liệu trong báo cáo</span>' in html


def test_a_near_miss_is_told_to_be_no_answer():
    html = pane_html(view(near=True, citation=CITED), VIETNAMESE)
    assert '<section class="pane near"' in html
    assert '<span class="kind">Gần nhất trong báo cáo (không phải câu trả lời)</span>' in html
    assert 'class="marker"' not in html


def test_the_foot_tells_where_the_quote_stands():
    shown = view()
    foot = Parsed(pane_html(shown, VIETNAMESE).partition("<footer>")[2].partition("</footer>")[0])
    start = TEXT.index("Tổng số")
    assert foot.text == f"a.md · đoạn 2 · ký tự {start}–{start + 18} · Tải văn bản"
    assert foot.actions == ["download:report-a.md"]


def test_large_offsets_are_grouped():
    text = "x" * 12_345 + "\nCó 44 trạm."
    assert "đoạn 2 · ký tự 12.346–12.357" in pane_html(view("Có 44 trạm.", report(text, text.split("\n"))), VIETNAMESE)


def test_steps_lead_to_the_next_and_the_previous():
    first = Parsed(pane_html(view(place="1/3", after="select:quote-7-1"), VIETNAMESE))
    middle = Parsed(pane_html(view(place="2/3", before="select:near-7-0", after="select:near-7-2"), VIETNAMESE))
    assert [(name, value) for tag, name, value in first.attributes if tag == "button"][:3] == [
        ("class", "act step"),
        ("disabled", ""),
        ("title", "Trích dẫn trước"),
    ]
    assert first.actions == ["select:quote-7-1", "close", "download:report-a.md"]
    assert middle.actions == ["select:near-7-0", "select:near-7-2", "close", "download:report-a.md"]
    assert "1/3" in first.text


def test_a_single_citation_has_no_steps():
    assert Parsed(pane_html(view(), VIETNAMESE)).actions == ["close", "download:report-a.md"]


def test_a_long_question_is_shortened():
    html = pane_html(view(question="x" * 161), VIETNAMESE)
    assert f"Cho câu hỏi: {'x' * 160}…</p>" in html


def test_the_pane_speaks_english_around_a_vietnamese_report():
    html = pane_html(view(citation=CITED), ENGLISH)
    assert '<section class="pane proof" aria-label="Sources">' in html
    assert "Đắk Nông · Year 2023 · Báo A" in html
    assert "paragraph 2 · characters" in html


# --- a very long report


def long_text(lines):
    return "\n".join(f"Dòng {number} có {number} trạm." for number in range(lines))


@pytest.mark.parametrize("number", [0, 15_000, 59_999])
def test_of_a_very_long_report_the_part_around_the_quote_is_shown(number):
    text = long_text(60_000)
    quote = f"Dòng {number} có {number} trạm."
    html = body(view(quote, report(text, lines=())))
    assert html.startswith('<p class="notice">Báo cáo rất dài: chỉ hiện phần quanh câu trích.</p>')
    assert f"<p>{QUOTE}{quote}</mark></p>" in html
    assert len(text) > 1_400_000
    assert 190_000 < len(Parsed(html).text) <= 400_100
    assert html.count('<p class="chrome">Dòng ') == html.count('<p class="chrome">')


@pytest.mark.parametrize("before", [250_000, 390_000, 450_000, 900_000])
def test_of_a_very_long_line_the_part_around_the_quote_is_shown(before):
    text = f"Đầu.\n{'x' * before} Có 44 trạm. {'y' * 500_000}"
    html = body(view("Có 44 trạm.", report(text, lines=())))
    assert f"{QUOTE}Có 44 trạm.</mark>" in html
    assert len(Parsed(html).text) < 400_100


def test_a_very_long_report_without_a_quote_is_shown_from_its_beginning():
    html = pane_html(View("a.md", report(long_text(60_000), lines=())), VIETNAMESE)
    assert '<p class="chrome">Dòng 0 có 0 trạm.</p>' in html


def test_a_report_of_many_lines_is_shown_at_once():
    began = time.perf_counter()
    body(view("Dòng 9999 có 9999 trạm.", report(long_text(10_000), long_text(10_000).split("\n")[:10])))
    assert time.perf_counter() - began < 5


# --- the page it was published on


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("url: https://mic.gov.vn/tin/1?a=b&c=d\n", "https://mic.gov.vn/tin/1?a=b&c=d"),
        ("Hết.\n\nNguồn: HTTP://laocai.gov.vn/a.", "HTTP://laocai.gov.vn/a"),
        ("  - Theo: báo A (https://a.vn/b)\n", "https://a.vn/b"),
        ("Link: «https://a.vn/b»\n", "https://a.vn/b"),
        ("Bài gốc https://a.vn/b; đăng lại\n", "https://a.vn/b"),
    ],
)
def test_the_original_page_is_the_address_the_report_tells(text, address):
    assert original_of(report(text, lines=())) == address


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://mic.gov.vn/a", "https://mic.gov.vn/a"),
        ("tuyenquang.gov.vn", "https://tuyenquang.gov.vn/"),
        ("Báo Điện Biên Phủ", ""),
        ("", ""),
        ("evil.example", ""),
        ("a.vn/../b", ""),
        ("https://a.vn https://b.vn", ""),
        ("-.vn@evil.com:80", ""),
    ],
)
def test_the_original_page_may_be_the_source(source, address):
    assert original_of(report(source=source)) == address


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.vn", "ftp://a.vn"]
)
def test_an_address_that_is_not_http_is_no_original_page(address):
    assert original_of(report(f"url: {address}\n", lines=(), source=address)) == ""


def test_an_address_in_a_sentence_is_no_original_page():
    assert original_of(report("Người dân vào https://dichvucong.gov.vn để nộp hồ sơ.\n", lines=())) == ""


def test_the_original_page_opens_beside_and_is_not_told_where_from():
    html = pane_html(View("a.md", report("url: https://a.vn/?x='\"&y\n", lines=())), VIETNAMESE)
    page = Parsed(html)
    assert page.values("a", "href") == ["https://a.vn/?x="]
    assert page.values("a", "rel") == ["noopener noreferrer"]
    assert "Trang gốc ↗" in page.text


@pytest.mark.parametrize("text", ["\n" * 200_000, "-" * 200_000, "- \n" * 100_000, "url:" * 50_000, "theo " * 50_000])
def test_looking_for_the_original_page_takes_no_time_to_speak_of(text):
    began = time.perf_counter()
    assert original_of(report(text, lines=())) == ""
    assert time.perf_counter() - began < 2


# --- without an answer


def test_the_pane_lists_the_reports_while_there_is_nothing_to_prove():
    html = empty_html("Khi có câu trả lời…", {"a.md": report()}, VIETNAMESE)
    assert '<h2>Các báo cáo đang có</h2><p class="hint">Khi có câu trả lời…</p>' in html
    assert (
        '<li><button class="act link" value="select:report-a.md">Tổng kết</button>'
        "<span>Đắk Nông · Năm 2023 · Báo A</span></li>"
    ) in html


def test_a_report_without_a_title_is_listed_by_its_path():
    html = empty_html("", {"a.md": report(title="", province="", year=None, source="")}, VIETNAMESE)
    assert ">a.md</button><span></span></li>" in html


def test_many_reports_are_counted():
    reports = {str(number): report(path=str(number)) for number in range(20)}
    html = empty_html("", reports, VIETNAMESE)
    assert html.count("<li>") == 12
    assert "và 8 báo cáo khác, xem ở thẻ «Báo cáo»." in html
    assert "báo cáo khác" not in empty_html("", dict(list(reports.items())[:12]), VIETNAMESE)


def test_no_report_is_no_list():
    assert '<ul class="holdings"></ul></section>' in empty_html("", {}, VIETNAMESE)


# --- hostile reports and people


def hostile():
    text = f"# {ATTACK}\n\nCó 44 trạm {ATTACK} hết.\n{ATTACK}\nurl: https://a.vn/{ATTACK}\n"
    return report(text, [f"# {ATTACK}"], path=f"{ATTACK}.md", title=ATTACK, province=ATTACK, source=ATTACK)


@pytest.mark.parametrize("texts", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"near": True},
        {"report": None},
        {"quote": None},
        {"citation": None},
        {"text": f"khác {ATTACK}"},
        {"before": f"select:{ATTACK}", "after": f"select:{ATTACK}", "place": "2/3"},
    ],
    ids=["quote", "near", "gone", "whole", "figure", "changed", "steps"],
)
def test_everything_reports_and_people_write_stays_text(changed, texts):
    source = hostile()
    cited = replace(CITED, report=source.path, title=ATTACK, province=ATTACK, source=ATTACK)
    known = {"citation": cited, "question": ATTACK, "figures": ("44", ATTACK)}
    quote = f"Có 44 trạm {ATTACK}"
    page = assert_harmless(pane_html(view(quote, source, **{**known, **changed}), texts))
    assert "<script>alert(1)</script>" in page.text
    assert "![a](https://evil.example/a.png)" in page.text
    assert page.values("a", "href") in ([], ["https://a.vn/"])


def test_everything_in_the_list_of_reports_stays_text():
    source = hostile()
    page = assert_harmless(empty_html(ATTACK, {source.path: source}, VIETNAMESE))
    assert page.actions == ["close", f"select:report-{ATTACK}.md"]
    assert page.text.count("<script>alert(1)</script>") == 4


def test_a_path_is_given_back_to_the_action_as_it_is():
    source = report(path="Sở \"TT&TT\" 'a' <b>.md")
    page = Parsed(pane_html(View(source.path, source), VIETNAMESE))
    assert page.actions == ["close", f"download:report-{source.path}"]


# --- pages


def test_the_foot_names_the_page_of_the_quote():
    paged = report(pages=(0, TEXT.index("Tổng số")))
    assert "a.md · trang 2 · đoạn 2 · ký tự" in pane_html(view(source=paged), VIETNAMESE)
    assert "a.md · page 1 · paragraph 2" in pane_html(view("Năm 2023 có 44 trạm mới.", paged), ENGLISH)
    assert "trang" not in pane_html(view(), VIETNAMESE).partition("<footer>")[2].lower().replace("trang gốc", "")
