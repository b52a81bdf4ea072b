"""What a question asks for, where words that look alike without diacritics could mislead."""

import time

import pytest

from assistant.apart import slots_of
from assistant.named import is_of_smaller_place
from assistant.settle import asks_parts, asks_several, document_asked
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


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("Ngành bưu chính Bình Định làm ra bao nhiêu tiền năm 2023?", False),  # "định làm" is no plan
        ("Nam Định đưa ra bao nhiêu quyết định xử phạt?", False),
        ("Bao nhiêu chỉ tiêu của Vĩnh Long về đích sớm?", False),
        ("Bình Định định làm bao nhiêu trạm 5G?", True),
    ],
)
def test_the_name_of_a_province_plans_nothing(question: str, target: bool) -> None:
    assert query(question).target is target


def test_a_noun_does_not_go_on_with_the_name_of_a_province() -> None:
    (noun,) = query("Bao nhiêu người dân Thái Bình được cấp chữ ký số?").wanted
    assert [word.folded for word in noun] == ["nguoi", "dan"]


def test_a_result_and_its_plan_are_asked_for_apart() -> None:
    slots = slots_of(query("Thái Bình nộp ngân sách được bao nhiêu tỷ, kế hoạch giao là mấy?"))
    assert [slot.query.target for slot in slots] == [False, True]


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Ba mặt hàng nào của Thanh Hóa bán chạy nhất?", True),
        ("Huyện nào nhiều chợ nhất, huyện nào thứ nhì?", True),
        ("Năm 2023 huyện nào nhiều chợ nhất?", False),
        ("Bà giám đốc nói gì?", False),
    ],
)
def test_more_than_one_thing_may_be_asked_for(question: str, several: bool) -> None:
    assert asks_several(query(question)) is several


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("Tổng đài 1022 nhận bao nhiêu cuộc gọi?", False),
        ("Hội nghị tổng kết có bao nhiêu đại biểu?", False),
        ("Các nhà mạng xài chung mấy vị trí trạm?", False),
        ("Tổng cộng bao nhiêu cuộc gọi?", True),
    ],
)
def test_a_word_that_only_begins_so_asks_for_no_sum(question: str, total: bool) -> None:
    assert query(question).total is total
