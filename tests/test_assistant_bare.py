import pytest

from assistant.bare import kind_of_phrase
from assistant.kinds import pattern_text
from assistant.types import Asked
from index.lexicon import canonical_words


def kind(question: str) -> Asked | None:
    return kind_of_phrase(pattern_text(question, canonical_words(question, typed=True)))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Trạm BTS Vĩnh Long?", Asked.COUNT),
        ("tram bts ha nam cuoi 2023", Asked.COUNT),
        ("Cho biết số trạm BTS của Lạng Sơn.", Asked.COUNT),
        ("Tổng số thuê bao di động Sơn La", Asked.COUNT),
        ("Hạng PAR INDEX năm 2022 của An Giang", Asked.RANK),
        ("Cho tôi biết điểm DTI năm 2023", Asked.SCORE),
        ("Tỷ lệ hồ sơ trực tuyến Cà Mau", Asked.PERCENT),
        ("Doanh số bán qua Postmart", Asked.MONEY),
        ("Hạn chót sáp nhập sở", Asked.WHEN),
    ],
)
def test_the_head_of_a_bare_phrase_tells_the_kind(question: str, asked: Asked) -> None:
    assert kind(question) is asked


@pytest.mark.parametrize(
    "question",
    ["Điểm bưu điện xã nào mới mở?", "báo cáo Đắk Nông", "Ai ký báo cáo?", "Điểm mới của hội nghị", "Chào bạn"],
)
def test_what_asks_or_has_no_telling_head_is_left_alone(question: str) -> None:
    assert kind(question) is None
