import json
import re
import subprocess
import sys
import threading

import pytest

from tests.chat_page import BTS, ask, open_chat, quote_in_view, report_text, saved
from tests.chat_server import says, serving
from tests.conftest import ROOT, running_app

MOST_BTS = "Tỉnh nào có nhiều trạm BTS nhất?"


def test_answer_and_its_report_are_on_the_page(page, app):
    open_chat(page, app.url)
    reply = ask(page, BTS)
    assert re.search(r"1\.?167", reply)
    assert "[1]" in reply
    assert "✓ 1/1 số liệu khớp nguồn" in reply
    assert quote_in_view(page) in report_text("dak-nong-2023.md")
    assert re.fullmatch(r"1\.?167", page.locator("#proof mark.quote strong").inner_text())
    head = page.locator("#proof header").inner_text()
    assert "Đắk Nông · Năm 2023 · Báo Môi Trường và Đô Thị · công bố 18/01/2024" in head
    assert page.locator("#proof .report p").count() > 15  # the whole report, not the passage alone
    assert page.locator("#question textarea").input_value() == ""


def test_example_is_asked_when_chosen(page, app):
    open_chat(page, app.url)
    page.click(f"#log .example:has-text('{BTS}')")
    page.wait_for_selector("#log .bot .actions")
    assert page.locator("#log .user .asked").inner_text() == BTS


def test_marker_shows_its_quote_in_view(page, app):
    open_chat(page, app.url)
    ask(page, MOST_BTS)
    assert "4.600" in quote_in_view(page)
    page.click("#log .marker:has-text('[3]')")
    page.wait_for_selector("#proof h2:has-text('Đắk Nông')")
    assert "1167" in quote_in_view(page)


def test_previous_and_next_citation(page, app):
    open_chat(page, app.url)
    ask(page, MOST_BTS)
    assert page.locator("#proof .place").inner_text() == "1/4"
    assert page.locator("#proof .step").first.is_disabled()
    page.locator("#proof .step").last.click()
    page.wait_for_selector("#proof .place:has-text('2/4')")
    assert "1.332" in quote_in_view(page)
    page.locator("#proof .report").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#proof .place:has-text('1/4')")


def test_follow_up_is_understood(page, app):
    open_chat(page, app.url)
    ask(page, BTS)
    assert "1.332" in ask(page, "Thế còn Tuyên Quang?")
    page.wait_for_selector("#proof .about:has-text('Tuyên Quang')")


def test_abstention_shows_its_near_misses_as_no_answer(page, app):
    open_chat(page, app.url)
    reply = ask(page, "Doanh thu viễn thông của Phú Thọ năm 2019 là bao nhiêu?")
    assert "Báo cáo không cho biết" in reply
    assert "[1]" not in reply
    page.wait_for_selector("#proof .near .kind:has-text('không phải câu trả lời')")
    near = quote_in_view(page)
    assert near in report_text("phu-tho-2023.md")
    assert page.locator("#proof .marker, #proof mark strong").count() == 0
    page.click("#proof .step >> nth=1")
    page.wait_for_selector("#proof .place:has-text('2/2')")


def test_abstention_without_near_misses_says_so(page, app):
    open_chat(page, app.url)
    assert "Báo cáo không cho biết" in ask(page, "Giám đốc Sở TT&TT tỉnh Điện Biên tên là gì?")
    page.wait_for_selector("#proof .hint:has-text('Không có đoạn báo cáo nào gần')")


def test_comparison_has_a_chart_whose_bars_lead_to_their_sentences(page, app):
    open_chat(page, app.url)
    ask(page, MOST_BTS)
    bars = page.locator("#log .chart li")
    assert [" ".join(bar.split()) for bar in bars.all_inner_texts()] == [
        "Đồng Tháp (2024) gần 4.600 trạm BTS", "Tuyên Quang (2023) 1.332 vị trí", "Đắk Nông (2023) 1.167 trạm",
    ]  # fmt: skip
    widths = [bar.bounding_box()["width"] for bar in page.locator("#log .chart .bar span").all()]
    assert widths[1] / widths[0] == pytest.approx(1332 / 4600, abs=0.01)
    bars.nth(1).click()
    page.wait_for_selector("#proof .about:has-text('Tuyên Quang')")
    assert "1.332" in quote_in_view(page)


def test_badge_opens_the_verdicts(page, app):
    open_chat(page, app.url)
    ask(page, BTS)
    verdict = page.locator("#log .verdicts li").first
    assert not verdict.is_visible()
    page.click("#log .verdicts summary")
    verdict.wait_for(state="visible")
    assert re.search(r"1\.?167.*: có trong đoạn trích", verdict.inner_text())
    page.click("#log .verdicts summary")
    verdict.wait_for(state="hidden")


def test_earlier_answer_shows_its_sources_again(page, app):
    open_chat(page, app.url)
    ask(page, BTS)
    ask(page, "Doanh thu viễn thông của Điện Biên năm 2019 là bao nhiêu?")
    page.wait_for_selector("#proof .about:has-text('Điện Biên')")
    page.locator("#log .marker").first.click()
    page.wait_for_selector("#proof .about:has-text('Đắk Nông')")
    assert BTS in page.locator("#proof header").inner_text()


def test_empty_question_is_told_kindly_and_chat_goes_on(page, app):
    open_chat(page, app.url)
    page.fill("#question textarea", "   ")
    page.keyboard.press("Enter")
    page.wait_for_selector("#log .notice")
    assert "Câu hỏi trống" in page.locator("#log .notice").inner_text()
    assert page.locator("#log .user").count() == 0
    assert re.search(r"1\.?167", ask(page, BTS))


def test_answer_is_copied_with_its_source(page, app):
    open_chat(page, app.url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, BTS)
    page.click("#log .act:has-text('Chép')")
    page.wait_for_selector(".said")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Đắk Nông (2023): ")
    assert "[1] Hội nghị tổng kết ngành Thông tin và Truyền thông Đắk Nông năm 2023, Đắk Nông, 2023, Báo" in text


def test_receipt_of_an_answer_verifies(page, app, tmp_path):
    open_chat(page, app.url)
    ask(page, BTS)
    name, receipt = saved(page, page.locator("#log .act:has-text('Biên nhận')"))
    assert re.fullmatch(r"bien-nhan-\d{8}-\d{6}\.html", name)
    (tmp_path / name).write_bytes(receipt.encode())
    command = [sys.executable, "-m", "assistant", "verify", str(tmp_path / name)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_conversation_is_saved_as_markdown_and_html(page, app):
    open_chat(page, app.url)
    page.click("button:has-text('Lưu .md')")
    page.wait_for_selector("text=Hội thoại chưa có câu trả lời nào để tải")
    ask(page, BTS)
    ask(page, "Thế còn Tuyên Quang?")
    name, text = saved(page, page.locator("button:has-text('Lưu .md')"))
    assert name.endswith(".md")
    assert text.count("\n## ") == 2
    assert f"\n## {BTS}\n" in text
    assert "`dak-nong-2023.md`" in text
    assert "\n> So với năm 2022, " in text
    name, html = saved(page, page.locator("button:has-text('Lưu .html')"))
    assert name.endswith(".html")
    assert "Content-Security-Policy" in html
    assert "1.332" in html


def test_question_is_edited_in_place(page, app):
    open_chat(page, app.url)
    ask(page, BTS)
    ask(page, "Thế còn Tuyên Quang?")
    page.locator("#log .user .act:has-text('Sửa')").first.click()
    page.wait_for_selector("#editing:has-text('Đang sửa câu hỏi 1')")
    assert page.locator("#question textarea").input_value() == BTS
    page.click("#cancel-edit")
    page.wait_for_selector("#editing", state="hidden")
    page.locator("#log .user .act:has-text('Sửa')").first.click()
    page.wait_for_selector("#editing:has-text('Đang sửa câu hỏi 1')")
    page.fill("#question textarea", "Đồng Tháp có bao nhiêu trạm BTS?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#log .reply:has-text('4.600')")
    assert page.locator("#log .user .asked").all_inner_texts() == ["Đồng Tháp có bao nhiêu trạm BTS?"]
    assert not page.locator("#editing").is_visible()


def test_last_question_is_asked_again(page, app):
    open_chat(page, app.url)
    ask(page, BTS)
    page.evaluate("document.querySelector('#log .reply').classList.add('old')")
    page.click("#log .act:has-text('Hỏi lại')")
    page.wait_for_selector("#log .bot .reply:not(.old) .actions")
    assert page.locator("#log .user .asked").all_inner_texts() == [BTS]


def test_conversations_are_kept_in_the_browser(page, app):
    open_chat(page, app.url)
    ask(page, BTS)
    page.reload()
    page.wait_for_selector("#log .bot .actions")
    assert "✓ 1/1 số liệu khớp nguồn" in page.locator("#log .bot").inner_text()
    assert "1167" in quote_in_view(page)
    assert "1.332" in ask(page, "Thế còn Tuyên Quang?")  # it knows what came before
    page.click("#clear")
    page.wait_for_selector("#log .example")
    assert page.locator("#proof .holdings li").count() == 5
    ask(page, "Doanh thu viễn thông của Điện Biên năm 2019 là bao nhiêu?")
    page.click("#kept summary")
    assert page.locator("#kept .open").all_inner_texts()[1] == BTS
    page.click(f"#kept .open:has-text('{BTS}')")
    page.wait_for_selector("#log .user .asked:has-text('Thế còn Tuyên Quang?')")
    assert page.locator("#log .user").count() == 2
    page.click("#kept summary")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#kept .forget").first.click()
    page.locator("#kept .forget").first.click()
    page.wait_for_selector("#kept li:has-text('Chưa có hội thoại nào')")


def test_sessions_do_not_see_each_other(new_page, app):
    page, beside = new_page(), new_page()
    open_chat(page, app.url)
    ask(page, BTS)
    open_chat(beside, app.url)
    assert beside.locator("#log .message").count() == 0
    assert "Điện Biên" in ask(beside, "Doanh thu viễn thông của Điện Biên năm 2019 là bao nhiêu?")
    assert "1.332" in ask(page, "Thế còn Tuyên Quang có bao nhiêu?")
    assert beside.locator("#log .user").count() == 1
    beside.click("#kept summary")
    assert beside.locator("#kept .open").count() == 1


def test_ratings_go_to_the_feedback_file(page, tmp_path):
    feedback = tmp_path / "said" / "feedback.jsonl"
    with running_app(tmp_path, ASSISTANT_FEEDBACK_FILE=str(feedback)) as own:
        open_chat(page, own.url)
        ask(page, BTS)
        page.click("#log .up")
        page.wait_for_selector("#log .up.chosen")
        ask(page, "Thế còn Tuyên Quang?")
        page.locator("#log .down").last.click()
        page.click("#feedback label:has-text('Chưa đủ ý')")
        page.fill("#feedback textarea", "thiếu năm\ntrước")
        page.click("#send-note")
        page.wait_for_selector("#log .down.chosen")
        assert not page.locator("#feedback").is_visible()
    first, second = [json.loads(line) for line in feedback.read_text("utf-8").splitlines()]
    assert (first["rating"], first["reason"], first["answer"]["question"]) == ("up", "", BTS)
    assert (second["rating"], second["reason"], second["note"]) == ("down", "incomplete", "thiếu năm trước")
    assert second["history"][0] == {"role": "user", "content": BTS}


def test_a_slow_answer_grows_and_can_be_stopped(page, tmp_path):
    slow = "Đắk Nông có 1.167 trạm BTS [1]. " + "Câu này rất dài và không có số. " * 40
    with serving() as server:
        server.will(says(slow, 8, pause=0.15))
        model = {"ASSISTANT_LLM": "openai:test-model", "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "not-a-key"}
        with running_app(tmp_path, **model) as own:
            open_chat(page, own.url)
            page.fill("#question textarea", BTS)
            page.keyboard.press("Enter")
            page.wait_for_selector("#log .reply:has-text('1.167')")
            assert page.locator("#log .bot .actions").count() == 0  # still growing
            page.click("#stop")
            page.wait_for_selector("#log .notice:has-text('Đã dừng theo yêu cầu')")
            assert page.locator("#send").is_visible()
            server.will(says("Đắk Nông có 1.167 trạm BTS [1]."))
            page.click("#log .act:has-text('Hỏi lại')")
            page.wait_for_selector("#log .bot .reply .actions")
            assert page.locator("#log .user").count() == 1


def test_what_is_typed_while_an_answer_is_awaited_stays(page, tmp_path):
    with serving() as server:
        server.will(says("Đắk Nông có 1.167 trạm BTS [1].", 40, pause=1.0))
        model = {"ASSISTANT_LLM": "openai:test-model", "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "not-a-key"}
        with running_app(tmp_path, **model) as own:
            open_chat(page, own.url)
            page.fill("#question textarea", BTS)
            page.keyboard.press("Enter")
            page.wait_for_timeout(150)  # a hand's way back to the keys
            page.keyboard.type("Thế còn Tuyên Quang?")
            page.wait_for_selector("#log .waiting")
            page.wait_for_selector("#log .bot .reply .actions")
            assert page.locator("#question textarea").input_value() == "Thế còn Tuyên Quang?"


def test_opening_another_conversation_ends_the_answer_under_way(page, tmp_path):
    slow = "Đắk Nông có 1.167 trạm BTS [1]. " + "Câu này rất dài và không có số. " * 20
    with serving() as server:
        server.will(says("Đắk Nông có 1.167 trạm BTS [1]."))
        model = {"ASSISTANT_LLM": "openai:test-model", "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "not-a-key"}
        with running_app(tmp_path, **model) as own:
            open_chat(page, own.url)
            ask(page, BTS)
            page.click("#clear")
            page.wait_for_selector("#log .example")
            server.will(says(slow, 8, pause=0.1))
            page.fill("#question textarea", "Đắk Nông có mấy trạm BTS?")
            page.keyboard.press("Enter")
            page.wait_for_selector("#log .reply:has-text('1.167')")
            page.click("#kept summary")
            page.click(f"#kept .open:has-text('{BTS}')")
            page.wait_for_selector(f"#log .asked:has-text('{BTS}')")
            page.wait_for_timeout(1500)  # the other would have gone on by now
            assert page.locator("#log .asked").all_inner_texts() == [BTS]
            assert page.locator("#send").is_visible()
            for leave, left in (("#clear", []), (".act[value='edit:1']", ["Đắk Nông có mấy trạm BTS?"])):
                server.will(says(slow, 8, pause=0.1))
                page.click("#clear")
                page.fill("#question textarea", "Đắk Nông có mấy trạm BTS?")
                page.keyboard.press("Enter")
                page.wait_for_selector("#log .asked:has-text('mấy trạm')")
                page.wait_for_selector("#log .reply:has-text('1.167')")
                page.click(leave)
                page.wait_for_selector("#send")
                page.wait_for_timeout(700)
                assert page.locator("#log .asked").all_inner_texts() == left


def test_who_asks_too_often_is_told_to_wait(page, tmp_path):
    with running_app(tmp_path, ASSISTANT_RATE_LIMIT="2") as own:
        open_chat(page, own.url)
        ask(page, BTS)
        ask(page, "Thế còn Tuyên Quang?")
        page.fill("#question textarea", "Thế còn Đồng Tháp?")
        page.keyboard.press("Enter")
        page.wait_for_selector(".toast-body:has-text('giới hạn 2 câu một phút')")
        page.wait_for_function("document.querySelector('#question textarea').value === 'Thế còn Đồng Tháp?'")


def test_a_full_server_says_so_in_vietnamese(page, new_page, tmp_path):
    may_answer = threading.Event()

    def answer_when_told(_messages):
        may_answer.wait(120)
        return says("Đắk Nông có 1.167 trạm BTS [1].")

    with serving() as server:
        server.will(answer_when_told)
        model = {"ASSISTANT_LLM": "openai:test-model", "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "not-a-key"}
        with running_app(tmp_path, ASSISTANT_CONCURRENCY="1", ASSISTANT_QUEUE_SIZE="1", **model) as own:
            first, second, third = pages = [page, new_page(), new_page()]
            for one in pages:
                open_chat(one, own.url)
                one.fill("#question textarea", BTS)
            first.keyboard.press("Enter")
            first.wait_for_selector("#log .waiting")  # it is being answered: the queue is empty again
            with second.expect_response("**/queue/join*"):
                second.keyboard.press("Enter")
            assert second.locator("#ask.sent").count() == 1  # it waits its turn, and is seen to
            assert second.locator("#below[inert], #log[inert]").count() == 2
            third.keyboard.press("Enter")
            third.wait_for_selector("[data-testid=toast-text]:has-text('Máy chủ đang bận')")
            assert third.locator("#question textarea").input_value() == BTS
            assert second.locator("#ask.sent").count() == 1
            may_answer.set()
            for one in (first, second):
                one.wait_for_selector("#log .reply:has-text('1.167')")
                assert one.locator("[inert]").count() == 0
