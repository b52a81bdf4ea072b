"""Reports that change before, while and after they are read: noticed, never half of one, never lost."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tiny_builds import HA_GIANG, LAI_CHAU, OLD, SON_LA, held, put, use_fake_model

from index import build as build_module
from index import changes
from index.build import build, is_current
from index.changes import as_it_is, is_same
from index.load import list_files
from index.report import read_reports
from index.store import read_manifest
from index.types import Prepared, SkippedFile

DAY_NS = 24 * 3600 * 10**9
FILE = "lai-chau.txt"


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use_fake_model(monkeypatch)
    return put(tmp_path / "reports", OLD)


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], object]], None]:
    """Lets something happen each time a report was just read, given its path."""

    def on_reading(happens: Callable[[str], object]) -> None:
        def read(folder: Path, path: str) -> Iterator[Prepared | SkippedFile]:
            yield from list(read_reports(folder, path))
            happens(path)

        monkeypatch.setattr(build_module, "read_reports", read)

    return on_reading


def settle(monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    """Let the clock go on, or back."""
    now = time.time_ns
    monkeypatch.setattr(changes.time, "time_ns", lambda: now() + hours * DAY_NS // 24)


def change(path: Path, old: str, new: str) -> None:
    """Change a report, its size and its time of change as before."""
    about = path.stat()
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (about.st_size, about.st_mtime_ns)


@pytest.mark.parametrize("hours", [0, 1, -1], ids=["just now", "an hour later", "the clock set back"])
def test_a_change_that_keeps_size_and_time_is_noticed(
    reports: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    with monkeypatch.context() as clock:
        settle(clock, hours)
        build(reports, index_dir, "fake")
    assert is_current(reports, index_dir, "fake")
    time.sleep(0.02)  # the system's clock of files ticks every few milliseconds
    change(reports / FILE, "905", "906")
    assert not is_current(reports, index_dir, "fake")
    assert build(reports, index_dir, "fake").changed == (FILE,)
    assert held(index_dir) == {**OLD, FILE: LAI_CHAU.format("906")}


@pytest.mark.parametrize("seconds", [0, 2**31, 2**33], ids=["1970", "2038", "2242"])
def test_times_far_away_neither_hide_a_change_nor_make_one(reports: Path, index_dir: Path, seconds: int) -> None:
    os.utime(reports / FILE, (seconds, seconds))
    build(reports, index_dir, "fake")
    assert is_current(reports, index_dir, "fake")
    change(reports / FILE, "905", "906")
    assert not is_current(reports, index_dir, "fake")


def test_another_file_put_in_place_is_noticed(reports: Path, index_dir: Path) -> None:
    build(reports, index_dir, "fake")
    about = (reports / FILE).stat()
    (reports / "other").write_text(LAI_CHAU.format("906"), "utf-8")
    os.utime(reports / "other", ns=(about.st_atime_ns, about.st_mtime_ns))
    (reports / "other").replace(reports / FILE)
    assert not is_current(reports, index_dir, "fake")


def test_a_file_changed_within_a_tick_of_the_clock_is_known_by_its_bytes(
    reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert as_it_is(reports, FILE).ctime_ns == 0
    settle(monkeypatch, 1)
    settled = as_it_is(reports, FILE)
    assert settled.ctime_ns == (reports / FILE).stat().st_ctime_ns
    monkeypatch.setattr(changes, "digest_of", lambda path: pytest.fail("its bytes were read"))
    assert is_same(reports, settled)


def test_a_file_of_the_same_bytes_is_the_same_wherever_it_lies(reports: Path, index_dir: Path) -> None:
    build(reports, index_dir, "fake")
    text = (reports / FILE).read_bytes()
    (reports / FILE).unlink()
    (reports / FILE).write_bytes(text)
    assert is_current(reports, index_dir, "fake")


def test_a_file_that_is_gone_is_without_a_digest(reports: Path) -> None:
    indexed = as_it_is(reports, FILE)
    (reports / FILE).unlink()
    assert as_it_is(reports, FILE).digest == ""
    assert not is_same(reports, indexed)


def test_a_report_changed_while_it_is_read_is_read_again(
    reports: Path, index_dir: Path, meanwhile: Callable[[Callable[[str], object]], None]
) -> None:
    rewritten: list[str] = []

    def happens(path: str) -> None:
        if path == FILE and not rewritten:
            rewritten.append(path)
            change(reports / FILE, "905", "906")

    meanwhile(happens)
    build(reports, index_dir, "fake")
    assert held(index_dir) == {**OLD, FILE: LAI_CHAU.format("906")}
    assert is_current(reports, index_dir, "fake")


def test_a_report_that_goes_on_changing_is_left_out_and_tried_again(
    reports: Path,
    index_dir: Path,
    meanwhile: Callable[[Callable[[str], object]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build(reports, index_dir, "fake")
    count = iter(range(100, 1_000))

    def happens(path: str) -> None:
        if path == FILE:
            (reports / FILE).write_text(LAI_CHAU.format(next(count)), "utf-8")

    happens(FILE)
    with monkeypatch.context():
        meanwhile(happens)
        summary = build(reports, index_dir, "fake")
    assert summary.skipped == (SkippedFile(FILE, "tệp đang được ghi; hãy lập lại chỉ mục khi ghi xong"),)
    assert held(index_dir) == {"son-la.txt": SON_LA}
    monkeypatch.setattr(build_module, "read_reports", read_reports)
    assert not is_current(reports, index_dir, "fake")
    assert build(reports, index_dir, "fake").added == (FILE,)
    assert held(index_dir) == {**OLD, FILE: LAI_CHAU.format(next(count) - 1)}


@pytest.mark.parametrize(
    ("happens", "then"),
    [
        (lambda folder: (folder / FILE).unlink(), {"son-la.txt": SON_LA}),
        (lambda folder: (folder / FILE).rename(folder / "z.txt"), {"son-la.txt": SON_LA, "z.txt": OLD[FILE]}),
        (lambda folder: change(folder / FILE, "905", "906"), {**OLD, FILE: LAI_CHAU.format("906")}),
        (lambda folder: (folder / "a.txt").write_text(HA_GIANG, "utf-8"), {"a.txt": HA_GIANG, **OLD}),
    ],
    ids=["removed", "renamed", "changed", "added"],
)
def test_what_happens_after_the_reports_were_read_is_noticed_at_the_next_opening(
    reports: Path, index_dir: Path, happens: Callable[[Path], object], then: dict[str, str]
) -> None:
    once: list[Callable[[Path], object]] = [happens]
    build(reports, index_dir, "fake", lambda done, total: once.pop()(reports) if once and done == total else None)
    assert held(index_dir) == OLD
    assert not is_current(reports, index_dir, "fake")
    build(reports, index_dir, "fake")
    assert held(index_dir) == then
    assert is_current(reports, index_dir, "fake")


def test_a_report_removed_or_renamed_while_others_are_read_is_noticed(
    reports: Path, index_dir: Path, meanwhile: Callable[[Callable[[str], object]], None]
) -> None:
    def happens(path: str) -> None:
        if path == FILE and (reports / "son-la.txt").exists():
            (reports / "son-la.txt").rename(reports / "z.txt")

    meanwhile(happens)
    build(reports, index_dir, "fake")
    assert held(index_dir) == {FILE: OLD[FILE]}
    assert not is_current(reports, index_dir, "fake")
    build(reports, index_dir, "fake")
    assert held(index_dir) == {FILE: OLD[FILE], "z.txt": SON_LA}


def test_a_folder_that_changes_while_it_is_listed_is_listed_again(
    reports: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vanished = iter([True, True])

    def listed(folder: Path) -> object:
        if next(vanished, False):
            raise FileNotFoundError(2, "No such file or directory", "gone")
        return list_files(folder)

    monkeypatch.setattr(build_module, "list_files", listed)
    assert build(reports, index_dir, "fake").added == tuple(OLD)


def test_while_reports_come_and_go_every_index_holds_whole_ones(reports: Path, index_dir: Path) -> None:
    stop = threading.Event()
    versions = {LAI_CHAU.format(number) for number in range(900, 1_000)} | {SON_LA, HA_GIANG}

    def edit() -> int:
        number = 0
        while not stop.is_set():
            number += 1
            (reports / "new").write_text(LAI_CHAU.format(900 + number % 100), "utf-8")
            (reports / "new").replace(reports / FILE)
            if number % 3:
                (reports / "ha-giang.txt").write_text(HA_GIANG, "utf-8")
            else:
                (reports / "ha-giang.txt").unlink(missing_ok=True)
            time.sleep(0.003)
        return number

    with ThreadPoolExecutor(1) as threads:
        editing = threads.submit(edit)
        try:
            for _ in range(15):
                build(reports, index_dir, "fake")
                found = held(index_dir)
                assert found is not None
                assert "son-la.txt" in found
                assert set(found.values()) <= versions
        finally:
            stop.set()
        assert editing.result(60) > 15
    (reports / "new").unlink(missing_ok=True)
    build(reports, index_dir, "fake")
    assert held(index_dir) == {path.name: path.read_text("utf-8") for path in sorted(reports.iterdir())}
    manifest = read_manifest(index_dir)
    assert manifest is not None
    assert manifest.skipped == ()
