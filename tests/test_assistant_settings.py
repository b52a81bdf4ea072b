import pytest

from assistant.settings import Settings, SettingsError, read_settings
from index.models import EmbeddingModel


def test_by_default_the_bundled_model_is_used_and_nothing_is_re_ranked() -> None:
    settings = Settings()
    assert settings.embedding_model == EmbeddingModel("bundled", None, None)
    assert settings.reranker == ""


def test_models_and_prefixes_come_from_the_environment_to_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING", "models/e5")
    monkeypatch.setenv("ASSISTANT_EMBEDDING_QUERY_PREFIX", "query: ")
    monkeypatch.setenv("ASSISTANT_EMBEDDING_PASSAGE_PREFIX", "")
    monkeypatch.setenv("ASSISTANT_RERANKER", "models/reranker")
    settings = read_settings()
    assert settings.embedding_model == EmbeddingModel("models/e5", query_prefix="query: ", passage_prefix="")
    assert settings.reranker == "models/reranker"


def test_a_value_that_cannot_be_used_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "99999")
    with pytest.raises(SettingsError, match=r"^ASSISTANT_PORT='99999' không dùng được: "):
        read_settings()
