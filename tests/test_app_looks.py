import pytest

from tests.chat_page import BTS, ask, open_chat, quote_in_view
from tests.conftest import running_app

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
CONTRAST = """
(selector) => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };
  const behind = (element) => { for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor, parts = colour.match(/[\\d.]+/g).map(Number);
    if (parts.length < 4 || parts[3] > 0.99) return colour; } return "rgb(255, 255, 255)"; };
  return Math.min(...[...document.querySelectorAll(selector)].map((element) => {
    const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05); }));
}
"""
"""The least contrast ratio of the elements' text to what is behind it, by WCAG 2.2."""
READ = (
    ".masthead h1", ".masthead p", ".masthead .badge", "#log .asked", "#log .reply p", "#log .figure", "#log .marker",
    "#log .badges .badge", "#log .actions .act", "#proof h2", "#proof .about", "#proof .report p", "#proof mark",
    "#proof mark strong", "#proof footer", "#send", ".menu .act", ".menu .hint", "button[role=tab]",
)  # fmt: skip


def test_page_is_vietnamese_and_ready_to_type(page, app):
    open_chat(page, app.url)
    page.wait_for_function("document.title === 'Hỏi đáp báo cáo'")
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.keyboard.type("dòng một")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("dòng hai")
    assert page.locator("#question textarea").input_value() == "dòng một\ndòng hai"


def test_slash_goes_to_the_question_box(page, app):
    open_chat(page, app.url)
    page.locator("#clear").focus()
    page.keyboard.press("/")
    page.wait_for_selector("#question textarea:focus")
    assert page.locator("#question textarea").input_value() == ""


def test_page_speaks_english_too(page, app):
    page.goto(f"{app.url}en")
    page.wait_for_function("document.title === 'Ask the reports'")
    assert page.evaluate("document.documentElement.lang") == "en"
    reply = ask(page, BTS)
    assert "✓ 1/1 figures match the source" in reply
    assert "1167" in quote_in_view(page)
    assert page.locator("button[role=tab]").all_inner_texts() == ["Chat", "Figures", "Reports"]
    page.click(".language")
    page.wait_for_selector("button[role=tab]:has-text('Hỏi đáp')")
    page.wait_for_selector("#log .bot:has-text('số liệu khớp nguồn')")  # the conversation came along


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_by_day_and_by_night(page, app, scheme):
    page.emulate_media(color_scheme=scheme)
    open_chat(page, app.url)
    ask(page, BTS)
    quote_in_view(page)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(243, 245, 247)" if scheme == "light" else "rgb(15, 21, 27)")
    poor = {selector: page.evaluate(CONTRAST, selector) for selector in READ}
    assert {selector: ratio for selector, ratio in poor.items() if not ratio >= 4.5} == {}


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_runs_out_of_the_window(page, app, width):
    page.set_viewport_size({"width": width, "height": 800})
    open_chat(page, app.url)
    ask(page, "Tỉnh nào có nhiều trạm BTS nhất?")
    for tab in ("Hỏi đáp", "Số liệu", "Báo cáo"):
        page.click(f"button[role=tab]:has-text('{tab}')")
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.click("button[role=tab]:has-text('Hỏi đáp')")
    box = page.locator("#ask").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 800


def test_on_a_phone_the_source_is_a_drawer(page, app):
    page.set_viewport_size({"width": 360, "height": 740})
    open_chat(page, app.url)
    ask(page, BTS)
    assert not page.locator("#proof").is_visible()
    page.click("#log .marker")
    page.wait_for_selector("#proof", state="visible")
    assert "1167" in quote_in_view(page)
    page.wait_for_function("document.querySelector('#proof').getBoundingClientRect().right <= 361")
    page.click("#proof .close")
    page.wait_for_selector("#proof", state="hidden")
    page.click("#log .marker")
    page.wait_for_selector("#proof", state="visible")
    page.keyboard.press("Escape")
    page.wait_for_selector("#proof", state="hidden")


def test_fonts_are_local_and_have_the_vietnamese_letters(page, app):
    fetched = []
    page.on("request", lambda request: fetched.append(request.resource_type))
    open_chat(page, app.url)
    ask(page, BTS)
    assert "font" not in fetched
    page.evaluate(
        "(letters) => { const p = document.createElement('p'); p.id = 'letters'; p.textContent = letters;"
        " document.querySelector('.masthead').append(p); }",
        VIETNAMESE + VIETNAMESE.upper(),
    )
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    node = client.send("DOM.querySelector", {"nodeId": root, "selector": "#letters"})["nodeId"]
    used = client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert sum(font["glyphCount"] for font in used) == 2 * len(VIETNAMESE)
    assert not any(font["isCustomFont"] for font in used)


def test_served_page_names_no_other_host_for_fonts_or_scripts(page, app):
    open_chat(page, app.url)
    assert "fonts.googleapis.com" not in page.content()
    assert page.locator("link[href^='http']:not([href^='http://127.0.0.1']), script[src^='https']").count() == 0


@pytest.fixture(scope="module")
def hostile_url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    attack = (
        "<img src=x onerror=window.hacked=1> <script>window.hacked=1</script> ![ảnh](https://evil.example/a.png) "
        "[bấm](javascript:window.hacked=1) ${window.hacked=1} {{value}} </mark></article><style>*{display:none}</style>"
    )
    text = (
        f"---\ntitle: Tổng kết năm 2023 {attack}\nprovince: Kon Tum\nyear: 2023\npublisher: Báo {attack}\n---\n\n"
        f"Năm 2023, toàn tỉnh Kon Tum có 1.234 trạm BTS {attack} phủ sóng các thôn.\n"
    )
    reports = folder / "reports"
    reports.mkdir()
    (reports / "kon<b>tum.md").write_text(text, "utf-8")
    with running_app(folder, ASSISTANT_REPORTS_DIR=str(reports)) as running:
        yield running.url


def test_hostile_report_and_question_stay_text(page, hostile_url):
    open_chat(page, hostile_url)
    page.wait_for_selector(".holdings li")
    assert "1.234" in ask(page, "Kon Tum có bao nhiêu trạm BTS?")
    quote_in_view(page)
    shown = page.locator("#proof").inner_text()
    assert shown.count("<script>window.hacked=1</script>") >= 3  # title, publisher, quote
    assert "${window.hacked=1} {{value}}" in shown
    assert "![ảnh](https://evil.example/a.png)" in shown
    question = "<img src=x onerror=window.hacked=1> ![a](https://evil.example/q.png) $$x$$"
    ask(page, question)
    assert page.locator("#log .user .asked").last.inner_text() == question
    for tab, table in (("Số liệu", "table.figures"), ("Báo cáo", "table.reports")):
        page.click(f"button[role=tab]:has-text('{tab}')")
        page.wait_for_selector(table)
    page.locator("table.reports .act").first.click()
    page.wait_for_selector("#proof .kind:has-text('Toàn văn báo cáo')")
    page.reload()  # what the browser kept is shown anew
    page.wait_for_selector("#log .user")
    page.click("#kept summary")
    page.wait_for_timeout(300)  # an error handler would run by now
    assert page.evaluate("window.hacked") is None
    assert page.locator("#log img, #sources img, #sources script, #sources style, #kept img").count() == 0
    assert page.locator("a[href^='javascript'], a[href*='evil.example']").count() == 0
