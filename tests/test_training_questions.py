import random

from training.corpus import strip_diacritics
from training.questions import QuestionRecipe, Rewording, ask, without_marks

SENTENCE = "Năm 2020 tỉnh Đắk Nông có 905 trạm phát sóng và 12 doanh nghiệp viễn thông hoạt động."


def test_a_query_asks_for_something_and_leaves_out_words() -> None:
    queries = {ask(SENTENCE, QuestionRecipe(), random.Random(seed)) for seed in range(50)}
    assert len(queries) > 40
    assert any("bao nhiêu" in query and "905" not in query for query in queries)
    assert any("năm nào" in query or "khi nào" in query for query in queries)
    assert all("\0" not in query for query in queries)


def test_a_query_repeats_with_its_seed() -> None:
    assert ask(SENTENCE, QuestionRecipe(), random.Random(3)) == ask(SENTENCE, QuestionRecipe(), random.Random(3))


def test_a_sentence_of_one_word_can_be_asked_about() -> None:
    assert ask("Hết", QuestionRecipe(), random.Random(1))


def test_diacritics_go_from_all_words_from_about_half_or_from_none() -> None:
    draw = random.Random(1)
    assert without_marks(SENTENCE, 1.0, 0.0, draw) == strip_diacritics(SENTENCE)
    assert without_marks(SENTENCE, 0.0, 0.0, draw) == SENTENCE
    half = without_marks(SENTENCE, 0.0, 1.0, draw)
    assert strip_diacritics(half) == strip_diacritics(SENTENCE)
    assert half not in (SENTENCE, strip_diacritics(SENTENCE))


def test_phrases_of_the_lexicon_get_another_form() -> None:
    reword = Rewording()
    assert reword("ứng dụng CNTT", random.Random(1)) == "ứng dụng công nghệ thông tin"
    assert reword("dùng smartphone", random.Random(1)) != "dùng smartphone"


def test_words_which_mostly_mean_something_else_stay() -> None:
    assert Rewording()("chụp CT, dân tộc, phạt đền", random.Random(1)) == "chụp CT, dân tộc, phạt đền"
