"""Prompt files for chat models, read with ``importlib.resources``."""
