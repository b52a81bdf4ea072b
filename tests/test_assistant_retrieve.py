from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.chain import understood
from assistant.retrieve import WEIGHTS, Retriever, Weights
from assistant.types import Query
from index import build, store
from index.embed import BUNDLED, question_embedder
from index.generation import Generation
from index.late import PassageTokens
from index.lexical import LexicalIndex
from index.manifest import SCHEMA, IndexedFile, Manifest
from index.opened import Index
from index.types import Passage, Report, Span

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
        patch.setattr("index.make.passage_embedder", question_embedder)
        build.build(reports, folder / "index", BUNDLED)
    opened = store.read(Path(folder / "index"))
    assert opened is not None
    return opened


def query(question: str, index: Index) -> Query:
    return understood(question, (), index)


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


@pytest.mark.parametrize("year", [2021, 2022])
def test_of_a_province_with_a_report_of_the_year_named_only_that_one_is_searched(index: Index, year: int) -> None:
    assert {report for report, _ in found(index, f"Trạm BTS Lào Cai năm {year}?")} == {f"lao-cai-{year}.md"}


def test_without_a_report_of_the_year_named_those_of_other_years_are_searched(index: Index) -> None:
    reports = {report for report, _ in found(index, "Trạm BTS Lào Cai năm 2015?")}
    assert reports == {"lao-cai-2021.md", "lao-cai-2022.md"}


def test_no_more_passages_are_given_than_wanted(index: Index) -> None:
    assert len(found(index, "Lào Cai có bao nhiêu trạm BTS?", top=1)) == 1


def test_a_comparison_finds_passages_of_every_province(index: Index) -> None:
    reports = {report for report, _ in found(index, "So sánh số trạm BTS của Lào Cai và Cà Mau", top=1)}
    assert {"ca-mau-2022.md", "lao-cai-2022.md"} <= reports


@pytest.mark.parametrize("typed", ["gio đọc của thu viện xa", "giờ đọc của thưviện xã", "Giò dọc của thu vien xa?"])
def test_a_question_with_some_diacritics_or_slips_finds_the_same_passage(index: Index, typed: str) -> None:
    assert found(index, typed)[0] == ("lao-cai-2021.md", "Các thư viện xã mở thêm giờ đọc.")


class Meaningless:
    """An embedder to which all texts are alike nothing, so that words, province and year alone decide."""

    dimension = 2

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.zeros((len(texts), 2), dtype=np.float32)


def indexed(folder: Path, *told: tuple[str, int | None, str]) -> Index:
    """An index of one report of one passage for each province, year and text."""
    reports = tuple(
        Report(f"{at}.txt", text, str(at), (Span(0, len(text)),), "", province, year, None, "")
        for at, (province, year, text) in enumerate(told)
    )
    passages = tuple(Passage(r.path, 0, len(r.text), (Span(0, len(r.text)),)) for r in reports)
    files = tuple(IndexedFile(report.path, report.sha256, 1, 1) for report in reports)
    vectors, tokens = np.zeros((len(told), 2), dtype=np.float32), np.zeros(len(told) + 1, dtype=np.int64)
    store.write(
        folder,
        Generation(
            Manifest(SCHEMA, "none", "", 2, 160, files, ()), reports, passages, (),
            np.arange(len(told), dtype=np.int32), vectors, PassageTokens(np.zeros(0, dtype=np.uint32), tokens),
            LexicalIndex.build([report.text for report in reports]),
        ),
    )  # fmt: skip
    opened = store.read(folder)
    assert opened is not None
    return opened


def scored(index: Index, question: str, weights: Weights) -> dict[int, float]:
    hits = Retriever(index, Meaningless(), weights=weights).retrieve(query(question, index))
    return {hit.passage: round(hit.score, 4) for hit in hits}


def test_passages_that_name_the_province_in_reports_that_tell_none_are_found_too(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        ("Lào Cai", 2022, "Toàn tỉnh có 2.018 trạm BTS."),
        ("", 2022, "Trong đó Lào Cai có 2.018 trạm BTS."),
        ("", 2022, "Trong đó Cà Mau có 1.745 trạm BTS."),
        ("Cà Mau", 2022, "Hơn Lào Cai, nơi có 2.018 trạm BTS."),
        ("", 2022, "TP HCM có 9.000 trạm BTS."),
    )
    weights = Weights(dense=0.5)
    assert set(scored(index, "Lào Cai có bao nhiêu trạm BTS?", weights)) == {0, 1}
    assert set(scored(index, "lao cai co bao nhieu tram bts", weights)) == {0, 1}
    assert set(scored(index, "Thành phố Hồ Chí Minh có bao nhiêu trạm BTS?", weights)) == {4}
    assert set(scored(index, "Cả nước có bao nhiêu trạm BTS?", weights)) == {0, 1, 2, 3, 4}


def test_a_report_of_the_year_gains_more_than_one_that_plans_for_it_and_others_nothing(tmp_path: Path) -> None:
    text = "Toàn tỉnh có 2.018 trạm BTS."
    index = indexed(tmp_path, *(("Lào Cai", year, text) for year in (2020, 2021, 2022, None, 2023)))
    weights = Weights(dense=0.5, year=0.25, planned=0.125)
    assert scored(index, "Trạm BTS năm 2022?", weights) == {2: 0.75, 1: 0.625, 0: 0.5, 3: 0.5, 4: 0.5}
    assert set(scored(index, "Trạm BTS?", weights).values()) == {0.5}


def test_a_target_is_looked_for_in_the_report_of_the_year_before_too(tmp_path: Path) -> None:
    text = "Toàn tỉnh có 2.018 trạm BTS."
    index = indexed(tmp_path, *(("Lào Cai", year, text) for year in (2020, 2021, 2022)))
    assert set(scored(index, "Trạm BTS Lào Cai năm 2022?", WEIGHTS)) == {2}
    assert set(scored(index, "Mục tiêu trạm BTS Lào Cai năm 2022?", WEIGHTS)) == {1, 2}


def test_words_weigh_what_meaning_leaves(tmp_path: Path) -> None:
    index = indexed(tmp_path, ("Lào Cai", 2022, "Toàn tỉnh có 2.018 trạm BTS."), ("Lào Cai", 2022, "Hết."))
    assert scored(index, "Trạm BTS Lào Cai?", Weights(dense=0.25)) == {0: 0.75}
    assert scored(index, "Trạm BTS Lào Cai?", Weights(dense=1.0)) == {}
