import pytest

from assistant.types import Answer, Citation
from assistant.ui.conversation import Conversation, Turn
from assistant.ui.messages import messages_of
from assistant.ui.texts_en import ENGLISH
from assistant.ui.texts_vi import VIETNAMESE
from tests.parsed_html import ATTACK, Parsed, assert_harmless

CITED = Citation(1, "a.md", "Tổng kết", "Đắk Nông", 2023, "Báo A", 0, 5, "trích", "00")


def answer(text="Có 44 trạm [1].", **changed):
    known = {
        "question": "Mấy?", "text": text, "status": "answered", "citations": (CITED,), "checks": (),
        "near_misses": (), "reader": "extractive", "elapsed_ms": 1.0,
    }  # fmt: skip
    return Answer(**{**known, **changed})


def answered(number=1, question="Mấy?", **changed):
    return Turn(**{"number": number, "question": question, "answer": answer(), "done": True, **changed})


def shown(*turns, editing=0, texts=VIETNAMESE):
    return messages_of(Conversation(turns, "a" * 32, editing), texts)


def replies(*turns):
    return [message["content"] for message in shown(*turns) if message["role"] == "assistant"]


def test_a_turn_is_a_question_and_a_reply():
    assert [message["role"] for message in shown(answered(), answered(2))] == ["user", "assistant"] * 2
    assert [sorted(message) for message in shown(answered())] == [["content", "role"]] * 2


def test_no_turn_is_no_message():
    assert shown() == []


# --- questions


def test_a_question_can_be_edited():
    assert shown(answered(3))[0]["content"] == (
        '<div class="asked">Mấy?</div><div class="actions"><button class="act" value="edit:3">Sửa</button></div>'
    )


def test_a_question_keeps_its_lines():
    assert '<div class="asked">một<br>hai</div>' in shown(answered(question=" một\nhai "))[0]["content"]


def test_a_long_question_is_shortened():
    assert f'<div class="asked">{"x" * 600}</div>' in shown(answered(question="x" * 600))[0]["content"]
    assert f'<div class="asked">{"x" * 599}…</div>' in shown(answered(question="x" * 599 + " y"))[0]["content"]


def test_the_question_being_edited_is_told_apart():
    first, _, second, _ = shown(answered(1), answered(2), editing=2)
    assert first["content"].startswith('<div class="asked">')
    assert second["content"].startswith('<div class="asked editing">')


@pytest.mark.parametrize("question", ["", "  \n\t "])
def test_an_empty_question_is_not_shown(question):
    turn = Turn(1, question, notice="Câu hỏi trống.")
    assert shown(turn) == [
        {
            "role": "assistant",
            "content": '<div class="notice" role="alert">Câu hỏi trống.</div><div class="actions"></div>',
        }
    ]


# --- replies


def test_a_reply_that_is_sought_says_so():
    assert replies(Turn(1, "Mấy?")) == ['<div class="waiting" role="status">Đang tìm trong báo cáo…</div>']


def test_a_notice_can_be_asked_again():
    assert replies(Turn(2, "Mấy?", notice="Bạn hỏi nhanh quá.")) == [
        '<div class="notice" role="alert">Bạn hỏi nhanh quá.</div>'
        '<div class="actions"><button class="act" value="retry:2">Hỏi lại</button></div>'
    ]


def test_a_notice_stands_in_the_place_of_half_an_answer():
    (reply,) = replies(Turn(1, "Mấy?", answer("Có"), notice="Mô hình không trả lời."))
    assert "Mô hình không trả lời." in reply
    assert "Có" not in reply


def test_a_growing_answer_has_no_actions():
    (reply,) = replies(Turn(1, "Mấy?", answer()))
    assert Parsed(reply).actions == ["select:quote-1-0"]


def test_the_last_answer_can_be_copied_asked_again_proven_and_rated():
    earlier, last = replies(answered(1), answered(2))
    assert Parsed(last).actions == [
        "select:quote-2-0", "copy:2", "retry:2", "download:receipt-2", "like:2", "input:2",
    ]  # fmt: skip
    assert Parsed(earlier).actions == ["select:quote-1-0", "copy:1", "download:receipt-1", "like:1", "input:1"]


@pytest.mark.parametrize(
    ("rating", "kinds"), [("", ["up", "down"]), ("up", ["up chosen", "down"]), ("down", ["up", "down chosen"])]
)
def test_a_rating_shows(rating, kinds):
    (reply,) = replies(answered(rating=rating))
    classes = [kind.removeprefix("act ") for kind in Parsed(reply).values("button", "class")]
    assert classes[-2:] == kinds


def test_the_actions_are_in_the_language_of_the_page():
    content = "".join(message["content"] for message in shown(answered(), texts=ENGLISH))
    assert [text in content for text in (">Edit<", ">Copy<", ">Ask again<", ">Receipt<", 'title="Bad answer"')] == [
        True
    ] * 5


def test_whatever_people_and_models_write_stays_text():
    turns = [
        answered(1, ATTACK, answer=answer(ATTACK, question=ATTACK)),
        Turn(2, ATTACK, notice=ATTACK),
        Turn(3, ATTACK),
    ]
    for message in shown(*turns):
        assert_harmless(message["content"])
    assert "<script>alert(1)</script>" in Parsed(shown(*turns)[0]["content"]).text
