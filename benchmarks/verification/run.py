"""Measure how well altered answers are told from true ones: ``python -m benchmarks.verification.run``."""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from assistant import Assistant, Settings
from assistant.backing import Backing
from assistant.types import Answer
from assistant.verify import verify_answer
from benchmarks.quality import ROOT
from benchmarks.verification.alterations import alterations
from benchmarks.verification.phrasings import true_answers

_RESULTS = ROOT / "benchmarks" / "verification" / "results.json"
_SEED = 20
_TIMES = 3
"""Alterations of each kind made of each answer."""
SETS = {
    "bundled": (ROOT / "reports", ROOT / "tests" / "bundled_questions.jsonl"),
    "unseen": (ROOT / "benchmarks/unseen/reports", ROOT / "benchmarks/unseen/questions.jsonl"),
    "unseen second": (ROOT / "benchmarks/unseen_second/reports", ROOT / "benchmarks/unseen_second/questions.jsonl"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers of one kind were judged right.

    Attributes:
        kind: The alteration, or the way of saying it.
        right: How many were rejected, or of true ones kept.
        total: How many there were.
    """

    kind: str
    right: int
    total: int


def answered(bot: Assistant, questions: Path) -> Iterator[Answer]:
    """The answers with citations that a set of questions gets."""
    for line in questions.read_text("utf-8").splitlines():
        row = json.loads(line)
        answer = bot.answer(row["question"], row["history"])
        if answer.citations:
            yield answer


def main() -> None:
    """Alter every answer in every way, say every figure in five ways, print what is kept and rejected, and write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verification.run")
    parser.add_argument("--out", type=Path, default=_RESULTS, help="file for the figures (default: %(default)s)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N wrong verdicts of each kind")
    options = parser.parse_args()
    rng = random.Random(_SEED)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    times: list[float] = []

    def judge(kind: str, answer: Answer, expected: bool, bot: Assistant, backing: Backing) -> None:
        began = time.perf_counter()
        told = verify_answer(answer, bot.index.reports, backing)
        times.append((time.perf_counter() - began) * 1000)
        total[kind] += 1
        right[kind] += told.holds is expected
        if told.holds is not expected and shown[kind] < options.show:
            shown[kind] += 1
            print(
                f"{kind}: {answer.text!r}\n    {[c.quote for c in answer.citations]}\n    {told.reasons}",
                file=sys.stderr,
            )

    for reports, questions in SETS.values():
        with tempfile.TemporaryDirectory(prefix="verification-") as folder:
            bot = Assistant.open(Settings(reports_dir=reports, index_dir=Path(folder)))
            backing = Backing(bot.index.reports)
            for answer in answered(bot, questions):
                judge("true: our own answers", answer, True, bot, backing)
                if not verify_answer(answer, bot.index.reports, backing).holds:
                    continue
                for altered in (one for _ in range(_TIMES) for one in alterations(answer, bot.index.reports, rng)):
                    judge(altered.kind, altered.answer, False, bot, backing)
            for said in true_answers(bot.index.reports, list(bot.index.passages)):
                for number, answer in enumerate(said, start=1):
                    judge(f"true: phrasing {number}", answer, True, bot, backing)
    tallies = [Tally(kind, right[kind], total[kind]) for kind in sorted(total)]
    altered_kinds = [one for one in tallies if not one.kind.startswith("true")]
    true_kinds = [one for one in tallies if one.kind.startswith("true")]
    rows = [{"kind": one.kind, "right": one.right, "total": one.total} for one in tallies]
    summary = {
        "rejected": sum(one.right for one in altered_kinds) / sum(one.total for one in altered_kinds),
        "altered": sum(one.total for one in altered_kinds),
        "kept": sum(one.right for one in true_kinds) / sum(one.total for one in true_kinds),
        "true": sum(one.total for one in true_kinds),
        "median_ms": round(median(times), 2),
    }
    for one in tallies:
        print(f"{one.kind:24} {one.right:6}/{one.total:<6} {one.right / one.total:.4f}")
    print(json.dumps(summary))
    told = {"command": "python -m benchmarks.verification.run", "date": datetime.now(UTC).date().isoformat()}
    options.out.write_text(json.dumps({**told, **summary, "rows": rows}, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
