import pytest

from assistant.match import Matcher
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.lexicon import canonical_words
from index.types import Span
from tests.test_index_candidates import cut, sentences

BODY = "Các doanh nghiệp lắp mới 64 trạm BTS, phủ sóng 4G tới 1.486 thôn; cổng dịch vụ công nhận 41.207 hồ sơ."


def matcher(question: str, carried: str = "", share: float = 0.0) -> Matcher:
    words = canonical_words(question, typed=True)
    return Matcher(words, canonical_words(carried, typed=True), lambda key: share)


def figure(core: str, body: str = BODY) -> Candidate:
    return next(c for s in sentences(body) for c in figure_candidates(s) if cut(c, c.core) == core)


def coverage(question: str, core: str, body: str = BODY) -> float:
    asked = matcher(question)
    return asked.coverage(asked.found(figure(core, body)))


def test_a_question_whose_words_all_stand_by_the_figure_is_covered_whole() -> None:
    assert coverage("trạm BTS", "64") == 1.0


def test_a_question_of_which_nothing_stands_there_is_not_covered() -> None:
    assert coverage("thư viện", "64") == 0.0


def test_a_figure_is_about_its_own_words_more_than_about_its_neighbours() -> None:
    assert coverage("trạm BTS", "64") > coverage("trạm BTS", "1.486") > 0
    assert coverage("hồ sơ", "41.207") > coverage("hồ sơ", "64")


def test_words_typed_without_diacritics_are_found_nearly_as_well() -> None:
    assert 0.9 < coverage("phu song", "1.486") < 1.0


def test_words_with_other_diacritics_are_other_words() -> None:
    assert coverage("phụ", "1.486") == 0.0


def test_synonyms_of_the_field_are_found() -> None:
    assert coverage("cột phát sóng", "64") == 1.0


def test_a_mistyped_word_is_found_less_well() -> None:
    assert 0 < coverage("dohan nghiệp", "64") < coverage("doanh nghiệp", "64")


def test_half_of_a_two_syllable_word_counts_less_than_the_whole() -> None:
    body = "Tỉnh có 12 bưu cục."
    assert 0 < coverage("bưu chính", "12", body) < 0.6


def test_a_phrase_of_the_lexicon_counts_only_as_a_whole() -> None:
    assert coverage("điện thoại thông minh", "12", "Tỉnh có 12 máy điện thoại cố định.") == 0.0


def test_words_carried_over_weigh_less_than_those_asked() -> None:
    asked = matcher("trạm BTS", carried="thư viện")
    weights = {term.word.folded: term.weight for term in asked.terms}
    alone = {term.word.folded: term.weight for term in matcher("thư viện").terms}
    assert weights["vien"] < alone["vien"]
    assert 0.5 < asked.coverage(asked.found(figure("64"))) < 1.0


def test_words_of_every_passage_weigh_almost_nothing() -> None:
    assert matcher("trạm BTS", share=1.0).total < 0.1 < matcher("trạm BTS", share=0.0).total


def test_a_question_without_words_covers_nothing() -> None:
    asked = matcher("")
    assert asked.coverage(asked.found(figure("64"))) == 0.0


def test_how_much_of_the_question_a_stretch_holds() -> None:
    sentence = sentences(BODY)[0]
    asked = matcher("trạm BTS")
    start = sentence.span.start
    assert asked.held(sentence, sentence.span) == 1.0
    assert asked.held(sentence, Span(start, start + sentence.text.index("64"))) == 0.0


@pytest.mark.parametrize(("written", "asked"), [("trạm", True), ("tram", False), ("xã", False)])
def test_which_words_of_a_report_are_asked(written: str, asked: bool) -> None:
    assert matcher("trạm BTS").is_asked(canonical_words(written)[0]) is asked
