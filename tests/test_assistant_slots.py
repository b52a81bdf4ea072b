from collections.abc import Sequence

import pytest

from assistant import slots
from index.lexicon import canonical_words
from index.words import Word, key


def folded(found: Sequence[Sequence[Word]]) -> list[str]:
    return [" ".join(word.folded for word in words) for words in found]


@pytest.mark.parametrize(
    ("question", "nouns"),
    [
        ("Có bao nhiêu trạm BTS?", ["tram bts"]),
        ("Có mấy tập thể, mấy cá nhân được khen?", ["tap the", "ca nhan"]),
        ("Khen bao nhiêu tập thể, cá nhân?", ["tap the", "ca nhan"]),
        ("Khen bao nhiêu tập thể và cá nhân?", ["tap the", "ca nhan"]),
        ("Trong mấy tháng?", ["thang"]),
        ("Số trạm BTS của tỉnh?", ["tram bts"]),
        ("Nơi có nhiều trạm BTS nhất?", ["tram bts"]),
        ("co bn tram bts", ["tram bts"]),
        ("Doanh thu là bao nhiêu?", [""]),
        ("Ai chủ trì?", []),
        ("Tặng được mấy máy tính bảng?", ["may tinh bang"]),
        ("Có mấy thuê bao di động?", ["thue bao di"]),
        ("Khen bao nhiêu tập thể, cá nhân của Sở?", ["tap the", "ca nhan"]),
        ("So doanh thu bưu chính của hai năm", []),
        ("So số trạm BTS của hai năm", ["tram bts"]),
        ("Thuê bao di động phát triển ra sao?", []),
    ],
)
def test_the_nouns_counted(question: str, nouns: list[str]) -> None:
    assert folded(slots.counted_nouns(question)) == nouns


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        ("Viễn thông bao nhiêu, bưu chính bao nhiêu?", ["vien thong", "buu chinh"]),
        ("Viễn thông bao nhiêu?", []),
        ("Có mấy xã, mấy huyện?", []),
    ],
)
def test_the_words_before_each_question_word(question: str, leads: list[str]) -> None:
    assert folded(slots.leads(question)) == leads


def test_the_subject_is_the_first_run_of_content_words_after_an_opening() -> None:
    question = "Trong năm vừa qua, sóng di động phủ bao nhiêu thôn?"
    content = [word for word in canonical_words(question) if word.folded in ("song", "di", "dong", "thon", "qua")]
    assert [word.folded for word in slots.subject(question, content)] == ["song", "di", "dong"]


@pytest.mark.parametrize("question", ["Ngoài OCOP, có bao nhiêu nông sản?", "Có bao nhiêu nông sản (trừ OCOP)?"])
def test_what_is_left_out(question: str) -> None:
    assert [word.folded for word in slots.left_out(question, canonical_words(question))] == ["ocop"]


def content(question: str, asking: frozenset[str] = frozenset()) -> str:
    found = slots.content_words(canonical_words(question, typed=True), (), asking, accented=True)
    return " ".join(word.folded for word in found)


def test_question_words_and_years_are_no_content() -> None:
    assert content("Năm 2022 có bao nhiêu trạm BTS?") == "tram bts"


def test_words_of_the_kind_are_no_content() -> None:
    assert content("Doanh thu tăng mạnh", frozenset({key("tăng")})) == "doanh thu manh"


def test_the_field_every_report_is_about_counts_only_when_nothing_else_is_asked() -> None:
    assert content("Ngành thông tin và truyền thông có mấy phòng?") == "nganh phong"
    assert content("Thông tin và truyền thông?") == "thong tin va truyen thong"


def test_bao_of_a_subscription_is_content_and_bao_of_how_many_is_not() -> None:
    assert content("Có bao nhiêu thuê bao di động?") == "thue bao di dong"
