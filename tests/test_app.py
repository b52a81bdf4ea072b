import os
import re
import signal
import socket
import subprocess
import sys

import pytest

from tests.conftest import ROOT, running_app

QUESTION = "Đắk Nông có bao nhiêu trạm BTS?"


def ask(page, question, quotes=".card mark"):
    replies = page.locator("#log .bot")
    asked_before = replies.count()
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    reply = replies.nth(asked_before)
    reply.wait_for()
    page.locator("#log .bot", has_text="Đang tìm trong báo cáo").wait_for(state="detached")
    page.wait_for_selector(quotes)
    return reply.inner_text()


def test_answer_and_passage_are_on_the_page(page, app):
    page.goto(app.url)
    reply = ask(page, QUESTION)
    assert re.search(r"1\.?167", reply)
    assert "[1]" in reply
    assert "số liệu khớp nguồn" in reply
    card = page.locator(".card").first
    assert "Đắk Nông · Năm 2023 · Báo Môi Trường và Đô Thị" in card.inner_text()
    quote = card.locator("mark").first.inner_text()
    assert quote in (ROOT / "reports" / "dak-nong-2023.md").read_text("utf-8")
    assert re.fullmatch(r"1\.?167", card.locator("mark strong").first.inner_text())
    assert page.locator("#question textarea").input_value() == ""


def test_page_is_vietnamese_and_ready_to_type(page, app):
    page.goto(app.url)
    page.wait_for_selector("#question textarea:focus")
    assert page.title() == "Hỏi đáp báo cáo"
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.keyboard.type("dòng một")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("dòng hai")
    assert page.locator("#question textarea").input_value() == "dòng một\ndòng hai"


def test_served_page_names_no_other_host_for_fonts_or_scripts(page, app):
    page.goto(app.url)
    page.wait_for_selector("#question textarea")
    assert "fonts.googleapis.com" not in page.content()
    assert page.locator("link[href^='http']:not([href^='http://127.0.0.1']), script[src^='https']").count() == 0


def test_example_is_asked_when_chosen(page, app):
    page.goto(app.url)
    page.click(f"#log .example:has-text('{QUESTION}')")
    page.wait_for_selector(".card mark")
    assert page.locator("#log .user").inner_text() == QUESTION


def test_earlier_answer_shows_its_sources_again(page, app):
    page.goto(app.url)
    ask(page, QUESTION)
    ask(page, "Doanh thu viễn thông của Điện Biên năm 2019 là bao nhiêu?", ".card:has-text('Điện Biên') mark")
    page.locator("#log .bot .reply p").first.click()
    page.wait_for_selector(".card:has-text('Đắk Nông')")
    assert QUESTION in page.locator(".sources").inner_text()


def test_badge_opens_the_verdicts(page, app):
    page.goto(app.url)
    ask(page, QUESTION)
    verdict = page.locator("#log .verdicts li").first
    assert not verdict.is_visible()
    page.click("#log .verdicts summary")
    verdict.wait_for(state="visible")
    assert re.search(r"1\.?167.*: có trong đoạn trích", verdict.inner_text())
    page.click("#log .verdicts summary")
    verdict.wait_for(state="hidden")


def test_marker_leads_to_its_card(page, app):
    page.goto(app.url)
    ask(page, QUESTION)
    page.click("#log a.marker")
    page.wait_for_selector(".card:target")
    assert page.url.startswith(app.url)


def test_abstention_shows_the_nearest_passages_as_no_answer(page, app):
    page.goto(app.url)
    reply = ask(page, "Giám đốc Sở TT&TT tỉnh Điện Biên tên là gì?", "#log .bot .badge")
    assert "Báo cáo không cho biết" in reply
    assert page.locator(".sources.proof .card").count() == 0


def test_empty_question_is_told_kindly_and_chat_goes_on(page, app):
    page.goto(app.url)
    page.fill("#question textarea", "   ")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice")
    assert "Câu hỏi trống" in page.locator(".notice").inner_text()
    assert page.locator("#log .user").count() == 0
    assert re.search(r"1\.?167", ask(page, QUESTION))


def test_new_conversation_forgets_the_turns(page, app):
    page.goto(app.url)
    ask(page, QUESTION)
    page.click("#clear")
    page.wait_for_selector("#log .example")
    assert page.locator(".card").count() == 0


def test_sessions_do_not_see_each_other(browser, page, app):
    page.goto(app.url)
    ask(page, QUESTION)
    with browser.new_context() as other:
        beside = other.new_page()
        beside.goto(app.url)
        beside.wait_for_selector("#log .example")
        assert beside.locator("#log .message").count() == 0


def test_phone_has_no_sideways_scroll_and_sources_below(page, app):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(app.url)
    ask(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    box, sources = page.locator("#ask").bounding_box(), page.locator("#sources").bounding_box()
    assert sources["y"] > box["y"] + box["height"]


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
    page.goto(hostile_url)
    page.wait_for_selector(".holdings li")
    assert "1.234" in ask(page, "Kon Tum có bao nhiêu trạm BTS?")
    card = page.locator(".card").first.inner_text()
    assert card.count("<script>window.hacked=1</script>") == 3  # title, publisher, quote
    assert "${window.hacked=1} {{value}}" in card
    question = "<img src=x onerror=window.hacked=1> ![a](https://evil.example/q.png) $$x$$"
    ask(page, question, ".sources .hint:has-text('evil.example')")
    assert page.locator("#log .user").last.inner_text() == question
    page.wait_for_timeout(300)  # an error handler would run by now
    assert page.evaluate("window.hacked") is None
    assert page.locator("#log img, #sources img, #sources script, #sources style").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_pages_forbid_other_hosts_by_header(page, app):
    policy = page.goto(app.url).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def run_app(**environment):
    return subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_port_in_use_is_one_line_and_exit_code_2(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_app(ASSISTANT_PORT=str(port), ASSISTANT_INDEX_DIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "ASSISTANT_PORT" in done.stderr


def test_ctrl_c_ends_cleanly_with_a_page_open(page, app):
    with running_app(app.folder) as second:
        page.goto(second.url)
        page.wait_for_selector("#question textarea")
        second.process.send_signal(signal.SIGINT)
        assert second.process.wait(timeout=60) == 0
    told = second.log.read_text("utf-8")
    assert "Traceback" not in told
    assert told.splitlines()[-1] == "Đã dừng."
