from assistant.types import Answer
from assistant.ui.conversation import MAX_TURNS, Turn, history_of, take_turn
from assistant.ui.handlers import Handlers, bubbles
from index.errors import QuestionError


def answer(question, text):
    return Answer(question, text, "answered", (), (), (), "extractive", 1.0)


class Bot:
    """Answers in two parts; remembers the history it was given."""

    def __init__(self):
        self.histories = []

    def stream(self, question, history=()):
        if not question.strip():
            raise QuestionError("Câu hỏi trống.")
        self.histories.append(list(history))
        yield answer(question, "Có")
        yield answer(question, "Có 44.")


def test_a_turn_grows_from_question_to_whole_answer():
    parts = list(take_turn(Bot(), "Mấy?", ()))
    assert [part[-1].answer and part[-1].answer.text for part in parts] == [None, "Có", "Có 44."]
    assert all(part[-1].number == 1 for part in parts)


def test_history_is_the_answered_turns_as_plain_text():
    bot = Bot()
    first = list(take_turn(bot, "Mấy?", ()))[-1]
    failed = list(take_turn(bot, "  ", first))[-1]
    list(take_turn(bot, "Còn Phú Thọ?", failed))
    assert bot.histories == [
        [],
        [{"role": "user", "content": "Mấy?"}, {"role": "assistant", "content": "Có 44."}],
    ]


def test_a_question_that_cannot_be_taken_becomes_a_notice():
    turns = list(take_turn(Bot(), "  ", ()))[-1]
    assert turns == (Turn(1, "  ", None, "Câu hỏi trống."),)
    assert [(bubble.role, bubble.content) for bubble in bubbles(turns)] == [
        ("assistant", '<div class="notice" role="alert">Câu hỏi trống.</div>')
    ]
    assert history_of(turns) == []


def test_a_turn_that_broke_off_is_dropped_by_the_next():
    turns = list(take_turn(Bot(), "Mấy?", (Turn(1, "Hỏng"),)))[-1]
    assert [turn.question for turn in turns] == ["Mấy?"]


def test_old_turns_are_let_go():
    turns = ()
    for _ in range(MAX_TURNS + 5):
        turns = list(take_turn(Bot(), "Mấy?", turns))[-1]
    assert len(turns) == MAX_TURNS
    assert turns[-1].number == MAX_TURNS + 5


def test_asking_shows_waiting_then_the_answer():
    shown = [messages for messages, *_ in Handlers(Bot(), {}).ask("Mấy?", ())]
    assert "Đang tìm trong báo cáo…" in shown[0][-1]["content"]
    assert [message["role"] for message in shown[-1]] == ["user", "assistant"]
    assert "Có 44." in shown[-1][-1]["content"]


def test_a_notice_keeps_the_sources_of_the_last_answer():
    handlers = Handlers(Bot(), {})
    *_, turns = list(handlers.ask("Mấy?", ()))[-1]
    _, pane, _ = list(handlers.ask("", turns))[-1]
    assert "Cho câu hỏi: Mấy?" in pane


def test_choosing_a_message_shows_the_sources_of_its_turn():
    handlers = Handlers(Bot(), {})
    *_, turns = list(handlers.ask("Mấy?", ()))[-1]
    *_, turns = list(handlers.ask("Ai?", turns))[-1]
    assert "Cho câu hỏi: Mấy?" in handlers.show_turn(turns, 1)
    assert "Cho câu hỏi: Ai?" in handlers.show_turn(turns, 2)
    assert "Các báo cáo đang có" in handlers.show_turn(turns, 9)


def test_starting_anew_empties_everything():
    messages, pane, turns = Handlers(Bot(), {}).start_anew()
    assert (messages, turns) == ([], ())
    assert "Các báo cáo đang có" in pane
