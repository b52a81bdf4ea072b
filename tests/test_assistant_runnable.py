import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import RunnableLambda

from assistant import Answer, Assistant, Settings
from index.errors import QuestionError
from tests.chat_server import ChatServer, Reply, serving

QUESTION = "Đắk Nông có bao nhiêu trạm BTS?"
OTHER = "Tuyên Quang có bao nhiêu trạm BTS?"


class Recorder(BaseCallbackHandler):
    """Keeps which steps and models were started."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.models: list[str] = []
        self.ended = 0

    def on_chain_start(self, serialized: Any, inputs: Any, **more: Any) -> None:
        self.steps.append(more.get("name", ""))

    def on_chat_model_start(self, serialized: Any, messages: Any, **more: Any) -> None:
        self.models.append(more["metadata"]["ls_model_name"])

    def on_llm_end(self, response: Any, **more: Any) -> None:
        self.ended += 1


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as running:
        yield running


@pytest.fixture
def chatting(bundled_index: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "not-a-key")
    server.will(refusing())
    return Assistant.open(Settings(index_dir=bundled_index, llm="openai:test-model", llm_timeout_s=5))


def refusing() -> Reply:
    return Reply(("Các báo cáo không ", "nêu điều này."))


def timeless(answer: Answer) -> Answer:
    return replace(answer, elapsed_ms=0.0)


@pytest.mark.parametrize("given", [QUESTION, {"question": QUESTION}, {"question": QUESTION, "history": []}])
def test_a_question_or_a_mapping_is_answered_as_by_the_assistant(bot: Assistant, given: Any) -> None:
    assert timeless(bot.as_runnable().invoke(given)) == timeless(bot.answer(QUESTION))


def test_the_history_is_looked_at(bot: Assistant) -> None:
    history = [{"role": "user", "content": QUESTION}]
    reply = bot.as_runnable().invoke({"question": "Còn Tuyên Quang thì sao?", "history": history})
    assert timeless(reply) == timeless(bot.answer("Còn Tuyên Quang thì sao?", history))
    assert reply.citations[0].province == "Tuyên Quang"


def test_questions_are_answered_in_batches_and_in_order(bot: Assistant) -> None:
    replies = bot.as_runnable().batch([QUESTION, OTHER])
    assert [reply.question for reply in replies] == [QUESTION, OTHER]
    assert [timeless(reply) for reply in replies] == [timeless(bot.answer(one)) for one in (QUESTION, OTHER)]


def test_it_answers_asynchronously(bot: Assistant) -> None:
    async def ask() -> tuple[Answer, list[Answer], list[Answer]]:
        runnable = bot.as_runnable()
        return (
            await runnable.ainvoke(QUESTION),
            await runnable.abatch([OTHER]),
            [a async for a in runnable.astream(OTHER)],
        )

    one, batch, stream = asyncio.run(ask())
    assert timeless(one) == timeless(bot.answer(QUESTION))
    assert timeless(batch[0]) == timeless(stream[-1]) == timeless(bot.answer(OTHER))


def test_a_stream_ends_with_the_whole_answer(bot: Assistant) -> None:
    assert timeless(list(bot.as_runnable().stream(QUESTION))[-1]) == timeless(bot.answer(QUESTION))


def test_it_goes_together_with_other_runnables(bot: Assistant) -> None:
    chain = RunnableLambda(str.strip) | bot.as_runnable() | RunnableLambda(lambda answer: answer.citations[0].report)
    assert chain.invoke(f"  {QUESTION} ") == "dak-nong-2023.md"


@pytest.mark.parametrize("given", [{}, {"question": 3}, {"question": None}, ["x"]])
def test_what_is_no_question_is_refused(bot: Assistant, given: Any) -> None:
    with pytest.raises(QuestionError, match=r'^Đầu vào sai dạng: hãy cho một câu hỏi, hoặc \{"question": '):
        bot.as_runnable().invoke(given)


@pytest.mark.parametrize("history", [3, "x", [3], [{"role": "user"}]])
def test_a_malformed_history_is_refused(bot: Assistant, history: Any) -> None:
    with pytest.raises(QuestionError, match=r"^Lịch sử hội thoại sai dạng"):
        bot.as_runnable().invoke({"question": QUESTION, "history": history})


@pytest.mark.parametrize("way", ["invoke", "stream", "ainvoke", "astream"])
def test_callbacks_see_every_step_and_the_models_call(chatting: Assistant, way: str) -> None:
    recorder, runnable = Recorder(), chatting.as_runnable()

    async def last() -> Answer:
        if way == "ainvoke":
            return await runnable.ainvoke(QUESTION, {"callbacks": [recorder]})
        return [part async for part in runnable.astream(QUESTION, {"callbacks": [recorder]})][-1]

    if way == "invoke":
        reply = runnable.invoke(QUESTION, {"callbacks": [recorder]})
    elif way == "stream":
        reply = list(runnable.stream(QUESTION, {"callbacks": [recorder]}))[-1]
    else:
        reply = asyncio.run(last())
    assert reply.reader == "openai:test-model"
    assert recorder.models == ["test-model"]
    assert recorder.ended == 1
    assert {"question", "understand", "retrieve", "reply"} <= set(recorder.steps)


def test_the_retriever_gives_documents_with_their_place(bot: Assistant) -> None:
    documents = bot.as_retriever(k=4).invoke("trạm BTS ở Đắk Nông")
    assert [document.page_content for document in documents] == [
        hit.text for hit in bot.search("trạm BTS ở Đắk Nông", 4)
    ]
    first = documents[0]
    report = bot.index.reports[first.metadata["report"]]
    assert report.text[first.metadata["start"] : first.metadata["end"]] == first.page_content
    assert {name: first.metadata[name] for name in ("title", "province", "year")} == {
        "title": report.title, "province": "Đắk Nông", "year": 2023,
    }  # fmt: skip
    assert first.metadata["score"] > 0
    assert first.id == f"dak-nong-2023.md:{first.metadata['start']}:{first.metadata['end']}"


def test_the_retriever_works_asynchronously_and_in_batches(bot: Assistant) -> None:
    retriever = bot.as_retriever(k=2)
    assert asyncio.run(retriever.ainvoke(QUESTION)) == retriever.invoke(QUESTION) == retriever.batch([QUESTION])[0]


def test_a_retriever_of_no_passages_is_refused(bot: Assistant) -> None:
    with pytest.raises(QuestionError, match=r"^Số đoạn cần tìm là 0: "):
        bot.as_retriever(k=0)


def test_the_retriever_refuses_an_empty_question(bot: Assistant) -> None:
    with pytest.raises(QuestionError, match=r"^Câu hỏi trống"):
        bot.as_retriever().invoke(" ")
