"""What an earlier build left is used again where it is what would be made today, and only there."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from tiny_builds import LAI_CHAU, NEW, OLD, FakeEmbedder, held, put, use_fake_model

from index import build as build_module
from index import make, reuse, store
from index.build import build, is_current
from index.code import _LIBRARIES, code_digest
from index.embed import Vectors
from index.opened import Index
from index.prepare import prepare
from index.sandbox import sandbox

ROOT = Path(__file__).parents[1]


class Counting(FakeEmbedder):
    """Keeps what was embedded."""

    embedded: list[str]

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return super().encode(texts)


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    use_fake_model(monkeypatch)
    Counting.embedded = []
    monkeypatch.setattr(make, "passage_embedder", lambda name: Counting())
    return Counting.embedded


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the reports that were read."""
    paths: list[str] = []
    read_reports = build_module.read_reports

    def noting(folder: Path, path: str) -> object:
        paths.append(path)
        return read_reports(folder, path)

    monkeypatch.setattr(build_module, "read_reports", noting)
    return paths


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return put(tmp_path / "reports", OLD)


def opened(index_dir: Path) -> Index:
    index = store.read(index_dir)
    assert index is not None
    return index


def code(monkeypatch: pytest.MonkeyPatch, digest: str) -> None:
    for module in (build_module, reuse):
        monkeypatch.setattr(module, "code_digest", lambda: digest)


def test_only_reports_that_changed_are_read(
    reports: Path, tmp_path: Path, embedded: list[str], read: list[str]
) -> None:
    build(reports, tmp_path / "index", "fake")
    assert read == ["lai-chau.txt", "son-la.txt"]
    read.clear()
    (reports / "lai-chau.txt").write_text(LAI_CHAU.format("906"), "utf-8")
    assert build(reports, tmp_path / "index", "fake").unchanged == ("son-la.txt",)
    assert read == ["lai-chau.txt"]
    assert held(tmp_path / "index") == {**OLD, "lai-chau.txt": LAI_CHAU.format("906")}


def test_where_nothing_changed_nothing_is_written(
    reports: Path, tmp_path: Path, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.changes._TICK_NS", -(10**18))  # as if the reports lay there for years
    build(reports, tmp_path / "index", "fake")
    monkeypatch.setattr(store, "write", lambda folder, generation: pytest.fail("it was written"))
    summary = build(reports, tmp_path / "index", "fake")
    assert (summary.unchanged, summary.passages) == (tuple(OLD), len(opened(tmp_path / "index").passages))


def test_other_code_reads_the_reports_anew_but_embeds_no_text_again(
    reports: Path, tmp_path: Path, embedded: list[str], read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code(monkeypatch, "an earlier version")
    build(reports, tmp_path / "index", "fake")
    read.clear()
    embedded.clear()
    monkeypatch.undo()
    use_fake_model(monkeypatch)
    assert not is_current(reports, tmp_path / "index", "fake")
    monkeypatch.setattr(make, "passage_embedder", lambda name: pytest.fail("the model was loaded"))
    found: list[str] = []
    indexed: list[int] = []
    lexical = make.LexicalIndex.build
    monkeypatch.setattr(make.LexicalIndex, "build", lambda texts: indexed.append(len(texts)) or lexical(texts))
    monkeypatch.setattr(sandbox.SHARED, "prepare", lambda loaded: found.append(loaded.path) or prepare(loaded))
    assert build(reports, tmp_path / "index", "fake").unchanged == tuple(OLD)
    assert found == list(OLD)
    assert indexed == [2]
    assert is_current(reports, tmp_path / "index", "fake")


def test_an_index_brought_up_to_date_is_as_one_made_at_once(tmp_path: Path, embedded: list[str]) -> None:
    bundled = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "reports").glob("*.md"))}
    first = next(iter(bundled))
    reports = put(tmp_path / "reports", {**dict(list(bundled.items())[1:]), **OLD})
    build(reports, tmp_path / "index", "fake")
    put(reports, {**bundled, **NEW, first: bundled[first].replace("năm 2023", "năm 2022")})
    build(reports, tmp_path / "index", "fake")
    build(reports, tmp_path / "at once", "fake")
    grown, made = opened(tmp_path / "index"), opened(tmp_path / "at once")
    assert grown.reports == made.reports
    assert grown.passages == made.passages
    assert grown.figures == made.figures
    assert np.array_equal(grown.vectors(), made.vectors())
    assert np.array_equal(grown.windows_of(), made.windows_of())
    for question in ("trạm BTS", "doanh thu bưu chính năm 2022", "không có gì"):
        assert np.array_equal(grown.lexical_scores(question), made.lexical_scores(question))


def test_a_report_moved_is_read_anew_and_its_texts_are_not_embedded_again(
    reports: Path, tmp_path: Path, embedded: list[str]
) -> None:
    build(reports, tmp_path / "index", "fake")
    embedded.clear()
    (reports / "lai-chau.txt").rename(reports / "z.txt")
    summary = build(reports, tmp_path / "index", "fake")
    assert (summary.added, summary.removed, embedded) == (("z.txt",), ("lai-chau.txt",), [])
    assert held(tmp_path / "index") == {"son-la.txt": OLD["son-la.txt"], "z.txt": OLD["lai-chau.txt"]}


def test_the_digest_of_the_code_is_of_every_file_that_decides_what_an_index_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest() -> str:
        code_digest.cache_clear()
        return code_digest()

    monkeypatch.setattr("index.code._PACKAGE", tmp_path)
    try:
        digests = [digest()]
        for name in ("split.py", "formats/read.py", "provinces.tsv", "pairs.npz", "words.tiktoken"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("a")
            digests.append(digest())
        (tmp_path / "split.py").write_text("b")
        digests.append(digest())
        (tmp_path / "split.py").rename(tmp_path / "sprit.py")
        digests.append(digest())
        assert len(set(digests)) == 8
        (tmp_path / "notes.txt").write_text("a")
        assert digest() == digests[-1]
    finally:
        code_digest.cache_clear()


def test_another_version_of_a_library_is_other_code(monkeypatch: pytest.MonkeyPatch) -> None:
    before = code_digest()
    code_digest.cache_clear()
    monkeypatch.setattr("index.code.version", lambda library: f"{version(library)}{'.1' * (library == 'lxml')}")
    try:
        assert code_digest() != before
    finally:
        code_digest.cache_clear()


def test_every_library_that_decides_what_an_index_holds_is_declared() -> None:
    declared = (ROOT / "pyproject.toml").read_text("utf-8")
    assert [name for name in _LIBRARIES if f'"{name}>=' not in declared] == []


def test_the_code_of_this_process_has_one_digest_whatever_happens_to_its_files() -> None:
    assert code_digest() is code_digest()
