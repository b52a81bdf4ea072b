"""How the page's events run: without Gradio's spinner, and not as endpoints for programs."""

from typing import Literal, TypedDict


class _Quiet(TypedDict):
    show_progress: Literal["hidden"]
    api_visibility: Literal["private"]


QUIET: _Quiet = {"show_progress": "hidden", "api_visibility": "private"}
