"""Who asks: the name logged in with, else the address."""

import gradio as gr

from assistant.rate import place
from assistant.users_file import canonical


def username(request: gr.Request) -> str:
    """The name logged in with, or "" where nobody logs in."""
    return canonical(str(request.username or ""))


def asker(request: gr.Request) -> str:
    """Whose questions are counted together: the user's, else those of an address."""
    return username(request) or f"@{place(request.client.host) if request.client else ''}"
