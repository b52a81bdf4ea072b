"""The tab with the chat: question box, examples, the conversation, feedback."""

from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from threading import Semaphore

import gradio as gr
from gradio.components import Component
from gradio.components.chatbot import ExampleMessage

from assistant.asking import MAX_QUESTION_CHARS
from assistant.feedback import Rating, Reason
from assistant.ui.browser import order, sent, sent_object
from assistant.ui.conversation import Conversation
from assistant.ui.events import QUIET, together
from assistant.ui.examples import example_questions
from assistant.ui.handlers import Handlers, Shown
from assistant.ui.identity import asker, username
from assistant.ui.texts import Texts
from assistant.ui.under_way import UnderWay
from assistant.ui.views import number_of
from index.errors import UserError

_Updates = dict[Component, object]
_UnderWay = UnderWay[Shown]
_SENT = "async (question, ...rest) => { await window.questionSent(question); return [question, ...rest]; }"
"""Empties the box at once, so that what is typed meanwhile stays; ``page.js`` has these functions."""
_LEFT = "(...given) => { window.conversationLeft(); return given; }"
"""Empties the box at once too; a question sent from now on waits until the page has the other conversation."""
_CAME = "() => window.conversationCame()"


class Chat:
    """The chat's components, and its events, each by the handler of its name.

    Args:
        on: What happens on each event.
        pane: The source pane beside the tabs.
        browser: See ``browser``.
        concurrency: Questions answered at a time.
    """

    def __init__(self, on: Handlers, pane: gr.HTML, browser: gr.HTML, concurrency: int) -> None:
        self._on, self._pane, self._browser = on, pane, browser
        self._room = Semaphore(concurrency)
        self._conversation = gr.State(Conversation())
        self._under_way = gr.State(_UnderWay())
        self._rated = gr.State(0)
        self._log = _log(self._examples(), on.texts)
        self._add_feedback(on.texts)
        with gr.Row(elem_id="editing", visible=False) as self._editing:
            self._editing_note = gr.HTML()
            cancel = gr.Button(on.texts.cancel, size="sm", scale=0, elem_id="cancel-edit")
        with gr.Row(elem_id="ask"):
            self._box = _question_box(on.texts)
            self._send = gr.Button(on.texts.send, elem_id="send", variant="primary", scale=0, min_width=88)
            self._stop = gr.Button(on.texts.stop, elem_id="stop", variant="stop", scale=0, min_width=88, visible=False)
        self._add_menu(on.texts)
        self._listen_to_asking(concurrency)
        self._listen_to_clicks()
        cancel.click(self._cancel_edit, [self._conversation], self._all, **QUIET)

    @property
    def dependent(self) -> dict[Component, Callable[[], object]]:
        """What shows the reports, each with what makes it anew once they changed."""
        return {self._log: lambda: gr.update(examples=self._examples())}

    def _examples(self) -> list[ExampleMessage]:
        return [{"text": example} for example in example_questions(self._on.bot().index.reports.values())]

    @property
    def _all(self) -> list[Component]:
        return [
            self._box, self._log, self._pane, self._conversation, self._browser, self._send, self._stop,
            self._editing, self._editing_note, self._feedback,
        ]  # fmt: skip

    def _add_feedback(self, texts: Texts) -> None:
        with gr.Column(elem_id="feedback", visible=False) as self._feedback:
            choices = [(text, reason.value) for text, reason in zip(texts.feedback_reasons, Reason, strict=True)]
            self._reason = gr.Radio(choices, label=texts.feedback_title)
            self._note = gr.Textbox(label=texts.feedback_note, lines=2, max_length=2000)
            with gr.Row():
                self._no_feedback = gr.Button(texts.cancel, size="sm")
                self._send_feedback = gr.Button(texts.feedback_send, size="sm", variant="primary", elem_id="send-note")

    def _add_menu(self, texts: Texts) -> None:
        kept = f'<details id="kept"><summary>{texts.history}</summary><ul></ul></details>'
        saves = "".join(
            f'<button class="act" value="download:{kind}" title="{texts.export_title}">{text}</button>'
            for kind, text in (("markdown", texts.export_markdown), ("html", texts.export_html))
        )
        with gr.Row(elem_id="below"):
            gr.HTML(f'<div class="menu">{kept}{saves}<span class="hint">{texts.question_hint}</span></div>')
            self._clear = gr.Button(texts.clear, elem_id="clear", variant="secondary", size="sm", scale=0)

    def _listen_to_asking(self, concurrency: int) -> None:
        limit, now = together(concurrency), [self._conversation, self._under_way]
        asking = [
            gr.on(
                [self._box.submit, self._send.click],
                self._ask,
                [self._box, self._conversation, self._under_way],
                self._all,
                trigger_mode="always_last",  # a question sent while another is being answered comes next
                js=_SENT,
                **limit,
                **QUIET,
            ),
            self._log.example_select(self._ask_example, now, self._all, **limit, **QUIET),
            self._browser.retry(self._retry, now, self._all, **limit, **QUIET),
        ]
        for event in asking:
            event.failure(self._fail, [self._conversation], self._all, **QUIET)
        self._stop.click(self._stop_asking, [self._under_way], self._all, **QUIET)
        leaving = [
            self._clear.click(self._start_anew, [self._under_way], self._all, js=_LEFT, **QUIET),
            self._browser.edit(self._edit, now, self._all, js=_LEFT, **QUIET),
            self._browser.expand(self._restore, [self._under_way], self._all, js=_LEFT, **QUIET),
        ]
        for event in leaving:
            event.then(None, js=_CAME, **QUIET)
            event.failure(None, js=_CAME, **QUIET)  # after a failure Gradio runs no ``then``

    def _listen_to_clicks(self) -> None:
        said, told = [self._conversation], self._all
        self._browser.select(self._show, said, told, queue=False, **QUIET)
        self._browser.copy(self._copy, said, told, queue=False, **QUIET)
        self._browser.download(self._download, said, told, **QUIET)
        self._browser.like(self._like, said, told, **QUIET)
        self._browser.input(self._open_feedback, None, [self._feedback, self._rated, self._reason, self._note], **QUIET)
        self._no_feedback.click(lambda: gr.update(visible=False), None, [self._feedback], **QUIET)
        self._send_feedback.click(
            self._dislike,
            [self._rated, self._reason, self._note, self._conversation],
            [*told, self._feedback],
            **QUIET,
        )

    def _updates(self, shown: Shown) -> _Updates:
        found: _Updates = {self._editing_note: gr.skip()}  # Gradio takes an empty one for none
        if shown.messages is not None:
            found[self._log] = shown.messages
        if shown.pane is not None:
            found[self._pane] = shown.pane
        if shown.question is not None:
            found[self._box] = shown.question
        if shown.order is not None:
            found[self._browser] = order(shown.order)
        if shown.busy is not None:
            found |= {
                self._send: gr.update(visible=not shown.busy),
                self._stop: gr.update(visible=shown.busy),
                self._feedback: gr.update(visible=False),  # it was on an answer as it stood before
            }
        if shown.conversation is not None:
            number = shown.conversation.editing
            found |= {
                self._conversation: shown.conversation,
                self._editing: gr.update(visible=number > 0),
                self._editing_note: f"<span>{self._on.texts.editing.format(number=number)}</span>",
            }
        return found

    def _ask(
        self, question: str | None, before: Conversation, under_way: _UnderWay, request: gr.Request
    ) -> Iterator[_Updates]:
        yield from self._answers(self._on.ask(question or "", before, asker(request)), under_way, question or "")

    def _ask_example(
        self, before: Conversation, under_way: _UnderWay, chosen: gr.SelectData, request: gr.Request
    ) -> Iterator[_Updates]:
        yield from self._ask(chosen.value["text"], before, under_way, request)

    def _retry(
        self, before: Conversation, under_way: _UnderWay, event: gr.EventData, request: gr.Request
    ) -> Iterator[_Updates]:
        yield from self._answers(self._on.retry(number_of(sent(event, "of")), before, asker(request)), under_way)

    def _answers(
        self, parts: Generator[Shown, None, None], under_way: _UnderWay, question: str = ""
    ) -> Iterator[_Updates]:
        """What an answer changes as it grows; who is turned away gets the question back."""
        try:
            for shown in under_way.parts(parts, self._room):
                yield self._updates(shown or Shown())
        except UserError as error:
            gr.Warning(str(error), title="")
            yield {self._box: question}

    def _fail(self, conversation: Conversation) -> _Updates:
        return self._updates(self._on.fail(conversation))

    def _stop_asking(self, under_way: _UnderWay) -> _Updates:
        """Tell in the place of what was shown last that it was broken off; an answer that just ended stays."""
        last = under_way.break_off()
        if last is None or last.conversation is None:
            return self._updates(Shown(busy=False))
        return self._updates(self._on.stop(last.conversation))

    def _start_anew(self, under_way: _UnderWay) -> _Updates:
        under_way.break_off()
        return self._updates(self._on.start_anew())

    def _cancel_edit(self, conversation: Conversation) -> _Updates:
        return self._updates(self._on.cancel_edit(conversation))

    def _show(self, conversation: Conversation, event: gr.EventData) -> _Updates:
        return self._updates(self._on.show(sent(event, "of"), conversation))

    def _edit(self, conversation: Conversation, under_way: _UnderWay, event: gr.EventData) -> _Updates:
        last = under_way.break_off()
        if last is not None and last.conversation is not None:
            conversation = last.conversation
        return self._updates(self._on.edit(number_of(sent(event, "of")), conversation))

    def _copy(self, conversation: Conversation, event: gr.EventData) -> _Updates:
        return self._updates(self._on.copy(number_of(sent(event, "of")), conversation))

    def _download(self, conversation: Conversation, event: gr.EventData) -> _Updates:
        try:
            return self._updates(self._on.download(sent(event, "of"), conversation, datetime.now().astimezone()))
        except UserError as error:
            raise gr.Error(str(error), title="", print_exception=False) from error

    def _restore(self, under_way: _UnderWay, event: gr.EventData, request: gr.Request) -> _Updates:
        try:
            shown = self._on.restore(sent_object(event, "conversation"), asker(request))
        except UserError as error:
            gr.Warning(str(error), title="")
            return self._updates(Shown())
        under_way.break_off()
        return self._updates(shown)

    def _like(self, conversation: Conversation, event: gr.EventData, request: gr.Request) -> _Updates:
        return self._rated_updates(number_of(sent(event, "of")), "up", conversation, request)

    def _open_feedback(self, event: gr.EventData) -> tuple[object, ...]:
        return gr.update(visible=True), number_of(sent(event, "of")), None, ""

    def _dislike(
        self, number: int, reason: str | None, note: str | None, conversation: Conversation, request: gr.Request
    ) -> _Updates:
        updates = self._rated_updates(number, "down", conversation, request, reason or "", note or "")
        return {**updates, self._feedback: gr.update(visible=False)}

    def _rated_updates(
        self,
        number: int,
        rating: Rating,
        conversation: Conversation,
        request: gr.Request,
        reason: str = "",
        note: str = "",
    ) -> _Updates:
        try:
            self._on.admit(asker(request))
            shown = self._on.rate(number, rating, conversation, username(request), reason, note)
        except UserError as error:
            raise gr.Error(
                self._on.texts.feedback_failed.format(reason=error), title="", print_exception=False
            ) from error
        if shown.order is not None:
            gr.Info(self._on.texts.feedback_thanks, duration=3)
        return self._updates(shown)


def _log(examples: list[ExampleMessage], texts: Texts) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="log",
        label=texts.chat_label,
        show_label=False,
        container=False,
        height=None,
        placeholder=f'<div class="welcome"><h2>{texts.welcome_title}</h2><p>{texts.welcome}</p></div>',
        examples=examples,
        buttons=[],
        feedback_options=None,
        group_consecutive_messages=False,
        latex_delimiters=[],
        allow_tags=False,
        # messages are our own escaped HTML; Gradio's Markdown would read it again, with pictures and links,
        # and its sanitizer stays on as a second lock
        render_markdown=False,
        sanitize_html=True,
    )


def _question_box(texts: Texts) -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label=texts.question_label,
        show_label=False,
        container=False,
        lines=1,  # with one line, Enter sends and Shift+Enter makes a new one
        max_lines=6,
        max_length=2 * MAX_QUESTION_CHARS,  # one too long is told so by the answer
        placeholder=texts.question_placeholder,
        autofocus=True,
        scale=1,
        html_attributes=gr.InputHTMLAttributes(spellcheck=False, autocomplete="off"),
    )
