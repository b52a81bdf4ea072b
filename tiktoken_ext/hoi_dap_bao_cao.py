"""The project's own vocabulary as a tiktoken plug-in: ``tiktoken.get_encoding("hoi-dap-bao-cao")``.

tiktoken's named vocabularies are downloaded at first use; this one is a file of the package ``index``.
"""

from __future__ import annotations

import base64
from importlib import resources
from typing import Any

NAME = "hoi-dap-bao-cao"

# A word with at most one character before it, up to three digits, punctuation, line ends, spaces. Marks
# belong to words (\p{M}), so that text in NFD is not cut inside a letter. Together the branches match
# every character, which the round trip needs.
SPLIT = r"[^\r\n\p{L}\p{M}\p{N}]?[\p{L}\p{M}]+|\p{N}{1,3}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def hoi_dap_bao_cao() -> dict[str, Any]:
    """Return the arguments of ``tiktoken.Encoding``."""
    # Read here, not by tiktoken.load: that keeps a copy in the temporary folder under the file's path,
    # and goes on using it after the file has changed.
    lines = resources.files("index").joinpath("vocabulary.tiktoken").read_bytes().splitlines()
    return {
        "name": NAME,
        "pat_str": SPLIT,
        "mergeable_ranks": {base64.b64decode(token): int(rank) for token, rank in map(bytes.split, lines)},
        "special_tokens": {},
    }


ENCODING_CONSTRUCTORS = {NAME: hoi_dap_bao_cao}
