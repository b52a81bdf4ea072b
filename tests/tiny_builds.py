"""Builds of two tiny reports with a model that costs nothing; as a program it breaks them off at every moment.

``python tests/tiny_builds.py WHAT FOLDER [SEED]`` prints one JSON object, see ``_RUNS``; it forks, which a process with
threads, as that of the tests, had better not.
"""

import hashlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from types import FrameType

import numpy as np
import pytest
from tqdm import tqdm

from index import build as build_module
from index import make, reuse, store
from index.build import BuildSummary, build
from index.embed import Vectors
from index.generation import Generation
from index.opened import Index
from index.prepare import prepare
from index.sandbox import sandbox
from index.split import windows

LAI_CHAU = "Sở họp tổng kết năm 2021\n\nLai Châu có {} trạm BTS. Doanh thu bưu chính đạt 42,5 tỷ đồng.\n"
SON_LA = "Sở họp tổng kết năm 2022\n\nSơn La có 1.336 trạm BTS, phủ sóng tới 99,2% dân số.\n"
HA_GIANG = "Sở họp tổng kết năm 2022\n\nToàn tỉnh Hà Giang có 1.742 trạm BTS.\n"
OLD = {"lai-chau.txt": LAI_CHAU.format("905"), "son-la.txt": SON_LA}
NEW = {"ha-giang.txt": HA_GIANG, "lai-chau.txt": LAI_CHAU.format("1.906")}
CRASHED, FULL = 7, 3
KILLS = 20
"""Builds killed in each phase."""


class FakeEmbedder:
    """A vector of its own for each text."""

    dimension = 8

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [np.frombuffer(hashlib.sha256(text.encode()).digest()[:8], dtype=np.uint8) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), 8) + 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def use_fake_model(patch: pytest.MonkeyPatch) -> None:
    """Let builds embed with ``FakeEmbedder``."""
    patch.setattr(make, "passage_embedder", lambda name: FakeEmbedder())
    patch.setattr(make, "token_table", lambda name: None)
    patch.setattr(sandbox.SHARED, "prepare", prepare)  # a process each for hundreds of builds would take minutes
    for module in (build_module, reuse):
        patch.setattr(module, "fingerprint", lambda name: f"print of {name}")


def put(folder: Path, reports: dict[str, str]) -> Path:
    """Make a folder hold these reports alone."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in reports:
            path.unlink()
    for name, text in reports.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def held(index_dir: Path) -> dict[str, str] | None:
    """The reports of an index, which is seen to be whole and right."""
    index = store.read(index_dir)
    return None if index is None else right(index)


def right(index: Index) -> dict[str, str]:
    """The reports of an index whose passages, vectors, words and figures are seen to be theirs."""
    texts = {path: report.text for path, report in index.reports.items()}
    windowed = [texts[p.report][w.start : w.end] for p in index.passages for w in windows(p)]
    assert np.allclose(index.vectors(), FakeEmbedder().encode(windowed))
    for position, passage in enumerate(index.passages):
        assert position in index.passages_with(index.text(passage))
    assert [figure.report for figure in index.figures] == sorted(figure.report for figure in index.figures)
    assert {figure.report for figure in index.figures} == set(texts)
    for figure in index.figures:
        assert " ".join(texts[figure.report][figure.start : figure.end].split()) == figure.written
    return texts


def left_over(index_dir: Path) -> list[str]:
    """What lies in an index folder beside the generations served now and before."""
    names = [path.name for path in (index_dir / "generations").iterdir()]
    extra = [name for name in names if name.startswith("unfinished")] + names[2:]
    return extra + [path.name for path in index_dir.iterdir() if path.name not in ("current", "generations", "lock")]


_CHANGES = {"fsync", "ftruncate", "mkdir", "open", "rename", "replace", "rmdir", "unlink", "write"}
_OF_FILES = {"close", "flush", "truncate", "write", "writelines"}


class _Crash:
    """A profile function that ends the process before its n-th call to change something on the disk.

    Between two writes into one buffer nothing happens there: they are one call.
    """

    def __init__(self, at: int) -> None:
        self.calls = 0
        self._at = at
        self._written: object = None

    def __call__(self, frame: FrameType, event: str, called: object) -> None:
        if event != "c_call":
            return
        name, owner = getattr(called, "__name__", ""), getattr(called, "__self__", None)
        of_system = getattr(owner, "__name__", "") in ("posix", "_io", "io") and name in _CHANGES
        of_file = isinstance(owner, io.IOBase) and name in _OF_FILES and not owner.closed and owner.writable()
        reads = name == "open" and str(frame.f_locals.get("mode", "w")).startswith("r")
        again = of_file and name == "write" and owner is self._written
        if (of_system and not reads) or (of_file and not again) or name == "tofile":
            self._written = owner
            self.calls += 1
            if self.calls == self._at:
                os._exit(CRASHED)


def _forked(work: Callable[[], object]) -> int:
    """Do something in a process of its own; gives its exit code."""
    child = os.fork()
    if not child:
        try:
            work()
        except OSError:
            os._exit(FULL)
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Bench:
    """Reports that changed since they were indexed, and copies of that index to break.

    Args:
        folder: To work in.
        first: Whether there is no index yet.
    """

    def __init__(self, folder: Path, first: bool = False) -> None:
        self.reports = put(folder / "reports", OLD)
        self.index_dir = folder / "index"
        self._old = folder / "old"
        self._before = None if first else OLD
        self._old.mkdir()
        if not first:
            build(self.reports, self._old, "fake")
        put(self.reports, NEW)
        self.told = {"old": 0, "new": 0}

    def restore(self) -> None:
        """Take the old index again."""
        shutil.rmtree(self.index_dir, ignore_errors=True)
        shutil.copytree(self._old, self.index_dir)

    def build(self) -> BuildSummary:
        """Index the reports of now."""
        return build(self.reports, self.index_dir, "fake")

    def check(self) -> None:
        """The index is the old one or the new one, whole, and the next build makes it the new one."""
        found = held(self.index_dir)
        assert found in (self._before, NEW), found
        self.told["new" if found == NEW else "old"] += 1
        self.build()
        assert held(self.index_dir) == NEW
        assert left_over(self.index_dir) == []


def crash_everywhere(folder: Path, seed: int) -> dict[str, int]:
    """End a build before each of its calls that change the disk, in turn."""
    points = {"old": 0, "new": 0, "calls": 0}
    for first in (False, True):
        (part := folder / str(first)).mkdir()
        bench = Bench(part, first)
        for at in range(1, 10_000):
            bench.restore()
            crash = _Crash(at)

            def broken_off(bench: Bench = bench, crash: _Crash = crash) -> None:
                sys.setprofile(crash)
                bench.build()

            code = _forked(broken_off)
            assert code in (0, CRASHED), code
            bench.check()
            if not code:
                break
        points = {key: points[key] + count for key, count in {**bench.told, "calls": at - 1}.items()}
    return points


class _Watched:
    """A bench whose builds, in processes of their own, tell what they come to: reading, embedding, writing, the end."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._reader, self._writer = os.pipe()

    def begin(self) -> int:
        """Begin a build; gives the process."""
        self._bench.restore()
        if child := os.fork():
            return child
        encode, write = FakeEmbedder.encode, store.write

        def slowly(embedder: FakeEmbedder, texts: Sequence[str]) -> Vectors:
            os.write(self._writer, b"e")
            time.sleep(0.01)
            return encode(embedder, texts)

        def told(index_dir: Path, generation: Generation) -> None:
            os.write(self._writer, b"w")
            write(index_dir, generation)

        FakeEmbedder.encode, store.write = slowly, told  # type: ignore[method-assign]
        os.write(self._writer, b"r")
        self._bench.build()
        os.write(self._writer, b".")
        os._exit(0)

    def wait(self, phase: str) -> None:
        """Wait until it comes to a phase."""
        while os.read(self._reader, 1) != phase.encode():
            pass

    def spans(self) -> dict[str, float]:
        """The seconds that each phase takes."""
        child, moments = self.begin(), []
        for phase in "rew.":
            self.wait(phase)
            moments.append(time.perf_counter())
        self.end(child)
        return {phase: end - begin for phase, (begin, end) in zip("rew", pairwise(moments), strict=True)}

    def end(self, child: int) -> bool:
        """Kill it; gives whether it was not done yet."""
        os.kill(child, signal.SIGKILL)
        killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        os.write(self._writer, b"|")
        self.wait("|")
        return killed


def kill_at_random(folder: Path, seed: int) -> dict[str, int]:
    """Kill builds at random moments of reading, embedding and writing."""
    chance = random.Random(seed)
    bench = Bench(folder)
    watched = _Watched(bench)
    runs = [watched.spans() for _ in range(3)]
    spans = {phase: min(run[phase] for run in runs) for phase in runs[0]}
    kills = dict.fromkeys(spans, 0)
    for phase in spans:
        for _ in range(10 * KILLS):  # on a busy machine some are done before they are killed
            if kills[phase] == KILLS:
                break
            child = watched.begin()
            watched.wait(phase)
            time.sleep(chance.uniform(0, spans[phase]))
            kills[phase] += watched.end(child)
            bench.check()
    return {**bench.told, **kills}


def fill(folder: Path, seed: int) -> dict[str, int]:
    """Build where no file may grow over some number of bytes, from none to more than the index has."""
    import resource

    bench = Bench(folder)
    chance = random.Random(seed)
    for limit in sorted({0, 1, 1_000_000, *(chance.randrange(6_000) for _ in range(20))}):

        def limited(limit: int = limit) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            bench.build()

        bench.restore()
        code = _forked(limited)
        assert code in (0, FULL), code
        found = held(bench.index_dir)
        assert found == (OLD if code else NEW), found
        assert left_over(bench.index_dir) == []
        bench.check()
    return bench.told


def hold(folder: Path, seed: int) -> dict[str, int]:
    """Build the new index, but stop before anything is embedded, until a line is read."""
    told: list[str] = []

    def stop(done: int, total: int) -> None:
        if not told:
            told.append("holding")
            print("holding", flush=True)
            sys.stdin.readline()

    summary = build(folder / "reports", folder / "index", "fake", stop)
    return {"added": len(summary.added), "changed": len(summary.changed)}


_RUNS = {run.__name__: run for run in (crash_everywhere, kill_at_random, fill, hold)}


def started(what: Callable[[Path, int], dict[str, int]], folder: Path, seed: int = 0) -> "subprocess.Popen[str]":
    """This program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, __file__, what.__name__, folder, str(seed)], text=True, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


if __name__ == "__main__":
    tqdm.set_lock(threading.RLock())  # its own is shared with forked processes, and would be held by one killed
    tqdm.monitor_interval = 0
    use_fake_model(pytest.MonkeyPatch())
    print(json.dumps(_RUNS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
