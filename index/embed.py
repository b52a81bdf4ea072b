"""Texts → L2-normalised vectors, by any sentence-transformers model.

An embedder is made for questions or for passages, since many models want something else before each ("query: ",
"passage: "). A model that is one table of token vectors (as the bundled one is) can be read without torch, which
takes milliseconds where importing sentence-transformers takes seconds; both ways give the same vectors.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.errors import EmbeddingError
from index.models import (
    BUNDLED,
    LOAD_ERRORS,
    Embedding,
    EmbeddingModel,
    as_model,
    declared_prompts,
    load_sentence_transformer,
    model_folder,
    prefixes,
)

__all__ = [
    "BUNDLED",
    "Embedder",
    "Embedding",
    "EmbeddingModel",
    "SentenceTransformerEmbedder",
    "TokenTableEmbedder",
    "Vectors",
    "as_model",
    "encode_in_batches",
    "fingerprint",
    "model_folder",
    "passage_embedder",
    "question_embedder",
    "token_table",
]

_BATCH = 256
_FORWARD = 32
"""Texts a transformer sees at once; it sorts each batch by length, so that little is padded."""
_MODEL_FILES = (".safetensors", ".bin", ".json", ".txt", ".model")
"""Suffixes of weights, configurations and vocabularies."""
_REMEDY = "hãy chỉ một thư mục sentence-transformers có trên máy, hoặc bỏ ASSISTANT_EMBEDDING để dùng mô hình kèm theo."

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns questions, or passages, into vectors."""

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts.

        Returns:
            Shape (n, d) float32, each row L2-normalised; a text without a known token gives a zero row.
        """


class TokenTableEmbedder:
    """Reads a sentence-transformers ``StaticEmbedding`` folder with numpy alone.

    Args:
        folder: The module's folder, holding ``model.safetensors`` and ``tokenizer.json``.
        prefix: Put before every text.
    """

    def __init__(self, folder: Path, prefix: str = "") -> None:
        self._table, self._tokenizer = _token_table(folder)
        self._vectors = np.empty(self._table.shape, dtype=np.float32)
        self._read = np.zeros(len(self._table), dtype=np.bool_)
        self._prefix = prefix

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Mean of the token vectors of each text, L2-normalised; shape (n, d) float32."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, ids in enumerate(self.token_ids([self._prefix + text for text in texts])):
            if ids:
                vectors[row] = self.token_vectors(np.array(ids, dtype=np.uint32)).mean(axis=0)
        return _normalised(vectors)

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of the tokens of each text, in order."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def token_places(self, text: str) -> tuple[list[int], list[int]]:
        """The ids of a text's tokens and the offset in it of each one's first letter, in order."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return encoding.ids, [start for start, _ in encoding.offsets]

    def token_vectors(self, ids: NDArray[np.uint32]) -> Vectors:
        """The vectors of tokens, shape (n, d) float32, not normalised; each is made float32 once."""
        if not self._read[ids].all():
            new = ids[~self._read[ids]]
            self._vectors[new] = self._table[new]
            self._read[new] = True  # after the vectors: another thread may read them
        vectors: Vectors = self._vectors[ids]
        return vectors


class SentenceTransformerEmbedder:
    """Any sentence-transformers model.

    Args:
        model: The model, on disk or in the local cache of the model hub.
        role: What is embedded; a model may have a prompt, or layers, for each.

    Raises:
        EmbeddingError: The model cannot be loaded.
    """

    def __init__(self, model: EmbeddingModel, role: Literal["question", "passage"]) -> None:
        try:
            self._model = load_sentence_transformer(model.name)
        except LOAD_ERRORS as error:
            raise EmbeddingError(f"Không nạp được mô hình nhúng {model.name!r}: {_REMEDY}") from error
        wanted = prefixes(model, self._model.prompts)
        self._prefix = wanted.query if role == "question" else wanted.passage
        self._encode = self._model.encode_query if role == "question" else self._model.encode_document

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; shape (n, d) float32, rows L2-normalised."""
        vectors = self._encode(list(texts), prompt=self._prefix, batch_size=_FORWARD, show_progress_bar=False)
        return _normalised(np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension))


def _normalised(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: Vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    return rows


def question_embedder(embedding: Embedding) -> Embedder:
    """The embedder of questions: without torch where the model allows it.

    Raises:
        EmbeddingError: The model cannot be loaded.
    """
    return token_table(embedding) or SentenceTransformerEmbedder(as_model(embedding), "question")


def token_table(embedding: Embedding) -> TokenTableEmbedder | None:
    """The model as a table of token vectors, or None if it is none or cannot be read with numpy."""
    model = as_model(embedding)
    folder = model_folder(model.name)
    modules = _modules(folder) if folder else []
    if folder and len(modules) == 1 and modules[0]["type"].endswith("StaticEmbedding"):
        try:
            return TokenTableEmbedder(folder / modules[0]["path"], prefixes(model, declared_prompts(folder)).query)
        except LOAD_ERRORS:  # bfloat16, which numpy has not, or damaged: sentence-transformers reads or refuses it
            return None
    return None


def passage_embedder(embedding: Embedding) -> Embedder:
    """The embedder of passages, which builds the index.

    Raises:
        EmbeddingError: The model cannot be loaded.
    """
    model = as_model(embedding)
    if folder := model_folder(model.name):
        _modules(folder)  # a folder that cannot answer questions later is refused before anything is embedded
    return SentenceTransformerEmbedder(model, "passage")


@lru_cache(maxsize=2)
def _token_table(folder: Path) -> tuple[NDArray[np.float16], Tokenizer]:
    weights = load_file(folder / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    return weights["embedding.weight" if "embedding.weight" in weights else "embeddings"], tokenizer


def _modules(folder: Path) -> list[dict[str, str]]:
    try:
        listed: list[dict[str, str]] = json.loads((folder / "modules.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise EmbeddingError(
            f"Thư mục {str(folder)!r} không phải mô hình sentence-transformers, thiếu modules.json đọc được: {_REMEDY}"
        ) from error
    return listed


def fingerprint(embedding: Embedding) -> str:
    """Identity of the vectors of passages: of the model, and of what is put before a passage.

    A folder's model is told by a digest of its weights, vocabulary and configuration, a hub's by its name.
    """
    model = as_model(embedding)
    folder = model_folder(model.name)
    identity = _digest(folder) if folder else model.name
    prefix = prefixes(model, declared_prompts(folder) if folder else {}).passage
    return f"{identity} + {prefix!r}" if prefix else identity


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _MODEL_FILES and path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def encode_in_batches(embedder: Embedder, texts: Sequence[str], advance: Callable[[int], object]) -> Vectors:
    """Embed many texts, calling ``advance(count)`` after each batch; shape (n, d) float32."""
    blocks = []
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        blocks.append(embedder.encode(batch))
        advance(len(batch))
    return np.concatenate(blocks) if blocks else np.zeros((0, embedder.dimension), dtype=np.float32)
