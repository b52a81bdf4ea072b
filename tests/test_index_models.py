import json
from pathlib import Path

import pytest

from index.models import BUNDLED, EmbeddingModel, Prefixes, as_model, declared_prompts, prefixes

E5 = Prefixes(query="query: ", passage="passage: ")
NONE = Prefixes()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("intfloat/multilingual-e5-small", E5),
        ("intfloat/e5-base-v2", E5),
        ("models/E5_large", E5),
        ("me5-small", NONE),
        ("some/bge5-base", NONE),
        ("some/e50", NONE),
        ("e5/model-of-an-organisation", NONE),
        ("AITeamVN/Vietnamese_Embedding", NONE),
        (BUNDLED, NONE),
    ],
)  # fmt: skip
def test_the_e5_family_is_known_by_the_word_in_its_name(name: str, expected: Prefixes) -> None:
    assert prefixes(EmbeddingModel(name), {}) == expected


@pytest.mark.parametrize("name", ["intfloat/multilingual-e5-large-instruct", "intfloat/e5-mistral-7b-instruct"])
def test_the_instruct_models_of_the_family_want_an_instruction_before_questions_only(name: str) -> None:
    found = prefixes(EmbeddingModel(name), {})
    assert found.query.startswith("Instruct: ")
    assert found.query.endswith("\nQuery: ")
    assert found.passage == ""


@pytest.mark.parametrize(
    ("place", "made_from"),
    [
        ("multilingual-e5-small", None),
        ("models--intfloat--multilingual-e5-small/snapshots/0a68dcd3", "tmp/"),
        ("my-model", "intfloat/multilingual-e5-small"),
        ("my-model", "/home/me/intfloat_multilingual-e5-small/"),
    ],
)
def test_a_model_on_disk_is_known_by_its_folder_or_by_what_it_was_made_from(
    tmp_path: Path, place: str, made_from: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / place
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"_name_or_path": made_from} if made_from else {}))
    assert prefixes(EmbeddingModel(str(folder)), {}) == E5
    monkeypatch.chdir(folder)
    assert prefixes(EmbeddingModel("."), {}) == E5


def test_the_prompts_of_a_model_come_before_those_of_its_family() -> None:
    model = EmbeddingModel("multilingual-e5-small")
    assert prefixes(model, {"query": "hỏi: ", "document": ""}) == Prefixes("hỏi: ", "")
    assert prefixes(model, {"query": "", "document": ""}) == E5  # as sentence-transformers saves a model without any


@pytest.mark.parametrize("name", ["document", "passage", "corpus", "retrieval.passage"])
def test_the_prompt_of_passages_goes_by_several_names(name: str) -> None:
    assert prefixes(EmbeddingModel("m"), {"document": "", name: "đoạn: "}) == Prefixes("", "đoạn: ")


def test_the_settings_come_first_each_for_itself_and_may_be_empty() -> None:
    declared = {"query": "hỏi: ", "document": "đoạn: "}
    assert prefixes(EmbeddingModel("m", query_prefix="Q "), declared) == Prefixes("Q ", "đoạn: ")
    assert prefixes(EmbeddingModel("m", passage_prefix=""), declared) == Prefixes("hỏi: ", "")
    assert prefixes(EmbeddingModel("e5-base", "", ""), {}) == NONE


def test_the_prompts_declared_are_read_from_the_folder(tmp_path: Path) -> None:
    assert declared_prompts(tmp_path) == {}
    file = tmp_path / "config_sentence_transformers.json"
    for text in ("{", "[]", "{}", '{"prompts": null}'):
        file.write_text(text)
        assert declared_prompts(tmp_path) == {}
    file.write_text('{"prompts": {"query": "hỏi: ", "document": null}}', "utf-8")
    assert declared_prompts(tmp_path) == {"query": "hỏi: ", "document": ""}


def test_a_name_alone_is_a_model_without_prefixes_of_its_own() -> None:
    assert as_model("m") == EmbeddingModel("m", None, None)
    assert as_model(EmbeddingModel("m", "a", "b")) == EmbeddingModel("m", "a", "b")
