"""Lines of a report's page that tell of another province."""

import pytest

from index.clean import find_content
from index.elsewhere import without_elsewhere
from index.types import Span


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Cà Mau: thêm 212 trạm BTS.", False),
        ("» Tỉnh Cà Mau: thêm 212 trạm BTS.", False),
        ("┌ Cà Mau ┐ BTS 1.204.", False),
        ("Lào Cai: thêm 212 trạm BTS.", True),
        ("Cà Mau và Gia Lai cử đoàn tới học.", True),
        ("So với Cà Mau: tỉnh hơn 12 trạm.", True),
        (">> Xem thêm: Cà Mau phấn đấu phủ sóng 98% số ấp", False),
        ("• Cà Mau ra mắt nền tảng du lịch số, 45 doanh nghiệp tham gia (26/12)", False),
        ("• Cà Mau có 12 đoàn tới học.", True),
    ],
)
def test_a_line_that_opens_with_another_province_is_left_out(line: str, stays: bool) -> None:
    text = f"Tổng kết ngành\n\n{line}\n"
    kept = without_elsewhere(text, find_content(text), "Lào Cai")
    assert (line in [text[span.start : span.end] for span in kept]) is stays


def test_of_an_unknown_province_all_stays() -> None:
    text = "Tổng kết ngành\n\nCà Mau: thêm 212 trạm BTS.\n"
    assert without_elsewhere(text, find_content(text), "") == find_content(text)


def test_a_member_of_a_list_that_tells_of_the_province_itself_stays() -> None:
    for line in ("● TP. Hà Nội hỗ trợ tỉnh 12 tỷ đồng", "• Hòa Bình là xã đầu tiên có tổ công nghệ"):
        assert without_elsewhere(line, [Span(0, len(line))], "Lào Cai") != ()
