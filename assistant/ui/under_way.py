"""The answer under way on a page, which may be broken off at any moment.

Gradio's own way to do so (``cancels``) lets what was broken off come late and overwrite what came in its place, and
calls it a failure.
"""

from collections.abc import Generator
from contextlib import closing
from queue import SimpleQueue
from threading import Event, Lock, Semaphore, Thread
from typing import Generic, TypeVar

_Part = TypeVar("_Part")
_SECONDS = 2.0
"""How long breaking off waits for Gradio to be done with the part it has."""


class _Answer(Generic[_Part]):
    """One answer; each part is made in a thread when it is asked for, since any may take long."""

    def __init__(self, made: Generator[_Part, None, None], room: Semaphore) -> None:
        self.over = Event()
        self.last: _Part | None = None
        self._broken_off = False
        self._wanted = Semaphore(0)
        self._made: SimpleQueue[_Part | BaseException | None] = SimpleQueue()
        Thread(target=self._make, args=(made, room), daemon=True).start()

    def _make(self, made: Generator[_Part, None, None], room: Semaphore) -> None:
        try:
            with room, closing(made):
                while self._wanted.acquire() and not self._broken_off and (part := next(made, None)) is not None:
                    self._made.put(part)
            self._made.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again where the parts are taken
            self._made.put(error)

    def break_off(self) -> None:
        self._broken_off = True
        self._wanted.release()
        self._made.put(None)

    def parts(self) -> Generator[_Part | None, None, None]:
        try:
            while True:
                self._wanted.release()
                part = self._made.get()
                if isinstance(part, BaseException) and not self._broken_off:
                    raise part
                if part is None or isinstance(part, BaseException) or self._broken_off:
                    break
                self.last = part
                yield part
            if self._broken_off:
                yield None
        finally:
            self.break_off()
            self.over.set()


class UnderWay(Generic[_Part]):
    """The answer under way on one page; the page's events share it and change it in place."""

    _lock = Lock()  # of the class: Gradio copies what it keeps for a page, and no lock can be copied

    def __init__(self) -> None:
        self._answer: _Answer[_Part] | None = None

    def parts(self, made: Generator[_Part, None, None], room: Semaphore) -> Generator[_Part | None, None, None]:
        """The parts of an answer, until it is broken off; an answer before it is.

        Gradio sends the last part a second time at the end, so one that was broken off ends with a None, which is to
        change nothing.

        Args:
            made: Makes the parts.
            room: For answers that are made at a time, on all pages: one that was broken off takes its place until its
                next part is made.
        """
        self.break_off()
        answer = _Answer(made, room)
        with self._lock:
            before, self._answer = self._answer, answer
        if before is not None:
            before.break_off()
        yield from answer.parts()

    def break_off(self) -> _Part | None:
        """End the answer under way: none of it comes to the page any more, unless Gradio is stuck with a part of it.

        Returns:
            The part that came last to the page; None if none came or nothing is under way.
        """
        with self._lock:
            answer, self._answer = self._answer, None
        if answer is None or answer.over.is_set():
            return None
        answer.break_off()
        answer.over.wait(_SECONDS)  # Gradio asks for the next part when it is done with the one before
        return answer.last
