"""An index whose files are damaged: found on opening, named, built anew; never a wrong answer."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_builds import NEW, OLD, FakeEmbedder, held, put, use_fake_model

from assistant import Assistant, Settings
from index import make, store
from index.build import build, is_current
from index.errors import IndexMismatchError
from index.manifest import SCHEMA

POINTER = "current"
FILES = [
    POINTER, "manifest.json", "reports.jsonl", "passages.jsonl", "figures.jsonl", "windows.npy", "windows.faiss",
    "tokens.npz", "lexical/data.csc.index.npy", "lexical/indices.csc.index.npy", "lexical/indptr.csc.index.npy",
    "lexical/params.index.json", "lexical/vocab.index.json",
]  # fmt: skip


def flipped(data: bytes, bit: int) -> bytes:
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda data: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "its last byte lost": lambda data: data[:-1],
    "a bit flipped": lambda data: flipped(data, len(data) * 4),
    "its last bit flipped": lambda data: flipped(data, len(data) * 8 - 1),
    "zeros instead": lambda data: b"\0" * len(data),
    "a byte more": lambda data: data + b"0",
    "another's": lambda data: f'{{"schema": {SCHEMA}, "parts": {{}}}}'.encode(),
}


def generation(index_dir: Path) -> Path:
    return index_dir / "generations" / (index_dir / POINTER).read_text()


def place(index_dir: Path, name: str) -> Path:
    return index_dir / POINTER if name == POINTER else generation(index_dir) / name


def assert_named(index_dir: Path, name: str) -> None:
    remedy = "hãy chạy «assistant index» để dựng lại."
    told = f"Chỉ mục ở {str(index_dir)!r} bị hỏng (tệp {name!r}): {remedy}"
    with pytest.raises(IndexMismatchError, match=f"^{re.escape(told)}$"):
        store.read(index_dir)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return put(tmp_path / "reports", OLD)


@pytest.fixture
def index_dir(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of the reports, and one from before it, by a model that costs nothing."""
    use_fake_model(monkeypatch)
    build(put(reports, NEW), tmp_path / "index", "fake")
    build(put(reports, OLD), tmp_path / "index", "fake")
    return tmp_path / "index"


def test_every_file_of_a_generation_is_tried(index_dir: Path) -> None:
    found = {path.relative_to(generation(index_dir)).as_posix() for path in generation(index_dir).rglob("*.*")}
    assert found == set(FILES) - {POINTER}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_and_the_index_built_anew(
    index_dir: Path, reports: Path, name: str, damage: str
) -> None:
    path = place(index_dir, name)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert_named(index_dir, name)
    build(reports, index_dir, "fake")
    assert held(index_dir) == OLD
    assert is_current(reports, index_dir, "fake")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_gone_is_named_and_the_index_built_anew(index_dir: Path, reports: Path, name: str) -> None:
    place(index_dir, name).unlink()
    if name == POINTER:  # as before the first build
        assert store.read(index_dir) is None
    else:
        assert_named(index_dir, name)
    build(reports, index_dir, "fake")
    assert held(index_dir) == OLD


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_place_of_a_file_is_told_and_no_report_is_lost(index_dir: Path, name: str) -> None:
    path = place(index_dir, name)
    path.unlink()
    path.mkdir()
    with pytest.raises((IndexMismatchError, IsADirectoryError), match=name):
        store.read(index_dir)


def test_a_generation_that_is_gone_is_told_and_built_anew(index_dir: Path, reports: Path) -> None:
    shutil.rmtree(generation(index_dir))
    assert_named(index_dir, POINTER)
    build(reports, index_dir, "fake")
    assert held(index_dir) == OLD


def test_a_bit_flipped_anywhere_is_found(index_dir: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    for _ in range(400):
        name = chance.choice(FILES)
        path = place(index_dir, name)
        data = path.read_bytes()
        path.write_bytes(flipped(data, chance.randrange(len(data) * 8)))
        with pytest.raises(IndexMismatchError, match=r"bị hỏng \(tệp|thuộc phiên bản"):
            store.read(index_dir)
        path.write_bytes(data)
    assert held(index_dir) == OLD


def test_files_of_another_generation_are_found_out(index_dir: Path) -> None:
    older = next(path for path in (index_dir / "generations").iterdir() if path != generation(index_dir))
    for name in FILES[1:]:
        if (older / name).read_bytes() != (data := place(index_dir, name).read_bytes()):
            shutil.copyfile(older / name, place(index_dir, name))
            assert_named(index_dir, name)
            place(index_dir, name).write_bytes(data)
    assert held(index_dir) == OLD


def test_what_was_embedded_before_is_not_embedded_again_for_a_damaged_index(
    index_dir: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded: list[str] = []

    class Counting(FakeEmbedder):
        def encode(self, texts):
            embedded.extend(texts)
            return super().encode(texts)

    monkeypatch.setattr(make, "passage_embedder", lambda name: Counting())
    place(index_dir, "windows.faiss").write_bytes(b"")
    summary = build(reports, index_dir, "fake")
    assert (summary.added, summary.changed, summary.removed) == (("son-la.txt",), ("lai-chau.txt",), ("ha-giang.txt",))
    assert [text for text in embedded if "Sơn La" not in text and "905" not in text] == []
    assert embedded != []
    assert held(index_dir) == OLD


def test_two_damaged_generations_are_built_anew_from_the_reports(index_dir: Path, reports: Path) -> None:
    for path in (index_dir / "generations").iterdir():
        (path / "windows.faiss").write_bytes(b"")
    assert build(reports, index_dir, "fake").added == ("lai-chau.txt", "son-la.txt")
    assert held(index_dir) == OLD


def test_opening_the_assistant_names_the_damage_mends_it_and_answers_rightly(
    small_reports: Path, tmp_path: Path
) -> None:
    settings = Settings(reports_dir=small_reports, index_dir=tmp_path / "index")
    Assistant.open(settings)
    for name in FILES[1:]:
        path = place(settings.index_dir, name)
        data = path.read_bytes()
        path.write_bytes(flipped(data, len(data) * 4))
        told: list[str] = []
        bot = Assistant.open(settings, noticed=told.append)
        assert [f"bị hỏng (tệp {name!r})" in message for message in told] == [True]
        reply = bot.answer("Lai Châu có bao nhiêu trạm BTS?")
        assert "905" in reply.text
        assert [citation.report for citation in reply.citations] == ["lai-chau.txt"]
        again: list[str] = []
        Assistant.open(settings, noticed=again.append)
        assert again == []
