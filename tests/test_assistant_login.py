import threading
from pathlib import Path

import pytest

from assistant import passwords
from assistant.accounts import Accounts
from assistant.login import Login, LoginGuard, log_in
from assistant.passwords import Cost, Gate
from assistant.users_edit import add_user, remove_user
from assistant.users_file import Role

PASSWORD = "đúng ngựa pin ghim"
OTHER = "một mật khẩu khác"
WRONG = Login("", 0.0)
HERE, THERE = "203.0.113.7", "198.51.100.1"


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guard(clock: Clock) -> LoginGuard:
    return LoginGuard(clock)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "users.txt"
    add_user(path, "văn-thư", PASSWORD, Role.USER, Cost(1, 1, 1))
    add_user(path, "cán-bộ", OTHER, Role.USER, Cost(1, 1, 1))
    return path


@pytest.fixture
def accounts(path: Path) -> Accounts:
    return Accounts.read(path)


def fail(guard: LoginGuard, clock: Clock, name: str, address: str, times: int) -> list[float]:
    """Let tries fail, each as soon as it is let through; the seconds each was held up."""
    held = []
    for _ in range(times):
        made = guard.admit(name, address)
        held.append(made.wait)
        if made.wait > 0:
            clock.now += made.wait
            assert guard.admit(name, address).wait == 0.0
    return held


# --- logging in


def test_the_right_password_logs_in_by_the_canonical_name(accounts: Accounts, guard: LoginGuard) -> None:
    assert log_in(accounts, guard, " VĂN-THƯ ", PASSWORD, HERE) == Login("văn-thư", 0.0)
    assert log_in(accounts, guard, "văn-thư", OTHER, HERE) == WRONG
    assert log_in(accounts, guard, "ai-đó", PASSWORD, HERE) == WRONG


def test_who_errs_a_few_times_is_not_held_up(accounts: Accounts, guard: LoginGuard) -> None:
    for _ in range(3):
        assert [log_in(accounts, guard, "văn-thư", OTHER, HERE) for _ in range(4)] == [WRONG] * 4
        assert log_in(accounts, guard, "văn-thư", PASSWORD, HERE) == Login("văn-thư", 0.0)


def test_after_five_failures_even_the_right_password_waits(accounts: Accounts, guard: LoginGuard, clock: Clock) -> None:
    assert [log_in(accounts, guard, "văn-thư", OTHER) for _ in range(5)] == [WRONG] * 5
    assert log_in(accounts, guard, "văn-thư", PASSWORD) == Login("", 1.0)
    clock.now += 0.75
    assert log_in(accounts, guard, "VĂN-THƯ", PASSWORD) == Login("", 0.25)
    assert log_in(accounts, guard, "cán-bộ", OTHER) == Login("cán-bộ", 0.0)
    clock.now += 0.25
    assert log_in(accounts, guard, "văn-thư", PASSWORD) == Login("văn-thư", 0.0)


def test_a_user_removed_is_refused_where_they_logged_in_before(
    accounts: Accounts, guard: LoginGuard, path: Path
) -> None:
    assert log_in(accounts, guard, "văn-thư", PASSWORD, HERE) == Login("văn-thư", 0.0)
    remove_user(path, "văn-thư")
    assert log_in(accounts, guard, "văn-thư", PASSWORD, HERE) == WRONG


def test_a_try_that_nobody_had_time_to_check_is_not_counted(
    accounts: Accounts, guard: LoginGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(at_once=1, waiting=0)
    monkeypatch.setattr(passwords, "_GATE", gate)
    with gate.passed():
        assert [log_in(accounts, guard, "văn-thư", PASSWORD, HERE) for _ in range(30)] == [Login("", 3.0)] * 30
    assert len(guard) == 0
    assert log_in(accounts, guard, "văn-thư", PASSWORD, HERE) == Login("văn-thư", 0.0)


def test_a_try_during_a_pause_is_not_hashed_and_does_not_prolong_it(
    accounts: Accounts, guard: LoginGuard, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(guard, clock, "văn-thư", HERE, 8)
    monkeypatch.setattr(Accounts, "check", lambda *_: pytest.fail("checked"))
    assert {log_in(accounts, guard, "văn-thư", PASSWORD, HERE) for _ in range(100)} == {Login("", 8.0)}


# --- how long the pauses are


def test_the_pauses_of_a_name_grow_to_half_a_minute(guard: LoginGuard, clock: Clock) -> None:
    assert fail(guard, clock, "văn-thư", "", 13) == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]


def test_the_pauses_of_a_name_at_an_address_grow_to_a_minute(guard: LoginGuard, clock: Clock) -> None:
    assert fail(guard, clock, "văn-thư", HERE, 14) == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_pauses_of_an_address_grow_to_five_minutes(guard: LoginGuard, clock: Clock) -> None:
    held = [fail(guard, clock, f"tên-{number}", HERE, 1)[0] for number in range(32)]
    assert held == [0] * 20 + [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


def test_ever_so_many_failures_are_no_number_too_large(guard: LoginGuard, clock: Clock) -> None:
    assert fail(guard, clock, "văn-thư", "", 5000)[-1] == 30


def test_names_nobody_can_have_count_for_the_address_alone(guard: LoginGuard, clock: Clock) -> None:
    for _ in range(20):
        assert guard.admit("x" * 1_000_000, HERE).wait == 0.0
    assert len(guard) == 1
    assert guard.admit("../x", HERE).wait == 1.0
    assert guard.admit("../x", THERE).wait == 0.0
    assert guard.admit("", "").wait == 0.0


def test_the_addresses_of_one_ipv6_subscriber_are_one(guard: LoginGuard) -> None:
    for number in range(20):
        assert guard.admit(f"tên-{number}", f"2001:db8:1:2::{number:x}").wait == 0.0
    assert guard.admit("văn-thư", "2001:db8:1:2:ffff::1").wait == 1.0
    assert guard.admit("văn-thư", "2001:db8:1:3::1").wait == 0.0


def test_many_at_once_are_held_up_like_many_in_a_row() -> None:
    alone: list[bool] = []

    def clock() -> float:
        alone.append(guard._lock.locked())
        return 0.0

    guard = LoginGuard(clock)
    waits: list[float] = []
    threads = [
        threading.Thread(target=lambda: waits.extend(guard.admit("văn-thư", HERE).wait for _ in range(25)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (waits.count(0.0), waits.count(1.0)) == (5, 195)
    assert alone == [True] * 200


# --- no user locks out another


def test_failing_elsewhere_does_not_hold_up_who_logged_in_here(
    accounts: Accounts, guard: LoginGuard, clock: Clock
) -> None:
    assert log_in(accounts, guard, "văn-thư", PASSWORD, HERE) == Login("văn-thư", 0.0)
    for address in range(100):
        guard.admit("văn-thư", f"198.51.100.{address}")
    assert guard.admit("văn-thư", THERE).wait == 1.0
    assert log_in(accounts, guard, "văn-thư", PASSWORD, HERE) == Login("văn-thư", 0.0)


def test_failing_here_under_other_names_does_not_hold_up_who_logged_in_here(
    accounts: Accounts, guard: LoginGuard, clock: Clock
) -> None:
    assert log_in(accounts, guard, "văn-thư", PASSWORD, HERE) == Login("văn-thư", 0.0)
    for number in range(30):
        fail(guard, clock, f"tên-{number}", HERE, 1)
    assert log_in(accounts, guard, "cán-bộ", OTHER, HERE) == Login("", 300.0)
    assert log_in(accounts, guard, "văn-thư", PASSWORD, HERE) == Login("văn-thư", 0.0)


def test_one_address_that_goes_on_leaves_a_new_one_more_than_half_of_the_time(guard: LoginGuard, clock: Clock) -> None:
    """Of the hour after its first minute, seconds in which the user may log in from an address never used before."""
    fail(guard, clock, "văn-thư", THERE, 10)
    free = 0
    for _ in range(3600):
        guard.admit("văn-thư", THERE)
        name = [lane for lane in guard._rows if lane.name and not lane.address]
        free += all(guard._rows[lane].free_at <= clock.now for lane in name)
        clock.now += 1
    assert free > 3600 * 0.75


def test_who_logged_in_here_is_still_held_up_by_the_own_failures_here(guard: LoginGuard, clock: Clock) -> None:
    guard.passed(guard.admit("văn-thư", HERE), "văn-thư", HERE)
    assert fail(guard, clock, "văn-thư", HERE, 13) == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert guard.admit("văn-thư", THERE).wait == 0.0


def test_logging_in_does_not_make_the_failures_of_an_address_undone(
    accounts: Accounts, guard: LoginGuard, clock: Clock
) -> None:
    """Else who has an account could try those of others without end."""
    for number in range(19):
        guard.admit(f"tên-{number}", HERE)
    assert log_in(accounts, guard, "cán-bộ", OTHER, HERE) == Login("cán-bộ", 0.0)
    assert guard.admit("tên-20", HERE).wait == 0.0
    assert guard.admit("tên-21", HERE).wait == 1.0
    assert log_in(accounts, guard, "cán-bộ", OTHER, HERE) == Login("cán-bộ", 0.0)
    assert guard.admit("tên-21", HERE).wait == 1.0


def test_one_of_two_tries_at_once_that_passes_ends_the_row(guard: LoginGuard) -> None:
    made = [guard.admit("văn-thư", HERE) for _ in range(2)]
    guard.passed(made[0], "văn-thư", HERE)
    guard.passed(made[1], "văn-thư", HERE)
    assert len(guard) == 1  # where the user logged in


# --- memory


def test_failures_are_forgotten_after_a_quarter_of_an_hour(guard: LoginGuard, clock: Clock) -> None:
    fail(guard, clock, "văn-thư", HERE, 12)
    assert len(guard) == 3
    clock.now += 60 + 899
    guard.admit("cán-bộ", THERE)
    assert len(guard) == 6
    clock.now += 1
    guard.admit("cán-bộ", THERE)
    assert len(guard) == 3
    assert fail(guard, clock, "văn-thư", HERE, 6) == [0, 0, 0, 0, 0, 1]


def test_so_many_rows_of_failures_are_remembered(clock: Clock) -> None:
    guard = LoginGuard(clock, most=10)
    for number in range(1000):
        guard.admit(f"tên-{number}", f"198.51.{number // 250}.{number % 250}")
    assert len(guard) == 10


def test_so_many_addresses_of_users_are_remembered_the_last_used(clock: Clock) -> None:
    guard = LoginGuard(clock, most=10)
    addresses = [HERE, *(f"192.0.2.{number}" for number in range(9)), HERE, THERE]
    for address in addresses:
        guard.passed(guard.admit("văn-thư", address), "văn-thư", address)
    assert len(guard) == 10
    fail(guard, clock, "văn-thư", "", 8)
    held = [guard.admit("văn-thư", address).wait for address in (HERE, THERE, "192.0.2.8", "192.0.2.0")]
    assert held == [0.0, 0.0, 0.0, 8.0]


def test_the_row_of_a_name_that_is_tried_outlives_a_flood_of_others(clock: Clock) -> None:
    guard = LoginGuard(clock, most=10)
    for number in range(5):
        guard.admit("văn-thư", "")
        for other in range(9):
            guard.admit(f"tên-{number}-{other}", "")
    assert guard.admit("văn-thư", "").wait == 1.0
