from pathlib import Path

import pytest

from assistant.retrieve import Retriever
from assistant.types import Query
from assistant.understand import understand
from index import build, store
from index.embed import BUNDLED, question_embedder
from index.store import Index

REPORTS = {
    "lao-cai-2022.md": ("Lào Cai", 2022, "Toàn tỉnh có 2.018 trạm BTS.", "Bưu chính thu 186 tỷ đồng."),
    "lao-cai-2021.md": ("Lào Cai", 2021, "Toàn tỉnh có 1.954 trạm BTS.", "Các thư viện xã mở thêm giờ đọc."),
    "ca-mau-2022.md": ("Cà Mau", 2022, "Toàn tỉnh có 1.745 trạm BTS.", "Tổ công nghệ số đi từng ấp."),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of three made-up reports, a passage a paragraph, embedded without torch."""
    folder = tmp_path_factory.mktemp("retrieve")
    reports = folder / "reports"
    reports.mkdir()
    for name, (province, year, *paragraphs) in REPORTS.items():
        body = "\n\n".join(f"## Phần {number}\n\n{text}" for number, text in enumerate(paragraphs, start=1))
        (reports / name).write_text(
            f"---\nprovince: {province}\nyear: {year}\n---\n\n# Ngành họp tổng kết năm {year}\n\n{body}\n", "utf-8"
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "passage_embedder", question_embedder)
        build.build(reports, folder / "index", BUNDLED)
    opened = store.read(Path(folder / "index"))
    assert opened is not None
    return opened


def query(question: str, index: Index) -> Query:
    return understand(question, (), tuple(index.reports.values()))


def found(index: Index, question: str, top: int = 24) -> list[tuple[str, str]]:
    """The report and text of each hit, best first."""
    hits = Retriever(index, question_embedder(BUNDLED)).retrieve(query(question, index), top)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    passages = [index.passages[hit.passage] for hit in hits]
    return [(passage.report, index.text(passage)) for passage in passages]


def test_the_passage_that_tells_comes_first(index: Index) -> None:
    assert found(index, "Giờ đọc của thư viện xã?")[0] == ("lao-cai-2021.md", "Các thư viện xã mở thêm giờ đọc.")


def test_a_question_without_diacritics_finds_the_same_passage(index: Index) -> None:
    assert found(index, "gio doc cua thu vien xa")[0] == ("lao-cai-2021.md", "Các thư viện xã mở thêm giờ đọc.")


def test_only_passages_of_the_province_named_are_found(index: Index) -> None:
    assert {report for report, _ in found(index, "Cà Mau có bao nhiêu trạm BTS?")} == {"ca-mau-2022.md"}
    assert found(index, "Thanh Hóa có bao nhiêu trạm BTS?") == []


def test_a_report_of_the_year_named_comes_before_one_of_another(index: Index) -> None:
    stations = [(report, text) for report, text in found(index, "Trạm BTS Lào Cai năm 2021?") if "BTS" in text]
    assert [report for report, _ in stations] == ["lao-cai-2021.md", "lao-cai-2022.md"]
    stations = [(report, text) for report, text in found(index, "Trạm BTS Lào Cai năm 2022?") if "BTS" in text]
    assert [report for report, _ in stations] == ["lao-cai-2022.md", "lao-cai-2021.md"]


def test_no_more_passages_are_given_than_wanted(index: Index) -> None:
    assert len(found(index, "Lào Cai có bao nhiêu trạm BTS?", top=1)) == 1


def test_a_comparison_finds_passages_of_every_province(index: Index) -> None:
    reports = {report for report, _ in found(index, "So sánh số trạm BTS của Lào Cai và Cà Mau", top=1)}
    assert {"ca-mau-2022.md", "lao-cai-2022.md"} <= reports
