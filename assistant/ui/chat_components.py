"""The components of the tab with the chat, and what of them an event changes."""

import gradio as gr
from gradio.components import Component
from gradio.components.chatbot import ExampleMessage

from assistant.asking import MAX_QUESTION_CHARS
from assistant.feedback import Reason
from assistant.ui.browser import order
from assistant.ui.conversation import Conversation
from assistant.ui.handlers import Shown
from assistant.ui.texts import Texts
from assistant.ui.under_way import UnderWay

Updates = dict[Component, object]


class ChatComponents:
    """From top to bottom: the conversation, the form for feedback, the question box, the buttons below.

    Args:
        pane: The source pane beside the tabs.
        browser: See ``browser``.
        examples: Questions to begin with.
        texts: The language.
    """

    def __init__(self, pane: gr.HTML, browser: gr.HTML, examples: list[ExampleMessage], texts: Texts) -> None:
        self.pane, self.browser, self._texts = pane, browser, texts
        self.conversation = gr.State(Conversation())
        self.under_way = gr.State(UnderWay[Shown]())
        self.rated = gr.State(0)
        self.log = _log(examples, texts)
        self._add_feedback(texts)
        with gr.Row(elem_id="editing", visible=False) as self.editing:
            self.editing_note = gr.HTML()
            self.cancel = gr.Button(texts.cancel, size="sm", scale=0, elem_id="cancel-edit")
        with gr.Row(elem_id="ask"):
            self.box = _question_box(texts)
            self.send = gr.Button(texts.send, elem_id="send", variant="primary", scale=0, min_width=88)
            self.stop = gr.Button(texts.stop, elem_id="stop", variant="stop", scale=0, min_width=88, visible=False)
        self._add_menu(texts)

    @property
    def outputs(self) -> list[Component]:
        """All that ``updates`` may change."""
        return [
            self.box, self.log, self.pane, self.conversation, self.browser, self.send, self.stop,
            self.editing, self.editing_note, self.feedback,
        ]  # fmt: skip

    def updates(self, shown: Shown) -> Updates:
        """What an event changes, by component."""
        found: Updates = {self.editing_note: gr.skip()}  # Gradio takes an empty one for none
        if shown.messages is not None:
            found[self.log] = shown.messages
        if shown.pane is not None:
            found[self.pane] = shown.pane
        if shown.question is not None:
            found[self.box] = shown.question
        if shown.order is not None:
            found[self.browser] = order(shown.order)
        if shown.busy is not None:
            found |= {
                self.send: gr.update(visible=not shown.busy),
                self.stop: gr.update(visible=shown.busy),
                self.feedback: gr.update(visible=False),  # it was on an answer as it stood before
            }
        if shown.conversation is not None:
            number = shown.conversation.editing
            found |= {
                self.conversation: shown.conversation,
                self.editing: gr.update(visible=number > 0),
                self.editing_note: f"<span>{self._texts.editing.format(number=number)}</span>",
            }
        return found

    def _add_feedback(self, texts: Texts) -> None:
        with gr.Column(elem_id="feedback", visible=False) as self.feedback:
            choices = [(text, reason.value) for text, reason in zip(texts.feedback_reasons, Reason, strict=True)]
            self.reason = gr.Radio(choices, label=texts.feedback_title)
            self.note = gr.Textbox(label=texts.feedback_note, lines=2, max_length=2000)
            with gr.Row():
                self.no_feedback = gr.Button(texts.cancel, size="sm")
                self.send_feedback = gr.Button(texts.feedback_send, size="sm", variant="primary", elem_id="send-note")

    def _add_menu(self, texts: Texts) -> None:
        kept = f'<details id="kept"><summary>{texts.history}</summary><ul></ul></details>'
        saves = "".join(
            f'<button class="act" value="download:{kind}" title="{texts.export_title}">{text}</button>'
            for kind, text in (("markdown", texts.export_markdown), ("html", texts.export_html))
        )
        with gr.Row(elem_id="below"):
            gr.HTML(f'<div class="menu">{kept}{saves}<span class="hint">{texts.question_hint}</span></div>')
            self.clear = gr.Button(texts.clear, elem_id="clear", variant="secondary", size="sm", scale=0)


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
