from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.points import Collected, Point, alike, collect, points_of
from assistant.types import Answer, Check, Citation
from index.errors import QuestionError
from index.numbers import Kind


def citation(marker=1, province="Đắk Nông", year=2023):
    return Citation(marker, f"{marker}.md", "Tổng kết", province, year, "Báo A", 0, 5, "trích", "00")


DAK_NONG, PHU_THO = citation(), citation(2, "Phú Thọ", 2022)


def answer(text, *figures, citations=(DAK_NONG, PHU_THO), status="answered", wrong=()):
    """An answer whose figures, told in order, hold but for those that are wrong."""
    checks, at = [], 0
    for figure in figures:
        at = text.index(figure, at)
        checks.append(Check(figure, at, at + len(figure), figure not in wrong, ""))
        at += len(figure)
    return Answer("Hỏi?", text, status, citations, tuple(checks), (), "extractive", 1.0)


def told(given):
    return [(point.province, point.year, point.written) for point in points_of(given)]


def point(value, kind=Kind.NUMBER, unit="", planned=False, province="Đắk Nông", year=2023):
    return Point(province, year, str(value), Decimal(value), unit, kind, planned, citation(1, province, year))


# --- the points of an answer


def test_a_line_gives_its_figure_with_its_proof():
    given = answer("**Đắk Nông (2023):** Có gần 1.167 trạm [1]", "gần 1.167")
    assert points_of(given) == (
        Point("Đắk Nông", 2023, "gần 1.167 trạm", Decimal(1167), "", Kind.NUMBER, False, DAK_NONG),
    )


def test_points_come_in_the_order_of_the_lines():
    text = "- **Phú Thọ (2022):** Thu 3.311 tỷ đồng [2]\n- **Đắk Nông (2023):** Thu 165 tỷ đồng [1]"
    assert [(p.province, p.value, p.unit) for p in points_of(answer(text, "3.311 tỷ đồng", "165 tỷ đồng"))] == [
        ("Phú Thọ", Decimal(3_311 * 10**9), "đồng"),
        ("Đắk Nông", Decimal(165 * 10**9), "đồng"),
    ]


def test_a_line_gives_its_first_figure_that_holds():
    text = "**Đắk Nông (2023):** Có 44 trạm mới, tổng số 1.167 trạm [1]"
    assert told(answer(text, "44", "1.167")) == [("Đắk Nông", 2023, "44")]
    assert told(answer(text, "44", "1.167", wrong=["44"])) == [("Đắk Nông", 2023, "1.167 trạm")]
    assert told(answer(text, "44", "1.167", wrong=["44", "1.167"])) == []


def test_a_figure_without_a_verdict_gives_no_point():
    assert told(answer("**Đắk Nông (2023):** Có 44 trạm [1]")) == []


def test_lines_without_a_heading_give_no_point():
    text = "Cao hơn: **Phú Thọ**, chênh lệch 35 trạm, tính từ [1] và [2].\n- **Phú Thọ (2022):** Có 79 trạm [2]"
    assert told(answer(text, "35", "79")) == [("Phú Thọ", 2022, "79 trạm")]


def test_the_heading_is_no_figure():
    text = "**Đắk Nông (2023):** Có 44 trạm [1]"
    assert told(answer(text, "2023", "44")) == [("Đắk Nông", 2023, "44 trạm")]


def test_the_year_is_that_of_the_heading_else_of_the_report():
    assert told(answer("**Đắk Nông (2021):** Có 44 trạm [1]", "44")) == [("Đắk Nông", 2021, "44 trạm")]
    assert told(answer("**Đắk Nông:** Có 44 trạm [1]", "44")) == [("Đắk Nông", 2023, "44 trạm")]
    undated = citation(year=None)
    assert told(answer("**Đắk Nông:** Có 44 trạm [1]", "44", citations=[undated])) == [("Đắk Nông", None, "44 trạm")]


@pytest.mark.parametrize("heading", ["Đề án 06", "Đắk Nông ²", "Đắk Nông " + "9" * 5000, "Đắk Nông 12023", "٢٠٢٣"])
def test_numbers_of_a_heading_that_are_no_year_are_none(heading):
    assert told(answer(f"**{heading}:** Có 44 trạm [1]", "44")) == [("Đắk Nông", 2023, "44 trạm")]


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("Họp chiều 12/1 [1]", "12/1"),
        ("Họp ngày 04/01/2024 [1]", "04/01/2024"),
        ("Làm xong năm 2023 [1]", "2023"),
        ("Kéo dài 6 tháng [1]", "6 tháng"),
        ("Họp lúc 14 giờ 30 [1]", "14 giờ 30"),
    ],
)
def test_days_years_and_times_give_no_point(said, figure):
    assert told(answer(f"**Đắk Nông (2023):** {said}", figure)) == []


def test_the_citation_is_the_one_behind_the_figure():
    text = "**Đắk Nông (2023):** Theo báo cáo [1], có 44 trạm [2]"
    assert [p.citation for p in points_of(answer(text, "44"))] == [PHU_THO]
    assert [p.citation for p in points_of(answer("**Đắk Nông (2023):** Theo [1], có 44 trạm", "44"))] == [DAK_NONG]


@pytest.mark.parametrize("marker", ["", "[3]", "[0]", "[9999]", r"\[1\]", "[99999]"])
def test_a_figure_without_a_known_citation_gives_no_point(marker):
    assert told(answer(f"**Đắk Nông (2023):** Có 44 trạm {marker}", "44")) == []


def test_a_report_without_a_province_gives_no_point():
    assert told(answer("**Báo cáo (2023):** Có 44 trạm [1]", "44", citations=[citation(province="")])) == []


@pytest.mark.parametrize(
    ("line", "planned"),
    [
        ("**Đắk Nông (mục tiêu 2024):** Có 44 trạm [1]", True),
        ("**Đắk Nông (kế hoạch 2023):** Có 44 trạm [1]", True),
        ("**Đắk Nông (2023):** Kế hoạch năm 2023 lắp đặt 44 trạm [1]", True),
        ("**Đắk Nông (2023):** Có 44 trạm, vượt kế hoạch [1]", False),
    ],
)
def test_a_plan_is_told_from_a_result(line, planned):
    assert [p.planned for p in points_of(answer(line, "44"))] == [planned]


def test_an_answer_without_text_gives_no_point():
    assert points_of(answer("")) == ()


# --- which points may stand in one chart


def test_points_of_another_kind_or_unit_are_left_out():
    shares = [point(80, Kind.PERCENT, "%"), point(90, Kind.PERCENT, "%")]
    assert alike([*shares, point(44)]) == tuple(shares)
    assert alike([point(44, Kind.MONEY, "USD"), *shares]) == tuple(shares)
    assert alike([]) == ()


def test_of_a_ratio_the_first_number_counts():
    points = [point(44), point(624, Kind.RATIO)]
    assert alike(points) == tuple(points)


def test_a_plan_does_not_stand_beside_results():
    results = [point(44), point(45)]
    assert alike([point(120, planned=True), *results]) == tuple(results)


# --- the figures of one indicator


def replies(lines):
    """Answers by the side asked about; a side that is not there is not told."""

    def ask(question):
        side = next((side for side in lines if f"của {side[0]} năm {side[1]} " in question), None)
        if side is None:
            return answer("Các báo cáo không nêu điều này.", status="abstained", citations=())
        line, figure = lines[side]
        return answer(line, figure, citations=[citation(1, side[0], side[1])])

    return ask


def test_collects_the_figure_of_each_side_in_order():
    asked = []
    reply = replies(
        {
            ("Lai Châu", 2021): ("**Lai Châu (2021):** Có 870 trạm [1]", "870"),
            ("Lai Châu", 2022): ("**Lai Châu (2022):** Có 905 trạm [1]", "905"),
        }
    )

    def ask(question):
        asked.append(question)
        return reply(question)

    found = collect("trạm BTS", [("Lai Châu", 2021), ("Lai Châu", 2022), ("Sơn La", 2022)], ask)
    assert [(p.province, p.year, p.written) for p in found.points] == [
        ("Lai Châu", 2021, "870 trạm"),
        ("Lai Châu", 2022, "905 trạm"),
    ]
    assert (found.others, found.silent) == ((), ("Sơn La (2022)",))
    assert asked[0] == "trạm BTS của Lai Châu năm 2021 là bao nhiêu?"


def test_a_side_that_tells_another_unit_is_named_with_its_figure():
    found = collect(
        "chuyển đổi số",
        [("Lai Châu", 2021), ("Lai Châu", 2022), ("Sơn La", 2022)],
        replies(
            {
                ("Lai Châu", 2021): ("**Lai Châu (2021):** Đạt 80% [1]", "80%"),
                ("Lai Châu", 2022): ("**Lai Châu (2022):** Đạt 90% [1]", "90%"),
                ("Sơn La", 2022): ("**Sơn La (2022):** Đứng thứ 14 [1]", "thứ 14"),
            }
        ),
    )
    assert [p.written for p in found.points] == ["80%", "90%"]
    assert found.others == ("Sơn La (2022): thứ 14",)


@pytest.mark.parametrize(
    "line",
    [
        "**Sơn La (2021):** Có 12 trạm [1]",  # of another year
        "**Sơn La (mục tiêu 2022):** Có 12 trạm [1]",
        "**Sơn La (2022):** Kế hoạch năm 2022 lắp đặt 12 trạm [1]",
        "Có 12 trạm [1]",
    ],
)
def test_what_is_no_result_of_the_side_is_not_told(line):
    found = collect("trạm BTS", [("Sơn La", 2022)], replies({("Sơn La", 2022): (line, "12")}))
    assert found == Collected((), (), ("Sơn La (2022)",))


def test_a_partial_answer_is_not_told():
    def ask(question):
        return replace(answer("**Đắk Nông (2023):** Có 12 trạm [1]", "12"), status="partial")

    assert collect("trạm", [("Đắk Nông", 2023)], ask).silent == ("Đắk Nông (2023)",)


def test_no_sides_no_points():
    assert collect("trạm", [], replies({})) == Collected((), (), ())


def test_a_question_that_cannot_be_taken_is_not_hidden():
    def ask(question):
        raise QuestionError("Câu hỏi dài quá")

    with pytest.raises(QuestionError, match="Câu hỏi dài quá"):
        collect("trạm", [("Đắk Nông", 2023)], ask)


# --- answers of the bundled reports


def test_a_comparison_of_the_bundled_reports_gives_a_point_a_side(bot):
    given = bot.answer("Tỉnh nào có nhiều trạm BTS nhất?")
    assert told(given) == [
        ("Đồng Tháp", 2024, "gần 4.600 trạm BTS"), ("Tuyên Quang", 2023, "1.332 vị trí"),
        ("Đắk Nông", 2023, "1.167 trạm"),
    ]  # fmt: skip
    for found in points_of(given):
        report = bot.index.reports[found.citation.report]
        assert report.province == found.province
        assert report.text[found.citation.start : found.citation.end] == found.citation.quote


def test_money_of_different_size_comes_in_one_unit(bot):
    given = bot.answer("Tổng doanh thu viễn thông của Phú Thọ, Đắk Nông và Điện Biên?")
    assert [(p.written, p.value) for p in points_of(given)] == [
        ("ước đạt 3.311 tỷ đồng", Decimal(3_311_000_000_000)),
        ("ước đạt 165.202 triệu đồng", Decimal(165_202_000_000)),
        ("ước đạt trên 340 tỷ đồng", Decimal(340_000_000_000)),
    ]


def test_days_of_conferences_are_no_points(bot):
    given = bot.answer("Hội nghị tổng kết của Tuyên Quang và Phú Thọ diễn ra ngày nào?")
    assert "chiều 12/1" in given.text
    assert points_of(given) == ()


def test_an_abstention_gives_no_point(bot):
    given = bot.answer("Phú Thọ có bao nhiêu trạm BTS năm 2023?")
    assert (given.status, points_of(given)) == ("abstained", ())


def test_collects_an_indicator_of_the_bundled_reports(bot):
    found = collect("trạm BTS", [("Đắk Nông", 2023), ("Phú Thọ", 2023), ("Tuyên Quang", 2023)], bot.read)
    assert [(p.province, p.written) for p in found.points] == [
        ("Đắk Nông", "1.167 trạm"),
        ("Tuyên Quang", "1.332 vị trí"),
    ]
    assert found.silent == ("Phú Thọ (2023)",)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Có 1.167 trạm BTS [1]", "1.167 trạm BTS"),
        ("Có 1.167 trạm, tăng [1]", "1.167"),
        ("Có 1.167 trạm BTS trên khắp các xã của tỉnh nhà [1]", "1.167"),
        ("Có 1.167 trạm", "1.167 trạm"),
    ],
)
def test_a_figure_brings_what_it_counts_where_that_is_short(line, written):
    assert [one for _, _, one in told(answer(f"**Đắk Nông (2023):** {line} [1]", "1.167"))] == [written]
