"""The whole as one LangChain Runnable, and ``Assistant``, which opens it."""

import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda
from langchain_core.runnables.config import run_in_executor

from assistant.across_years import across_years, told_over_years
from assistant.asking import MAX_QUESTION_CHARS, Question, asked, check_question, check_top, put
from assistant.backing import Backing
from assistant.read import Reader
from assistant.replied import with_reply
from assistant.rerank import open_reranker
from assistant.retrieve import Retriever
from assistant.settings import Settings, read_settings
from assistant.types import Answer, Draft, Message, Query, Verification
from assistant.understand import understand
from assistant.verify import verify, verify_answer
from index import store
from index.build import BuildSummary, build, check_model, is_current
from index.embed import question_embedder
from index.errors import IndexMismatchError
from index.opened import Index
from index.restore import restore
from index.types import Hit, Passage

if TYPE_CHECKING:
    from assistant.chat_reader import ChatReader
    from assistant.runnable import PassageRetriever

__all__ = ["MAX_QUESTION_CHARS", "Assistant", "Ranked", "answer", "check_question", "understood"]

EXTRACTIVE = "extractive"
_STREAM_CHARS = 24


@dataclass(frozen=True, slots=True)
class _Understood:
    asked: Question
    query: Query


@dataclass(frozen=True, slots=True)
class _Found:
    asked: Question
    query: Query
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage found, with its text: ``index.reports[report].text[start:end] == text``."""

    report: str
    start: int
    end: int
    text: str
    score: float


class Assistant:
    """Answers questions over an opened index.

    Attributes:
        index: The opened index, with its reports.
        settings: What it was opened with.
        retriever: Ranks passages.
        reader: Reads answers out of them.
        backing: What cited passages tell, to verify answers against.
        chat: Lets the chat model of the settings read them, or None.
    """

    def __init__(self, index: Index, settings: Settings) -> None:
        self.index = index
        self.settings = settings
        self.retriever = Retriever(index, question_embedder(settings.embedding_model), open_reranker(settings.reranker))
        self.reader = Reader(index)
        self.backing = Backing(index.reports)
        self.chat = _open_chat(index, settings, self.backing)
        # its types know generators of one argument only
        reply: Runnable[_Found, Answer] = RunnableLambda(self._reply, self._areply, name="reply")  # type: ignore[arg-type]
        self.chain: Runnable[Question, Answer] = (
            RunnableLambda(self._understand, name="understand")
            | RunnableLambda(self._retrieve, name="retrieve")
            | reply
        )

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        progress: Callable[[int, int], object] = lambda done, total: None,
        built: Callable[[BuildSummary], object] = lambda summary: None,
        noticed: Callable[[str], object] = lambda message: None,
    ) -> "Assistant":
        """Open the index, building it first when there is none, the reports changed, or it is damaged.

        Should another process be building it, that one is waited for, and only what it left to do is done.

        Args:
            settings: Default: read from the environment.
            progress: Called while building with (steps done, steps in all).
            built: Called with the summary after a build.
            noticed: Called with why an index on disk cannot be used and is built anew, and whom there is to wait for.

        Raises:
            UserError: The reports, the index or the model cannot be used; the message says what to do.
        """
        settings = settings or read_settings()
        index = None
        try:
            if is_current(settings.reports_dir, settings.index_dir, settings.embedding_model):
                index = store.read(settings.index_dir)
            else:
                check_model(settings.index_dir, settings.embedding_model)
        except IndexMismatchError as error:
            noticed(str(error))
        if index is None:
            bot, summary = cls.rebuild(settings, progress, noticed)
            built(summary)
            return bot
        return cls(index, settings)

    @classmethod
    def rebuild(
        cls,
        settings: Settings,
        progress: Callable[[int, int], object] = lambda done, total: None,
        waiting: Callable[[str], object] = lambda message: None,
    ) -> tuple["Assistant", BuildSummary]:
        """Build the index anew, as far as it changed, and open it; an assistant opened before goes on answering.

        Args:
            settings: With the folders and the model.
            progress: Called while building with (steps done, steps in all).
            waiting: Called with whom there is to wait for, when another process builds.

        Raises:
            UserError: The reports, the index or the model cannot be used; the message says what to do.
            OSError: The index cannot be written; an older index stays.
        """
        summary = build(settings.reports_dir, settings.index_dir, settings.embedding_model, progress, waiting)
        index = store.read(settings.index_dir)
        if index is None:
            raise IndexMismatchError(
                f"Không mở được chỉ mục ở {str(settings.index_dir)!r}: hãy chạy «assistant index»."
            )
        return cls(index, settings), summary

    def answer(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
        """Answer one question.

        Args:
            question: In Vietnamese, with or without diacritics.
            history: Earlier turns, oldest first: ``{"role": "user" | "assistant", "content": "…"}``.

        Raises:
            QuestionError: The question is empty or longer than MAX_QUESTION_CHARS.
        """
        put_to = asked(question, history)
        return self.chain.invoke(put_to) if self.chat else self._extracted(put_to)

    def read(self, question: str) -> Answer:
        """Answer one question in the reports' own words, also where the settings have a chat model.

        Raises:
            QuestionError: The question is empty or longer than MAX_QUESTION_CHARS.
        """
        return self._extracted(asked(question, ()))

    def _extracted(self, question: Question) -> Answer:
        """The answer in the reports' own words, by the steps of the chain without LangChain's care for each."""
        found = self._retrieve(self._understand(question))
        draft = self._draft(found.query, found.hits)
        return _timed(verify(found.query, draft, self.index, self.backing), question)

    def stream(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Iterator[Answer]:
        """Answer one question piecewise: each part is an ``Answer`` whose text grows; the last one is whole.

        A chat model's text grows by whole sentences that hold; should a later one not hold, or the model fail, the
        last part replaces what was shown before.

        Raises:
            QuestionError: The question is empty or longer than MAX_QUESTION_CHARS.
        """
        shown = False
        for part in self.chain.stream(asked(question, history)):
            if not shown and part.reader == EXTRACTIVE:
                for end in range(_STREAM_CHARS, len(part.text), _STREAM_CHARS):
                    yield replace(part, text=part.text[:end], checks=())
            yield part
            shown = True

    def verify(self, answer: Answer) -> Verification:
        """Hold an answer, of this or another session or reader, against the reports of the index."""
        return verify_answer(answer, self.index.reports, self.backing)

    def search(self, question: str, top: int = 10) -> list[Ranked]:
        """The passages nearest to a question, best first.

        Raises:
            QuestionError: The question is empty or longer than MAX_QUESTION_CHARS, or ``top`` is below 1.
        """
        query = understood(check_question(question), (), self.index)
        hits = self.retriever.retrieve(query, check_top(top), untold=True)
        return [self._ranked(hit) for hit in hits[:top]]

    def _ranked(self, hit: Hit) -> Ranked:
        passage: Passage = self.index.passages[hit.passage]
        return Ranked(passage.report, passage.start, passage.end, self.index.text(passage), round(hit.score, 4))

    def as_runnable(self) -> Runnable[str | Mapping[str, object], Answer]:
        """The assistant for LangChain: takes a question, or ``{"question": …, "history": […]}``; gives an ``Answer``.

        ``stream`` gives answers that grow, as ``Assistant.stream`` does for a chat model; callbacks given in the
        config see every step and the chat model's calls.
        """
        return RunnableLambda(put, name="question") | self.chain

    def as_retriever(self, k: int = 10) -> "PassageRetriever":
        """The retriever for LangChain.

        Args:
            k: Passages wanted.

        Raises:
            QuestionError: ``k`` is below 1.
        """
        from assistant.runnable import (
            PassageRetriever,
        )  # another 20 ms of LangChain

        return PassageRetriever(search=self.search, index=self.index, k=check_top(k))

    def _understand(self, asked: Question) -> _Understood:
        return _Understood(asked, understood(asked.text, asked.history, self.index))

    def _retrieve(self, told: _Understood) -> _Found:
        return _Found(told.asked, told.query, tuple(self.retriever.retrieve(told.query)))

    def _reply(self, found: _Found, config: RunnableConfig) -> Iterator[Answer]:
        for answer in self._answers(found, config):
            yield _timed(answer, found.asked)

    async def _areply(self, found: _Found, config: RunnableConfig) -> AsyncIterator[Answer]:
        answers = self._reply(found, config)
        while (answer := await run_in_executor(config, next, answers, None)) is not None:
            yield answer

    def _answers(self, found: _Found, config: RunnableConfig) -> Iterator[Answer]:
        query = found.query
        if self.chat is None or self.reader.without_reading(self.reader.settled(query)):
            yield verify(query, self._draft(query, found.hits), self.index, self.backing)
            return
        yield from self.chat.answers(
            query, found.hits, found.asked.history, lambda: self._draft(query, found.hits), config
        )

    def _draft(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """What the reader tells; of a change that no report tells, what those of both years tell together."""
        draft = self.reader.read(query, hits)
        wider = across_years(query, self.index.reports.values()) if draft.status == "abstained" else None
        if wider is None:
            return draft
        both = self.reader.read(wider, self.retriever.retrieve(wider))
        return told_over_years(both, wider, query.direction, self.index.reports) or draft


def _timed(answer: Answer, asked: Question) -> Answer:
    """The answer to a question as it was put, with how long it took."""
    return replace(answer, question=asked.text, elapsed_ms=round((time.perf_counter() - asked.began) * 1000, 2))


def _open_chat(index: Index, settings: Settings, backing: Backing) -> "ChatReader | None":
    if not settings.llm:
        return None
    from assistant.chat_reader import ChatReader  # 50 ms of LangChain that the extractive reader need not wait for

    return ChatReader(index, settings, backing)


def understood(question: str, history: Sequence[Message], index: Index) -> Query:
    """What is asked, once diacritics left out and typing errors are mended, see ``index.restore``.

    Args:
        question: NFC, not empty.
        history: Earlier turns, oldest first; of the assistant's only the last, for the figures and the name in it.
        index: Knows the words and the provinces of the reports.
    """
    meant = restore(question, index.share)
    earlier = [Message(turn.role, restore(turn.content, index.share)) for turn in history if turn.role == "user"]
    query = understand(meant, earlier, tuple(index.reports.values()))
    return with_reply(replace(query, restored=meant != question), history)


@lru_cache(maxsize=1)
def _default() -> Assistant:
    return Assistant.open()


def answer(question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
    """Answer with the default settings; the index is opened at the first call and kept."""
    return _default().answer(question, history)
