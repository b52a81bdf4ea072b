import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import find_content, front_matter
from index.types import Span

LINES = st.sampled_from(
    [
        "Tổng kết ngành năm 2021",
        "Tỉnh có 905 trạm BTS.",
        "  thụt vào đầu dòng, còn dở",
        "Lượt xem: 2597",
        "Ảnh: TL",
        "Tin liên quan",
        "Theo: laichau.gov.vn",
        "Trang chủ | Tin tức | Liên hệ",
        "---",
        "- 12 xã mới có sóng",
        "",
        "\t",
        "\u2028",
        "\ufeff",
        "\u00a0 \u200b",
    ]
)


def content(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_content(text)]


PORTAL = """Trang chủ | Giới thiệu | Liên hệ

Ngành Thông tin họp bàn việc năm 2022
15/01/2022 08:30 Lượt xem: 2.597 In bài viết

Sáng 14/1, Sở họp tại thị xã Mường Lay.
Ảnh: Toàn cảnh hội nghị
Đại biểu dự hội nghị. Ảnh: TL
Phó Chủ tịch tỉnh phát biểu
Năm 2021, toàn tỉnh có 905 trạm BTS
- Doanh thu đạt 120 tỷ đồng
Chia sẻ
Tin liên quan
Huyện bên có 12 xã mới được phủ sóng.
Nguồn: Báo Lai Châu
"""


def test_menus_counters_captions_and_related_news_are_no_content() -> None:
    assert content(PORTAL) == [
        "Ngành Thông tin họp bàn việc năm 2022",
        "15/01/2022 08:30",
        "Sáng 14/1, Sở họp tại thị xã Mường Lay.",
        "Năm 2021, toàn tỉnh có 905 trạm BTS",
        "- Doanh thu đạt 120 tỷ đồng",
        "Nguồn: Báo Lai Châu",
    ]


@pytest.mark.parametrize(
    "counter",
    ["Lượt xem: 2597", "Số lượt xem: 2.597", "Đã xem: 12", "views: 12", "In bài viết", "Chia sẻ", "Cỡ chữ A+ A-"],
)
def test_a_counter_is_cut_off_the_end_of_its_line(counter: str) -> None:
    assert content(f"Tổng kết ngành\n09/01/2020, 18:02 | {counter}\n") == ["Tổng kết ngành", "09/01/2020, 18:02"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Các sở chia sẻ dữ liệu dùng chung qua trục liên thông, đạt 95%.",
        "Chia sẻ dữ liệu giữa 19 sở đạt 95%.",
        "- 12 dịch vụ tích hợp, chia sẻ",
        "Trục tích hợp, Chia sẻ dữ liệu của tỉnh (LGSP) có 12 dịch vụ.",
    ],
)
def test_sharing_told_of_in_a_sentence_is_no_button(sentence: str) -> None:
    assert content(f"Tổng kết ngành\nSở họp.\n{sentence}\nHết năm có 905 trạm.") == [
        "Tổng kết ngành",
        "Sở họp.",
        sentence,
        "Hết năm có 905 trạm.",
    ]


@pytest.mark.parametrize(
    "button", ["Chia sẻ", "Chia sẻ:", "Chia sẻ Facebook", "Chia sẻ | In bài viết", "Chia sẻ bài viết"]
)
def test_a_button_at_the_end_of_a_line_is_cut_off(button: str) -> None:
    assert content(f"Tổng kết ngành\n09/01/2020, 18:02 {button}\n") == ["Tổng kết ngành", "09/01/2020, 18:02"]


@pytest.mark.parametrize(
    "menu",
    ["Trang chủ", "Trang chủ » Tin trong tỉnh", "Trang chủ\nGiới thiệu\nLiên hệ", "Tin tức - Sự kiện", "A | B | C"],
)
def test_a_menu_above_the_headline_is_not_taken_for_it(menu: str) -> None:
    assert content(f"{menu}\nSở họp tổng kết năm\nTỉnh có 905 trạm.") == ["Sở họp tổng kết năm", "Tỉnh có 905 trạm."]


def test_a_text_of_nothing_but_a_menu_is_kept_rather_than_lost() -> None:
    assert content("Trang chủ") == ["Trang chủ"]


@pytest.mark.parametrize("heading", ["Tin khác", "CÁC TIN KHÁC:", "Bài viết liên quan", "Xem thêm", "Bình luận"])
def test_everything_under_related_news_is_dropped_but_the_byline(heading: str) -> None:
    text = f"Tổng kết ngành\nTỉnh có 905 trạm.\n{heading}\nHuyện khác có 12 trạm.\n- Thêm 3 trạm.\nTheo: laichau.gov.vn"
    assert content(text) == ["Tổng kết ngành", "Tỉnh có 905 trạm.", "Theo: laichau.gov.vn"]


@pytest.mark.parametrize(
    "line",
    [
        "15/01/2022 08:30",
        "Thứ Sáu, ngày 14 tháng 1 năm 2022 - 15:36",
        "Nguồn: Báo Lai Châu",
        "Theo: laichau.gov.vn",
        "Tác giả: Hải Yến",
        "Toàn tỉnh có 905 trạm BTS",
        "Các việc chính:",
        "- phủ sóng thôn bản",
        "| Trạm | 905 |",
    ],
)
def test_lines_that_tell_something_stay(line: str) -> None:
    assert content(f"Tổng kết ngành\nSở họp.\n{line}\n")[2:] == [line]


@pytest.mark.parametrize(
    "line", ["Quang cảnh buổi họp", "Đại biểu dự họp. Ảnh: TL", "Ảnh: Hải Yến", "ẢNH 2", "Năm 2021"]
)
def test_captions_are_dropped(line: str) -> None:
    assert content(f"Tổng kết ngành\nSở họp.\n{line}\nTỉnh có 905 trạm.") == [
        "Tổng kết ngành",
        "Sở họp.",
        "Tỉnh có 905 trạm.",
    ]


def test_front_matter_is_found_and_is_no_content() -> None:
    text = "---\ntitle: Tổng kết\nyear: 2021\n---\n\n# Tổng kết\n\nTỉnh có 905 trạm.\n"
    assert front_matter(text) == Span(4, 31)
    assert text[4:31] == "title: Tổng kết\nyear: 2021\n"
    assert content(text) == ["# Tổng kết", "Tỉnh có 905 trạm."]


def test_a_rule_inside_the_text_is_no_front_matter() -> None:
    assert front_matter("Tổng kết\n---\nyear: 2021\n---\n") is None


def test_a_hard_wrapped_paragraph_is_one_span_with_its_breaks() -> None:
    first = "\n".join(
        [
            "Sở mở hội nghị nhìn lại công việc cả năm của toàn ngành với",
            "sự góp mặt của lãnh đạo nhiều cơ quan trong tỉnh cùng đông",
            "đủ các doanh nghiệp. Số trạm thu phát sóng tăng thêm 31 trạm",
            "so với năm trước, nâng số trạm đang chạy ở tất cả các huyện",
            "lên tới 905 trạm, nhờ đó sóng di động đã tới hầu hết các bản",
            "làng ở vùng cao, kể cả những nơi đường sá đi lại khó khăn và",
            "dân cư ở thưa thớt, đúng theo lộ trình mà tỉnh đã vạch ra từ",
            "đầu nhiệm kỳ.",
        ]
    )
    second = "Phần bưu chính có doanh thu cả năm cao hơn hẳn năm liền kề,\nđạt 150 tỷ đồng."
    assert content(f"{first}\n\n{second}\n") == [first, second]


@given(st.lists(LINES, max_size=14).map("\n".join))
def test_every_span_lies_in_the_text_in_order_and_is_stripped(text: str) -> None:
    spans = find_content(text)
    bounds = [bound for span in spans for bound in (span.start, span.end)]
    assert bounds == sorted(bounds)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()


@given(st.text(max_size=200))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in find_content(text))


def test_headlines_of_other_articles_are_left_out() -> None:
    body = "".join(f"Năm 2022, tỉnh có {number} trạm BTS.\n" for number in range(90, 98))
    text = (
        f"Tổng kết ngành\n{body}» Cà Mau: thêm 212 trạm BTS mới (28/12/2022)\nHuyện có 3 xã đạt chuẩn mới → Xem tiếp\n"
        "TIN CÁC TỈNH BẠN\nCà Mau có 9 trạm.\n"
    )
    assert content(text) == ["Tổng kết ngành", *body.splitlines()]


@pytest.mark.parametrize("line", ["Theo Báo Phú Yên", "Theo: laichau.gov.vn", "Nguồn: Báo Lai Châu"])
def test_where_an_article_is_from_stays(line: str) -> None:
    assert content(f"Tổng kết ngành\nTỉnh có 905 trạm.\n{line}\n")[-1] == line


@pytest.mark.parametrize(
    "line",
    [
        "Số huyện đã có trung tâm điều hành thông minh đạt 78% (7/9)",
        "Theo đài truyền thanh cơ sở có 112 cụm loa.",
        "Trung tâm điều hành thông minh khai trương (22/9/2022).",
    ],
)
def test_lines_that_only_look_like_chrome_stay(line: str) -> None:
    body = "".join(f"Năm 2022, tỉnh có {number} trạm BTS.\n" for number in range(90, 98))
    assert line in content(f"Tổng kết ngành\n{body}{line}\nNăm 2022, tỉnh có 5 sở.\n")


def test_a_line_of_other_headlines_is_no_content() -> None:
    text = (
        "Tổng kết ngành năm 2022\n\nTỉnh có 905 trạm.\n\nCùng chuyên mục: Lai Châu còn 41 bản chưa có sóng | Tin khác\n"
    )
    assert [text[span.start : span.end] for span in find_content(text)] == [
        "Tổng kết ngành năm 2022",
        "Tỉnh có 905 trạm.",
    ]


def test_lists_whose_members_are_broken_at_a_column_are_joined_again() -> None:
    members = [
        "- Mạng lưới bưu chính của tỉnh có 12 doanh nghiệp hoạt động,\nvới 127 điểm phục vụ;",
        "- Bán kính phục vụ bình quân là 4,93 km cho mỗi điểm, bình\nquân 4.640 người;",
        "- Tỷ lệ hộ gia đình có đường truyền cáp quang đạt 64,3%, tăng\n8,8 điểm phần trăm;",
        "- Thuê bao điện thoại di động là 598.214, băng rộng cố định\nlà 96.470 thuê bao;",
        "- Đội ứng cứu sự cố an toàn thông tin mạng tổ chức diễn tập\nthực chiến hai lần;",
        "+ Trạm 2G: 226 trạm;",
        "+ Trạm 3G: 466 trạm;",
        "+ Trạm 4G: 812 trạm;",
        "+ Trạm 5G: 4 trạm;",
    ]
    text = "Kết quả năm 2023\n\n" + "\n".join(members)
    assert [text[span.start : span.end] for span in find_content(text)][1:] == members
