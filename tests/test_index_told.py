import hashlib
import json
from pathlib import Path

import pytest

from index.prepare import prepare
from index.sandbox import told
from index.sandbox.frames import Frame
from index.sandbox.told import WrongAnswerError, frame_of, prepared_of
from index.types import LoadedText

REPORT = Path(__file__).parents[1] / "reports" / "dak-nong-2023.md"
TEXT = REPORT.read_text("utf-8")
LOADED = LoadedText("a/b.md", TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), (0, 100))
PREPARED = prepare(LOADED)


def changed(line: int, **values: object) -> Frame:
    """The message with other values in a line: 0 tells of the report, 1 of a passage, the last of a figure."""
    rows = [json.loads(row) for row in frame_of(PREPARED).body.decode().split("\n")]
    rows[line] |= values
    return Frame({}, "\n".join(json.dumps(row) for row in rows).encode())


def test_what_is_told_comes_as_it_was() -> None:
    assert PREPARED.figures
    assert prepared_of(frame_of(PREPARED), LOADED) == PREPARED
    assert prepared_of(changed(0), LOADED) == PREPARED


def test_a_report_without_passages_comes_too() -> None:
    text = LoadedText("a.txt", "Sở họp", "x")
    assert prepared_of(frame_of(prepare(text)), text) == prepare(text)


def test_text_and_path_are_those_that_were_asked_for() -> None:
    found = prepared_of(changed(-1, report="khac.md", province="Sơn La"), LOADED)
    assert found == PREPARED


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (0, {"title": 5}),
        (0, {"title": "\ud800"}),
        (0, {"year": "2023"}),
        (0, {"year": 10**9}),
        (0, {"published": "hôm qua"}),
        (0, {"passages": -1}),
        (0, {"passages": True}),
        (0, {"content": [[0, len(TEXT) + 1]]}),
        (0, {"content": 1}),
        (1, {"at": [5, 3]}),
        (1, {"at": [-1, 3]}),
        (1, {"at": ["q", 3]}),
        (1, {"at": [True, 3]}),
        (1, {"sentences": [[1, 2, 3]]}),
        (1, {"headings": [None]}),
        (-1, {"kind": "wish"}),
        (-1, {"value": "1E+999999999"}),
        (-1, {"value": "NaN"}),
        (-1, {"value": "9" * 50}),
        (-1, {"value": 1.5}),
        (-1, {"unit": None}),
        (-1, {"sentence": [0, 10**9]}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_of_the_text_is_refused(line: int, values: dict[str, object]) -> None:
    with pytest.raises(WrongAnswerError):
        prepared_of(changed(line, **values), LOADED)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"content": []}', b"\xff", b"[" * 10_000])
def test_what_is_no_message_is_refused(body: bytes) -> None:
    with pytest.raises(WrongAnswerError):
        prepared_of(Frame({}, body), LOADED)


def test_too_much_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "MAX_ANSWER", 1_000)
    with pytest.raises(told.UnreadableFileError, match=r"^chứa quá nhiều số liệu; hãy chia nhỏ tệp$"):
        frame_of(PREPARED)
