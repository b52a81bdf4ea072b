"""An answer's short Markdown → safe HTML.

Of Markdown only paragraphs, lists, bold and the markers ``[1]`` are kept and everything else stays text, so
whatever a report or a chat model puts into an answer can neither add elements nor fetch pictures.
"""

import re
from collections.abc import Sequence
from html import escape

from assistant.phrase import ESCAPED_LITERAL
from assistant.types import Answer, Check
from assistant.ui import texts

_SUPPORTED, _UNSUPPORTED, _END = "\ue000", "\ue001", "\ue002"
_PRIVATE = re.compile("[\ue000-\ue002]")
_MARKER = re.compile(r"\s?\[(\d{1,3})\]")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_HALF_WRITTEN = re.compile(r"(?:\[\d{0,3}|\*{1,2}|\\)$")
_ITEM = re.compile(r"[-*•]\s+")


def reply_html(turn: int, answer: Answer) -> str:
    """An answer's text with its badges.

    Args:
        turn: Number of the turn in the session; part of the addresses that markers lead to.
        answer: Whole, or still growing.
    """
    return f'<div class="reply">{_text(turn, answer)}<div class="badges">{_badges(answer)}</div></div>'


def card_id(turn: int, marker: int) -> str:
    """The ``id`` of the card of a citation."""
    return f"nguon-{turn}-{marker}"


def _text(turn: int, answer: Answer) -> str:
    markers = {citation.marker for citation in answer.citations}
    html, items = "", ""
    for line in _HALF_WRITTEN.sub("", _with_verdicts(answer.text, answer.checks)).split("\n"):
        line = line.strip()
        bullet = _ITEM.match(line)
        if bullet:
            items += f"<li>{_inline(line[bullet.end() :], turn, markers)}</li>"
        elif line:
            html, items = html + _list(items) + f"<p>{_inline(line, turn, markers)}</p>", ""
    return html + _list(items)


def _list(items: str) -> str:
    return f"<ul>{items}</ul>" if items else ""


def _with_verdicts(text: str, checks: Sequence[Check]) -> str:
    """Put a private character before and after each checked figure; after escaping they become elements."""
    text = _PRIVATE.sub("\ufffd", text)  # one for one: the offsets of the checks stay true
    for check in sorted(checks, key=lambda check: check.start, reverse=True):
        sign = _SUPPORTED if check.supported else _UNSUPPORTED
        text = text[: check.start] + sign + text[check.start : check.end] + _END + text[check.end :]
    return text


def _inline(line: str, turn: int, markers: set[int]) -> str:
    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in markers:
            return match[0]
        title = escape(texts.SHOW_SOURCE.format(marker=number))
        return f'&nbsp;<a class="marker" href="#{card_id(turn, number)}" title="{title}">[{number}]</a>'

    html = ESCAPED_LITERAL.sub(_literal, escape(line))
    html = _MARKER.sub(link, _BOLD.sub(r"<strong>\1</strong>", html))
    html = html.replace(_SUPPORTED, '<span class="figure">').replace(_END, "</span>")
    return html.replace(_UNSUPPORTED, '<span class="figure unsupported">')


def _literal(match: re.Match[str]) -> str:
    """What a backslash makes plain, as an entity, which none of the patterns for markup matches."""
    return match[1] if len(match[1]) > 1 else f"&#{ord(match[1])};"


def _badges(answer: Answer) -> str:
    badges = [_badge("partial", texts.PARTIAL)] if answer.status == "partial" else []
    wrong = sum(not check.supported for check in answer.checks)
    total = len(answer.checks)
    if wrong:
        text = texts.FIGURES_UNSUPPORTED.format(unsupported=wrong, total=total)
        badges.append(_verdicts("warning", text, answer.checks))
    elif total:
        badges.append(_verdicts("ok", texts.FIGURES_SUPPORTED.format(supported=total, total=total), answer.checks))
    elif answer.status == "abstained":
        badges.append(_badge("none", texts.ABSTAINED))
    return "".join(badges)


def _badge(kind: str, text: str) -> str:
    return f'<span class="badge {kind}">{escape(text)}</span>'


def _verdicts(kind: str, text: str, checks: Sequence[Check]) -> str:
    """A badge that opens the verdict and the reason of each figure."""
    rows = "".join(
        f"<li>{'✓' if check.supported else '⚠'} <strong>{escape(check.figure)}</strong>: {escape(check.reason)}</li>"
        for check in checks
    )
    return f'<details class="verdicts"><summary class="badge {kind}">{escape(text)}</summary><ul>{rows}</ul></details>'
