from dataclasses import replace

from assistant.types import Answer, Check, Citation
from assistant.ui.conversation import Turn
from assistant.ui.render import header_html, notice_html, question_html, sources_html
from index.types import Report, Span

ATTACK = '<script>alert(1)</script><img src=x onerror="y">'
TEXT = "# Tổng kết\n\nNăm 2023 có 44 trạm mới. Tổng số 1167 trạm.\n"
QUOTE = "Tổng số 1167 trạm."
START = TEXT.index(QUOTE)
REPORT = Report("a.md", TEXT, "00", (Span(0, 10), Span(12, len(TEXT) - 1)), "Tổng kết", "Đắk Nông", 2023, None, "Báo A")
CITED = Citation(1, "a.md", "Tổng kết", "Đắk Nông", 2023, "Báo A", START, START + len(QUOTE), QUOTE, "00")
CHECK = Check("1.167", 3, 8, True, "có")
ANSWER = Answer("Bao nhiêu?", "Có 1.167 trạm [1].", "answered", (CITED,), (CHECK,), (), "extractive", 1.0)


def pane(answer, reports=None):
    return sources_html(Turn(3, "Bao nhiêu?", answer), {"a.md": REPORT} if reports is None else reports)


def test_card_shows_the_citation_in_its_place():
    html = pane(ANSWER)
    assert '<article class="card" id="nguon-3-1"><h3><span class="marker">[1]</span><span>Tổng kết</span></h3>' in html
    assert '<p class="about">Đắk Nông · Năm 2023 · Báo A</p>' in html
    assert "<p>Năm 2023 có 44 trạm mới. <mark>Tổng số <strong>1167</strong> trạm.</mark></p>" in html
    assert f"a.md · đoạn 2 · ký tự {START}–{START + len(QUOTE)}" in html
    assert "Cho câu hỏi: Bao nhiêu?" in html


def test_unsupported_figures_are_not_marked_in_the_quote():
    assert "<mark><strong>" not in pane(replace(ANSWER, checks=(replace(CHECK, supported=False),)))


def test_quote_stands_alone_when_the_report_has_changed():
    changed = replace(REPORT, text=TEXT.replace("44", "4"))
    html = pane(ANSWER, {"a.md": changed})
    assert "<blockquote><p><mark>Tổng số <strong>1167</strong> trạm.</mark></p></blockquote>" in html
    assert "đoạn" not in html.partition('class="place">')[2]
    assert "<mark>" in pane(ANSWER, {})


def test_near_misses_are_told_to_be_no_answer():
    html = pane(replace(ANSWER, status="abstained", citations=(), checks=(), near_misses=(CITED,)))
    assert "<h2>Gần nhất trong báo cáo (không phải câu trả lời)</h2>" in html
    assert "<mark>Tổng số 1167 trạm.</mark>" in html
    assert 'class="marker"' not in html


def test_abstention_without_near_misses_has_a_hint():
    html = pane(replace(ANSWER, status="abstained", citations=(), checks=()))
    assert "Không có đoạn báo cáo nào gần với câu hỏi này." in html


def test_lists_the_reports_before_the_first_answer():
    html = sources_html(None, {"a.md": REPORT})
    assert "<li><strong>Tổng kết</strong><span>Đắk Nông · Năm 2023 · Báo A</span></li>" in html
    many = {str(n): replace(REPORT, path=str(n)) for n in range(20)}
    assert sources_html(None, many).count("<li>") == 12
    assert "và 8 báo cáo khác." in sources_html(None, many)


def test_everything_from_reports_and_people_is_escaped():
    hostile = replace(
        REPORT, title=ATTACK, province=ATTACK, source=ATTACK, text=ATTACK, path=ATTACK, content=(Span(0, 9),)
    )
    cited = replace(
        CITED, report=ATTACK, title=ATTACK, province=ATTACK, source=ATTACK, start=0, end=len(ATTACK), quote=ATTACK
    )
    reports = {ATTACK: hostile}
    shown = [
        sources_html(Turn(1, ATTACK, replace(ANSWER, citations=(cited,))), reports),
        sources_html(Turn(1, ATTACK, replace(ANSWER, citations=(), near_misses=(cited,))), reports),
        sources_html(None, reports),
        header_html(reports),
        question_html(ATTACK),
        notice_html(ATTACK),
    ]
    for html in shown:
        assert "<script" not in html
        assert "<img" not in html
        assert 'onerror="' not in html


def test_question_keeps_its_lines_and_a_long_one_is_shortened():
    assert question_html(" một\nhai ") == '<div class="asked">một<br>hai</div>'
    assert question_html("x" * 3000) == f'<div class="asked">{"x" * 600}…</div>'
