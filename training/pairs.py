"""Training pairs of the embedding model: a short text and the passage it should find."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from training.corpus import Document, QuestionPair, passages, strip_diacritics


@dataclass(frozen=True, slots=True)
class PairRecipe:
    """Which pairs are made.

    Attributes:
        passage_words: Words after which a passage is closed.
        titled: Passages of a document paired with its title, from its start.
        quoted: Passages of a document, drawn at random, of which sentences are paired with the rest.
        sentences: Sentences of each such passage.
        unmarked: Share of the queries which lose their diacritics.
        seed: Seed of every draw.
    """

    passage_words: int = 90
    titled: int = 6
    quoted: int = 40
    sentences: int = 2
    unmarked: float = 0.2
    seed: int = 20_240_501


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A query and the passage it should find."""

    query: str
    passage: str


def make_pairs(
    documents: Iterable[Document], questions: Iterable[QuestionPair], recipe: PairRecipe
) -> list[TrainingPair]:
    """Make all pairs, in a random order fixed by the recipe's seed.

    Args:
        documents: Articles, for the pairs (title, passage) and (sentence, rest of its passage).
        questions: Question pairs, each used as it is.
        recipe: Which pairs are made.
    """
    draw = random.Random(recipe.seed)
    pairs = [TrainingPair(q.question, q.context) for q in questions]
    for document in documents:
        pairs.extend(_document_pairs(document, recipe, draw))
    draw.shuffle(pairs)
    return [_unmarked(pair) if draw.random() < recipe.unmarked else pair for pair in pairs]


def _unmarked(pair: TrainingPair) -> TrainingPair:
    return TrainingPair(strip_diacritics(pair.query), pair.passage)


def _document_pairs(document: Document, recipe: PairRecipe, draw: random.Random) -> list[TrainingPair]:
    found = passages(document.text, recipe.passage_words)
    pairs = [TrainingPair(document.title, " ".join(p)) for p in found[: recipe.titled]]
    usable = [p for p in found if len(p) >= 3]
    for passage in draw.sample(usable, min(recipe.quoted, len(usable))):
        for chosen in draw.sample(range(len(passage)), recipe.sentences):
            if passage[chosen].count(" ") >= 4:
                rest = passage[:chosen] + passage[chosen + 1 :]
                pairs.append(TrainingPair(passage[chosen], " ".join(rest)))
    return pairs
