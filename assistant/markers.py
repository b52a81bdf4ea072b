"""Citation markers as chat models write them → ``[n]`` of passages that exist; all else is reported."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.types import Problem

_GROUP = re.compile(
    r"(?P<before>(?<![ \t])[ \t]{0,3})[\[【]\s{0,3}(?:(?:đoạn|nguồn)\s{0,3})?"
    r"(?P<listed>[+-]?[0-9]+(?:\s{0,3}(?:[,;–—-]|và|đến)\s{0,3}(?:(?:đoạn|nguồn)\s{0,3})?[0-9]+)*)"
    r"\s{0,3}(?:†[^\]】\n]{0,80})?[\]】]",
    re.IGNORECASE,
)
"""``[1]``, ``[1, 2]``, ``[1-3]``, ``[đoạn 1 và 2]``, ``【1†nguồn】``."""
_APART = re.compile(r"\s*(?:[,;]|và)\s*(?:(?:đoạn|nguồn)\s*)?", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]+)\s*(?:[–—-]|đến)\s*(?:(?:đoạn|nguồn)\s*)?([0-9]+)", re.IGNORECASE)
_RUN = re.compile(r"(?P<before>(?:^|(?<=\n))|[ \t]*)\[[0-9]+\](?:[ \t]*\[[0-9]+\])*")
_BEHIND = re.compile(r"(?<![.!?…])([.!?…]+)((?: \[[0-9]+\])+)(?=\s|$)")
_MAX_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """A text whose markers are all ``[n]`` with a known n.

    Attributes:
        text: Each run of markers once each, in front of the full stop.
        problems: Markers taken out since no passage has that number; an answer with any does not hold.
        notes: Markers written another way than they were, a line each: ranges, lists, repetitions.
    """

    text: str
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def read_markers(text: str, known: int) -> Marked:
    """Put the markers of a text right.

    Args:
        text: As the model wrote it.
        known: Number of passages given to the model, numbered from 1.
    """
    problems: list[Problem] = []
    notes: list[str] = []

    def rewrite(group: re.Match[str]) -> str:
        numbers: list[int] = []
        for one in _numbers(group["listed"], known):
            if isinstance(one, Problem):
                problems.append(one)
            else:
                numbers.append(one)
        written, told = group[0].strip(), " ".join(f"[{number}]" for number in numbers)
        if numbers and told != written:
            notes.append(f"{written} → {told}")
        return f"{group['before']}{told}" if numbers else ""

    def once(run: re.Match[str]) -> str:
        found = re.findall(r"\[[0-9]+\]", run[0])
        kept = list(dict.fromkeys(found))
        if len(kept) < len(found):
            notes.append(f"{''.join(found)} → {' '.join(kept)}")
        at_start = run.start() == 0 or run.string[run.start() - 1] in '\n*([“"'
        return ("" if at_start else " ") + " ".join(kept)

    text = _RUN.sub(once, _GROUP.sub(rewrite, text))
    return Marked(_BEHIND.sub(r"\2\1", text), tuple(problems), tuple(notes))


def _numbers(listed: str, known: int) -> Iterator[int | Problem]:
    """The numbers that one pair of brackets lists, or what is wrong with them."""
    for part in _APART.split(listed):
        bounds = _RANGE.fullmatch(part)
        first, last = (bounds[1], bounds[2]) if bounds else (part, part)
        if not (_is_known(first, known) and _is_known(last, known) and int(first) <= int(last)):
            yield Problem(f"[{_shortened(part)}]", f"không có đoạn này; các đoạn mang số từ 1 đến {known}")
        else:
            yield from range(int(first), int(last) + 1)


def _is_known(number: str, known: int) -> bool:
    # a model may write thousands of digits, which int() refuses
    return number.isdigit() and len(number) <= _MAX_DIGITS and 1 <= int(number) <= known


def _shortened(written: str) -> str:
    return written if len(written) <= 12 else f"{written[:12]}…"
