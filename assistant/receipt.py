"""Proof receipts: an answer with its quotes, their surroundings and the verdicts, in one file that can be filed.

A receipt's digest finds a changed byte; it is no signature. That what a receipt says is true is told by holding it
against the reports, see ``recheck``.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from importlib.metadata import PackageNotFoundError, version

from assistant.figure_marks import figure_spans
from assistant.types import Answer, Citation, Verification
from assistant.verify import verify_answer
from index.split import split_sentences
from index.types import Report, Span

NAME = "hoi-dap-bao-cao"
FORMAT = 1
"""Version of what is written, the page's looks included: a receipt read is compared with its page made anew."""
_VIETNAM = timezone(timedelta(hours=7))
_HALF_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a report: ``report.text[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the quote of a citation, so that it can be read in its place.

    Attributes:
        marker: Of the citation.
        before: The sentence before, or the quote's own up to it; None when there is none, or the quote does not stand
            in the report where it is cited.
        after: Likewise after it.
        figures: Where the quote writes figures of the answer; offsets are those of the quote. Kept because a later
            version may know figures better, and would then make another page of the receipt.
    """

    marker: int
    before: Stretch | None
    after: Stretch | None
    figures: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer with its proof.

    Attributes:
        program: Version of the program that made it.
        made: When, in UTC, to the second.
        answer: The answer.
        surroundings: One for each citation, in order.
        verification: How the answer stood against the reports then.
    """

    program: str
    made: datetime
    answer: Answer
    surroundings: tuple[Surroundings, ...]
    verification: Verification

    def to_dict(self) -> dict[str, object]:
        """The receipt as JSON-ready values, its digest last."""
        body: dict[str, object] = {
            "receipt": NAME,
            "version": FORMAT,
            "program": self.program,
            "made": times(self.made),
            "answer": dict(self.answer.to_dict()),
            "surroundings": [asdict(around) for around in self.surroundings],
            "verification": {"holds": self.verification.holds, **asdict(self.verification)},
        }
        return {**body, "digest": digest_of(body)}


def receipt_of(answer: Answer, reports: Mapping[str, Report], now: datetime | None = None) -> Receipt:
    """The receipt of an answer, verified against the reports.

    Args:
        answer: Of any reader, or loaded from a file.
        reports: By path.
        now: With its time zone; default: now.
    """
    answer = _writable(answer)
    return make(answer, verify_answer(answer, reports), reports, now or datetime.now(UTC))


def make(answer: Answer, verification: Verification, reports: Mapping[str, Report], now: datetime) -> Receipt:
    """The receipt of an answer already verified; see ``receipt_of``."""
    backed = [check.figure for check in verification.checks if check.supported]
    return Receipt(
        program=_program_version(),
        made=now.astimezone(UTC).replace(microsecond=0),
        answer=_writable(answer),
        surroundings=tuple(_around(citation, reports.get(citation.report), backed) for citation in answer.citations),
        verification=verification,
    )


def _writable(answer: Answer) -> Answer:
    """The answer without halves of surrogate pairs, which no file can hold; one for one, so that offsets stay true."""
    question, text = (_HALF_PAIR.sub("\ufffd", part) for part in (answer.question, answer.text))
    return replace(answer, question=question, text=text)


def _program_version() -> str:
    try:
        return version(NAME)
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "không rõ"


def _around(citation: Citation, report: Report | None, backed: Sequence[str]) -> Surroundings:
    figures = figure_spans(citation.quote, backed)
    quote = Span(citation.start, citation.end)
    if report is None or not citation.quote or report.text[quote.start : quote.end] != citation.quote:
        return Surroundings(citation.marker, None, None, figures)
    sentences = [span for content in report.content for span in split_sentences(report.text, content)]
    earlier = next((span for span in reversed(sentences) if span.start < quote.start), None)
    later = next((span for span in sentences if span.end > quote.end), None)
    before = _stretch(report.text, earlier.start, min(earlier.end, quote.start)) if earlier else None
    after = _stretch(report.text, max(later.start, quote.end), later.end) if later else None
    return Surroundings(citation.marker, before, after, figures)


def _stretch(text: str, start: int, end: int) -> Stretch:
    return Stretch(start, end, text[start:end])


def times(made: datetime) -> dict[str, str]:
    """A moment in UTC and in Vietnam's time, as ISO 8601."""
    return {
        "utc": made.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "vietnam": made.astimezone(_VIETNAM).isoformat(timespec="seconds"),
    }


def digest_of(body: Mapping[str, object]) -> str:
    """SHA-256 over the canonical JSON of a receipt without its digest: keys sorted, no spaces, UTF-8."""
    kept = {key: value for key, value in body.items() if key != "digest"}
    canonical = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def as_json(receipt: Receipt) -> str:
    """The receipt as a JSON file."""
    return written(receipt.to_dict())


def written(body: Mapping[str, object]) -> str:
    """What a JSON receipt's file holds: a receipt read must be written so, to the byte."""
    return json.dumps(body, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
