"""Real transformers of one layer with random weights, saved to a folder: seconds to import, milliseconds to make."""

from pathlib import Path

ALPHABET = "aàáâãăbcdđeèéêfghiìíjklmnoòóôơõpqrstuùúưvwxyýạảấầẩậắằặẹẻẽếềểễệỉịọỏốồổỗộớờởợụủứừửữựỳỷỹ0123456789.,:;%"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
CONFIG = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
MAX_LENGTH = 128


def _tokenizer():
    """Of single letters: nothing of a Vietnamese report is unknown to it."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    pieces = [*SPECIAL, *ALPHABET, *(f"##{letter}" for letter in ALPHABET)]
    tokenizer = Tokenizer(models.WordPiece({piece: n for n, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=MAX_LENGTH,
        pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
    )  # fmt: skip


def _save(folder: Path, architecture: str, seed: int, **config: int) -> Path:
    import torch
    import transformers

    tokenizer = _tokenizer()
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        made = transformers.BertConfig(
            vocab_size=len(tokenizer), max_position_embeddings=MAX_LENGTH, initializer_range=0.5, **CONFIG, **config
        )
        getattr(transformers, architecture)(made).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def save_encoder(folder: Path, seed: int = 0) -> Path:
    """A plain transformer, as transformers saves it."""
    return _save(folder, "BertModel", seed)


def save_embedding_model(
    folder: Path, pooling: str = "mean", prompts: dict[str, str] | None = None, seed: int = 0
) -> Path:
    """A sentence-transformers model of three modules: transformer, pooling, normalisation; 32 dimensions."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    transformer = Transformer(str(save_encoder(folder.with_name(f"{folder.name}.transformer"), seed)))
    pooled = Pooling(CONFIG["hidden_size"], pooling_mode=pooling)
    SentenceTransformer(modules=[transformer, pooled, Normalize()], prompts=prompts, device="cpu").save(str(folder))
    return folder


def save_cross_encoder(folder: Path, labels: int = 1) -> Path:
    """A classifier of pairs, as transformers saves it."""
    return _save(folder, "BertForSequenceClassification", seed=0, num_labels=labels)
