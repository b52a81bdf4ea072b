import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.answer_file import read_answers
from assistant.receipt import receipt_of
from assistant.receipt_file import read_receipt, write_receipt
from assistant.types import Answer, Citation
from assistant.ui.conversation import Conversation, Turn
from assistant.ui.export import has_answers, html_file, markdown_file, receipt_file, to_paste
from index.types import Report, Span
from tests.parsed_html import ATTACK, assert_harmless

NOW = datetime(2026, 3, 1, 20, 30, 5, tzinfo=timezone(timedelta(hours=7)))
TEXT = "Năm 2023 có 44 trạm mới. Tổng số 1167 trạm.\n"
REPORT = Report("sở/a.md", TEXT, "00", (Span(0, len(TEXT) - 1),), "Tổng kết", "Đắk Nông", 2023, None, "Báo A")
REPORTS = {REPORT.path: REPORT}
CITED = Citation(1, REPORT.path, "Tổng kết", "Đắk Nông", 2023, "Báo A", 0, 24, "Năm 2023 có 44 trạm mới.", "00")
ANSWER = Answer("Mấy trạm?", "Có **44 trạm mới** [1].", "answered", (CITED,), (), (), "extractive", 1.0)


def conversation(*answers):
    turns = [Turn(number, one.question, one, done=True) for number, one in enumerate(answers, start=1)]
    return Conversation(tuple(turns), "a" * 32)


def markdown(*answers):
    return markdown_file(conversation(*answers), "Hỏi đáp báo cáo", NOW).text


def page(*answers):
    return html_file(conversation(*answers), "Hỏi đáp báo cáo", NOW, REPORTS).text


# --- what there is to save


def test_only_whole_answers_can_be_saved():
    half = Turn(1, "Mấy?", ANSWER)
    notice = Turn(2, "", notice="Câu hỏi trống.")
    assert not has_answers(Conversation())
    assert not has_answers(Conversation((half, notice)))
    assert has_answers(Conversation((half, notice, Turn(3, "Mấy?", ANSWER, done=True))))


# --- Markdown


def test_markdown_tells_question_answer_and_quotes():
    assert markdown(ANSWER) == (
        "# Hỏi đáp báo cáo\n\n01/03/2026 20:30\n\n## Mấy trạm?\n\nCó **44 trạm mới** [1].\n\n"
        "[1] Tổng kết (Đắk Nông, 2023, Báo A), `sở/a.md` 0–24, SHA-256 `00`\n\n> Năm 2023 có 44 trạm mới.\n"
    )


def test_markdown_is_named_by_the_time():
    made = markdown_file(conversation(ANSWER), "Hỏi đáp báo cáo", NOW)
    assert (made.name, made.mime) == ("hoi-thoai-20260301-203005.md", "text/markdown")


def test_markdown_holds_all_answered_turns_in_order():
    told = markdown(ANSWER, replace(ANSWER, question="Ai?", text="Không rõ.", citations=()))
    assert re.findall("^## (.*)$", told, re.MULTILINE) == ["Mấy trạm?", "Ai?"]
    assert told.endswith("## Ai?\n\nKhông rõ.\n")


def test_markdown_leaves_out_what_was_not_answered():
    turns = (Turn(1, "Mấy?", ANSWER), Turn(2, "", notice="Câu hỏi trống."), Turn(3, "Ai?", ANSWER, done=True))
    assert markdown_file(Conversation(turns), "T", NOW).text.count("\n## ") == 1


def test_a_quote_over_several_lines_stays_a_quote():
    told = markdown(replace(ANSWER, citations=(replace(CITED, quote="Một.\n\n# Hai."),)))
    assert told.endswith("> Một.\n> \n> \\# Hai.\n")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": ""}, "[1] (Đắk Nông, 2023, Báo A), `sở/a.md`"),
        ({"province": "", "year": None}, "[1] Tổng kết (Báo A), `sở/a.md`"),
        ({"province": "", "year": None, "source": ""}, "[1] Tổng kết, `sở/a.md`"),
        ({"report": "a`b\n\n# c.md"}, "[1] Tổng kết (Đắk Nông, 2023, Báo A), `ab # c.md` 0–24"),
        ({"sha256": "`\n\n<b>"}, "SHA-256 `<b>`\n"),
    ],
)
def test_what_a_report_does_not_tell_leaves_no_gap(changed, told):
    assert told in markdown(replace(ANSWER, citations=(replace(CITED, **changed),)))


def test_people_and_reports_write_no_markdown():
    line = "# a *b* _c_ `d` ~~e~~ [f](g) ![h](i) <b> &lt; | + {j} \\"
    escaped = r"\# a \*b\* \_c\_ \`d\` \~\~e\~\~ \[f\]\(g\) \!\[h\]\(i\) \<b\> \&lt; \| \+ \{j\} " + "\\\\"
    told = markdown(replace(ANSWER, question=line, citations=(replace(CITED, title=line, source=line, quote=line),)))
    assert f"\n## {escaped}\n" in told
    assert f"\n[1] {escaped} (Đắk Nông, 2023, {escaped}), `" in told
    assert told.endswith(f"\n> {escaped}\n")


def test_a_question_of_several_lines_is_one_heading():
    assert "\n## một \\# hai\n" in markdown(replace(ANSWER, question=" một\n\n# hai "))


# --- HTML


def test_the_page_tells_every_answer_with_its_proof():
    made = html_file(conversation(ANSWER, replace(ANSWER, question="Ai?")), "Hỏi đáp báo cáo", NOW, REPORTS)
    assert (made.name, made.mime) == ("hoi-thoai-20260301-203005.html", "text/html")
    assert "<h1>Hỏi đáp báo cáo, 01/03/2026 20:30</h1>" in made.text
    assert re.findall(r'<h2>Câu hỏi</h2>\n<p class="text">(.*?)</p>', made.text) == ["Mấy trạm?", "Ai?"]
    assert made.text.count("\n<hr>\n") == 1
    assert made.text.count("<mark>Năm 2023 có <strong>44</strong> trạm mới.</mark>") == 2
    assert made.text.count(" Tổng số 1167 trạm.</blockquote>") == 2


def test_the_page_verifies_against_the_reports_of_now():
    assert '<p class="verdict holds">ĐẠT' in page(ANSWER)
    assert '<p class="verdict fails">KHÔNG ĐẠT' in page(replace(ANSWER, text="Có 45 trạm mới [1]."))
    gone = html_file(conversation(ANSWER), "T", NOW, {}).text
    assert "không còn báo cáo này" in gone


def test_the_page_asks_for_nothing():
    html = page(ANSWER)
    assert "default-src 'none'" in html
    assert re.findall(r"https?://|src=|href=|url\(|@import|<script|<link|<iframe|<form", html) == []


def test_whatever_people_models_and_reports_write_stays_text_on_the_page():
    cited = replace(CITED, title=ATTACK, source=ATTACK, province=ATTACK, report=ATTACK, sha256=ATTACK)
    hostile = replace(
        ANSWER,
        question=ATTACK,
        text=f"{ATTACK} **{ATTACK}** [1]",
        citations=(cited,),
        near_misses=(cited,),
        reader=ATTACK,
    )
    html = html_file(conversation(hostile), ATTACK, NOW, REPORTS).text
    told = assert_harmless(re.sub(r"<!DOCTYPE html>|<style>.*?</style>", "", html, flags=re.DOTALL))
    assert told.text.count("<script>alert(1)</script>") >= 14


# --- a receipt


def test_the_receipt_is_that_of_the_command_line(bot, tmp_path):
    answer = bot.answer("Đắk Nông có bao nhiêu trạm BTS?")
    reports = bot.index.reports
    write_receipt(tmp_path / "a.html", receipt_of(answer, reports, NOW))
    made = receipt_file(answer, reports, NOW)
    assert (made.name, made.mime) == ("bien-nhan-20260301-203005.html", "text/html")
    assert made.text.encode() == (tmp_path / "a.html").read_bytes()


def test_the_receipt_can_be_read_back_and_holds(bot, tmp_path):
    answer = bot.answer("Tỉnh nào có nhiều trạm BTS nhất?")
    path = tmp_path / "a.html"
    path.write_bytes(receipt_file(answer, bot.index.reports, NOW).text.encode())
    (saved,) = read_answers(path)
    assert saved.answer == answer
    receipt = read_receipt(path.read_bytes().decode())
    assert (receipt.made, receipt.verification.holds) == (NOW.astimezone(UTC), True)


# --- a text to paste


def test_an_answer_is_pasted_with_its_sources():
    assert to_paste(ANSWER) == (
        "Có 44 trạm mới [1].\n\n[1] Tổng kết, Đắk Nông, 2023, Báo A\n    “Năm 2023 có 44 trạm mới.”"
    )


def test_what_is_not_told_is_not_pasted():
    bare = replace(CITED, title="", province="", year=None)
    assert to_paste(replace(ANSWER, citations=(bare, replace(CITED, marker=2)))).split("\n")[2:] == [
        "[1] Báo A",
        "    “Năm 2023 có 44 trạm mới.”",
        "[2] Tổng kết, Đắk Nông, 2023, Báo A",
        "    “Năm 2023 có 44 trạm mới.”",
    ]


def test_an_answer_without_sources_is_pasted_alone():
    assert to_paste(replace(ANSWER, text="Các báo cáo không nêu điều này.", citations=())) == (
        "Các báo cáo không nêu điều này."
    )


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        (r"**Sở \<TT&TT\>:** \*a\* \[1\] \#1 \\ [1]", r"Sở <TT&TT>: *a* [1] #1 \ [1]"),
        (r"\***đậm**", "*đậm"),
        ("- một [1]\n- hai", "- một [1]\n- hai"),
    ],
)
def test_markup_is_not_pasted(text, pasted):
    assert to_paste(replace(ANSWER, text=text, citations=())) == pasted
