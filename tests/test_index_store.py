import json
import os
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from index import store
from index.errors import IndexMismatchError
from index.late import PassageTokens
from index.lexical import LexicalIndex
from index.store import Generation, IndexedFile, Manifest, read, read_manifest, write
from index.types import Figure, FigureKind, Passage, Report, SkippedFile, Span

TEXT = "Tỉnh có 905 trạm BTS.\u2028Doanh thu bưu chính tăng."
REPORT = Report(
    "sở/a.txt", TEXT, "abc", (Span(0, 21), Span(22, 47)), "Tổng kết", "Lai Châu", 2021, date(2022, 1, 15), "Báo"
)
FIGURE = Figure(
    "sở/a.txt", "Lai Châu", 2021, "2021", FigureKind.RESULT, "trạm", (Span(0, 4),), "1.167", Decimal("1167"), "trạm",
    "", 5, 10, Span(0, 21),
)  # fmt: skip
PASSAGES = (
    Passage("sở/a.txt", 0, 21, (Span(0, 21),)),
    Passage("sở/a.txt", 22, 47, (Span(22, 31), Span(32, 47))),
)
MANIFEST = Manifest(
    schema=store.SCHEMA,
    embedding="bundled",
    fingerprint="f00",
    dimension=2,
    max_tokens=160,
    files=(IndexedFile("sở/a.txt", "abc", 60, 1_700_000_000_123_456_789),),
    skipped=(SkippedFile("b.txt", "tệp rỗng"),),
    figures=1,
)
GENERATION = Generation(
    MANIFEST,
    (REPORT,),
    PASSAGES,
    (FIGURE,),
    np.array([0, 1, 1, 1], dtype=np.int32),
    np.array([[1, 0], [0, 1], [0.6, 0.8], [0.8, 0.6]], dtype=np.float32),
    PassageTokens(np.array([3, 5, 5], dtype=np.uint32), np.array([0, 1, 3])),
)


def generations(folder: Path) -> set[str]:
    return {path.name for path in (folder / "generations").iterdir()}


def current(folder: Path) -> Path:
    return folder / "generations" / (folder / "current").read_text()


def test_a_generation_is_read_back_whole(tmp_path: Path) -> None:
    write(tmp_path, GENERATION)
    index = read(tmp_path)
    assert index is not None
    assert index.manifest == MANIFEST
    assert index.reports == {"sở/a.txt": REPORT}
    assert index.passages == PASSAGES
    assert index.figures == (FIGURE,)
    assert index.vectors().tolist() == GENERATION.vectors.tolist()
    assert index.windows_of().tolist() == [0, 1, 1, 1]
    assert [index.text(passage) for passage in index.passages] == ["Tỉnh có 905 trạm BTS.", "Doanh thu bưu chính tăng."]


def test_a_folder_with_a_vietnamese_name_is_written_and_read(tmp_path: Path) -> None:
    write(tmp_path / "chỉ mục đã lập", GENERATION)
    assert read(tmp_path / "chỉ mục đã lập") is not None


def test_a_reports_unknowns_are_kept_unknown(tmp_path: Path) -> None:
    write(tmp_path, replace(GENERATION, reports=(replace(REPORT, year=None, published=None, province=""),)))
    index = read(tmp_path)
    assert index is not None
    report = index.reports["sở/a.txt"]
    assert (report.year, report.published, report.province) == (None, None, "")


@pytest.mark.parametrize(
    ("question", "expected"),
    [([0.8, 0.6], [0.8, (1.0 + 1.0) / 2]), ([0.6, 0.8], [0.6, (1.0 + 0.96) / 2]), ([0.0, -1.0], [1e-6, 1e-6])],
)
def test_the_dense_score_of_a_passage_is_the_mean_of_its_best_window_and_its_whole(
    tmp_path: Path, question: list[float], expected: list[float]
) -> None:
    write(tmp_path, GENERATION)
    index = read(tmp_path)
    assert index is not None
    scores = index.dense_scores(np.array(question, dtype=np.float32))
    assert scores.dtype == np.float32
    assert scores.tolist() == pytest.approx(expected)


def test_a_question_of_no_known_token_is_near_to_nothing(tmp_path: Path) -> None:
    write(tmp_path, GENERATION)
    index = read(tmp_path)
    assert index is not None
    assert index.dense_scores(np.zeros(2, dtype=np.float32), np.array([1])).tolist() == [0, 0]


def test_a_passage_whose_whole_is_far_is_scored_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_NEAR", 1)
    write(tmp_path, GENERATION)
    index = read(tmp_path)
    assert index is not None
    question = np.array([0.6, 0.8], dtype=np.float32)
    assert index.dense_scores(question).tolist() == pytest.approx([0.0, 0.98])
    assert index.dense_scores(question, np.array([0])).tolist() == pytest.approx([0.6, 0.98])
    assert index.dense_scores(question, np.array([1, 1])).tolist() == pytest.approx([0.0, 0.98])


def test_passages_are_found_by_a_phrase(tmp_path: Path) -> None:
    write(tmp_path, GENERATION)
    index = read(tmp_path)
    assert index is not None
    assert index.passages_with("doanh thu").tolist() == [1]
    assert index.passages_with("thu doanh").tolist() == []


def test_the_lexical_score_and_share_are_of_the_passages(tmp_path: Path) -> None:
    write(tmp_path, GENERATION)
    index = read(tmp_path)
    assert index is not None
    scores = index.lexical_scores("bao nhiêu trạm BTS")
    assert scores[0] > 0
    assert scores[1] == 0
    assert index.share("bts") == 0.5


def test_a_folder_without_an_index_gives_none(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    assert read_manifest(tmp_path / "none") is None


def test_an_index_of_another_version_is_refused_with_the_remedy(tmp_path: Path) -> None:
    write(tmp_path, replace(GENERATION, manifest=replace(MANIFEST, schema=0)))
    wanted = rf"^Chỉ mục ở '.*' thuộc phiên bản 0, chương trình này dùng {store.SCHEMA}: hãy chạy «assistant index»"
    with pytest.raises(IndexMismatchError, match=wanted):
        read(tmp_path)
    with pytest.raises(IndexMismatchError, match=wanted):
        read_manifest(tmp_path)


def test_an_index_of_the_version_before_is_told_to_be_built_anew(tmp_path: Path) -> None:
    write(tmp_path, GENERATION)
    (current(tmp_path) / "manifest.json").write_text('{"schema": 1}')
    with pytest.raises(IndexMismatchError, match=r"thuộc phiên bản 1, chương trình này dùng \d: hãy chạy «assistant"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "damaged",
    ["", "{", "[]", "null", f'{{"schema": {store.SCHEMA}}}', '{"files": 3}'],
)
def test_a_damaged_manifest_is_told_with_the_remedy(tmp_path: Path, damaged: str) -> None:
    write(tmp_path, GENERATION)
    (current(tmp_path) / "manifest.json").write_text(damaged)
    with pytest.raises(IndexMismatchError, match=r"^Chỉ mục ở '.*' bị hỏng: hãy chạy «assistant index» để dựng lại\.$"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "reports.jsonl",
        "passages.jsonl",
        "figures.jsonl",
        "windows.npy",
        "windows.faiss",
        "tokens.npz",
        "lexical/data.csc.index.npy",
    ],
)
@pytest.mark.parametrize("data", [None, b"", b"\x80\x04garbage"], ids=["missing", "empty", "garbage"])
def test_a_damaged_file_is_told_with_the_remedy(tmp_path: Path, name: str, data: bytes | None) -> None:
    write(tmp_path, GENERATION)
    if data is None:
        (current(tmp_path) / name).unlink()
    else:
        (current(tmp_path) / name).write_bytes(data)
    with pytest.raises(IndexMismatchError, match=r"^Chỉ mục ở '.*' bị hỏng: hãy chạy «assistant index» để dựng lại\.$"):
        read(tmp_path)


def test_a_pointer_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "a", GENERATION)
    write(tmp_path / "b", GENERATION)
    (tmp_path / "b" / "current").write_text(f"../../a/generations/{current(tmp_path / 'a').name}")
    with pytest.raises(IndexMismatchError, match="bị hỏng"):
        read(tmp_path / "b")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_midway_keeps_the_old_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    write(tmp_path, GENERATION)
    before = generations(tmp_path)

    def fail(self: LexicalIndex, folder: Path) -> None:
        raise error

    monkeypatch.setattr(LexicalIndex, "save", fail)
    with pytest.raises(type(error), match="No space left" if isinstance(error, OSError) else "^$"):
        write(tmp_path, replace(GENERATION, reports=(replace(REPORT, title="mới"),)))
    index = read(tmp_path)
    assert index is not None
    assert index.reports["sở/a.txt"].title == "Tổng kết"
    assert generations(tmp_path) == before


def test_old_generations_are_removed_but_the_one_before(tmp_path: Path) -> None:
    names = []
    for _ in range(4):
        write(tmp_path, GENERATION)
        names.append(current(tmp_path).name)
        os.utime(current(tmp_path), ns=(len(names), len(names)))
    assert generations(tmp_path) == set(names[2:])


def test_an_opened_index_goes_on_after_the_next_write(tmp_path: Path) -> None:
    write(tmp_path, GENERATION)
    index = read(tmp_path)
    write(tmp_path, GENERATION)
    assert index is not None
    assert index.lexical_scores("trạm BTS")[0] > 0


def test_what_another_process_is_writing_is_left_and_what_was_abandoned_is_removed(tmp_path: Path) -> None:
    writing, abandoned = (tmp_path / "generations" / f"unfinished-{name}" for name in ("now", "old"))
    writing.mkdir(parents=True)
    abandoned.mkdir()
    os.utime(abandoned, (time.time() - 90_000,) * 2)
    write(tmp_path, GENERATION)
    write(tmp_path, GENERATION)
    assert {name for name in generations(tmp_path) if name.startswith("unfinished")} == {"unfinished-now"}


def test_everything_is_kept_in_open_formats(tmp_path: Path) -> None:
    write(tmp_path, GENERATION)
    names = {path.relative_to(current(tmp_path)).as_posix() for path in current(tmp_path).rglob("*") if path.is_file()}
    assert {name for name in names if not name.startswith("lexical/")} == {
        "manifest.json",
        "reports.jsonl",
        "passages.jsonl",
        "figures.jsonl",
        "windows.npy",
        "windows.faiss",
        "tokens.npz",
    }
    for path in current(tmp_path).rglob("*.npy"):
        np.load(path, allow_pickle=False)
    assert json.loads((current(tmp_path) / "manifest.json").read_text("utf-8"))["files"][0]["path"] == "sở/a.txt"
