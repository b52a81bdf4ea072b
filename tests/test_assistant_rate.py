import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rate import RateLimit, place


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_user_asks_so_often_and_then_waits_for_the_first_to_be_a_minute_ago(clock: Clock) -> None:
    limit = RateLimit(3, clock)
    for _ in range(3):
        assert limit.wait("văn-thư") == 0.0
        clock.now += 10
    assert limit.wait("văn-thư") == 30.0
    clock.now += 29
    assert limit.wait("văn-thư") == 1.0
    clock.now += 1
    assert limit.wait("văn-thư") == 0.0
    assert limit.wait("văn-thư") == 10.0


def test_waiting_is_not_counted(clock: Clock) -> None:
    limit = RateLimit(1, clock)
    assert limit.wait("văn-thư") == 0.0
    assert [limit.wait("văn-thư") for _ in range(100)] == [60.0] * 100
    clock.now += 60
    assert limit.wait("văn-thư") == 0.0


def test_users_do_not_count_for_each_other(clock: Clock) -> None:
    limit = RateLimit(1, clock)
    assert [limit.wait(user) for user in ("a", "b", "", "a", "b", "")] == [0.0, 0.0, 0.0, 60.0, 60.0, 60.0]


def test_zero_is_no_limit_and_remembers_nobody(clock: Clock) -> None:
    limit = RateLimit(0, clock)
    assert {limit.wait("văn-thư") for _ in range(1000)} == {0.0}
    assert len(limit) == 0


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^per_minute is -1: give 0 for no limit$"):
        RateLimit(-1)


@given(st.lists(st.floats(0, 40), max_size=60), st.integers(1, 5))
def test_in_no_minute_are_there_more(pauses: list[float], per_minute: int) -> None:
    clock = Clock()
    limit = RateLimit(per_minute, clock)
    asked: list[float] = []
    for pause in pauses:
        clock.now += pause
        wait = limit.wait("văn-thư")
        within = [then for then in asked if then + 60 > clock.now]
        if wait == 0.0:
            asked.append(clock.now)
            assert len(within) < per_minute
        else:
            assert len(within) == per_minute
            assert wait == within[0] + 60 - clock.now > 0


# --- memory


def test_who_is_idle_for_a_minute_is_forgotten(clock: Clock) -> None:
    limit = RateLimit(5, clock)
    for number in range(100):
        limit.wait(f"cán-bộ-{number}")
    clock.now += 30
    limit.wait("cán-bộ-0")
    assert len(limit) == 100
    clock.now += 30
    limit.wait("văn-thư")
    assert len(limit) == 2
    clock.now += 60
    assert limit.wait("cán-bộ-0") == 0.0
    assert len(limit) == 1


def test_so_many_users_are_remembered_the_last_to_ask(clock: Clock) -> None:
    limit = RateLimit(1, clock, most_users=3)
    for user in ("a", "b", "c", "d"):
        assert limit.wait(user) == 0.0
        clock.now += 1
    assert len(limit) == 3
    assert [limit.wait(user) for user in ("b", "c", "d")] == [57.0, 58.0, 59.0]
    assert limit.wait("a") == 0.0


def test_a_huge_name_is_not_kept_whole(clock: Clock) -> None:
    limit = RateLimit(1, clock)
    assert limit.wait("a" * 10_000_000) == 0.0
    assert limit.wait("a" * 128) == 60.0


# --- threads


def test_threads_together_ask_no_more_than_one() -> None:
    alone: list[bool] = []

    def clock() -> float:
        alone.append(limit._lock.locked())
        return 0.0

    limit = RateLimit(100, clock)
    waits: list[float] = []
    threads = [threading.Thread(target=lambda: waits.extend(limit.wait("a") for _ in range(50))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (waits.count(0.0), waits.count(60.0)) == (100, 300)
    assert alone == [True] * 400


# --- addresses


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("", ""),
        ("testclient", "testclient"),
        ("203.0.113.7, 10.0.0.1", "203.0.113.7, 10.0.0.1"),
        ("x" * 10_000, "x" * 128),
    ],
)
def test_an_address_is_counted_by_what_one_subscriber_has(address: str, counted: str) -> None:
    assert place(address) == counted
