"""What a question asks for, where words that look alike without diacritics could mislead."""

import time

import pytest

from assistant.apart import slots_of
from assistant.named import is_of_smaller_place
from assistant.settle import asks_parts, document_asked
from assistant.singled import prize_asked
from assistant.slogans import slogan_asked, slogan_candidates
from assistant.types import Query
from assistant.understand import understand
from index.candidates import figure_candidates
from index.documents import document_candidates
from tests.test_index_candidates import cut, sentences


def query(question: str) -> Query:
    return understand(question, (), ())


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("Tỉnh ủy có nghị quyết số mấy về chuyển đổi số?", "nghi quyet"),
        ("Số hiệu quyết định giao chỉ tiêu là gì?", "quyet dinh"),
        ("Lào Cai chi cho kế hoạch chuyển đổi số bao nhiêu tiền?", ""),
        ("Chương trình hỗ trợ máy tính do Sở nào chủ trì?", ""),
        ("Chương trình tặng số máy tính bảng là bao nhiêu?", ""),
    ],
)
def test_a_document_is_asked_for_by_its_number(question: str, sort: str) -> None:
    assert document_asked(query(question)) == sort


def test_documents_are_told_up_to_the_next_pause() -> None:
    (told,) = sentences("Thực hiện Nghị quyết số 07-NQ/TU ngày 04/10/2021 của Tỉnh ủy, tỉnh giao 40 nhiệm vụ.")
    (document,) = document_candidates(told)
    assert cut(document, document.span) == "Nghị quyết số 07-NQ/TU ngày 04/10/2021 của Tỉnh ủy"
    assert document.noun == "nghị quyết"


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Truyền thống của ngành gồm những chữ gì?", True),
        ("Phương châm năm 2023 là gì?", True),
        ("Dịch vụ điện thoại truyền thống thay đổi ra sao?", False),
        ("Phương châm được nêu mấy lần?", False),
    ],
)
def test_a_slogan_is_asked_for_by_its_noun(question: str, asks: bool) -> None:
    assert bool(slogan_asked(query(question))) is asks


def test_slogans_stand_behind_their_noun() -> None:
    (told,) = sentences(
        "Ngành phát huy truyền thống “Tận tâm” với phương châm chủ động, quyết liệt trên cơ sở kế hoạch."
    )
    assert [cut(c, c.core) for c in slogan_candidates(told, "truyền thống")] == ["“Tận tâm”"]
    assert [cut(c, c.core) for c in slogan_candidates(told, "phương châm")] == ["chủ động, quyết liệt"]


def test_a_run_of_spaces_behind_a_slogans_noun_takes_no_time() -> None:
    (told,) = sentences(f"Ngành có chủ đề{' ' * 900}x.")
    began = time.monotonic()
    slogan_candidates(told, "chủ đề")
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("question", "prize"),
    [
        ("Ai về nhì cuộc thi hoa ban?", "nhi"),
        ("Hạng ba hội thi thuộc về ai?", "ba"),
        ("Ai được bà Lan trao giải tại hội thi?", ""),
        ("Hội thi được nhất trí tổ chức ở đâu?", ""),
        ("Thị xã nào về ba mục tiêu?", ""),
    ],
)
def test_a_prize_is_asked_for_by_its_rank(question: str, prize: str) -> None:
    assert prize_asked(query(question)) == prize


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Mức độ 3 và mức độ 4 ở Lào Cai lần lượt có bao nhiêu thủ tục?", ["Mức độ 3", "mức độ 4"]),
        ("Bưu chính hay viễn thông nộp ngân sách nhiều hơn, bao nhiêu tiền?", ["Bưu chính", "viễn thông"]),
        ("Doanh thu bưu chính và viễn thông là bao nhiêu?", [""]),
        ("Bưu chính, viễn thông mới thu bao nhiêu doanh thu?", [""]),
    ],
)
def test_things_are_asked_for_one_by_one(question: str, names: list[str]) -> None:
    assert [slot.name for slot in slots_of(query(question))] == names


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Doanh thu bưu chính gồm những khoản nào?", True),
        ("Kinh phí được bao nhiêu, mỗi khoản mấy tỷ?", True),
        ("Kinh phí tập huấn từ nguồn ngân sách tỉnh là bao nhiêu?", False),
        ("Đầu tư phần mềm hết bao nhiêu?", False),
    ],
)
def test_the_parts_of_a_sum_are_asked_for(question: str, asks: bool) -> None:
    assert asks_parts(query(question)) is asks


@pytest.mark.parametrize(
    ("question", "of_it_alone"),
    [
        ("Lào Cai có bao nhiêu tổ?", True),
        ("Thành phố Lào Cai có bao nhiêu tổ?", False),
        ("Toàn tỉnh có bao nhiêu tổ?", True),
    ],
)
def test_a_citys_figure_is_not_the_provinces(question: str, of_it_alone: bool) -> None:
    (told,) = sentences("Thành phố Lào Cai có 121 tổ.")
    (figure,) = figure_candidates(told)
    assert is_of_smaller_place(figure, query(question)) is of_it_alone
