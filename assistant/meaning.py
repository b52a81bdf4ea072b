"""How near in meaning the words of a stretch are to a question's, piece by piece, by the bundled token table.

Words that the lexicon does not know to be the same ("bị phạt tiền", "xử phạt") are near each other here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.types import Query
from assistant.vocabulary import only_joins
from index.embed import BUNDLED, TokenTableEmbedder, token_table
from index.errors import EmbeddingError
from index.lexicon import canonical_words
from index.sentences import Sentence
from index.thesaurus import phrases_asked
from index.types import Span
from index.words import Word, words

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text with their vectors.

    Attributes:
        starts: Offset of each piece, shape (n,); those of a sentence count from the report's start.
        vectors: Shape (n, d), L2-normalised.
        weights: Squared length of each vector before that, shape (n,): short for words that tell little.
        words: Of a question's pieces the canonical content words each holds, without diacritics; of a sentence's none.
        said_as: Of a question the phrases of the thesaurus near to its own, by their number, with how near each is to
            each piece, shape (n,).
    """

    starts: NDArray[np.int64]
    vectors: Rows
    weights: Rows
    words: tuple[tuple[str, ...], ...] = ()
    said_as: Mapping[int, Rows] = field(default_factory=dict)


class Meanings:
    """Pieces of questions and of sentences; those of sentences are kept.

    Raises:
        EmbeddingError: The bundled model, whatever model retrieves, is missing or damaged.
    """

    def __init__(self) -> None:
        table = token_table(BUNDLED)
        if table is None:
            raise EmbeddingError("Mô hình nhúng kèm theo bị thiếu hoặc hỏng: hãy cài lại chương trình.")
        self._table: TokenTableEmbedder = table
        self._kept: dict[tuple[str, Span], Pieces] = {}

    def of_question(self, query: Query) -> Pieces:
        """The pieces of what is searched for that are no function words."""
        text = query.search_text
        pieces = self._pieces(text, 0)
        told = words(text)
        content = [w for n, w in enumerate(told) if not only_joins(told, n) and not w.key[:1].isdigit()]
        ends = np.append(pieces.starts[1:], len(text))
        kept = np.array(
            [
                any(w.start < end and w.end > start for w in content)
                for start, end in zip(pieces.starts, ends, strict=True)
            ],
            dtype=bool,
        )
        if not kept.any():
            return Pieces(pieces.starts[:0], pieces.vectors[:0], pieces.weights[:0])
        return Pieces(
            pieces.starts[kept],
            pieces.vectors[kept],
            pieces.weights[kept],
            _words_of(pieces.starts[kept], ends[kept], text),
            _said_as(pieces.starts[kept], ends[kept], text),
        )

    def holding(self, pieces: Pieces, text: str, counted: Sequence[Word]) -> NDArray[np.bool_]:
        """Which pieces of ``text`` hold one of some words, shape (pieces,)."""
        forms = {word.folded for word in counted}
        places = [word for word in words(text) if word.folded in forms]
        ends = np.append(pieces.starts[1:], len(text))
        return np.array(
            [any(start <= w.start < end for w in places) for start, end in zip(pieces.starts, ends, strict=True)], bool
        )

    def of_sentence(self, sentence: Sentence) -> Pieces:
        """The pieces of a sentence and of the headings it stands under; sentences live as long as the reader."""
        place = (sentence.report.path, sentence.span)
        if place not in self._kept:
            text = sentence.report.text
            parts = [self._pieces(text[s.start : s.end], s.start) for s in (*sentence.headings, sentence.span)]
            self._kept[place] = Pieces(
                np.concatenate([part.starts for part in parts]),
                np.concatenate([part.vectors for part in parts]),
                np.concatenate([part.weights for part in parts]),
            )
        return self._kept[place]

    def _pieces(self, text: str, offset: int) -> Pieces:
        ids, starts = self._table.token_places(text)
        vectors = self._table.token_vectors(np.array(ids, dtype=np.uint32))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return Pieces(
            np.array(starts, dtype=np.int64) + offset, vectors / np.maximum(lengths, 1e-9), (lengths[:, 0] ** 2)
        )


def _words_of(starts: NDArray[np.int64], ends: NDArray[np.int64], text: str) -> tuple[tuple[str, ...], ...]:
    """The canonical content words that each piece of ``text`` holds at least the greater part of."""
    told = canonical_words(text, typed=True)
    content = [w for n, w in enumerate(told) if not only_joins(told, n)]
    return tuple(
        tuple(w.folded for w in content if 2 * (min(w.end, end) - max(w.start, start)) > w.end - w.start)
        for start, end in zip(starts, ends, strict=True)
    )


def _said_as(starts: NDArray[np.int64], ends: NDArray[np.int64], text: str) -> dict[int, Rows]:
    """The phrases near to those of a question, with how near each is to the pieces between ``starts`` and ``ends``."""
    found: dict[int, Rows] = {}
    for asked in phrases_asked(text):
        within = ((starts < asked.end) & (ends > asked.start)).astype(np.float32)
        if within.any():
            rows = {nearness: within * np.float32(nearness) for nearness in {*asked.near.values()}}
            for number, nearness in asked.near.items():
                near = rows[nearness]
                found[number] = np.maximum(found[number], near) if number in found else near
    return found


_ONE_OF_TWO = 0.5
"""How near a piece of two words is to one of them."""


def _told_alike(question: Pieces, sentence: Sentence) -> tuple[list[int], Rows]:
    """Where a sentence has the very words of a question's pieces, or what lexicon and thesaurus take for them.

    Returns:
        The offset of each such place, and how near each piece is to it, shape (pieces, places).
    """
    words = question.words
    starts: list[int] = []
    columns: list[Rows] = []
    for number in sentence.phrases.keys() & question.said_as.keys():
        for at in sentence.phrases[number]:
            starts.append(sentence.words[at].start)
            columns.append(question.said_as[number])
    for piece, named in enumerate(words):
        for number, word in enumerate(named):
            for at in sentence.places.get(word, ()):
                whole = number == 0 and [w.folded for w in sentence.words[at : at + len(named)]] == list(named)
                column = np.zeros(len(words), dtype=np.float32)
                column[piece] = 1.0 if whole else _ONE_OF_TWO if len(named) > 1 else 1.0
                starts.append(sentence.words[at].start)
                columns.append(column)
    return starts, np.array(columns, dtype=np.float32).reshape(len(columns), len(words)).T


_APART = 1 << 40
"""More than any report has characters: what sets the places of one sentence apart from those of the next."""


class Likeness:
    """How near a question's pieces are to what sentences tell: by meaning, or by the very words.

    Args:
        question: The question's pieces.
        told: The sentences, each with its pieces.
    """

    def __init__(self, question: Pieces, told: Sequence[tuple[Sentence, Pieces]]) -> None:
        self._numbers = {id(sentence): number for number, (sentence, _) in enumerate(told)}
        starts: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
        cosines: list[Rows] = [np.zeros((len(question.weights), 0), dtype=np.float32)]
        weights: list[Rows] = [np.zeros(0, dtype=np.float32)]
        for number, (sentence, pieces) in enumerate(told):
            alike_at, alike = _told_alike(question, sentence)
            starts += [pieces.starts + number * _APART, np.array(alike_at, dtype=np.int64) + number * _APART]
            cosines += [np.maximum(question.vectors @ pieces.vectors.T, 0), alike]
            weights += [pieces.weights, np.zeros(len(alike_at), dtype=np.float32)]
        places, weight = np.concatenate(starts), np.concatenate(weights)
        order = np.argsort(places, kind="stable")
        self._places = places[order]
        cosines.append(np.zeros((len(question.weights), 1), dtype=np.float32))  # the bound of the last stretch
        self._cosines = np.concatenate(cosines, axis=1)[:, np.append(order, len(order))]
        far = weight[order] * (1 - self._cosines[:, :-1].max(axis=0, initial=0.0))
        self._weights, self._far = _summed_up(weight[order]), _summed_up(far)

    def nearest(self, stretches: Sequence[tuple[Sentence, Sequence[Span]]]) -> Rows:
        """The cosine of each piece of the question with the nearest piece within the spans of each sentence.

        Returns:
            Shape (stretches, pieces of the question); 0 where there are none.
        """
        found = np.zeros((len(stretches), len(self._cosines)), dtype=np.float32)
        of = np.array([number for number, (_, spans) in enumerate(stretches) for _ in spans], dtype=np.int64)
        bounds = self._bounds([(sentence, span) for sentence, spans in stretches for span in spans])
        filled = bounds[:, 0] < bounds[:, 1]
        if filled.any() and len(self._cosines):
            each = np.maximum.reduceat(self._cosines, bounds[filled].ravel(), axis=1)[:, ::2]
            owners, firsts = np.unique(of[filled], return_index=True)
            found[owners] = np.maximum.reduceat(each, firsts, axis=1).T
        return found

    def unasked(self, stretches: Sequence[tuple[Sentence, Span]]) -> Rows:
        """Weighted share, 0 to 1, of what each stretch tells that no piece of the question is near to."""
        starts, ends = self._bounds(stretches).T
        told, far = self._weights[ends] - self._weights[starts], self._far[ends] - self._far[starts]
        if not len(self._cosines):
            return np.zeros(len(stretches), dtype=np.float32)
        return np.where(told > 0, far / np.maximum(told, 1e-9), 0.0).astype(np.float32)

    def _bounds(self, stretches: Sequence[tuple[Sentence, Span]]) -> NDArray[np.int64]:
        """Half-open bounds of the places within each stretch, shape (stretches, 2)."""
        numbers = np.array([[self._numbers[id(sentence)]] for sentence, _ in stretches], dtype=np.int64)
        ends = np.array([(span.start, span.end) for _, span in stretches], dtype=np.int64)
        return np.searchsorted(self._places, ends.reshape(-1, 2) + numbers.reshape(-1, 1) * _APART)


def weighted_share(near: Rows, weights: Rows) -> Rows:
    """Weighted mean, 0 to 1, over a question's words or pieces of how near each is; 0 where nothing weighs.

    Args:
        near: How near each is to each of some stretches, shape (stretches, words).
        weights: Of the words, shape (words,).

    Returns:
        Shape (stretches,) float32; summed not by BLAS, which now and then warns of invalid values in such small arrays.
    """
    shares: Rows = (np.einsum("sw,w->s", near, weights) / max(float(weights.sum()), 1e-6)).astype(np.float32)
    return shares


def _summed_up(values: Rows) -> NDArray[np.float64]:
    """Sums of the values before each place, shape (values + 1,)."""
    return np.concatenate([np.zeros(1), np.cumsum(values, dtype=np.float64)])
