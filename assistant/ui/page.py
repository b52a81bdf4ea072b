"""The page as a whole: header and chat, and how Gradio is to serve it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import gradio as gr
from starlette.middleware import Middleware

from assistant.ui import texts
from assistant.ui.chat import add_chat
from assistant.ui.conversation import Answers
from assistant.ui.headers import SafetyHeaders
from assistant.ui.render import header_html
from index.types import Report

_FOLDER = Path(__file__).resolve().parent
# plain names: Gradio fetches web fonts only for its GoogleFont class; all of these have Vietnamese letters
_FONTS = ("BlinkMacSystemFont", "Segoe UI", "Roboto", "Noto Sans", "Arial", "sans-serif")
_MONO_FONTS = ("Consolas", "Liberation Mono", "monospace")


def build_page(bot: Answers, reports: Mapping[str, Report], examples: Sequence[str]) -> gr.Blocks:
    """The page over an assistant.

    Args:
        bot: Answers the questions.
        reports: By path, as ``Index.reports``.
        examples: Questions to start from.
    """
    page: gr.Blocks
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(header_html(reports), elem_id="top")
        add_chat(bot, reports, examples)
    return page


def start_page(page: gr.Blocks, host: str, port: int) -> str:
    """Serve a page from a thread of its own.

    Returns:
        The page's URL.

    Raises:
        OSError: The address cannot be used.
    """
    _, url, _ = page.launch(
        server_name=host,
        server_port=port,
        share=False,
        quiet=True,
        prevent_thread_lock=True,
        ssr_mode=False,  # else Gradio looks for Node and serves through it
        run_history=False,
        enable_monitoring=False,
        footer_links=[],
        favicon_path=_FOLDER / "favicon.svg",
        theme=gr.themes.Base(font=_FONTS, font_mono=_MONO_FONTS, primary_hue="teal", neutral_hue="slate"),
        css_paths=_FOLDER / "style.css",
        head_paths=_FOLDER / "head.html",
        app_kwargs={"middleware": [Middleware(SafetyHeaders)]},
    )
    return url
