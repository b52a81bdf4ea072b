import copy
import threading
import time
from collections.abc import Generator
from threading import Semaphore

import pytest

from assistant.ui.under_way import UnderWay

Parts = Generator[int, None, None]


def counting(to: int, ended: threading.Event | None = None) -> Parts:
    try:
        yield from range(to)
    finally:
        if ended is not None:
            ended.set()


def waiting(may_go_on: threading.Event) -> Parts:
    yield 0
    may_go_on.wait(20)
    yield 1


def test_parts_come_in_order_to_the_end() -> None:
    assert list(UnderWay[int]().parts(counting(1000), Semaphore(1))) == list(range(1000))


def test_an_error_comes_after_the_parts_before_it() -> None:
    def failing() -> Parts:
        yield 0
        raise ValueError("hỏng")

    parts = UnderWay[int]().parts(failing(), Semaphore(1))
    assert next(parts) == 0
    with pytest.raises(ValueError, match="hỏng"):
        next(parts)


def test_who_waits_for_a_part_that_takes_long_is_let_go() -> None:
    under_way, may_go_on, got = UnderWay[int](), threading.Event(), []
    taking = threading.Thread(target=lambda: got.extend(under_way.parts(waiting(may_go_on), Semaphore(1))))
    taking.start()
    while not got:
        time.sleep(0.01)
    began = time.monotonic()
    under_way.break_off()
    taking.join(10)
    assert not taking.is_alive()
    assert time.monotonic() - began < 1
    assert got == [0, None]  # Gradio sends the last one again: it changes nothing
    may_go_on.set()


def test_breaking_off_waits_until_the_part_that_was_taken_is_done_with() -> None:
    under_way, log = UnderWay[int](), []

    def take_slowly() -> None:
        for part in under_way.parts(counting(1000), Semaphore(1)):
            log.append(part)
            time.sleep(0.1)
        log.append("let go")

    taking = threading.Thread(target=take_slowly)
    taking.start()
    while not log:
        time.sleep(0.01)
    under_way.break_off()
    log.append("broken off")
    taking.join(10)
    assert set(log[-2:]) == {"broken off", "let go"}
    assert len(log) < 10


def test_what_made_the_parts_is_closed() -> None:
    under_way, ended = UnderWay[int](), threading.Event()
    parts = under_way.parts(counting(10**9, ended), Semaphore(1))
    next(parts)
    parts.close()
    assert ended.wait(10)


def test_a_new_answer_breaks_off_the_one_before() -> None:
    under_way, rest = UnderWay[int](), []
    first = under_way.parts(counting(10), Semaphore(1))
    assert next(first) == 0
    done = threading.Thread(target=lambda: rest.extend(first))
    begin = threading.Timer(0.1, done.start)
    second = under_way.parts(counting(3), Semaphore(1))
    begin.start()
    assert list(second) == [0, 1, 2]
    begin.join(10)
    done.join(10)
    assert rest == [None]


def test_breaking_off_tells_what_came_last() -> None:
    under_way = UnderWay[int]()
    parts = under_way.parts(counting(10), Semaphore(1))
    next(parts)
    assert next(parts) == 1
    threading.Timer(0.1, lambda: list(parts)).start()
    assert under_way.break_off() == 1
    assert under_way.break_off() is None


def test_a_part_is_made_when_it_is_asked_for() -> None:
    made: list[int] = []

    def noting() -> Parts:
        for number in range(10):
            made.append(number)
            yield number

    parts = UnderWay[int]().parts(noting(), Semaphore(1))
    next(parts)
    time.sleep(0.1)
    assert made == [0]


def test_what_was_broken_off_takes_its_room_until_its_part_is_made() -> None:
    room, under_way, may_go_on = Semaphore(1), UnderWay[int](), threading.Event()
    parts, got = under_way.parts(waiting(may_go_on), room), []
    assert next(parts) == 0
    threading.Thread(target=lambda: list(parts)).start()
    time.sleep(0.1)  # the next part is being made
    under_way.break_off()
    taking = threading.Thread(target=lambda: got.extend(UnderWay[int]().parts(counting(2), room)))
    taking.start()
    time.sleep(0.2)
    assert got == []
    may_go_on.set()
    taking.join(10)
    assert got == [0, 1]


def test_where_nothing_is_under_way_breaking_off_does_nothing() -> None:
    under_way = UnderWay[int]()
    under_way.break_off()
    list(under_way.parts(counting(3), Semaphore(1)))
    began = time.monotonic()
    under_way.break_off()
    assert time.monotonic() - began < 1


def test_what_gradio_copies_for_each_page_is_a_page_of_its_own() -> None:
    first = UnderWay[int]()
    second = copy.deepcopy(first)
    parts = second.parts(counting(2), Semaphore(1))
    next(parts)
    assert first.break_off() is None
    assert list(parts) == [1]
