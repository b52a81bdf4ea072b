"""All settings, read once at the edge (the command line, ``app.py``) and passed in."""

from pathlib import Path

from pydantic import Field, ValidationError, field_validator
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


def _default_feedback() -> Path:
    """Beside the reports in a checkout (git-ignored), else in the user's own folder."""
    folder = _PACKAGE.parent / ".feedback" if _CHECKOUT_REPORTS.is_dir() else Path.home() / ".hoi-dap-bao-cao"
    return folder / "feedback.jsonl"


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
        root_path: Path, or whole address, under which a proxy in front of the chat serves it: "/hoi-dap"; "" for none.
        users_file: File of those who may log in, with hashed passwords, see ``accounts``; unset: no login.
        queue_size: Questions that may wait; more are turned away.
        concurrency: Questions answered at a time.
        rate_limit: Questions a minute a user, or an address where nobody logs in; 0 for any number.
        uploads: Whether reports may be added and removed in the chat; with logins, by an admin alone.
        upload_mb: Megabytes of one uploaded file.
        upload_files: Files that may be uploaded in all.
        feedback_file: JSON Lines file that what users say of answers is added to.
        api: Whether programs may ask too, over HTTP and as MCP tools, see ``ui.api``.
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
    root_path: str = ""
    users_file: Path | None = None
    queue_size: int = Field(default=64, ge=1)
    concurrency: int = Field(default=4, ge=1, le=64)
    rate_limit: int = Field(default=60, ge=0)
    uploads: bool = True
    upload_mb: int = Field(default=20, ge=1, le=100)
    upload_files: int = Field(default=500, ge=1)
    feedback_file: Path = Field(default_factory=_default_feedback)
    api: bool = False

    @field_validator("users_file", mode="before")
    @classmethod
    def _unset_when_empty(cls, value: object) -> object:
        return value or None

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
