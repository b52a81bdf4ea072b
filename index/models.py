"""Models on disk: where they are, what their folders say of them, and how they are loaded.

The only user of sentence-transformers; it takes seconds to import, so the loaders import it when called.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors import SafetensorError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

BUNDLED = "bundled"

LOAD_ERRORS = (OSError, ValueError, RuntimeError, ImportError, KeyError, TypeError, SafetensorError)
"""What the libraries raise over a model that is not there, damaged, or of another kind."""


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """The embedding model of the settings.

    Attributes:
        name: "bundled", or the name or folder of a sentence-transformers model.
        query_prefix: Put before every question; None: what the model itself asks for, see ``prefixes``.
        passage_prefix: Put before every passage; None: likewise.
    """

    name: str = BUNDLED
    query_prefix: str | None = None
    passage_prefix: str | None = None


Embedding = str | EmbeddingModel
"""A model by its name alone, or with its prefixes."""


def as_model(embedding: Embedding) -> EmbeddingModel:
    """The model, without prefixes of its own where only the name is told."""
    return EmbeddingModel(embedding) if isinstance(embedding, str) else embedding


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What an asymmetric model wants before a question and before a passage."""

    query: str = ""
    passage: str = ""


# Families whose published checkpoints mostly declare no prompts, though their model cards ask for them; a pattern is
# looked for in the lower-cased name of the model, the first that is found counts.
# https://huggingface.co/intfloat/multilingual-e5-small#faq
# https://huggingface.co/intfloat/multilingual-e5-large-instruct#faq
_FAMILIES: Mapping[str, Prefixes] = {
    r"(?<![a-z0-9])e5(?![a-z0-9]).*instruct": Prefixes(
        query="Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "
    ),
    r"(?<![a-z0-9])e5(?![a-z0-9])": Prefixes(query="query: ", passage="passage: "),
}
_QUERY_PROMPTS = ("query", "retrieval.query")
_PASSAGE_PROMPTS = ("document", "passage", "corpus", "retrieval.passage")
"""Names under which models declare their prompts. ``encode_document`` of sentence-transformers 6.2 never gets to
"passage": every model has a "document" prompt there, empty by default. So the prompt is chosen here."""


def prefixes(model: EmbeddingModel, prompts: Mapping[str, str | None]) -> Prefixes:
    """What is put before questions and passages: by the settings, else by the model's prompts, else by its family.

    Args:
        model: The model, with the prefixes set, if any.
        prompts: The prompts the model declares, by name.
    """
    own = Prefixes(_first(prompts, _QUERY_PROMPTS), _first(prompts, _PASSAGE_PROMPTS))
    usual = own if own != Prefixes() else _family(model.name)
    return Prefixes(
        query=usual.query if model.query_prefix is None else model.query_prefix,
        passage=usual.passage if model.passage_prefix is None else model.passage_prefix,
    )


def _first(prompts: Mapping[str, str | None], names: tuple[str, ...]) -> str:
    return next((prompt for name in names if (prompt := prompts.get(name))), "")


def _family(name: str) -> Prefixes:
    for called in _names(name):
        for pattern, family in _FAMILIES.items():
            if re.search(pattern, called.lower()):
                return family
    return Prefixes()


def _names(name: str) -> list[str]:
    """What the model is called: its folder, its entry in the cache of a model hub, what it was made from."""
    folder = model_folder(name)
    if folder is None:
        return [Path(name).name]
    folder = folder.resolve()
    entry = [folder.parents[1].name] if folder.parent.name == "snapshots" else []
    made_from = str(_read_json(folder / "config.json").get("_name_or_path") or "")
    return [folder.name, *entry, Path(made_from).name]


def declared_prompts(folder: Path) -> dict[str, str]:
    """The prompts a model's folder declares, by name; empty where it declares none."""
    prompts = _read_json(folder / "config_sentence_transformers.json").get("prompts")
    return {str(name): str(prompt or "") for name, prompt in prompts.items()} if isinstance(prompts, dict) else {}


def _read_json(path: Path) -> dict[str, object]:
    """The object in a file of a model; empty without one. A damaged file is for the loaders to refuse."""
    try:
        held = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def model_folder(name: str) -> Path | None:
    """The folder of the bundled model or of a model on disk; None for a name of a model hub."""
    if name == BUNDLED:
        return Path(str(resources.files("index") / "embedding_model"))
    return Path(name) if Path(name).is_dir() else None


@lru_cache(maxsize=2)
def load_sentence_transformer(name: str) -> "SentenceTransformer":
    """An embedding model, on the CPU, from its folder or the local cache of the model hub.

    Raises:
        Exception: One of LOAD_ERRORS.
    """
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(model_folder(name) or name), device="cpu", local_files_only=True)


@lru_cache(maxsize=2)
def load_cross_encoder(name: str) -> "CrossEncoder":
    """A cross-encoder that gives one score a pair, on the CPU, from its folder or the local cache of the model hub.

    Raises:
        Exception: One of LOAD_ERRORS; ValueError if the model was not trained to score pairs.
    """
    from sentence_transformers import CrossEncoder

    model: CrossEncoder = CrossEncoder(name, device="cpu", local_files_only=True)
    made_as = getattr(model.config, "architectures", None) or []
    # any transformer can be loaded, but one without a classifier gets one of random weights
    if len(model) == 1 and not any(name.endswith("ForSequenceClassification") for name in made_as):
        raise ValueError(f"a model without a classifier: {made_as}")
    if model.num_labels != 1:
        raise ValueError(f"{model.num_labels} scores a pair instead of one")
    return model
