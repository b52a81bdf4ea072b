import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from assistant.chain import Assistant
from assistant.cli_eval import read_questions
from assistant.evaluation import Question, judge
from assistant.feedback import Feedback, Reason
from assistant.feedback_questions import category, question_of, set_of
from assistant.types import Answer, Check, Citation, Message

BUNDLED = Path(__file__).parent / "bundled_questions.jsonl"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
HISTORY = (Message("user", "Đắk Nông có bao nhiêu trạm BTS?"), Message("assistant", "1.167 trạm."))


def answer(question: str, text: str, *figures: str, unsupported: str = "", quote: str = "") -> Answer:
    """An answer whose figures are checked; ``quote``: what it cites, by default its own text."""
    checks = [Check(figure, text.index(figure), text.index(figure) + len(figure), True, "") for figure in figures]
    if unsupported:
        start = text.index(unsupported)
        checks.append(Check(unsupported, start, start + len(unsupported), False, ""))
    cited = Citation(1, "a.txt", "Tổng kết", "Đắk Nông", 2023, "Báo", 0, 9, quote or text, "c0ffee")
    return Answer(question, text, "answered", (cited,), tuple(checks), (), "extractive", 1.0)


def abstention(question: str) -> Answer:
    return Answer(question, "Các báo cáo không nêu điều này.", "abstained", (), (), (), "extractive", 1.0)


def said(
    given: Answer, rating: Literal["up", "down"] = "up", reason: Reason | Literal[""] = "", note: str = ""
) -> Feedback:
    return Feedback(rating, reason, note, given, (), NOW)


BTS = answer("Đắk Nông có bao nhiêu trạm BTS?", "Có 1.167 trạm [1]", "1.167")


# --- what a right answer must tell


@pytest.mark.parametrize(
    ("question", "text", "figures", "must"),
    [
        ("Có bao nhiêu trạm BTS?", "Có gần 1.167 trạm [1]", ["gần 1.167"], [("1.167",)]),
        ("Có bao nhiêu trạm BTS?", "Có 905 trạm [1]", ["905"], [("905",)]),
        ("Thêm bao nhiêu trạm?", "Thêm 44 trạm [1]", ["44"], [("44 trạm",)]),
        ("Mấy cá nhân được khen?", "Tặng 3 cá nhân [1]", ["3"], [("3 cá", "03 cá")]),
        ("Mấy cá nhân được khen?", "Tặng 03 cá nhân [1]", ["03"], [("03 cá", "3 cá")]),
        ("Mấy cá nhân được khen?", "Tặng ba cá nhân [1]", ["ba"], [("ba cá", "3 cá", "03 cá")]),
        ("Được bao nhiêu điểm?", "Đạt 84,86 điểm [1]", ["84,86"], [("84,86",)]),
        ("Tỷ lệ là bao nhiêu?", "Đạt 87,5 % [1]", ["87,5 %"], [("87,5%", "87,5 phần trăm")]),
        ("Doanh thu bao nhiêu?", "Ước đạt 150 tỷ đồng [1]", ["Ước đạt 150 tỷ đồng"], [("150 tỷ", "150 tỉ")]),
        ("Thưởng bao nhiêu tiền?", "Là 500.000 đồng [1]", ["500.000 đồng"], [("500.000 đồng",)]),
        ("Xếp thứ mấy?", "Xếp thứ 6 [1]", ["thứ 6"],
         [("thứ 6", "thứ 06", "hạng 6", "hạng 06", "vị trí 6", "vị trí 06")]),
        ("Xếp hạng mấy?", "Đứng hạng 37/63 [1]", ["hạng 37/63"], [("thứ 37", "hạng 37", "vị trí 37", "37/63")]),
        ("Nối tới bao nhiêu huyện?", "Nối 10/10 huyện [1]", ["10/10"], [("10/10", "10 trên 10")]),
        ("Họp ngày nào?", "Họp chiều ngày 4/12 [1]", ["4/12"],
         [("4/12", "04/12", "4 tháng 12", "04 tháng 12")]),
        ("Họp ngày nào?", "Họp ngày 12 tháng 10 năm 2023 [1]", ["ngày 12 tháng 10 năm 2023"],
         [("12/10/2023", "12 tháng 10 năm 2023")]),
        ("Kết nối từ khi nào?", "Từ tháng 02/2023 [1]", ["tháng 02/2023"],
         [("2/2023", "2 năm 2023", "02/2023", "02 năm 2023")]),
        ("Bài đăng lúc mấy giờ?", "Đăng lúc 8:02 [1]", ["8:02"],
         [("8:02", "8h02", "8 giờ 02", "08:02", "08h02", "08 giờ 02")]),
        ("Tăng bao nhiêu?", "Tăng gấp đôi so với năm 2022 [1]", ["gấp đôi", "2022"], [("gấp đôi",)]),
    ],
)  # fmt: skip
def test_a_figure_may_be_written_in_other_ways(
    question: str, text: str, figures: list[str], must: list[tuple[str, ...]]
) -> None:
    made = question_of("q", answer(question, text, *figures))
    assert made is not None
    assert list(made.must) == must


@pytest.mark.parametrize(
    ("question", "text", "figures", "must"),
    [
        ("Tỷ lệ năm 2023?", "Có 12 xã, đạt 27%, so với năm 2022 [1]", ["12", "27%", "2022"], "27%"),
        ("Có bao nhiêu xã?", "Ngày 4/1/2024, có 71 xã, đạt 27% [1]", ["4/1/2024", "71", "27%"], "71 xã"),
        ("Thu bao nhiêu tiền?", "Có 12 dự án, thu 90 tỷ đồng [1]", ["12", "90 tỷ đồng"], "90 tỷ"),
        ("Họp ngày nào?", "Chiều ngày 24/12, 5 sở họp bàn việc năm 2025 [1]", ["24/12", "5", "2025"], "24/12"),
        ("Cao điểm nhận bao nhiêu cuộc gọi?", "Cao điểm là tháng 8 với 940 cuộc [1]", ["8", "940"], "940"),
        ("Trong 44 trạm mới có bao nhiêu trạm 5G?", "Trong 44 trạm có 12 trạm 5G [1]", ["44", "12"], "12 trạm"),
        ("Chênh lệch BTS của A và B là bao nhiêu?",
         "chênh lệch 611 trạm, tính từ [1] và [2].\n- A: 874 trạm [1]\n- B: 263 trạm [2]", ["611", "874"], "611"),
    ],
)  # fmt: skip
def test_only_the_figure_asked_for_is_wanted(question: str, text: str, figures: list[str], must: str) -> None:
    made = question_of("q", answer(question, text, *figures))
    assert made is not None
    assert [group[0] for group in made.must] == [must]


def test_what_is_computed_of_a_comparison_is_not_wanted_where_it_is_not_asked_for() -> None:
    text = "Cao hơn: **A**, chênh lệch 611 trạm, tính từ [1] và [2].\n- A: 874 trạm [1]\n- B: 263 trạm [2]"
    made = question_of("q", answer("So sánh số trạm BTS của Lạng Sơn và Hà Nam", text, "611", "874", "263"))
    assert made is not None
    assert (made.must, made.category) == ((("874",), ("263",)), "comparison")


def test_of_the_largest_only_its_own_figure_is_wanted() -> None:
    text = "Cao nhất: **A**.\n- A: 874 trạm [1]\n- B: 263 trạm [2]"
    made = question_of("q", answer("Tỉnh nào nhiều trạm BTS nhất?", text, "874", "263"))
    assert made is not None
    assert made.must == (("874",),)


@pytest.mark.parametrize(
    ("question", "text", "figures"),
    [
        ("Giám đốc Sở là ai?", "Ông A, 54 tuổi, nhận 3 bằng khen [1]", ["3"]),
        ("Hội nghị họp ở đâu?", "Tại phòng 12 tầng [1]", ["12"]),
        ("Chủ đề năm 2024 là gì?", "Chủ đề gồm 3 việc lớn [1]", ["3"]),
        ("Tất cả xã đã có mạng chưa?", "Chưa. Có 12 xã [1]", ["12"]),
        ("Có bao nhiêu trạm BTS?", "Nhiều trạm [1]", []),
        ("Đạt mấy?", "Đạt 5 [1]", ["5"]),
    ],
)
def test_an_answer_that_no_figure_tells_makes_no_question(question: str, text: str, figures: list[str]) -> None:
    assert question_of("q", answer(question, text, *figures)) is None


def test_a_figure_that_no_quote_supports_is_not_wanted() -> None:
    told = answer("Có bao nhiêu trạm BTS?", "Có 905 trạm, 1.167 cột [1]", "905", unsupported="1.167")
    made = question_of("q", told)
    assert made is not None
    assert made.must == (("905",),)
    assert question_of("q", answer("Có bao nhiêu trạm BTS?", "Có 905 trạm [1]", unsupported="905")) is None


def test_the_bare_number_does_where_the_quote_is_the_row_of_a_table() -> None:
    told = answer(
        "Doanh thu bao nhiêu?", "Doanh thu: 68,2 tỷ đồng [1]", "68,2 tỷ đồng", quote="| tỷ đồng | 61,5 | 68,2 |"
    )
    made = question_of("q", told)
    assert made is not None
    assert made.must == (("68,2 tỷ", "68,2 tỉ", "68,2"),)
    assert judge(made, told).cited


def test_an_answer_too_long_to_be_right_makes_no_question() -> None:
    assert question_of("q", answer("Có bao nhiêu trạm BTS?", f"Có 905 trạm {'x' * 700}", "905")) is None


@pytest.mark.parametrize("figure", ["", "không có", "9" * 50])
def test_forged_checks_make_no_question_and_no_error(figure: str) -> None:
    told = replace(BTS, checks=(Check(figure, 50, 900, True, ""), Check(figure, 0, 0, True, "")))
    assert question_of("q", told) is None


def test_an_abstention_makes_a_question_the_reports_do_not_tell() -> None:
    made = question_of(7, abstention("Ai là thủ tướng Anh?"), HISTORY)
    assert made == Question(7, "Ai là thủ tướng Anh?", (), "unanswerable", (), (), HISTORY)


# --- kinds of questions


@pytest.mark.parametrize(
    ("question", "history", "kind"),
    [
        ("Còn Phú Thọ thì sao?", HISTORY, "followup"),
        ("dak nong co bao nhieu tram bts", (), "no_diacritics"),
        ("Năm 2024 phấn đấu tỷ lệ hồ sơ trực tuyến đạt bao nhiêu?", (), "target"),
        ("Họp ngày nào?", (), "date_place"),
        ("Giám đốc Sở là ai?", (), "name"),
        ("?", (), "no_diacritics"),
        ("", (), "no_diacritics"),
        ("\ud800", (), "no_diacritics"),
    ],
)
def test_the_kind_of_a_question_is_told_by_its_words(question: str, history: tuple[Message, ...], kind: str) -> None:
    assert category(question, history) == kind


def test_most_questions_get_the_kind_that_people_gave_them() -> None:
    asked = [question for question in read_questions(BUNDLED) if question.must]
    agreed = [category(question.question, question.history) == question.category for question in asked]
    assert len(agreed) >= 48
    assert sum(agreed) / len(agreed) >= 0.8


# --- sets


def test_what_was_rated_right_is_written_as_the_evaluation_sets_are() -> None:
    (row,) = set_of([said(BTS)])
    assert row == {
        "id": row["id"],
        "question": "Đắk Nông có bao nhiêu trạm BTS?",
        "category": "figure",
        "reports": ("a.txt",),
        "answer": "Có 1.167 trạm [1]",
        "must": (("1.167",),),
        "must_not": (),
        "evidence": ["Có 1.167 trạm [1]"],
        "history": [],
    }
    assert [*row] == [*json.loads(BUNDLED.read_text("utf-8").splitlines()[0])]


def test_an_abstention_rated_right_is_a_question_without_must() -> None:
    (row,) = set_of([said(abstention("Ai là thủ tướng Anh?"))])
    assert (row["category"], row["must"], row["answer"], row["evidence"]) == ("unanswerable", (), "", [])
    assert "review" not in row


def test_what_was_rated_down_waits_for_a_person() -> None:
    (row,) = set_of([said(BTS, "down", Reason.WRONG_FIGURE, "1.176"), said(BTS, "down", Reason.OTHER)])
    assert "must" not in row
    assert row["answer"] == ""
    assert (row["review"], row["why"], row["category"]) == (True, "rated_down", "figure")
    assert (row["reason"], row["note"]) == ("wrong_figure, other", "1.176")
    assert row["said"] == [{"rating": "down", "status": "answered", "text": "Có 1.167 trạm [1]"}] * 2


@pytest.mark.parametrize(
    "other",
    [
        said(BTS, "down"),
        said(abstention("ĐẮK NÔNG có  bao nhiêu trạm BTS?")),
        said(answer("Đắk Nông có bao nhiêu trạm BTS?", "Có 1.168 trạm [1]", "1.168")),
        said(answer("Đắk Nông có bao nhiêu trạm BTS?", "Có nhiều trạm [1]")),
    ],
    ids=["rated down", "an abstention", "another figure", "no figure"],
)
def test_ratings_that_contradict_each_other_wait_for_a_person(other: Feedback) -> None:
    for group in ([said(BTS), other], [other, said(BTS)]):
        (row,) = set_of(group)
        assert (row["review"], row["why"], "must" in row) == (True, "contradicting", False)


def test_ratings_that_agree_make_one_question() -> None:
    rows = set_of([said(BTS), said(replace(BTS, elapsed_ms=9.0)), said(replace(BTS, text="1.167 trạm."))])
    assert len(rows) == 1


def test_an_answer_without_figures_rated_right_waits_for_a_person() -> None:
    (row,) = set_of([said(answer("Giám đốc Sở là ai?", "Ông A [1]"))])
    assert (row["review"], row["why"], row["category"]) == (True, "no_figures", "name")


def test_a_question_keeps_its_id_and_another_has_another() -> None:
    follow_up = replace(said(BTS), history=HISTORY)
    rows = set_of([said(BTS), follow_up, said(abstention("Khác?"))])
    again = set_of([said(replace(BTS, question=" đắk nông có bao nhiêu TRẠM BTS?"), "down")])
    assert len({row["id"] for row in rows}) == 3
    assert again[0]["id"] == rows[0]["id"]
    assert rows[1]["history"] == [asdict(turn) for turn in HISTORY]


def test_no_feedback_makes_no_question() -> None:
    assert set_of([]) == []


# --- the bundled reports


def test_questions_made_of_right_answers_take_these_and_what_people_would_answer(bot: Assistant) -> None:
    references = {row["id"]: row["answer"] for row in map(json.loads, BUNDLED.read_text("utf-8").splitlines())}
    made = refused = 0
    for question in read_questions(BUNDLED):
        given = bot.answer(question.question, [asdict(turn) for turn in question.history])
        if not question.must or not judge(question, given).right:
            continue
        learnt = question_of(question.id, given, question.history)
        if learnt is not None:
            made += 1
            assert judge(learnt, given).cited, question.question
            refused += not judge(learnt, replace(given, text=str(references[question.id]))).right
    assert made >= 30
    assert refused == 0
