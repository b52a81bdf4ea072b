import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from assistant import Answer, Assistant, Settings, chain
from assistant.chain import MAX_QUESTION_CHARS, check_question, understood
from assistant.retrieve import Retriever
from assistant.types import Message
from index.build import BuildSummary
from index.embed import question_embedder
from index.errors import QuestionError, ReportsError
from index.models import EmbeddingModel
from tests.conftest import within

QUESTION = "Đắk Nông có bao nhiêu trạm BTS?"
QUESTIONS = [
    QUESTION,
    "dak nong co bao nhieu tram bts",
    "Doanh thu viễn thông Điện Biên năm 2019?",
    "So sánh số trạm BTS của Đắk Nông và Phú Thọ",
    "Ai là thủ tướng nước Anh?",
    "Tuyên Quang đặt mục tiêu gì năm 2024?",
]


@pytest.fixture(scope="module", params=QUESTIONS)
def reply(request: pytest.FixtureRequest, bot: Assistant) -> Answer:
    return bot.answer(request.param)


def test_every_quote_is_the_reports_own_text_at_its_offsets(reply: Answer, bot: Assistant) -> None:
    for citation in (*reply.citations, *reply.near_misses):
        report = bot.index.reports[citation.report]
        assert report.text[citation.start : citation.end] == citation.quote
        assert (citation.sha256, citation.province, citation.year) == (report.sha256, report.province, report.year)
        assert citation.quote.strip() == citation.quote != ""


def test_markers_number_the_citations_and_stand_in_the_text(reply: Answer) -> None:
    assert [citation.marker for citation in reply.citations] == list(range(1, len(reply.citations) + 1))
    assert all(f"[{citation.marker}]" in reply.text for citation in reply.citations)


def test_an_answer_is_cited_and_an_abstention_is_not(reply: Answer) -> None:
    assert (reply.status == "abstained") is (reply.citations == ())
    assert reply.status == "abstained" or reply.near_misses == ()


def test_every_figure_of_the_text_is_checked_at_its_place_and_held(reply: Answer) -> None:
    for check in reply.checks:
        assert reply.text[check.start : check.end] == check.figure
        assert check.supported


def test_the_last_part_of_a_stream_is_the_answer_and_parts_only_grow(bot: Assistant) -> None:
    parts = list(bot.stream(QUESTION))
    whole = bot.answer(QUESTION)
    assert len(parts) > 1
    assert parts[-1].text == whole.text
    assert parts[-1].checks == whole.checks
    for earlier, later in pairwise(parts):
        assert later.text.startswith(earlier.text)
        assert len(later.text) > len(earlier.text)


@pytest.mark.parametrize(
    "written",
    [unicodedata.normalize("NFD", QUESTION), f"  {QUESTION}\n", QUESTION.replace("Đắk", "Đăk"), QUESTION.upper()],
    ids=["NFD", "white space", "other spelling", "capitals"],
)
def test_the_way_a_question_is_written_does_not_change_the_answer(bot: Assistant, written: str) -> None:
    assert bot.answer(written).text == bot.answer(QUESTION).text


def test_the_question_is_kept_in_nfc_without_surrounding_space(bot: Assistant) -> None:
    assert bot.answer(unicodedata.normalize("NFD", f" {QUESTION} ")).question == QUESTION


@pytest.mark.parametrize(
    "typed",
    [
        "dak nong co bao nhieu tram bts",
        "Dak Nong co bao nhieu tram BTS?",
        "Đắk Nông có baonhiêu trạm BTS?",
        "Đắk Nông có bn trạm BTS?",
        "Đak Nông co bao nhiêu tram BTS",
        unicodedata.normalize("NFD", "Đắk Nông có bao nhieu trạm BTS?"),
    ],
)
def test_a_question_typed_carelessly_is_answered_as_it_was_meant_and_kept_as_typed(bot: Assistant, typed: str) -> None:
    reply = bot.answer(typed)
    assert reply.text == bot.answer(QUESTION).text
    assert reply.question == list(bot.stream(typed))[-1].question == unicodedata.normalize("NFC", typed)
    assert bot.search(typed, top=1)[0].text == bot.search(QUESTION, top=1)[0].text


def test_only_a_question_that_was_mended_is_told_as_restored(bot: Assistant) -> None:
    meant = understood(QUESTION, (), bot.index)
    assert (meant.question, meant.restored) == (QUESTION, False)
    typed = understood("Dak Nong co bao nhieu tram BTS?", (), bot.index)
    assert (typed.question, typed.restored) == (QUESTION, True)
    assert typed == replace(meant, restored=True)


def test_what_was_said_before_is_mended_too(bot: Assistant) -> None:
    asked = "còn viễn thông thì sao"
    careless = understood(asked, [Message("user", "doanh thu bưu chính dak nong đc bn")], bot.index)
    assert careless == understood(asked, [Message("user", "doanh thu bưu chính đắk nông được bao nhiêu")], bot.index)
    assert (careless.provinces, careless.restored) == (("Đắk Nông",), False)


def test_the_prefix_of_questions_reaches_the_model_and_needs_no_new_index(bot: Assistant, bundled_index: Path) -> None:
    built: list[BuildSummary] = []
    settings = Settings(index_dir=bundled_index, embedding_query_prefix="bưu chính viễn thông công nghệ ")
    prefixed = Assistant.open(settings, built=built.append)
    assert built == []
    plain_scores, scores = ([hit.score for hit in one.search(QUESTION)] for one in (bot, prefixed))
    assert scores != plain_scores
    model = EmbeddingModel("bundled", query_prefix=settings.embedding_query_prefix)
    hits = Retriever(bot.index, question_embedder(model)).retrieve(understood(QUESTION, (), bot.index), 10)
    assert scores == [round(hit.score, 4) for hit in hits]


def test_a_follow_up_is_answered_of_the_province_before(bot: Assistant) -> None:
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "Có 1167 trạm [1]."}]
    reply = bot.answer("Còn doanh thu viễn thông thì sao?", history)
    assert {citation.province for citation in reply.citations} == {"Đắk Nông"}


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "\u00a0"])
def test_an_empty_question_is_refused(bot: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match=r"^Câu hỏi trống: hãy gõ một câu hỏi"):
        bot.answer(question)
    with pytest.raises(QuestionError, match=r"^Câu hỏi trống: hãy gõ một câu hỏi"):
        bot.search(question)


def test_an_overlong_question_is_refused_with_its_length(bot: Assistant) -> None:
    with pytest.raises(QuestionError, match=r"^Câu hỏi dài 100000 ký tự, quá giới hạn 2000: hãy hỏi ngắn lại\.$"):
        bot.answer("a" * 100_000)
    with pytest.raises(QuestionError, match=r"^Câu hỏi dài 2001 ký tự"):
        next(bot.stream("a" * (MAX_QUESTION_CHARS + 1)))


def test_a_question_of_the_longest_length_is_answered(bot: Assistant) -> None:
    assert bot.answer("trạm " * (MAX_QUESTION_CHARS // 5)).question.count("trạm") == 400


@pytest.mark.parametrize("question", ["\ud83d trạm", "trạm\x00BTS", "🛰🛰🛰", "?!.", "١٢٣", "[1] [999]", "a\u202eb"])
def test_odd_characters_are_no_error(bot: Assistant, question: str) -> None:
    history = [{"role": "user", "content": question}, {"role": "assistant", "content": question}]
    assert bot.answer(question, history).question == check_question(question)


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert check_question("\ud83d trạm 🛰") == "\ufffd trạm 🛰"


def test_search_gives_passages_with_their_exact_text_best_first(bot: Assistant) -> None:
    found = bot.search("trạm BTS ở Đắk Nông", top=5)
    assert len(found) == 5
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    for hit in found:
        assert bot.index.reports[hit.report].text[hit.start : hit.end] == hit.text
    assert found[0].report == "dak-nong-2023.md"
    assert "1167 trạm" in found[0].text


@pytest.mark.parametrize("question", ["???", "🛰🛰"])
def test_a_search_without_a_word_finds_nothing(bot: Assistant, question: str) -> None:
    assert bot.search(question) == []


def test_search_never_gives_more_than_asked(bot: Assistant) -> None:
    assert len(bot.search("trạm BTS", top=1)) == 1


def test_opening_builds_once_and_again_when_reports_change(small_reports: Path, tmp_path: Path) -> None:
    settings = Settings(reports_dir=small_reports, index_dir=tmp_path / "index")
    built: list[BuildSummary] = []
    Assistant.open(settings, built=built.append)
    Assistant.open(settings, built=built.append)
    assert [summary.added for summary in built] == [("lai-chau.txt", "son-la.md")]
    (small_reports / "moc-chau.txt").write_text("Sở họp tổng kết năm 2020\nMộc Châu có 77 trạm BTS.", "utf-8")
    opened = Assistant.open(settings, built=built.append)
    assert [summary.added for summary in built[1:]] == [("moc-chau.txt",)]
    assert set(opened.index.reports) == {"lai-chau.txt", "moc-chau.txt", "son-la.md"}


def test_opening_mends_a_damaged_index(small_reports: Path, tmp_path: Path) -> None:
    settings = Settings(reports_dir=small_reports, index_dir=tmp_path / "index")
    Assistant.open(settings)
    for damaged in ("manifest.json", "passages.jsonl", "windows.faiss"):
        current = tmp_path / "index" / "generations" / (tmp_path / "index" / "current").read_text()
        (current / damaged).write_bytes(b"")
        assert set(Assistant.open(settings).index.reports) == {"lai-chau.txt", "son-la.md"}


def test_opening_without_reports_tells_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ReportsError, match=r"^Không có thư mục báo cáo '.*/none'"):
        Assistant.open(Settings(reports_dir=tmp_path / "none", index_dir=tmp_path / "index"))


def test_new_reports_are_answered_from_with_their_place(small_reports: Path, tmp_path: Path) -> None:
    opened = Assistant.open(Settings(reports_dir=small_reports, index_dir=tmp_path / "index"))
    reply = opened.answer("Tổng số trạm BTS của Lai Châu là bao nhiêu?")
    assert reply.status == "answered"
    assert "905" in reply.text
    assert [(c.report, c.province, c.year, c.source) for c in reply.citations] == [
        ("lai-chau.txt", "Lai Châu", 2021, "Báo Lai Châu")
    ]


def test_the_module_level_answer_opens_the_default_assistant_once(
    bundled_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant import answer

    opened: list[Settings] = []
    real = Assistant.open

    def count(settings: Settings | None = None) -> Assistant:
        opened.append(settings or Settings())
        return real(settings)

    monkeypatch.setenv("ASSISTANT_INDEX_DIR", str(bundled_index))
    monkeypatch.setattr(Assistant, "open", count)
    chain._default.cache_clear()
    try:
        assert answer(QUESTION).text == answer(QUESTION, history=[]).text
    finally:
        chain._default.cache_clear()
    assert [settings.index_dir for settings in opened] == [bundled_index]


def test_an_answer_as_json_has_exactly_the_contracts_keys(bot: Assistant) -> None:
    told = bot.answer(QUESTION).to_dict()
    assert list(told) == [
        "question", "text", "status", "citations", "checks", "near_misses", "reader", "elapsed_ms",
    ]  # fmt: skip
    assert isinstance(told["citations"], list)
    assert list(told["citations"][0]) == [
        "marker", "report", "title", "province", "year", "source", "start", "end", "quote", "sha256",
    ]  # fmt: skip
    assert told["reader"] == "extractive"


def test_only_the_last_turns_of_a_history_are_looked_at(bot: Assistant) -> None:
    long = [{"role": "user", "content": "Phú Thọ có gì? " * 50_000}] * 3_000
    with within(10):
        reply = bot.answer("Còn Tuyên Quang thì sao?", [*long, {"role": "user", "content": QUESTION}])
    assert reply.citations[0].province == "Tuyên Quang"


@pytest.mark.parametrize("history", [[{"role": "user"}], ["xin chào"], [None]])
def test_a_malformed_turn_is_refused(bot: Assistant, history: list) -> None:
    with pytest.raises(QuestionError, match=r"^Lịch sử hội thoại sai dạng"):
        bot.answer(QUESTION, history)


@pytest.mark.parametrize("top", [0, -5])
def test_a_search_for_no_passages_is_refused(bot: Assistant, top: int) -> None:
    with pytest.raises(QuestionError, match=rf"^Số đoạn cần tìm là {top}: "):
        bot.search(QUESTION, top=top)


def test_a_search_over_several_provinces_gives_no_more_than_asked(bot: Assistant) -> None:
    assert len(bot.search("So sánh số trạm BTS của Đắk Nông và Tuyên Quang", top=1)) == 1
