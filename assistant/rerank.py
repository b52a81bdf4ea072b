"""Hits → the same hits in another order, by a cross-encoder that reads question and passage together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.errors import UserError
from index.models import LOAD_ERRORS, load_cross_encoder
from index.types import Hit

Scores = NDArray[np.float32]


class RerankerError(UserError):
    """The re-ranker of the settings cannot be loaded."""


class CrossEncoderReranker:
    """Any sentence-transformers ``CrossEncoder`` of one score a pair, by name or folder.

    Raises:
        RerankerError: The model is neither on disk nor in the local cache, or was not trained to score pairs.
    """

    def __init__(self, name: str) -> None:
        try:
            self._model = load_cross_encoder(name)
        except LOAD_ERRORS as error:
            raise RerankerError(
                f"Không nạp được mô hình xếp hạng lại {name!r}: hãy chỉ một thư mục CrossEncoder (một điểm cho mỗi "
                f"cặp câu hỏi và đoạn) có trên máy, hoặc bỏ ASSISTANT_RERANKER để không xếp hạng lại."
            ) from error

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """How well each text answers the question; shape (n,) float32, logits, higher is better."""
        # no sigmoid: it would make equal what is far from 0, and only the order is wanted
        scores = self._model.predict(
            [(question, text) for text in texts], activation_fn=lambda logits: logits, show_progress_bar=False
        )
        return np.asarray(scores, dtype=np.float32).reshape(len(texts))


def open_reranker(name: str) -> CrossEncoderReranker | None:
    """The re-ranker of the settings; None for the empty name.

    Raises:
        RerankerError: It cannot be loaded.
    """
    return CrossEncoderReranker(name) if name else None


def reordered(hits: Sequence[Hit], scores: Sequence[float] | Scores) -> list[Hit]:
    """The first ``len(scores)`` hits ordered by ``scores``, the others after them as they were.

    Only passages change places: the fused scores stay where they are, best first, since a cross-encoder's are on
    another scale and what reads hits has thresholds for fused ones.

    Args:
        hits: Best first.
        scores: Of the first hits, by a re-ranker; equal ones leave their hits in the order they came in.
    """
    head, tail = hits[: len(scores)], hits[len(scores) :]
    order = np.argsort(-np.asarray(scores, dtype=np.float32), kind="stable")
    kept = sorted((hit.score for hit in head), reverse=True)
    return [Hit(head[best].passage, score) for best, score in zip(order.tolist(), kept, strict=True)] + list(tail)
