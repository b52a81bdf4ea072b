"""Question, passages and history → what a chat model is sent."""

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import prompts
from assistant.phrase import MARKER
from assistant.refusals import REFUSAL
from assistant.tokens import Shown, choices, model_tokens, pack
from assistant.types import Message, Query
from index.opened import Index
from index.types import Hit

_HISTORY_SHARE = 6
"""The history gets at most a sixth of the window."""
_REASONS_TOKENS = 400
"""Kept free for the reasons why an answer did not hold, should it be asked for again."""
_MAX_REASONS = 8
_MARKERS = re.compile(rf"\s{{0,3}}{MARKER.pattern}")
_NO_HISTORY = "(không có)"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a chat model is sent.

    Attributes:
        system: The rules.
        turns: The user's and the model's, by turns; the user's first and last.
        shown: The passages in it; marker ``[n]`` is of ``shown[n - 1]``.
    """

    system: str
    turns: tuple[Message, ...]
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """How much a chat model takes in and gives out.

    Attributes:
        tokens: Of prompt and answer together.
        answer: Tokens of an answer.
    """

    tokens: int
    answer: int


def first_prompt(query: Query, hits: Sequence[Hit], history: Sequence[Message], index: Index, window: Window) -> Prompt:
    """The prompt for a question, with as many of the best passages as the window has room for.

    Args:
        query: The question understood.
        hits: Best first; those of a comparison are taken from its provinces by turns.
        history: Earlier turns, oldest first; the latest that fit are shown.
        index: Holds the passages.
        window: Of the model; an answer that has to be asked for again must fit too.
    """
    ordered = _by_turns(hits, index) if query.compares else hits
    fence = _fence((*(index.text(index.passages[hit.passage]) for hit in hits), *(turn.content for turn in history)))
    system = prompts.fill("system", refusal=REFUSAL, fence=fence)
    told = _history(history, window.tokens // _HISTORY_SHARE, fence)
    bare = prompts.fill("question", passages="", history=told, question=query.question)
    room = window.tokens - 2 * window.answer - _REASONS_TOKENS - model_tokens(system) - model_tokens(bare)
    shown = pack(choices(ordered, index), room, lambda one: _fenced(one, 99, fence))
    passages = "\n\n".join(_fenced(one, number, fence) for number, one in enumerate(shown, start=1))
    asked = prompts.fill("question", passages=passages, history=told, question=query.question)
    return Prompt(system, (Message("user", asked),), tuple(shown))


def asked_again(prompt: Prompt, said: str, reasons: Sequence[str]) -> Prompt:
    """The prompt that asks for an answer anew, with the reasons why the one given does not hold."""
    listed = "\n".join(f"- {' '.join(reason.split())}" for reason in reasons[:_MAX_REASONS])
    again = prompts.fill("again", reasons=listed, refusal=REFUSAL)
    return replace(prompt, turns=(*prompt.turns, Message("assistant", said), Message("user", again)))


def _fence(texts: Iterable[str]) -> str:
    """A code that none of the texts holds, new for each prompt, so that no document can close its fence."""
    texts = tuple(texts)
    while True:
        fence = secrets.token_hex(6)
        if not any(fence in text for text in texts):
            return fence


def _fenced(shown: Shown, number: int, fence: str) -> str:
    report = shown.report
    about = " · ".join(part for part in (report.province, str(report.year or ""), report.title) if part)
    head = f"--- {fence} đoạn [{number}] ---\n({' '.join(about.split())})"
    return f"{head}\n{shown.text}\n--- {fence} hết đoạn [{number}] ---"


def _history(history: Sequence[Message], room: int, fence: str) -> str:
    """The latest turns that fit, whole, without their markers, which number other passages than these."""
    kept: list[str] = []
    for turn in reversed(history):
        who = "Người dùng" if turn.role == "user" else "Trợ lý"
        line = f"{who}: {' '.join(_MARKERS.sub('', turn.content).split())}"
        room -= model_tokens(line)
        if room < 0:
            break
        kept.append(line)
    if not kept:
        return _NO_HISTORY
    return "\n".join((f"--- {fence} hội thoại ---", *reversed(kept), f"--- {fence} hết hội thoại ---"))


def _by_turns(hits: Sequence[Hit], index: Index) -> list[Hit]:
    """The best hit of each province, then the second best of each, and so on."""
    ranks: dict[str, int] = {}
    ranked = []
    for hit in hits:
        province = index.reports[index.passages[hit.passage].report].province
        ranks[province] = ranks.get(province, 0) + 1
        ranked.append((ranks[province], hit))
    return [hit for _, hit in sorted(ranked, key=lambda pair: pair[0])]
