"""Training of the bundled embedding model, a sentence-transformers ``StaticEmbedding``.

``python -m training.embedding --corpus ../shared/corpus --qa ../shared/qa --out index/embedding_model``
"""

from __future__ import annotations

import argparse
import gc
import json
import shlex
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.bags import Bags
from training.corpus import Document, apart_from, held_out_titles, read_documents, read_questions
from training.pairs import PairRecipe, TrainingPair, make_pairs
from training.questions import Rewording
from training.tokenizer import VocabularySize, build_tokenizer, count

_LEXICON_TIMES = 300


@dataclass(frozen=True, slots=True)
class TrainingRecipe:
    """How the vectors are trained.

    Attributes:
        dimensions: Length of a vector.
        batch: Pairs in a batch; the other passages of the batch are the wrong answers.
        scale: Factor on the cosines before the softmax.
        rate: Adam's first learning rate; it falls to zero in a straight line.
        start: Standard deviation of the first vectors. Small, as 10 times the lengths hardly change in an
            epoch, and frequent pieces stay as long as rare ones.
        seed: Seed of the first vectors.
        threads: Threads of torch.
    """

    dimensions: int = 512
    batch: int = 2_048
    scale: float = 20.0
    rate: float = 0.02
    start: float = 0.1
    seed: int = 20_240_501
    threads: int = 2


@dataclass(frozen=True, slots=True)
class TokenisedPairs:
    """Training pairs as pieces. A sentence, which stands in many pairs, is tokenised once.

    Attributes:
        queries: The queries, as pieces.
        passages: The passages, as numbers of sentences.
        sentences: The distinct sentences, as pieces.
    """

    queries: Bags
    passages: Bags
    sentences: Bags

    @classmethod
    def of(cls, tokenizer: Tokenizer, pairs: list[TrainingPair]) -> TokenisedPairs:
        """Tokenise the pairs."""
        number: dict[str, int] = {}
        passages = Bags.of([[number.setdefault(s, len(number)) for s in pair.passage] for pair in pairs])
        queries = Bags.encode(tokenizer, [pair.query for pair in pairs])
        return cls(queries, passages, Bags.encode(tokenizer, list(number)))


def train(tokenizer: Tokenizer, pairs: list[TrainingPair], recipe: TrainingRecipe) -> Tensor:
    """Train one epoch over the pairs in their order, with in-batch negatives.

    The loss is the cross-entropy of finding a query's passage among the passages of its batch [1].

    [1] Henderson et al. 2017, Efficient Natural Language Response Suggestion for Smart Reply,
        https://arxiv.org/abs/1705.00652

    Args:
        tokenizer: Tokenizer of both sides.
        pairs: Pairs, already in a random order; the last incomplete batch is left out.
        recipe: How to train.

    Returns:
        One vector a piece, shape ``(pieces, d)`` float32.
    """
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    data = TokenisedPairs.of(tokenizer, pairs)
    table = nn.Parameter(torch.randn(tokenizer.get_vocab_size(), recipe.dimensions) * recipe.start)
    steps = len(pairs) // recipe.batch
    adam = torch.optim.Adam([table], lr=recipe.rate, fused=True)
    falling = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: 1.0 - step / steps)
    for step in range(steps):
        loss = _loss(table, data, step, recipe)
        adam.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        adam.step()
        falling.step()
        if step % 100 == 0 or step == steps - 1:
            print(f"step {step + 1}/{steps} loss {loss.item():.3f}", flush=True)
    return table.detach()


def _loss(vectors: Tensor, data: TokenisedPairs, step: int, recipe: TrainingRecipe) -> Tensor:
    first, last = step * recipe.batch, (step + 1) * recipe.batch
    passages = data.passages.part(first, last).replaced(data.sentences).embed(vectors)
    cosines = data.queries.part(first, last).embed(vectors) @ passages.T
    return nn.functional.cross_entropy(recipe.scale * cosines, torch.arange(recipe.batch))


def save(tokenizer: Tokenizer, vectors: Tensor, out: Path) -> None:
    """Save a sentence-transformers folder with float16 vectors.

    Args:
        tokenizer: The tokenizer.
        vectors: One vector a piece, shape ``(pieces, d)``.
        out: Folder, made if missing.
    """
    module = StaticEmbedding(tokenizer, embedding_weights=vectors.half())
    SentenceTransformer(modules=[module], device="cpu").save(str(out), create_model_card=False)
    # Saved again without indentation: half the size.
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    # safetensors makes its file readable for the owner alone.
    (out / "model.safetensors").chmod(0o644)


def vocabulary_texts(documents: list[Document]) -> Iterator[str]:
    """Yield the texts whose words and pairs become pieces."""
    # A third of the documents gives nearly the same vocabulary in a third of the time.
    yield from (f"{document.title}\n{document.text}" for document in documents[::3])
    # The field's abbreviations are rare in general text, and must not fall apart into letters.
    yield from Rewording().forms * _LEXICON_TIMES


def main() -> None:
    """Build the tokenizer, train the vectors, save both, and record how beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of *.jsonl.zst documents")
    parser.add_argument("--qa", type=Path, required=True, help="folder with wiki_qa_{train,dev}.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    given = parser.parse_args()
    size, pairing, recipe = VocabularySize(), PairRecipe(), TrainingRecipe()
    started = time.monotonic()
    # Millions of pairs are kept to the end and none refers to another: a search for cycles only costs time.
    gc.disable()
    tested = held_out_titles()
    documents = [document for document in read_documents(given.corpus) if document.title not in tested]
    tokenizer = build_tokenizer(count(vocabulary_texts(documents)), size)
    # The two files overlap: 2 questions and 38 contexts of dev stand in train as well.
    taught, kept = (read_questions(given.qa / f"wiki_qa_{part}.jsonl") for part in ("train", "dev"))
    pairs = make_pairs(documents, apart_from(taught, kept), pairing)
    print(f"{tokenizer.get_vocab_size()} pieces, {len(pairs)} pairs, {time.monotonic() - started:.0f} s", flush=True)
    save(tokenizer, train(tokenizer, pairs, recipe), given.out)
    record = {
        "command": f"python -m training.embedding {shlex.join(sys.argv[1:])}",
        "documents": len(documents),
        "pieces": tokenizer.get_vocab_size(),
        "pairs": len(pairs),
        "seconds": round(time.monotonic() - started),
        "vocabulary": asdict(size),
        "pairing": asdict(pairing),
        "training": asdict(recipe),
    }
    beside = Path(__file__).with_name("embedding.json")
    beside.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(f"done in {record['seconds']} s")


if __name__ == "__main__":
    main()
