from types import SimpleNamespace
from typing import cast

import pytest

from assistant import phrase
from assistant.match import Matcher
from assistant.people import name_candidates
from index.candidate import Candidate
from index.candidates import figure_candidates
from index.clauses import clause_candidates, date_candidates
from index.lexicon import canonical_words
from index.types import Report
from tests.test_index_candidates import cut, sentences


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("tăng *5*_%_", r"tăng \*5\*\_%\_"),
        ("[1] và [link](x)", r"\[1\] và \[link\](x)"),
        ("<b>Sở</b>", r"\<b\>Sở\</b\>"),
        ("a\n  b\tc", "a b c"),
        ("`x` # | ~y~ \\ !", r"\`x\` \# \| \~y\~ \\ \!"),
        ("gần 4.700 hồ sơ (99,2%)", "gần 4.700 hồ sơ (99,2%)"),
    ],
)
def test_marks_of_markdown_and_html_in_a_report_are_escaped(text: str, escaped: str) -> None:
    assert phrase.escape(text) == escaped


def report(province: str, year: int | None, title: str = "Sở *họp*") -> Report:
    return Report("a.md", "", "", (), title, province, year, None, "")


@pytest.mark.parametrize(
    ("of", "heading"),
    [
        (report("Lào Cai", 2022), "Lào Cai (2022)"),
        (report("Lào Cai", None), "Lào Cai"),
        (report("", 2022), r"Sở \*họp\* (2022)"),
    ],
)
def test_the_heading_says_whose_figure_of_when(of: Report, heading: str) -> None:
    told = cast(Candidate, SimpleNamespace(sentence=SimpleNamespace(report=of), planned=False, quantity=None))
    assert phrase.heading(told) == heading


def test_the_heading_of_a_plan_says_so() -> None:
    planned = figure_candidates(sentences("Ngành phấn đấu có 900 trạm BTS trong năm 2023.")[0])[0]
    assert phrase.heading(planned) == "Lào Cai (mục tiêu 2023)"
    bracketed = figure_candidates(sentences("Tỉnh có 861 trạm BTS (kế hoạch 850 trạm).")[0])[1]
    assert phrase.heading(bracketed) == "Lào Cai (kế hoạch 2022)"


def test_markers_are_raised_for_a_second_answer() -> None:
    assert phrase.renumbered("Có 64 trạm [1]; 12 xã [2]", {1: 4, 2: 5}) == "Có 64 trạm [4]; 12 xã [5]"


def test_escaped_brackets_of_a_report_are_no_markers() -> None:
    assert phrase.MARKER.findall(phrase.escape("Xem [1]")) == []


@pytest.mark.parametrize(("text", "cased"), [("đạt 5", "Đạt 5"), ("", ""), ("BTS", "BTS")])
def test_a_statement_opens_with_a_capital(text: str, cased: str) -> None:
    assert phrase.sentence_case(text) == cased


def matcher(question: str) -> Matcher:
    return Matcher(canonical_words(question, typed=True), (), lambda key: 0.0)


def said(body: str, core: str, question: str) -> str:
    found = (c for s in sentences(body) for c in figure_candidates(s))
    return phrase.statement(next(c for c in found if cut(c, c.core) == core), matcher(question))


REVENUE = "Doanh thu viễn thông ước đạt 912,5 tỷ đồng, tăng 7,3% so với năm 2021; doanh thu bưu chính đạt 186 tỷ đồng."


def test_a_statement_tells_what_became_of_aims() -> None:
    told = "Ngành có 19 chỉ tiêu đạt, 3 chỉ tiêu không đạt và 4 chỉ tiêu vượt."
    assert said(told, "19", "bao nhiêu chỉ tiêu đạt") == "Ngành có 19 chỉ tiêu đạt"
    assert said(told, "3", "bao nhiêu chỉ tiêu không đạt") == "3 chỉ tiêu không đạt"
    assert said(told, "4", "bao nhiêu chỉ tiêu vượt") == "4 chỉ tiêu vượt"
    assert said("Ngành có 19 chỉ tiêu đạt 100% kế hoạch.", "19", "bao nhiêu chỉ tiêu") == "Ngành có 19 chỉ tiêu"


def test_a_statement_tells_the_figure_asked_and_no_other() -> None:
    assert said(REVENUE, "ước đạt 912,5 tỷ đồng", "doanh thu viễn thông") == (
        "Doanh thu viễn thông ước đạt 912,5 tỷ đồng"
    )
    assert said(REVENUE, "186 tỷ đồng", "doanh thu bưu chính") == "doanh thu bưu chính đạt 186 tỷ đồng"


def test_a_change_says_of_what_and_leaves_the_figure_between_out() -> None:
    assert said(REVENUE, "7,3%", "doanh thu viễn thông") == "Doanh thu viễn thông … tăng 7,3% so với năm 2021"


def test_a_leading_trong_do_is_left_out() -> None:
    body = "Trong đó, các xã vùng cao có 12 trạm phát thanh."
    assert said(body, "12", "xã vùng cao có trạm phát thanh") == "các xã vùng cao có 12 trạm phát thanh"


def test_a_statement_has_no_markup_of_the_report() -> None:
    assert said("Cổng **mới** nhận 12 hồ sơ.", "12", "cổng mới hồ sơ") == "Cổng mới nhận 12 hồ sơ"
    assert said("Cổng _mới_ nhận 12 hồ sơ.", "12", "cổng mới hồ sơ") == r"Cổng \_mới\_ nhận 12 hồ sơ"


def clause(body: str, question: str, wants_name: bool = False) -> str:
    candidate = clause_candidates(sentences(body)[0])[0]
    return phrase.clause(candidate, matcher(question), wants_name)


def test_a_short_clause_is_told_whole_without_its_full_stop() -> None:
    assert clause("Cổng dữ liệu mở đã vận hành.", "cổng dữ liệu") == "Cổng dữ liệu mở đã vận hành"


def test_the_name_asked_for_is_what_stands_in_quotation_marks() -> None:
    body = "Hội nghị chọn chủ đề “Dữ liệu số vì người dân” cho cả năm."
    assert clause(body, "chủ đề", wants_name=True) == "“Dữ liệu số vì người dân”"
    assert clause(body, "chủ đề").startswith("Hội nghị chọn chủ đề")


def test_a_long_clause_is_cut_to_the_part_asked_about() -> None:
    filler = "ngành đã rà soát văn bản và hướng dẫn các đơn vị thực hiện đúng quy định của cấp trên, " * 3
    told = clause(f"Trong năm, {filler}kho dữ liệu dùng chung đã nối với ba bộ, {filler}và họp đều.", "kho dữ liệu")
    assert "kho dữ liệu dùng chung đã nối với ba bộ" in told
    assert len(told) <= phrase.MAX_CLAUSE_CHARS


LIST = "Hội nghị nêu ba hạn chế: vốn còn dàn trải; cán bộ xã vừa thiếu vừa kiêm nhiệm; dữ liệu chưa kết nối."


def words_of(question: str) -> Matcher:
    return Matcher(canonical_words(question), (), lambda key: 0.0)


def first_clause(body: str) -> Candidate:
    return clause_candidates(sentences(body)[0])[0]


def test_a_list_is_told_to_its_end_when_it_is_asked_for() -> None:
    asked = words_of("hạn chế")
    assert phrase.clause(first_clause(LIST), asked, whole_list=True) == LIST.rstrip(".")
    assert phrase.clause(first_clause(LIST), asked) == "Hội nghị nêu ba hạn chế: vốn còn dàn trải"


def test_a_long_lead_before_a_list_is_left_out() -> None:
    body = f"Bên cạnh {'kết quả rất đáng ghi nhận ' * 14}của toàn ngành, hội nghị{LIST.removeprefix('Hội nghị')}"
    told = phrase.clause(first_clause(body), words_of("hạn chế"), whole_list=True)
    assert told == "hội nghị" + LIST.removeprefix("Hội nghị").rstrip(".")


def test_figures_after_a_colon_are_no_list() -> None:
    body = "Doanh thu: viễn thông 912 tỷ đồng; bưu chính 186 tỷ đồng."
    told = phrase.clause(first_clause(body), words_of("doanh thu"), whole_list=True)
    assert told == "Doanh thu: viễn thông 912 tỷ đồng"


@pytest.mark.parametrize(
    ("body", "place", "told"),
    [
        (
            "Hội sách mở ngày 21/4/2022 tại Thư viện tỉnh với 34 gian.",
            True,
            "Hội sách mở ngày 21/4/2022 tại Thư viện tỉnh",
        ),
        ("Hội sách mở ngày 21/4/2022 tại Thư viện tỉnh với 34 gian.", False, "Hội sách mở ngày 21/4/2022"),
        ("Trước ngày 30/4, trạm 5G đầu tiên lên sóng tại Khu công nghiệp Tằng Loỏng 2.", True, None),
    ],
)
def test_a_date_is_told_with_what_is_dated_and_its_place(body: str, place: bool, told: str | None) -> None:
    date = date_candidates(sentences(body)[0])[0]
    assert phrase.dated(date, words_of("trạm 5G đầu tiên lên sóng"), place) == (told or body.rstrip("."))


def test_the_date_stays_in_a_clause_cut_short() -> None:
    body = f"Chiều ngày 24/12, {'công việc của toàn ngành được điểm lại, ' * 9}nhiệm vụ được giao."
    told = phrase.dated(date_candidates(sentences(body)[0])[0], words_of("nhiệm vụ"), False)
    assert told.startswith("Chiều ngày 24/12, công việc")
    assert len(told) <= phrase.MAX_CLAUSE_CHARS


def test_figures_told_of_by_a_person_are_left_out() -> None:
    body = "Theo bà Vàng Thị Mỷ, Giám đốc Sở, đến cuối năm toàn tỉnh có 1.739 trạm BTS."
    told = phrase.person(name_candidates(sentences(body)[0])[0], words_of("giám đốc sở"))
    assert told == "Theo bà Vàng Thị Mỷ, Giám đốc Sở"


def test_who_comes_after_the_most_is_left_out() -> None:
    body = "Huyện Bắc Hà được ưu tiên nhất với 22 trạm mới, tiếp đến là Sa Pa 17 trạm."
    assert clause(body, "huyện được nhiều trạm mới nhất") == "Huyện Bắc Hà được ưu tiên nhất với 22 trạm mới"


@pytest.mark.parametrize(
    ("body", "figure", "told"),
    [
        ("c) Có 64 trạm 5G.", "64", "Có 64 trạm 5G"),
        ("Hộ gia đình dùng cáp quang tăng từ 78,3% lên 86,9%.", "86,9%", "Hộ gia đình dùng cáp quang tăng … lên 86,9%"),
        ("Bà A (xã B được thưởng 5 triệu đồng), 3 giải Khuyến khích.", "3", "3 giải Khuyến khích"),
    ],
)
def test_a_statement_has_no_loose_ends(body: str, figure: str, told: str) -> None:
    (candidate,) = (c for c in figure_candidates(sentences(body)[0]) if cut(c, c.core) == figure)
    assert phrase.statement(candidate, matcher("cáp quang hộ gia đình trạm 5G giải khuyến khích")) == told


@pytest.mark.parametrize(
    ("body", "figure", "told"),
    [
        (
            "Trong bão (tháng 10/2022), 64 trạm BTS mất liên lạc và đều đã hoạt động lại.",
            "64",
            "64 trạm BTS mất liên lạc",
        ),
        ("Có 27/30 hệ thống đã được phê duyệt cấp độ.", "27/30", "Có 27/30 hệ thống"),
    ],
)
def test_a_statement_begins_in_no_bracket_and_ends_on_no_joining_word(body: str, figure: str, told: str) -> None:
    (candidate,) = (c for c in figure_candidates(sentences(body)[0]) if cut(c, c.core) == figure)
    assert phrase.statement(candidate, matcher("trạm BTS hệ thống")) == told


def test_a_long_clause_keeps_the_places_it_ends_in() -> None:
    filler = "ngành đã rà soát văn bản và hướng dẫn các đơn vị thực hiện đúng quy định của cấp trên, " * 3
    body = f"Trong năm, {filler}38 trạm 5G phát thử tại thành phố Lào Cai, thị xã Sa Pa và huyện Bát Xát."
    assert clause(body, "trạm 5G phát thử tại").endswith("thị xã Sa Pa và huyện Bát Xát")
