"""The chat page, in Vietnamese; the only package that imports Gradio, and only once ``serve`` is called."""

from assistant.ui.server import serve

__all__ = ["serve"]
