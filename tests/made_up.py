"""An assistant over made-up reports, embedded without torch."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from index.embed import question_embedder


@contextmanager
def assistant_over(folder: Path, reports: Mapping[str, str]) -> Iterator[Assistant]:
    """An assistant over reports, file name → text, that are written to an empty folder."""
    (folder / "reports").mkdir()
    for name, text in reports.items():
        (folder / "reports" / name).write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.make.passage_embedder", question_embedder)
        yield Assistant.open(Settings(reports_dir=folder / "reports", index_dir=folder / "index"))
