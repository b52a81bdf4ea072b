import re
from dataclasses import replace

import pytest

from assistant.types import Answer
from assistant.ui.conversation import MAX_TURNS, Conversation, Turn, history_of, paced, stopped, take_turn
from index.errors import QuestionError


def answer(text, question="Mấy?"):
    return Answer(question, text, "answered", (), (), (), "extractive", 1.0)


def answered(number, question="Mấy?", text="Có 44."):
    return Turn(number, question, answer(text, question), done=True)


def numbers(conversation):
    return [turn.number for turn in conversation.turns]


class Bot:
    """Answers in two parts; remembers the histories it was given."""

    def __init__(self):
        self.histories = []

    def stream(self, question, history=()):
        if not question.strip():
            raise QuestionError("Câu hỏi trống.")
        self.histories.append(list(history))
        yield answer("Có", question)
        yield answer("Có 44.", question)


class FailingBot:
    """Begins an answer and cannot end it."""

    def stream(self, question, history=()):
        yield answer("Có", question)
        raise QuestionError("Mô hình không trả lời.")


def asked(question, before=None, bot=None):
    return list(take_turn(bot or Bot(), question, before or Conversation()))


# --- a turn


def test_a_turn_grows_from_question_to_whole_answer():
    parts = [conversation.turns[-1] for conversation in asked("Mấy?")]
    assert parts[0] == Turn(1, "Mấy?")
    assert parts[1] == Turn(1, "Mấy?", answer("Có"))
    assert parts[-1] == Turn(1, "Mấy?", answer("Có 44."), done=True)


def test_turns_follow_one_another():
    first = asked("Mấy?")[-1]
    second = asked("Ai?", first)[-1]
    assert [(turn.number, turn.question) for turn in second.turns] == [(1, "Mấy?"), (2, "Ai?")]


def test_a_conversation_gets_its_name_with_its_first_question():
    first = asked("Mấy?")
    assert re.fullmatch("[0-9a-f]{32}", first[0].id)
    assert {conversation.id for conversation in (*first, *asked("Ai?", first[-1]))} == {first[0].id}
    assert asked("Mấy?")[-1].id != first[0].id


def test_a_question_that_cannot_be_taken_becomes_a_notice():
    conversation = asked("  ")[-1]
    assert conversation.turns == (Turn(1, "  ", notice="Câu hỏi trống."),)
    assert history_of(conversation.turns) == []


def test_an_answer_that_fails_half_way_becomes_a_notice():
    turn = asked("Mấy?", bot=FailingBot())[-1].turns[-1]
    assert (turn.notice, turn.done) == ("Mô hình không trả lời.", False)


def test_a_turn_that_broke_off_is_dropped_by_the_next():
    before = Conversation((answered(1), Turn(2, "Hỏng", answer("Có"))))
    conversation = asked("Ai?", before)[-1]
    assert [(turn.number, turn.question) for turn in conversation.turns] == [(1, "Mấy?"), (2, "Ai?")]


def test_a_notice_stays():
    before = Conversation((Turn(1, "  ", notice="Câu hỏi trống."),))
    assert numbers(asked("Ai?", before)[-1]) == [1, 2]


def test_old_turns_are_let_go():
    conversation = Conversation(tuple(answered(number) for number in range(1, MAX_TURNS + 1)))
    conversation = asked("Mấy?", conversation)[-1]
    assert numbers(conversation) == list(range(2, MAX_TURNS + 2))


def test_half_a_surrogate_pair_which_no_browser_can_be_sent_is_replaced():
    conversation = asked("Mấy \ud83d trạm?")[0]
    assert conversation.turns[0].question == "Mấy � trạm?"


# --- the history


def test_history_is_the_answered_turns_as_plain_text():
    bot = Bot()
    first = asked("Mấy?", bot=bot)[-1]
    failed = asked("  ", first, bot)[-1]
    asked("Còn Phú Thọ?", failed, bot)
    assert bot.histories == [
        [],
        [{"role": "user", "content": "Mấy?"}, {"role": "assistant", "content": "Có 44."}],
    ]


def test_half_an_answer_is_no_history():
    assert history_of([Turn(1, "Mấy?", answer("Có")), Turn(2, "Ai?", answer("Có"), notice="Đã dừng.")]) == []


# --- editing


def test_an_edited_question_takes_the_place_of_its_turn_and_those_after_it():
    bot = Bot()
    before = Conversation((answered(1), answered(2, "Ai?"), answered(3, "Đâu?")), "a" * 32, editing=2)
    conversation = asked("Khi nào?", before, bot)[-1]
    assert [(turn.number, turn.question) for turn in conversation.turns] == [(1, "Mấy?"), (2, "Khi nào?")]
    assert (conversation.editing, conversation.id) == (0, "a" * 32)
    assert [turn["content"] for turn in bot.histories[0]] == ["Mấy?", "Có 44."]


def test_the_first_question_may_be_edited():
    bot = Bot()
    conversation = asked("Ai?", Conversation((answered(1), answered(2)), editing=1), bot)[-1]
    assert [(turn.number, turn.question) for turn in conversation.turns] == [(1, "Ai?")]
    assert bot.histories == [[]]


def test_editing_a_turn_that_is_gone_asks_at_the_end():
    before = Conversation((answered(5), answered(6)), editing=9)
    assert numbers(asked("Ai?", before)[-1]) == [5, 6, 7]


# --- looking into a conversation


def test_a_turn_is_found_by_its_number():
    conversation = Conversation((answered(3), answered(4)))
    assert conversation.turn(4) == answered(4)
    assert [conversation.turn(number) for number in (-1, 0, 1, 5, 10**9)] == [None] * 5


def test_before_a_turn_stand_the_earlier_ones():
    conversation = Conversation((answered(3), answered(4)), "a" * 32, editing=4)
    assert conversation.before(4) == Conversation((answered(3),), "a" * 32)
    assert conversation.before(1).turns == ()


def test_a_turn_is_put_in_the_place_of_its_number():
    conversation = Conversation((answered(3), answered(4)))
    rated = replace(answered(3), rating="up")
    assert conversation.with_turn(rated).turns == (rated, answered(4))
    assert conversation.with_turn(answered(9)) == conversation


# --- stopping


def test_an_answer_that_is_stopped_becomes_a_notice():
    before = Conversation((answered(1), Turn(2, "Ai?", answer("Có"))), "a" * 32)
    assert stopped(before, "Đã dừng.") == Conversation((answered(1), Turn(2, "Ai?", notice="Đã dừng.")), "a" * 32)


def test_stopping_changes_nothing_that_is_over():
    before = Conversation((answered(1), Turn(2, " ", notice="Câu hỏi trống.")))
    assert stopped(before, "Đã dừng.") == before
    assert stopped(Conversation(), "Đã dừng.") == Conversation()


# --- the pace


class Clock:
    """A clock that goes on when a part is worked out."""

    now = 100.0

    def __call__(self):
        return self.now


def shown(gaps):
    """Which parts are shown when each takes so many seconds to come."""
    clock = Clock()

    def parts():
        for number, gap in enumerate(gaps):
            clock.now += gap
            yield answer(str(number))

    return [int(part.text) for part in paced(parts(), clock)]


@pytest.mark.parametrize(
    ("gaps", "numbers"),
    [
        ([], []),
        ([0], [0]),
        ([0, 0], [0, 1]),
        ([0] * 100, [0, 99]),
        ([1, 1, 1], [0, 1, 2]),
        ([0, 0.04, 0.04, 0.04, 0.04], [0, 3, 4]),
        ([0, 0.25, 0, 0], [0, 1, 3]),
        ([0, 0.25, 0, 0.25], [0, 1, 3]),
    ],
)
def test_the_first_and_the_last_part_are_shown_and_few_between(gaps, numbers):
    assert shown(gaps) == numbers


def test_time_the_page_takes_is_not_counted():
    clock = Clock()
    taken = []
    for part in paced(iter([answer("0"), answer("1"), answer("2")]), clock):
        taken.append(part.text)
        clock.now += 5
    assert taken == ["0", "2"]


def test_the_first_part_does_not_wait_for_the_second():
    def parts():
        yield answer("0")
        raise AssertionError("asked for more before the first was shown")

    assert next(paced(parts())).text == "0"
