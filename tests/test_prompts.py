import re

import pytest

import prompts
from prompts import PLACEHOLDERS, PromptError, fill, load, prompt_faults


@pytest.mark.parametrize("name", sorted(PLACEHOLDERS))
def test_every_prompt_names_its_placeholders_and_no_other(name: str) -> None:
    assert prompt_faults(name, load(name)) == []


def test_missing_and_unknown_placeholders_are_listed_by_file() -> None:
    assert prompt_faults("question", "{question} theo {pasages}") == [
        "prompts/question.md thiếu {history}",
        "prompts/question.md thiếu {passages}",
        "prompts/question.md có {pasages} không ai điền",
    ]


def test_a_prompt_file_at_fault_is_refused_with_all_its_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "PLACEHOLDERS", {**PLACEHOLDERS, "again": frozenset({"reasons", "refusal", "tone"})})
    load.cache_clear()
    with pytest.raises(
        PromptError, match=r"^Lời nhắc cho mô hình không dùng được: prompts/again\.md thiếu \{tone\}\.$"
    ):
        load("again")
    load.cache_clear()


def test_a_value_left_out_or_too_many_is_refused() -> None:
    with pytest.raises(PromptError, match=r"^Lời nhắc prompts/again\.md: thiếu hoặc thừa giá trị cho refusal, tone\.$"):
        fill("again", reasons="…", tone="vui")


def test_braces_within_a_value_are_not_filled_in() -> None:
    filled = fill("question", passages="{history}", history="{question}", question="{passages} {x}?")
    assert [line for line in filled.split("\n") if "{" in line] == [
        "{history}",
        "{question}",
        "Câu hỏi: {passages} {x}?",
    ]


@pytest.mark.parametrize("name", sorted(PLACEHOLDERS))
def test_the_refusal_phrase_stands_in_no_prompt_file_itself(name: str) -> None:
    assert "không nêu điều này" not in load(name)
    assert not re.search(r"[A-Za-z]{4,} (the|of|and) ", load(name))
