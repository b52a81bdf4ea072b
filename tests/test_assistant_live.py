import errno
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Settings, chain
from assistant.live import LiveAssistant, ReindexError
from assistant.upload_add import add_report
from assistant.upload_folder import FOLDER
from assistant.upload_remove import remove_report
from assistant.uploads import Limits
from index import store
from index.build import BuildSummary, Progress
from index.errors import EmbeddingError, IndexLockError, QuestionError, ReportsError
from index.formats.kinds import NAMED
from index.lock import building
from index.types import SkippedFile

LIMITS = Limits(mb=1, files=9)
HA_GIANG = "Sở Thông tin và Truyền thông Hà Giang tổng kết năm 2022\n\nNăm 2022, toàn tỉnh Hà Giang có {} trạm BTS.\n"
HOW_MANY = "Hà Giang có bao nhiêu trạm BTS?"
OLD_QUESTION = "Lai Châu có bao nhiêu trạm BTS?"
WAIT_S = 60


@pytest.fixture
def live(small_reports: Path, tmp_path: Path) -> LiveAssistant:
    return LiveAssistant(Assistant.open(Settings(reports_dir=small_reports, index_dir=tmp_path / "index")))


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


class Held:
    """A build's progress that stops it until it is let go."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.let_go = threading.Event()

    def __call__(self, done: int, total: int) -> None:
        self.reached.set()
        assert self.let_go.wait(WAIT_S)


class WatchedLock:
    """A lock that tells each time a thread comes to it."""

    def __init__(self, lock: threading.Lock) -> None:
        self.reached = threading.Semaphore(0)
        self._lock = lock

    def __enter__(self) -> None:
        self.reached.release()
        self._lock.acquire()

    def __exit__(self, *error: object) -> None:
        self._lock.release()


@pytest.fixture
def held() -> Iterator[Held]:
    progress = Held()
    yield progress
    progress.let_go.set()


def add(live: LiveAssistant, name: str, count: str) -> str:
    return add_report(live.bot.settings.reports_dir, name, HA_GIANG.format(count).encode(), LIMITS).path


def last(parts: Iterator[Answer]) -> Answer:
    return list(parts)[-1]


def test_a_new_report_is_answered_from_once_the_index_is_built(live: LiveAssistant) -> None:
    before = live.bot
    path = add(live, "ha-giang.txt", "1.742")
    assert before.answer(HOW_MANY).status == "abstained"
    told: list[tuple[int, int]] = []
    summary = live.reindex(lambda done, total: told.append((done, total)))
    assert (summary.added, summary.changed, summary.removed) == ((path,), (), ())
    assert summary.unchanged == ("lai-chau.txt", "son-la.md")
    assert told[-1] == (told[0][1], told[0][1])
    reply = live.bot.answer(HOW_MANY)
    assert "1.742" in reply.text
    assert [citation.report for citation in reply.citations] == [path]
    assert live.index is live.bot.index
    assert set(live.index.reports) == {"lai-chau.txt", "son-la.md", path}


def test_a_question_is_answered_from_the_old_index_while_a_new_one_is_built(
    live: LiveAssistant, pool: ThreadPoolExecutor, held: Held
) -> None:
    add(live, "ha-giang.txt", "1.742")
    building = pool.submit(live.reindex, held)
    assert held.reached.wait(WAIT_S)
    assert last(live.stream(HOW_MANY)).status == "abstained"
    assert "905" in last(live.stream(OLD_QUESTION)).text
    assert set(live.index.reports) == {"lai-chau.txt", "son-la.md"}
    assert not building.done()
    held.let_go.set()
    assert building.result(WAIT_S).added == (f"{FOLDER}/ha-giang.txt",)
    assert last(live.stream(HOW_MANY)).citations[0].report == f"{FOLDER}/ha-giang.txt"
    assert "905" in last(live.stream(OLD_QUESTION)).text


def test_an_answer_that_has_begun_goes_on_from_the_index_it_began_with(live: LiveAssistant) -> None:
    whole = live.bot.answer(OLD_QUESTION)
    parts = live.stream(OLD_QUESTION)
    begun = next(parts)
    (live.bot.settings.reports_dir / "lai-chau.txt").unlink()
    for count in range(3):  # more often than generations are kept on the disk
        add(live, "ha-giang.txt", f"1.80{count}")
        live.reindex()
    end = last(parts)
    assert begun.text != end.text == whole.text
    assert end.citations == whole.citations
    assert live.bot.answer(OLD_QUESTION).citations == ()


def test_who_holds_the_assistant_of_before_keeps_its_reports(live: LiveAssistant) -> None:
    before = live.bot
    add(live, "ha-giang.txt", "1.742")
    live.reindex()
    assert live.bot is not before
    assert set(before.index.reports) == {"lai-chau.txt", "son-la.md"}
    assert [hit.report for hit in before.search("trạm BTS", 1)] == [hit.report for hit in before.search("trạm BTS", 1)]


def test_a_replaced_and_a_removed_report_are_no_longer_answered_from(live: LiveAssistant) -> None:
    path = add(live, "ha-giang.txt", "1.742")
    live.reindex()
    assert add(live, "ha-giang.txt", "1.803") == path
    assert live.reindex().changed == (path,)
    assert "1.803" in live.bot.answer(HOW_MANY).text
    remove_report(live.bot.settings.reports_dir, path)
    assert live.reindex().removed == (path,)
    assert live.bot.answer(HOW_MANY).status == "abstained"


def test_skipped_files_are_told_with_their_reasons(live: LiveAssistant) -> None:
    assert live.skipped == ()
    (live.bot.settings.reports_dir / "empty.txt").write_text("")
    (live.bot.settings.reports_dir / "scan.png").write_bytes(b"\x89PNG")
    summary = live.reindex()
    unread = SkippedFile("scan.png", f"định dạng chưa được đọc; hãy chuyển sang {NAMED}")
    assert live.skipped == summary.skipped == (SkippedFile("empty.txt", "tệp rỗng"), unread)


def test_nothing_new_is_told_as_such(live: LiveAssistant) -> None:
    summary = live.reindex()
    assert (summary.added, summary.changed, summary.removed) == ((), (), ())
    assert summary.unchanged == ("lai-chau.txt", "son-la.md")


def test_what_is_added_while_another_builds_is_built_by_the_call_that_waited(
    live: LiveAssistant, pool: ThreadPoolExecutor, held: Held
) -> None:
    first = pool.submit(live.reindex, held)
    assert held.reached.wait(WAIT_S)  # the folder was read
    path = add(live, "ha-giang.txt", "1.742")
    live._building = before_lock = WatchedLock(live._building)  # type: ignore[assignment]
    second = pool.submit(live.reindex)
    assert before_lock.reached.acquire(timeout=WAIT_S)
    held.let_go.set()
    assert first.result(WAIT_S).added == ()
    assert second.result(WAIT_S).added == (path,)
    assert live.bot.answer(HOW_MANY).status == "answered"


def test_of_several_calls_that_wait_one_builds_for_all(
    live: LiveAssistant, pool: ThreadPoolExecutor, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds = []
    rebuild = Assistant.rebuild

    def count(settings: Settings, progress: Progress) -> tuple[Assistant, BuildSummary]:
        builds.append(progress)
        return rebuild(settings, progress)

    monkeypatch.setattr(Assistant, "rebuild", count)
    live._building = before_lock = WatchedLock(live._building)  # type: ignore[assignment]
    first = pool.submit(live.reindex, held)
    assert held.reached.wait(WAIT_S)
    path = add(live, "ha-giang.txt", "1.742")
    late = [pool.submit(live.reindex) for _ in range(2)]
    for _ in range(3):
        assert before_lock.reached.acquire(timeout=WAIT_S)
    held.let_go.set()
    assert first.result(WAIT_S).added == ()
    assert [call.result(WAIT_S).added for call in late] == [(path,), (path,)]
    assert len(builds) == 2


def test_a_call_after_the_end_of_a_build_builds(live: LiveAssistant) -> None:
    live.reindex()
    add(live, "ha-giang.txt", "1.742")
    assert live.reindex().added == (f"{FOLDER}/ha-giang.txt",)


def test_a_call_that_waited_for_a_build_that_failed_builds(
    live: LiveAssistant, pool: ThreadPoolExecutor, held: Held
) -> None:
    def fail(done: int, total: int) -> None:
        held(done, total)
        raise OSError(errno.ENOSPC, "No space left on device")

    first = pool.submit(live.reindex, fail)
    assert held.reached.wait(WAIT_S)
    path = add(live, "ha-giang.txt", "1.742")
    live._building = before_lock = WatchedLock(live._building)  # type: ignore[assignment]
    second = pool.submit(live.reindex)
    assert before_lock.reached.acquire(timeout=WAIT_S)
    held.let_go.set()
    with pytest.raises(ReindexError, match="No space left on device"):
        first.result(WAIT_S)
    assert second.result(WAIT_S).added == (path,)


def test_without_a_readable_report_the_old_index_goes_on(live: LiveAssistant) -> None:
    before = live.bot
    for file in live.bot.settings.reports_dir.iterdir():
        file.write_text("")
    with pytest.raises(ReportsError, match="không có báo cáo nào đọc được"):
        live.reindex()
    assert live.bot is before
    assert "905" in live.bot.answer(OLD_QUESTION).text


def test_a_full_disk_leaves_the_old_index_and_is_told(live: LiveAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = live.bot
    path = add(live, "ha-giang.txt", "1.742")
    with monkeypatch.context() as full:
        full.setattr(store, "write_files", fill)
        with pytest.raises(ReindexError, match=r"Không lập được chỉ mục ở '.*index' \(No space left on device\): hãy"):
            live.reindex()
    assert live.bot is before
    assert "905" in live.bot.answer(OLD_QUESTION).text
    assert live.reindex().added == (path,)


def test_a_model_that_is_gone_leaves_the_old_index(live: LiveAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*given: object) -> None:
        raise EmbeddingError("Không nạp được mô hình nhúng")

    before = live.bot
    add(live, "ha-giang.txt", "1.742")
    monkeypatch.setattr(chain, "build", missing)
    with pytest.raises(EmbeddingError, match="Không nạp được mô hình nhúng"):
        live.reindex()
    assert live.bot is before


def test_a_progress_that_breaks_off_ends_the_build_and_the_next_one_goes_through(live: LiveAssistant) -> None:
    class BrokenOffError(Exception):
        pass

    def break_off(done: int, total: int) -> None:
        raise BrokenOffError("the page was closed")

    before = live.bot
    path = add(live, "ha-giang.txt", "1.742")
    with pytest.raises(BrokenOffError, match="the page was closed"):
        live.reindex(break_off)
    assert live.bot is before
    assert live.reindex().added == (path,)


def test_another_builder_of_the_same_index_is_waited_for(live: LiveAssistant, pool: ThreadPoolExecutor) -> None:
    path = add(live, "ha-giang.txt", "1.742")
    with building(live.bot.settings.index_dir):  # as another process may
        indexing = pool.submit(live.reindex)
        with pytest.raises(TimeoutError, match=r"^$"):
            indexing.result(0.3)
        assert "905" in last(live.stream(OLD_QUESTION)).text
    assert indexing.result(WAIT_S).added == (path,)
    assert "1.742" in live.bot.answer(HOW_MANY).text


def test_a_builder_that_does_not_end_leaves_the_old_index(live: LiveAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def hasty(folder: Path, waiting: Callable[[str], object]) -> AbstractContextManager[None]:
        return building(folder, waiting, wait_s=0)

    before = live.bot
    monkeypatch.setattr("index.build.building", hasty)
    with (
        building(live.bot.settings.index_dir),
        pytest.raises(IndexLockError, match=r"^Tiến trình này vẫn đang lập chỉ mục ở '.*' sau 0 giây: hãy chạy lại"),
    ):
        live.reindex()
    assert live.bot is before
    assert "905" in live.bot.answer(OLD_QUESTION).text


def test_models_are_not_loaded_again_for_a_new_index(live: LiveAssistant) -> None:
    before = live.bot
    add(live, "ha-giang.txt", "1.742")
    live.reindex()
    tables = [bot.retriever._embedder._table for bot in (before, live.bot)]  # type: ignore[attr-defined]
    assert tables[0] is tables[1]


def test_it_answers_piecewise_as_its_assistant_does_with_the_history(live: LiveAssistant) -> None:
    history = [{"role": "user", "content": "Sơn La có bao nhiêu trạm BTS?"}]
    parts = [part.text for part in live.stream("Còn Lai Châu?", history)]
    assert parts == [part.text for part in live.bot.stream("Còn Lai Châu?", history)]
    assert len(parts) > 1
    assert "905" in parts[-1]


def test_an_empty_question_is_refused_as_by_an_assistant(live: LiveAssistant) -> None:
    with pytest.raises(QuestionError, match="Câu hỏi trống"):
        list(live.stream(" "))


def test_questions_are_answered_rightly_while_indexes_come_and_go(
    live: LiveAssistant, pool: ThreadPoolExecutor
) -> None:
    stop = threading.Event()

    def ask() -> int:
        asked = 0
        while not stop.is_set() or not asked:
            bot = live.bot
            reply = bot.answer(HOW_MANY)
            for citation in reply.citations:
                assert bot.index.reports[citation.report].text[citation.start : citation.end] == citation.quote
            assert (reply.status, len(reply.citations)) in {("abstained", 0), ("answered", 1)}
            assert "905" in bot.answer(OLD_QUESTION).text
            asked += 1
        return asked

    asking = [pool.submit(ask) for _ in range(2)]
    try:
        for count in range(4):
            add(live, "ha-giang.txt", f"2.00{count}")
            live.reindex()
    finally:
        stop.set()
    assert all(call.result(WAIT_S) > 0 for call in asking)
    assert "2.003" in live.bot.answer(HOW_MANY).text
