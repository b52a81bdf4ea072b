"""Builds broken off, killed, short of room, and two at once: the old index or the new one is left, whole."""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tiny_builds import (
    KILLS,
    NEW,
    OLD,
    crash_everywhere,
    fill,
    held,
    hold,
    kill_at_random,
    left_over,
    put,
    right,
    started,
    use_fake_model,
)

from index import make, store
from index.build import build
from index.generation import Generation
from index.opened import Index

WAIT_S = 60
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


@pytest.fixture(autouse=True)
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    use_fake_model(monkeypatch)


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: waiting for a disk takes a hundred times as long as a tiny build."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def outcome(what: Callable[[Path, int], dict[str, int]], folder: Path, seed: int = 0) -> dict[str, int]:
    with started(what, folder, seed) as process:
        out, errors = process.communicate(timeout=300)
    assert process.returncode == 0, f"seed {seed}: {errors}"
    return json.loads(out)


@needs_fork
def test_a_build_that_ends_before_any_of_its_calls_to_the_disk_leaves_the_old_index_or_the_new(
    quick_folder: Path,
) -> None:
    told = outcome(crash_everywhere, quick_folder)
    assert told["calls"] > 100
    assert told["old"] + told["new"] == told["calls"] + 2  # each of the two is once let through
    assert told["old"] > 100
    assert told["new"] >= 4  # of both: ended after the swap, and let through


@needs_fork
def test_a_build_killed_at_a_random_moment_leaves_the_old_index_or_the_new(quick_folder: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    told = outcome(kill_at_random, quick_folder, seed)
    assert [told[phase] for phase in "rew"] == [KILLS] * 3
    assert told["old"] >= 2 * KILLS


@needs_fork
def test_a_build_whose_files_may_not_grow_leaves_the_old_index(quick_folder: Path) -> None:
    pytest.importorskip("resource", reason="files cannot be limited here")
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    told = outcome(fill, quick_folder, seed)
    assert told["old"] >= 2
    assert told["new"] >= 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted: {mounted.stderr.decode()}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_full_disk_leaves_the_old_index_and_nothing_else_and_the_next_build_goes_through(
    small_disk: Path, tmp_path: Path
) -> None:
    reports, index_dir = tmp_path / "reports", small_disk / "index"
    failed = 0
    for room in range(0, 200_000, 8_192):
        build(put(reports, OLD), index_dir, "fake")
        put(reports, NEW)
        free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
        (small_disk / "other").write_bytes(b"x" * max(0, free - room))
        try:
            build(reports, index_dir, "fake")
        except OSError:  # how much room is enough is the disk's affair
            failed += 1
            assert held(index_dir) == OLD
            assert left_over(index_dir) == []
        else:
            assert held(index_dir) == NEW
        (small_disk / "other").unlink()
        build(reports, index_dir, "fake")
        assert held(index_dir) == NEW
    assert 3 <= failed <= 20


@pytest.fixture
def holding(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that builds the new index over the old one, and waits in the middle."""
    build(put(tmp_path / "reports", OLD), tmp_path / "index", "fake")
    put(tmp_path / "reports", NEW)
    with started(hold, tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        yield process
        process.kill()


def test_of_two_processes_that_build_the_second_waits_and_finds_all_done(
    tmp_path: Path, holding: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    outputs: list[str] = []

    def let_go(message: str) -> None:
        told.append(message)
        assert held(tmp_path / "index") == OLD
        outputs.append(holding.communicate("\n", timeout=WAIT_S)[0])

    monkeypatch.setattr(make, "passage_embedder", lambda name: pytest.fail("it was embedded twice"))
    summary = build(tmp_path / "reports", tmp_path / "index", "fake", waiting=let_go)
    assert told == [f"Tiến trình {holding.pid} đang lập chỉ mục ở {str(tmp_path / 'index')!r}: chờ, tối đa 600 giây …"]
    assert [json.loads(line) for line in outputs] == [{"added": 1, "changed": 1}]
    assert (summary.added, summary.changed, summary.unchanged) == ((), (), ("ha-giang.txt", "lai-chau.txt"))
    assert held(tmp_path / "index") == NEW


def test_a_builder_that_is_killed_frees_the_one_that_waits(tmp_path: Path, holding: subprocess.Popen[str]) -> None:
    summary = build(tmp_path / "reports", tmp_path / "index", "fake", waiting=lambda message: holding.kill())
    assert (summary.added, summary.changed, summary.removed) == (("ha-giang.txt",), ("lai-chau.txt",), ("son-la.txt",))
    assert held(tmp_path / "index") == NEW
    assert left_over(tmp_path / "index") == []


def test_of_several_threads_that_build_one_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    write = store.write

    def count(folder: Path, generation: Generation) -> None:
        written.append(generation)
        write(folder, generation)

    monkeypatch.setattr(store, "write", count)
    reports = put(tmp_path / "reports", OLD)
    for path in reports.iterdir():
        os.utime(path, (1e9, 1e9))
    with ThreadPoolExecutor(6) as threads:
        calls = [threads.submit(build, reports, tmp_path / "index", "fake") for _ in range(6)]
        added = sorted(call.result(WAIT_S).added for call in calls)
    assert added == [()] * 5 + [("lai-chau.txt", "son-la.txt")]
    assert held(tmp_path / "index") == OLD
    assert len(written) <= 2  # a file of this very moment is looked at once more


def test_who_opens_the_index_while_others_build_gets_a_whole_one(quick_folder: Path) -> None:
    reports, index_dir = quick_folder / "reports", quick_folder / "index"
    build(put(reports, OLD), index_dir, "fake")

    def read_often() -> list[Index]:
        found = [store.read(index_dir)]
        while not done:
            found.append(store.read(index_dir))
        return [index for index in found if index is not None]

    done: list[bool] = []
    with ThreadPoolExecutor(3) as threads:
        readers = [threads.submit(read_often) for _ in range(3)]
        try:
            for number in range(40):
                build(put(reports, (NEW, OLD)[number % 2]), index_dir, "fake")
        finally:
            done.append(True)
        opened = [index for reader in readers for index in reader.result(WAIT_S)]
    assert len(opened) > 40
    assert {json.dumps(right(index)) for index in opened} == {json.dumps(OLD), json.dumps(NEW)}
    assert left_over(index_dir) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
def test_a_build_that_is_interrupted_leaves_the_old_index(tmp_path: Path) -> None:
    build(put(tmp_path / "reports", OLD), tmp_path / "index", "fake")
    put(tmp_path / "reports", NEW)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        build(tmp_path / "reports", tmp_path / "index", "fake", interrupt)
    assert held(tmp_path / "index") == OLD
    build(tmp_path / "reports", tmp_path / "index", "fake")
    assert held(tmp_path / "index") == NEW
