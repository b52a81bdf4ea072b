"""Training pairs of the embedding model: a query and the passage it should find."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from training.corpus import Document, QuestionPair, passages
from training.questions import QuestionRecipe, Rewording, ask, without_marks

_MIN_SENTENCE = 7
_MIN_PASSAGE = 30


@dataclass(frozen=True, slots=True)
class PairRecipe:
    """Which pairs are made.

    Attributes:
        pairs: Pairs from documents, about: rounds over the documents go on, with new draws, until there are so many.
        passage_words: Words after which a passage is closed.
        titled: Share of the documents whose title is paired with a passage, in each round.
        quoted: Passages of a document, drawn at random, which get a query from one of their sentences, in each round.
        neighbours: So many of them stand side by side in a batch: each is the hardest wrong answer of the others.
        apart: Share of those passages, if of three sentences or more, which lose the sentence of the query.
        asked_apart: Share of the queries to such passages which are made question-like; the others are the sentence.
        asked: The same share for passages which keep the sentence.
        whole: Share of the passages which keep the sentence and all others; the others are cut to a window round it.
        window: Most sentences of such a window.
        unmarked: Share of the queries which lose all diacritics.
        half_marked: Share of the queries which lose the diacritics of about half their words.
        repeats: How often each question pair is used.
        question: How a sentence becomes a query.
        seed: Seed of every draw.
    """

    pairs: int = 2_000_000
    passage_words: int = 90
    titled: float = 0.5
    quoted: int = 40
    neighbours: int = 8
    apart: float = 0.5
    asked_apart: float = 0.5
    asked: float = 0.9
    whole: float = 0.4
    window: int = 3
    unmarked: float = 0.1
    half_marked: float = 0.06
    repeats: int = 3
    question: QuestionRecipe = field(default_factory=QuestionRecipe)
    seed: int = 20_240_501


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A query, and the sentences of the passage it should find."""

    query: str
    passage: Sequence[str]


def make_pairs(
    documents: Iterable[Document], questions: Iterable[QuestionPair], recipe: PairRecipe
) -> list[TrainingPair]:
    """Make all pairs, in a random order fixed by the recipe's seed; neighbours stay together.

    Args:
        documents: Articles, for pairs of a title or a sentence with a passage.
        questions: Question pairs, used as they are.
        recipe: Which pairs are made.
    """
    draw, reword = random.Random(recipe.seed), Rewording()
    found = [(document.title, _usable(document, recipe)) for document in documents]
    groups = [[TrainingPair(q.question, [q.context])] for q in questions for _ in range(recipe.repeats)]
    found = [(title, usable) for title, usable in found if usable]
    size = 0
    while found and size < recipe.pairs:
        draw.shuffle(found)
        for title, usable in found:
            made = list(_groups(title, usable, recipe, draw, reword))
            groups.extend(made)
            size += sum(map(len, made))
            if size >= recipe.pairs:
                break
    draw.shuffle(groups)
    pairs = (pair for group in groups for pair in group)
    unmarked, half = recipe.unmarked, recipe.half_marked
    return [TrainingPair(without_marks(pair.query, unmarked, half, draw), pair.passage) for pair in pairs]


def _usable(document: Document, recipe: PairRecipe) -> list[list[str]]:
    """The document's passages of some length and with a sentence of some length."""
    found = passages(document.text, recipe.passage_words)
    long = (p for p in found if sum(map(_words, p)) >= _MIN_PASSAGE)
    return [p for p in long if max(map(_words, p)) >= _MIN_SENTENCE]


def _words(text: str) -> int:
    return text.count(" ") + 1


def _groups(
    title: str, usable: list[list[str]], recipe: PairRecipe, draw: random.Random, reword: Rewording
) -> Iterator[list[TrainingPair]]:
    """Yield one round's pairs of a document, those which shall stand side by side together."""
    if title and draw.random() < recipe.titled:
        # A title fits all its document's passages, so it stands alone; the first passage it fits best.
        yield [TrainingPair(title, usable[0] if draw.random() < 0.5 else draw.choice(usable))]
    drawn = draw.sample(usable, min(recipe.quoted, len(usable)))
    for start in range(0, len(drawn), recipe.neighbours):
        yield [_sentence_pair(p, recipe, draw, reword) for p in drawn[start : start + recipe.neighbours]]


def _sentence_pair(passage: list[str], recipe: PairRecipe, draw: random.Random, reword: Rewording) -> TrainingPair:
    at = draw.choice([at for at, sentence in enumerate(passage) if _words(sentence) >= _MIN_SENTENCE])
    apart = len(passage) >= 3 and draw.random() < recipe.apart
    query = passage[at]
    if draw.random() < (recipe.asked_apart if apart else recipe.asked):
        query = ask(query, recipe.question, draw)
    if draw.random() < recipe.question.reworded:
        query = reword(query, draw)
    if apart:
        return TrainingPair(query, passage[:at] + passage[at + 1 :])
    if draw.random() < recipe.whole:
        return TrainingPair(query, passage)
    length = draw.randint(1, recipe.window)
    start = max(0, at - draw.randrange(length))
    return TrainingPair(query, passage[start : start + length])
