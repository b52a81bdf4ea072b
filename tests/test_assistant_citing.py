from dataclasses import replace

import pytest

from assistant.types import Answer, Citation
from assistant.verify import verify_answer
from index.clean import find_content
from index.types import Report
from tests.test_assistant_holding import REPORT, REPORTS, STATIONS, TEXT

SAID = "**Lào Cai (2022):** Toàn tỉnh có gần 4.600 trạm BTS [1]"


def problems(text: str = SAID, *cited: Citation, question: str = "", reports: dict[str, Report] = REPORTS) -> list[str]:
    answer = Answer(question, text, "answered", cited or (STATIONS,), (), (), "test", 0.0)
    return [f"{one.about}: {one.reason}" for one in verify_answer(answer, reports).problems]


def test_a_true_answer_has_no_problem() -> None:
    assert problems() == []


@pytest.mark.parametrize("marker", ["[0]", "[2]", "[999999]", "[12345]"])
def test_a_marker_without_a_citation_is_named(marker: str) -> None:
    assert problems(f"{SAID} {marker}") == [f"{marker}: không có trích dẫn mang số này"]


def test_a_range_of_markers_is_named() -> None:
    assert problems(f"{SAID} [1-3]") == ["[1-3]: ký hiệu trích dẫn không phải một số"]


def test_citations_unused_or_of_one_number_are_named() -> None:
    assert problems(SAID, STATIONS, replace(STATIONS, marker=2)) == ["[2]: trích dẫn không được dùng trong câu trả lời"]
    assert problems(SAID, STATIONS, STATIONS) == ["[1]: nhiều trích dẫn mang cùng một số"]


def test_a_quote_that_differs_by_one_letter_is_named() -> None:
    edited = replace(STATIONS, quote=STATIONS.quote.replace("trạm", "trậm", 1))
    assert problems(SAID, edited) == ["[1] a.txt: đoạn trích không đúng nguyên văn; đoạn trích không còn"]


def test_a_quote_at_another_place_is_told_where_it_stands() -> None:
    moved = replace(STATIONS, start=STATIONS.start + 1, end=STATIONS.end + 1)
    assert problems(SAID, moved) == [
        f"[1] a.txt: đoạn trích không đúng nguyên văn; đoạn trích nay ở ký tự {STATIONS.start}–{STATIONS.end}"
    ]


def test_a_report_edited_since_is_told_with_where_the_quote_stands_now() -> None:
    text = TEXT.replace("\n\n", "\n\nThêm một câu. ", 1)
    newer = {"a.txt": replace(REPORT, text=text, sha256="beef", content=find_content(text))}
    place = text.index(STATIONS.quote)
    assert problems(reports=newer) == [
        f"[1] a.txt: báo cáo đã thay đổi; đoạn trích nay ở ký tự {place}–{place + len(STATIONS.quote)}"
    ]


def test_a_missing_report_is_named() -> None:
    assert problems(reports={}) == ["[1] a.txt: không còn báo cáo này"]


def test_a_province_or_year_that_is_not_the_reports_is_named() -> None:
    assert problems(SAID, replace(STATIONS, province="Cà Mau", year=2021)) == [
        "[1] a.txt: tỉnh ghi là “Cà Mau”, báo cáo là của “Lào Cai”",
        "[1] a.txt: năm ghi là 2021, báo cáo là của 2022",
    ]


def test_a_heading_of_another_province_or_year_is_named() -> None:
    assert problems("**Cà Mau (2022):** Toàn tỉnh chưa rõ [1]") == ["Cà Mau (2022): báo cáo được trích là của Lào Cai"]
    assert problems("**Lào Cai (2017):** Toàn tỉnh chưa rõ [1]") == [
        "Lào Cai (2017): báo cáo được trích là của năm 2022"
    ]


@pytest.mark.parametrize("name", ["Trần Văn Sơn", "Mường Khương", "Cà Mau"])
def test_people_and_places_that_no_quote_names_are_named(name: str) -> None:
    assert [one.partition(":")[0] for one in problems(f"Ông {name} nói toàn tỉnh đã đủ [1]")] == [name]


def test_a_name_of_the_question_alone_proves_nothing() -> None:
    said = problems("Ông Trần Văn Sơn nói toàn tỉnh đã đủ [1]", question="Trần Văn Sơn nói gì?")
    assert said == ["Trần Văn Sơn: tên này không có trong đoạn trích"]


@pytest.mark.parametrize("title", ["Báo cáo mật", ""])
def test_another_title_is_named(title: str) -> None:
    assert problems(SAID, replace(STATIONS, title=title)) == [
        f"[1] a.txt: tên báo cáo ghi là “{title}”, báo cáo ghi “Sở TT&TT Lào Cai tổng kết”"
    ]


def test_a_quote_that_ends_past_the_text_does_not_stand() -> None:
    far = replace(STATIONS, end=10**12, quote=TEXT[STATIONS.start :])
    assert problems(SAID, far)[0].startswith("[1] a.txt: đoạn trích không đúng nguyên văn")


@pytest.mark.parametrize(
    ("text", "about"),
    [("", "câu trả lời"), ("[1]", "câu trả lời"), (f"{SAID} x5000", "x5000"), (f"{SAID} Ⅻ", "Ⅻ")],
)
def test_what_cannot_be_checked_does_not_hold(text: str, about: str) -> None:
    assert about in [one.partition(":")[0] for one in problems(text)]


def test_a_line_that_only_looks_like_a_note_is_checked() -> None:
    assert "Trần Văn Sơn: tên này không có trong đoạn trích" in problems(
        f"{SAID}\nLưu ý: Ông Trần Văn Sơn đã nhận tiền."
    )


def test_a_refusal_tells_no_figure() -> None:
    told = Answer("", "Các báo cáo không nêu điều này. Lào Cai có 9.999 trạm.", "abstained", (), (), (), "t", 0.0)
    assert verify_answer(told, REPORTS).reasons == ("9.999: câu từ chối không được nêu số liệu",)


def test_a_refusal_may_name_what_it_lacks() -> None:
    refusal = Answer(
        "", "Các báo cáo không nêu điều này. Kho chưa có báo cáo của Cà Mau.", "abstained", (), (), (), "t", 0.0
    )
    assert verify_answer(refusal, REPORTS).holds


# --- pages


def test_a_page_is_held_against_the_report() -> None:
    place = TEXT.index(STATIONS.quote)
    paged = {"a.txt": replace(REPORT, pages=(0, place))}
    assert problems(SAID, replace(STATIONS, page=2), reports=paged) == []
    assert problems(SAID, STATIONS, reports=paged) == []
    assert problems(SAID, replace(STATIONS, page=1), reports=paged) == [
        "[1] a.txt: trang ghi là 1, đoạn trích ở trang 2"
    ]
    assert problems(SAID, replace(STATIONS, page=7)) == ["[1] a.txt: trang ghi là 7, báo cáo không chia trang"]
