import hashlib
import os
import sys
from pathlib import Path

import pytest
from tiny_builds import OLD, put, use_fake_model

from index.build import build
from index.seal import digests_of, first_damaged, sync_names


def test_the_digests_are_of_every_file_below(tmp_path: Path) -> None:
    (tmp_path / "sâu" / "hơn").mkdir(parents=True)
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "sâu" / "hơn" / "b").write_bytes(b"2")
    assert digests_of(tmp_path) == {
        "a": hashlib.sha256(b"").hexdigest(),
        "sâu/hơn/b": hashlib.sha256(b"2").hexdigest(),
    }


@pytest.mark.parametrize("name", ["a", "b/c"])
def test_the_file_that_is_not_as_it_was_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "b").mkdir()
    for path in ("a", "b/c", "b/d"):
        (tmp_path / path).write_bytes(path.encode())
    digests = digests_of(tmp_path)
    assert first_damaged(tmp_path, digests) is None
    (tmp_path / name).write_bytes(b"x")
    assert first_damaged(tmp_path, digests) == name
    (tmp_path / name).unlink()
    assert first_damaged(tmp_path, digests) == name
    (tmp_path / name).mkdir()
    assert first_damaged(tmp_path, digests) == name


def test_a_file_that_came_later_is_nobodys_damage(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    digests = digests_of(tmp_path)
    (tmp_path / "b").write_bytes(b"2")
    assert first_damaged(tmp_path, digests) is None


def test_names_that_cannot_be_synced_are_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse)
    sync_names(tmp_path)
    sync_names(tmp_path / "none")


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be synced there")
def test_all_is_on_the_disk_before_the_index_points_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_fake_model(monkeypatch)
    synced: set[int] = set()
    fsync, replace = os.fsync, Path.replace
    pointed: list[Path] = []

    def noting(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def checking(path: Path, target: Path) -> Path:
        generation = tmp_path / "index" / "generations" / path.read_text("utf-8")
        needed = [path, generation, generation.parent, *generation.rglob("*")]
        assert [place for place in needed if place.stat().st_ino not in synced] == []
        pointed.append(generation)
        synced.clear()
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noting)
    monkeypatch.setattr(Path, "replace", checking)
    build(put(tmp_path / "reports", OLD), tmp_path / "index", "fake")
    assert len(pointed) == 1
    assert synced == {(tmp_path / "index").stat().st_ino}
