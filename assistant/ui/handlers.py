"""What the chat does on each event, without Gradio; a session's state travels through the arguments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.ui.conversation import Answers, Turn, take_turn
from assistant.ui.render import notice_html, question_html, sources_html, waiting_html
from assistant.ui.reply import reply_html
from index.types import Report


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of the conversation as shown.

    Attributes:
        role: "user" or "assistant".
        content: Safe HTML.
        turn: The turn it belongs to.
    """

    role: str
    content: str
    turn: Turn


Shown = tuple[list[dict[str, str]], str, tuple[Turn, ...]]
"""Messages, HTML of the source pane, turns."""


@dataclass(frozen=True, slots=True)
class Handlers:
    """The chat's event handlers.

    Attributes:
        bot: Answers the questions.
        reports: By path.
    """

    bot: Answers
    reports: Mapping[str, Report]

    def ask(self, question: str, turns: Sequence[Turn]) -> Iterator[Shown]:
        """Answer a question, the page growing with the answer."""
        for now in take_turn(self.bot, question, turns):
            latest = next((turn for turn in reversed(now) if turn.answer is not None), None)
            yield _messages(now), sources_html(latest, self.reports), now

    def show_turn(self, turns: Sequence[Turn], message: int) -> str:
        """The source pane for the turn that the message at a position belongs to."""
        shown = bubbles(turns)
        return sources_html(shown[message].turn if message < len(shown) else None, self.reports)

    def start_anew(self) -> Shown:
        """Forget the session's turns."""
        return [], sources_html(None, self.reports), ()


def bubbles(turns: Sequence[Turn]) -> list[Bubble]:
    """The messages of a session, in order."""
    shown = []
    for turn in turns:
        if turn.question.strip():
            shown.append(Bubble("user", question_html(turn.question), turn))
        if turn.notice:
            shown.append(Bubble("assistant", notice_html(turn.notice), turn))
        elif turn.answer is not None:
            shown.append(Bubble("assistant", reply_html(turn.number, turn.answer), turn))
        else:
            shown.append(Bubble("assistant", waiting_html(), turn))
    return shown


def _messages(turns: Sequence[Turn]) -> list[dict[str, str]]:
    return [{"role": bubble.role, "content": bubble.content} for bubble in bubbles(turns)]
