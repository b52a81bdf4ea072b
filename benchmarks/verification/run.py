"""Measure how well altered answers are told from true ones: ``python -m benchmarks.verification.run``."""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from assistant import Assistant, Settings
from assistant.backing import Backing
from assistant.types import Answer, Citation
from assistant.verify import verify_answer
from benchmarks.quality import ROOT
from benchmarks.verification.alterations import ALTERATIONS, HARDER, alterations
from benchmarks.verification.phrasings import true_answers
from index.types import Report

_HERE = ROOT / "benchmarks" / "verification"
_SEED = 20
_TIMES = 3
"""Alterations of each kind made of each answer."""
_NAMED = ("digit", "swap", "decimal", "unit", "scale", "province", "year", "target", "direction", "name", "precision")
"""The kinds of written statements whose alteration is of what verification promises to look at."""
SETS = {
    "bundled": (ROOT / "reports", ROOT / "tests" / "bundled_questions.jsonl"),
    "unseen": (ROOT / "benchmarks/unseen/reports", ROOT / "benchmarks/unseen/questions.jsonl"),
    "unseen second": (ROOT / "benchmarks/unseen_second/reports", ROOT / "benchmarks/unseen_second/questions.jsonl"),
    "unseen third": (ROOT / "benchmarks/unseen_third/reports", ROOT / "benchmarks/unseen_third/questions.jsonl"),
}


@dataclass
class Tally:
    """Verdicts counted by kind of answer.

    Attributes:
        show: How many wrong verdicts of each kind are printed.
    """

    show: int
    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)

    def judge(self, kind: str, answer: Answer, holds: bool, reports: Mapping[str, Report], backing: Backing) -> bool:
        """Verify an answer, and count whether it is kept as it should be, or rejected; whether it holds."""
        began = time.perf_counter()
        told = verify_answer(answer, reports, backing)
        self.milliseconds.append((time.perf_counter() - began) * 1000)
        self.total[kind] += 1
        self.right[kind] += told.holds is holds
        if told.holds is not holds and self.total[kind] - self.right[kind] <= self.show:
            print(
                f"{kind}: {answer.text!r}\n    {[c.quote for c in answer.citations]}\n    {told.reasons}",
                file=sys.stderr,
            )
        return told.holds

    def share(self, kinds: list[str]) -> float:
        """Share of right verdicts over some kinds."""
        return round(sum(self.right[k] for k in kinds) / max(1, sum(self.total[k] for k in kinds)), 4)


def answered(bot: Assistant, questions: Path) -> Iterator[Answer]:
    """The answers with citations that a set of questions gets."""
    for line in questions.read_text("utf-8").splitlines():
        row = json.loads(line)
        answer = bot.answer(row["question"], row["history"])
        if answer.citations:
            yield answer


def written(reports: Mapping[str, Report]) -> Iterator[tuple[str, bool, Answer]]:
    """Statements that people wrote without seeing the program, true ones and ones altered in one thing."""
    for line in (_HERE / "written.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        report = reports.get(row["report"])
        if report is None:
            continue
        start = report.text.index(row["quote"])
        end = start + len(row["quote"])
        citation = Citation(
            1, report.path, report.title, report.province, report.year, report.source, start, end, row["quote"],
            report.sha256,
        )  # fmt: skip
        answer = Answer("", row["text"], "answered", (citation,), (), (), "written", 0.0)
        yield f"written, {row['set']}: {row['kind']}", row["true"], answer


def measure(tally: Tally) -> None:
    """Alter every answer in every way, say every figure in five ways, and judge what others wrote."""
    rng = random.Random(_SEED)
    for folder, questions in SETS.values():
        with tempfile.TemporaryDirectory(prefix="verification-") as index:
            bot = Assistant.open(Settings(reports_dir=folder, index_dir=Path(index)))
        reports, backing = bot.index.reports, bot.backing
        for answer in answered(bot, questions):
            if tally.judge("true: our own answers", answer, True, reports, backing):
                for altered in (one for _ in range(_TIMES) for one in alterations(answer, reports, rng)):
                    tally.judge(f"altered: {altered.kind}", altered.answer, False, reports, backing)
        for said in true_answers(reports, list(bot.index.passages)):
            for number, answer in enumerate(said, start=1):
                tally.judge(f"true: phrasing {number}", answer, True, reports, backing)
        for kind, true, answer in written(reports):
            tally.judge(kind, answer, true, reports, backing)


def main() -> None:
    """Measure, print the figures and write them as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verification.run")
    parser.add_argument("--out", type=Path, default=_HERE / "results.json", help="file for the figures")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N wrong verdicts of each kind")
    options = parser.parse_args()
    tally = Tally(options.show)
    measure(tally)
    kinds = sorted(tally.total)
    altered = [f"altered: {kind}" for kind in ALTERATIONS if kind not in HARDER]
    by_hand = [kind for kind in kinds if kind.startswith("written")]
    summary = {
        "rejected": tally.share(altered),
        "altered": sum(tally.total[k] for k in altered),
        "rejected_of_harder_ones": tally.share([f"altered: {kind}" for kind in HARDER]),
        "kept": tally.share([k for k in kinds if k.startswith("true")]),
        "written_kept": tally.share([k for k in by_hand if k.endswith(": true")]),
        "written_rejected_of_what_is_promised": tally.share([k for k in by_hand if k.rpartition(": ")[2] in _NAMED]),
        "written_rejected": tally.share([k for k in by_hand if not k.endswith(": true")]),
        "median_ms": round(median(tally.milliseconds), 2),
    }
    for kind in kinds:
        print(f"{kind:48} {tally.right[kind]:6}/{tally.total[kind]:<6} {tally.share([kind]):.4f}")
    print(json.dumps(summary))
    rows = [{"kind": kind, "right": tally.right[kind], "total": tally.total[kind]} for kind in kinds]
    told = {"command": "python -m benchmarks.verification.run", "date": datetime.now(UTC).date().isoformat()}
    options.out.write_text(json.dumps({**told, **summary, "rows": rows}, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
