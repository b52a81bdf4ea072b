import pytest

from assistant.about import find_about
from assistant.types import Draft, Evidence
from assistant.understand import understand
from index.clean import find_content
from index.types import Report, Span

TEXT = (
    "Lào Cai họp tổng kết ngành năm 2022\n\n18:02 - Thứ Tư, 11/01/2023\n\nNgày 10/01/2023, Sở họp tổng kết.\n\n"
    "Nguồn: Báo Lào Cai\n"
)


def report(text: str = TEXT) -> Report:
    return Report("a.txt", text, "", find_content(text), "Lào Cai họp", "Lào Cai", 2022, None, "")


def about(question: str, *reports: Report) -> Draft | None:
    return find_about(understand(question, (), reports), reports)


def line(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def test_when_the_article_was_published_is_its_dateline() -> None:
    assert about("Bài về Lào Cai đăng ngày nào?", report()) == Draft(
        "**Lào Cai (2022):** Bài đăng 18:02 - Thứ Tư, 11/01/2023 [1]",
        "answered",
        (Evidence("a.txt", line(TEXT, "18:02 - Thứ Tư, 11/01/2023")),),
    )


def test_where_the_article_is_from_is_its_closing_line() -> None:
    assert about("bai viet ve lao cai lay tu nguon nao", report()) == Draft(
        "**Lào Cai (2022):** Nguồn: Báo Lào Cai [1]",
        "answered",
        (Evidence("a.txt", line(TEXT, "Nguồn: Báo Lào Cai")),),
    )


def test_an_article_without_a_dateline_or_source_tells_neither() -> None:
    bare = report("Lào Cai họp tổng kết ngành năm 2022\n\nSở họp tổng kết.\n")
    assert about("Bài về Lào Cai đăng ngày nào?", bare) is None
    assert about("Bài về Lào Cai lấy từ nguồn nào?", bare) is None


def test_a_question_about_the_contents_is_not_about_the_article() -> None:
    assert about("Hội nghị ở Lào Cai diễn ra ngày nào?", report()) is None
    assert about("Lào Cai có bao nhiêu trạm BTS?", report()) is None


def test_of_several_reports_none_is_meant() -> None:
    assert about("Bài về Lào Cai đăng ngày nào?", report(), report()) is None


def test_who_wrote_the_article_is_its_byline() -> None:
    question = "Bài về Lào Cai do ai viết?"
    byline = report(TEXT + "\nThu Hà - Minh Quân\nÝ kiến bạn đọc\n")
    assert about(question, byline) == Draft(
        "**Lào Cai (2022):** Người viết: Thu Hà - Minh Quân [1]",
        "answered",
        (Evidence("a.txt", line(byline.text, "Thu Hà - Minh Quân")),),
    )
    credit = report("Trang chủ\nNgày đăng: 11/01/2023 15:10     Tác giả: Lâm Quế     Nguồn: Cổng tỉnh\n" + TEXT)
    found = about(question, credit)
    assert found is not None
    assert found.text == "**Lào Cai (2022):** Người viết: Lâm Quế [1]"
    unsigned = about(question, report(TEXT))
    assert unsigned is not None
    assert unsigned.status == "abstained"


@pytest.mark.parametrize(
    "question",
    ["Lào Cai xử lý bao nhiêu vụ vi phạm quyền tác giả?", "Lào Cai có mấy tác giả đoạt giải?"],
)
def test_authors_of_other_works_are_no_byline(question: str) -> None:
    assert about(question, report(TEXT + "\nThu Hà - Minh Quân\n")) is None


@pytest.mark.parametrize(
    "line_of_no_name", ["Kết quả thực hiện: Hoàn thành tốt nhiệm vụ", "Trang Chủ | Giới Thiệu | Tin Tức", "Lào Cai"]
)
def test_menus_and_results_are_no_byline(line_of_no_name: str) -> None:
    found = about("Bài về Lào Cai do ai viết?", report(f"{TEXT}\n{line_of_no_name}\n"))
    assert found is not None
    assert found.status == "abstained"


def test_what_a_report_says_of_itself_is_no_markup() -> None:
    hostile = report(TEXT.replace("Báo Lào Cai", "[Báo](javascript:alert(1)) <img src=x>"))
    found = about("Bài viết về Lào Cai lấy từ nguồn nào?", hostile)
    assert found is not None
    assert "](" not in found.text.replace("\\](", "")
    assert "<img" not in found.text.replace("\\<img", "")


def test_the_dateline_is_found_in_the_page_chrome_without_what_stands_beside_it() -> None:
    chrome = report("Trang chủ\nThứ Sáu, 13/01/2023 | 14:47 GMT+7   Lượt xem: 3 418   Cỡ chữ: A-\n" + TEXT)
    found = about("Bài về Lào Cai đăng lúc mấy giờ, thứ mấy?", chrome)
    assert found is not None
    assert found.text == "**Lào Cai (2022):** Bài đăng Thứ Sáu, 13/01/2023 \\| 14:47 [1]"


SIGNED = (
    TEXT + "\nNơi nhận:              KT. GIÁM ĐỐC\n- Lưu: VT.             PHÓ GIÁM ĐỐC\n\n              Vàng Thị Mỷ\n"
)


def test_who_signed_stands_below_the_office_at_the_end() -> None:
    start = SIGNED.index("GIÁM ĐỐC")
    assert about("Ai ký báo cáo của Lào Cai năm 2022?", report(SIGNED)) == Draft(
        "**Lào Cai (2022):** Người ký: Vàng Thị Mỷ (Phó giám đốc) [1]",
        "answered",
        (Evidence("a.txt", Span(start, SIGNED.index("Vàng Thị Mỷ") + 11)),),
    )


def test_an_unsigned_report_does_not_tell_who_signed() -> None:
    assert about("Ai ký báo cáo của Lào Cai năm 2022?", report()) is None
    assert about("Ai ký báo cáo của Lào Cai năm 2021?", report(SIGNED)) is None


LETTER = (
    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG\nSố: 412/BC-STTTT       Lào Cai, ngày 18 tháng 12 năm 2022\n\n"
    "BÁO CÁO\nKết quả năm 2022\n\nToàn tỉnh có 2.018 trạm BTS.\n"
)


def test_an_official_letter_tells_its_number_and_its_day() -> None:
    of = report(LETTER)
    assert about("Báo cáo năm 2022 của Lào Cai mang số hiệu gì?", of) == Draft(
        "**Lào Cai (2022):** Số hiệu: 412/BC-STTTT [1]",
        "answered",
        (Evidence("a.txt", line(LETTER, "Số: 412/BC-STTTT")),),
    )
    assert about("Báo cáo năm 2022 của Lào Cai ký ngày nào?", of) == Draft(
        "**Lào Cai (2022):** Báo cáo đề ngày 18 tháng 12 năm 2022 [1]",
        "answered",
        (Evidence("a.txt", line(LETTER, "ngày 18 tháng 12 năm 2022")),),
    )
    assert about("Báo cáo năm 2022 của Lào Cai mang số hiệu gì?", report()) is None


def test_the_number_of_a_letter_tells_which_report_is_meant() -> None:
    signed = LETTER + "\n              GIÁM ĐỐC\n\n              Vàng Thị Mỷ\n"
    draft = about("Ai ký báo cáo 412/BC-STTTT của Lào Cai?", report(), report(signed))
    assert draft is not None
    assert "Vàng Thị Mỷ" in draft.text


def test_a_byline_above_the_chrome_at_the_end_is_found() -> None:
    chrome = "".join(f"Mục {number}\n\n" for number in range(20))
    body = "Sở họp tổng kết, " + "nêu kết quả của từng lĩnh vực và việc của năm sau, " * 6 + "rồi bế mạc."
    text = f"Lào Cai họp tổng kết ngành năm 2022\n\n{body}\n\nThu Trang - Văn Kiên (Sở TT&TT Lào Cai)\n{chrome}"
    told = about("Bài về Lào Cai do ai viết?", report(text))
    assert told is not None
    assert told.text == "**Lào Cai (2022):** Người viết: Thu Trang - Văn Kiên [1]"


def test_who_won_a_prize_for_a_piece_did_not_write_the_report() -> None:
    assert about("Nhà báo nào đoạt giải A của Lào Cai?", report()) is None
