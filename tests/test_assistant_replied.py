"""Follow-ups take up the figures and the person of the answer before them."""

from assistant.replied import beside_reply, with_reply
from assistant.types import Message, Query
from assistant.understand import understand
from index.candidates import figure_candidates
from tests.test_index_candidates import cut, sentences

ACCOUNTS = "Công an cấp 928.453 tài khoản, trong đó kích hoạt 850.836 tài khoản. Tỉnh có 12 bưu cục."


def followed(question: str, reply: str) -> Query:
    history = [Message("user", "Lào Cai cấp bao nhiêu tài khoản?"), Message("assistant", reply)]
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
