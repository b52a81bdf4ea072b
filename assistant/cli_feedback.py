"""``assistant feedback``: what users said of answers, summed up, and made an evaluation set."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta, timezone
from pathlib import Path
from typing import TypeVar

from assistant.decoding import printable
from assistant.feedback import Feedback, FeedbackError, Reason, Unreadable, alike, as_line, latest, read
from assistant.settings import Settings
from index.provinces import find_provinces

DONE = 0
_WORST = 10
"""Questions shown whose answers were rated down most often."""
_LONGEST = 300
_UNTOLD = "không rõ"
_VIETNAM = timezone(timedelta(hours=7))
_Parser = TypeVar("_Parser", bound=argparse.ArgumentParser)
_REASONS = {
    Reason.WRONG_FIGURE: "sai số liệu",
    Reason.WRONG_PLACE_OR_YEAR: "nhầm tỉnh hoặc năm",
    Reason.INCOMPLETE: "chưa đủ ý",
    Reason.SHOULD_ABSTAIN: "báo cáo không nói mà vẫn trả lời",
    Reason.SHOULD_ANSWER: "báo cáo có nói mà không trả lời",
    Reason.OTHER: "lý do khác",
    "": "không nêu lý do",
}
_STATUSES = {"answered": "trả lời", "partial": "trả lời một phần", "abstained": "từ chối"}
_NAMES: Mapping[str, Mapping[str, str]] = {"reasons": _REASONS, "statuses": _STATUSES}
_TITLES = {"reasons": "lý do chưa đúng", "statuses": "trạng thái", "provinces": "tỉnh", "weeks": "tuần"}


@dataclass(frozen=True, slots=True)
class Tally:
    """How often answers were rated right, and not."""

    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What users said, counted.

    Attributes:
        total: Of all answers.
        by: By "reasons" (of those rated down), "statuses", "provinces" and "weeks", then by name.
        worst: What was said of each question whose answers were rated down, most often first.
    """

    total: Tally
    by: Mapping[str, Mapping[str, Tally]]
    worst: tuple[tuple[Feedback, ...], ...]


def add_parser(commands: "argparse._SubParsersAction[_Parser]", shared: _Parser) -> None:
    """Add the command to those of ``assistant``."""
    parser = commands.add_parser("feedback", parents=[shared], help="tổng kết góp ý của người dùng về câu trả lời")
    parser.add_argument("file", type=Path, nargs="?", metavar="TỆP", help="tệp góp ý (mặc định: theo cấu hình)")
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")
    parser.add_argument("--eval", type=Path, metavar="TỆP.jsonl", help="ghi thành bộ câu hỏi cho «assistant eval»")
    parser.add_argument("--force", action="store_true", help="ghi đè tệp của --eval")
    parser.set_defaults(command=feedback)


def feedback(options: argparse.Namespace, settings: Settings) -> int:
    """Run ``assistant feedback``; returns the exit code.

    Raises:
        FeedbackError: The feedback cannot be read, or the evaluation set cannot be written.
    """
    source: Path = options.file or settings.feedback_file
    if options.eval:
        _check_target(options.eval, source, options.force)
    entries = list(read(source))
    said = latest(one for one in entries if isinstance(one, Feedback))
    unreadable = [one for one in entries if isinstance(one, Unreadable)]
    for line in unreadable:
        print(f"Bỏ qua dòng {line.line}: {printable(line.reason)}", file=sys.stderr)
    if options.eval:
        from assistant.feedback_questions import set_of  # 150 ms that no other command need wait for

        _write_set(set_of(said), options.eval, options.force)
    summary = summarised(said)
    if options.json:
        print(as_line({**_values(summary), "unreadable": [asdict(line) for line in unreadable]}))
    else:
        print("\n".join(_lines(summary)))
    return DONE


def summarised(said: Sequence[Feedback]) -> Summary:
    """Count what users said; an answer about two provinces counts for both."""
    down = [one for one in said if one.rating == "down"]
    groups = [tuple(group) for group in alike(said) if any(one.rating == "down" for one in group)]
    by = {
        "reasons": _tallies(down, lambda one: [one.reason]),
        "statuses": _tallies(said, lambda one: [one.answer.status]),
        "provinces": _tallies(said, _provinces),
        "weeks": dict(sorted(_tallies(said, _weeks).items())),
    }
    return Summary(_tally(said), by, tuple(sorted(groups, key=lambda group: -_tally(group).down)))


def _tally(said: Sequence[Feedback]) -> Tally:
    up = sum(one.rating == "up" for one in said)
    return Tally(up, len(said) - up)


def _tallies(said: Sequence[Feedback], names: Callable[[Feedback], Iterable[str]]) -> dict[str, Tally]:
    """By name, those with the most ratings first."""
    counted = Counter((name, one.rating) for one in said for name in names(one))
    tallies = {name: Tally(counted[name, "up"], counted[name, "down"]) for name, _ in counted}
    return dict(sorted(tallies.items(), key=lambda item: (-item[1].up - item[1].down, item[0])))


def _provinces(one: Feedback) -> list[str]:
    """The provinces of the reports cited; of an abstention, those the question names."""
    cited = [citation.province for citation in one.answer.citations if citation.province]
    named = cited or [place.name for place in find_provinces(one.answer.question, typed=True)]
    return list(dict.fromkeys(named)) or [""]


def _weeks(one: Feedback) -> list[str]:
    """The ISO week, by Vietnam's time: "2026-W09"."""
    year, week, _ = one.made.astimezone(_VIETNAM).isocalendar()
    return [f"{year:04}-W{week:02}"]


def _values(summary: Summary) -> dict[str, object]:
    return {
        **asdict(summary.total),
        **{name: {key: asdict(tally) for key, tally in tallies.items()} for name, tallies in summary.by.items()},
        "questions": [
            {
                "question": group[-1].answer.question,
                "history": [asdict(turn) for turn in group[-1].history],
                **asdict(_tally(group)),
                "answers": [
                    {"status": one.answer.status, "text": one.answer.text, "reason": one.reason, "note": one.note}
                    for one in group
                    if one.rating == "down"
                ],
            }
            for group in summary.worst
        ],
    }


def _lines(summary: Summary) -> Iterator[str]:
    total = summary.total
    yield f"{total.up + total.down} góp ý: {total.up} đúng, {total.down} chưa đúng."
    for name, tallies in summary.by.items():
        if tallies:
            yield f"Theo {_TITLES[name]}:"
        for key, tally in tallies.items():
            shown = printable(_NAMES.get(name, {}).get(key, key)) or _UNTOLD
            up = "" if name == "reasons" else f"{tally.up} đúng, "
            yield f"  {shown:33} {up}{tally.down} chưa đúng"
    if summary.worst:
        yield "Câu hỏi bị đánh giá chưa đúng nhiều nhất:"
    for number, group in enumerate(summary.worst[:_WORST], start=1):
        yield from _question_lines(number, group)


def _question_lines(number: int, group: Sequence[Feedback]) -> Iterator[str]:
    tally, last = _tally(group), group[-1]
    yield f"{number}. {_shown(last.answer.question)} ({tally.down} chưa đúng, {tally.up} đúng)"
    if before := [turn.content for turn in last.history if turn.role == "user"]:
        yield f"   hỏi tiếp sau: {_shown(before[-1])}"
    texts = dict.fromkeys(one.answer.text for one in group if one.rating == "down")
    for text in texts:
        yield f"   đã trả lời: {_shown(text)}"
        for one in group:
            if one.rating == "down" and one.answer.text == text and (one.reason or one.note):
                yield f"     – {_REASONS[one.reason]}{': ' if one.note else ''}{_shown(one.note)}"


def _shown(text: str) -> str:
    clean = printable(text)
    return clean if len(clean) <= _LONGEST else f"{clean[: _LONGEST - 1]}…"


def _check_target(target: Path, source: Path, force: bool) -> None:
    """See that an evaluation set can be written, before anything is read.

    Raises:
        FeedbackError: The file is there already, is the feedback itself, or its folder is not there.
    """
    name = printable(str(target))
    if target.is_dir() or not target.parent.is_dir():
        raise FeedbackError(f"Không ghi được bộ câu hỏi '{name}': hãy chỉ một tệp trong thư mục đã có.")
    if target.exists() and source.exists() and target.samefile(source):
        raise FeedbackError(f"'{name}' chính là tệp góp ý: hãy ghi bộ câu hỏi ra tệp khác.")
    if target.exists() and not force:
        raise FeedbackError(f"Đã có tệp '{name}': hãy chỉ tệp khác, hoặc thêm --force để ghi đè.")


def _write_set(rows: Sequence[Mapping[str, object]], target: Path, force: bool) -> None:
    if not rows:
        raise FeedbackError("Không có góp ý nào để lập bộ câu hỏi: hãy chỉ tệp góp ý khác.")
    text = "".join(f"{as_line(row)}\n" for row in rows)
    try:
        with target.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:  # made since it was looked for
        name = printable(str(target))
        raise FeedbackError(f"Đã có tệp '{name}': hãy chỉ tệp khác, hoặc thêm --force để ghi đè.") from error
    waiting = sum("review" in row for row in rows)
    told = f"Đã ghi {len(rows)} câu hỏi vào {printable(str(target))}, trong đó {waiting} câu chờ người xem lại."
    print(told, file=sys.stderr)
