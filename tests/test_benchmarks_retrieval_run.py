from pathlib import Path

import pytest

from assistant.retrieve import WEIGHTS
from benchmarks.retrieval.collections import Collection, Question, Target
from benchmarks.retrieval.measures import Figures
from benchmarks.retrieval.run import METHODS, rank
from benchmarks.retrieval.typing import WAYS
from index import store
from index.build import build
from index.embed import BUNDLED, question_embedder
from index.opened import Index

PARAGRAPHS = (
    "Trạm BTS, trạm BTS, trạm BTS.",
    "Trạm BTS và trạm BTS.",
    "Các thư viện xã mở thêm giờ đọc và có trạm BTS.",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Two documents: the first two paragraphs in one, a passage each, and the last."""
    folder: Path = tmp_path_factory.mktemp("rank")
    (folder / "documents").mkdir()
    one = "".join(f"## Phần {at}\n\n{text}\n\n" for at, text in enumerate(PARAGRAPHS[:2], start=1))
    (folder / "documents" / "one.md").write_text(one, "utf-8")
    (folder / "documents" / "other.txt").write_text(PARAGRAPHS[2], "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.make.passage_embedder", question_embedder)
        build(folder / "documents", folder / "index", BUNDLED)
    opened = store.read(folder / "index")
    assert opened is not None
    assert [opened.text(passage) for passage in opened.passages if "BTS" in opened.text(passage)] == list(PARAGRAPHS)
    return opened


def ranked(index: Index, *questions: Question, method: str = "lexical", way: str = "full") -> Figures:
    return rank(Collection("hai", index, questions), METHODS[method], WAYS[way])


def test_passages_of_one_document_count_as_one_where_documents_are_looked_for(index: Index) -> None:
    assert ranked(index, Question("trạm BTS", (Target("other.txt"),))).mrr_10 == 0.5
    assert ranked(index, Question("trạm BTS", (Target("one.md"), Target("other.txt")))) == Figures(1, 1, 1, 1, 1)


def test_passages_of_one_document_count_each_where_a_stretch_is_looked_for(index: Index) -> None:
    whole = Target("other.txt", 0, len(PARAGRAPHS[2]))
    assert ranked(index, Question("trạm BTS", (whole,))).mrr_10 == 0.3333


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("way", WAYS)
def test_every_method_finds_the_passage_that_tells_however_the_question_is_typed(
    index: Index, method: str, way: str
) -> None:
    question = Question("Giờ đọc của thư viện xã?", (Target("other.txt"),))
    assert ranked(index, question, method=method, way=way) == Figures(1, 1, 1, 1, 1)


def test_lexical_alone_finds_nothing_without_a_common_word(index: Index) -> None:
    assert ranked(index, Question("zzqx", (Target("one.md"),))) == Figures(0, 0, 0, 0, 0)


def test_words_and_meaning_are_measured_apart_and_together() -> None:
    assert (METHODS["lexical"].dense, METHODS["dense"].dense) == (0.0, 1.0)
    assert METHODS["hybrid"] == WEIGHTS
