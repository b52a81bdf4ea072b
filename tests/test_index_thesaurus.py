"""What people say for what reports tell in other words."""

import re

import pytest

from index.lexicon import canonical_words
from index.thesaurus import LOOSE, SAME, phrases_asked, phrases_told
from training.thesaurus import COMPILED, compiled, lines


def nearest(asked: str, told: str) -> float:
    """How near any phrase of a question is to one of a report."""
    found = phrases_told(canonical_words(told))
    return max(
        (near for one in phrases_asked(asked) for number, near in one.near.items() if number in found), default=0
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("đóng vào kho bạc", "nộp ngân sách 12 tỷ đồng"),
        ("được học", "tập huấn cho 300 cán bộ"),
        ("ai vô địch", "đạt giải Nhất"),
        ("có mấy hãng", "16 doanh nghiệp"),
    ],
)
def test_everyday_words_are_near_those_of_reports(asked: str, told: str) -> None:
    assert nearest(asked, told) >= LOOSE


@pytest.mark.parametrize(
    ("asked", "told"),
    [("bao nhiêu cuộc thanh tra", "05 cuộc kiểm tra"), ("mức tăng", "giảm 5%"), ("bằng khen", "giấy khen")],
)
def test_what_a_reader_must_keep_apart_is_not_the_same(asked: str, told: str) -> None:
    assert nearest(asked, told) < SAME


def test_a_phrase_is_found_with_its_offsets() -> None:
    asked = "Bưu điện đóng vào kho bạc mấy tỷ?"
    assert "kho bạc" in {asked[one.start : one.end] for one in phrases_asked(asked)}


def test_every_line_is_well_formed() -> None:
    for line in lines():
        phrases = [phrase.strip() for phrase in re.split("[=~]", line)]
        assert len(phrases) > 1, line
        assert "=" not in line.partition("~")[2], line
        assert all(canonical_words(phrase) for phrase in phrases), line


def test_what_is_shipped_is_compiled_from_the_thesaurus_as_it_is() -> None:
    assert COMPILED.read_text("utf-8") == compiled()
