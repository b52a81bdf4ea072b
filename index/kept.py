"""What is looked up in short texts, kept while it is likely to be asked again."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

_Find = TypeVar("_Find", bound=Callable[..., list[Any]])
_SHORT = 1_000
"""Characters of a text that is held for a question or a sentence; longer ones are looked at once."""
_KEPT = 128
"""Texts of late whose findings are kept: those of a few questions."""


def kept_if_short(find: _Find) -> _Find:
    """``find``, which looks into a text, with what it found in the short texts of late, as one answer asks it often."""
    kept = lru_cache(maxsize=_KEPT)(find)

    @wraps(find)
    def found(text: str, *args: Any, **named: Any) -> list[Any]:
        return [*kept(text, *args, **named)] if len(text) <= _SHORT else find(text, *args, **named)

    return cast(_Find, found)
