"""How the page's events run: so many at a time, without Gradio's spinner, and not as endpoints for programs."""

from typing import Literal, TypedDict


class _Quiet(TypedDict):
    show_progress: Literal["hidden"]
    api_visibility: Literal["private"]


class _Together(TypedDict):
    concurrency_limit: int
    concurrency_id: str


def together(limit: int) -> _Together:
    """Of all events so marked, on every page, so many run at a time."""
    return {"concurrency_limit": limit, "concurrency_id": "answering"}


QUIET: _Quiet = {"show_progress": "hidden", "api_visibility": "private"}
