"""Question sets → what the ranker learns from: for each question its candidates' features and which of them answer."""

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import Assistant, Settings, phrase
from assistant.apart import slots_of
from assistant.chain import understood
from assistant.features import PLAIN, features
from assistant.meaning import Meanings
from assistant.traits import asking_of
from assistant.types import Message, Query
from index.candidate import Candidate
from index.numbers import DATING, Quantity, find_quantities, parse_number
from index.types import Span
from training.untold import untold_questions

_WORDS_OF_ANSWERS = frozenset("không chưa có rồi đúng".split())
"""What an answer says and no report need hold."""
_SAME_WORDS = 0.8


@dataclass(frozen=True, slots=True)
class Instance:
    """One slot of a question, read once.

    Attributes:
        question: Its id.
        group: The set it is of.
        told: Whether the reports answer the question.
        rows: Features of the candidates that are not ruled out, shape (candidates, features).
        answers: Which of them answer, shape (candidates,).
        alone: Whether it is the whole question, not one side of a comparison.
    """

    question: str
    group: str
    told: bool
    rows: NDArray[np.float32]
    answers: NDArray[np.bool_]
    alone: bool


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A file of questions and the folder of the reports they are about; ``half`` "" takes all."""

    name: str
    reports: Path
    questions: Path
    half: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a report tells an answer."""

    report: str
    span: Span


def instances(questions: QuestionSet) -> Iterator[Instance]:
    """The instances of a set; questions that need no reading give none.

    Those of a ``tune`` half come with questions that no report answers, see ``untold``.
    """
    meanings = Meanings()
    with tempfile.TemporaryDirectory() as folder:
        bot = Assistant.open(Settings(reports_dir=questions.reports, index_dir=Path(folder)))
        rows = [json.loads(line) for line in questions.questions.read_text("utf-8").splitlines()]
        asked = [row for row in rows if not questions.half or row.get("half") == questions.half]
        made = untold_questions(tuple(bot.index.reports.values())) if questions.half == "tune" else ()
        for row in (*asked, *made):
            yield from _of_question(bot, row, meanings, questions.name)


def _of_question(bot: Assistant, row: dict[str, object], meanings: Meanings, group: str) -> Iterator[Instance]:
    turns = [Message(turn["role"], turn["content"]) for turn in row["history"]]  # type: ignore[attr-defined]
    query = understood(str(row["question"]), turns, bot.index)
    hits = bot.retriever.retrieve(query)
    query = bot.reader.settled(query)
    if bot.reader.without_reading(query):
        return
    must: Sequence[Sequence[str]] = row["must"]  # type: ignore[assignment]
    for reading in bot.reader.readings(query, hits):
        slots = slots_of(reading.query)
        for number, slot in enumerate(slots):
            pool = bot.reader.finder.pool.candidates(slot.query, reading.hits)
            if not pool:
                continue
            candidates = [one for one, _ in pool]
            groups = [must[number]] if len(slots) > 1 and len(must) == len(slots) else must
            told = np.array([bool(must) and _answers(one, row, groups) for one in candidates], dtype=bool)
            rows = _features(bot, slot.query, pool, meanings, slot.number)
            possible = rows[:, PLAIN.index("ruled_out")] == 0
            if possible.any():
                yield Instance(str(row["id"]), group, bool(must), rows[possible], told[possible], reading.part is None)


def _features(
    bot: Assistant, query: Query, pool: Sequence[tuple[Candidate, float]], meanings: Meanings, slot: int
) -> NDArray[np.float32]:
    asking = asking_of(query, bot.reader.finder.matcher(query), meanings, slot)
    return features([one for one, _ in pool], [hit for _, hit in pool], asking, meanings)


def _answers(candidate: Candidate, row: dict[str, object], groups: Sequence[Sequence[str]]) -> bool:
    """Whether a candidate stands where the question's evidence does and tells what an answer must."""
    report = candidate.sentence.report
    if row["reports"] and report.path not in row["reports"]:  # type: ignore[operator]
        return False
    if not _is_evidence(candidate, row):
        return False
    if candidate.quantity is not None and candidate.kind not in DATING:
        return any(_tells(candidate, option) for group in groups for option in group)
    if candidate.kind in DATING and len(groups) > 1:  # what else is asked stands beside the date
        told, beside = candidate.core, candidate.sentence.span
        dated = _canonical(report.text[told.start : told.end])
        said = _canonical(report.text[beside.start : beside.end])
        return any(_holds(dated, option) for group in groups for option in group) and all(
            any(_holds(said, option) for option in group) for group in groups
        )
    told = phrase.with_list(candidate)
    said = _canonical(report.text[told.start : told.end])
    wanted = [group for group in groups if not _WORDS_OF_ANSWERS & set(group)]
    return all(any(_holds(said, option) for option in group) for group in wanted)


def _is_evidence(candidate: Candidate, row: dict[str, object]) -> bool:
    sentence = candidate.sentence
    spans: list[dict[str, object]] = row.get("spans", [])  # type: ignore[assignment]
    if spans:
        return any(
            place["report"] == sentence.report.path
            and int(str(place["start"])) < sentence.span.end
            and int(str(place["end"])) > sentence.span.start
            for place in spans
        )
    written = _plain(sentence.text)
    quoted: list[str] = [_plain(quote) for quote in row.get("evidence", [])]  # type: ignore[attr-defined]
    return not quoted or any(quote in written or written in quote or _alike(quote, written) for quote in quoted)


def _alike(one: str, other: str) -> bool:
    first, second = set(one.split()), set(other.split())
    return len(first & second) > _SAME_WORDS * max(1, min(len(first), len(second)))


def _tells(candidate: Candidate, option: str) -> bool:
    """Whether a figure is the one that an alternative of ``must`` names, alone or with what it counts."""
    text = candidate.sentence.report.text
    quantity = candidate.quantity
    assert quantity is not None
    if _holds(_canonical(f"{text[quantity.start : quantity.end]} {candidate.noun}"), option):
        return True
    named = find_quantities(option)
    if len(named) == 1 and not named[0].unit and _bare_value(text, quantity) == named[0].value is not None:
        return True
    own = _canonical(text[candidate.span.start : candidate.span.end])
    rest = [word for word in _canonical(option).split()[1:] if word.isalpha()]
    return (
        len(named) == 1
        and named[0].value is not None
        and (named[0].value, named[0].unit) == (quantity.value, quantity.unit)
        and (not rest or any(word in own for word in rest))
    )


def _bare_value(text: str, quantity: Quantity) -> Decimal | None:
    """A figure's number without its unit: "3,450.6 tỷ đồng" → 3450.6."""
    number = re.match(r"[\d.,]*\d", text[quantity.start : quantity.end])
    return parse_number(number.group()) if number else None


def _canonical(text: str) -> str:
    """Lower case, white space collapsed, numbers without thousands marks and with a decimal point."""
    plain = _plain(text)
    plain = re.sub(r"(?<=\d)[. ](?=\d{3}(?!\d))", "", plain)
    return re.sub(r"\s+%", "%", re.sub(r"(?<=\d),(?=\d)", ".", plain))


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("\u00a0", " ").split())


def _holds(said: str, option: str) -> bool:
    wanted = _canonical(option)
    right = r"(?!\d|\.\d)" if wanted[-1:].isdigit() else r"(?!\w)"
    return re.search(rf"(?<![\w.]){re.escape(wanted)}{right}", said) is not None
