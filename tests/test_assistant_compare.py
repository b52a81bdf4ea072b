from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant import Assistant
from assistant.compare import MAX_CHARS, Side, foremost, join
from assistant.figures import Figure
from assistant.types import Answer, Draft, Evidence, Part, Query
from assistant.understand import understand
from index.numbers import Kind, Quantity
from index.types import Report, Span
from tests.made_up import assistant_over


def query(question: str) -> Query:
    reports = tuple(Report(name, "", "", (), "", name, 2022, None, "") for name in ("Lào Cai", "Cà Mau", "Gia Lai"))
    return understand(question, (), reports)


def side(
    province: str, value: int, kind: Kind = Kind.NUMBER, unit: str = "", noun: str = "trạm", year: int = 2022
) -> Side:
    told = f"{value}{unit} {noun}".strip()
    figure = Figure(Quantity(0, 1, kind, Decimal(value), unit, "", 0), noun, told, noun.split(" ")[0])
    draft = Draft(f"**{province} ({year}):** {told} [1]", "answered", (Evidence(province, Span(0, value)),))
    return Side(Part(province, ()), draft, figure, year)


def silent(province: str, *years: int) -> Side:
    return Side(Part(province, years), None, None)


def ranked(place: int, out_of: str = "") -> Figure:
    return Figure(Quantity(0, 1, Kind.RANK, Decimal(place), "", "", 0), "", f"thứ {place}", out_of=out_of)


SIDES = [side("Lào Cai", 5), side("Cà Mau", 9), side("Gia Lai", 7)]
TWO = "So sánh số trạm của Lào Cai và Cà Mau"


def test_each_side_has_a_line_and_a_marker_of_its_own() -> None:
    draft = join([side("Lào Cai", 5), side("Cà Mau", 7)], query("Số trạm của Lào Cai và Cà Mau lần lượt là bao nhiêu?"))
    assert draft.text == "- **Lào Cai (2022):** 5 trạm [1]\n- **Cà Mau (2022):** 7 trạm [2]"
    assert (draft.status, [e.report for e in draft.evidence]) == ("answered", ["Lào Cai", "Cà Mau"])


def test_the_higher_of_two_is_named_with_the_difference() -> None:
    draft = join([side("Lào Cai", 5), side("Cà Mau", 7)], query(TWO))
    assert draft.text.splitlines()[0] == "Cao hơn: **Cà Mau**, chênh lệch 2 trạm, tính từ [1] và [2]."


def test_ranks_out_of_different_totals_are_not_set_against_each_other() -> None:
    def drawn(out_of: str) -> str:
        sides = [
            replace(side("Lào Cai", 3), figure=ranked(3, "13")),
            replace(side("Cà Mau", 9), figure=ranked(9, out_of)),
        ]
        return join(sides, query("So sánh thứ hạng của Lào Cai và Cà Mau")).text

    assert drawn("13").startswith("Cao hơn: **Lào Cai**")
    assert drawn("").startswith("Cao hơn: **Lào Cai**")
    assert "Cao hơn" not in drawn("63")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Trạm 4G và 5G ở Lào Cai, loại nào nhiều nhất?", "Cao hơn: **4G**."),
        ("Trạm 4G và 5G ở Lào Cai, loại nào ít nhất?", "Thấp hơn: **5G**."),
        ("Trạm 4G và 5G ở Lào Cai, loại nào nhiều hơn?", "Cao hơn: **4G**."),
        ("Trạm 4G và 5G ở Lào Cai lần lượt là bao nhiêu?", ""),
    ],
)
def test_which_of_several_things_is_the_highest_is_told_where_it_is_asked(question: str, told: str) -> None:
    figures = [side("Lào Cai", value).figure for value in (9, 5)]
    assert foremost(["4G", "5G"], figures, query(question)) == told
    assert foremost(["4G", "5G"], [figures[0], None], query(question)) == ""


def test_several_things_may_be_equal_or_of_no_one_form() -> None:
    asked = query("Trạm 4G và 5G ở Lào Cai, loại nào nhiều nhất?")
    figure = side("Lào Cai", 9).figure
    assert foremost(["4G", "5G"], [figure, figure], asked) == "Bằng nhau."
    assert foremost(["4G", "5G"], [figure, side("Lào Cai", 9, Kind.PERCENT, "%").figure], asked) == ""
    assert foremost(["3G", "4G", "5G"], [figure, side("Cà Mau", 7).figure, figure], asked) == "Cao nhất: **3G**."


def test_all_that_are_the_highest_are_named() -> None:
    sides = [side("Lào Cai", 9), side("Cà Mau", 5), side("Gia Lai", 9)]
    told = join(sides, query("Lào Cai, Cà Mau và Gia Lai, tỉnh nào nhiều trạm nhất?")).text
    assert told.startswith("Cao nhất: **Lào Cai**, **Gia Lai**")


def test_a_side_named_and_silent_is_said_to_be() -> None:
    draft = join([side("Lào Cai", 5), silent("Cà Mau")], query(TWO))
    assert (draft.status, draft.text) == ("partial", "- **Lào Cai (2022):** 5 trạm [1]\n- Báo cáo không nêu: Cà Mau.")


def test_provinces_not_named_may_be_silent_and_are_said_to_be() -> None:
    draft = join([side("Lào Cai", 5), silent("Cà Mau")], query("Tỉnh nào có nhiều trạm BTS nhất?"))
    assert (draft.status, draft.text) == ("answered", "- **Lào Cai (2022):** 5 trạm [1]\n- Báo cáo không nêu: Cà Mau.")


def test_when_all_are_silent_there_is_no_answer() -> None:
    assert join([silent("Lào Cai"), silent("Cà Mau")], query(TWO)) == Draft(
        "Các báo cáo không nêu điều này. Báo cáo của Lào Cai và Cà Mau không cho biết thông tin này.", "abstained"
    )


def test_the_most_comes_first_and_is_named() -> None:
    lines = join(SIDES, query("Tỉnh nào có nhiều trạm BTS nhất?")).text.splitlines()
    assert lines[0] == "Cao nhất: **Cà Mau**."
    assert [line.split()[1] + " " + line.split()[2] for line in lines[1:]] == ["**Cà Mau", "**Gia Lai", "**Lào Cai"]


def test_the_least_comes_first_and_is_named() -> None:
    assert join(SIDES, query("Tỉnh nào có ít trạm BTS nhất?")).text.startswith("Thấp nhất: **Lào Cai**.\n- **Lào Cai")


def test_of_ranks_the_lowest_number_is_the_highest() -> None:
    ranks = [side("Lào Cai", 5, Kind.RANK, noun=""), side("Cà Mau", 9, Kind.RANK, noun="")]
    draft = join(ranks, query("Lào Cai và Cà Mau, tỉnh nào xếp hạng cao hơn?"))
    assert draft.text.splitlines()[0] == "Cao hơn: **Lào Cai**, chênh lệch 4 bậc, tính từ [1] và [2]."


def test_the_most_and_the_least_of_several_are_named_in_the_order_asked() -> None:
    draft = join(SIDES, query("So sánh số trạm của Lào Cai, Cà Mau và Gia Lai"))
    assert draft.text.splitlines()[:2] == [
        "Cao nhất: **Cà Mau**; thấp nhất: **Lào Cai**.",
        "- **Lào Cai (2022):** 5 trạm [1]",
    ]


def test_the_whole_of_all_sides_is_added_up() -> None:
    draft = join(SIDES, query("Tổng cộng số trạm của Lào Cai, Cà Mau và Gia Lai?"))
    assert draft.text.splitlines()[0] == "Tổng cộng 21 trạm, tính từ [1], [2] và [3]."


def test_how_many_times_as_much_is_computed() -> None:
    draft = join([side("Lào Cai", 9), side("Cà Mau", 4)], query("Số trạm Lào Cai gấp mấy lần Cà Mau?"))
    assert draft.text.splitlines()[0] == "Cao hơn: **Lào Cai**, gấp khoảng 2,3 lần, tính từ [1] và [2]."


def test_a_supposed_order_is_confirmed_or_denied() -> None:
    sides = [side("Lào Cai", 5), side("Cà Mau", 7)]
    assert join(sides, query("Lào Cai có nhiều trạm hơn Cà Mau không?")).text.startswith("Không. Cao hơn: **Cà Mau**,")
    assert join(sides, query("Lào Cai có ít trạm hơn Cà Mau không?")).text.startswith("Có. Cao hơn: **Cà Mau**,")


def test_figures_of_different_units_have_no_winner_and_no_difference() -> None:
    sides = [side("Lào Cai", 5, Kind.PERCENT, "%", ""), side("Cà Mau", 9, Kind.MONEY, "đồng", "")]
    draft = join(sides, query("Lào Cai và Cà Mau hơn kém nhau bao nhiêu?"))
    assert (draft.status, draft.text.splitlines()[0]) == ("partial", "- **Lào Cai (2022):** 5% [1]")
    assert draft.text.splitlines()[-1] == "Lưu ý: số liệu khác đơn vị, không so được."


def test_of_provinces_not_named_those_that_tell_another_kind_of_figure_do_not_tell() -> None:
    draft = join([*SIDES, side("Sơn La", 80, Kind.PERCENT, "%", "")], query("Tỉnh nào có nhiều trạm BTS nhất?"))
    assert draft.text.splitlines()[0] == "Cao nhất: **Cà Mau**."
    assert draft.text.splitlines()[-1] == "- Báo cáo không nêu: Sơn La."


def test_other_years_and_other_things_counted_are_warned_of() -> None:
    sides = [side("Lào Cai", 5, year=2019), side("Cà Mau", 7, noun="vị trí lắp đặt trạm")]
    draft = join(sides, query(TWO))
    assert draft.text.splitlines()[0] == "Cao hơn: **Cà Mau**."
    assert draft.text.splitlines()[-1] == (
        "Lưu ý: số liệu khác năm; cách gọi khác nhau (“trạm” / “vị trí lắp đặt trạm”)."
    )


def test_a_row_with_other_figures_is_told_in_short() -> None:
    one = side("Lào Cai", 5)
    assert one.draft is not None
    full = replace(one, draft=replace(one.draft, text="**Lào Cai (2022):** Có 3 tổ với 5 trạm [1]"))
    draft = join([full, side("Cà Mau", 7)], query(TWO))
    assert draft.text.splitlines()[1] == "- **Lào Cai (2022):** 5 trạm [1]"


def test_a_long_list_is_cut_and_keeps_the_evidence_of_its_rows() -> None:
    many = [side(f"Tỉnh thứ {'i' * number} có một tên rất dài", 90 - number) for number in range(20)]
    draft = join(many, query("Tỉnh nào có nhiều trạm BTS nhất?"))
    rows = [line for line in draft.text.splitlines() if line.startswith("- ")]
    assert len(draft.text) <= MAX_CHARS
    assert len(rows) == len(draft.evidence) < 20
    assert rows[-1].endswith(f"[{len(rows)}]")


@pytest.fixture(scope="module")
def comparer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over three made-up reports, embedded without torch."""
    told = {
        "Lào Cai": "Toàn tỉnh có 2.018 trạm BTS. Doanh thu bưu chính đạt 186 tỷ đồng.",
        "Cà Mau": "Cả tỉnh có 1.745 trạm BTS.",
        "Gia Lai": "Các doanh nghiệp duy trì 2.377 trạm BTS. Doanh thu bưu chính đạt 97.400 triệu đồng.",
    }
    old = "Toàn tỉnh có gần 1.610 trạm BTS. Doanh thu bưu chính đạt 150 tỷ đồng."
    reports = {"2020.md": f"---\nprovince: Lào Cai\nyear: 2020\n---\n\n# Tổng kết năm 2020\n\n{old}\n"}
    for province, body in told.items():
        text = f"---\nprovince: {province}\nyear: 2022\n---\n\n# Ngành thông tin tổng kết năm 2022\n\n{body}\n"
        reports[f"{province}.md"] = text
    with assistant_over(tmp_path_factory.mktemp("compare"), reports) as opened:
        yield opened


def compared(comparer: Assistant, question: str) -> Answer:
    """The answer, its quotes held against the reports and every figure supported."""
    reply = comparer.answer(question)
    for citation in reply.citations:
        assert comparer.index.reports[citation.report].text[citation.start : citation.end] == citation.quote
        assert f"[{citation.marker}]" in reply.text
    assert [check.figure for check in reply.checks if not check.supported] == []
    return reply


def test_two_provinces_are_set_side_by_side(comparer: Assistant) -> None:
    reply = compared(comparer, "So sánh số trạm BTS của Lào Cai và Cà Mau")
    assert (reply.status, reply.text) == (
        "answered",
        "Cao hơn: **Lào Cai**, chênh lệch 273 trạm BTS, tính từ [1] và [2].\n"
        "- **Lào Cai (2022):** Toàn tỉnh có 2.018 trạm BTS [1] [3]\n- **Cà Mau (2022):** Cả tỉnh có 1.745 trạm BTS [2]",
    )
    assert [citation.province for citation in reply.citations] == ["Lào Cai", "Cà Mau", "Lào Cai"]
    assert reply.citations[2].quote == "province: Lào Cai"


def test_a_province_that_does_not_tell_is_named(comparer: Assistant) -> None:
    reply = compared(comparer, "So sánh doanh thu bưu chính của Lào Cai và Cà Mau")
    assert reply.status == "partial"
    assert reply.text.splitlines()[-1] == "- Báo cáo không nêu: Cà Mau."
    assert [citation.province for citation in reply.citations] == ["Lào Cai"]


def test_a_province_without_a_report_is_named(comparer: Assistant) -> None:
    reply = compared(comparer, "Lào Cai và Thanh Hóa có bao nhiêu trạm BTS?")
    assert reply.status == "partial"
    assert reply.text.splitlines()[-1] == "- Báo cáo không nêu: Thanh Hóa."


@pytest.mark.parametrize(
    ("question", "first", "order"),
    [
        ("Tỉnh nào có nhiều trạm BTS nhất?", "Cao nhất: **Gia Lai**.", ["Gia Lai", "Lào Cai", "Cà Mau"]),
        ("tinh nao co it tram bts nhat", "Thấp nhất: **Cà Mau**.", ["Cà Mau", "Lào Cai", "Gia Lai"]),
        ("Tỉnh nào có doanh thu bưu chính cao nhất?", "Cao nhất: **Lào Cai**.", ["Lào Cai", "Gia Lai"]),
    ],
)
def test_a_superlative_names_the_winner_whatever_the_units_written(
    comparer: Assistant, question: str, first: str, order: list[str]
) -> None:
    reply = compared(comparer, question)
    assert (reply.status, reply.text.splitlines()[0]) == ("answered", first)
    assert [citation.province for citation in reply.citations] == [*order, order[0]]


def test_a_question_without_a_province_is_answered_of_each_that_tells(comparer: Assistant) -> None:
    reply = compared(comparer, "Doanh thu bưu chính là bao nhiêu?")
    assert {citation.province for citation in reply.citations} == {"Lào Cai", "Gia Lai"}


def test_a_comparison_nobody_tells_is_refused(comparer: Assistant) -> None:
    reply = compared(comparer, "So sánh số thư viện của Lào Cai và Cà Mau")
    assert (reply.status, reply.citations) == ("abstained", ())


TWO_YEARS = (
    "Cao hơn: **Lào Cai (2022)**, chênh lệch khoảng 408 trạm BTS, tính từ [1] và [2].\n"
    "- **Lào Cai (2022):** Toàn tỉnh có 2.018 trạm BTS [1]\n"
    "- **Lào Cai (2020):** Toàn tỉnh có gần 1.610 trạm BTS [2]"
)


@pytest.mark.parametrize(
    "question",
    [
        "Số trạm BTS của Lào Cai năm 2022 nhiều hơn năm 2020 bao nhiêu?",
        "Số trạm BTS của Lào Cai năm 2022 tăng bao nhiêu so với năm 2020?",
        "Lào Cai 2022 với Lào Cai 2020, bên nào nhiều trạm BTS hơn?",
    ],
)
def test_two_years_of_one_province_are_set_side_by_side(comparer: Assistant, question: str) -> None:
    reply = compared(comparer, question)
    assert (reply.status, reply.text) == ("answered", TWO_YEARS)


def test_a_follow_up_sets_another_year_against_the_last(comparer: Assistant) -> None:
    reply = comparer.answer(
        "Nhiều hơn năm 2020 bao nhiêu?", [{"role": "user", "content": "Lào Cai năm 2022 có bao nhiêu trạm BTS?"}]
    )
    assert (reply.status, reply.text) == ("answered", TWO_YEARS)


def test_each_province_is_read_in_the_year_named_for_it(comparer: Assistant) -> None:
    reply = compared(comparer, "Lào Cai 2020 với Gia Lai 2022, bên nào doanh thu bưu chính lớn hơn?")
    assert reply.text == (
        "Cao hơn: **Lào Cai**, chênh lệch 52,6 tỷ đồng, tính từ [1] và [2].\n"
        "- **Lào Cai (2020):** Doanh thu bưu chính đạt 150 tỷ đồng [1] [3]\n"
        "- **Gia Lai (2022):** Doanh thu bưu chính đạt 97.400 triệu đồng [2]"
    )


def test_a_year_that_no_report_tells_is_named(comparer: Assistant) -> None:
    reply = compared(comparer, "So sánh số trạm BTS của Cà Mau năm 2022 và năm 2018")
    assert (reply.status, reply.text) == (
        "partial",
        "- **Cà Mau (2022):** Cả tỉnh có 1.745 trạm BTS [1]\n- Báo cáo không nêu: Cà Mau (2018).",
    )


ALIKE = {
    "Lào Cai": "Ngành đưa tổng số trạm BTS lên 2.412.",
    "Cà Mau": "Bão số 5 làm 96 trạm BTS ngừng phát. Tổng số trạm BTS đến cuối năm là 1.408.",
    "Gia Lai": "Nộp hồ sơ trực tuyến tăng 12% so với năm trước. Năm 2023, tổng số trạm BTS phấn đấu đạt 1.900.",
}


@pytest.fixture(scope="module")
def likened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    reports = {
        f"{province}.md": f"---\nprovince: {province}\nyear: 2022\n---\n\n# Ngành tổng kết năm 2022\n\n{body}\n"
        for province, body in ALIKE.items()
    }
    with assistant_over(tmp_path_factory.mktemp("likened"), reports) as opened:
        yield opened


def test_sides_are_told_alike(likened: Assistant) -> None:
    lines = compared(likened, "Lào Cai và Cà Mau, bên nào nhiều trạm BTS hơn?").text.splitlines()
    assert "2.412" in lines[1]
    assert "1.408" in lines[2]


def test_a_plan_is_not_set_beside_a_result(likened: Assistant) -> None:
    reply = compared(likened, "Lào Cai và Gia Lai, bên nào nhiều trạm BTS hơn?")
    assert reply.text.splitlines()[-1] == "Lưu ý: có số là mục tiêu, kế hoạch, không so được."
    assert "chênh lệch" not in reply.text


def test_where_plans_are_asked_for_no_result_is_told(likened: Assistant) -> None:
    reply = compared(likened, "Mục tiêu số trạm BTS của Lào Cai và Gia Lai là bao nhiêu?")
    assert reply.status == "partial"
    assert "1.900" in reply.text
    assert reply.text.splitlines()[-1] == "- Báo cáo không nêu: Lào Cai."


def test_figures_of_a_report_named_by_its_year_are_told_whatever_year_they_are_of(comparer: Assistant) -> None:
    reply = compared(comparer, "Trong báo cáo 2020, Lào Cai có bao nhiêu trạm BTS?")
    assert (reply.status, [citation.year for citation in reply.citations]) == ("answered", [2020])
