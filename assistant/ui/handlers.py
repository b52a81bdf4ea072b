"""What the chat does on each event, without Gradio; a session's state travels through the arguments."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.chain import Assistant
from assistant.feedback import Feedback, Rating, feedback_on
from assistant.ui import export, saved
from assistant.ui.browser import Copy, Focus, Keep, Order, SaveFile
from assistant.ui.conversation import Conversation, Turn, history_of, stopped, take_turn
from assistant.ui.messages import messages_of
from assistant.ui.pane import empty_html, pane_html
from assistant.ui.texts import Texts
from assistant.ui.views import View, number_of, of_answer, of_figure, of_place, of_report
from index.errors import UserError


@dataclass(frozen=True, slots=True)
class Shown:
    """What an event changes on the page; None leaves as it is.

    Attributes:
        messages: Of the log.
        pane: HTML of the source pane.
        conversation: The session's state.
        order: What the browser is to do.
        busy: Whether an answer is being sought.
        question: What stands in the question box.
    """

    messages: list[dict[str, str]] | None = None
    pane: str | None = None
    conversation: Conversation | None = None
    order: Order | None = None
    busy: bool | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Handlers:
    """The chat's event handlers.

    Attributes:
        bot: The assistant of now.
        admit: Raises a UserError when the user named asks too often.
        keep_feedback: Keeps what a user says of an answer.
        texts: The language.
    """

    bot: Callable[[], Assistant]
    admit: Callable[[str], None]
    keep_feedback: Callable[[Feedback], None]
    texts: Texts

    def ask(self, question: str, conversation: Conversation, user: str) -> Generator[Shown, None, None]:
        """Answer a question, the page growing with the answer; the browser keeps the conversation at the end.

        Raises:
            UserError: The user asks too often.
        """
        bot = self.bot()  # one index from the first part to the last
        self.admit(user)
        now, pane = conversation, None
        for now in take_turn(bot, question, conversation):
            before, pane = pane, self._latest(now)
            over = now.turns[-1].is_over
            keep = Keep(saved.to_json(now)) if over else None
            yield Shown(messages_of(now, self.texts), pane if pane != before else None, now, keep, busy=not over)

    def retry(self, number: int, conversation: Conversation, user: str) -> Generator[Shown, None, None]:
        """Ask the question of a turn again; later turns go.

        Raises:
            UserError: The user asks too often.
        """
        turn = conversation.turn(number)
        if turn is not None:
            yield from self.ask(turn.question, replace(conversation, editing=number), user)

    def stop(self, conversation: Conversation) -> Shown:
        """Tell that the answer was broken off."""
        told = stopped(conversation, self.texts.stopped)
        return Shown(messages_of(told, self.texts), conversation=told, busy=False)

    def fail(self, conversation: Conversation) -> Shown:
        """Tell that an error kept the answer from coming; the log of the server tells which."""
        told = stopped(conversation, self.texts.failed)
        return Shown(messages_of(told, self.texts), conversation=told, busy=False)

    def edit(self, number: int, conversation: Conversation) -> Shown:
        """Put the question of a turn into the box; it is asked in the place of that turn. An answer under way ends."""
        turn = conversation.turn(number)
        if turn is None:
            return Shown()
        told = replace(stopped(conversation, self.texts.stopped), editing=number)
        return Shown(
            messages_of(told, self.texts), conversation=told, busy=False, question=turn.question, order=Focus()
        )

    def cancel_edit(self, conversation: Conversation) -> Shown:
        """Leave the edited question as it was."""
        told = replace(conversation, editing=0)
        return Shown(messages_of(told, self.texts), conversation=told, question="")

    def start_anew(self) -> Shown:
        """Begin another conversation; the browser keeps the one before."""
        empty = Conversation()
        return Shown([], self._empty_pane(), empty, Keep({"id": "", "turns": []}), busy=False)

    def restore(self, kept: object, user: str) -> Shown:
        """Go on with a conversation that the browser kept; one it cannot have kept is left.

        Raises:
            UserError: The user asks too often: every answer is verified anew.
        """
        self.admit(user)
        told = saved.from_json(kept, self.bot().verify)
        if told is None:
            return self.start_anew()
        return Shown(messages_of(told, self.texts), self._latest(told), told, busy=False)

    def show(self, what: str, conversation: Conversation) -> Shown:
        """The source pane for what a marker, bar, row or list names: see ``views``."""
        kind, _, place = what.partition("-")
        view = self._view(kind, place, conversation)
        return Shown() if view is None else Shown(pane=pane_html(view, self.texts))

    def copy(self, number: int, conversation: Conversation) -> Shown:
        """The answer of a turn with its sources, for the clipboard."""
        turn = conversation.turn(number)
        if turn is None or turn.answer is None:
            return Shown()
        return Shown(order=Copy(export.to_paste(turn.answer), self.texts.copied))

    def download(self, what: str, conversation: Conversation, now: datetime) -> Shown:
        """The file that a button names: "receipt-3", "report-PATH", "markdown", "html".

        Raises:
            UserError: The conversation has no answer yet.
        """
        kind, _, of = what.partition("-")
        reports = self.bot().index.reports
        if kind == "report" and (report := reports.get(of)):
            return Shown(order=SaveFile(of.rpartition("/")[2], "text/plain", report.text))
        turn = conversation.turn(number_of(of)) if kind == "receipt" else None
        if turn is not None and turn.answer is not None and turn.done:
            return Shown(order=export.receipt_file(turn.answer, reports, now))
        if kind not in ("markdown", "html"):
            return Shown()
        if not export.has_answers(conversation):
            raise UserError(self.texts.nothing_to_export)
        if kind == "markdown":
            return Shown(order=export.markdown_file(conversation, self.texts.title, now))
        return Shown(order=export.html_file(conversation, self.texts.title, now, reports))

    def rate(
        self,
        number: int,
        rating: Rating,
        conversation: Conversation,
        user: str,
        reason: str = "",
        note: str = "",
    ) -> Shown:
        """Keep what the user says of the answer of a turn.

        Raises:
            UserError: It cannot be kept.
        """
        turn = conversation.turn(number)
        if turn is None or turn.answer is None or not turn.done:
            return Shown()
        history = history_of(conversation.before(number).turns)
        self.keep_feedback(feedback_on(turn.answer, rating, reason, note, history, user))
        told = conversation.with_turn(replace(turn, rating=rating))
        return Shown(messages_of(told, self.texts), conversation=told, order=Keep(saved.to_json(told)))

    def _view(self, kind: str, place: str, conversation: Conversation) -> View | None:
        index = self.bot().index
        if kind in ("quote", "near"):
            number, _, position = place.partition("-")
            turn = conversation.turn(number_of(number))
            if turn is None or turn.answer is None:
                return None
            return of_answer(turn.number, turn.answer, number_of(position), kind == "near", index.reports)
        if kind == "figure":
            start, _, path = place.partition("-")
            return of_figure(path, number_of(start), index.figures, index.reports)
        if kind == "place":
            return of_place(place, index.reports)
        return of_report(place, index.reports) if kind == "report" else None

    def _latest(self, conversation: Conversation) -> str:
        answered = [turn for turn in conversation.turns if turn.answer is not None]
        return self._pane_of(answered[-1]) if answered else self._empty_pane()

    def _pane_of(self, turn: Turn) -> str:
        reports = self.bot().index.reports
        if turn.answer is not None:
            near = not turn.answer.citations
            if view := of_answer(turn.number, turn.answer, 0, near, reports):
                return pane_html(view, self.texts)
        untold = turn.answer is not None and turn.answer.status == "abstained"
        return empty_html(self.texts.sources_none if untold else self.texts.sources_hint, reports, self.texts)

    def _empty_pane(self) -> str:
        return empty_html(self.texts.sources_hint, self.bot().index.reports, self.texts)
