import base64

import pytest
import tiktoken

from tiktoken_ext.hoi_dap_bao_cao import SPLIT
from training.vocabulary import dump, train

TEXTS = ["Sở Thông tin và Truyền thông tỉnh Đắk Nông có 1.167 trạm BTS.", "trạm viễn thông"] * 5
STRANGE = [
    "",
    "Đắk Nông: 99,29% xã có cáp quang.",
    "Tie\u0302\u0301ng Vie\u0323\u0302t",
    "😀👩\u200d👩\u200d👧 漢字 \u2028 dòng",
    "\x00\x01\x1f\t\r\n\n  \x7f \ufeff",
    "<|endoftext|>",
]


def test_a_vocabulary_begins_with_all_bytes_in_their_order() -> None:
    ranks = train(TEXTS, 300)
    assert [ranks[bytes([byte])] for byte in range(256)] == list(range(256))
    assert sorted(ranks.values()) == list(range(300))


def test_training_twice_gives_the_same_vocabulary() -> None:
    assert train(TEXTS, 300) == train(TEXTS, 300)


@pytest.mark.parametrize("text", STRANGE)
def test_a_small_vocabulary_round_trips_any_text(text: str) -> None:
    small = tiktoken.Encoding("small", pat_str=SPLIT, mergeable_ranks=train(TEXTS, 300), special_tokens={})
    assert small.decode(small.encode_ordinary(text)) == text


def test_the_file_holds_base64_and_rank() -> None:
    assert dump({b"a": 0, " Đắk".encode(): 1}) == f"YQ== 0\n{base64.b64encode(' Đắk'.encode()).decode()} 1\n"


@pytest.mark.parametrize("text", STRANGE)
def test_the_shipped_vocabulary_round_trips_any_text(text: str) -> None:
    shipped = tiktoken.get_encoding("hoi-dap-bao-cao")
    assert shipped.decode(shipped.encode_ordinary(text)) == text


def test_the_shipped_vocabulary_knows_vietnamese_syllables() -> None:
    shipped = tiktoken.get_encoding("hoi-dap-bao-cao")
    text = "Sở Thông tin và Truyền thông tỉnh Đắk Nông"
    assert [shipped.decode([token]) for token in shipped.encode_ordinary(text)] == [
        "Sở", " Thông", " tin", " và", " Truyền", " thông", " tỉnh", " Đắk", " Nông",
    ]  # fmt: skip
    assert len(shipped.encode_ordinary(text)) < len(text.encode()) / 4
