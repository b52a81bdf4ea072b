"""Prompt files for chat models, in Vietnamese, read with ``importlib.resources``; ``{names}`` in them are filled in."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from index.errors import UserError

PLACEHOLDERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "system": frozenset({"refusal", "fence"}),
        "question": frozenset({"passages", "history", "question"}),
        "again": frozenset({"reasons", "refusal"}),
    }
)
"""What each prompt file must name, and all that it may name."""
_PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")


class PromptError(UserError):
    """A prompt file lacks a placeholder, or names one that nothing fills."""


def prompt_faults(name: str, template: str) -> list[str]:
    """What is wrong with a prompt's placeholders, a line each; empty when nothing is.

    Args:
        name: Of the prompt: "system", "question" or "again".
        template: Its text.
    """
    named, wanted = set(_PLACEHOLDER.findall(template)), PLACEHOLDERS[name]
    missing = [f"prompts/{name}.md thiếu {{{one}}}" for one in sorted(wanted - named)]
    return missing + [f"prompts/{name}.md có {{{one}}} không ai điền" for one in sorted(named - wanted)]


@lru_cache(maxsize=len(PLACEHOLDERS))
def load(name: str) -> str:
    """The text of a prompt file.

    Raises:
        PromptError: Its placeholders are not those of ``PLACEHOLDERS``.
    """
    template = resources.files(__name__).joinpath(f"{name}.md").read_text("utf-8").strip()
    if faults := prompt_faults(name, template):
        raise PromptError(f"Lời nhắc cho mô hình không dùng được: {'; '.join(faults)}.")
    return template


def fill(name: str, **values: str) -> str:
    """A prompt with its placeholders filled; braces within the values stay as they are.

    Raises:
        PromptError: A placeholder has no value, a value no placeholder, or the file is at fault.
    """
    template = load(name)
    if faults := sorted(PLACEHOLDERS[name] ^ values.keys()):
        raise PromptError(f"Lời nhắc prompts/{name}.md: thiếu hoặc thừa giá trị cho {', '.join(faults)}.")
    # in one pass, so that a question or a report that says "{history}" is not filled in itself
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)
