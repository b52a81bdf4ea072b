import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index import embed
from index.embed import (
    BUNDLED,
    SentenceTransformerEmbedder,
    TokenTableEmbedder,
    Vectors,
    encode_in_batches,
    fingerprint,
    model_folder,
    question_embedder,
)
from index.errors import EmbeddingError

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
    embed._sentence_transformer.cache_clear()


@pytest.fixture(scope="module")
def bundled() -> Path:
    folder = model_folder(BUNDLED)
    assert folder is not None
    return folder


def test_reading_the_token_table_gives_the_vectors_of_sentence_transformers(bundled: Path) -> None:
    ours, theirs = TokenTableEmbedder(bundled), SentenceTransformerEmbedder(BUNDLED)
    assert ours.dimension == theirs.dimension == 256
    np.testing.assert_allclose(ours.encode(TEXTS), theirs.encode(TEXTS), atol=1e-3)


def test_vectors_are_float32_rows_of_length_one(bundled: Path) -> None:
    vectors = TokenTableEmbedder(bundled).encode(TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)


def test_a_text_without_tokens_gives_a_zero_row(bundled: Path) -> None:
    assert TokenTableEmbedder(bundled).encode(["", "  "]).tolist() == np.zeros((2, 256)).tolist()


def test_no_texts_give_no_rows(bundled: Path) -> None:
    assert TokenTableEmbedder(bundled).encode([]).shape == (0, 256)


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
    asked: list[str] = []

    class Recorder:
        def __init__(self, name: str) -> None:
            asked.append(name)

    monkeypatch.setattr(embed, "SentenceTransformerEmbedder", Recorder)
    assert isinstance(question_embedder(str(folder)), Recorder)
    assert asked == [str(folder)]


def test_a_model_on_disk_of_one_token_table_needs_no_torch_either(tmp_path: Path, bundled: Path) -> None:
    shutil.copytree(bundled, tmp_path / "model")
    assert isinstance(question_embedder(str(tmp_path / "model")), TokenTableEmbedder)


def test_a_folder_that_is_no_model_is_told() -> None:
    with pytest.raises(EmbeddingError, match=r"^Thư mục '.*tests' không phải mô hình .* thiếu modules\.json\.$"):
        question_embedder(str(Path(__file__).parent))


def test_a_model_that_is_nowhere_is_told_with_the_remedy() -> None:
    with pytest.raises(
        EmbeddingError, match=r"^Không nạp được mô hình nhúng 'no/such-model': .* bỏ ASSISTANT_EMBEDDING"
    ):
        question_embedder("no/such-model")


def test_the_fingerprint_tells_models_apart_and_not_their_places(tmp_path: Path, bundled: Path) -> None:
    shutil.copytree(bundled, tmp_path / "a")
    assert fingerprint(str(tmp_path / "a")) == fingerprint(BUNDLED)
    weights = tmp_path / "a" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00")
    assert fingerprint(str(tmp_path / "a")) != fingerprint(BUNDLED)
    assert fingerprint("hub/model") == "hub/model"


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
