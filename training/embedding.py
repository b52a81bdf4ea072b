"""Training of the bundled embedding model, a sentence-transformers ``StaticEmbedding``.

``python -m training.embedding --corpus ../shared/corpus --qa ../shared/qa --out index/embedding_model``
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.bags import Bags
from training.corpus import apart_from, read_documents, read_questions
from training.pairs import PairRecipe, TrainingPair, make_pairs
from training.refine import tie_unmarked, weigh_by_rarity
from training.tokenizer import VocabularySize, build_tokenizer, count


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
        rarity: Power of the inverse document frequency on the trained vectors.
        tie: Share which the marked forms give to the vector of a piece without diacritics.
        seed: Seed of the first vectors.
        threads: Threads of torch.
    """

    dimensions: int = 256
    batch: int = 1_024
    scale: float = 20.0
    rate: float = 0.02
    start: float = 0.1
    rarity: float = 0.25
    tie: float = 0.6
    seed: int = 20_240_501
    threads: int = 2


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
    queries = Bags.encode(tokenizer, [pair.query for pair in pairs])
    passages = Bags.encode(tokenizer, [pair.passage for pair in pairs])
    table = nn.EmbeddingBag(tokenizer.get_vocab_size(), recipe.dimensions, mode="mean")
    nn.init.normal_(table.weight, std=recipe.start)
    steps = len(pairs) // recipe.batch
    adam = torch.optim.Adam(table.parameters(), lr=recipe.rate, fused=True)
    falling = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: 1.0 - step / steps)
    for step in range(steps):
        first, last = step * recipe.batch, (step + 1) * recipe.batch
        cosines = queries.embed(table, first, last) @ passages.embed(table, first, last).T
        loss = nn.functional.cross_entropy(recipe.scale * cosines, torch.arange(recipe.batch))
        adam.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        adam.step()
        falling.step()
        if step % 20 == 0 or step == steps - 1:
            print(f"step {step + 1}/{steps} loss {loss.item():.3f}", flush=True)
    pieces = table.num_embeddings
    tied = tie_unmarked(table.weight.detach(), tokenizer, passages.occurrences(pieces), recipe.tie)
    return weigh_by_rarity(tied, passages.containing(pieces), len(pairs), recipe.rarity)


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


def main() -> None:
    """Build the tokenizer, train the vectors, save both, and record how beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of *.jsonl.zst documents")
    parser.add_argument("--qa", type=Path, required=True, help="folder with wiki_qa_{train,dev}.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    given = parser.parse_args()
    size, pairing, recipe = VocabularySize(), PairRecipe(), TrainingRecipe()
    started = time.monotonic()
    documents = list(read_documents(given.corpus))
    # A third of the documents gives nearly the same vocabulary in a third of the time.
    tokenizer = build_tokenizer(count(f"{d.title}\n{d.text}" for d in documents[::3]), size)
    # The two files overlap: 2 questions and 38 contexts of dev stand in train as well.
    taught, kept = (read_questions(given.qa / f"wiki_qa_{part}.jsonl") for part in ("train", "dev"))
    pairs = make_pairs(documents, apart_from(taught, kept), pairing)
    print(f"{tokenizer.get_vocab_size()} pieces, {len(pairs)} pairs, {time.monotonic() - started:.0f} s")
    save(tokenizer, train(tokenizer, pairs, recipe), given.out)
    record = {
        "command": f"python -m training.embedding {shlex.join(sys.argv[1:])}",
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
