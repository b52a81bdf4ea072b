"""Answers judged by the questions of an evaluation set, and what share of them is right.

A question of a set tells what the right answer holds. ``must`` lists groups, each of which has an alternative in the
text of a right answer; ``must_not`` lists what is not in it; no ``must``: the reports do not tell, and the right thing
is to abstain, or to say what they do tell instead ("partial").
"""

import math
import re
import statistics
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.types import Answer, Message
from index.types import Report

LONGEST = 700
"""Characters of the longest right answer: a passage poured out answers nothing."""
_Z = 1.96
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?:[., ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"(?P<whole>\d{1,3}(?:[.,]\d{3})+)(?P<fraction>[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an evaluation set.

    Attributes:
        id: Any JSON value.
        question: As people ask it.
        must: Groups of alternatives; empty where the reports do not tell.
        category: Its kind: "figure", "percent", "followup", "unanswerable" …
        reports: Paths of the reports that tell.
        must_not: What a right answer does not hold.
        history: The turns before it, oldest first.
        review: Whether nobody has told the right answer yet, so that it is not asked.
    """

    id: object
    question: str
    must: tuple[tuple[str, ...], ...]
    category: str = ""
    reports: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    history: tuple[Message, ...] = ()
    review: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer does.

    Attributes:
        right: Whether it is right.
        cited: Whether it is right and its quotes show it; of a question the reports do not tell, whether it is right.
        why: Why it is not, in Vietnamese, or "".
    """

    right: bool
    cited: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the answer it got."""

    question: Question
    answer: Answer
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; None of nothing."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % score interval; (0, 1) of nothing.

        Source: E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference", Journal of
        the American Statistical Association 22 (158), 209–212, https://doi.org/10.1080/01621459.1927.10502953
        """
        if not self.total:
            return 0.0, 1.0
        share, weight = self.hits / self.total, _Z * _Z / self.total
        middle = share + weight / 2
        spread = _Z * math.sqrt((share * (1 - share) + weight / 4) / self.total)
        return max(0.0, (middle - spread) / (1 + weight)), min(1.0, (middle + spread) / (1 + weight))


@dataclass(frozen=True, slots=True)
class Scores:
    """What share of the answers is right.

    Attributes:
        measures: By name: "accuracy" and "cited" of the questions the reports answer, "precision" of the answers given,
            "abstains_when_untold" and "abstains_when_told" of the questions they do not answer and do, "exact_quotes"
            of the quotes.
        categories: Right answers, by category.
        median_ms: Median time of an answer, in milliseconds; None without one.
        p95_ms: The time within which 95 % of the answers came.
    """

    measures: Mapping[str, Share]
    categories: Mapping[str, Share]
    median_ms: float | None
    p95_ms: float | None


def judge(question: Question, answer: Answer) -> Verdict:
    """Hold an answer against what the right one holds."""
    said = canonical(answer.text)
    misled = next((wrong for wrong in question.must_not if holds(said, wrong)), None)
    abstained = answer.status == "abstained"
    if not question.must:
        right = abstained or (answer.status == "partial" and misled is None)
        return Verdict(right, right, "" if right else "trả lời điều báo cáo không nêu")
    if abstained:
        return Verdict(False, False, "từ chối điều báo cáo có nêu")
    if len(answer.text) > LONGEST:
        return Verdict(False, False, f"dài {len(answer.text)} ký tự, quá {LONGEST}")
    lacking = next((group for group in question.must if not any(holds(said, option) for option in group)), None)
    if lacking is not None:
        return Verdict(False, False, f"thiếu {' / '.join(lacking)}")
    if misled is not None:
        return Verdict(False, False, f"có {misled}, là ý không được có")
    quotes = [canonical(citation.quote) for citation in answer.citations if citation.report in question.reports]
    shown = all(any(holds(quote, option) for quote in quotes for option in group) for group in question.must)
    return Verdict(True, shown, "" if shown else "đúng, nhưng không trích dẫn nào cho thấy")


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """A text as answers are compared: lower case, NFC, single spaces, "1.167,5" as "1167.5", "87 %" as "87%"."""
    plain = " ".join(unicodedata.normalize("NFC", text).lower().replace("\u00ad", "").split())
    return re.sub(r"\s+%", "%", _NUMBER.sub(_ungrouped, plain))


def _ungrouped(number: re.Match[str]) -> str:
    written = number.group().replace(" ", "")
    if grouped := _GROUPED.fullmatch(written):
        written = re.sub("[.,]", "", grouped["whole"]) + (grouped["fraction"] or "")
    return written.replace(",", ".")


def holds(said: str, wanted: str) -> bool:
    """Whether a canonical text holds a word or a figure, and not as a part of another.

    Args:
        said: Canonical.
        wanted: As written in a question set.
    """
    return _pattern(wanted).search(said) is not None


@lru_cache(maxsize=4096)
def _pattern(wanted: str) -> re.Pattern[str]:
    form = canonical(wanted)
    before = r"(?<![\d.])" if form[:1].isdigit() else r"(?<!\w)"
    after = r"(?!\.?\d)" if form[-1:].isdigit() else r"(?!\w)" if form[-1:].isalnum() else ""
    return re.compile(before + re.escape(form) + after)


def scores(judged: Sequence[Judged], reports: Mapping[str, Report]) -> Scores:
    """What share of the answers is right.

    Args:
        judged: The questions asked.
        reports: By path; quotes are looked up in them.
    """
    told = [one for one in judged if one.question.must]
    untold = [one for one in judged if not one.question.must]
    given = [one for one in judged if one.answer.status != "abstained"]
    quotes = [citation for one in judged for citation in one.answer.citations]
    exact = [q for q in quotes if q.report in reports and reports[q.report].text[q.start : q.end] == q.quote]
    times = sorted(one.answer.elapsed_ms for one in judged)
    return Scores(
        measures={
            "accuracy": _right(told),
            "precision": _right(given),
            "cited": Share(sum(one.verdict.cited for one in told), len(told)),
            "abstains_when_untold": _right(untold),
            "abstains_when_told": Share(sum(one.answer.status == "abstained" for one in told), len(told)),
            "exact_quotes": Share(len(exact), len(quotes)),
        },
        categories={
            name: _right([one for one in judged if one.question.category == name])
            for name in sorted({one.question.category for one in judged})
        },
        median_ms=statistics.median(times) if times else None,
        p95_ms=times[math.ceil(0.95 * len(times)) - 1] if times else None,
    )


def _right(judged: Sequence[Judged]) -> Share:
    return Share(sum(one.verdict.right for one in judged), len(judged))
