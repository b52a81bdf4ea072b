import pytest

from assistant.rate import RateLimit
from assistant.ui.admission import TooOftenError, admission
from assistant.ui.texts_en import ENGLISH
from assistant.ui.texts_vi import VIETNAMESE
from index.errors import UserError


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self):
        return self.now


def admit_of(limit, clock, texts=VIETNAMESE):
    return admission(RateLimit(limit, clock), limit, texts)


def test_who_asks_too_often_is_told_how_long_to_wait():
    clock = Clock()
    admit = admit_of(2, clock)
    admit("an")
    admit("an")
    clock.now += 10.5
    with pytest.raises(TooOftenError, match="quá giới hạn 2 câu một phút: hãy chờ 50 giây rồi hỏi lại"):
        admit("an")
    assert issubclass(TooOftenError, UserError)


def test_after_the_seconds_told_the_user_may_ask():
    clock = Clock()
    admit = admit_of(1, clock)
    admit("an")
    clock.now += 59.001
    with pytest.raises(TooOftenError, match="hãy chờ 1 giây"):
        admit("an")
    clock.now += 1
    admit("an")


def test_others_may_ask_meanwhile():
    admit = admit_of(1, Clock())
    for user in ("an", "binh", "@127.0.0.1", "@", ""):
        admit(user)
        with pytest.raises(TooOftenError, match="hãy chờ 60 giây"):
            admit(user)


def test_it_is_told_in_the_language_of_the_page():
    admit = admit_of(1, Clock(), ENGLISH)
    admit("an")
    with pytest.raises(TooOftenError, match="more than 1 questions a minute: please wait 60 seconds and ask again"):
        admit("an")


def test_pages_that_share_a_count_count_together():
    rate = RateLimit(1, Clock())
    admission(rate, 1, VIETNAMESE)("an")
    with pytest.raises(TooOftenError, match="please wait 60 seconds"):
        admission(rate, 1, ENGLISH)("an")


def test_without_a_limit_anyone_may_ask():
    admit = admit_of(0, Clock())
    assert [admit("an") for _ in range(1000)] == [None] * 1000
