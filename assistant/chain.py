"""The whole as one LangChain Runnable, and ``Assistant``, which opens it."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.read import Reader
from assistant.rerank import open_reranker
from assistant.retrieve import Retriever
from assistant.settings import Settings, read_settings
from assistant.types import Answer, Draft, Message, Query, Verification
from assistant.understand import understand
from assistant.verify import verify, verify_answer
from index import store
from index.build import BuildSummary, build, check_model, is_current
from index.embed import question_embedder
from index.errors import IndexMismatchError, QuestionError
from index.restore import restore
from index.store import Index
from index.types import Hit, Passage
from index.words import nfc

MAX_QUESTION_CHARS = 2_000
MAX_TURNS = 12
"""Turns of a conversation that are looked at, the assistant's included."""
_STREAM_CHARS = 24


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    history: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    query: Query
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    query: Query
    draft: Draft


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
    """

    def __init__(self, index: Index, settings: Settings) -> None:
        self.index = index
        self.settings = settings
        self.retriever = Retriever(index, question_embedder(settings.embedding_model), open_reranker(settings.reranker))
        self.reader = Reader(index)
        self.chain: Runnable[_Asked, Answer] = (
            RunnableLambda(self._understand) | self._retrieve | self._read | self._verify
        )

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        progress: Callable[[int, int], object] = lambda done, total: None,
        built: Callable[[BuildSummary], object] = lambda summary: None,
        noticed: Callable[[str], object] = lambda message: None,
    ) -> "Assistant":
        """Open the index, building it first when there is none or the reports changed.

        Args:
            settings: Default: read from the environment.
            progress: Called while building with (windows embedded, windows in all).
            built: Called with the summary after a build.
            noticed: Called with why an index on disk cannot be used and is built anew.

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
            built(build(settings.reports_dir, settings.index_dir, settings.embedding_model, progress))
            index = store.read(settings.index_dir)
        if index is None:
            raise IndexMismatchError(
                f"Không mở được chỉ mục ở {str(settings.index_dir)!r}: hãy chạy «assistant index»."
            )
        return cls(index, settings)

    def answer(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
        """Answer one question.

        Args:
            question: In Vietnamese, with or without diacritics.
            history: Earlier turns, oldest first: ``{"role": "user" | "assistant", "content": "…"}``.

        Raises:
            QuestionError: The question is empty or longer than MAX_QUESTION_CHARS.
        """
        began = time.perf_counter()
        asked = check_question(question)
        answer = self.chain.invoke(_Asked(asked, _messages(history)))
        return replace(answer, question=asked, elapsed_ms=round((time.perf_counter() - began) * 1000, 2))

    def stream(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Iterator[Answer]:
        """Answer one question piecewise: each part is an ``Answer`` whose text grows; the last one is whole.

        Raises:
            QuestionError: The question is empty or longer than MAX_QUESTION_CHARS.
        """
        whole = self.answer(question, history)
        for end in range(_STREAM_CHARS, len(whole.text), _STREAM_CHARS):
            yield replace(whole, text=whole.text[:end], checks=())
        yield whole

    def verify(self, answer: Answer) -> Verification:
        """Hold an answer, of this or another session or reader, against the reports of the index."""
        return verify_answer(answer, self.index.reports)

    def search(self, question: str, top: int = 10) -> list[Ranked]:
        """The passages nearest to a question, best first.

        Raises:
            QuestionError: The question is empty or longer than MAX_QUESTION_CHARS, or ``top`` is below 1.
        """
        if top < 1:
            raise QuestionError(f"Số đoạn cần tìm là {top}: hãy cho một số nguyên dương.")
        query = self._understand(_Asked(check_question(question), ()))
        return [self._ranked(hit) for hit in self.retriever.retrieve(query, top, untold=True)[:top]]

    def _ranked(self, hit: Hit) -> Ranked:
        passage: Passage = self.index.passages[hit.passage]
        return Ranked(passage.report, passage.start, passage.end, self.index.text(passage), round(hit.score, 4))

    def _understand(self, asked: _Asked) -> Query:
        return understood(asked.question, asked.history, self.index)

    def _retrieve(self, query: Query) -> _Found:
        return _Found(query, tuple(self.retriever.retrieve(query)))

    def _read(self, found: _Found) -> _Read:
        return _Read(found.query, self.reader.read(found.query, found.hits))

    def _verify(self, done: _Read) -> Answer:
        return verify(done.query, done.draft, self.index)


def understood(question: str, history: Sequence[Message], index: Index) -> Query:
    """What is asked, once diacritics left out and typing errors are mended, see ``index.restore``.

    Args:
        question: NFC, not empty.
        history: Earlier turns, oldest first; only the user's are looked at.
        index: Knows the words and the provinces of the reports.
    """
    meant = restore(question, index.share)
    earlier = [Message(turn.role, restore(turn.content, index.share)) for turn in history if turn.role == "user"]
    query = understand(meant, earlier, tuple(index.reports.values()))
    return replace(query, restored=meant != question)


def check_question(question: str) -> str:
    """The question, NFC and stripped.

    Raises:
        QuestionError: It is empty or longer than MAX_QUESTION_CHARS.
    """
    asked = _typed(question).strip()
    if not asked:
        raise QuestionError("Câu hỏi trống: hãy gõ một câu hỏi, ví dụ «Đắk Nông có bao nhiêu trạm BTS?».")
    if len(asked) > MAX_QUESTION_CHARS:
        raise QuestionError(f"Câu hỏi dài {len(asked)} ký tự, quá giới hạn {MAX_QUESTION_CHARS}: hãy hỏi ngắn lại.")
    return asked


def _messages(history: Sequence[Mapping[str, str]] | None) -> tuple[Message, ...]:
    """The last turns of a conversation, overlong ones cut: older ones say nothing of what is asked now.

    Raises:
        QuestionError: A turn is not ``{"role": …, "content": …}``.
    """
    try:
        turns = [(str(turn["role"]), str(turn["content"])) for turn in (history or ())[-MAX_TURNS:]]
    except (KeyError, TypeError) as error:
        raise QuestionError('Lịch sử hội thoại sai dạng: mỗi lượt phải là {"role": …, "content": …}.') from error
    return tuple(Message(_typed(role), _typed(content[:MAX_QUESTION_CHARS])) for role, content in turns)


def _typed(text: str) -> str:
    """The text in NFC; half a surrogate pair, which no tokenizer takes, as "\ufffd"."""
    return nfc(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


@lru_cache(maxsize=1)
def _default() -> Assistant:
    return Assistant.open()


def answer(question: str, history: Sequence[Mapping[str, str]] = ()) -> Answer:
    """Answer with the default settings; the index is opened at the first call and kept."""
    return _default().answer(question, history)
