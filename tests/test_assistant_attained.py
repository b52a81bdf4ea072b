"""How many aims were met, missed, exceeded or set, each asked for."""

import pytest

from assistant.attained import attained_first
from tests.rankings import probable, ranking

OF_ALL = "Trong 22 chỉ tiêu được giao, ngành có 19 chỉ tiêu đạt, còn 3 chỉ tiêu không đạt."
LED = "Trong 24 chỉ tiêu UBND tỉnh giao, ngành hoàn thành 20, còn 4 chỉ tiêu chưa hoàn thành."
PARTED = "Sở có 9 chỉ tiêu vượt, 6 chỉ tiêu đạt và 5 chỉ tiêu không đạt kế hoạch."
TOGETHER = "Đến cuối năm đạt và vượt 26/31 chỉ tiêu; 5 chỉ tiêu chưa đạt. Sở mở 12 lớp."


@pytest.mark.parametrize(
    ("body", "question", "answer"),
    [
        (OF_ALL, "Có bao nhiêu chỉ tiêu không đạt", ["3"]),
        (OF_ALL, "Còn mấy chỉ tiêu chưa đạt", ["3"]),
        (OF_ALL, "Bao nhiêu chỉ tiêu đạt", ["19"]),
        (OF_ALL, "Được giao bao nhiêu chỉ tiêu", ["22"]),
        (OF_ALL, "Có bao nhiêu chỉ tiêu", ["22", "19", "3"]),
        (LED, "Ngành hoàn thành mấy chỉ tiêu", ["20"]),
        (LED, "Mấy chỉ tiêu chưa hoàn thành", ["4"]),
        (PARTED, "Bao nhiêu chỉ tiêu vượt kế hoạch", ["9"]),
        (PARTED, "Bao nhiêu chỉ tiêu không đạt", ["5"]),
        (TOGETHER, "Đạt bao nhiêu chỉ tiêu", ["26/31", "12"]),
        (TOGETHER, "Đạt và vượt bao nhiêu chỉ tiêu", ["26/31", "12"]),
        (TOGETHER, "Hụt bao nhiêu chỉ tiêu", ["5", "12"]),
    ],
)
def test_aims_of_the_state_asked_for_are_told(body: str, question: str, answer: list[str]) -> None:
    assert probable(ranking(attained_first, body, question)) == answer
