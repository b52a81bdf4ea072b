from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import split
from index.build import read_report
from index.clean import find_content
from index.split import MAX_SENTENCE_CHARS, MAX_SENTENCES, MAX_TOKENS, split_report, split_sentences, windows
from index.tokens import count_tokens
from index.types import Passage, Report, Span
from tests.conftest import within

BUNDLED = Path(__file__).parents[1] / "reports"


def report(text: str) -> Report:
    return Report("a.txt", text, "", find_content(text), "", "", None, None, "")


def count_words(text: str) -> int:
    return len(text.split())


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, Span(0, len(text)))]


def texts(text: str, spans: list[Span] | tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_sentences_end_at_their_marks() -> None:
    assert sentences("Tỉnh có 905 trạm. Có tăng không? Có! Nhưng… chậm.") == [
        "Tỉnh có 905 trạm.",
        "Có tăng không?",
        "Có!",
        "Nhưng…",
        "chậm.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Đạt 1.167 trạm và 99.29% dân số.",
        "Hội nghị ở TP. Gia Nghĩa kéo dài.",
        "Ông Nguyễn V. An chủ trì.",
        "PGS. TS. Lê Minh dự họp.",
        "Xem dienbien.gov.vn và mic.gov.vn để biết.",
        "1. Hạ tầng số được mở rộng.",
        "IV. Phương hướng chung.",
    ],
)
def test_abbreviations_numbers_and_addresses_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    assert sentences("Chủ đề là “Dữ liệu số.” Ngành đã làm.") == ["Chủ đề là “Dữ liệu số.”", "Ngành đã làm."]


def test_sentences_outside_the_span_are_left_out() -> None:
    text = "Một câu. Hai câu. Ba câu."
    assert texts(text, split_sentences(text, Span(9, 17))) == ["Hai câu."]


def test_an_overlong_sentence_is_cut_at_pauses_and_loses_nothing_but_spaces() -> None:
    text = "mười hai chữ cái; " * 200
    parts = sentences(text)
    assert len(parts) == 4
    assert max(map(len, parts)) <= MAX_SENTENCE_CHARS
    assert [part[-1] for part in parts[:-1]] == [";", ";", ";"] or all(" " not in part[-1] for part in parts)
    assert " ".join(parts).split() == text.split()


def test_a_megabyte_without_a_break_is_split_in_time_and_loses_nothing() -> None:
    text = "x" * 1_000_000
    with within(10):
        passages = split_report(report(text), len)
    assert "".join(text[passage.start : passage.end] for passage in passages) == text


@pytest.mark.parametrize("unit", ["A. ", "! ", "!", "TP. ", "a "])
def test_a_megabyte_on_one_line_is_split_in_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    with within(10):
        spans = split_sentences(text, Span(0, len(text)))
    assert "".join("".join(texts(text, spans)).split()) == "".join(text.split())


def test_a_passage_holds_a_few_sentences_within_the_token_budget() -> None:
    sentence = " ".join(["chữ"] * 49) + " cuối."
    (paragraph,) = find_content(" ".join([sentence] * 7))
    found = split_report(report(" ".join([sentence] * 7)), count_words)
    assert paragraph.start == found[0].start
    assert [len(passage.sentences) for passage in found] == [3, 3, 1]


def test_a_passage_holds_no_more_than_four_sentences() -> None:
    found = split_report(report("Một câu. " * 10), count_words)
    assert [len(passage.sentences) for passage in found] == [4, 4, 2]


def test_a_sentence_over_the_budget_is_a_passage_of_its_own() -> None:
    long = " ".join(["chữ"] * (MAX_TOKENS + 1)) + "."
    text = f"Mở đầu. {long} Kết thúc."
    found = split_report(report(text), count_words)
    assert [text[p.start : p.end] for p in found] == ["Mở đầu.", long, "Kết thúc."]


def test_short_neighbouring_paragraphs_share_a_passage() -> None:
    text = "Tổng kết ngành\n\nTỉnh có 905 trạm.\n\n- Doanh thu tăng 5%."
    (passage,) = split_report(report(text), count_words)
    assert texts(text, passage.sentences) == ["Tổng kết ngành", "Tỉnh có 905 trạm.", "- Doanh thu tăng 5%."]


def test_a_passage_never_spans_page_chrome() -> None:
    text = "Tổng kết ngành\nSở họp.\nQuang cảnh buổi họp\nTỉnh có 905 trạm."
    found = split_report(report(text), count_words)
    assert [text[p.start : p.end] for p in found] == ["Tổng kết ngành\nSở họp.", "Tỉnh có 905 trạm."]


def test_a_report_without_content_has_no_passages() -> None:
    assert split_report(report(""), count_words) == []


def test_windows_are_sentences_neighbours_and_the_whole() -> None:
    passage = Passage("a.txt", 0, 30, (Span(0, 8), Span(9, 20), Span(21, 30)))
    assert windows(passage) == [Span(0, 8), Span(9, 20), Span(21, 30), Span(0, 20), Span(9, 30), Span(0, 30)]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [([Span(3, 9)], [Span(3, 9)]), ([Span(0, 8), Span(9, 20)], [Span(0, 8), Span(9, 20), Span(0, 20)])],
)
def test_no_window_is_listed_twice_and_the_whole_comes_last(spans: list[Span], expected: list[Span]) -> None:
    assert windows(Passage("a.txt", spans[0].start, spans[-1].end, tuple(spans))) == expected


@given(st.text(alphabet='aăâ ĐTP.!?…;,\n"”)0123', max_size=400), st.integers(5, 60))
def test_sentences_are_stripped_in_order_and_lose_nothing_but_white_space(text: str, longest: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(split, "MAX_SENTENCE_CHARS", longest)
        spans = split_sentences(text, Span(0, len(text)))
    pieces = texts(text, spans)
    assert all(piece and piece == piece.strip() and len(piece) <= longest for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    bounds = [bound for span in spans for bound in (span.start, span.end)]
    assert bounds == sorted(bounds)


@given(
    st.lists(st.sampled_from(["Tỉnh có 905 trạm. ", "Tăng 5%; giảm 3%. ", "\n", "Ảnh: TL\n", "dài " * 50]), max_size=30)
)
def test_passages_keep_to_the_budget_and_cover_the_content(parts: list[str]) -> None:
    text = "".join(parts)
    source = report(text)
    passages = split_report(source, count_words)
    for passage in passages:
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        used = sum(count_words(piece) for piece in texts(text, passage.sentences))
        assert len(passage.sentences) == 1 or (used <= MAX_TOKENS and len(passage.sentences) <= MAX_SENTENCES)
    covered = "".join("".join(texts(text, passage.sentences)) for passage in passages)
    assert "".join(covered.split()) == "".join("".join(texts(text, source.content)).split())


def test_the_bundled_reports_keep_to_the_budget_by_the_bundled_vocabulary() -> None:
    source = read_report(BUNDLED, "phu-tho-2023.md")
    over = [
        passage
        for passage in split_report(source, count_tokens)
        if count_tokens(source.text[passage.start : passage.end]) > MAX_TOKENS + MAX_SENTENCES
        and len(passage.sentences) > 1
    ]
    assert over == []
