import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.markers import Marked, read_markers
from assistant.phrase import MARKER
from assistant.types import Problem


def unknown(*written: str, known: int = 3) -> tuple[Problem, ...]:
    reason = f"không có đoạn này; các đoạn mang số từ 1 đến {known}"
    return tuple(Problem(f"[{one}]", reason) for one in written)


@pytest.mark.parametrize(
    ("written", "text", "notes"),
    [
        ("905 trạm [2].", "905 trạm [2].", ()),
        ("905 trạm[2].", "905 trạm [2].", ()),
        ("905 trạm. [2]", "905 trạm [2].", ()),
        ("905 trạm. [2] Doanh thu tăng. [1]", "905 trạm [2]. Doanh thu tăng [1].", ()),
        ("905 trạm [1-3].", "905 trạm [1] [2] [3].", ("[1-3] → [1] [2] [3]",)),
        ("905 trạm [1–2].", "905 trạm [1] [2].", ("[1–2] → [1] [2]",)),
        ("905 trạm [1, 3].", "905 trạm [1] [3].", ("[1, 3] → [1] [3]",)),
        ("905 trạm [đoạn 1 và 3].", "905 trạm [1] [3].", ("[đoạn 1 và 3] → [1] [3]",)),
        ("905 trạm 【2†nguồn】.", "905 trạm [2].", ("【2†nguồn】 → [2]",)),
        ("905 trạm [02].", "905 trạm [2].", ("[02] → [2]",)),
        ("905 trạm [1][1] [2].", "905 trạm [1] [2].", ("[1][1][2] → [1] [2]",)),
        ("905 trạm [1] và [1].", "905 trạm [1] và [1].", ()),
        ("- [1] 905 trạm\n- [2] 44", "- [1] 905 trạm\n- [2] 44", ()),
        ("[1] 905 trạm\n[2] 44 trạm", "[1] 905 trạm\n[2] 44 trạm", ()),
    ],
)
def test_markers_are_put_right_and_what_was_changed_is_noted(written: str, text: str, notes: tuple[str, ...]) -> None:
    assert read_markers(written, 3) == Marked(text, (), notes)


@pytest.mark.parametrize(
    ("written", "text", "about"),
    [
        ("905 trạm [4].", "905 trạm.", ("4",)),
        ("905 trạm [0].", "905 trạm.", ("0",)),
        ("905 trạm [999999].", "905 trạm.", ("999999",)),
        ("905 trạm [1-999999].", "905 trạm.", ("1-999999",)),
        ("905 trạm [3-1].", "905 trạm.", ("3-1",)),
        ("905 trạm [-1].", "905 trạm.", ("-1",)),
        ("905 trạm [2023].", "905 trạm.", ("2023",)),
        ("905 trạm [1, 7, 0].", "905 trạm [1].", ("7", "0")),
        ("905 trạm [1][9][2].", "905 trạm [1] [2].", ("9",)),
        (f"905 trạm [{'9' * 9000}].", "905 trạm.", ("999999999999…",)),
    ],
)
def test_markers_of_no_passage_are_taken_out_and_reported(written: str, text: str, about: tuple[str, ...]) -> None:
    marked = read_markers(written, 3)
    assert (marked.text, marked.problems) == (text, unknown(*about))


def test_without_passages_every_marker_is_unknown() -> None:
    assert read_markers("a [1]", 0).problems == unknown("1", known=0)


def test_other_brackets_stay_as_they_are() -> None:
    written = "[a] [1.5] [] [x1] (2) [1 [2"
    assert read_markers(written, 3) == Marked(written, (), ())


@given(st.text(alphabet="[]0123456789-–, .\n【】†đoạnaà", max_size=60), st.integers(0, 5))
def test_whatever_is_written_every_marker_left_is_known_and_none_vanishes_unreported(written: str, known: int) -> None:
    marked = read_markers(written, known)
    left = [int(number) for number in MARKER.findall(marked.text)]
    assert all(1 <= number <= known for number in left)
    if MARKER.search(written):
        assert left or marked.problems
