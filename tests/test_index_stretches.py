import pytest

from index import stretches
from index.types import Span


def at(text: str, part: str) -> int:
    return text.index(part)


def cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def test_clauses_are_parted_by_semicolons_and_cover_the_sentence() -> None:
    text = "Có 12 xã; có 5 phường; có 3 thị trấn."
    parts = stretches.clauses(text, Span(0, len(text)))
    assert [cut(text, part) for part in parts] == ["Có 12 xã", "có 5 phường", "có 3 thị trấn."]


def test_clauses_keep_the_offsets_of_the_report() -> None:
    text = "Mở đầu. Có 12 xã; có 5 phường."
    assert [cut(text, part) for part in stretches.clauses(text, Span(8, len(text)))] == ["Có 12 xã", "có 5 phường."]


def test_the_clause_around_an_offset() -> None:
    text = "Có 12 xã; có 5 phường."
    assert cut(text, stretches.clause_at(text, Span(0, len(text)), at(text, "5"))) == "có 5 phường."


@pytest.mark.parametrize(
    ("text", "left", "figure", "own"),
    [
        ("Tỉnh có 31 trạm, nâng tổng số lên 905 trạm", "trạm, nâng", "905", "nâng tổng số lên "),
        ("Có 31 trạm và 905 điểm", " và", "905", ""),
        ("Có 60 điểm, trong đó: vùng cao có 12 điểm", ", trong", "12", "vùng cao có "),
        ("Doanh thu (kế hoạch 110 tỷ", "Doanh", "110", "kế hoạch "),
    ],
)
def test_where_the_own_words_of_a_figure_begin(text: str, left: str, figure: str, own: str) -> None:
    start = stretches.own_start(text, at(text, left), at(text, figure))
    assert text[start : at(text, figure)] == own


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("31 trạm BTS, phủ sóng cả huyện", "trạm BTS"),
        ("31 trạm BTS đạt chuẩn", "trạm BTS"),
        ("31 trạm BTS trên địa bàn tỉnh", "trạm BTS trên địa bàn tỉnh"),
        ("31 trạm (kể cả trạm nhỏ)", "trạm"),
        ("31 xã, phường, thị trấn có mạng.", "xã, phường, thị trấn có mạng"),
        ("31 hồ sơ, 12 thư", "hồ sơ"),
        ("31 hồ sơ và 12 thư", "hồ sơ"),
        ("31 một hai ba bốn sáu bảy tám chín mười thêm nữa", "một hai ba bốn sáu bảy tám chín mười"),
        ("31%, cao hơn năm trước", "%"),
    ],
)
def test_the_noun_after_a_figure_ends_before_a_pause_a_verb_or_the_next_figure(text: str, noun: str) -> None:
    more = "12" in text
    limit = at(text, "12") if more else len(text)
    assert text[2 : stretches.noun_end(text, 2, limit, before_figure=more)].strip() == noun


@pytest.mark.parametrize(
    ("lead", "bare"),
    [("tăng ", True), (" và đạt tỷ lệ ", True), ("", True), ("doanh thu đạt ", False), ("cấp xã đạt ", False)],
)
def test_a_figure_led_by_a_verb_alone_has_no_subject_of_its_own(lead: str, bare: bool) -> None:
    assert stretches.is_bare(f"{lead}12", 0, len(lead)) is bare


@pytest.mark.parametrize(
    ("lead", "direction"),
    [
        ("Doanh thu tăng ", "tăng"),
        ("Hồ sơ giấy giảm gần ", "giảm"),
        ("Tỉnh lắp mới ", "tăng"),
        ("Doanh thu tăng trưởng ", "tăng"),
        ("Thu vượt ", "tăng"),
        ("Doanh thu đạt ", ""),
        ("Sau khi tăng giá, doanh thu đạt ", ""),
    ],
)
def test_the_words_before_a_figure_make_it_a_change(lead: str, direction: str) -> None:
    assert stretches.direction(f"{lead}12", 0, len(lead)) == direction


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("giảm từ 168 bản xuống 92 bản", True),
        ("tăng từ 168 lên 190", True),
        ("lấy từ 168 xã của tỉnh", False),
        ("giảm 168 bản xuống mức thấp", False),
    ],
)
def test_the_value_a_change_started_from(text: str, former: bool) -> None:
    start = at(text, "168")
    assert stretches.is_former(text, 0, start, start + 3) is former


def test_what_a_change_is_compared_with_belongs_to_it() -> None:
    text = "tăng 7% so với năm 2021, đạt kế hoạch"
    assert text[: stretches.comparison_end(text, at(text, " so"), len(text))] == "tăng 7% so với năm 2021"
    other = "tăng 7%, đạt kế hoạch"
    assert other[: stretches.comparison_end(other, at(other, ","), len(other))] == "tăng 7%"


@pytest.mark.parametrize(
    ("stretch", "years"),
    [
        ("Năm 2020 có 5 trạm, năm 2021 có 8", [2020, 2021]),
        ("tăng 5% so với năm 2021", []),
        ("họp ngày 11/01/2023", [2023]),
        ("có 2018 trạm", []),
    ],
)
def test_the_years_a_stretch_dates_itself_by(stretch: str, years: list[int]) -> None:
    assert stretches.years_told(stretch) == years
