import pytest

from index.clean import find_content
from index.outline import heading_level, headings_above


def above(text: str) -> dict[str, list[str]]:
    """The headings above each paragraph."""
    content = find_content(text)
    spans = headings_above(text, content)
    assert len(spans) == len(content)
    return {
        text[span.start : span.end]: [text[heading.start : heading.end] for heading in headings]
        for span, headings in zip(content, spans, strict=True)
    }


def test_a_paragraph_stands_under_its_headings_the_nearest_first() -> None:
    text = "# Tổng kết ngành\n\n## Kết quả\n\n### Bưu chính\n\n- Doanh thu: 226,4 tỷ đồng.\n"
    assert above(text)["- Doanh thu: 226,4 tỷ đồng."] == ["### Bưu chính", "## Kết quả"]


def test_a_heading_ends_those_of_its_level_and_below() -> None:
    text = "# Tổng kết ngành\n\n## Kết quả\n\n### Bưu chính\n\n## Mục tiêu\n\nCó 12 xã đạt chuẩn.\n"
    assert above(text)["Có 12 xã đạt chuẩn."] == ["## Mục tiêu"]


def test_the_title_stands_above_nothing() -> None:
    assert above("# Tổng kết ngành\n\nCó 12 xã đạt chuẩn.\n") == {
        "# Tổng kết ngành": [],
        "Có 12 xã đạt chuẩn.": [],
    }


def test_numbered_headings_nest() -> None:
    text = "Tổng kết\n\nI. Kết quả\n\n1. Bưu chính\n\nCó 12 bưu cục.\n\n2. Viễn thông\n\nCó 64 trạm.\n\nII. Việc tới"
    found = above(text)
    assert found["Có 12 bưu cục."] == ["1. Bưu chính", "I. Kết quả"]
    assert found["Có 64 trạm."] == ["2. Viễn thông", "I. Kết quả"]
    assert found["II. Việc tới"] == []


def test_a_line_that_ends_with_a_colon_is_a_heading_of_its_bullets() -> None:
    text = "Tổng kết ngành\n\nVề bưu chính:\n\n- Có 12 bưu cục.\n\nVề viễn thông:\n\n- Có 64 trạm.\n"
    found = above(text)
    assert found["- Có 12 bưu cục."] == ["Về bưu chính:"]
    assert found["- Có 64 trạm."] == ["Về viễn thông:"]


@pytest.mark.parametrize(
    "line",
    [
        "## Bưu chính",
        "I. Kết quả năm 2022",
        "Phần II. Việc tới",
        "1. Bưu chính",
        "2.1. Hạ tầng số",
        "a) Về bưu chính",
        "**Bưu chính**",
        "Về bưu chính:",
    ],
)
def test_lines_that_are_headings(line: str) -> None:
    assert heading_level(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Toàn tỉnh có 64 trạm BTS.",
        "1. Doanh thu đạt 226,4 tỷ đồng",
        "- Doanh thu tăng 7%:",
        "1. Sở đã họp với các phòng.",
        "Toàn tỉnh dựng trạm",
        "## " + "rất dài " * 20,
        "",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    assert heading_level(line) is None


def test_the_levels_are_in_order() -> None:
    lines = ["# Một", "## Hai", "I. Ba", "1. Bốn", "1.1. Năm", "a) Sáu", "Bảy:", "- Tám:"]
    levels = [heading_level(line) for line in lines]
    assert levels == sorted(level for level in levels if level is not None)
    assert len(set(levels)) == len(lines)


def test_what_leads_in_a_list_heads_it_up_to_its_first_figure() -> None:
    text = (
        "Tổng kết\n\n- Chỉ số DTI năm 2022 đạt 0,5217 điểm, trong đó:\n+ Kinh tế số: xếp thứ 53.\n"
        "- Toàn tỉnh có 64 trạm.\n"
    )
    found = above(text)
    assert found["+ Kinh tế số: xếp thứ 53."] == ["- Chỉ số DTI năm 2022 đạt "]
    assert found["- Toàn tỉnh có 64 trạm."] == []


def test_a_title_left_out_of_the_content_heads_what_follows() -> None:
    text = (
        "Tổng kết ngành năm 2022\n\nNgành đạt 12 chỉ tiêu.\n\nCả tỉnh có 12 xã.\n\n"
        "Bưu chính nhỏ mà nhanh\n\nDoanh thu đạt 164 tỷ đồng.\n\nẢnh: phóng viên\n\nCó 12 bưu cục mới.\n"
    )
    told = above(text)
    assert told["Cả tỉnh có 12 xã."] == []
    assert told["Doanh thu đạt 164 tỷ đồng."] == ["Bưu chính nhỏ mà nhanh"]
    assert told["Có 12 bưu cục mới."] == ["Bưu chính nhỏ mà nhanh"]


def test_titles_with_marks_and_lines_in_capitals_head_what_follows() -> None:
    text = (
        "Tổng kết ngành\n\nNăm qua ngành có nhiều việc, kể lại dưới đây.\n\n"
        "► Tổ công nghệ số\n2.131 tổ, 12.640 thành viên.\n\n► An toàn thông tin\nGhi nhận 213.000 cảnh báo.\n\n"
        "* BƯU CHÍNH\n- Doanh thu: 468 tỷ đồng.\n\n"
        "B. VIỄN THÔNG\n\n1. Doanh thu: 912 tỷ đồng.\n"
    )
    found = above(text)
    assert found["2.131 tổ, 12.640 thành viên."] == ["Tổ công nghệ số"]
    assert found["Ghi nhận 213.000 cảnh báo."] == ["An toàn thông tin"]
    assert found["- Doanh thu: 468 tỷ đồng."] == ["* BƯU CHÍNH"]
    assert [head.endswith("VIỄN THÔNG") for head in found["1. Doanh thu: 912 tỷ đồng."]] == [True]
