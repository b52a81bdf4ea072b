import pytest

from assistant.choose import counted
from index.candidates import figure_candidates
from tests.test_index_candidates import sentences


@pytest.mark.parametrize(
    ("body", "noun"),
    [("Tỉnh lắp mới 64 trạm BTS.", "trạm BTS"), ("Doanh thu giảm 2,4%.", ""), ("Tỉnh thu 9 tỷ đồng.", "")],
)
def test_what_a_plain_number_counts(body: str, noun: str) -> None:
    assert counted(figure_candidates(sentences(body)[0])[0]) == noun
