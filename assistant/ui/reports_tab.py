"""The tab with the reports: what is indexed, adding and removing, indexing anew."""

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import gradio as gr
from gradio.components import Component

from assistant.live import LiveAssistant
from assistant.ui.browser import sent
from assistant.ui.events import QUIET
from assistant.ui.reports_view import progress_html, reports_html, told_html
from assistant.ui.texts import Texts
from assistant.upload_add import add_report
from assistant.upload_folder import is_removable
from assistant.upload_remove import remove_report
from assistant.uploads import Limits
from index.build import BuildSummary
from index.errors import UserError

_Updates = dict[Component, object]
_Told = tuple[bool, str]


class ReportsTab:
    """The tab's components and events.

    Args:
        live: The assistant whose reports they are.
        limits: Of uploads, or None when they are switched off.
        may_change: Whether who asks may add and remove reports.
        browser: See ``browser``.
        dependent: What else shows the reports, each with what makes its value anew once they changed.
        texts: The language.
    """

    def __init__(
        self,
        live: LiveAssistant,
        limits: Limits | None,
        may_change: Callable[[gr.Request], bool],
        browser: gr.HTML,
        dependent: Mapping[Component, Callable[[], object]],
        texts: Texts,
    ) -> None:
        self._live, self._limits, self._may_change = live, limits, may_change
        self._dependent, self._texts = dependent, texts
        self._hint = gr.HTML(f'<p class="hint">{texts.uploads_off}</p>', visible=limits is None)
        with gr.Column(elem_id="adding", visible=limits is not None) as self._adding:
            self._files = gr.File(
                label=texts.upload_hint.format(mb=limits.mb if limits else 0),
                file_count="multiple",
                elem_id="upload",
                height=140,
            )
            self._reindex = gr.Button(texts.reindex, size="sm", elem_id="reindex")
        self._status = gr.HTML("", elem_id="status")
        self._list = gr.HTML(self._listed(False), elem_id="reports")
        shown: list[Component] = [self._files, self._status, self._list, *dependent]
        self._files.upload(self._add, [self._files], shown, **QUIET)
        self._reindex.click(self._build_again, None, shown, **QUIET)
        browser.delete(self._remove, None, shown, **QUIET)

    @property
    def personal(self) -> list[Component]:
        """What ``shown_to`` updates."""
        return [self._hint, self._adding, self._list]

    def shown_to(self, request: gr.Request) -> _Updates:
        """The tab as who opens the page may use it."""
        may = self._limits is not None and self._may_change(request)
        hint = self._texts.uploads_off if self._limits is None else self._texts.uploads_admin
        return {
            self._hint: gr.update(value=f'<p class="hint">{hint}</p>', visible=not may),
            self._adding: gr.update(visible=may),
            self._list: self._listed(may),
        }

    def _listed(self, may: bool) -> str:
        return reports_html(self._live.bot.index, lambda path: may and is_removable(path), self._texts)

    def _check(self, request: gr.Request) -> None:
        """See that who asks may change the reports, whatever the page showed.

        Raises:
            gr.Error: They may not.
        """
        if self._limits is None:
            raise gr.Error(self._texts.uploads_off, print_exception=False)
        if not self._may_change(request):
            raise gr.Error(self._texts.uploads_admin, print_exception=False)

    def _add(self, paths: Sequence[str] | None, request: gr.Request) -> Iterator[_Updates]:
        self._check(request)
        told: list[_Told] = []
        files = [Path(path) for path in paths or ()]
        for number, file in enumerate(files):
            reading = self._texts.upload_reading.format(name=file.name, done=number + 1, total=len(files))
            yield {self._status: told_html(told) + progress_html(reading, number, len(files)), self._files: None}
            told += self._added(file)
        yield from self._built(told, changed=any(good for good, _ in told))

    def _added(self, file: Path) -> list[_Told]:
        assert self._limits is not None
        try:
            added = add_report(self._live.bot.settings.reports_dir, file.name, file, self._limits)
        except UserError as error:
            return [(False, str(error))]
        finally:
            file.unlink(missing_ok=True)
        text = self._texts.replaced if added.replaced else self._texts.uploaded
        about = ", ".join([added.province or self._texts.unknown_province, str(added.year or self._texts.unknown_year)])
        return [
            (True, f"{text.format(title=added.title or added.path)} ({about})"),
            *((False, w) for w in added.warnings),
        ]

    def _remove(self, event: gr.EventData, request: gr.Request) -> Iterator[_Updates]:
        self._check(request)
        path = sent(event, "of")
        try:
            remove_report(self._live.bot.settings.reports_dir, path)
        except UserError as error:
            yield {self._status: told_html([(False, str(error))])}
            return
        yield from self._built([(True, self._texts.removed.format(name=path))], changed=True)

    def _build_again(self, request: gr.Request) -> Iterator[_Updates]:
        self._check(request)
        yield from self._built([], changed=True)

    def _built(self, told: list[_Told], changed: bool) -> Iterator[_Updates]:
        """Index anew with a progress bar, then show the reports of now."""
        if changed:
            for step in _steps(self._live):
                if isinstance(step, tuple):
                    bar = progress_html(self._texts.reindexing, *step)
                    yield {self._status: told_html(told) + bar}
                else:
                    told = [*told, self._outcome(step)]
        yield {
            self._files: None,
            self._status: told_html(told),
            self._list: self._listed(True),
            **({part: value() for part, value in self._dependent.items()} if changed else {}),
        }

    def _outcome(self, step: BuildSummary | UserError) -> _Told:
        if isinstance(step, UserError):
            return False, str(step)
        if not (step.added or step.changed or step.removed):
            return True, self._texts.reindex_same
        counts = {"added": len(step.added), "changed": len(step.changed), "removed": len(step.removed)}
        return True, self._texts.reindexed.format(**counts)


def _steps(live: LiveAssistant) -> Iterator[tuple[int, int] | BuildSummary | UserError]:
    """Index anew in a thread of its own: yields how far it is, then what it did or why it could not."""
    steps: queue.SimpleQueue[tuple[int, int] | BuildSummary | UserError | None] = queue.SimpleQueue()

    def build() -> None:
        try:
            steps.put(live.reindex(lambda done, total: steps.put((done, total))))
        except UserError as error:
            steps.put(error)
        finally:
            steps.put(None)  # also after a fault of ours, which the thread then prints

    threading.Thread(target=build, name="reindex", daemon=True).start()
    while (step := steps.get()) is not None:
        yield step
