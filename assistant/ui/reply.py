"""An answer's short Markdown → safe HTML.

Of Markdown only paragraphs, lists, bold and the markers ``[1]`` are kept and everything else stays text, so
whatever a report or a chat model puts into an answer can neither add elements nor fetch pictures.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape

from assistant.phrase import ESCAPED_LITERAL
from assistant.points import alike, points_of
from assistant.types import Answer, Check
from assistant.ui.chart import Bar, bar_chart
from assistant.ui.texts import Texts
from assistant.ui.views import action_of

_SUPPORTED, _UNSUPPORTED, _END = "\ue000", "\ue001", "\ue002"
_PRIVATE = re.compile("[\ue000-\ue002]")
_MARKER = re.compile(r"\s?\[(\d{1,3})\]")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_HALF_WRITTEN = re.compile(r"(?<!\\)(?:\[\d{0,3}|\*{1,2}|\\)$")
_ITEM = re.compile(r"[-*•]\s+")


def reply_html(turn: int, answer: Answer, texts: Texts) -> str:
    """An answer's text with its chart, where it compares figures, and its badges.

    Args:
        turn: Number of the turn in the session; part of the actions that markers and bars stand for.
        answer: Whole, or still growing.
        texts: The language.
    """
    body = _text(turn, answer, texts) + _chart(turn, answer, texts)
    return f'{body}<div class="badges">{_badges(turn, answer, texts)}</div>'


def _text(turn: int, answer: Answer, texts: Texts) -> str:
    actions = {citation.marker: action_of(turn, place) for place, citation in enumerate(answer.citations)}
    html, items = "", ""
    for line in _without_half(_with_verdicts(answer.text, answer.checks)).split("\n"):
        line = line.strip()
        bullet = _ITEM.match(line)
        if bullet:
            items += f"<li>{_inline(line[bullet.end() :], actions, texts)}</li>"
        elif line:
            html, items = html + _list(items) + f"<p>{_inline(line, actions, texts)}</p>", ""
    return html + _list(items)


def _without_half(text: str) -> str:
    """The text without markup of which a growing answer has but the beginning; bold words may end an answer."""
    half = _HALF_WRITTEN.search(text)
    ends_bold = half is not None and half[0] == "**" and text.rpartition("\n")[2].count("**") % 2 == 0
    return text if half is None or ends_bold else text[: half.start()]


def _chart(turn: int, answer: Answer, texts: Texts) -> str:
    places = {citation: place for place, citation in enumerate(answer.citations)}
    points = alike(points_of(answer))
    if len({(point.province, point.year) for point in points}) < len(points):  # lines on different things
        return ""
    return bar_chart([Bar(point, action_of(turn, places[point.citation])) for point in points], texts)


def _list(items: str) -> str:
    return f"<ul>{items}</ul>" if items else ""


def _with_verdicts(text: str, checks: Sequence[Check]) -> str:
    """Put a private character before and after each checked figure; after escaping they become elements."""
    text = _PRIVATE.sub("\ufffd", text)  # one for one: the offsets of the checks stay true
    for check in sorted(checks, key=lambda check: check.start, reverse=True):
        sign = _SUPPORTED if check.supported else _UNSUPPORTED
        text = text[: check.start] + sign + text[check.start : check.end] + _END + text[check.end :]
    return text


def _inline(line: str, actions: Mapping[int, str], texts: Texts) -> str:
    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in actions:
            return match[0]
        title = escape(texts.show_source.format(marker=number))
        return f'&nbsp;<button class="act marker" value="{actions[number]}" title="{title}">[{number}]</button>'

    html = ESCAPED_LITERAL.sub(_literal, escape(line))
    html = _MARKER.sub(link, _BOLD.sub(r"<strong>\1</strong>", html))
    html = html.replace(_SUPPORTED, '<span class="figure">').replace(_END, "</span>")
    return html.replace(_UNSUPPORTED, '<span class="figure unsupported">')


def _literal(match: re.Match[str]) -> str:
    """What a backslash makes plain, as an entity, which none of the patterns for markup matches."""
    return match[1] if len(match[1]) > 1 else f"&#{ord(match[1])};"


def _badges(turn: int, answer: Answer, texts: Texts) -> str:
    badges = [_badge("partial", texts.partial)] if answer.status == "partial" else []
    wrong = sum(not check.supported for check in answer.checks)
    total = len(answer.checks)
    if wrong:
        text = texts.figures_unsupported.format(unsupported=wrong, total=total)
        badges.append(_verdicts("warning", text, answer.checks))
    elif total:
        badges.append(_verdicts("ok", texts.figures_supported.format(supported=total, total=total), answer.checks))
    elif answer.status == "abstained":
        badges.append(_badge("none", texts.abstained))
    if answer.near_misses:
        action = action_of(turn, 0, near=True)
        badges.append(f'<button class="act badge" value="{action}">{escape(texts.near_misses_open)}</button>')
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
