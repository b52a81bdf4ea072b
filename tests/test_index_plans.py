import pytest

from index.clean import find_content
from index.plans import find_plans


def planned(text: str, year: int | None = 2021) -> list[str]:
    return [text[span.start : span.end] for span in find_plans(text, find_content(text), year)]


def test_what_follows_a_target_is_planned_and_what_precedes_it_is_not() -> None:
    text = "Tổng kết ngành năm 2021\nTỉnh có 905 trạm. Năm 2022, ngành phấn đấu đạt 950 trạm, doanh thu 130 tỷ đồng."
    assert planned(text) == ["Năm 2022, ngành phấn đấu đạt 950 trạm, doanh thu 130 tỷ đồng."]


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


REPORT = """Báo cáo công tác năm 2021
Phần thứ nhất
KẾT QUẢ NĂM 2021
I. HẠ TẦNG
- Toàn tỉnh có 905 trạm.
- Phủ sóng 98,4% dân số; cùng kỳ 97,1%; kế hoạch 98%.
Phần thứ hai
PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2022
I. CHỈ TIÊU
- Dựng 45 trạm, tổng số 950 trạm.
"""


def test_a_part_of_plans_makes_plans_of_the_sections_below_it() -> None:
    assert planned(REPORT) == [
        "kế hoạch 98%",
        "PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2022",
        "I. CHỈ TIÊU",
        "- Dựng 45 trạm, tổng số 950 trạm.",
    ]


def test_each_plan_has_its_year() -> None:
    assert [plan.year for plan in find_plans(REPORT, find_content(REPORT), 2021)] == [2021, 2022, 2022, 2022]


@pytest.mark.parametrize(
    ("heading", "plan"),
    [
        ("## 3. Năm 2022", True),
        ("IV. MỤC TIÊU NĂM 2022", True),
        ("5. Kế hoạch năm 2022", True),
        ("## Định hướng", True),
        ("## 1. Bảng chỉ tiêu", False),
        ("## 1. Kết quả thực hiện nhiệm vụ", False),
        ("II. MỤC TIÊU NĂM 2021", False),
    ],
)
def test_which_headings_are_of_plans(heading: str, plan: bool) -> None:
    figure = "Toàn tỉnh có 950 trạm."
    assert (figure in planned(f"Tổng kết ngành năm 2021\n{heading}\n{figure}")) is plan


def test_a_sentence_that_opens_with_a_later_year_is_planned_wherever_it_stands() -> None:
    text = "Tổng kết ngành năm 2021\nTỉnh có 905 trạm. Nói về năm 2022, ông Lâm cho hay ngành sẽ dựng 45 trạm."
    assert planned(text) == ["Nói về năm 2022, ông Lâm cho hay ngành sẽ dựng 45 trạm."]


def test_what_follows_the_list_of_targets_is_no_plan_unless_it_looks_ahead() -> None:
    text = "Tổng kết ngành năm 2021\n## Chỉ tiêu năm 2022\n- 950 trạm.\nDịp này, 4 cá nhân được khen."
    assert "Dịp này, 4 cá nhân được khen." not in planned(text)
    assert "Ngành cần 40 tỷ đồng." in planned(text.replace("Dịp này, 4 cá nhân được khen", "Ngành cần 40 tỷ đồng"))


def test_counted_targets_are_results() -> None:
    assert planned("Tổng kết ngành năm 2021\nTrong 21 chỉ tiêu được giao: 11 chỉ tiêu vượt, 10 chỉ tiêu đạt.") == []


def test_a_plain_title_heads_plans_up_to_who_speaks_next() -> None:
    text = (
        "Tổng kết ngành năm 2021\n\nTỉnh có 905 trạm.\n\nMục tiêu cho 2022\n\n"
        "Doanh thu 130 tỷ đồng; 90% hộ có cáp quang."
        "\n\nKết luận, Giám đốc Sở khen 12 đơn vị.\n"
    )
    assert planned(text) == ["Doanh thu 130 tỷ đồng; 90% hộ có cáp quang."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Giám đốc cho biết mục tiêu năm 2022 của ngành là doanh thu 130 tỷ đồng; 90% hộ có cáp quang.",
        "Năm tới, ngành đưa tỷ lệ hồ sơ trực tuyến lên trên 55%; thêm 60 trạm.",
        "Sang năm, thêm 60 trạm.",
    ],
)
def test_targets_told_in_a_sentence_go_on_to_its_end(sentence: str) -> None:
    stretches = planned(f"Tổng kết ngành năm 2021\nTỉnh có 905 trạm.\n{sentence}")
    assert len(stretches) == 1
    assert sentence.endswith(stretches[0])
    assert "trạm" in stretches[0] or "90%" in stretches[0]


def test_targets_missed_are_results() -> None:
    text = "Tổng kết ngành năm 2021\nBa chỉ tiêu không đạt gồm: hồ sơ trực tuyến 71,3%; phủ sóng 5G 18,4% dân số."
    assert planned(text) == []


def test_what_someone_vows_for_a_later_year_is_planned() -> None:
    text = "Tổng kết ngành năm 2021\nGiám đốc cam kết trong năm 2022 xóa 17 điểm lõm sóng. Doanh thu là 130 tỷ đồng."
    assert planned(text) == ["cam kết trong năm 2022 xóa 17 điểm lõm sóng. Doanh thu là 130 tỷ đồng."]


def test_a_year_that_is_entered_is_the_reports_own() -> None:
    text = "Tổng kết ngành năm 2021\nBước sang năm 2021, các doanh nghiệp lắp mới 64 trạm BTS."
    assert planned(text) == []


def test_a_surname_is_no_vow() -> None:
    text = "Tổng kết ngành năm 2021\nGiám đốc Hứa Minh Tuấn nói về năm 2022 với 64 đại biểu."
    assert planned(text) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "Giám đốc cho biết năm tới sẽ thêm 15 trạm, phủ 70% hộ. Sở có 5 phòng.",
            "năm tới sẽ thêm 15 trạm, phủ 70% hộ",
        ),
        (
            "Kế hoạch năm 2022 đặt ra: còn 60 thôn; trực tuyến 61%.",
            "Kế hoạch năm 2022 đặt ra: còn 60 thôn; trực tuyến 61%.",
        ),
        ("Kế hoạch 2022 đặt doanh thu 1.080 tỷ đồng.", "Kế hoạch 2022 đặt doanh thu 1.080 tỷ đồng."),
        ("Kế hoạch năm 2021 đặt ra 60 thôn, kết quả còn 41 thôn.", ""),
        ("Lãnh đạo cho biết năm 2021 sẽ có 15 trạm.", ""),
        ("Tính đến tháng 3 năm 2022, tỉnh đã lắp đặt 120 trạm.", ""),
        ("Tỉnh hứa năm tới sẽ thêm 15 trạm; năm 2021 dựng 45 trạm.", "năm tới sẽ thêm 15 trạm"),
        ("Kế hoạch năm 2022 đã ban hành. Doanh thu đạt 164 tỷ đồng.", ""),
        ("Doanh thu 88 tỷ đồng (kế hoạch: bưu chính 60; viễn thông 80).", "(kế hoạch: bưu chính 60; viễn thông 80)"),
    ],
)
def test_what_is_told_of_a_later_year_is_planned(line: str, told: str) -> None:
    assert planned(f"Tổng kết ngành năm 2021\nTỉnh có 905 trạm.\n{line}") == ([told] if told else [])


def test_a_short_title_of_a_later_year_heads_plans() -> None:
    text = "Tổng kết ngành năm 2021\nTỉnh có 905 trạm.\n\nNăm 2022 làm gì?\n\nNgành dựng 45 trạm.\n"
    assert planned(text) == ["Năm 2022 làm gì?", "Ngành dựng 45 trạm."]


def test_a_greeting_of_the_new_year_heads_no_plans() -> None:
    text = "Tổng kết ngành năm 2021\nTỉnh có 905 trạm.\n\nChào xuân Nhâm Dần 2022\n\nNgành dựng 45 trạm.\n"
    assert planned(text) == []


def test_a_marked_title_of_a_later_year_heads_plans_up_to_the_next() -> None:
    text = "Tổng kết ngành\n\n* NĂM 2022 LÀM GÌ\n- Hồ sơ trực tuyến 60%.\n\n* KHEN\n- Giấy khen: 9 tập thể.\n"
    told = "".join(planned(text))
    assert "60%" in told
    assert "9 tập thể" not in told


@pytest.mark.parametrize(
    "text",
    [
        "Tổng kết ngành năm 2021\nTỉnh có 905 trạm.\nIV. CHƯƠNG TRÌNH 2022\nDựng 45 trạm.\n",
        "Tổng kết ngành năm 2021\nTỉnh có 905 trạm.\n## 9. Năm 2022 làm gì?\nDựng 45 trạm.\n",
    ],
)
def test_a_heading_that_only_names_a_later_year_is_one_of_plans(text: str) -> None:
    assert [stretch for stretch in planned(text) if "trạm" in stretch] == ["Dựng 45 trạm."]


def test_a_heading_of_a_comparison_with_the_plan_heads_results() -> None:
    assert planned("Tổng kết ngành năm 2021\n## SO VỚI KẾ HOẠCH NĂM\nTỉnh có 905 trạm.\n") == []


@pytest.mark.parametrize(
    ("sentence", "stretch"),
    [
        ("Ông yêu cầu năm 2022 nâng tỷ lệ lên 65%. Nay có 8 xã.", "yêu cầu năm 2022 nâng tỷ lệ lên 65%"),
        ("Sở nêu kế hoạch năm 2022: hồ sơ trực tuyến 65%.", "kế hoạch năm 2022: hồ sơ trực tuyến 65%."),
    ],
)
def test_what_is_ordered_or_told_as_a_plan_for_a_later_year_is_planned(sentence: str, stretch: str) -> None:
    assert planned(f"Tổng kết ngành năm 2021\nTỉnh có 905 trạm. {sentence}") == [stretch]


def test_parts_numbered_within_a_lettered_one_of_plans_are_plans() -> None:
    text = (
        "Tổng kết ngành năm 2021\nA. KẾT QUẢ\n\nI. Hạ tầng\n\nTỉnh có 905 trạm.\n\nB. NHIỆM VỤ NĂM 2022\n\n"
        "I. Hạ tầng\n\nDựng 45 trạm.\n\nII. Bưu chính\n\nDoanh thu 300 tỷ đồng.\n"
    )
    told = planned(text)
    assert "Dựng 45 trạm." in told
    assert "Doanh thu 300 tỷ đồng." in told
    assert "Tỉnh có 905 trạm." not in told


def test_a_heading_that_sets_next_years_targets_against_this_years_heads_plans() -> None:
    text = "Tổng kết ngành năm 2021\nTỉnh có 905 trạm.\nII. CHỈ TIÊU NĂM 2022 SO VỚI NĂM 2021\nDựng 45 trạm.\n"
    assert "Dựng 45 trạm." in planned(text)


def test_a_contest_of_a_later_year_is_no_plan() -> None:
    assert planned("Tổng kết ngành năm 2021\nTỉnh có 905 trạm.\n3. Hội thi Tin học trẻ 2022\nCó 120 thí sinh.\n") == []


def test_a_table_before_a_title_of_plans_ends_none_of_them() -> None:
    text = "Kết quả\n\n| Huyện | Số trạm |\n|---|---|\n| Mường Tè | 31 trạm |\n\nViệc của 2022\n\nLắp 45 trạm."
    assert planned(text) == ["Lắp 45 trạm."]


@pytest.mark.parametrize(
    ("told", "plans"),
    [
        ("Năm 2022, phấn đấu dựng 90 trạm. Năm 2021 đã dựng 30 trạm.", ["Năm 2022, phấn đấu dựng 90 trạm. "]),
        ("Phấn đấu nộp trực tuyến 80%. Hiện nay là 74,2%.", ["Phấn đấu nộp trực tuyến 80%. "]),
        ("Phấn đấu dựng 90 trạm. Đến nay phải có 30 trạm.", ["Phấn đấu dựng 90 trạm. Đến nay phải có 30 trạm."]),
    ],
)
def test_what_is_by_now_ends_what_is_planned(told: str, plans: list[str]) -> None:
    assert planned(f"Tổng kết ngành năm 2021\n{told}") == plans
