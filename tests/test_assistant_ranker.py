import numpy as np
import pytest

from assistant import ranker
from assistant.features import NAMES, PLAIN, features
from assistant.match import Matcher
from assistant.meaning import Meanings
from assistant.ranker import Ranked, Ranker, bundled_ranker, confidence, tells_same
from assistant.traits import asking_of
from assistant.types import Query
from assistant.understand import understand
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.clauses import clause_candidates, date_candidates
from tests.test_index_candidates import cut, sentences

MEANINGS = Meanings()


def asked(question: str) -> Query:
    return understand(question, (), ())


def ranked(question: str, body: str) -> list[Ranked]:
    """The figures of a text ranked for a question."""
    query = asked(question)
    matcher = Matcher(query.terms, query.carried, lambda key: 0.0)
    found = [one for sentence in sentences(body) for one in figure_candidates(sentence)]
    asking = asking_of(query, matcher, MEANINGS)
    return bundled_ranker().rank(found, [1.0] * len(found), asking, MEANINGS)


def figure(one: Ranked) -> str:
    return cut(one.candidate, one.candidate.core)


STATIONS = "Các doanh nghiệp lắp mới 64 trạm BTS, nâng tổng số trạm BTS lên 2.018 trạm, phủ sóng 4G tới 1.486 thôn."
REVENUE = (
    "Doanh thu viễn thông ước đạt 912,5 tỷ đồng (kế hoạch 900 tỷ đồng), tăng 7,3% so với năm 2021; "
    "doanh thu bưu chính đạt 186 tỷ đồng, giảm 2,4% so với năm 2021."
)


@pytest.mark.parametrize(
    ("question", "body", "answer"),
    [
        ("Lào Cai có bao nhiêu trạm BTS?", STATIONS, "2.018"),
        ("Lào Cai lắp mới bao nhiêu trạm BTS?", STATIONS, "64"),
        ("Sóng 4G của Lào Cai tới bao nhiêu thôn?", STATIONS, "1.486"),
        ("Lào Cai thu được bao nhiêu tiền từ bưu chính?", REVENUE, "186 tỷ đồng"),
        ("Doanh thu viễn thông Lào Cai tăng mấy phần trăm?", REVENUE, "7,3%"),
        ("Kế hoạch doanh thu viễn thông năm 2022 của Lào Cai là bao nhiêu?", REVENUE, "900 tỷ đồng"),
        ("Mấy cơ quan báo chí ở Lào Cai bị phạt?", "Sở nhắc nhở 2 tờ báo, xử phạt 3 tờ báo.", "3"),
    ],
)
def test_the_figure_asked_is_the_most_probable(question: str, body: str, answer: str) -> None:
    best = ranked(question, body)[0]
    assert figure(best) == answer
    assert best.probability > 0.15


@pytest.mark.parametrize(
    ("question", "ruled_out"),
    [
        ("Lào Cai năm 2019 có bao nhiêu trạm BTS?", {"64", "2.018", "1.486"}),
        ("Doanh thu bưu chính Lào Cai là bao nhiêu?", {"ước đạt 912,5 tỷ đồng", "900 tỷ đồng", "7,3%"}),
    ],
)
def test_figures_of_another_year_or_trade_are_ruled_out_and_come_last(question: str, ruled_out: set[str]) -> None:
    found = ranked(question, STATIONS if "trạm" in question else REVENUE)
    assert {figure(one) for one in found if one.probability == 0} >= ruled_out
    probabilities = [one.probability for one in found]
    assert probabilities == sorted(probabilities, reverse=True)


def test_probabilities_and_that_of_no_answer_sum_to_one() -> None:
    width = len(NAMES)
    zeros = np.zeros(width, dtype=np.float32)
    flat = Ranker(zeros, zeros + 1, zeros, np.zeros((width, 1), np.float32), zeros[:1], zeros[:1], none=0.0)
    assert flat.probabilities(np.zeros((3, width), np.float32)).tolist() == pytest.approx([0.25] * 3)
    assert flat.probabilities(np.zeros((0, width), np.float32)).tolist() == []


def test_features_are_finite_and_one_row_a_candidate() -> None:
    query = asked("Lào Cai có mấy tập thể, mấy cá nhân được khen?")
    found: list[Candidate] = figure_candidates(sentences("Tỉnh khen 9 tập thể, 17 cá nhân.")[0])
    matcher = Matcher(query.terms, query.carried, lambda key: 0.0)
    rows = features(found, [0.5, 0.5], asking_of(query, matcher, MEANINGS, slot=1), MEANINGS)
    assert rows.shape == (2, len(NAMES))
    assert np.isfinite(rows).all()
    assert rows[:, PLAIN.index("counted")].tolist() == [0.0, 1.0]
    assert rows[:, PLAIN.index("other_wanted")].tolist() == [1.0, 0.0]
    assert features([], [], asking_of(query, matcher, MEANINGS), MEANINGS).shape == (0, len(NAMES))


def test_the_same_figure_told_twice_counts_together() -> None:
    one, same, other = figure_candidates(sentences("Có 64 trạm. Nay có 64 trạm, 70 xã.")[0]) + figure_candidates(
        sentences("Có 64 trạm. Nay có 64 trạm, 70 xã.")[1]
    )
    assert tells_same(one, same)
    assert not tells_same(one, other)
    listed = [Ranked(one, 0.3, True), Ranked(same, 0.25, True), Ranked(other, 0.2, True)]
    assert confidence(listed, asked("Lào Cai có bao nhiêu trạm?")) == pytest.approx(0.55)


def test_dates_of_one_stretch_count_together() -> None:
    first, second = date_candidates(sentences("Đề án giai đoạn 2022 - 2025, tầm nhìn đến năm 2030.")[0])
    listed = [Ranked(first, 0.4, True), Ranked(second, 0.3, True)]
    assert first.span == second.span
    assert confidence(listed, asked("Đề án của Lào Cai thuộc giai đoạn nào?")) == pytest.approx(0.7)


def test_weights_for_other_features_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranker, "NAMES", ("other",))
    bundled_ranker.cache_clear()
    with pytest.raises(ValueError, match="trained for other features: run python -m training"):
        bundled_ranker()
    monkeypatch.undo()
    bundled_ranker.cache_clear()


def test_a_figure_far_from_the_question_is_not_looked_into_but_words_are() -> None:
    query = asked("Lào Cai có bao nhiêu trạm BTS?")
    told = sentences(f"{STATIONS} Nông dân trồng 512 ha chè.")
    pool = [*(one for sentence in told for one in figure_candidates(sentence)), *clause_candidates(told[-1])]
    asking = asking_of(query, Matcher(query.terms, query.carried, lambda key: 0.0), MEANINGS)
    words = features(pool, [1.0, 1.0, 1.0, 0.0, 0.0], asking, MEANINGS)[:, PLAIN.index("words")]
    assert [cut(one, one.core) for one, value in zip(pool, words, strict=True) if not value] == ["512"]
