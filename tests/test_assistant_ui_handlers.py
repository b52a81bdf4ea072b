import re
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from assistant.feedback import FeedbackError, Reason
from assistant.rate import RateLimit
from assistant.types import Answer, Check, Citation, Message, Verification
from assistant.ui.admission import TooOftenError, admission
from assistant.ui.browser import Copy, Focus, Keep, SaveFile
from assistant.ui.conversation import Conversation, Turn
from assistant.ui.handlers import Handlers, Shown
from assistant.ui.saved import to_json
from assistant.ui.texts_vi import VIETNAMESE
from index.errors import QuestionError, UserError
from index.types import Figure, FigureKind, Report, Span
from tests.parsed_html import ATTACK, Parsed

NOW = datetime(2026, 3, 1, 20, 30, 5, tzinfo=UTC)
TEXT = "Năm 2023 có 44 trạm mới. Tổng số 1167 trạm.\n"
NEW, ALL = "Năm 2023 có 44 trạm mới.", "Tổng số 1167 trạm."
REPORT = Report("sở/a.md", TEXT, "00", (Span(0, len(TEXT) - 1),), "Tổng kết", "Đắk Nông", 2023, None, "Báo A")
FIGURE = Figure(
    REPORT.path, "Đắk Nông", 2023, "2023", FigureKind.RESULT, "trạm", (), "44", None, "", "", TEXT.index("44"),
    TEXT.index("44") + 2, Span(0, len(NEW)),
)  # fmt: skip


def cited(quote, marker=1):
    start, end = TEXT.index(quote), TEXT.index(quote) + len(quote)
    return Citation(marker, REPORT.path, "Tổng kết", "Đắk Nông", 2023, "Báo A", start, end, quote, "00")


def answer(question="Mấy?", text="Có 44.", citations=(), near=()):
    return Answer(question, text, "answered", citations, (), near, "extractive", 1.0)


def answered(number, question="Mấy?", **changed):
    return Turn(number, question, answer(question, **changed), done=True)


def conversation(*turns, editing=0):
    return Conversation(turns, "a" * 32, editing)


class Bot:
    """Answers in two parts; remembers the histories it was given."""

    def __init__(self):
        self.histories = []
        self.index = SimpleNamespace(reports={REPORT.path: REPORT}, figures=[FIGURE])

    def stream(self, question, history=()):
        if not question.strip():
            raise QuestionError("Câu hỏi trống.")
        self.histories.append(list(history))
        yield answer(question, "Có")
        yield answer(question, "Có 44.")

    def verify(self, given):
        return Verification((Check("44", 3, 5, False, "nay không thấy"),), ())


class Kept(list):
    """Keeps feedback, unless it is full."""

    full = False

    def keep(self, feedback):
        if self.full:
            raise FeedbackError("Tệp góp ý đã đầy.")
        self.append(feedback)


def handlers(bot=None, admit=lambda user: None, kept=None):
    bot = bot or Bot()
    return Handlers(lambda: bot, admit, (Kept() if kept is None else kept).keep, VIETNAMESE)


def asked(on, question="Mấy?", before=None, user="an"):
    return list(on.ask(question, before or Conversation(), user))


def contents(shown):
    return [Parsed(message["content"]).text for message in shown.messages]


def pane_of(shown):
    return Parsed(shown.pane).text


# --- asking


def test_asking_shows_waiting_then_the_answer():
    shown = asked(handlers())
    assert "Đang tìm trong báo cáo…" in contents(shown[0])[-1]
    assert [message["role"] for message in shown[-1].messages] == ["user", "assistant"]
    assert "Có 44." in contents(shown[-1])[-1]


def test_asking_is_busy_until_the_answer_is_whole():
    shown = asked(handlers())
    assert [one.busy for one in shown[:-1]] == [True] * (len(shown) - 1)
    assert shown[-1].busy is False


def test_the_browser_keeps_the_conversation_once_the_answer_is_whole():
    shown = asked(handlers())
    assert [one.order for one in shown[:-1]] == [None] * (len(shown) - 1)
    assert shown[-1].order == Keep(to_json(shown[-1].conversation))
    assert shown[-1].order.conversation["title"] == "Mấy?"


def test_the_pane_is_sent_only_when_it_changes():
    before = conversation(answered(1))
    panes = [one.pane for one in asked(handlers(), "Ai?", before)]
    assert "Cho câu hỏi" not in panes[0]
    assert [pane is None for pane in panes] == [False] + [True] * (len(panes) - 1)


def test_the_pane_shows_the_first_citation_of_the_answer():
    class Citing(Bot):
        def stream(self, question, history=()):
            yield answer(question, "Có 44 [1].", (cited(NEW), cited(ALL, 2)))

    panes = [pane_of(shown) for shown in asked(handlers(Citing())) if shown.pane is not None]
    assert len(panes) == 2
    assert "Các báo cáo đang có" in panes[0]
    assert "‹1/2›" in panes[1]
    assert "Cho câu hỏi: Mấy?" in panes[1]


def test_a_notice_keeps_the_sources_of_the_last_answer():
    before = conversation(answered(1, citations=(cited(NEW),)))
    shown = asked(handlers(), "", before)
    assert "Cho câu hỏi: Mấy?" in pane_of(shown[0])
    assert "Câu hỏi trống." in contents(shown[-1])[-1]
    assert (shown[-1].busy, shown[-1].order) == (False, Keep(to_json(shown[-1].conversation)))


def test_one_assistant_answers_from_the_first_part_to_the_last():
    bots = [Bot(), Bot()]
    on = Handlers(lambda: bots.pop(0) if len(bots) > 1 else bots[0], lambda user: None, Kept().keep, VIETNAMESE)
    first = bots[0]
    asked(on)
    assert (len(first.histories), len(bots[0].histories)) == (1, 0)


# --- how often


def test_who_asks_too_often_is_turned_away():
    on = handlers(admit=admission(RateLimit(1, lambda: 0.0), 1, VIETNAMESE))
    before = asked(on)[-1].conversation
    with pytest.raises(TooOftenError, match="giới hạn 1 câu một phút: hãy chờ 60 giây rồi hỏi lại"):
        asked(on, "Ai?", before)
    with pytest.raises(TooOftenError, match="hãy chờ 60 giây"):
        list(on.retry(1, before, "an"))
    with pytest.raises(TooOftenError, match="hãy chờ 60 giây"):
        on.restore(to_json(before), "an")
    assert asked(on, user="binh")[-1].conversation.turns[-1].done


def test_a_question_turned_away_costs_nothing():
    bot = Bot()

    def admit(user):
        raise UserError("Chờ một phút.")

    with pytest.raises(UserError, match="Chờ một phút"):
        asked(handlers(bot, admit))
    assert bot.histories == []


def test_after_waiting_the_notice_stays_in_the_log_but_not_in_the_history():
    bot = Bot()
    before = conversation(answered(1), Turn(2, "Ai?", notice="Chờ một phút."))
    asked(handlers(bot), "Ai?", before)
    assert [turn["content"] for turn in bot.histories[0]] == ["Mấy?", "Có 44."]


# --- asking again


def test_asking_again_takes_the_place_of_the_turn():
    bot = Bot()
    before = conversation(answered(1), answered(2, "Ai?"), answered(3, "Đâu?"))
    shown = list(handlers(bot).retry(2, before, "an"))[-1]
    assert [(turn.number, turn.question) for turn in shown.conversation.turns] == [(1, "Mấy?"), (2, "Ai?")]
    assert len(bot.histories[0]) == 2


@pytest.mark.parametrize("number", [-1, 0, 4, 999_999_999])
def test_a_turn_that_is_not_there_cannot_be_asked_again(number):
    assert list(handlers().retry(number, conversation(answered(1)), "an")) == []


# --- stopping and failing


def test_a_stopped_answer_says_so():
    before = conversation(answered(1), Turn(2, "Ai?", answer("Ai?", "Có")))
    shown = handlers().stop(before)
    assert contents(shown)[-1].startswith("Đã dừng theo yêu cầu.")
    assert (shown.busy, shown.conversation.turns[-1].answer) == (False, None)
    assert shown.conversation.turns[0] == before.turns[0]


def test_a_failure_says_so():
    shown = handlers().fail(conversation(Turn(1, "Ai?")))
    assert contents(shown)[-1].startswith("Có lỗi khi trả lời.")
    assert shown.busy is False


def test_stopping_when_nothing_is_sought_changes_nothing():
    before = conversation(answered(1))
    assert handlers().stop(before).conversation == before


# --- editing


def test_editing_puts_the_question_into_the_box():
    before = conversation(answered(1), answered(2, "Ai?"))
    shown = handlers().edit(2, before)
    assert (shown.conversation, shown.question, shown.busy) == (replace(before, editing=2), "Ai?", False)
    assert shown.order == Focus()


def test_editing_ends_an_answer_under_way():
    shown = handlers().edit(1, conversation(answered(1), Turn(2, "Ai?", answer("Ai?", "Có"))))
    assert shown.conversation.turns[1].answer is None
    assert contents(shown)[-1].startswith("Đã dừng theo yêu cầu.")


def test_an_edit_can_be_cancelled():
    before = conversation(answered(1), editing=1)
    shown = handlers().cancel_edit(before)
    assert (shown.conversation, shown.question) == (replace(before, editing=0), "")


def test_a_turn_that_is_not_there_cannot_be_edited():
    assert handlers().edit(9, conversation(answered(1))) == Shown()


def test_sending_an_edited_question_ends_the_editing():
    shown = asked(handlers(), "Đâu?", conversation(answered(1), answered(2, "Ai?"), editing=2))
    assert [turn.question for turn in shown[-1].conversation.turns] == ["Mấy?", "Đâu?"]
    assert shown[0].conversation.editing == 0


# --- beginning anew, and going on


def test_starting_anew_empties_all_but_the_box_where_one_may_be_typing():
    shown = handlers().start_anew()
    assert (shown.messages, shown.conversation, shown.question, shown.busy) == ([], Conversation(), None, False)
    assert shown.order == Keep({"id": "", "turns": []})
    assert "Các báo cáo đang có" in pane_of(shown)


def test_a_kept_conversation_goes_on():
    kept = to_json(conversation(answered(1, citations=(cited(NEW),)), Turn(2, " ", notice="Câu hỏi trống.")))
    shown = handlers().restore(kept, "an")
    assert (shown.conversation.id, [turn.number for turn in shown.conversation.turns]) == ("a" * 32, [1, 2])
    assert [message["role"] for message in shown.messages] == ["user", "assistant", "assistant"]
    assert "⚠ 1/1 số liệu chưa khớp nguồn" in contents(shown)[1]
    assert "Cho câu hỏi: Mấy?" in pane_of(shown)


@pytest.mark.parametrize("kept", [None, "", [], {}, {"id": "a" * 32, "title": "", "turns": []}, {"id": 5}])
def test_what_no_browser_kept_begins_anew(kept):
    assert handlers().restore(kept, "an") == handlers().start_anew()


# --- the source pane


SHOWN = conversation(
    answered(3, "Mấy?", citations=(cited(NEW), cited(ALL, 2))),
    answered(4, "Ai?", near=(cited(ALL),)),
    Turn(5, "Đâu?", notice="Chờ một phút."),
)


@pytest.mark.parametrize(
    ("what", "marked"),
    [
        ("quote-3-0", NEW),
        ("quote-3-1", ALL),
        ("near-4-0", ALL),
        (f"figure-{FIGURE.start}-sở/a.md", NEW),
        ("place-0-8-sở/a.md", "Năm 2023"),
    ],
)
def test_an_action_shows_its_stretch(what, marked):
    shown = handlers().show(what, SHOWN)
    assert Parsed(re.search(r'<mark id="trich".*?</mark>', shown.pane)[0]).text == marked
    assert shown == Shown(pane=shown.pane)


def test_a_report_is_shown_whole():
    shown = handlers().show("report-sở/a.md", Conversation())
    assert "Toàn văn báo cáo" in pane_of(shown)
    assert TEXT.strip() in pane_of(shown)


@pytest.mark.parametrize(
    "what",
    [
        "", "-", "quote", "quote-", "quote-3", "quote-3-", "quote-3-2", "quote-3--1", "quote--3-0", "quote-5-0",
        "quote-9-0", "quote-3-0-0", "quote-" + "9" * 5000 + "-0", "quote-3-" + "9" * 5000, "near-3-0", "near-4-1",
        "figure-0-sở/a.md", f"figure-{FIGURE.start}-b.md", "figure--1-sở/a.md", "place-0-0-sở/a.md",
        "place-0-999-sở/a.md", "place--5-8-sở/a.md", "report-", "report-b.md", "report-../sở/a.md",
        "report-/etc/passwd", "place-0-8-../sở/a.md", "answer-3", "QUOTE-3-0", "quote-３-x",
        ATTACK, "\x00", "x" * 100_000,
    ],
)  # fmt: skip
def test_an_action_that_names_nothing_changes_nothing(what):
    assert handlers().show(what, SHOWN) == Shown()


# --- copying and saving


def test_an_answer_is_copied_with_its_sources():
    shown = handlers().copy(3, SHOWN)
    assert isinstance(shown.order, Copy)
    assert shown.order.said == "Đã chép câu trả lời kèm nguồn."
    assert shown.order.text.startswith("Có 44.\n\n[1] Tổng kết, Đắk Nông, 2023, Báo A\n    “Năm 2023")


@pytest.mark.parametrize("number", [-1, 0, 5, 9])
def test_without_an_answer_nothing_is_copied(number):
    assert handlers().copy(number, SHOWN) == Shown()


@pytest.mark.parametrize(
    ("what", "name", "mime", "holds"),
    [
        ("markdown", "hoi-thoai-20260301-203005.md", "text/markdown", "## Mấy?"),
        ("html", "hoi-thoai-20260301-203005.html", "text/html", "<h1>Hỏi đáp báo cáo, 01/03/2026 20:30</h1>"),
        ("receipt-3", "bien-nhan-20260301-203005.html", "text/html", '<template id="receipt">'),
        ("report-sở/a.md", "a.md", "text/plain", TEXT),
    ],
)
def test_a_button_saves_its_file(what, name, mime, holds):
    order = handlers().download(what, SHOWN, NOW).order
    assert isinstance(order, SaveFile)
    assert (order.name, order.mime) == (name, mime)
    assert holds in order.text


@pytest.mark.parametrize(
    "what", ["", "receipt-", "receipt-9", "receipt--3", "receipt-5", "receipt-" + "9" * 5000, "report-", "report-b.md",
             "report-../../etc/passwd", "report-/etc/passwd", "pdf", ATTACK],
)  # fmt: skip
def test_a_file_that_is_not_there_is_not_saved(what):
    assert handlers().download(what, SHOWN, NOW) == Shown()


@pytest.mark.parametrize("what", ["markdown", "html", "markdown-3"])
def test_without_an_answer_there_is_nothing_to_save(what):
    with pytest.raises(UserError, match="chưa có câu trả lời nào để tải"):
        handlers().download(what, conversation(Turn(1, "Mấy?", answer())), NOW)


# --- rating


def test_a_rating_is_kept_with_its_answer_and_history():
    kept = Kept()
    shown = handlers(kept=kept).rate(4, "down", SHOWN, "an", Reason.WRONG_FIGURE, "Phải là 45")
    (one,) = kept
    assert (one.rating, one.reason, one.note, one.user) == ("down", Reason.WRONG_FIGURE, "Phải là 45", "an")
    assert one.answer == SHOWN.turn(4).answer
    assert one.history == (Message("user", "Mấy?"), Message("assistant", "Có 44."))
    assert shown.conversation.turn(4).rating == "down"
    assert shown.order == Keep(to_json(shown.conversation))
    assert "act down chosen" in shown.messages[3]["content"]


def test_a_rating_can_be_changed():
    kept = Kept()
    on = handlers(kept=kept)
    told = on.rate(3, "down", SHOWN, "").conversation
    assert on.rate(3, "up", told, "").conversation.turn(3).rating == "up"
    assert [one.rating for one in kept] == ["down", "up"]


@pytest.mark.parametrize("number", [-1, 0, 5, 9])
def test_what_is_no_answer_cannot_be_rated(number):
    kept = Kept()
    assert handlers(kept=kept).rate(number, "up", SHOWN, "") == Shown()
    assert kept == []


def test_half_an_answer_cannot_be_rated():
    kept = Kept()
    assert handlers(kept=kept).rate(1, "up", conversation(Turn(1, "Mấy?", answer())), "") == Shown()
    assert kept == []


@pytest.mark.parametrize(
    ("reason", "note", "told"), [("lazy", "", "Lý do 'lazy' không có"), ("", "x" * 2001, "Ghi chú dài 2001 ký tự")]
)
def test_feedback_that_cannot_be_taken_is_told(reason, note, told):
    with pytest.raises(FeedbackError, match=told):
        handlers().rate(3, "down", SHOWN, "", reason, note)


def test_feedback_that_cannot_be_kept_is_told():
    kept = Kept()
    kept.full = True
    with pytest.raises(FeedbackError, match="Tệp góp ý đã đầy"):
        handlers(kept=kept).rate(3, "up", SHOWN, "")
