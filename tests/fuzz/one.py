"""Fuzz one target: ``python -m tests.fuzz.one TARGET CORPUS SECONDS``; see ``tests.fuzz.run``."""

import hashlib
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

# a timed target is not slowed down by counting what it comes through
_WATCHED = ["index.tables"] if sys.argv[1:2] == ["repeated"] else ["index", "assistant", "docx", "justext"]
with atheris.instrument_imports(include=_WATCHED):
    from tests.fuzz.targets import FOUND, SECONDS, TARGETS

_MAX_BYTES = 40_000
_MAX_MEGABYTES = 2_000
"""Of memory: as much as the sandbox gives a converter."""
_STOP_SECONDS = 60
"""After which an input that does not end is broken off, however busy the machine is."""


def main() -> None:
    """Run the target until libFuzzer ends this process."""
    _, name, corpus, seconds = sys.argv
    for number, seed in enumerate(TARGETS[name].seeds):
        (Path(corpus) / str(number)).write_bytes(seed)
    options = [
        *(f"-max_total_time={seconds}", f"-max_len={_MAX_BYTES}", f"-timeout={_STOP_SECONDS}"),
        *(
            f"-rss_limit_mb={_MAX_MEGABYTES}",
            f"-artifact_prefix={FOUND / name}/",
            "-print_final_stats=1",
            "-report_slow_units=600",
        ),
    ]
    atheris.Setup([sys.argv[0], *options, corpus, str(FOUND / name)], _kept(FOUND / name, TARGETS[name].run))
    atheris.Fuzz()


def _kept(folder: Path, run: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The target, going on after faults; of those at one place, the first input is kept."""
    known: set[str] = set()

    def one_input(data: bytes) -> None:
        began = time.process_time()
        place = told = ""
        try:
            run(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
            frames = traceback.extract_tb(error.__traceback__)
            place = f"{type(error).__name__} {[(frame.filename, frame.lineno) for frame in frames[-3:]]}"
            told = "".join(traceback.format_exception(error, limit=-6))
        took = time.process_time() - began
        if not place and took > SECONDS:
            place, told = "slow", f"took {took:.1f} s"
        if place and place not in known:
            known.add(place)
            kept = folder / hashlib.sha256(data).hexdigest()[:16]
            kept.write_bytes(data)
            print(f"{kept}: {told}", file=sys.stderr, flush=True)

    return one_input


if __name__ == "__main__":
    main()
