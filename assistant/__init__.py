"""Ask provincial ICT reports in Vietnamese; every answer quotes its source."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.chain import Assistant, answer
    from assistant.settings import Settings
    from assistant.types import Answer, Check, Citation
    from index.errors import UserError

__all__ = ["Answer", "Assistant", "Check", "Citation", "Settings", "UserError", "answer"]

_HOMES = {
    "Answer": "assistant.types",
    "Assistant": "assistant.chain",
    "Check": "assistant.types",
    "Citation": "assistant.types",
    "Settings": "assistant.settings",
    "UserError": "index.errors",
    "answer": "assistant.chain",
}


def __getattr__(name: str) -> object:
    """Import a name when it is first used: ``assistant verify`` needs no chain, which takes long to import."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value  # asked once only
    return value
