import pytest
import tiktoken

from index.tokens import ENCODING, count_tokens


def test_the_vocabulary_is_our_own_and_found_by_tiktoken() -> None:
    assert tiktoken.get_encoding(ENCODING).name == "hoi-dap-bao-cao"


@pytest.mark.parametrize(("text", "count"), [("", 0), ("thông tin", 2), ("Đắk Nông", 2)])
def test_vietnamese_syllables_cost_about_a_token(text: str, count: int) -> None:
    assert count_tokens(text) == count


@pytest.mark.parametrize("text", ["<|endoftext|>", "trạm 🛰 𝕏 \u200b", "1.167 trạm BTS (99,7%)\r\n\tở Đắk Nông"])
def test_any_text_comes_back_from_its_tokens(text: str) -> None:
    encoding = tiktoken.get_encoding(ENCODING)
    assert encoding.decode(encoding.encode_ordinary(text)) == text
