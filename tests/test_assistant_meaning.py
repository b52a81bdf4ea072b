import numpy as np
import pytest

from assistant.meaning import Likeness, Meanings
from assistant.types import Query
from assistant.understand import understand
from index.types import Span
from tests.test_index_candidates import sentences

MEANINGS = Meanings()


def likeness(question: str, body: str) -> tuple[Likeness, Span]:
    sentence = sentences(body)[0]
    query: Query = understand(question, (), ())
    return Likeness(MEANINGS.of_question(query), MEANINGS.of_sentence(sentence), sentence), sentence.span


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("nhà nông", "hộ sản xuất nông nghiệp", "mạng cáp quang"),
        ("tờ báo", "cơ quan báo chí", "hộ gia đình"),
        ("tiền phạt", "xử phạt vi phạm hành chính", "sản phẩm chủ lực"),
    ],
)
def test_words_of_like_meaning_are_nearer_than_others(question: str, near: str, far: str) -> None:
    (one, span), (other, elsewhere) = likeness(question, f"Tỉnh có {near}."), likeness(question, f"Tỉnh có {far}.")
    assert one.held((span,)) > 0.3 > 2 * other.held((elsewhere,))


def test_only_words_within_the_stretch_count() -> None:
    found, span = likeness("trạm BTS", "Tỉnh có 64 trạm BTS và 70 xã.")
    assert found.held((span,)) > 0.9
    assert found.held((Span(span.end - 3, span.end),)) < 0.3
    assert found.held(()) == 0.0


def test_what_a_stretch_tells_beside_the_question_is_unasked() -> None:
    found, span = likeness("trạm BTS", "trạm BTS")
    assert found.unasked(span) < 0.1
    other, elsewhere = likeness("trạm BTS", "doanh thu bưu chính")
    assert other.unasked(elsewhere) > 0.6


def test_a_question_of_function_words_is_like_nothing() -> None:
    found, span = likeness("bao nhiêu?", "Tỉnh có 64 trạm BTS.")
    assert found.held((span,)) == 0.0
    assert np.array_equal(found.nearest((span,)), np.zeros(0, dtype=np.float32))
