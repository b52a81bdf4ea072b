import errno
import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from index import lock
from index.build import BuildSummary, build
from index.errors import IndexLockError
from index.lock import building

WAIT_S = 60
flocks = pytest.mark.skipif(sys.platform == "win32", reason="files are locked in another way there")


@contextmanager
def held_elsewhere(folder: Path) -> Iterator[None]:
    """Another thread holds the lock."""
    taken, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with building(folder):
            taken.set()
            assert let_go.wait(WAIT_S)

    with ThreadPoolExecutor(1) as threads:
        holder = threads.submit(hold)
        assert taken.wait(WAIT_S)
        try:
            yield
        finally:
            let_go.set()
            holder.result(WAIT_S)


def test_one_builds_at_a_time(tmp_path: Path) -> None:
    inside: list[int] = []

    def work(number: int) -> None:
        with building(tmp_path):
            inside.append(number)
            assert len(inside) == 1
            time.sleep(0.01)
            inside.remove(number)

    with ThreadPoolExecutor(5) as threads:
        for call in [threads.submit(work, number) for number in range(10)]:
            call.result(WAIT_S)


def test_nobody_is_waited_for_where_nobody_builds(tmp_path: Path) -> None:
    told: list[str] = []
    for _ in range(2):
        with building(tmp_path / "chỉ mục" / "mới", told.append, wait_s=0):
            pass
    assert told == []


def test_who_builds_too_long_is_told_with_the_remedy(tmp_path: Path) -> None:
    told: list[str] = []
    with (
        held_elsewhere(tmp_path),
        pytest.raises(
            IndexLockError,
            match=r"^Tiến trình này vẫn đang lập chỉ mục ở '.*' sau 0 giây: hãy chạy lại khi việc ấy xong, hoặc dừng",
        ),
        building(tmp_path, told.append, wait_s=0.05),
    ):
        pytest.fail("two build")
    assert told == [f"Tiến trình này đang lập chỉ mục ở {str(tmp_path)!r}: chờ, tối đa 0 giây …"]
    with building(tmp_path, wait_s=0):
        pass


def test_an_error_while_building_lets_go(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken off"), building(tmp_path):
        raise ValueError("broken off")
    with building(tmp_path, wait_s=0):
        pass


def test_a_process_forked_meanwhile_does_not_go_on_holding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open
    inherited: list[int] = []

    def open_twice(path: Path, flags: int, mode: int) -> int:
        descriptor = opened(path, flags, mode)
        inherited.append(os.dup(descriptor))
        return descriptor

    with monkeypatch.context() as forking:
        forking.setattr(os, "open", open_twice)
        with building(tmp_path):
            pass
    with building(tmp_path, wait_s=0):
        pass
    os.close(inherited[0])


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (b"4711 " + os.uname().nodename.encode() if hasattr(os, "uname") else b"", "Tiến trình 4711 đang"),
        (b"4711 m\xc3\xa1y kh\xc3\xa1c", "Tiến trình 4711 ở máy 'máy khác' đang"),
        (b"", "Một tiến trình khác đang"),
        (b"\xff\xfe\0garbage", "Một tiến trình khác đang"),
        (b"9" * 5_000, "Tiến trình 999"),
    ],
    ids=["this machine", "another", "empty", "garbage", "long"],
)
@flocks
def test_who_holds_the_lock_is_told_as_far_as_it_is_known(tmp_path: Path, mark: bytes, told: str) -> None:
    messages: list[str] = []
    with held_elsewhere(tmp_path):
        (tmp_path / lock.NAME).write_bytes(mark)
        with pytest.raises(IndexLockError, match="vẫn đang lập"), building(tmp_path, messages.append, wait_s=0):
            pytest.fail("two build")
    assert messages[0].startswith(told)


@flocks
def test_a_disk_without_locks_is_told_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock.fcntl, "flock", refuse)
    wanted = r"^Không khóa được thư mục chỉ mục '.*' \(No locks available\): hãy đặt ASSISTANT_INDEX_DIR ở ổ đĩa"
    with pytest.raises(IndexLockError, match=wanted), building(tmp_path):
        pytest.fail("it was not locked")


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"), building(tmp_path / "file" / "index"):
        pytest.fail("there is no folder")


def test_opening_waits_for_who_builds_and_builds_nothing_twice(small_reports: Path, tmp_path: Path) -> None:
    settings = Settings(reports_dir=small_reports, index_dir=tmp_path / "index")
    reached, let_go = threading.Event(), threading.Event()
    told: list[str] = []
    built: list[BuildSummary] = []

    def stop(done: int, total: int) -> None:
        reached.set()
        assert let_go.wait(WAIT_S)

    def noticed(message: str) -> None:
        told.append(message)
        let_go.set()

    with ThreadPoolExecutor(1) as threads:
        other = threads.submit(build, small_reports, tmp_path / "index", settings.embedding_model, stop)
        assert reached.wait(WAIT_S)
        bot = Assistant.open(settings, built=built.append, noticed=noticed)
        assert other.result(WAIT_S).added == ("lai-chau.txt", "son-la.md")
    assert told == [f"Tiến trình này đang lập chỉ mục ở {str(tmp_path / 'index')!r}: chờ, tối đa 600 giây …"]
    assert [(summary.added, summary.unchanged) for summary in built] == [((), ("lai-chau.txt", "son-la.md"))]
    assert "905" in bot.answer("Lai Châu có bao nhiêu trạm BTS?").text
