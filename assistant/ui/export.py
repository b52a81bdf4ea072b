"""A conversation, an answer or its proof as a file or a text to paste."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from assistant.phrase import unescape
from assistant.receipt import receipt_of
from assistant.receipt_page import as_html, proof, shell
from assistant.types import Answer, Citation
from assistant.ui.browser import SaveFile
from assistant.ui.conversation import Conversation
from index.types import Report

_PLAIN = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]()#+!|~<>&"})


def markdown_file(conversation: Conversation, title: str, now: datetime) -> SaveFile:
    """The answered turns with their citations, as Markdown.

    Args:
        conversation: The session's.
        title: The heading of the file.
        now: Local time, for the heading and the file's name.
    """
    parts = [f"# {title}", f"{now:%d/%m/%Y %H:%M}"]
    for answer in _answers(conversation):
        parts += [f"## {_one_line(answer.question)}", answer.text, _quoted(answer.citations)]
    return SaveFile(_name("hoi-thoai", now, "md"), "text/markdown", "\n\n".join(filter(None, parts)) + "\n")


def html_file(conversation: Conversation, title: str, now: datetime, reports: Mapping[str, Report]) -> SaveFile:
    """The answered turns, each with its verdicts and its quotes in their place, as one HTML page to print.

    Args:
        conversation: The session's.
        title: The heading of the page.
        now: Local time, with its time zone.
        reports: By path.
    """
    proofs = [proof(receipt_of(answer, reports, now)) for answer in _answers(conversation)]
    page = shell(f"{title}, {now:%d/%m/%Y %H:%M}", "\n<hr>\n".join(proofs))
    return SaveFile(_name("hoi-thoai", now, "html"), "text/html", page)


def receipt_file(answer: Answer, reports: Mapping[str, Report], now: datetime) -> SaveFile:
    """The receipt of one answer, as ``assistant ask --receipt`` writes it."""
    page = as_html(receipt_of(answer, reports, now))
    return SaveFile(_name("bien-nhan", now, "html"), "text/html", page)


def to_paste(answer: Answer) -> str:
    """An answer as plain text with its sources below, for a memo."""
    text = unescape(answer.text.replace("**", ""))
    sources = [
        f"[{c.marker}] {', '.join(filter(None, (c.title, c.province, str(c.year or ''), c.source)))}\n    “{c.quote}”"
        for c in answer.citations
    ]
    return "\n".join([text, *([""] if sources else []), *sources])


def has_answers(conversation: Conversation) -> bool:
    """Whether there is something to save."""
    return any(True for _ in _answers(conversation))


def _answers(conversation: Conversation) -> Iterable[Answer]:
    return (turn.answer for turn in conversation.turns if turn.answer is not None and turn.done)


def _quoted(citations: Iterable[Citation]) -> str:
    rows = []
    for citation in citations:
        about = ", ".join(filter(None, (citation.province, str(citation.year or ""), citation.source)))
        quote = "\n".join(f"> {line.translate(_PLAIN)}" for line in citation.quote.split("\n"))
        named = (f"[{citation.marker}]", _one_line(citation.title), f"({_one_line(about)})" if about else "")
        place = f"{_code(citation.report)} {citation.start}–{citation.end}, SHA-256 {_code(citation.sha256)}"
        rows.append(f"{' '.join(filter(None, named))}, {place}\n\n{quote}")
    return "\n\n".join(rows)


def _one_line(text: str) -> str:
    return " ".join(text.split()).translate(_PLAIN)


def _code(text: str) -> str:
    return f"`{' '.join(text.replace('`', '').split())}`"


def _name(start: str, now: datetime, suffix: str) -> str:
    return f"{start}-{now:%Y%m%d-%H%M%S}.{suffix}"
