import pytest

from assistant import Assistant
from assistant.tokens import MAX_PASSAGES, Shown, choices, model_tokens, pack
from index.tokens import count_tokens
from index.types import Hit


@pytest.fixture(scope="module")
def hits(bot: Assistant) -> list[Hit]:
    return [Hit(passage, 1.0) for passage in range(len(bot.index.passages))]


def shown(bot: Assistant, hits: list[Hit], room: int) -> list[Shown]:
    return pack(choices(hits, bot.index), room, lambda one: one.text)


def test_a_chat_models_tokens_are_reckoned_rather_too_many_than_too_few() -> None:
    assert model_tokens("thông tin và truyền thông") == 2 * count_tokens("thông tin và truyền thông")


@pytest.mark.parametrize("room", [0, 1, 40, 150, 400, 1000, 3000])
def test_what_is_packed_fits_and_is_whole_sentences(bot: Assistant, hits: list[Hit], room: int) -> None:
    packed = shown(bot, hits, room)
    assert sum(model_tokens(one.text) for one in packed) <= room
    spans = {(p.report, s.start): p for p in bot.index.passages for s in p.sentences}
    for one in packed:
        passage = spans[one.report.path, one.span.start]
        assert one.span.end in {sentence.end for sentence in passage.sentences}
        assert one.text == one.report.text[one.span.start : one.span.end]


def test_the_best_passages_come_first_and_whole_where_there_is_room(bot: Assistant, hits: list[Hit]) -> None:
    packed = shown(bot, hits, 100_000)
    assert [one.text for one in packed] == [bot.index.text(passage) for passage in bot.index.passages[:MAX_PASSAGES]]


def test_of_a_passage_too_long_the_first_sentences_are_shown(bot: Assistant, hits: list[Hit]) -> None:
    passage = bot.index.passages[0]
    first = bot.index.reports[passage.report].text[passage.sentences[0].start : passage.sentences[0].end]
    packed = shown(bot, hits[:1], model_tokens(bot.index.text(passage)) - 1)
    assert packed[0].text.startswith(first)
    assert packed[0].text != bot.index.text(passage)
    assert shown(bot, hits[:1], model_tokens(first))[0].text == first
    assert shown(bot, hits[:1], model_tokens(first) - 1) == []
