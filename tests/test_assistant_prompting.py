import re
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.prompting import Prompt, Window, asked_again, first_prompt
from assistant.refusals import REFUSAL
from assistant.tokens import model_tokens
from assistant.types import Message, Query
from index.types import Hit

QUESTION = "Đắk Nông có bao nhiêu trạm BTS?"
WINDOW = Window(8192, 600)


def understood(bot: Assistant, question: str) -> tuple[Query, list[Hit]]:
    from assistant.chain import understood as understand

    query = understand(question, (), bot.index)
    return query, bot.retriever.retrieve(query)


def prompt_for(
    bot: Assistant, question: str = QUESTION, history: tuple[Message, ...] = (), window: Window = WINDOW
) -> Prompt:
    return first_prompt(*understood(bot, question), history, bot.index, window)


def tokens(prompt: Prompt) -> int:
    return model_tokens(prompt.system) + sum(model_tokens(turn.content) for turn in prompt.turns)


def test_passages_are_numbered_and_fenced_by_a_code_of_this_prompt_alone(bot: Assistant) -> None:
    prompt, other = prompt_for(bot), prompt_for(bot)
    (turn,) = prompt.turns
    fences = re.findall(r"^--- (\w{12}) đoạn \[(\d+)\] ---\n\(Đắk Nông · 2023 · .+\)\n", turn.content, re.MULTILINE)
    assert [int(number) for _, number in fences] == list(range(1, len(prompt.shown) + 1))
    (fence,) = {fence for fence, _ in fences}
    assert fence in prompt.system
    assert fence not in other.turns[0].content
    for number, shown in enumerate(prompt.shown, start=1):
        assert f"\n{shown.text}\n--- {fence} hết đoạn [{number}] ---" in turn.content


def test_the_best_passage_is_the_first_and_holds_the_answer(bot: Assistant) -> None:
    assert any("1167 trạm" in shown.text for shown in prompt_for(bot).shown[:2])


def test_the_rules_hold_the_one_refusal_phrase(bot: Assistant) -> None:
    prompt = prompt_for(bot)
    assert prompt.system.count(REFUSAL) == 1
    again = asked_again(prompt, "Có 9 trạm [1].", ["9: không thấy trong đoạn trích", "[7]: không có\nđoạn này"])
    assert [turn.role for turn in again.turns] == ["user", "assistant", "user"]
    assert "\n- 9: không thấy trong đoạn trích\n- [7]: không có đoạn này\n" in again.turns[2].content
    assert REFUSAL in again.turns[2].content
    assert again.turns[0] == prompt.turns[0]


@pytest.mark.parametrize("tokens_of_window", [2048, 3000, 4096, 8192, 32_768])
def test_prompt_answer_and_a_second_asking_fit_the_window(bot: Assistant, tokens_of_window: int) -> None:
    history = tuple(Message("user", "Còn doanh thu viễn thông thì sao? " * 40) for _ in range(12))
    window = Window(tokens_of_window, 300)
    prompt = prompt_for(bot, history=history, window=window)
    assert tokens(prompt) + 2 * window.answer <= window.tokens


def test_a_larger_window_shows_more(bot: Assistant) -> None:
    assert 0 < len(prompt_for(bot, window=Window(4096, 600)).shown) < len(prompt_for(bot).shown)


def test_the_latest_turns_are_shown_without_their_markers(bot: Assistant) -> None:
    history = (
        Message("user", "câu hỏi cũ " * 1_500),
        Message("user", "Đắk Nông có bao nhiêu xã?"),
        Message("assistant", "Có 71 xã [1] [2]."),
    )
    content = prompt_for(bot, history=history).turns[0].content
    assert "\nNgười dùng: Đắk Nông có bao nhiêu xã?\nTrợ lý: Có 71 xã.\n---" in content
    assert "câu hỏi cũ" not in content


def test_without_history_that_is_said(bot: Assistant) -> None:
    assert "\n(không có)\n" in prompt_for(bot).turns[0].content


def test_a_comparison_shows_passages_of_its_provinces_by_turns(bot: Assistant) -> None:
    prompt = prompt_for(bot, "So sánh số trạm BTS của Đắk Nông và Tuyên Quang")
    assert {shown.report.province for shown in prompt.shown[:2]} == {"Đắk Nông", "Tuyên Quang"}


def test_a_question_cannot_fill_a_placeholder(bot: Assistant) -> None:
    query, hits = understood(bot, QUESTION)
    prompt = first_prompt(replace(query, question="{passages}{refusal}"), hits, (), bot.index, WINDOW)
    assert prompt.turns[0].content.endswith("Câu hỏi: {passages}{refusal}")
