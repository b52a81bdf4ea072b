import pytest

from index.clean import find_content
from index.plans import find_plans


def planned(text: str, year: int | None = 2021) -> list[str]:
    return [text[span.start : span.end] for span in find_plans(text, find_content(text), year)]


def test_what_follows_a_target_is_planned_and_what_precedes_it_is_not() -> None:
    text = "Tổng kết ngành năm 2021\nTỉnh có 905 trạm. Năm 2022, ngành phấn đấu đạt 950 trạm, doanh thu 130 tỷ đồng."
    assert planned(text) == ["phấn đấu đạt 950 trạm, doanh thu 130 tỷ đồng."]


def test_a_paragraph_that_opens_with_a_later_year_is_planned() -> None:
    text = "Tổng kết ngành năm 2021\nTỉnh có 905 trạm.\nTrong năm 2022, ngành dựng thêm 45 trạm."
    assert planned(text) == ["Trong năm 2022, ngành dựng thêm 45 trạm."]


def test_a_paragraph_that_opens_with_the_results_year_is_not_planned() -> None:
    assert planned("Tổng kết ngành năm 2021\nTrong năm 2021, ngành dựng thêm 45 trạm.") == []


def test_everything_under_a_heading_of_targets_is_planned_to_the_next_heading() -> None:
    text = (
        "Tổng kết ngành năm 2021\n## Mục tiêu năm 2022\nPhủ sóng 99% dân số.\nDựng 45 trạm.\n## Kết quả\nCó 905 trạm.\n"
    )
    assert planned(text)[-2:] == ["Phủ sóng 99% dân số.", "Dựng 45 trạm."]
    assert not any("905" in stretch for stretch in planned(text))


def test_a_bracketed_plan_is_planned_and_its_sentence_is_not() -> None:
    text = "Tổng kết ngành năm 2021\nDoanh thu đạt 120 tỷ đồng (kế hoạch 110 tỷ đồng), tăng 5%."
    assert planned(text) == ["(kế hoạch 110 tỷ đồng)"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ngành hoàn thành các chỉ tiêu năm 2021: 19/20 chỉ tiêu đạt.",
        "Toàn tỉnh có 905 trạm.",
    ],
)
def test_results_are_not_planned(sentence: str) -> None:
    assert planned(f"Tổng kết ngành năm 2021\n{sentence}") == []


def test_the_headline_is_never_planned() -> None:
    assert planned("Ngành phấn đấu có 950 trạm\nTỉnh có 905 trạm.") == []
