"""Follow-ups take up the figures and the person of the answer before them."""

import pytest

from assistant.replied import beside_reply, with_reply
from assistant.types import Asked, Message, Query
from assistant.understand import understand
from index.candidates import figure_candidates
from tests.test_index_candidates import cut, sentences

ACCOUNTS = "Công an cấp 928.453 tài khoản, trong đó kích hoạt 850.836 tài khoản. Tỉnh có 12 bưu cục."


def followed(question: str, reply: str, before: str = "Lào Cai cấp bao nhiêu tài khoản?") -> Query:
    history = [Message("user", before), Message("assistant", reply)]
    return with_reply(understand(question, history[:1], ()), history)


def test_figures_of_the_answer_before_are_known() -> None:
    reply = "**Lào Cai (2022):** Có 928.453 tài khoản [1]; đạt 27% [2]"
    assert followed("Trong đó kích hoạt mấy?", reply).replied == ("number  928453", "percent % 27")


def test_a_question_of_its_own_takes_up_nothing() -> None:
    assert followed("Sơn La có bao nhiêu bưu cục năm 2021?", "Có 928.453 tài khoản.").replied == ()


def test_a_candidate_stands_beside_what_was_told() -> None:
    query = followed("Trong đó kích hoạt mấy?", "Có 928.453 tài khoản.")
    told = {cut(c, c.core): beside_reply(c, query) for s in sentences(ACCOUNTS) for c in figure_candidates(s)}
    assert told["928.453"]["is_reply"] == 1.0
    assert told["850.836"]["beside_reply"] == 1.0
    assert told["12"]["no_reply"] + told["12"]["after_reply"] == 1.0


def test_the_one_person_named_is_meant_by_a_pronoun() -> None:
    assert followed("Người này sống ở đâu?", "Ông Lê Trường An đạt giải Nhì.").names == ("Lê Trường An",)
    assert followed("Sống ở đâu?", "Ông Lê Trường An đạt giải Nhì.").names == ()
    assert followed("Còn hồ sơ thì sao?", "Ông Lê Trường An đạt giải Nhì.").names == ()
    assert followed("Người này ở đâu?", "Ông Lê Trường An và bà Trần Thị Mận đạt giải.").names == ()


def test_a_province_is_no_person() -> None:
    assert followed("Sang năm 2023 họ nhắm mức nào?", "Viễn thông Quảng Nam đạt 2.980 tỷ đồng.").names == ()


@pytest.mark.parametrize(
    ("question", "reply", "asked"),
    [
        ("Thế năm 2021 là bao nhiêu?", "Đạt 91,3%.", Asked.PERCENT),
        ("Thế năm 2021 là bao nhiêu?", "Thu 91 tỷ đồng.", Asked.MONEY),
        ("Thế năm 2021 là bao nhiêu?", "Đứng 51/63.", Asked.RANK),
        ("Thế năm 2021 là bao nhiêu?", "Có 12 trạm.", Asked.COUNT),
        ("Thế năm 2021 là bao nhiêu?", "Có 12 trạm, đạt 91,3%.", Asked.COUNT),
        ("Thế năm 2021 là mấy trạm?", "Đạt 91,3%.", Asked.COUNT),
    ],
)
def test_the_same_kind_of_figure_is_asked_of_another_year(question: str, reply: str, asked: Asked) -> None:
    assert followed(question, reply, "Mảng di động của Lào Cai năm 2022 được bao nhiêu?").asked is asked


def test_what_was_counted_before_is_still_counted() -> None:
    assert followed("Thế năm 2021 là bao nhiêu?", "Đạt 91,3%.").asked is Asked.COUNT
