from collections.abc import Iterator
from decimal import Decimal

import pytest

from assistant import Assistant, Settings
from assistant.compare import Side, join
from assistant.types import Answer, Draft, Evidence, Query
from assistant.understand import understand
from index.embed import question_embedder
from index.numbers import Kind, Quantity
from index.types import Report, Span


def query(question: str) -> Query:
    reports = tuple(Report(name, "", "", (), "", name, 2022, None, "") for name in ("Lào Cai", "Cà Mau", "Gia Lai"))
    return understand(question, (), reports)


def side(province: str, value: int, unit: str = "") -> Side:
    quantity = Quantity(0, 1, Kind.NUMBER, Decimal(value), unit, "", 0)
    draft = Draft(f"**{province} (2022):** {value} trạm [1]", "answered", (Evidence(province, Span(0, value)),))
    return Side(province, draft, quantity)


def silent(province: str) -> Side:
    return Side(province, None, None)


def test_each_side_has_a_line_and_a_marker_of_its_own() -> None:
    draft = join([side("Lào Cai", 5), side("Cà Mau", 7)], query("So sánh số trạm của Lào Cai và Cà Mau"))
    assert draft.text == "- **Lào Cai (2022):** 5 trạm [1]\n- **Cà Mau (2022):** 7 trạm [2]"
    assert (draft.status, [e.report for e in draft.evidence]) == ("answered", ["Lào Cai", "Cà Mau"])


def test_a_side_named_and_silent_is_said_to_be() -> None:
    draft = join([side("Lào Cai", 5), silent("Cà Mau")], query("So sánh số trạm của Lào Cai và Cà Mau"))
    assert (draft.status, draft.text) == ("partial", "- **Lào Cai (2022):** 5 trạm [1]\n- Báo cáo không nêu: Cà Mau.")


def test_provinces_not_named_may_be_silent() -> None:
    draft = join([side("Lào Cai", 5), silent("Cà Mau")], query("Tỉnh nào có nhiều trạm BTS nhất?"))
    assert (draft.status, draft.text) == ("answered", "- **Lào Cai (2022):** 5 trạm [1]")


def test_when_all_are_silent_there_is_no_answer() -> None:
    asked = query("So sánh số trạm của Lào Cai và Cà Mau")
    assert join([silent("Lào Cai"), silent("Cà Mau")], asked) == Draft(
        "Các báo cáo không nêu điều này. Báo cáo của Lào Cai và Cà Mau không cho biết thông tin này.", "abstained"
    )


SIDES = [side("Lào Cai", 5), side("Cà Mau", 9), side("Gia Lai", 7)]


def test_the_most_comes_first_and_is_named() -> None:
    lines = join(SIDES, query("Tỉnh nào có nhiều trạm BTS nhất?")).text.splitlines()
    assert lines[0] == "Cao nhất: **Cà Mau**."
    assert [line.split()[1] + " " + line.split()[2] for line in lines[1:]] == ["**Cà Mau", "**Gia Lai", "**Lào Cai"]


def test_the_least_comes_first_and_is_named() -> None:
    assert join(SIDES, query("Tỉnh nào có ít trạm BTS nhất?")).text.startswith("Thấp nhất: **Lào Cai**.\n- **Lào Cai")


def test_figures_of_different_units_have_no_winner() -> None:
    draft = join([side("Lào Cai", 5, "%"), side("Cà Mau", 9, "đồng")], query("Tỉnh nào có nhiều trạm BTS nhất?"))
    assert draft.text.startswith("- **Lào Cai (2022):**")


@pytest.fixture(scope="module")
def comparer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over three made-up reports, embedded without torch."""
    folder = tmp_path_factory.mktemp("compare")
    reports = folder / "reports"
    reports.mkdir()
    told = {
        "Lào Cai": "Toàn tỉnh có 2.018 trạm BTS. Doanh thu bưu chính đạt 186 tỷ đồng.",
        "Cà Mau": "Cả tỉnh có 1.745 trạm BTS.",
        "Gia Lai": "Các doanh nghiệp duy trì 2.377 trạm BTS. Doanh thu bưu chính đạt 97.400 triệu đồng.",
    }
    for province, body in told.items():
        text = f"---\nprovince: {province}\nyear: 2022\n---\n\n# Ngành thông tin tổng kết năm 2022\n\n{body}\n"
        (reports / f"{province}.md").write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.build.passage_embedder", question_embedder)
        yield Assistant.open(Settings(reports_dir=reports, index_dir=folder / "index"))


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
        "- **Lào Cai (2022):** Toàn tỉnh có 2.018 trạm BTS [1]\n- **Cà Mau (2022):** Cả tỉnh có 1.745 trạm BTS [2]",
    )
    assert [citation.province for citation in reply.citations] == ["Lào Cai", "Cà Mau"]


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
    assert [citation.province for citation in reply.citations] == order


def test_a_question_without_a_province_is_answered_of_each_that_tells(comparer: Assistant) -> None:
    reply = compared(comparer, "Doanh thu bưu chính là bao nhiêu?")
    assert {citation.province for citation in reply.citations} == {"Lào Cai", "Gia Lai"}


def test_a_comparison_nobody_tells_is_refused(comparer: Assistant) -> None:
    reply = compared(comparer, "So sánh số thư viện của Lào Cai và Cà Mau")
    assert (reply.status, reply.citations) == ("abstained", ())
