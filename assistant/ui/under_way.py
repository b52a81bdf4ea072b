"""The answer under way on a page, which may be broken off at any moment.

Gradio's own way to do so (``cancels``) lets what was broken off come late and overwrite what came in its place, and
calls it a failure.
"""

from collections.abc import Generator
from contextlib import closing
from queue import SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

_Part = TypeVar("_Part")
_SECONDS = 2.0
"""How long breaking off waits for Gradio to be done with the part it has."""


class _Answer(Generic[_Part]):
    """One answer whose parts are made in a thread, since any of them may take long."""

    def __init__(self, made: Generator[_Part, None, None]) -> None:
        self.over = Event()
        self._broken_off = False
        self._queue: SimpleQueue[_Part | BaseException | None] = SimpleQueue()
        Thread(target=self._make, args=(made,), daemon=True).start()

    def _make(self, made: Generator[_Part, None, None]) -> None:
        try:
            with closing(made):
                for part in made:
                    if self._broken_off:
                        return
                    self._queue.put(part)
            self._queue.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again where the parts are taken
            self._queue.put(error)

    def break_off(self) -> None:
        self._broken_off = True
        self._queue.put(None)

    def parts(self) -> Generator[_Part, None, None]:
        try:
            while (part := self._queue.get()) is not None and not self._broken_off:
                if isinstance(part, BaseException):
                    raise part
                yield part
        finally:
            self._broken_off = True
            self.over.set()


class UnderWay(Generic[_Part]):
    """The answer under way on one page; the page's events share it and change it in place."""

    def __init__(self) -> None:
        self._answer: _Answer[_Part] | None = None

    def parts(self, made: Generator[_Part, None, None]) -> Generator[_Part, None, None]:
        """The parts of an answer as they are made, until it is broken off; an answer before it is."""
        self.break_off()
        self._answer = _Answer(made)
        yield from self._answer.parts()

    def break_off(self) -> None:
        """End the answer under way, if there is one: when this returns, no part of it comes to the page any more."""
        answer, self._answer = self._answer, None
        if answer is not None:
            answer.break_off()
            answer.over.wait(_SECONDS)  # Gradio asks for the next part when it is done with the one before
