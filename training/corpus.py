"""Reading of the training data: documents, question pairs, and their passages and sentences."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

HELD_OUT = Path(__file__).parents[1] / "benchmarks" / "retrieval" / "wiki_questions.jsonl"

# Vietnamese capitals and small letters alternate in Unicode, so no range takes one sort alone.
_SMALL = "".join(letter for letter in map(chr, range(0x61, 0x1EFA)) if letter.islower())
_SENTENCE_END = re.compile(rf"(?<=[.!?…;])\s+(?=[\w\"“(\-–])(?![{_SMALL}])")
_SPACE_BEFORE = re.compile(r"\s+([,.;:!?%)\]}”’…])")
_SPACE_AFTER = re.compile(r"([(\[{“‘])\s+")


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its title and its text, both NFC."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionPair:
    """A question and one context about it, both NFC with ordinary spacing."""

    question: str
    context: str


def read_documents(folder: Path) -> Iterator[Document]:
    """Yield the documents of every ``*.jsonl.zst`` file, files by name and lines in order.

    Args:
        folder: Folder of files with one ``{"title", "text"}`` object a line.

    Raises:
        FileNotFoundError: If the folder holds no such file.
    """
    paths = sorted(folder.glob("*.jsonl.zst"))
    if not paths:
        raise FileNotFoundError(f"no *.jsonl.zst file in {folder}")
    for path in paths:
        with path.open("rb") as packed:
            stream = zstandard.ZstdDecompressor().stream_reader(packed)
            # newline="\n": texts hold U+2028 and lone "\r", which must not end a line.
            for line in io.TextIOWrapper(stream, encoding="utf-8", newline="\n"):
                record = json.loads(line)
                yield Document(_nfc(record["title"]), _nfc(record["text"]))


def held_out_titles(questions: Path = HELD_OUT) -> frozenset[str]:
    """Titles of the articles which the retrieval benchmark asks about, and which nothing may be trained on."""
    with questions.open(encoding="utf-8", newline="\n") as lines:
        return frozenset(_nfc(json.loads(line)["title"]) for line in lines)


def read_questions(path: Path) -> list[QuestionPair]:
    """Read the question pairs of one JSON-lines file, in order.

    Args:
        path: File with one ``{"question", "context", ...}`` object a line.
    """
    with path.open(encoding="utf-8", newline="\n") as lines:
        records = [json.loads(line) for line in lines]
    return [QuestionPair(tidy(_nfc(r["question"])), tidy(_nfc(r["context"]))) for r in records]


def apart_from(pairs: list[QuestionPair], kept: list[QuestionPair]) -> list[QuestionPair]:
    """Return the pairs which share neither question nor context with those kept for evaluation."""
    questions = {pair.question for pair in kept}
    contexts = {pair.context for pair in kept}
    return [pair for pair in pairs if pair.question not in questions and pair.context not in contexts]


def tidy(text: str) -> str:
    """Undo the spacing of tokenised text: ``"a , b ( c )"`` becomes ``"a, b (c)"``."""
    return _SPACE_AFTER.sub(r"\1", _SPACE_BEFORE.sub(r"\1", text))


def strip_diacritics(text: str) -> str:
    """Return the text as it is typed without Vietnamese marks: ``"Đắk Nông"`` becomes ``"Dak Nong"``."""
    marks_out = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", marks_out.replace("đ", "d").replace("Đ", "D"))


def sentences(text: str) -> list[str]:
    """Split a text at line ends and sentence ends; empty pieces and wiki headings are dropped."""
    lines = (line.strip() for line in text.split("\n"))
    kept = (line for line in lines if line and not line.startswith("=="))
    return [piece for line in kept for piece in _SENTENCE_END.split(line) if piece]


def passages(text: str, words: int) -> list[list[str]]:
    """Group the sentences of a text, in order, into passages.

    Args:
        text: The text of one document.
        words: A passage is closed by the sentence with which it reaches this many words.

    Returns:
        The passages, each a list of its sentences. A short last one is kept.
    """
    found: list[list[str]] = []
    open_passage: list[str] = []
    size = 0
    for sentence in sentences(text):
        open_passage.append(sentence)
        size += sentence.count(" ") + 1
        if size >= words:
            found.append(open_passage)
            open_passage, size = [], 0
    return [*found, open_passage] if open_passage else found


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
