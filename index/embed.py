"""Texts → L2-normalised vectors, by any sentence-transformers model.

A model that is one table of token vectors (as the bundled one is) can be read without torch, which takes
milliseconds where importing sentence-transformers takes seconds; both ways give the same vectors.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.errors import EmbeddingError

BUNDLED = "bundled"
_BATCH = 256

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors."""

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
    """

    def __init__(self, folder: Path) -> None:
        self._table: NDArray[np.float16] = load_file(folder / "model.safetensors")["embedding.weight"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Mean of the token vectors of each text, L2-normalised; shape (n, d) float32."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, encoding in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            if encoding.ids:
                vectors[row] = self._table[encoding.ids].astype(np.float32).mean(axis=0)
        return _normalised(vectors)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or folder.

    Raises:
        EmbeddingError: The model is neither on disk nor in the local cache.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer  # seconds to import, so only when needed

        try:
            self._model = SentenceTransformer(str(model_folder(name) or name), device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise EmbeddingError(
                f"Không nạp được mô hình nhúng {name!r}: hãy chỉ một thư mục sentence-transformers có trên máy, "
                f"hoặc bỏ ASSISTANT_EMBEDDING để dùng mô hình kèm theo."
            ) from error

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; shape (n, d) float32, rows L2-normalised."""
        vectors = self._model.encode(list(texts), batch_size=_BATCH, convert_to_numpy=True, show_progress_bar=False)
        return _normalised(np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1))


def _normalised(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: Vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    return rows


def model_folder(name: str) -> Path | None:
    """The folder of the bundled model or of a model on disk; None for a name of a model hub."""
    if name == BUNDLED:
        return Path(str(resources.files("index") / "embedding_model"))
    return Path(name) if Path(name).is_dir() else None


def question_embedder(name: str) -> Embedder:
    """The embedder that answers questions: without torch where the model allows it."""
    folder = model_folder(name)
    modules = _modules(folder) if folder else []
    if folder and len(modules) == 1 and modules[0]["type"].endswith("StaticEmbedding"):
        return _token_table(folder / modules[0]["path"])
    return _sentence_transformer(name)


def passage_embedder(name: str) -> Embedder:
    """The embedder that builds the index."""
    return _sentence_transformer(name)


@lru_cache(maxsize=2)
def _token_table(folder: Path) -> TokenTableEmbedder:
    return TokenTableEmbedder(folder)


@lru_cache(maxsize=2)
def _sentence_transformer(name: str) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(name)


def _modules(folder: Path) -> list[dict[str, str]]:
    try:
        listed: list[dict[str, str]] = json.loads((folder / "modules.json").read_text("utf-8"))
    except OSError as error:
        raise EmbeddingError(
            f"Thư mục {str(folder)!r} không phải mô hình sentence-transformers: thiếu modules.json."
        ) from error
    return listed


def fingerprint(name: str) -> str:
    """Identity of a model: a digest of its weights and tokenizer for a folder, the name for a hub's model."""
    folder = model_folder(name)
    if folder is None:
        return name
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".safetensors", ".json") and path.is_file():
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
