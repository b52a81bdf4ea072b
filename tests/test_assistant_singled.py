import pytest

from assistant.singled import (
    extreme_candidates,
    extreme_cells,
    is_of_prize,
    names_a_place,
    narrowed,
    prize_asked,
    prize_candidates,
    singled_out,
)
from assistant.understand import understand
from index.candidates import figure_candidates
from index.clauses import clause_candidates
from tests.test_index_candidates import cut, sentences

PRIZES = (
    "Cuộc thi có 40 bài dự thi. Giải Nhất (9 triệu đồng) trao cho Huyện đoàn Mường Khương với bài thơ; "
    "giải Nhì thuộc về bà Vàng Thị Mỷ, giải Ba là ông Lò Văn Páo; lễ trao giải mở tối 20/10."
)
WINNERS = (
    "Kết quả: ông Lò Văn Páo đạt giải Nhất (được thưởng 5 triệu đồng); đội Sa Pa đạt giải Nhì; 4 giải khuyến khích."
)
MOST = "Toàn tỉnh có 640 tổ, trong đó huyện Bát Xát có nhiều tổ nhất (120 tổ), thị xã Sa Pa ít nhất (31 tổ)."


def told(body: str) -> dict[str, str]:
    """What is told of each prize, by its rank."""
    return {c.noun: cut(c, c.span) for sentence in sentences(body) for c in prize_candidates(sentence)}


def extremes(body: str, sign: int) -> list[str]:
    return [cut(c, c.span) for sentence in sentences(body) for c in extreme_candidates(sentence, sign)]


def test_winners_behind_their_prize() -> None:
    assert told(PRIZES) == {
        "Nhất": "Giải Nhất (9 triệu đồng) trao cho Huyện đoàn Mường Khương với bài thơ",
        "Nhì": "giải Nhì thuộc về bà Vàng Thị Mỷ",
        "Ba": "giải Ba là ông Lò Văn Páo",
    }


def test_winners_before_their_prize() -> None:
    found = told(WINNERS)
    assert found["Nhất"] == "ông Lò Văn Páo đạt giải Nhất (được thưởng 5 triệu đồng)"
    assert found["Nhì"] == "đội Sa Pa đạt giải Nhì"


def test_the_contest_may_be_named_sentences_before_the_prize() -> None:
    second = [c for sentence in sentences(PRIZES) for c in prize_candidates(sentence) if c.noun == "Nhì"]
    assert cut(second[0], second[0].heads[-1]) == "Cuộc thi có 40 bài dự thi."


@pytest.mark.parametrize(("prize", "belongs"), [("nhat", True), ("nhi", False), ("ba", False)])
def test_a_figure_belongs_to_one_prize(prize: str, belongs: bool) -> None:
    money = next(c for s in sentences(PRIZES) for c in figure_candidates(s) if cut(c, c.core) == "9 triệu đồng")
    assert is_of_prize(money, prize) is belongs


def test_the_most_and_the_least_are_told_apart() -> None:
    assert extremes(MOST, 1) == ["trong đó huyện Bát Xát có nhiều tổ nhất (120 tổ)"]
    assert extremes(MOST, -1) == ["thị xã Sa Pa ít nhất (31 tổ)"]


@pytest.mark.parametrize(
    ("body", "sign", "stretch"),
    [
        ("Bát Xát dẫn đầu với 91%; Si Ma Cai đứng cuối bảng, 40%.", 1, "Bát Xát dẫn đầu với 91%"),
        ("Bát Xát dẫn đầu với 91%; Si Ma Cai đứng cuối bảng, 40%.", -1, "Si Ma Cai đứng cuối bảng, 40%"),
        ("Tổng đài nhận 900 cuộc, cao điểm là tháng 7 với 310 cuộc.", 1, "cao điểm là tháng 7 với 310 cuộc"),
        (
            "Ba lĩnh vực có nhiều hồ sơ nhất: đất đai, y tế và hộ tịch.",
            1,
            "Ba lĩnh vực có nhiều hồ sơ nhất: đất đai, y tế và hộ tịch",
        ),
        ("Tổng đài nhận 900 cuộc.", 1, None),
    ],
)
def test_what_is_singled_out_with_its_figure(body: str, sign: int, stretch: str | None) -> None:
    assert extremes(body, sign) == ([stretch] if stretch else [])


@pytest.mark.parametrize(
    ("question", "prize", "singles"),
    [
        ("Ai đoạt giải Nhất cuộc thi thơ Lào Cai?", "nhat", True),
        ("Đội nào giành giải khuyến khích ở Lào Cai?", "khuyen khich", True),
        ("Huyện nào của Lào Cai có ít tổ nhất?", "", True),
        ("Tháng cao điểm tổng đài Lào Cai nhận bao nhiêu cuộc?", "", True),
        ("Đội nào về nhất hội thi của Lào Cai?", "nhat", True),
        ("Tỉnh nào về nhất?", "", False),
        ("Chỉ số thành phần nào của Lào Cai xếp thấp nhất, hạng mấy?", "", True),
        ("Lào Cai có bao nhiêu tổ?", "", False),
        ("Lào Cai có ít nhất 600 tổ không?", "", False),
    ],
)
def test_which_questions_single_out(question: str, prize: str, singles: bool) -> None:
    query = understand(question, (), ())
    assert prize_asked(query) == prize
    assert (singled_out(query) is not None) is singles


def test_a_clause_of_the_most_and_the_least_is_cut_to_the_one_asked() -> None:
    (clause,) = clause_candidates(
        sentences("Nhân lực số xếp cao nhất (hạng 7), an toàn mạng xếp thấp nhất (hạng 31).")[0]
    )
    text = clause.sentence.report.text
    asked = {1: "Mảng nào của Lào Cai cao nhất?", -1: "Mảng nào của Lào Cai thấp nhất?", 0: "Lào Cai có mảng nào?"}
    told = {sign: narrowed(clause, understand(question, (), ())).span for sign, question in asked.items()}
    assert text[told[1].start : told[1].end] == "Nhân lực số xếp cao nhất (hạng 7)"
    assert text[told[-1].start : told[-1].end] == "an toàn mạng xếp thấp nhất (hạng 31)"
    assert told[0] == clause.span


RANKED = (
    "| Hạng | Địa phương | Điểm | Số tổ |\n|---|---|---|---|\n"
    "| 1 | Bắc Hà | 82,1 | 40 |\n| 2 | Sa Pa | 79,6 | 98 |\n| 3 | Văn Bàn | 57,8 | 54 |\n"
)


@pytest.mark.parametrize(
    ("question", "cells"),
    [
        ("Huyện nào của Lào Cai đứng đầu bảng xếp hạng?", {("Bắc Hà", "1")}),
        ("Huyện nào của Lào Cai đội sổ bảng xếp hạng?", {("Văn Bàn", "3")}),
        ("Huyện nào của Lào Cai được ít điểm nhất, mấy điểm?", {("Văn Bàn", "57,8"), ("Bắc Hà", "40")}),
        ("Huyện nào của Lào Cai nhiều tổ nhất, bao nhiêu tổ?", {("Bắc Hà", "82,1"), ("Sa Pa", "98")}),
    ],
)
def test_of_a_table_the_cell_with_the_most_or_the_least_of_each_column(
    question: str, cells: set[tuple[str, str]]
) -> None:
    found = extreme_cells(sentences(RANKED), understand(question, (), ()))
    assert {(cut(one, one.lead), cut(one, one.core)) for one in found} == cells


def test_no_extreme_is_told_of_a_part_of_the_rows_and_no_total_is_one() -> None:
    query = understand("Huyện nào của Lào Cai nhiều tổ nhất, bao nhiêu tổ?", (), ())
    told = sentences(RANKED)
    assert extreme_cells(told[:-1], query) == []
    whole = sentences(f"{RANKED}| | Toàn tỉnh | 73,2 | 192 |\n")
    assert {(cut(one, one.lead), cut(one, one.core)) for one in extreme_cells(whole, query)} >= {("Sa Pa", "98")}
    assert not any("Toàn tỉnh" in cut(one, one.lead) for one in extreme_cells(whole, query))


def test_a_prize_told_at_the_start_of_a_sentence_is_told_whole() -> None:
    (candidate, *_) = prize_candidates(sentences("Nhóm Bắc Hà đạt giải Nhất (15 triệu đồng).")[0])
    assert cut(candidate, candidate.span).startswith("Nhóm Bắc Hà")


@pytest.mark.parametrize(
    ("body", "named"),
    [("Nhiều nhất là huyện Bát Xát với 120 tổ.", True), ("Đưa DTI vào nhóm 20 tỉnh, thành phố đứng đầu.", False)],
)
def test_a_place_is_told_by_its_name(body: str, named: bool) -> None:
    (found,) = extreme_candidates(sentences(body)[0], 1)
    assert names_a_place(found) is named


def test_prizes_of_a_list_are_told_by_their_rank() -> None:
    told = [c for s in sentences("Nhất: chị Lâm Thị Bích (giáo viên), 8 triệu đồng.") for c in prize_candidates(s)]
    assert [candidate.noun for candidate in told] == ["Nhất"]


def test_a_prize_told_after_its_winner_without_a_verb() -> None:
    assert told("Có 15 đội dự; đội của Công an tỉnh giải Nhất, đội VNPT giải Nhì.")["Nhất"].endswith(
        "Công an tỉnh giải Nhất"
    )
    assert told("Hội thi trao giải Nhất cho đội Sa Pa, giải Nhì cho đội Bảo Yên.")["Nhất"].endswith(
        "giải Nhất cho đội Sa Pa"
    )


@pytest.mark.parametrize(
    ("question", "prize"),
    [
        ("Đội nào vô địch cuộc diễn tập?", "nhat"),
        ("Ai về nhì hội thi tuyên truyền viên số?", "nhi"),
        ("Huyện nào đứng nhất về chuyển đổi số?", ""),
    ],
)
def test_who_came_first_in_a_contest_won_the_first_prize(question: str, prize: str) -> None:
    assert prize_asked(understand(question, (), ())) == prize


def test_prizes_that_are_only_counted_have_no_winner() -> None:
    assert told("26 học sinh dự thi, mang về 1 giải Nhì, 2 giải khuyến khích.") == {}


def test_what_a_prize_is_worth_may_stand_before_its_winners() -> None:
    (prize,) = told("Hai giải Ba, mỗi giải 4 triệu đồng, về tay anh Đỗ Minh Khoa và em Lâm Ngọc Hân.").values()
    assert prize.endswith("em Lâm Ngọc Hân")
