import hashlib
import json
import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from index import store
from index.errors import IndexMismatchError
from index.generation import Generation
from index.late import PassageTokens
from index.lexical import LexicalIndex, searched_text
from index.manifest import SCHEMA, IndexedFile, Manifest
from index.opened import Index
from index.store import read, read_manifest, read_older, write
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
    schema=SCHEMA,
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
    LexicalIndex.build([searched_text(TEXT, passage) for passage in PASSAGES]),
)
DAMAGED = r"^Chỉ mục ở '.*' bị hỏng \(tệp '{}'\): hãy chạy «assistant index» để dựng lại\.$"


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
    wanted = rf"^Chỉ mục ở '.*' thuộc phiên bản 0, chương trình này dùng {SCHEMA}: hãy chạy «assistant index»"
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
    ["", "{", "[]", "null", f'{{"schema": {SCHEMA}}}', '{"files": 3}'],
)
def test_a_damaged_manifest_is_told_with_the_remedy(tmp_path: Path, damaged: str) -> None:
    write(tmp_path, GENERATION)
    (current(tmp_path) / "manifest.json").write_text(damaged)
    with pytest.raises(IndexMismatchError, match=DAMAGED.format("manifest.json")):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "name",
    ["reports.jsonl", "figures.jsonl", "windows.faiss", "tokens.npz", "lexical/data.csc.index.npy"],
)
def test_a_damaged_file_is_named_with_the_remedy(tmp_path: Path, name: str) -> None:
    write(tmp_path, GENERATION)
    (current(tmp_path) / name).write_bytes(b"\x80\x04garbage")
    with pytest.raises(IndexMismatchError, match=DAMAGED.format(name)):
        read(tmp_path)


def test_files_that_are_whole_but_cannot_be_read_are_told(tmp_path: Path) -> None:
    write(tmp_path, replace(GENERATION, tokens=PassageTokens(np.zeros(0, dtype=np.uint32), np.array([0]))))
    with pytest.raises(IndexMismatchError, match=DAMAGED.format(current(tmp_path).name)):
        read(tmp_path)


def test_an_older_generation_is_never_served_in_place_of_a_damaged_one(tmp_path: Path) -> None:
    write(tmp_path, replace(GENERATION, reports=(replace(REPORT, title="cũ"),)))
    write(tmp_path, GENERATION)
    assert len(generations(tmp_path)) == 2
    (current(tmp_path) / "tokens.npz").write_bytes(b"")
    with pytest.raises(IndexMismatchError, match=DAMAGED.format("tokens.npz")):
        read(tmp_path)
    older = read_older(tmp_path)
    assert older is not None
    assert older.reports["sở/a.txt"].title == "cũ"


def test_without_a_whole_generation_there_is_no_older_one(tmp_path: Path) -> None:
    assert read_older(tmp_path) is None
    write(tmp_path, GENERATION)
    (current(tmp_path) / "tokens.npz").unlink()
    assert read_older(tmp_path) is None


def test_a_generation_is_named_by_its_manifest_and_holds_the_digests_of_its_files(tmp_path: Path) -> None:
    write(tmp_path, GENERATION)
    data = (current(tmp_path) / "manifest.json").read_bytes()
    assert current(tmp_path).name == hashlib.sha256(data).hexdigest()[:12]
    assert json.loads(data)["parts"] == {
        path.relative_to(current(tmp_path)).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(current(tmp_path).rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def test_a_generation_removed_while_it_is_opened_gives_way_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, GENERATION)
    opened = store._open

    def slowly(folder: Path, generation: Path) -> Index:
        if generation == first:
            for title in ("hai", "ba"):  # the second build removes the first generation
                write(tmp_path, replace(GENERATION, reports=(replace(REPORT, title=title),)))
        return opened(folder, generation)

    first = current(tmp_path)
    monkeypatch.setattr(store, "_open", slowly)
    index = read(tmp_path)
    assert index is not None
    assert index.reports["sở/a.txt"].title == "ba"
    assert not first.exists()


def test_an_index_that_may_not_be_read_is_no_missing_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, encoding: str) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    write(tmp_path, GENERATION)
    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(PermissionError, match="Permission denied"):
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
        os.utime(current(tmp_path), (0, 2e9 - len(names)))  # whatever the clock says
    assert generations(tmp_path) == set(names[2:])


def test_an_opened_index_goes_on_after_the_next_write(tmp_path: Path) -> None:
    write(tmp_path, GENERATION)
    index = read(tmp_path)
    write(tmp_path, GENERATION)
    assert index is not None
    assert index.lexical_scores("trạm BTS")[0] > 0


def test_what_a_killed_builder_left_is_removed(tmp_path: Path) -> None:
    abandoned = tmp_path / "generations" / "unfinished-old"
    abandoned.mkdir(parents=True)
    (tmp_path / "generations" / ("0" * 12)).mkdir()  # killed before it was named
    (tmp_path / "current.new").write_text("0" * 12)
    write(tmp_path, GENERATION)
    assert generations(tmp_path) == {current(tmp_path).name}
    assert {path.name for path in tmp_path.iterdir()} == {"current", "generations"}


def test_what_a_killed_builder_left_makes_room_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "generations" / "unfinished-old").mkdir(parents=True)
    save = LexicalIndex.save
    unfinished: list[str] = []

    def note(self: LexicalIndex, folder: Path) -> None:
        unfinished.extend(name for name in generations(tmp_path) if name.startswith("unfinished-"))
        save(self, folder)

    monkeypatch.setattr(LexicalIndex, "save", note)
    write(tmp_path, GENERATION)
    assert len(unfinished) == 1
    assert unfinished != ["unfinished-old"]


def test_ctrl_c_after_the_swap_leaves_the_new_generation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced = Path.replace

    def interrupted(path: Path, target: Path) -> None:
        replaced(path, target)
        raise KeyboardInterrupt

    write(tmp_path, GENERATION)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt, match=r"^$"):
            write(tmp_path, replace(GENERATION, reports=(replace(REPORT, title="mới"),)))
    index = read(tmp_path)
    assert index is not None
    assert index.reports["sở/a.txt"].title == "mới"


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
