"""Whose figure a stretch tells, by the names in it."""

import pytest

from assistant.named import names_told, tells_no_firm_asked
from assistant.understand import understand
from index.candidates import figure_candidates
from tests.test_index_candidates import cut, sentences

DISTRICTS = "Toàn tỉnh lập 312 tổ, huyện Trà Cú 124 tổ, huyện Càng Long 118 tổ."


@pytest.mark.parametrize(
    ("question", "core", "told"),
    [
        ("Huyện Trà Cú của Lào Cai có mấy tổ?", "124", {"named": 1.0, "no_named": 0.0, "other_named": 0.0}),
        ("Huyện Trà Cú của Lào Cai có mấy tổ?", "118", {"named": 0.0, "no_named": 1.0, "other_named": 1.0}),
        ("Lào Cai có mấy tổ?", "312", {"unasked_named": 0.0}),
        ("Lào Cai có mấy tổ?", "118", {"unasked_named": 1.0}),
    ],
)
def test_a_figure_is_of_whom_its_stretch_names(question: str, core: str, told: dict[str, float]) -> None:
    candidate = next(c for s in sentences(DISTRICTS) for c in figure_candidates(s) if cut(c, c.core) == core)
    assert names_told(candidate, understand(question, (), ())) == told


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("Toàn tỉnh có 905 trạm.", True),
        ("Viettel có 310 trạm.", True),
        ("VNPT có 210 trạm.", False),
        ("VNPT mở rộng mạng. Đơn vị này có 210 trạm.", False),
    ],
)
def test_a_figure_of_a_firm_is_told_where_the_firm_is_named(body: str, missing: bool) -> None:
    query = understand("VNPT Lào Cai có bao nhiêu trạm?", (), ())
    candidate = figure_candidates(sentences(body)[-1])[-1]
    assert tells_no_firm_asked(candidate, query) is missing
