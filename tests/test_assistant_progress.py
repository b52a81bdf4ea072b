import sys

import pytest

from assistant.progress import BuildBar


def test_a_bar_counts_the_files_then_the_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with BuildBar() as bar:
        for done, total in ((0, 2), (1, 2), (2, 2), (0, 640), (640, 640)):
            bar.show(done, total)
            assert (bar._bar.n, bar._bar.total) == (done, total)
