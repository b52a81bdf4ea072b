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
