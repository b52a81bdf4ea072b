"""The assistant of now: another takes its place when reports change, while questions go on being answered."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.chain import Assistant
from assistant.types import Answer
from index.build import BuildSummary
from index.errors import UserError
from index.opened import Index
from index.types import SkippedFile


class ReindexError(UserError):
    """The new index cannot be written; the old one goes on answering."""


class LiveAssistant:
    """Answers from the newest index that could be built.

    An answer, once begun, goes on from the index it began with: an opened index is held in memory whole, so neither
    its removal from the disk nor the next one touches it. Models are not loaded again for a new index: their loaders
    keep them.

    Args:
        bot: The assistant to begin with; its settings are those of all later ones.

    Attributes:
        bot: The assistant of now; who needs several things of one index reads it once.
    """

    def __init__(self, bot: Assistant) -> None:
        self.bot = bot
        self._building = threading.Lock()
        self._begun = 0
        self._built = 0
        self._summary: BuildSummary | None = None

    @property
    def index(self) -> Index:
        """The index of now, with its reports."""
        return self.bot.index

    @property
    def skipped(self) -> tuple[SkippedFile, ...]:
        """The files that the index of now leaves out, and why."""
        return self.bot.index.manifest.skipped

    def stream(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> Iterator[Answer]:
        """Answer piecewise, see ``Assistant.stream``.

        Raises:
            QuestionError: The question is empty or too long.
        """
        return self.bot.stream(question, history)

    def reindex(self, progress: Callable[[int, int], object] = lambda done, total: None) -> BuildSummary:
        """Build the index anew and answer from it from then on.

        Called while another call builds, it waits for that one and then builds too: what was added meanwhile may have
        come too late for the first. Of several that wait one builds for all.

        Args:
            progress: Called while building with (steps done, steps in all); what it raises ends the build.

        Returns:
            What changed since the index before, skipped files with their reasons.

        Raises:
            UserError: The reports, the index or the model cannot be used, another process builds and does not end, or
                nothing can be written; the old index goes on answering.
        """
        begun = self._begun
        with self._building:
            if self._summary is not None and self._built > begun:  # it read the reports after this call
                return self._summary
            self._begun += 1
            self.bot, self._summary = self._rebuilt(progress)
            self._built = self._begun
            return self._summary

    def _rebuilt(self, progress: Callable[[int, int], object]) -> tuple[Assistant, BuildSummary]:
        settings = self.bot.settings
        try:
            return Assistant.rebuild(settings, progress)
        except OSError as error:
            raise ReindexError(
                f"Không lập được chỉ mục ở {str(settings.index_dir)!r} ({error.strerror or error}): hãy kiểm tra chỗ "
                f"trống và quyền ghi rồi lập lại; câu trả lời vẫn lấy từ chỉ mục cũ."
            ) from error
