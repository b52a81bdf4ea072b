"""Training of the byte-level BPE vocabulary, in tiktoken's own file format.

``python -m training.vocabulary --corpus ../shared/corpus --out index/vocabulary.tiktoken``
"""

from __future__ import annotations

import argparse
import base64
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

from tiktoken_ext.hoi_dap_bao_cao import SPLIT
from training.corpus import read_documents


def train(texts: Iterable[str], tokens: int) -> dict[bytes, int]:
    """Train a vocabulary; the same texts always give the same one.

    Args:
        texts: NFC texts, case kept.
        tokens: How many tokens, the 256 bytes among them.

    Returns:
        The rank of each token: bytes from 0 to 255 first, in their order, then the merges in theirs.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=tokens,
        min_frequency=2,
        show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    )
    tokenizer.train_from_iterator(texts, trainer)
    to_byte = _byte_of_character()
    by_rank = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    learned = (bytes(to_byte[character] for character in token) for token, _ in by_rank)
    ordered = [bytes([byte]) for byte in range(256)] + [token for token in learned if len(token) > 1]
    return {token: rank for rank, token in enumerate(ordered)}


def dump(ranks: dict[bytes, int]) -> str:
    """Return the file's text: a line a token, its base64, a space, its rank."""
    return "".join(f"{base64.b64encode(token).decode('ascii')} {rank}\n" for token, rank in ranks.items())


def _byte_of_character() -> dict[str, int]:
    """Return the byte which each character of a byte-level token stands for.

    Bytes which are printable characters in Latin-1 stand for themselves; the others are numbered from 256.
    """
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + at): byte for at, byte in enumerate(hidden)}


def main() -> None:
    """Train on every ``--every``-th document and write the vocabulary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of *.jsonl.zst documents")
    parser.add_argument("--out", type=Path, required=True, help="file of the vocabulary")
    parser.add_argument("--tokens", type=int, default=32_000, help="tokens in the vocabulary")
    parser.add_argument("--every", type=int, default=4, help="use one document of this many")
    given = parser.parse_args()
    documents = enumerate(read_documents(given.corpus))
    texts = (f"{d.title}\n{d.text}" for at, d in documents if at % given.every == 0)
    ranks = train(texts, given.tokens)
    given.out.write_text(dump(ranks), encoding="ascii", newline="\n")
    print(f"{len(ranks)} tokens, {given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
