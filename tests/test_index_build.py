import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import build as build_module
from index import make, reuse, store
from index.build import BuildSummary, build, is_current, read_report
from index.code import code_digest
from index.embed import Vectors
from index.errors import IndexMismatchError, ReportsError
from index.load import UnreadableFileError
from index.manifest import SCHEMA, Manifest
from index.types import SkippedFile


class FakeEmbedder:
    """Vectors that tell texts apart, and a list of what was embedded."""

    dimension = 8

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        rows = [np.frombuffer(hashlib.sha256(text.encode()).digest()[:8], dtype=np.uint8) for text in texts]
        vectors = np.array(rows, dtype=np.float32) + 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> FakeEmbedder:
    fake = FakeEmbedder()
    monkeypatch.setattr(make, "passage_embedder", lambda name: fake)
    monkeypatch.setattr(make, "token_table", lambda name: None)
    for module in (build_module, reuse):
        monkeypatch.setattr(module, "fingerprint", lambda name: f"print of {name}")
    return fake


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "index"


def touch(path: Path) -> None:
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1_000_000))


def test_a_first_build_adds_every_report(small_reports: Path, index_dir: Path, embedder: FakeEmbedder) -> None:
    summary = build(small_reports, index_dir, "fake")
    index = store.read(index_dir)
    assert index is not None
    assert summary == BuildSummary(
        added=("lai-chau.txt", "son-la.md"), changed=(), removed=(), unchanged=(), skipped=(),
        passages=len(index.passages),
    )  # fmt: skip
    assert [report.province for report in index.reports.values()] == ["Lai Châu", "Sơn La"]
    assert len(embedder.texts) == len(index.windows_of())


def test_every_window_has_the_vector_of_its_text(small_reports: Path, index_dir: Path, embedder: FakeEmbedder) -> None:
    build(small_reports, index_dir, "fake")
    (small_reports / "moc-chau.txt").write_text("Sở họp tổng kết năm 2020\nMộc Châu có 77 trạm.", "utf-8")
    (small_reports / "lai-chau.txt").unlink()
    build(small_reports, index_dir, "fake")
    index = store.read(index_dir)
    assert index is not None
    texts_of = {path: report.text for path, report in index.reports.items()}
    texts = make._window_texts(index.passages, texts_of)
    assert index.vectors() == pytest.approx(FakeEmbedder().encode(texts))


def test_unchanged_reports_are_not_embedded_again(
    small_reports: Path, index_dir: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(small_reports, index_dir, "fake")
    first = store.read(index_dir)
    embedder.texts.clear()
    monkeypatch.setattr(make, "passage_embedder", lambda name: pytest.fail("the model was loaded"))
    summary = build(small_reports, index_dir, "fake")
    again = store.read(index_dir)
    assert embedder.texts == []
    assert summary.unchanged == ("lai-chau.txt", "son-la.md")
    assert (summary.added, summary.changed, summary.removed) == ((), (), ())
    assert first is not None
    assert again is not None
    assert again.vectors().tolist() == first.vectors().tolist()


def test_only_the_sentences_that_changed_are_embedded(
    small_reports: Path, index_dir: Path, embedder: FakeEmbedder
) -> None:
    build(small_reports, index_dir, "fake")
    embedder.texts.clear()
    file = small_reports / "lai-chau.txt"
    file.write_text(file.read_text("utf-8").replace("905 trạm", "906 trạm"), "utf-8")
    summary = build(small_reports, index_dir, "fake")
    assert (summary.changed, summary.unchanged) == (("lai-chau.txt",), ("son-la.md",))
    assert embedder.texts != []
    assert [text for text in embedder.texts if "906" not in text] == []


def test_added_changed_removed_and_skipped_are_told(
    small_reports: Path, index_dir: Path, embedder: FakeEmbedder
) -> None:
    (small_reports / "old.txt").write_text("Sở họp tổng kết năm 2018\nTỉnh có 12 trạm.", "utf-8")
    build(small_reports, index_dir, "fake")
    (small_reports / "old.txt").unlink()
    (small_reports / "new.txt").write_text("Sở họp tổng kết năm 2020\nTỉnh có 77 trạm.", "utf-8")
    (small_reports / "son-la.md").write_text("# Sơn La tổng kết năm 2022\nTỉnh có 1.337 trạm.", "utf-8")
    (small_reports / "empty.txt").write_text("")
    (small_reports / "scan.pdf").write_bytes(b"%PDF-1.7")
    summary = build(small_reports, index_dir, "fake")
    assert summary.added == ("new.txt",)
    assert summary.changed == ("son-la.md",)
    assert summary.removed == ("old.txt",)
    assert summary.unchanged == ("lai-chau.txt",)
    assert summary.skipped == (
        SkippedFile("empty.txt", "tệp rỗng"),
        SkippedFile("scan.pdf", "tệp PDF hỏng hoặc không đầy đủ"),
    )


def test_a_removed_report_leaves_nothing_behind(small_reports: Path, index_dir: Path, embedder: FakeEmbedder) -> None:
    build(small_reports, index_dir, "fake")
    (small_reports / "son-la.md").unlink()
    build(small_reports, index_dir, "fake")
    index = store.read(index_dir)
    assert index is not None
    assert list(index.reports) == ["lai-chau.txt"]
    assert {passage.report for passage in index.passages} == {"lai-chau.txt"}


def test_another_model_embeds_everything_anew(small_reports: Path, index_dir: Path, embedder: FakeEmbedder) -> None:
    build(small_reports, index_dir, "fake")
    count = len(embedder.texts)
    assert is_current(small_reports, index_dir, "fake")
    assert not is_current(small_reports, index_dir, "other")
    build(small_reports, index_dir, "other")
    assert len(embedder.texts) == 2 * count
    assert is_current(small_reports, index_dir, "other")


def test_another_token_budget_makes_the_index_stale(
    small_reports: Path, index_dir: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(small_reports, index_dir, "fake")
    monkeypatch.setattr(reuse, "MAX_TOKENS", 99)
    assert not is_current(small_reports, index_dir, "fake")


def test_the_index_is_stale_once_reports_change(small_reports: Path, index_dir: Path, embedder: FakeEmbedder) -> None:
    assert not is_current(small_reports, index_dir, "fake")
    build(small_reports, index_dir, "fake")
    assert is_current(small_reports, index_dir, "fake")
    file = small_reports / "lai-chau.txt"
    text = file.read_text("utf-8")
    file.write_text(text.replace("905", "906"), "utf-8")
    touch(file)
    assert not is_current(small_reports, index_dir, "fake")
    file.write_text(text, "utf-8")
    assert is_current(small_reports, index_dir, "fake")
    (small_reports / "new.txt").write_text("Sở họp.", "utf-8")
    assert not is_current(small_reports, index_dir, "fake")
    (small_reports / "new.txt").unlink()
    assert is_current(small_reports, index_dir, "fake")
    file.unlink()
    assert not is_current(small_reports, index_dir, "fake")


def test_a_file_merely_touched_leaves_the_index_current(
    small_reports: Path, index_dir: Path, embedder: FakeEmbedder
) -> None:
    build(small_reports, index_dir, "fake")
    touch(small_reports / "lai-chau.txt")
    assert is_current(small_reports, index_dir, "fake")


def test_a_skipped_file_does_not_make_the_index_stale(
    small_reports: Path, index_dir: Path, embedder: FakeEmbedder
) -> None:
    (small_reports / "empty.txt").write_text("")
    build(small_reports, index_dir, "fake")
    assert is_current(small_reports, index_dir, "fake")
    touch(small_reports / "empty.txt")
    assert is_current(small_reports, index_dir, "fake")


def test_a_skipped_file_later_mended_is_indexed(small_reports: Path, index_dir: Path, embedder: FakeEmbedder) -> None:
    broken = small_reports / "moc-chau.txt"
    broken.write_bytes(b"\0\1\2")
    build(small_reports, index_dir, "fake")
    broken.write_text("Sở họp tổng kết năm 2020\nMộc Châu có 77 trạm.", "utf-8")
    assert not is_current(small_reports, index_dir, "fake")
    assert build(small_reports, index_dir, "fake").added == ("moc-chau.txt",)


def test_a_file_that_could_not_be_opened_is_tried_again(
    small_reports: Path, index_dir: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # allowing a file to be read changes neither its size nor its time
    opened = Path.open

    def refuse(path: Path, *given: Any, **named: Any) -> Any:
        if path.name == "son-la.md":
            raise PermissionError(13, "Permission denied")
        return opened(path, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        summary = build(small_reports, index_dir, "fake")
        assert summary.skipped == (SkippedFile("son-la.md", "không mở được (Permission denied)"),)
        assert is_current(small_reports, index_dir, "fake")
    assert not is_current(small_reports, index_dir, "fake")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "a.txt: tệp rỗng"),
        ("a.txt", b"\0\1", "a.txt: tệp nhị phân, không phải văn bản"),
        ("a.pdf", b"%PDF-1.7", "a.pdf: tệp PDF hỏng hoặc không đầy đủ"),
        ("a.txt", "---\ntitle: Tổng kết\n---\n".encode(), "a.txt: không có nội dung"),
    ],
)
def test_a_folder_without_a_readable_report_is_told_with_reasons(
    tmp_path: Path, index_dir: Path, embedder: FakeEmbedder, name: str, data: bytes, reason: str
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / name).write_bytes(data)
    with pytest.raises(ReportsError, match=rf"^Thư mục '.*' không có báo cáo nào đọc được \({reason}\): hãy thêm tệp"):
        build(folder, index_dir, "fake")
    assert store.read(index_dir) is None


def test_an_empty_folder_is_told(tmp_path: Path, index_dir: Path, embedder: FakeEmbedder) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReportsError, match=r"^Thư mục '.*' không có báo cáo nào đọc được \(thư mục trống\): hãy thêm"):
        build(tmp_path / "empty", index_dir, "fake")


def test_a_folder_emptied_by_mistake_keeps_the_old_index(
    small_reports: Path, index_dir: Path, embedder: FakeEmbedder
) -> None:
    build(small_reports, index_dir, "fake")
    for file in small_reports.iterdir():
        file.unlink()
    with pytest.raises(ReportsError, match="thư mục trống"):
        build(small_reports, index_dir, "fake")
    index = store.read(index_dir)
    assert index is not None
    assert list(index.reports) == ["lai-chau.txt", "son-la.md"]


def test_a_damaged_index_is_told_and_built_anew(small_reports: Path, index_dir: Path, embedder: FakeEmbedder) -> None:
    build(small_reports, index_dir, "fake")
    count = len(embedder.texts)
    (index_dir / "generations" / (index_dir / "current").read_text() / "manifest.json").write_text("{")
    with pytest.raises(IndexMismatchError, match="bị hỏng"):
        is_current(small_reports, index_dir, "fake")
    build(small_reports, index_dir, "fake")
    assert len(embedder.texts) == 2 * count
    assert is_current(small_reports, index_dir, "fake")


def test_progress_counts_the_files_read_then_the_windows_embedded(
    small_reports: Path, index_dir: Path, embedder: FakeEmbedder
) -> None:
    told: list[tuple[int, int]] = []
    build(small_reports, index_dir, "fake", lambda done, total: told.append((done, total)))
    index = store.read(index_dir)
    assert index is not None
    windows = len(embedder.texts)
    assert told == [(0, 2), (1, 2), (2, 2), (0, windows), (windows, windows)]
    told.clear()
    build(small_reports, index_dir, "fake", lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_report_keeps_its_text_and_hash(small_reports: Path) -> None:
    report = read_report(small_reports, "lai-chau.txt")
    assert report.text == (small_reports / "lai-chau.txt").read_text("utf-8")
    assert report.sha256 == hashlib.sha256(report.text.encode()).hexdigest()
    assert (report.title, report.province, report.year, str(report.published), report.source) == (
        "Sở Thông tin và Truyền thông Lai Châu tổng kết năm 2021",
        "Lai Châu",
        2021,
        "2022-01-15",
        "Báo Lai Châu",
    )


@pytest.mark.parametrize("content", ["", "🛰 🛰🛰\n", "!!! ???\n"])
def test_a_report_without_a_word_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: Tổng kết\n---\n\n{content}", "utf-8")
    with pytest.raises(UnreadableFileError, match=r"^không có nội dung$"):
        read_report(tmp_path, "a.md")


def test_the_manifest_tells_how_the_index_was_made(
    small_reports: Path, index_dir: Path, embedder: FakeEmbedder
) -> None:
    build(small_reports, index_dir, "fake")
    manifest = store.read_manifest(index_dir)
    assert manifest is not None
    assert replace(manifest, files=()) == Manifest(SCHEMA, "fake", "print of fake", 8, 160, (), (), 8, code_digest())
    assert [file.path for file in manifest.files] == ["lai-chau.txt", "son-la.md"]
