import json
from pathlib import Path

import numpy as np
import pytest
import zstandard

from index.frequency import NUMBER, START, positions
from training import syllable_pairs
from training.syllable_pairs import count_pairs, main

KNOWN = frozenset({START, NUMBER, "viên~", "thông", "tram.", "co'"})


def test_neighbours_are_counted_within_a_line_from_its_start() -> None:
    assert count_pairs(["Viễn thông, viễn thông\nthông"], KNOWN) == {
        (START, "viên~"): 1,
        ("viên~", "thông"): 2,
        ("thông", "viên~"): 1,
        (START, "thông"): 1,
    }


def test_all_numbers_count_as_one_and_spellings_too() -> None:
    assert count_pairs(["có 1.167 trạm", "CÓ 31/12 Trạm"], KNOWN) == {
        (START, "co'"): 2,
        ("co'", NUMBER): 2,
        (NUMBER, "tram."): 2,
    }


def test_a_syllable_that_is_not_known_parts_its_neighbours() -> None:
    assert count_pairs(["viễn Internet thông"], KNOWN) == {(START, "viên~"): 1}
    assert count_pairs(["", "\n \n"], KNOWN) == {}


def test_what_is_written_is_sorted_and_leaves_out_the_held_out_and_the_rare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [("Tựa", "viễn thông\n" * 7 + "trạm có\n" * 4), ("Giữ lại", "thông viễn\n" * 9)]
    lines = "".join(json.dumps({"title": title, "text": text}) + "\n" for title, text in documents)
    (tmp_path / "a.jsonl.zst").write_bytes(zstandard.compress(lines.encode()))
    for part, question in (("train", "Viễn thông?"), ("dev", "Có thông?")):
        row = {"question": question, "context": part}
        (tmp_path / f"wiki_qa_{part}.jsonl").write_text(json.dumps(row), "utf-8")
    monkeypatch.setattr(syllable_pairs, "held_out_titles", lambda: frozenset({"Giữ lại"}))
    monkeypatch.setattr(syllable_pairs, "OWN_QUESTIONS", ())
    out = tmp_path / "pairs.npz"
    monkeypatch.setattr("sys.argv", ["x", "--corpus", str(tmp_path), "--qa", str(tmp_path), "--out", str(out)])
    main()
    stored = np.load(out, allow_pickle=False)
    forms = list(positions())
    pairs = [(forms[code // len(forms)], forms[code % len(forms)]) for code in stored["pairs"].tolist()]
    assert dict(zip(pairs, stored["counts"].tolist(), strict=True)) == {
        (START, "viên~"): 7 + syllable_pairs.QUESTION_WEIGHT,
        ("viên~", "thông"): 7 + syllable_pairs.QUESTION_WEIGHT,
    }
    assert (stored["pairs"].dtype, stored["counts"].dtype) == (np.uint32, np.uint32)
    assert stored["pairs"].tolist() == sorted(stored["pairs"].tolist())


def test_the_projects_questions_of_the_held_half_and_those_without_diacritics_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"question": "Có bao nhiêu trạm?"},
        {"question": "Có bao nhiêu xã?", "half": "tune"},
        {"question": "Có bao nhiêu huyện?", "half": "hold"},
        {"question": "co bao nhieu tram"},
    ]
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    monkeypatch.setattr(syllable_pairs, "OWN_QUESTIONS", (path,))
    assert syllable_pairs._own_questions() == {"Có bao nhiêu trạm?", "Có bao nhiêu xã?"}


def test_the_shipped_pairs_fit_the_shipped_syllables() -> None:
    shipped = Path(syllable_pairs.__file__).parents[1] / "index" / "syllable_pairs.npz"
    stored = np.load(shipped, allow_pickle=False)
    assert (stored["pairs"].dtype, stored["counts"].dtype) == (np.uint32, np.uint32)
    assert stored["pairs"].shape == stored["counts"].shape
    assert (np.diff(stored["pairs"].astype(np.int64)) > 0).all()
    assert stored["pairs"].max() < len(positions()) ** 2
    assert stored["counts"].min() >= syllable_pairs.MIN_COUNT
