import json
import unicodedata
from pathlib import Path

import pytest
import zstandard

from training.corpus import (
    Document,
    QuestionPair,
    apart_from,
    held_out_titles,
    passages,
    read_documents,
    read_questions,
    sentences,
    strip_diacritics,
    tidy,
)


def test_documents_are_read_by_line_feed_alone_and_in_nfc(tmp_path: Path) -> None:
    record = {"title": unicodedata.normalize("NFD", "Đắk Nông"), "text": "một\u2028hai\x85ba"}
    packed = zstandard.compress((json.dumps(record, ensure_ascii=False) + "\n").encode() * 2)
    (tmp_path / "a.jsonl.zst").write_bytes(packed)
    assert list(read_documents(tmp_path)) == [Document("Đắk Nông", "một\u2028hai\x85ba")] * 2


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no \*\.jsonl\.zst file in"):
        next(read_documents(tmp_path))


def test_questions_get_ordinary_spacing(tmp_path: Path) -> None:
    path = tmp_path / "qa.jsonl"
    path.write_text('{"question": "Ai ?", "context": "ông A ( 1955 ) , bà B"}\n', encoding="utf-8")
    [pair] = read_questions(path)
    assert (pair.question, pair.context) == ("Ai?", "ông A (1955), bà B")


def test_tidy_leaves_ordinary_text_alone() -> None:
    text = "Tỉnh có 1.167 trạm (BTS), đạt 99,29%."
    assert tidy(text) == text


def test_diacritics_and_the_barred_d_are_stripped() -> None:
    assert strip_diacritics("Đắk Nông, viễn thông") == "Dak Nong, vien thong"


def test_sentences_end_at_lines_and_full_stops_but_not_inside_numbers() -> None:
    text = "== Mục ==\nCó 1.167 trạm. Đạt 99% (TP. đạt 98%). Ở xã.\n\nHết"
    assert sentences(text) == ["Có 1.167 trạm.", "Đạt 99% (TP. đạt 98%).", "Ở xã.", "Hết"]


def test_passages_close_at_the_sentence_that_fills_them() -> None:
    assert passages("Một hai ba. Bốn năm. Sáu.", words=4) == [["Một hai ba.", "Bốn năm."], ["Sáu."]]
    assert passages("", words=4) == []


def test_pairs_which_share_a_text_with_the_evaluation_are_left_out() -> None:
    taught = [QuestionPair("q", "x"), QuestionPair("r", "y"), QuestionPair("s", "z")]
    assert apart_from(taught, [QuestionPair("q", "w"), QuestionPair("p", "y")]) == [QuestionPair("s", "z")]


def test_held_out_titles_are_those_asked_about_in_nfc(tmp_path: Path) -> None:
    path = tmp_path / "asked.jsonl"
    titles = ["Huế", unicodedata.normalize("NFD", "Đắk Nông"), "Huế"]
    path.write_text("".join(json.dumps({"title": title, "question": "?"}) + "\n" for title in titles), "utf-8")
    assert held_out_titles(path) == {"Huế", "Đắk Nông"}


def test_the_benchmarks_articles_are_held_out() -> None:
    assert len(held_out_titles()) == 48
