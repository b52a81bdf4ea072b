"""All settings, read once at the edge (the command line, ``app.py``) and passed in."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embed import BUNDLED, EmbeddingModel
from index.errors import UserError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT_REPORTS = _PACKAGE.parent / "reports"


def _bundled_reports() -> Path:
    """The bundled reports: ``reports/`` of a checkout, else the copy inside the installed package."""
    return _CHECKOUT_REPORTS if _CHECKOUT_REPORTS.is_dir() else _PACKAGE / "bundled_reports"


def _default_index() -> Path:
    """Beside the reports in a checkout (git-ignored), else in the user's cache folder."""
    return _PACKAGE.parent / ".index" if _CHECKOUT_REPORTS.is_dir() else Path.home() / ".cache" / "hoi-dap-bao-cao"


class Settings(BaseSettings):
    """Settings with sensible defaults; each can be set by the variable ``ASSISTANT_<NAME>``.

    Attributes:
        reports_dir: Folder of the reports.
        index_dir: Folder of the index; created when missing.
        embedding: "bundled", or the name or folder of any sentence-transformers model.
        embedding_query_prefix: Put before every question; unset: what the model asks for, see ``index.models``.
        embedding_passage_prefix: Put before every passage; likewise. A change embeds the reports anew.
        reranker: "" for none, or the name or folder of a sentence-transformers ``CrossEncoder``.
        llm: "" to answer in the reports' own words, or a LangChain ``init_chat_model`` name: "ollama:qwen3:8b".
        llm_timeout_s: Seconds within which the model must have answered, retries included.
        llm_retries: Times it is asked again when it is busy or cannot be reached.
        llm_window: Tokens it takes in, its answer included.
        llm_max_tokens: Tokens of its answer.
        host: Address the chat listens on.
        port: Port the chat listens on.
    """

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True, extra="ignore")

    reports_dir: Path = Field(default_factory=_bundled_reports)
    index_dir: Path = Field(default_factory=_default_index)
    embedding: str = BUNDLED
    embedding_query_prefix: str | None = None
    embedding_passage_prefix: str | None = None
    reranker: str = ""
    llm: str = ""
    llm_timeout_s: float = Field(default=30, gt=0, le=3600)
    llm_retries: int = Field(default=2, ge=0, le=10)
    llm_window: int = Field(default=8192, ge=2048)
    llm_max_tokens: int = Field(default=600, ge=50, le=4096)
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)

    @property
    def embedding_model(self) -> EmbeddingModel:
        """The embedding model with its prefixes."""
        return EmbeddingModel(self.embedding, self.embedding_query_prefix, self.embedding_passage_prefix)


class SettingsError(UserError):
    """A setting has a value it cannot have."""


def read_settings(**given: object) -> Settings:
    """The settings of the environment, with some given instead.

    Raises:
        SettingsError: A value cannot be used.
    """
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        name = "_".join(map(str, wrong["loc"])).upper()
        raise SettingsError(f"ASSISTANT_{name}={wrong['input']!r} không dùng được: {wrong['msg']}.") from error
