"""What a chat model wrote, which nobody may trust → a Draft in safe Markdown, and what is wrong with it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chat_faults import MAX_CHARS, addresses, is_silence, odd, uncited, unlike
from assistant.markers import read_markers
from assistant.phrase import MARKER, escape, renumbered
from assistant.refusals import REFUSAL
from assistant.tokens import Shown
from assistant.types import Draft, Evidence, Problem
from index.split import split_sentences
from index.types import Span
from index.words import nfc

_THOUGHTS = re.compile(
    r"\A(?:(?!<think)(?s:.))*?</think(?:ing)?>|<(think|thinking)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE
)
"""What reasoning models put before an answer; some servers leave the opening mark out."""
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")
_KEPT = re.compile(rf"{_BOLD.pattern}|{MARKER.pattern}")
_HEADING = re.compile(r"^#{1,6}\s+")
_ITEM = re.compile(r"^(?:[-*+•–]|[0-9]{1,2}[.)])\s+")
ENDED = re.compile(r"(?:[.!?]|\])[*”\")]*\s*\Z")
"""How a text that is not broken off ends."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a chat model said.

    Attributes:
        draft: With markers numbered from 1 in the order they come.
        problems: What no passage need be looked into for; with any the draft does not hold.
        notes: Markers written another way, a line each.
    """

    draft: Draft
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def said(written: str, shown: Sequence[Shown], question: str) -> Said:
    """Read the text of a chat model.

    Args:
        written: As it came.
        shown: The passages it saw; ``[n]`` is of ``shown[n - 1]``.
        question: What it was asked.
    """
    text = plain(written)
    marked = read_markers(text, len(shown))
    problems = [*marked.problems, *odd(marked.text), *addresses(marked.text, shown)]
    body = "\n".join(_safe_line(line) for line in marked.text.split("\n") if line.strip())
    cited = list(dict.fromkeys(int(number) for number in MARKER.findall(body)))
    if not cited and not problems and is_silence(body, question):
        return Said(Draft(REFUSAL, "abstained"), (), marked.notes)
    problems.extend(uncited(body, question))
    problems.extend(unlike(body, shown, question))
    places = [Evidence(shown[number - 1].report.path, shown[number - 1].span) for number in cited]
    evidence = list(dict.fromkeys(places))
    numbers = {number: evidence.index(place) + 1 for number, place in zip(cited, places, strict=True)}
    silent = any(is_silence(line, question) for line in body.split("\n"))
    draft = Draft(renumbered(body, numbers), "partial" if silent else "answered", tuple(evidence))
    return Said(draft, tuple(problems), marked.notes)


def complete(written: str) -> str:
    """The whole sentences at the beginning of a text that still grows, with the markers behind the last one."""
    open_thought = re.search(r"<think(?:ing)?>(?!.*</think)", written, re.DOTALL | re.IGNORECASE)
    text = written[: open_thought.start()] if open_thought else written
    lines = text.rfind("\n") + 1
    sentences = split_sentences(text, Span(lines, len(text)))
    end = max(lines, sentences[-2].end if len(sentences) > 1 else 0)
    behind = re.compile(r"(?:[ \t]*\[[^\[\]\n]{1,40}\])+(?=\s)").match(text, end)
    return text[: behind.end() if behind else end]


def plain(written: str) -> str:
    """The text without thoughts, invisible characters and foreign digits, NFC."""
    text = nfc(_THOUGHTS.sub("", written[: 4 * MAX_CHARS]))
    kept = (
        _digit(char) for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs")
    )
    return "".join(kept).strip()


def _digit(char: str) -> str:
    """A digit of another script as ours: "１" and "١" are figures too, and are to be held against the passages."""
    return str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char


def _safe_line(line: str) -> str:
    """A line with bold, list items and markers left; whatever else means something in Markdown is made plain."""
    line = _HEADING.sub("", line.strip())
    item = _ITEM.match(line)
    line = line[item.end() :] if item else line
    told, at = "- " if item else "", 0
    for kept in _KEPT.finditer(line):
        told += _escaped(line[at : kept.start()])
        told += f"**{_escaped(kept[1])}**" if kept[1] else kept[0]
        at = kept.end()
    return told + _escaped(line[at:])


def _escaped(text: str) -> str:
    """``phrase.escape`` with the spaces at both ends kept, one each."""
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() and text.strip() else "")
    return f"{before}{escape(text)}{after}"
