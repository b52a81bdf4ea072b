"""Fuzz the readers of files of strangers with atheris, each for FUZZ_SECONDS (60); ``make fuzz`` runs all.

    python -m tests.fuzz.run [TARGET …]

Each target runs in a process of its own, as many at once as there are cores. It goes on after a fault; one input for
each different fault is kept in ``tests/fuzz/found/TARGET/``, and the exit code is 1 when there is a new one.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from tests.fuzz.targets import FOUND, TARGETS

_RAN = re.compile(r"stat::number_of_executed_units: (\d+)")
_TOLD_CHARS = 6_000


def main() -> int:
    """Run the targets named, or all."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return int(not all(list(pool.map(_holds, sys.argv[1:] or TARGETS))))


def _holds(name: str) -> bool:
    """Run one target, tell what came of it, and whether no new fault was found."""
    (FOUND / name).mkdir(parents=True, exist_ok=True)
    before = set((FOUND / name).iterdir())
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as corpus:
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.one", name, corpus, os.environ.get("FUZZ_SECONDS", "60")],
            check=False, capture_output=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
    found = sorted(set((FOUND / name).iterdir()) - before)
    ran = _RAN.search(done.stderr)
    inputs = f"{int(ran.group(1)):,} inputs" if ran else "broken off"
    print(f"{name}: {inputs} in {time.monotonic() - began:.0f} s, new faults: {len(found)}", flush=True)
    if found or not ran:
        told = done.stderr.rpartition("INFO: Instrumenting")[2][-_TOLD_CHARS:]
        print(*map(str, found), told, sep="\n", file=sys.stderr, flush=True)
    if not before and not found:
        (FOUND / name).rmdir()
    return ran is not None and not found


if __name__ == "__main__":
    sys.exit(main())
