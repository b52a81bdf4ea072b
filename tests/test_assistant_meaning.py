import pytest

from assistant.meaning import Likeness, Meanings
from assistant.understand import understand
from index.types import Span
from tests.test_index_candidates import sentences

MEANINGS = Meanings()


class Told:
    """How near a question is to stretches of the first sentence of a report."""

    def __init__(self, question: str, body: str) -> None:
        self.sentence = sentences(body)[0]
        self.pieces = MEANINGS.of_question(understand(question, (), ()))
        self.likeness = Likeness(self.pieces, [(self.sentence, MEANINGS.of_sentence(self.sentence))])

    def held(self, *spans: Span) -> float:
        near = self.likeness.nearest([(self.sentence, spans)])[0]
        return float(near @ self.pieces.weights) / (float(self.pieces.weights.sum()) or 1.0)

    def unasked(self) -> float:
        return float(self.likeness.unasked([(self.sentence, self.sentence.span)])[0])


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("nhà nông", "hộ sản xuất nông nghiệp", "mạng cáp quang"),
        ("tờ báo", "cơ quan báo chí", "hộ gia đình"),
        ("tiền phạt", "xử phạt vi phạm hành chính", "sản phẩm chủ lực"),
    ],
)
def test_words_of_like_meaning_are_nearer_than_others(question: str, near: str, far: str) -> None:
    one, other = Told(question, f"Tỉnh có {near}."), Told(question, f"Tỉnh có {far}.")
    assert one.held(one.sentence.span) > 0.3 > 2 * other.held(other.sentence.span)


def test_only_words_within_the_stretches_count() -> None:
    told = Told("trạm BTS", "Tỉnh có 64 trạm BTS và 70 xã.")
    start, end = told.sentence.span.start, told.sentence.span.end
    begin, rest = Span(start, start + 5), Span(end - 3, end)
    assert told.held(told.sentence.span) > 0.9
    assert told.held(begin, told.sentence.span) == told.held(told.sentence.span)
    assert told.held(begin) < 0.3
    assert told.held(rest) < 0.3
    assert max(told.held(begin), told.held(rest)) <= told.held(begin, rest)
    assert told.held(Span(start + 1, start + 1)) == told.held() == 0.0


def test_sentences_are_kept_apart() -> None:
    one, other = sentences("Tỉnh có 64 trạm BTS.\n\nSở cấp 12 giấy phép.")
    pieces = MEANINGS.of_question(understand("trạm BTS", (), ()))
    likeness = Likeness(pieces, [(told, MEANINGS.of_sentence(told)) for told in (one, other)])
    near = likeness.nearest([(other, (one.span, other.span)), (one, ()), (one, (one.span,)), (other, (other.span,))])
    assert near[2].min() > 0.9
    assert near[0].tolist() == near[3].tolist()
    assert near[3].max() < 0.5
    assert near[1].tolist() == [0.0] * len(pieces.weights)
    assert likeness.unasked([(one, other.span), (other, other.span)]).round(2).tolist()[0] == 0.0


def test_what_a_stretch_tells_beside_the_question_is_unasked() -> None:
    assert Told("trạm BTS", "trạm BTS").unasked() < 0.1
    assert Told("trạm BTS", "doanh thu bưu chính").unasked() > 0.6


def test_a_question_of_function_words_is_like_nothing() -> None:
    told = Told("bao nhiêu?", "Tỉnh có 64 trạm BTS.")
    assert told.held(told.sentence.span) == 0.0
    assert told.unasked() == 0.0
    assert told.likeness.nearest([(told.sentence, (told.sentence.span,))]).shape == (1, 0)
