"""A chat model by LangChain: streamed, retried, and cut off when too slow."""

import contextvars
import logging
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import RunnableConfig

from assistant.chat_errors import ModelFailed, Trouble, failure_of, invocation_errors
from assistant.chat_open import open_chat_model
from assistant.prompting import Prompt
from assistant.settings import Settings

_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 8.0
_CUT = frozenset({"length", "max_tokens", "model_length"})
"""How providers call an answer that ran out of tokens, in lower case."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _End:
    """The end of an answer.

    Attributes:
        whole: Whether the model ended it, and neither the token limit nor the connection.
    """

    whole: bool


_Item = str | _End | ModelFailed


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer.

    Attributes:
        text: What the model wrote since the piece before.
        cut: Whether the answer breaks off after it.
    """

    text: str
    cut: bool = False


class ChatModel:
    """A chat model that answers within its time or says why not.

    Args:
        settings: Name it, and set its time, tokens and retries.
        wait: Sleeps between two tries, seconds.

    Raises:
        ChatModelError: The name is unknown, or a package or key is missing.
    """

    def __init__(self, settings: Settings, wait: Callable[[float], object] = time.sleep) -> None:
        self.name = settings.llm
        self._seconds = settings.llm_timeout_s
        self._retries = settings.llm_retries
        self._wait = wait
        self._model = open_chat_model(settings)

    def stream(self, prompt: Prompt, config: RunnableConfig | None = None) -> Iterator[Piece]:
        """The answer as it comes.

        Asked anew, after a growing pause, when it is busy or cannot be reached before it wrote anything.

        Args:
            prompt: What it is sent.
            config: Callbacks, tags and metadata for LangChain.

        Raises:
            ModelFailed: It gave no answer, or not within its time.
        """
        deadline = time.monotonic() + self._seconds
        for attempt in range(self._retries + 1):
            began = False
            try:
                for piece in self._attempt(prompt, config, deadline):
                    began = True
                    yield piece
                return
            except ModelFailed as failed:
                _log.info("%s: %s, attempt %d", self.name, failed.trouble, attempt + 1)
                pause = failed.retry_after or min(_FIRST_WAIT_S * 2**attempt, _LONGEST_WAIT_S) * random.uniform(0.75, 1)
                last = began or attempt == self._retries or time.monotonic() + pause >= deadline
                if last or not failed.may_pass:
                    raise
            self._wait(pause)

    def _attempt(self, prompt: Prompt, config: RunnableConfig | None, deadline: float) -> Iterator[Piece]:
        # The client's own timeout starts anew with every byte, so one that trickles would never end; and not every
        # provider's client has one. A thread of its own can be left behind; it ends with the next piece or timeout.
        items: queue.SimpleQueue[_Item] = queue.SimpleQueue()
        left = threading.Event()
        context = contextvars.copy_context()
        work = threading.Thread(
            target=context.run, args=(self._pump, _messages(prompt), config, items, left), daemon=True
        )
        work.start()
        try:
            while True:
                try:
                    item = items.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    raise ModelFailed(Trouble.SLOW) from None
                if isinstance(item, ModelFailed):
                    raise item
                if isinstance(item, _End):
                    if not item.whole:
                        yield Piece("", cut=True)
                    return
                yield Piece(item)
        finally:
            left.set()

    def _pump(
        self,
        messages: list[BaseMessage],
        config: RunnableConfig | None,
        items: "queue.SimpleQueue[_Item]",
        left: threading.Event,
    ) -> None:
        """Put the pieces of an answer into ``items``, then its end or what went wrong; stop when it is not wanted."""
        last: _Item = ModelFailed(Trouble.UNREADABLE)  # should the client raise what nobody foresaw
        reason = ""
        try:
            with closing(self._model.stream(messages, config)) as chunks:  # type: ignore[type-var]
                for chunk in chunks:
                    if left.is_set():
                        return
                    told = chunk.response_metadata
                    reason = str(
                        told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason") or reason
                    )
                    if text := str(chunk.text):
                        items.put(text)
            last = _End(bool(reason) and reason.lower() not in _CUT)
        except invocation_errors() as error:
            _log.info("%s: %r", self.name, error)
            last = failure_of(error)
        finally:
            items.put(last)


def _messages(prompt: Prompt) -> list[BaseMessage]:
    turns = [HumanMessage(t.content) if t.role == "user" else AIMessage(t.content) for t in prompt.turns]
    return [SystemMessage(prompt.system), *turns]
