"""What flows through the assistant: question → Query → Evidence → Draft → Answer.

Offsets are half-open ``[start, end)`` and count code points of the NFC-normalised report text.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Literal

from index.types import Span
from index.words import Word

Status = Literal["answered", "partial", "abstained"]


class Asked(StrEnum):
    """The kind of answer a question wants."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    CHANGE = "change"
    RANK = "rank"
    SCORE = "score"
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    YES_NO = "yes_no"
    TEXT = "text"


FIGURES = frozenset({Asked.COUNT, Asked.MONEY, Asked.PERCENT, Asked.CHANGE, Asked.RANK, Asked.SCORE})
"""The kinds that figures answer."""


class Reckoning(StrEnum):
    """What is to be made of the figures of several reports."""

    LIST = "list"
    COMPARE = "compare"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a comparison: a province and the years of it that are meant; none when any will do."""

    province: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one part of a question asks for: the kind of figure and the noun counted, if any, of which year and sort.

    Attributes:
        asked: The kind of figure.
        noun: The noun counted, or ().
        target: Whether a planned value is asked for.
        years: The years the part names.
    """

    asked: Asked
    noun: tuple[Word, ...]
    target: bool = False
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood, follow-ups resolved.

    Attributes:
        question: The question as asked, NFC.
        provinces: Canonical names of the provinces asked about, in order.
        years: Years named.
        asked: Kind of answer wanted.
        direction: "tăng" or "giảm" when a change is asked for, else "".
        target: Whether a planned value is asked for, not a result.
        negated: Whether those without it are counted ("bao nhiêu xã chưa có").
        done: Whether what has been reached is asked for ("đã đạt bao nhiêu").
        wanted: What is counted, one word list a slot: "mấy tập thể, mấy cá nhân" → tập thể; cá nhân.
        leads: With several slots, the words before each: "viễn thông bao nhiêu, bưu chính bao nhiêu".
        unit: For a question about time, how fine: "giờ", "ngày", "tháng", "năm" or "".
        subject: The first noun phrase of the question: whose figure it is.
        terms: What is asked about: the words left after question words, places and years.
        excluded: Words of what the question leaves out ("ngoài OCOP").
        given: Numbers the question itself tells, as keys; they are not what is asked.
        extreme: 1 when the largest is asked for, -1 for the smallest, else 0.
        total: Whether the whole is asked for, not a part.
        carried: Terms taken over from earlier questions of the conversation; they weigh less.
        names: Names of people in the question; an answer must be about them.
        compares: Whether the question is about several provinces, or which of them.
        follows: Whether it is put as a follow-up ("Còn … thì sao?").
        search_text: What retrieval searches for: the question with what a follow-up leaves out, but without the
            provinces, where they have reports and every report tells its own.
        of_plan: Whether the share of a plan that was reached is asked for ("bằng bao nhiêu phần trăm kế hoạch").
        year_before: Whether the value of the year before is asked for ("năm trước đó thì sao?").
        restored: Whether the question was typed with fewer diacritics, or other letters, than it has here.
        parts: The sides of a comparison that names a year for each ("A 2023 với B 2021"); empty when all share
            ``years``.
        reckoning: What is to be made of the figures of the sides.
        amount: The kind of figure that each side is to give, when ``asked`` is about how they stand to each other.
        several: What its parts ask for, where they ask for figures of different kinds ("mấy giải, mỗi giải bao nhiêu
            tiền?"); else empty.
        replied: Figures of the answer before, where it is a follow-up, by form, unit and value.
        both_ends: Whether the value before a change and the one after it are asked for.
        report_years: Years of the reports that a question names, whatever year their figures are of ("nêu trong báo cáo
            2024"); those of ``parts`` may be among them.
        supposed: 1 when the question supposes the first side to be the larger one, -1 the smaller one, else 0.
    """

    question: str
    provinces: tuple[str, ...]
    years: tuple[int, ...]
    asked: Asked
    direction: str
    target: bool
    negated: bool
    done: bool
    wanted: tuple[tuple[Word, ...], ...]
    leads: tuple[tuple[Word, ...], ...]
    unit: str
    subject: tuple[Word, ...]
    terms: tuple[Word, ...]
    excluded: tuple[Word, ...]
    given: tuple[str, ...]
    extreme: int
    total: bool
    carried: tuple[Word, ...]
    names: tuple[str, ...]
    compares: bool
    follows: bool
    search_text: str
    restored: bool
    of_plan: bool = False
    year_before: bool = False
    parts: tuple[Part, ...] = ()
    reckoning: Reckoning = Reckoning.LIST
    amount: Asked | None = None
    supposed: int = 0
    several: tuple[Wanted, ...] = ()
    both_ends: bool = False
    replied: tuple[str, ...] = ()
    report_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage an answer rests on: ``report.text[start:end] == quote``.

    Attributes:
        marker: The number in ``[1]``.
        report: Path relative to the reports folder.
        sha256: Hex digest of the report's text (NFC, UTF-8).
        page: Of a PDF, the page on which the quote begins, counted from 1; None for other formats.
    """

    marker: int
    report: str
    title: str
    province: str
    year: int | None
    source: str
    start: int
    end: int
    quote: str
    sha256: str
    page: int | None = None

    def to_dict(self) -> dict[str, object]:
        """The citation as JSON-ready values; without a page where there is none, as answers were saved before."""
        values = asdict(self)
        if self.page is None:
            del values["page"]
        return values


@dataclass(frozen=True, slots=True)
class Check:
    """The verdict on one figure of an answer's text.

    Attributes:
        figure: The figure as the text writes it.
        start: Its offset in the answer's text.
        end: Offset after it.
        supported: Whether a cited quote holds it.
        reason: Why or why not, in Vietnamese.
    """

    figure: str
    start: int
    end: int
    supported: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an answer beside its figures: a marker, a quote, a name, a place.

    Attributes:
        about: What it is about, as the answer writes it: "[3]", a person's name.
        reason: What is wrong, in Vietnamese.
    """

    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How an answer stands against the reports.

    Attributes:
        checks: One verdict per figure of its text.
        problems: What else is wrong; empty when nothing is.
    """

    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether every figure is backed and nothing else is wrong."""
        return not self.problems and all(check.supported for check in self.checks)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What does not hold, a line each, in Vietnamese."""
        figures = tuple(f"{check.figure}: {check.reason}" for check in self.checks if not check.supported)
        return figures + tuple(f"{problem.about}: {problem.reason}" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a report that a statement rests on.

    Attributes:
        report: Path of the report.
        span: The sentence or sentences quoted.
    """

    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """What the reader wrote, before verification.

    Attributes:
        text: Markdown with markers; marker ``[n]`` is ``evidence[n - 1]``.
        evidence: What the statements rest on, in marker order.
        near: Close evidence that does not answer, for an abstention.
    """

    text: str
    status: Status
    evidence: tuple[Evidence, ...] = ()
    near: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its proof; see the module's docstring for offsets.

    Attributes:
        question: As asked.
        text: Short Markdown with markers ``[1]``.
        status: "answered"; "partial" when the question cannot be answered as put; "abstained".
        citations: What ``text`` rests on, by marker.
        checks: One verdict per figure in ``text``.
        near_misses: Close evidence shown with an abstention, never part of ``text``.
        reader: "extractive" or the chat model's name.
        elapsed_ms: Time to answer, in milliseconds.
    """

    question: str
    text: str
    status: Status
    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]
    near_misses: tuple[Citation, ...]
    reader: str
    elapsed_ms: float

    def to_dict(self) -> Mapping[str, object]:
        """The answer as JSON-ready values."""
        return {
            **asdict(self),
            "citations": [c.to_dict() for c in self.citations],
            "checks": [asdict(check) for check in self.checks],
            "near_misses": [c.to_dict() for c in self.near_misses],
        }
