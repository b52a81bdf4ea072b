"""The chat-model reader: asked, held against the passages, asked once more, and else the extractive answer."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from langchain_core.runnables import RunnableConfig

from assistant.backing import Backing
from assistant.chat import ChatModel
from assistant.chat_errors import ModelFailed, Trouble
from assistant.chat_text import ENDED, Said, complete, plain, said
from assistant.prompting import Prompt, Window, asked_again, first_prompt
from assistant.settings import Settings
from assistant.types import Answer, Draft, Message, Query
from assistant.verify import verify, verify_answer
from index.opened import Index
from index.types import Hit

_TRIES = 2
_MAX_NEAR = 3
_INSTEAD = "nên đây là trích dẫn trực tiếp từ báo cáo."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _SoFar:
    """What a model wrote so far.

    Attributes:
        text: As it came.
        answer: Its whole sentences as an answer, where these are new and hold.
    """

    text: str
    answer: Answer | None


class ChatReader:
    """Lets a chat model answer from the hits; what does not hold is never shown.

    Args:
        index: Holds the reports.
        settings: Name the model.
        backing: What cited passages tell.

    Raises:
        ChatModelError: The model cannot be opened.
    """

    def __init__(self, index: Index, settings: Settings, backing: Backing) -> None:
        self._index = index
        self._backing = backing
        self._model = ChatModel(settings)
        self._window = Window(settings.llm_window, settings.llm_max_tokens)

    def answers(
        self,
        query: Query,
        hits: Sequence[Hit],
        history: Sequence[Message],
        extractive: Callable[[], Draft],
        config: RunnableConfig | None = None,
    ) -> Iterator[Answer]:
        """The answer, growing by whole sentences that hold; the last one is whole.

        The last one replaces what came before it only where a later sentence did not hold.

        Args:
            query: The question understood.
            hits: Best first.
            history: Earlier turns, oldest first.
            extractive: What the extractive reader makes of it, for when the model fails.
            config: Callbacks, tags and metadata for LangChain.
        """
        prompt = first_prompt(query, hits, history, self._index, self._window)
        if not prompt.shown:
            yield (
                self._instead(query, extractive(), Trouble.TOO_LONG) if hits else self._extractive(query, extractive())
            )
            return
        trouble = Trouble.UNVERIFIED
        for attempt in range(_TRIES):
            written = ""
            try:
                for so_far in self._written(query, prompt, config):
                    written = so_far.text
                    if so_far.answer and attempt == 0:
                        yield so_far.answer
            except ModelFailed as failed:
                trouble = failed.trouble
                break
            told = said(written, prompt.shown, query.question)
            if told.draft.status == "abstained":
                told = replace(told, draft=_with_near(told.draft, extractive()))
            answer, reasons = self._held(query, told)
            if not reasons:
                yield answer
                return
            _log.info("%s does not hold: %s", self._model.name, "; ".join(reasons))
            trouble = Trouble.UNVERIFIED if plain(written) else Trouble.EMPTY
            prompt = asked_again(prompt, plain(written) or "…", reasons)
        yield self._instead(query, extractive(), trouble)

    def _written(self, query: Query, prompt: Prompt, config: RunnableConfig | None) -> Iterator[_SoFar]:
        """What is written after each piece; what breaks off ends with its last whole sentence."""
        written = before = ""
        for piece in self._model.stream(prompt, config):
            written += piece.text
            whole = complete(written)
            if piece.cut and not ENDED.search(written):
                written = whole
            yield _SoFar(written, self._growing(query, whole, prompt) if whole != before else None)
            before = whole

    def _growing(self, query: Query, written: str, prompt: Prompt) -> Answer | None:
        """The sentences so far as an answer, if they hold by themselves."""
        if not plain(written):
            return None
        told = said(written, prompt.shown, query.question)
        if told.draft.status == "abstained":
            return None
        answer, reasons = self._held(query, told)
        return None if reasons else answer

    def _held(self, query: Query, told: Said) -> tuple[Answer, tuple[str, ...]]:
        """The answer of a draft, and why it does not hold, a line each; none when it does."""
        for note in told.notes:
            _log.info("%s: marker %s", self._model.name, note)
        answer = replace(verify(query, told.draft, self._index, self._backing), reader=self._model.name)
        verification = verify_answer(answer, self._index.reports, self._backing)
        reasons = [f"{problem.about}: {problem.reason}" for problem in told.problems]
        return answer, tuple(dict.fromkeys((*reasons, *verification.reasons)))

    def _extractive(self, query: Query, draft: Draft) -> Answer:
        return verify(query, draft, self._index, self._backing)

    def _instead(self, query: Query, draft: Draft, trouble: Trouble) -> Answer:
        """The extractive answer, with a line that says why the model's is not shown."""
        answer = self._extractive(query, draft)
        return replace(answer, text=f"{answer.text}\n{trouble} {_INSTEAD}")


def _with_near(refusal: Draft, extractive: Draft) -> Draft:
    """A refusal with the nearest passages that the extractive reader finds."""
    return replace(refusal, near=(extractive.near or extractive.evidence)[:_MAX_NEAR])
