"""The chat: question box, examples, the conversation, and the passages beside it."""

from collections.abc import Iterator, Mapping, Sequence

import gradio as gr

from assistant.ui import texts
from assistant.ui.conversation import Answers, Turn
from assistant.ui.handlers import Handlers, Shown
from assistant.ui.render import sources_html
from index.types import Report

_PARALLEL_QUESTIONS = 4
_WELCOME = f'<div class="welcome"><h2>{texts.WELCOME_TITLE}</h2><p>{texts.WELCOME}</p></div>'


def add_chat(bot: Answers, reports: Mapping[str, Report], examples: Sequence[str]) -> None:
    """Put the chat into the Blocks that is open."""
    turns = gr.State(())
    with gr.Row(elem_id="columns", equal_height=False):
        with gr.Column(elem_id="conversation", scale=3, min_width=300):
            log = _log(examples)
            with gr.Row(elem_id="ask"):
                box = _question_box()
                send = gr.Button(texts.SEND, elem_id="send", variant="primary", scale=0, min_width=88)
            with gr.Row(elem_id="below"):
                gr.HTML(f'<p class="hint">{texts.QUESTION_HINT}</p>')
                clear = gr.Button(texts.CLEAR, elem_id="clear", variant="secondary", size="sm", scale=0)
        with gr.Column(elem_id="proof", scale=2, min_width=300):
            pane = gr.HTML(sources_html(None, reports), elem_id="sources")

    on = Handlers(bot, reports)

    def ask(question: str | None, before: Sequence[Turn]) -> Iterator[tuple[object, ...]]:
        emptied: object = ""
        for shown in on.ask(question or "", before):
            yield emptied, *shown
            emptied = gr.skip()  # only once: the next question may be in the box by now

    def ask_example(before: Sequence[Turn], chosen: gr.SelectData) -> Iterator[Shown]:
        yield from on.ask(chosen.value["text"], before)

    def show_turn(before: Sequence[Turn], chosen: gr.SelectData) -> str:
        place = chosen.index[0] if isinstance(chosen.index, list | tuple) else chosen.index
        return on.show_turn(before, place)

    asking = gr.on(
        [box.submit, send.click],
        ask,
        [box, turns],
        [box, log, pane, turns],
        show_progress="hidden",
        trigger_mode="always_last",  # a question sent while another is being answered comes next
        api_visibility="private",
        concurrency_limit=_PARALLEL_QUESTIONS,
    )
    asking_example = log.example_select(
        ask_example,
        [turns],
        [log, pane, turns],
        show_progress="hidden",
        api_visibility="private",
        concurrency_limit=_PARALLEL_QUESTIONS,
    )
    log.select(show_turn, [turns], [pane], show_progress="hidden", api_visibility="private")
    clear.click(
        on.start_anew,
        None,
        [log, pane, turns],
        show_progress="hidden",
        api_visibility="private",
        cancels=[asking, asking_example],
    )


def _log(examples: Sequence[str]) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="log",
        label=texts.CHAT_LABEL,
        show_label=False,
        container=False,
        height=None,
        placeholder=_WELCOME,
        examples=[{"text": example} for example in examples],
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


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label=texts.QUESTION_LABEL,
        show_label=False,
        container=False,
        lines=1,  # with one line, Enter sends and Shift+Enter makes a new one
        max_lines=6,
        placeholder=texts.QUESTION_PLACEHOLDER,
        autofocus=True,
        scale=1,
        html_attributes=gr.InputHTMLAttributes(spellcheck=False, autocomplete="off"),
    )
