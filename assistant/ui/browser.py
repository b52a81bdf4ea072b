"""What the server asks of the browser (save a file, copy a text, keep a conversation) and what clicks tell it.

One hidden component carries both ways; ``page.js`` is its other end. A click on an element of class ``act`` becomes
the event named before the colon of its value, with what stands behind it: "retry:3" is ``retry`` of "3". The names
are chosen from those that Gradio's components may have:

=========  ==============================================  =================================================
event      of                                              means
=========  ==============================================  =================================================
select     quote-TURN-PLACE, near-TURN-PLACE,              show in the source pane
           figure-START-PATH, place-START-END-PATH,
           report-PATH
retry      TURN                                            ask again
edit       TURN                                            put the question into the box
copy       TURN                                            put the answer on the clipboard
download   receipt-TURN, report-PATH, markdown, html       save as a file
like       TURN                                            rate the answer as good
input      TURN                                            open the form that says what is wrong with it
apply      sort-COLUMN, page-NUMBER                        sort the table of figures, or turn its page
delete     PATH                                            remove an uploaded report
expand     ID, with the conversation                       go on with a conversation that the browser keeps
=========  ==============================================  =================================================

"open", "forget" and "close" are seen to by the script alone.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import ClassVar, Literal

import gradio as gr

_SCRIPT = Path(__file__).resolve().parent / "page.js"
_serials = count(1)


@dataclass(frozen=True, slots=True)
class SaveFile:
    """Save a text as a file."""

    name: str
    mime: str
    text: str
    kind: ClassVar[Literal["file"]] = "file"


@dataclass(frozen=True, slots=True)
class Copy:
    """Put a text on the clipboard, then tell the user."""

    text: str
    said: str
    kind: ClassVar[Literal["copy"]] = "copy"


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep a conversation, see ``saved``; with no turns: begin another."""

    conversation: Mapping[str, object]
    kind: ClassVar[Literal["keep"]] = "keep"


@dataclass(frozen=True, slots=True)
class Begin:
    """Show what this browser keeps, and go on with the conversation of its tab.

    Attributes:
        language: Of the page, for screen readers.
        title: Of the page.
        owner: Who is logged in, or "": each keeps conversations of their own in a shared browser.
        empty: What to show when nothing is kept.
        delete: What the button that deletes a conversation is called.
        notes: What to say in the place of Gradio's notes, by a part of each.
    """

    language: str
    title: str
    owner: str
    empty: str
    delete: str
    notes: Mapping[str, str]
    kind: ClassVar[Literal["begin"]] = "begin"


@dataclass(frozen=True, slots=True)
class Focus:
    """Go to the question box."""

    kind: ClassVar[Literal["focus"]] = "focus"


Order = SaveFile | Copy | Keep | Begin | Focus


def order(wanted: Order) -> dict[str, object]:
    """An order as the value of the component; the serial makes the same order twice two orders."""
    return {"kind": wanted.kind, "serial": next(_serials), **asdict(wanted)}


def add_browser() -> gr.HTML:
    """The component."""
    script = _SCRIPT.read_text("utf-8")
    return gr.HTML(None, elem_id="browser", visible="hidden", html_template="", js_on_load=script)


def sent(event: gr.EventData, name: str) -> str:
    """A text that came with an event; anybody may have sent it, so it can be missing."""
    value = sent_object(event, name)
    return value if isinstance(value, str) else ""


def sent_object(event: gr.EventData, name: str) -> object:
    """A JSON value that came with an event, or None."""
    return event._data.get(name) if isinstance(event._data, dict) else None
