from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.number_words import in_words
from index.numbers import Kind, find_quantities, parse_number


@dataclass(frozen=True)
class Form:
    text: str
    written: str
    kind: Kind
    value: str | None
    unit: str = ""
    precision: str = ""


FORMS = [
    Form("chi 1 tỷ 200 triệu 500 nghìn đồng", "1 tỷ 200 triệu 500 nghìn đồng", Kind.MONEY, "1200500000", "đồng"),
    Form("tăng hạng hai bậc", "hai", Kind.NUMBER, "2"),
    Form("đạt 1 triệu 960 nghìn thuê bao", "1 triệu 960 nghìn", Kind.NUMBER, "1960000"),
    Form("thu 2 tỷ 740 triệu đồng", "2 tỷ 740 triệu đồng", Kind.MONEY, "2740000000", "đồng"),
    Form("xếp 13/63, tăng", "13/63", Kind.RANK, "13"),
    Form("điểm, hạng hai mươi bảy.", "hai mươi bảy", Kind.RANK, "27"),
    Form("từ 23 đến 27/8/2023 tại", "23 đến 27/8/2023", Kind.DATE, None),
    Form("1.167", "1.167", Kind.NUMBER, "1167"),
    Form("1167", "1167", Kind.NUMBER, "1167"),
    Form("1 336 trạm", "1 336", Kind.NUMBER, "1336"),
    Form("1\u00a0336 trạm", "1\u00a0336", Kind.NUMBER, "1336"),
    Form("1.201.267 lượt", "1.201.267", Kind.NUMBER, "1201267"),
    Form("1,201,267 lượt", "1,201,267", Kind.NUMBER, "1201267"),
    Form("0,125 điểm", "0,125", Kind.NUMBER, "0.125"),
    Form("1.234,5 km", "1.234,5", Kind.NUMBER, "1234.5"),
    Form("1,234.5 km", "1,234.5", Kind.NUMBER, "1234.5"),
    Form("đạt 6,34 điểm.", "6,34", Kind.NUMBER, "6.34"),
    Form("hơn 2 nghìn lượt", "2 nghìn", Kind.NUMBER, "2000", "", "hơn"),
    Form("13,5 triệu lượt", "13,5 triệu", Kind.NUMBER, "13500000"),
    Form("99,7%", "99,7%", Kind.PERCENT, "99.7", "%"),
    Form("99.29%", "99.29%", Kind.PERCENT, "99.29", "%"),
    Form("100 %", "100 %", Kind.PERCENT, "100", "%"),
    Form("70 phần trăm", "70 phần trăm", Kind.PERCENT, "70", "%"),
    Form("165.202 triệu đồng", "165.202 triệu đồng", Kind.MONEY, "165202000000", "đồng"),
    Form("3.720 tỷ đồng", "3.720 tỷ đồng", Kind.MONEY, "3720000000000", "đồng"),
    Form("62,5 triệu đồng", "62,5 triệu đồng", Kind.MONEY, "62500000", "đồng"),
    Form("1,5 nghìn tỷ đồng", "1,5 nghìn tỷ đồng", Kind.MONEY, "1500000000000", "đồng"),
    Form("trên 40 tỷ)", "40 tỷ", Kind.MONEY, "40000000000", "đồng", "trên"),
    Form("Hôm nay 27/12, tại", "27/12", Kind.DATE, None),
    Form("trong quý II/2024", "quý II/2024", Kind.DATE, None),
    Form("ít hơn 21% so với", "21%", Kind.PERCENT, "21", "%"),
    Form("cao hơn gần 9 điểm", "9", Kind.NUMBER, "9", "", "gần"),
    Form("20.000đ một lượt", "20.000đ", Kind.MONEY, "20000", "đồng"),
    Form("20.000 VNĐ", "20.000 VNĐ", Kind.MONEY, "20000", "đồng"),
    Form("2.500km cáp", "2.500", Kind.NUMBER, "2500"),
    Form("tốc độ 100Mbps", "100", Kind.NUMBER, "100"),
    Form("8,6 tỷ USD", "8,6 tỷ USD", Kind.MONEY, "8600000000", "USD"),
    Form("2 triệu đô la Mỹ", "2 triệu đô la Mỹ", Kind.MONEY, "2000000", "USD"),
    Form("19/29 chỉ tiêu", "19/29", Kind.RATIO, "19"),
    Form("trên 624/624 thôn", "624/624", Kind.RATIO, "624"),
    Form("xếp thứ 6 toàn quốc", "thứ 6", Kind.RANK, "6"),
    Form("đứng thứ 09/63", "thứ 09/63", Kind.RANK, "9"),
    Form("hạng 38/63", "hạng 38/63", Kind.RANK, "38"),
    Form("tăng gấp đôi", "gấp đôi", Kind.MULTIPLE, "2"),
    Form("gấp 2,5 lần", "gấp 2,5 lần", Kind.MULTIPLE, "2.5"),
    Form("ba cuộc thanh tra", "ba", Kind.NUMBER, "3"),
    Form("hai mươi ba thủ tục", "hai mươi ba", Kind.NUMBER, "23"),
    Form("một trăm phần trăm", "một trăm phần trăm", Kind.PERCENT, "100", "%"),
    Form("hơn hai nghìn lượt", "hai nghìn", Kind.NUMBER, "2000", "", "hơn"),
    Form("hai triệu đồng", "hai triệu đồng", Kind.MONEY, "2000000", "đồng"),
    Form("đứng thứ ba", "thứ ba", Kind.RANK, "3"),
    Form("ngày 24/12", "24/12", Kind.DATE, None),
    Form("Chiều 18/01, tỉnh họp", "18/01", Kind.DATE, None),
    Form("24/12 xã đã có", "24/12", Kind.RATIO, "24"),
    Form("09/01/2020, tại tỉnh", "09/01/2020", Kind.DATE, None),
    Form("ngày 5 tháng 1 năm 2024", "ngày 5 tháng 1 năm 2024", Kind.DATE, None),
    Form("từ tháng 02/2023", "tháng 02/2023", Kind.DATE, None),
    Form("(02/2023)", "02/2023", Kind.DATE, None),
    Form("lúc 18:02", "18:02", Kind.TIME, None),
    Form("lúc 8 giờ 30 phút", "8 giờ 30 phút", Kind.TIME, None),
    Form("năm 2023", "2023", Kind.YEAR, "2023"),
    Form("giai đoạn 2021-2025", "2021-2025", Kind.YEAR, "2021"),
    Form("gần 4.600 điểm", "4.600", Kind.NUMBER, "4600", "", "gần"),
    Form("ước đạt trên 340 tỷ đồng", "340 tỷ đồng", Kind.MONEY, "340000000000", "đồng", "ước đạt trên"),
    Form("tối thiểu 80%", "80%", Kind.PERCENT, "80", "%", "tối thiểu"),
    Form("ước đạt 76,26%", "76,26%", Kind.PERCENT, "76.26", "%", "ước đạt"),
]


@pytest.mark.parametrize("form", FORMS, ids=[form.text for form in FORMS])
def test_a_figure_is_read_by_its_form(form: Form) -> None:
    (found,) = find_quantities(form.text)
    assert form.text[found.start : found.end] == form.written
    assert (found.kind, found.unit, found.precision) == (form.kind, form.unit, form.precision)
    assert found.value == (None if form.value is None else Decimal(form.value))


@pytest.mark.parametrize(
    "text",
    [
        "Đề án 06",
        "mạng 4G",
        "mẫu 1.234x",
        "sóng 2G/3G/4G",
        "Nghị quyết số 09-NQ/TU",
        "Quyết định 1234/QĐ-UBND",
        "Quyết định số 749/QĐ-TTg",
        "Thông tư 01",
        "mức độ 4",
        "Covid-19",
        "H2O",
        "khóm 3",
        "không có số nào",
        "",
    ],
)
def test_labels_are_no_figures(text: str) -> None:
    assert find_quantities(text) == []


def test_every_figure_of_a_sentence_is_found_in_order() -> None:
    text = (
        "Năm 2022 dựng thêm 31 trạm, đưa tổng số lên 905 trạm, phủ 98,4% dân số ở 77/77 xã, tăng 6,1% so với năm 2021."
    )
    found = find_quantities(text)
    assert [text[q.start : q.end] for q in found] == ["2022", "31", "905", "98,4%", "77/77", "6,1%", "2021"]
    assert [q.value for q in found if q.kind is Kind.NUMBER] == [31, 905]


def test_offsets_and_precision_count_from_the_start_of_the_text() -> None:
    text = "Không số. Doanh thu ước đạt trên 340 tỷ đồng."
    (found,) = find_quantities(text, text.index("Doanh"))
    assert text[found.precision_start : found.end] == "ước đạt trên 340 tỷ đồng"
    assert text[found.start : found.end] == "340 tỷ đồng"


def test_a_precision_word_before_the_searched_stretch_is_not_taken() -> None:
    text = "gần 4.600 điểm"
    (found,) = find_quantities(text, 4)
    assert (found.precision, found.precision_start) == ("", 4)


def test_figures_after_the_end_are_not_found() -> None:
    text = "31 trạm và 905 trạm"
    assert [q.value for q in find_quantities(text, 0, 10)] == [31]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.167", "1167"),
        ("1,167", "1167"),
        ("1 336", "1336"),
        ("99.29", "99.29"),
        ("99,7", "99.7"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("01.234", "1.234"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("007", "7"),
    ],
)
def test_parsing_a_written_number(written: str, value: str) -> None:
    assert parse_number(written) == Decimal(value)


VALUES = st.tuples(st.integers(0, 10**12), st.sampled_from(["", "5", "25", "0625"]))


@given(VALUES)
def test_a_number_grouped_the_vietnamese_way_is_parsed_back(parts: tuple[int, str]) -> None:
    whole, decimals = parts
    written = f"{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "")
    assert parse_number(written) == Decimal(f"{whole}.{decimals}" if decimals else whole)


@given(VALUES)
def test_a_number_grouped_the_english_way_is_parsed_back(parts: tuple[int, str]) -> None:
    whole, decimals = parts
    written = f"{whole:,}" + (f".{decimals}" if decimals else "")
    assert parse_number(written) == Decimal(f"{whole}.{decimals}" if decimals else whole)


@given(VALUES)
def test_a_formatted_number_in_a_sentence_is_found_whole(parts: tuple[int, str]) -> None:
    whole, decimals = parts
    written = f"{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "")
    text = f"Toàn tỉnh có {written} thuê bao đang hoạt động"
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == written
    assert found.value == Decimal(f"{whole}.{decimals}" if decimals else whole)


@given(st.text(alphabet="0123456789.,/%- gầnhơtrỷđồgiệu:", max_size=60))
def test_any_figure_lies_inside_the_text(text: str) -> None:
    for found in find_quantities(text):
        assert 0 <= found.precision_start <= found.start < found.end <= len(text)
        assert text[found.start : found.end].strip() == text[found.start : found.end]


@given(st.integers(10, 999_999))
def test_numbers_in_words_are_read_back(number: int) -> None:
    (found,) = find_quantities(f"có {in_words(number)} thuê bao")
    assert (found.kind, found.value) == (Kind.NUMBER, number)


@given(st.integers(1, 99), st.sampled_from(["nghìn", "triệu", "tỷ đồng", "cuộc thanh tra"]))
def test_small_numbers_in_words_are_read_before_what_is_counted(number: int, counted: str) -> None:
    scale = {"nghìn": 10**3, "triệu": 10**6, "tỷ đồng": 10**9}.get(counted, 1)
    (found,) = find_quantities(f"đã có {in_words(number)} {counted}")
    assert found.value == number * scale


@pytest.mark.parametrize(
    "text",
    ["một số xã", "Trong năm xã hội hóa", "trong năm hệ thống vận hành tốt", "ông Ba phát biểu", "Thứ Hai đầu tuần",
     "Chủ trì là ông Hồ Văn Mười, Phó Bí thư", "bộ phận một cửa", "tháng Ba", "giải ba", "ba phần tư"],
)  # fmt: skip
def test_words_that_only_look_like_numbers_are_none(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize("number", [0, -3, 1_000_000])
def test_numbers_that_no_report_spells_out_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"{number} is not between"):
        in_words(number)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("nhận 150-180 cuộc gọi", ["150", "180"]),
        ("1.200-1.500 trạm", ["1200", "1500"]),
        ("chiếm 5-7% tổng số", ["5", "7"]),
        ("vốn 2-3 tỷ đồng", ["2", "3000000000"]),
        ("giảm 0,5-0,7 điểm", ["0.5", "0.7"]),
        ("trả trước 5-7 ngày", ["5", "7"]),
        ("lễ 30-4 của xã", ["30"]),
        ("sân chơi 12-12 vui", ["12"]),
        ("gọi 0204-3855 số", ["204"]),
        ("đạt 3-4.", ["3"]),
        ("chuẩn 9001-2015 và", ["9001"]),
        ("đạt 3-4-5 sao", ["3"]),
    ],
)
def test_the_upper_end_of_a_range_may_stand_right_behind_a_hyphen(text: str, values: list[str]) -> None:
    assert [str(one.value) for one in find_quantities(text)] == values


@pytest.mark.parametrize("text", ["vượt kế hoạch 2000 thuê bao", "chi hết 1950 triệu đồng", "đạt kế hoạch 2050 hồ sơ"])
def test_a_number_that_counts_is_no_year(text: str) -> None:
    assert [quantity.kind for quantity in find_quantities(text)] != [Kind.YEAR]


@pytest.mark.parametrize("text", ["Kế hoạch 2021 đặt doanh thu", "(cuối 2021 là 12)", "Cuối 2022: 4.702 trạm"])
def test_a_year_after_a_plan_or_an_end_is_a_year(text: str) -> None:
    assert find_quantities(text)[0].kind is Kind.YEAR


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Mạng 2G tắt hẳn từ 16/10, giải ngân đến 30/11.", [Kind.DATE, Kind.DATE]),
        ("Tuần lễ (10-9 đến 10-10) có 5 lớp.", [Kind.DATE, Kind.NUMBER]),
        ("Diễn ra chiều 27-12 tại tỉnh.", [Kind.DATE]),
        ("So với 2022 thêm 163 vị trí.", [Kind.YEAR, Kind.NUMBER]),
        ("Từ 2021 đến hết 2023, con số là 31 điểm.", [Kind.YEAR, Kind.YEAR, Kind.NUMBER]),
        ("Tính tới giữa tháng 11 có 9 lớp.", [Kind.NUMBER]),
        ("Mỗi tháng 12 chuyên mục.", [Kind.NUMBER]),
        ("Số trạm gấp hơn 3 lần.", [Kind.MULTIPLE]),
    ],
)
def test_days_and_years_are_no_numbers(text: str, kinds: list[Kind]) -> None:
    assert [one.kind for one in find_quantities(text)] == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Trả kết quả trước 2-3 ngày; hiện nay 10-12 xã chưa có mạng.", [Kind.NUMBER, Kind.NUMBER]),
        ("Số trạm tăng từ 2018 lên 2140 trạm.", [Kind.NUMBER, Kind.NUMBER]),
        ("Hoàn thành 15/12 nội dung.", [Kind.RATIO]),
        ("Xử lý 16/10 hồ sơ.", [Kind.RATIO]),
        ("Chín tháng 120 vụ.", [Kind.NUMBER]),
    ],
)
def test_ranges_values_and_shares_are_no_days(text: str, kinds: list[Kind]) -> None:
    assert [one.kind for one in find_quantities(text)][-len(kinds) :] == kinds
