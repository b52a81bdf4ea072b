import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tiny_models import save_embedding_model, save_encoder
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from assistant import Assistant, Settings
from index import embed, models, store
from index.build import BuildSummary, build, check_model, is_current
from index.embed import (
    BUNDLED,
    Embedder,
    EmbeddingModel,
    SentenceTransformerEmbedder,
    TokenTableEmbedder,
    Vectors,
    encode_in_batches,
    fingerprint,
    model_folder,
    passage_embedder,
    question_embedder,
)
from index.errors import EmbeddingError, IndexMismatchError
from index.split import windows

TEXTS = [
    "Toàn tỉnh có 905 trạm BTS.",
    "toan tinh co 905 tram bts",
    "Doanh thu bưu chính ước đạt 42,5 tỷ đồng; tăng 6,1% so với năm 2020.",
    "TT&TT, CNTT – VT 🛰",
    "dài " * 600,
]


@pytest.fixture(autouse=True)
def _no_model_kept() -> Iterator[None]:
    yield
    embed._token_table.cache_clear()
    models.load_sentence_transformer.cache_clear()


@pytest.fixture(scope="module")
def bundled() -> Path:
    folder = model_folder(BUNDLED)
    assert folder is not None
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformer that declares no prompts and is of no known family."""
    return save_embedding_model(tmp_path_factory.mktemp("embed") / "tiny")


@pytest.fixture
def three_reports(small_reports: Path) -> Path:
    (small_reports / "moc-chau.txt").write_text("Sở họp tổng kết năm 2020\nMộc Châu có 77 trạm BTS.", "utf-8")
    return small_reports


def as_is(folder: Path, texts: list[str]) -> Vectors:
    """The vectors of the texts as they are, by sentence-transformers itself."""
    from sentence_transformers import SentenceTransformer

    vectors: Vectors = SentenceTransformer(str(folder), device="cpu", local_files_only=True).encode(texts, prompt="")
    return vectors


def assert_embeds(embedding: str | EmbeddingModel, folder: Path, query: str, passage: str) -> None:
    """See that questions and passages reach the model behind these prefixes."""
    np.testing.assert_allclose(
        question_embedder(embedding).encode(TEXTS), as_is(folder, [query + text for text in TEXTS]), atol=1e-5
    )
    np.testing.assert_allclose(
        passage_embedder(embedding).encode(TEXTS), as_is(folder, [passage + text for text in TEXTS]), atol=1e-5
    )


@pytest.mark.parametrize("prefix", ["", "hỏi: "])
def test_reading_the_token_table_gives_the_vectors_of_sentence_transformers(prefix: str) -> None:
    model = EmbeddingModel(BUNDLED, query_prefix=prefix)
    ours, theirs = question_embedder(model), SentenceTransformerEmbedder(model, "question")
    assert isinstance(ours, TokenTableEmbedder)
    assert ours.dimension == theirs.dimension == 512
    np.testing.assert_allclose(ours.encode(TEXTS), theirs.encode(TEXTS), atol=1e-3)


def test_vectors_are_float32_rows_of_length_one(bundled: Path) -> None:
    vectors = TokenTableEmbedder(bundled).encode(TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)


def test_a_text_without_tokens_gives_a_zero_row(bundled: Path) -> None:
    assert TokenTableEmbedder(bundled).encode(["", "  "]).tolist() == np.zeros((2, 512)).tolist()


def test_no_texts_give_no_rows(bundled: Path) -> None:
    assert TokenTableEmbedder(bundled).encode([]).shape == (0, 512)


def test_a_passage_on_the_subject_is_nearer_than_another(bundled: Path) -> None:
    question, near, far = TokenTableEmbedder(bundled).encode(
        ["tỉnh có bao nhiêu trạm BTS", "Tổng số trạm BTS toàn tỉnh là 905 trạm.", "Hội sách được tổ chức ở thị trấn."]
    )
    assert question @ near > question @ far + 0.2


def test_questions_of_the_bundled_model_are_embedded_without_torch() -> None:
    assert isinstance(question_embedder(BUNDLED), TokenTableEmbedder)


def test_a_model_of_more_modules_is_run_by_sentence_transformers(
    tmp_path: Path, bundled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(bundled, folder)
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    normalise = {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"}
    (folder / "modules.json").write_text(json.dumps([*modules, normalise]), "utf-8")
    asked: list[tuple[str, str]] = []

    class Recorder:
        def __init__(self, model: EmbeddingModel, role: str) -> None:
            asked.append((model.name, role))

    monkeypatch.setattr(embed, "SentenceTransformerEmbedder", Recorder)
    assert isinstance(question_embedder(str(folder)), Recorder)
    assert asked == [(str(folder), "question")]


def test_a_model_on_disk_of_one_token_table_needs_no_torch_either(tmp_path: Path, bundled: Path) -> None:
    shutil.copytree(bundled, tmp_path / "model")
    assert isinstance(question_embedder(str(tmp_path / "model")), TokenTableEmbedder)


def test_padding_is_left_out_and_an_older_name_of_the_table_is_known(tmp_path: Path, bundled: Path) -> None:
    pieces = Tokenizer(WordLevel({"[UNK]": 0, "[PAD]": 1, "trạm": 2, "xã": 3}, unk_token="[UNK]"))
    pieces.pre_tokenizer = Whitespace()
    pieces.enable_padding(pad_id=1, pad_token="[PAD]", length=8)
    pieces.save(str(tmp_path / "tokenizer.json"))
    save_file({"embeddings": np.eye(4, dtype=np.float32)}, tmp_path / "model.safetensors")
    shutil.copy(bundled / "modules.json", tmp_path)
    model = EmbeddingModel(str(tmp_path))
    ours, theirs = question_embedder(model), SentenceTransformerEmbedder(model, "question")
    assert isinstance(ours, TokenTableEmbedder)
    assert ours.encode(["trạm", "trạm xã"]) == pytest.approx(np.array([[0, 0, 1, 0], [0, 0, 0.5**0.5, 0.5**0.5]]))
    np.testing.assert_allclose(ours.encode(["trạm xã"]), theirs.encode(["trạm xã"]))


def test_a_token_table_that_numpy_cannot_read_is_read_by_sentence_transformers_or_told(
    tmp_path: Path, bundled: Path
) -> None:
    import torch
    from safetensors.torch import save_file as save_tensors

    shutil.copytree(bundled, tmp_path / "model")
    weights = tmp_path / "model" / "model.safetensors"
    save_tensors({"embedding.weight": torch.ones(60_000, 4, dtype=torch.bfloat16)}, weights)
    vectors = question_embedder(str(tmp_path / "model")).encode(["trạm"])
    np.testing.assert_allclose(vectors, [[0.5, 0.5, 0.5, 0.5]])
    shutil.copytree(tmp_path / "model", tmp_path / "damaged")
    (tmp_path / "damaged" / "model.safetensors").write_bytes(b"cut")
    with pytest.raises(EmbeddingError, match=r"^Không nạp được mô hình nhúng '.*damaged': "):
        question_embedder(str(tmp_path / "damaged"))


@pytest.mark.parametrize("embedder", [question_embedder, passage_embedder])
def test_a_folder_that_is_no_model_is_told(embedder: Callable[[str], Embedder], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", save_encoder(tmp_path / "transformer")):
        with pytest.raises(
            EmbeddingError,
            match=rf"^Thư mục '{folder}' không phải mô hình sentence-transformers, thiếu modules\.json .*có trên máy",
        ):
            embedder(str(folder))


@pytest.mark.parametrize("embedder", [question_embedder, passage_embedder])
@pytest.mark.parametrize("name", ["no/such-model", "nosuch", "/no/such/folder"])
def test_a_model_that_is_nowhere_is_told_with_the_remedy(embedder: Callable[[str], Embedder], name: str) -> None:
    with pytest.raises(EmbeddingError, match=rf"^Không nạp được mô hình nhúng '{name}': .* bỏ ASSISTANT_EMBEDDING"):
        embedder(name)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model.safetensors", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
        ("config.json", b"{"),
        ("config.json", b'{"model_type": "no-such-type"}'),
        ("modules.json", b'[{"idx": 0, "name": "0", "path": "", "type": "no.such.Module"}]'),
        ("1_Pooling/config.json", b'{"embedding_dimension": 32, "pooling_mode": "no-such-mode"}'),
    ],
)
def test_a_damaged_model_is_told(tiny: Path, tmp_path: Path, file: str, content: bytes) -> None:
    shutil.copytree(tiny, tmp_path / "damaged")
    (tmp_path / "damaged" / file).write_bytes(content)
    with pytest.raises(EmbeddingError, match=r"^Không nạp được mô hình nhúng '.*damaged': "):
        passage_embedder(str(tmp_path / "damaged"))


@pytest.mark.parametrize("pooling", ["mean", "cls", "max"])
def test_any_pooling_gives_the_vectors_of_the_model(tmp_path: Path, pooling: str) -> None:
    folder = save_embedding_model(tmp_path / "model", pooling)
    assert_embeds(str(folder), folder, query="", passage="")
    assert question_embedder(str(folder)).dimension == 32
    assert question_embedder(str(folder)).encode([]).shape == (0, 32)


def test_the_prefixes_of_the_e5_family_reach_the_model(tmp_path: Path) -> None:
    folder = save_embedding_model(tmp_path / "multilingual-e5-tiny")
    assert_embeds(str(folder), folder, query="query: ", passage="passage: ")
    question, passage = question_embedder(str(folder)).encode(["x"])[0], passage_embedder(str(folder)).encode(["x"])[0]
    assert question @ passage < 0.99


@pytest.mark.parametrize("name", ["document", "passage"])
def test_the_prompts_a_model_declares_reach_it(tmp_path: Path, name: str) -> None:
    folder = save_embedding_model(tmp_path / "multilingual-e5-tiny", prompts={"query": "hỏi: ", name: "đoạn: "})
    assert_embeds(str(folder), folder, query="hỏi: ", passage="đoạn: ")


def test_the_prefixes_of_the_settings_reach_the_model(tiny: Path) -> None:
    settings = Settings(embedding=str(tiny), embedding_query_prefix="Q ", embedding_passage_prefix="P ")
    assert_embeds(settings.embedding_model, tiny, query="Q ", passage="P ")


def test_questions_and_passages_share_one_loaded_model(tiny: Path) -> None:
    passage_embedder(str(tiny)), question_embedder(str(tiny))
    assert models.load_sentence_transformer.cache_info().misses == 1


def test_reports_are_indexed_and_answered_from_with_a_transformer(
    three_reports: Path, tmp_path: Path, tiny: Path
) -> None:
    settings = Settings(reports_dir=three_reports, index_dir=tmp_path / "index", embedding=str(tiny))
    bot = Assistant.open(settings)
    manifest = store.read_manifest(settings.index_dir)
    assert manifest is not None
    assert (manifest.embedding, manifest.dimension, manifest.fingerprint) == (str(tiny), 32, fingerprint(str(tiny)))
    texts = [
        bot.index.reports[passage.report].text[window.start : window.end]
        for passage in bot.index.passages
        for window in windows(passage)
    ]
    np.testing.assert_allclose(bot.index.vectors(), as_is(tiny, texts), atol=1e-5)
    reply = bot.answer("Sơn La có bao nhiêu trạm BTS?")
    assert (reply.status, [citation.report for citation in reply.citations]) == ("answered", ["son-la.md"])
    assert "1.336" in reply.text


def test_another_model_is_named_and_the_reports_are_embedded_anew(
    three_reports: Path, tmp_path: Path, tiny: Path
) -> None:
    other = save_embedding_model(tmp_path / "other", seed=1)
    told: list[str] = []
    built: list[BuildSummary] = []
    for model in (BUNDLED, str(tiny), str(other), str(other)):
        settings = Settings(reports_dir=three_reports, index_dir=tmp_path / "index", embedding=model)
        bot = Assistant.open(settings, noticed=told.append, built=built.append)
    assert len(built) == 3
    assert [re.sub(r".*lập bằng |: cần.*", "", message) for message in told] == [
        f"mô hình nhúng khác ('bundled', 512 chiều) với {str(tiny)!r} đang dùng",
        f"mô hình nhúng khác ({str(tiny)!r}, 32 chiều) với {str(other)!r} đang dùng",
    ]
    assert bot.answer("Sơn La có bao nhiêu trạm BTS?").status == "answered"


def test_another_prefix_of_passages_embeds_them_anew_and_another_of_questions_does_not(
    three_reports: Path, tmp_path: Path, tiny: Path
) -> None:
    index_dir = tmp_path / "index"
    build(three_reports, index_dir, str(tiny))
    before = store.read(index_dir)
    assert is_current(three_reports, index_dir, EmbeddingModel(str(tiny), query_prefix="Q ", passage_prefix=""))
    prefixed = EmbeddingModel(str(tiny), passage_prefix="P ")
    assert not is_current(three_reports, index_dir, prefixed)
    with pytest.raises(IndexMismatchError, match=r"\(cùng tên, nhưng .* tiền tố trước mỗi đoạn đã khác\): cần"):
        check_model(index_dir, prefixed)
    build(three_reports, index_dir, prefixed)
    after = store.read(index_dir)
    assert before is not None
    assert after is not None
    assert after.manifest.fingerprint == f"{before.manifest.fingerprint} + 'P '"
    assert not np.allclose(after.vectors(), before.vectors(), atol=0.01)
    assert is_current(three_reports, index_dir, prefixed)


def test_the_fingerprint_tells_models_apart_and_not_their_places(tmp_path: Path, bundled: Path) -> None:
    shutil.copytree(bundled, tmp_path / "a")
    assert fingerprint(str(tmp_path / "a")) == fingerprint(BUNDLED)
    weights = tmp_path / "a" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00")
    assert fingerprint(str(tmp_path / "a")) != fingerprint(BUNDLED)
    assert fingerprint("hub/model") == "hub/model"
    assert fingerprint("intfloat/e5-base-v2") == "intfloat/e5-base-v2 + 'passage: '"


@pytest.mark.parametrize("file", ["pytorch_model.bin", "vocab.txt", "sentencepiece.bpe.model", "1_Pooling/config.json"])
def test_every_file_of_a_model_is_part_of_its_fingerprint(tmp_path: Path, file: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("a")
    before = fingerprint(str(tmp_path))
    (tmp_path / "README.md").write_text("a")
    assert fingerprint(str(tmp_path)) == before
    path.write_text("b")
    assert fingerprint(str(tmp_path)) != before


def test_batches_are_joined_in_order_and_told_as_they_end() -> None:
    class Lengths:
        dimension = 1

        def encode(self, texts: list[str]) -> Vectors:
            return np.array([[len(text)] for text in texts], dtype=np.float32)

    advanced: list[int] = []
    vectors = encode_in_batches(Lengths(), ["x" * n for n in range(600)], advanced.append)
    assert vectors[:, 0].tolist() == list(range(600))
    assert advanced == [256, 256, 88]
    assert encode_in_batches(Lengths(), [], advanced.append).shape == (0, 1)
