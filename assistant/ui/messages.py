"""A conversation → the messages of the log, as safe HTML: what people, models and reports wrote is escaped."""

from html import escape

from assistant.ui.conversation import Conversation, Turn
from assistant.ui.reply import reply_html
from assistant.ui.texts import Texts

_SHOWN_QUESTION_CHARS = 600
# drawn, since not every machine has a font with the sign; the sanitizer of the log leaves no aria-label
_THUMB = (
    '<svg viewBox="0 0 20 20"><path d="M2 9h3.2v8H2zM6.4 9l3.4-6.6c1.6 0 2.3 1.2 2 2.6L11.2 8H16c1.1 0 1.7.9 1.5 1.9'
    'l-1.2 5.5c-.2 1-1 1.6-2 1.6H6.4z"></path></svg>'
)


def messages_of(conversation: Conversation, texts: Texts) -> list[dict[str, str]]:
    """The messages as the log takes them."""
    messages = []
    for turn in conversation.turns:
        if turn.question.strip():
            asked = _question(turn, conversation.editing == turn.number, texts)
            messages.append({"role": "user", "content": asked})
        messages.append({"role": "assistant", "content": _reply(turn, turn is conversation.turns[-1], texts)})
    return messages


def _question(turn: Turn, editing: bool, texts: Texts) -> str:
    text = turn.question.strip()
    shown = text if len(text) <= _SHOWN_QUESTION_CHARS else text[:_SHOWN_QUESTION_CHARS].rstrip() + "…"
    lines = "<br>".join(escape(shown).split("\n"))
    kind = "asked editing" if editing else "asked"
    return f'<div class="{kind}">{lines}</div><div class="actions">{_button("edit", turn, texts.edit)}</div>'


def _reply(turn: Turn, last: bool, texts: Texts) -> str:
    if turn.notice:
        again = _button("retry", turn, texts.retry) if turn.question.strip() else ""
        return f'<div class="notice" role="alert">{escape(turn.notice)}</div><div class="actions">{again}</div>'
    if turn.answer is None:
        return f'<div class="waiting" role="status">{escape(texts.waiting)}</div>'
    actions = _actions(turn, last, texts) if turn.done else ""
    return f'<div class="reply">{reply_html(turn.number, turn.answer, texts)}{actions}</div>'


def _actions(turn: Turn, last: bool, texts: Texts) -> str:
    buttons = [_button("copy", turn, texts.copy)]
    if last:
        buttons.append(_button("retry", turn, texts.retry))
    buttons.append(_button("download", turn, texts.receipt, "receipt-", texts.receipt_title))
    buttons += [_thumb("like", turn, "up", texts.good), _thumb("input", turn, "down", texts.bad)]
    return f'<div class="actions">{"".join(buttons)}</div>'


def _button(event: str, turn: Turn, text: str, of: str = "", title: str = "") -> str:
    named = f' title="{escape(title)}"' if title else ""
    return f'<button class="act" value="{event}:{of}{turn.number}"{named}>{escape(text)}</button>'


def _thumb(event: str, turn: Turn, rating: str, title: str) -> str:
    kind = f"act {rating} chosen" if turn.rating == rating else f"act {rating}"
    return f'<button class="{kind}" value="{event}:{turn.number}" title="{escape(title)}">{_THUMB}</button>'
