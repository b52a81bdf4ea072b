"""The tab with the chat: its events, each taken to the handler of its name."""

from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from threading import Semaphore

import gradio as gr
from gradio.components import Component
from gradio.components.chatbot import ExampleMessage

from assistant.feedback import Rating
from assistant.ui.browser import sent, sent_object
from assistant.ui.chat_components import ChatComponents, Updates
from assistant.ui.conversation import Conversation
from assistant.ui.events import QUIET, together
from assistant.ui.examples import example_questions
from assistant.ui.handlers import Handlers, Shown
from assistant.ui.identity import asker, username
from assistant.ui.under_way import UnderWay
from assistant.ui.views import number_of
from index.errors import UserError

_UnderWay = UnderWay[Shown]
_SENT = "async (question, ...rest) => { await window.questionSent(question); return [question, ...rest]; }"
"""Empties the box at once, so that what is typed meanwhile stays; ``page.js`` has these functions."""
_LEFT = "(...given) => { window.conversationLeft(); return given; }"
"""Empties the box at once too; a question sent from now on waits until the page has the other conversation."""
_CAME = "() => window.conversationCame()"


class Chat:
    """The tab's components and events.

    Args:
        on: What happens on each event.
        pane: The source pane beside the tabs.
        browser: See ``browser``.
        concurrency: Questions answered at a time.
    """

    def __init__(self, on: Handlers, pane: gr.HTML, browser: gr.HTML, concurrency: int) -> None:
        self._on = on
        self._room = Semaphore(concurrency)
        self._components = ChatComponents(pane, browser, self._examples(), on.texts)
        self._listen_to_asking(concurrency)
        self._listen_to_clicks()

    @property
    def dependent(self) -> dict[Component, Callable[[], object]]:
        """What shows the reports, each with what makes it anew once they changed."""
        return {self._components.log: lambda: gr.update(examples=self._examples())}

    def _examples(self) -> list[ExampleMessage]:
        return [{"text": example} for example in example_questions(self._on.bot().index.reports.values())]

    def _listen_to_asking(self, concurrency: int) -> None:
        chat, told, limit = self._components, self._components.outputs, together(concurrency)
        now = [chat.conversation, chat.under_way]
        asking = [
            gr.on(
                [chat.box.submit, chat.send.click],
                self._ask,
                [chat.box, chat.conversation, chat.under_way],
                told,
                trigger_mode="always_last",  # a question sent while another is being answered comes next
                js=_SENT,
                **limit,
                **QUIET,
            ),
            chat.log.example_select(self._ask_example, now, told, **limit, **QUIET),
            chat.browser.retry(self._retry, now, told, **limit, **QUIET),
        ]
        for event in asking:
            event.failure(self._fail, [chat.conversation], told, **QUIET)
        chat.stop.click(self._stop_asking, [chat.under_way], told, **QUIET)
        leaving = [
            chat.clear.click(self._start_anew, [chat.under_way], told, js=_LEFT, **QUIET),
            chat.browser.edit(self._edit, now, told, js=_LEFT, **QUIET),
            chat.browser.expand(self._restore, [chat.under_way], told, js=_LEFT, **QUIET),
        ]
        for event in leaving:
            event.then(None, js=_CAME, **QUIET)
            event.failure(None, js=_CAME, **QUIET)  # after a failure Gradio runs no ``then``

    def _listen_to_clicks(self) -> None:
        chat, told = self._components, self._components.outputs
        said = [chat.conversation]
        chat.browser.select(self._show, said, told, queue=False, **QUIET)
        chat.browser.copy(self._copy, said, told, queue=False, **QUIET)
        chat.browser.download(self._download, said, told, **QUIET)
        chat.browser.like(self._like, said, told, **QUIET)
        chat.browser.input(self._open_feedback, None, [chat.feedback, chat.rated, chat.reason, chat.note], **QUIET)
        chat.no_feedback.click(lambda: gr.update(visible=False), None, [chat.feedback], **QUIET)
        chat.send_feedback.click(
            self._dislike,
            [chat.rated, chat.reason, chat.note, chat.conversation],
            [*told, chat.feedback],
            **QUIET,
        )
        chat.cancel.click(self._cancel_edit, said, told, **QUIET)

    def _ask(
        self, question: str | None, before: Conversation, under_way: _UnderWay, request: gr.Request
    ) -> Iterator[Updates]:
        yield from self._answers(self._on.ask(question or "", before, asker(request)), under_way, question or "")

    def _ask_example(
        self, before: Conversation, under_way: _UnderWay, chosen: gr.SelectData, request: gr.Request
    ) -> Iterator[Updates]:
        yield from self._ask(chosen.value["text"], before, under_way, request)

    def _retry(
        self, before: Conversation, under_way: _UnderWay, event: gr.EventData, request: gr.Request
    ) -> Iterator[Updates]:
        yield from self._answers(self._on.retry(number_of(sent(event, "of")), before, asker(request)), under_way)

    def _answers(
        self, parts: Generator[Shown, None, None], under_way: _UnderWay, question: str = ""
    ) -> Iterator[Updates]:
        """What an answer changes as it grows; who is turned away gets the question back."""
        try:
            for shown in under_way.parts(parts, self._room):
                yield self._components.updates(shown or Shown())
        except UserError as error:
            gr.Warning(str(error), title="")
            yield {self._components.box: question}

    def _fail(self, conversation: Conversation) -> Updates:
        return self._components.updates(self._on.fail(conversation))

    def _stop_asking(self, under_way: _UnderWay) -> Updates:
        """Tell in the place of what was shown last that it was broken off; an answer that just ended stays."""
        last = under_way.break_off()
        if last is None or last.conversation is None:
            return self._components.updates(Shown(busy=False))
        return self._components.updates(self._on.stop(last.conversation))

    def _start_anew(self, under_way: _UnderWay) -> Updates:
        under_way.break_off()
        return self._components.updates(self._on.start_anew())

    def _cancel_edit(self, conversation: Conversation) -> Updates:
        return self._components.updates(self._on.cancel_edit(conversation))

    def _show(self, conversation: Conversation, event: gr.EventData) -> Updates:
        return self._components.updates(self._on.show(sent(event, "of"), conversation))

    def _edit(self, conversation: Conversation, under_way: _UnderWay, event: gr.EventData) -> Updates:
        last = under_way.break_off()
        if last is not None and last.conversation is not None:
            conversation = last.conversation
        return self._components.updates(self._on.edit(number_of(sent(event, "of")), conversation))

    def _copy(self, conversation: Conversation, event: gr.EventData) -> Updates:
        return self._components.updates(self._on.copy(number_of(sent(event, "of")), conversation))

    def _download(self, conversation: Conversation, event: gr.EventData) -> Updates:
        try:
            return self._components.updates(
                self._on.download(sent(event, "of"), conversation, datetime.now().astimezone())
            )
        except UserError as error:
            raise gr.Error(str(error), title="", print_exception=False) from error

    def _restore(self, under_way: _UnderWay, event: gr.EventData, request: gr.Request) -> Updates:
        try:
            shown = self._on.restore(sent_object(event, "conversation"), asker(request))
        except UserError as error:
            gr.Warning(str(error), title="")
            return self._components.updates(Shown())
        under_way.break_off()
        return self._components.updates(shown)

    def _like(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> Updates:
        return self._rated_updates(number_of(sent(event, "of")), "up", conversation, request)

    def _open_feedback(self, event: gr.EventData) -> tuple[object, ...]:
        return gr.update(visible=True), number_of(sent(event, "of")), None, ""

    def _dislike(
        self, number: int, reason: str | None, note: str | None, conversation: Conversation, request: gr.Request
    ) -> Updates:
        updates = self._rated_updates(number, "down", conversation, request, reason or "", note or "")
        return {**updates, self._components.feedback: gr.update(visible=False)}

    def _rated_updates(
        self,
        number: int,
        rating: Rating,
        conversation: Conversation,
        request: gr.Request,
        reason: str = "",
        note: str = "",
    ) -> Updates:
        try:
            self._on.admit(asker(request))
            shown = self._on.rate(number, rating, conversation, username(request), reason, note)
        except UserError as error:
            raise gr.Error(
                self._on.texts.feedback_failed.format(reason=error), title="", print_exception=False
            ) from error
        if shown.order is not None:
            gr.Info(self._on.texts.feedback_thanks, duration=3)
        return self._components.updates(shown)
