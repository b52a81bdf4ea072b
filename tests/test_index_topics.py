"""The trade that a paragraph goes on about."""

import time

import pytest

from index.topics import topic_before
from index.types import Report, Span


def topic(text: str, start: str) -> str:
    """The trade that the sentence beginning with ``start`` goes on about, or ""."""
    report = Report("a.md", text, "", (Span(0, len(text)),), "", "", None, None, "")
    found = topic_before(report, Span(0, len(text)), text.index(start))
    return text[found.start : found.end] if found else ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bưu chính có 7 doanh nghiệp. Doanh thu 48 tỷ.", "Bưu chính"),
        ("Về lĩnh vực viễn thông, mạng lưới ổn định. Doanh thu 48 tỷ.", "viễn thông"),
        ("Bưu chính ổn định. Viễn thông mở rộng. Doanh thu 48 tỷ.", "Viễn thông"),
        ("Bưu chính, viễn thông ổn định. Doanh thu 48 tỷ.", ""),  # of both together
        ("Bưu chính có 7 doanh nghiệp. Toàn tỉnh có 1.200 trạm. Doanh thu 48 tỷ.", ""),
        ("Bưu chính ổn định. Một. Hai. Ba. Bốn. Doanh thu 48 tỷ.", ""),  # too far back
        ("Tỉnh có 9 huyện. Doanh thu 48 tỷ.", ""),
    ],
)
def test_the_trade_of_a_later_sentence(text: str, told: str) -> None:
    assert topic(text, "Doanh thu") == told


@pytest.mark.parametrize("filler", [". " * 4000, "a." + " " * 8000, "bưu chính. " * 800])
def test_hostile_paragraphs_take_no_time(filler: str) -> None:
    began = time.monotonic()
    topic(f"{filler}Doanh thu 48 tỷ.", "Doanh thu")
    assert time.monotonic() - began < 2
