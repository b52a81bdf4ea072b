"""What an earlier build left to use again.

A vector belongs to its text, whoever made it. What was made of a report belongs to its file and to the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from index import store
from index.code import code_digest
from index.embed import Embedding, fingerprint
from index.errors import IndexMismatchError
from index.manifest import IndexedFile, Manifest
from index.opened import Index
from index.split import MAX_TOKENS
from index.types import Prepared, SkippedFile

SAME_TEXT = "trùng nội dung với"
"""How the reason begins for which a report is left out that tells the same as another."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an index holds of one report file."""

    file: IndexedFile
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier build left.

    Attributes:
        index: The index, if its vectors can be used.
        served: Whether it is the one that is served, not one from before that.
        same_code: Whether this code made it: vectors belong to texts, but the index of words belongs to the code.
        held: What it holds of each report, by path; nothing if other code made it.
    """

    index: Index | None = None
    served: bool = False
    same_code: bool = False
    held: Mapping[str, Held] = field(default_factory=dict)

    def found_in(self, file: IndexedFile) -> list[Prepared | SkippedFile]:
        """What was found in a report file, if it was this one and held a report; of an archive also what was skipped.

        Args:
            file: As it is now.
        """
        if not file.digest:
            return []
        held = [one for one in self.held.values() if file.path in (one.file.path, one.file.archive)]
        if not held or any(one.file.digest != file.digest for one in held) or self.index is None:
            return []
        inside = f"{file.path}/"
        skipped = [one for one in self.index.manifest.skipped if held[0].file.archive and one.path.startswith(inside)]
        # what told the same as another report may be the only one now
        if any(one.reason.startswith(SAME_TEXT) for one in skipped):
            return []
        return [*(one.prepared for one in held), *skipped]


def has_these_vectors(manifest: Manifest, embedding: Embedding) -> bool:
    """Whether the vectors of an index are those that would be made today."""
    return manifest.fingerprint == fingerprint(embedding) and manifest.max_tokens == MAX_TOKENS


def left_before(index_dir: Path, embedding: Embedding) -> Before:
    """What can be used again; a damaged or foreign index is simply built anew, at best with an older one's parts."""
    served = True
    try:
        old = store.read(index_dir)
    except IndexMismatchError:
        served = False
        old = store.read_older(index_dir)
    if old is None or not has_these_vectors(old.manifest, embedding):
        return Before()
    same_code = old.manifest.code == code_digest()
    return Before(old, served, same_code, _held(old) if same_code else {})


def _held(old: Index) -> dict[str, Held]:
    passages = {path: tuple(found) for path, found in groupby(old.passages, lambda passage: passage.report)}
    figures = {path: tuple(found) for path, found in groupby(old.figures, lambda figure: figure.report)}
    return {
        file.path: Held(file, Prepared(old.reports[file.path], passages.get(file.path, ()), figures.get(file.path, ())))
        for file in old.manifest.files
        if file.sha256
    }
