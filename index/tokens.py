"""Token counts by the bundled tiktoken vocabulary; nothing is downloaded."""

from functools import lru_cache

import tiktoken

ENCODING = "hoi-dap-bao-cao"


@lru_cache(maxsize=1)
def _encoding() -> tiktoken.Encoding:
    return tiktoken.get_encoding(ENCODING)


def count_tokens(text: str) -> int:
    """Number of tokens of ``text``; special-token look-alikes count as plain text."""
    return len(_encoding().encode_ordinary(text))
