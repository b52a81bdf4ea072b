"""Which code makes an index: what it made of a report can be used again only by the same code."""

import hashlib
import sys
import unicodedata
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGE = Path(__file__).parent
_SUFFIXES = (".py", ".tsv", ".npz", ".tiktoken")
"""Code and tables; the embedding model has a fingerprint of its own."""
_LIBRARIES = ("bm25s", "jusText", "lxml", "pypdfium2", "pytesseract", "python-docx", "tiktoken", "tokenizers")
"""Those that turn files into text, or text into tokens and terms."""


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A digest of this package's code and tables, and of the versions of what runs it and of what it calls.

    Taken once a process, at the first opening of an index: an update of the program under a running one changes the
    files, but not what runs.
    """
    versions = [str(sys.version_info[:2]), unicodedata.unidata_version, *map(_version, _LIBRARIES)]
    digest = hashlib.sha256(" ".join(versions).encode())
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in _SUFFIXES and path.is_file():
            digest.update(path.relative_to(_PACKAGE).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # an extra that is not installed
        return ""
