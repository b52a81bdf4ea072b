"""Progress and summary of an index build, on stderr."""

import sys
from types import TracebackType
from typing import Never

from tqdm import tqdm

from assistant.chain import Assistant
from assistant.settings import Settings
from index.build import BuildSummary


class BuildBar:
    """A progress bar that shows itself on a terminal: first files are read, then sentences embedded."""

    def __init__(self) -> None:
        self._bar: tqdm[Never] | None = None

    def __enter__(self) -> "BuildBar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` steps are done; with none done, others begin."""
        if self._bar is None:
            self._bar = tqdm(total=total, desc="Lập chỉ mục", file=sys.stderr, disable=None, leave=False)
        if done == 0:
            self._bar.reset(total)
        self._bar.update(done - self._bar.n)


def tell_notice(message: str) -> None:
    """Say on stderr why an index on disk is built anew."""
    print(message, file=sys.stderr)


def tell_summary(summary: BuildSummary) -> None:
    """Say on stderr what a build did: one line, then one line for each skipped file."""
    print(
        f"Chỉ mục: {summary.passages} đoạn; thêm {len(summary.added)}, đổi {len(summary.changed)}, "
        f"bỏ {len(summary.removed)}, giữ {len(summary.unchanged)} báo cáo; bỏ qua {len(summary.skipped)} tệp.",
        file=sys.stderr,
    )
    for file in summary.skipped:
        print(f"  bỏ qua {file.path}: {file.reason}", file=sys.stderr)


def open_assistant(settings: Settings) -> Assistant:
    """Open the assistant, with a progress bar on a terminal when the index must be built."""
    with BuildBar() as bar:
        return Assistant.open(settings, progress=bar.show, built=tell_summary, noticed=tell_notice)
