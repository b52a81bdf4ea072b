"""Tables whose columns are set apart by spaces or tabs."""

import pytest

from index.aligned import find_aligned
from index.clean import find_content
from index.tables import find_rows
from index.types import Span

ALIGNED = """\
  TT  Chỉ tiêu                          Đơn vị      TH 2023   KH 2024   TH 2024   So 2023 (%)
  1   Doanh thu bưu chính               tỷ đồng       343,8     380,0     396,8     115,4
  2   Thuê bao điện thoại di động       nghìn TB    1.712,0   1.740,0   1.735,0     101,3
  3   Hộ gia đình có cáp quang          %              83,1      86,0      88,4       -
  4   Thanh toán trực tuyến phí, lệ phí %              46,5      60,0      63,7       -
"""
TABBED = "Chỉ tiêu\tĐVT\tNăm 2023\nTrạm BTS\ttrạm\t1.263\nI\tChuyển đổi số\nHồ sơ trực tuyến\t%\t81,2\nTỷ lệ 5G\t\t3"
LETTERHEAD = """\
 UBND TỈNH THÁI BÌNH                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 SỞ THÔNG TIN VÀ TRUYỀN THÔNG                Độc lập - Tự do - Hạnh phúc
 Số: 412/BC-STTTT                       Thái Bình, ngày 18 tháng 12 năm 2024
"""


def lines_of(text):
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            left = len(line) - len(line.lstrip(" "))
            spans.append(Span(start + left, start + left + len(line.strip())))
        start += len(line) + 1
    return spans


def cells(text):
    return [
        [[text[cell.start : cell.end] for cell in line.cells] for line in table]
        for table in find_aligned(text, lines_of(text))
    ]


def test_columns_are_told_by_the_places_blank_in_every_line():
    header, *rows = cells(ALIGNED)[0]
    assert header == ["TT", "Chỉ tiêu", "Đơn vị", "TH 2023", "KH 2024", "TH 2024", "So 2023 (%)"]
    assert rows[0] == ["1", "Doanh thu bưu chính", "tỷ đồng", "343,8", "380,0", "396,8", "115,4"]
    assert rows[3] == ["4", "Thanh toán trực tuyến phí, lệ phí", "%", "46,5", "60,0", "63,7", "-"]


def test_tabs_part_columns_and_keep_the_place_of_an_empty_cell():
    assert cells(TABBED) == [
        [
            ["Chỉ tiêu", "ĐVT", "Năm 2023"],
            ["Trạm BTS", "trạm", "1.263"],
            ["I", "Chuyển đổi số", ""],
            ["Hồ sơ trực tuyến", "%", "81,2"],
            ["Tỷ lệ 5G", "", "3"],
        ]
    ]


def test_a_table_of_two_columns_needs_no_more():
    text = "Chỉ tiêu               Kết quả\nTrạm BTS               1.234\nThuê bao               23.456\n"
    assert cells(text)[0][2] == ["Thuê bao", "23.456"]


@pytest.mark.parametrize(
    "text",
    [
        LETTERHEAD,
        "Đắk Nông có 1.167 trạm BTS.  Phát triển mới 44 trạm.\nDoanh thu 165 tỷ.  Nộp ngân sách 9 tỷ.\nHết.  Xong.",
        "Trạm BTS     1.234\nThuê bao     5.678\n",
    ],
)
def test_letterheads_prose_and_pairs_of_lines_are_no_tables(text):
    assert cells(text) == []


def test_bars_are_left_to_the_other_tables():
    assert cells("| a  | b |\n|  1  | 2 |\n|  3  | 4 |\n") == []


def test_each_row_is_content_of_its_own_though_the_text_is_wrapped():
    prose = "\n".join(["Toàn tỉnh có hai mươi mốt doanh nghiệp được cấp phép,"] * 12)
    text = f"{prose}\n\nBảng 1. Một số chỉ tiêu\n\n{ALIGNED}\n{prose}\n"
    content = find_content(text)
    rows = find_rows(text, content)
    told = [text[span.start : span.end] for span in content if span.start in rows]
    assert [line.split()[0] for line in told] == ["1", "2", "3", "4"]
    assert all(row.label == 1 and len(row.cells) == len(row.header) == 7 for row in rows.values())


@pytest.mark.parametrize(
    "text",
    [
        "Huyện         Trạm BTS   Máy tính\n"
        "Bắc Hà              40         12\nSa Pa                7\nMường Tè             9\n",
        "Chỉ tiêu      Kế hoạch   Thực hiện\n              2023       2022\n"
        "Trạm BTS      900        861\nXã            12         11\n",
        "1. Hạ tầng     tốt\n2. Số trạm     12\n3. Số xã       15\n",
    ],
)
def test_what_parts_headers_or_has_two_of_them_or_is_a_list_is_no_table(text):
    assert cells(text) == []


def test_an_empty_cell_at_the_end_of_a_line_keeps_the_columns():
    text = "Chỉ tiêu\tNăm 2021\tNăm 2022\nTrạm BTS\t802\t861\nXã\t12\t\nThôn\t3\t4"
    assert cells(text)[0][2] == ["Xã", "12", ""]
