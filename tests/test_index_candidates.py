import pytest

from index.candidate import Candidate
from index.candidates import figure_candidates
from index.clauses import clause_candidates, date_candidates
from index.clean import find_content
from index.numbers import Kind
from index.sentences import Sentence, Sentences
from index.split import split_report
from index.tokens import count_tokens
from index.types import Report, Span
from tests.conftest import within


def sentences(body: str, year: int = 2022) -> list[Sentence]:
    """The sentences of a report of one province below its headline."""
    text = f"Tổng kết ngành năm {year}\n\n{body}"
    report = Report("a.md", text, "", find_content(text), "Tổng kết", "Lào Cai", year, None, "")
    passages = split_report(report, count_tokens)
    made = Sentences({report.path: report}, passages)
    return [sentence for number in range(len(passages)) for sentence in made.of_passage(number)][1:]


def cut(candidate: Candidate, span: Span) -> str:
    return candidate.sentence.report.text[span.start : span.end]


def figures(body: str, year: int = 2022) -> dict[str, Candidate]:
    """The figure candidates of a text by their figure."""
    found = [c for sentence in sentences(body, year) for c in figure_candidates(sentence)]
    by_core = {cut(c, c.core): c for c in found}
    assert len(by_core) == len(found)
    return by_core


STATIONS = (
    "Trong năm 2022, các doanh nghiệp lắp mới 64 trạm BTS, nâng tổng số trạm BTS toàn tỉnh lên 2.018 trạm, "
    "phủ sóng 4G tới 1.486 thôn."
)
REVENUE = (
    "Doanh thu viễn thông ước đạt 912,5 tỷ đồng, tăng 7,3% so với năm 2021; "
    "doanh thu bưu chính đạt 186 tỷ đồng (kế hoạch 180 tỷ đồng), giảm 2,4% so với năm 2021."
)


def test_each_figure_of_a_sentence_has_its_own_words_and_no_other_figure() -> None:
    assert [cut(c, c.span) for c in figures(STATIONS).values()] == [
        "Trong năm 2022, các doanh nghiệp lắp mới 64 trạm BTS",
        "nâng tổng số trạm BTS toàn tỉnh lên 2.018 trạm",
        "phủ sóng 4G tới 1.486 thôn",
    ]


def test_each_figure_has_the_noun_it_counts() -> None:
    assert {core: c.noun for core, c in figures(STATIONS).items()} == {
        "64": "trạm BTS",
        "2.018": "trạm",
        "1.486": "thôn",
    }


def test_a_noun_keeps_what_denies_it() -> None:
    told = figures("Trong 22 chỉ tiêu UBND tỉnh giao, ngành hoàn thành 19, còn 3 chỉ tiêu không đạt, 7 xã chưa được.")
    assert {core: c.noun for core, c in told.items()} == {
        "22": "chỉ tiêu UBND tỉnh giao",
        "19": "",
        "3": "chỉ tiêu không đạt",
        "7": "xã chưa được",
    }
    assert figures("Có 5 chỉ tiêu đạt.")["5"].noun == "chỉ tiêu"


def test_departments_counted_with_bodies_are_one_noun_whatever_follows() -> None:
    assert figures("Có 19 sở, ngành đã kết nối trục.")["19"].noun.startswith("sở, ngành")
    assert figures("Đã có 21 sở, ban, ngành được cấp chữ ký số.")["21"].noun == "sở, ban, ngành"


def test_a_year_alone_is_no_figure() -> None:
    assert "2022" not in figures(STATIONS)
    assert figures("Hội nghị diễn ra lúc 8 giờ ngày 11/01/2023.") == {}


def test_the_precision_word_belongs_to_the_figure() -> None:
    assert list(figures("Toàn tỉnh có gần 4.700 hồ sơ và hơn 80% đúng hạn.")) == ["gần 4.700", "hơn 80%"]


def test_a_change_keeps_its_direction_and_what_it_is_compared_with() -> None:
    found = figures(REVENUE)
    assert [(core, c.direction) for core, c in found.items() if c.direction] == [("7,3%", "tăng"), ("2,4%", "giảm")]
    assert cut(found["7,3%"], found["7,3%"].span) == "tăng 7,3% so với năm 2021"


def test_a_change_without_a_subject_goes_on_about_the_figure_before_in_its_clause() -> None:
    found = figures(REVENUE)
    assert cut(found["7,3%"], found["7,3%"].lead).strip().startswith("Doanh thu viễn thông ")
    assert cut(found["2,4%"], found["2,4%"].lead).strip().startswith("doanh thu bưu chính đạt ")
    assert not any("viễn thông" in cut(found["2,4%"], head) for head in found["2,4%"].heads)


def test_new_and_added_things_are_a_growth() -> None:
    assert figures(STATIONS)["64"].direction == "tăng"
    assert figures("Tỉnh có 64 trạm BTS mới.")["64"].direction == "tăng"
    assert figures("Lượng hồ sơ gấp đôi.")["gấp đôi"].direction == "tăng"


def test_only_the_bracketed_figure_of_a_result_is_planned() -> None:
    assert [core for core, c in figures(REVENUE).items() if c.planned] == ["180 tỷ đồng"]


def test_a_target_of_the_next_year_is_planned_and_dated() -> None:
    target = figures("Năm 2023, ngành phấn đấu đạt 970 tỷ đồng doanh thu.")["970 tỷ đồng"]
    assert (target.planned, target.years) == (True, frozenset({2023}))


def test_each_figure_is_of_the_year_told_next_to_it() -> None:
    found = figures("Năm 2020, tỉnh có 800 trạm; năm 2021 có 861 trạm.", 2021)
    assert {core: set(c.years) for core, c in found.items()} == {"800": {2020}, "861": {2021}}


def test_a_year_only_compared_with_dates_no_figure() -> None:
    results = [c for c in figures(REVENUE).values() if not c.planned]
    assert [set(c.years) for c in results] == [set()] * 4


def test_parts_after_trong_do_are_parts_of_the_whole_before() -> None:
    found = figures("Toàn tỉnh có 1.161 sản phẩm lên sàn, trong đó 47 sản phẩm OCOP và 1.114 sản phẩm khác.")
    assert [core for core, c in found.items() if c.is_part] == ["47", "1.114"]
    assert "Toàn tỉnh có " in [cut(found["47"], head) for head in found["47"].heads]


def test_a_sentence_of_parts_shares_the_start_of_the_sentence_before() -> None:
    found = figures("Toàn tỉnh dựng 31 trạm BTS. Trong đó, vùng cao có 12 trạm.")
    assert (found["31"].is_part, found["12"].is_part) == (False, True)
    assert "Toàn tỉnh dựng " in [cut(found["12"], head) for head in found["12"].heads]


def test_a_sentence_of_its_own_shares_nothing_of_the_one_before() -> None:
    found = figures("Toàn tỉnh dựng 31 trạm BTS. Các xã vùng cao có 12 thư viện.")
    assert not any("dựng" in cut(found["12"], head) for head in found["12"].heads)


def test_of_a_change_from_to_the_first_value_is_the_former_one() -> None:
    found = figures("Số văn bản giấy giảm từ 168 bản xuống 92 bản.")
    assert {core: c.former for core, c in found.items()} == {"168": True, "92": False}
    assert cut(found["92"], found["92"].lead).startswith("Số văn bản giấy")


def test_the_figures_of_a_list_share_what_follows_the_last() -> None:
    found = figures("Có 11 tập thể, 10 cá nhân được khen.")
    assert any("được khen" in cut(found["11"], head) for head in found["11"].heads)


def test_a_bullet_stands_under_its_heading() -> None:
    found = figures("## Bưu chính\n\n- Doanh thu: 226,4 tỷ đồng\n\n## Viễn thông\n\n- Doanh thu: 912 tỷ đồng")
    assert {core: cut(c, c.heads[-1]) for core, c in found.items()} == {
        "226,4 tỷ đồng": "## Bưu chính",
        "912 tỷ đồng": "## Viễn thông",
    }


@pytest.mark.parametrize(
    ("figure", "kind"),
    [("12 xã", Kind.NUMBER), ("12%", Kind.PERCENT), ("12 tỷ đồng", Kind.MONEY), ("thứ 12", Kind.RANK)],
)
def test_a_candidate_has_the_form_of_its_figure(figure: str, kind: Kind) -> None:
    assert [c.kind for c in figures(f"Tỉnh đạt {figure}.").values()] == [kind]


def dates(body: str) -> dict[str, str]:
    return {cut(c, c.core): cut(c, c.span) for s in sentences(body) for c in date_candidates(s)}


def test_each_date_stands_in_its_own_clause() -> None:
    assert dates("Hội nghị diễn ra ngày 11/01/2023 tại Sa Pa; cổng mở từ tháng 5/2021.") == {
        "11/01/2023": "Hội nghị diễn ra ngày 11/01/2023 tại Sa Pa",
        "tháng 5/2021": "cổng mở từ tháng 5/2021.",
    }


def test_a_date_is_told_without_the_figures_beside_it() -> None:
    told = dates("Từ tháng 5/2021, cổng vận hành, nhận 412 hồ sơ.")
    assert told == {"tháng 5/2021": "Từ tháng 5/2021, cổng vận hành"}


def test_only_dates_of_the_forms_asked_are_given() -> None:
    sentence = sentences("Sau 3 tháng, cổng mở ngày 11/01/2023.")[0]
    assert [cut(c, c.core) for c in date_candidates(sentence, (Kind.PERIOD,))] == ["3 tháng"]


def test_clauses_answer_in_words_and_headings_do_not() -> None:
    made = [clause_candidates(sentence) for sentence in sentences("## Kết quả\n\nCổng đã mở; kho dữ liệu đã nối.")]
    assert [[cut(c, c.span) for c in clauses] for clauses in made] == [[], ["Cổng đã mở", "kho dữ liệu đã nối."]]


def test_a_clause_of_a_plan_is_planned() -> None:
    made = clause_candidates(sentences("Năm 2023, ngành mở cổng dữ liệu.")[0])
    assert [(c.planned, set(c.years)) for c in made] == [(True, {2023})]


@pytest.mark.parametrize(
    ("body", "part", "base"),
    [
        ("Các nền tảng gỡ 136 trong tổng số 149 bài viết sai sự thật.", "136", "149"),
        ("Tính chung, ngành làm được 30 trong số 34 chỉ tiêu.", "30", "34"),
    ],
)
def test_a_figure_counted_out_of_another_counts_the_same_noun(body: str, part: str, base: str) -> None:
    found = figures(body)
    assert [core for core, c in found.items() if c.is_base] == [base]
    assert found[part].noun == found[base].noun != ""


def test_a_share_beside_the_planned_share_is_no_share_of_the_plan() -> None:
    found = figures("Tỷ lệ doanh nghiệp dùng nền tảng số đạt 33,5% so với kế hoạch 35%.")
    assert {core: (c.of_plan, c.planned) for core, c in found.items()} == {
        "33,5%": (False, False),
        "35%": (False, True),
    }


def test_the_year_a_ranking_came_out_is_not_its_year() -> None:
    found = figures("DTI năm 2021 (công bố năm 2022): thứ 31/63 tỉnh, thành phố.")
    assert set(found["thứ 31/63"].years) == {2021}


@pytest.mark.parametrize("span", ["200 - 220", "200–220", "200 đến 220"])
def test_the_upper_end_of_a_range_tells_the_whole_of_it(span: str) -> None:
    found = figures(f"Phấn đấu có {span} trạm 5G.")
    assert cut(found[span], found[span].span).endswith(f"{span} trạm 5G")
    assert found[span].noun == "trạm 5G"


def test_a_heading_of_results_and_plans_dates_results_by_the_reports_year() -> None:
    found = figures("## Kết quả năm 2022 và nhiệm vụ năm 2023\n\nSở ban hành 22 quyết định xử phạt.")
    assert found["22"].years == {2022}


def test_a_range_is_one_figure_and_its_lower_end_none() -> None:
    body = "Chi phí trung gian giảm từ 15 đến 20%, còn giá bán nhích thêm 3–5 nghìn đồng mỗi ký."
    told = figures(body)
    assert [cut(c, c.span) for c in told.values()] == [
        "Chi phí trung gian giảm từ 15 đến 20%",
        "giá bán nhích thêm 3–5 nghìn đồng mỗi ký",
    ]
    assert [c.direction for c in told.values()] == ["giảm", "tăng"]


def test_a_change_from_one_share_to_another_is_no_range() -> None:
    assert list(figures("Tỷ lệ tăng từ 15% đến 20%.")) == ["15%", "20%"]


def test_the_year_of_a_ranking_may_come_after_the_rank() -> None:
    told = figures("Tỉnh xếp thứ 23/63 về chỉ số DTI năm 2021, tăng 6 bậc so với năm 2020.")
    assert told["thứ 23/63"].years == {2021}


def test_what_there_was_at_the_beginning_of_the_year_is_a_former_value() -> None:
    told = figures("Đầu năm, Lào Cai còn 14 ấp lõm sóng. Đến nay đã phủ sóng 11 ấp.")
    assert [told["14"].former, told["11"].former] == [True, False]


def test_a_figure_in_brackets_belongs_to_the_name_before_it() -> None:
    told = figures("23 thôn ở Đồng Xuân (11 thôn), Sông Hinh (7) và Sơn Hòa (5) vẫn lõm sóng.")
    assert [cut(told[core], told[core].span) for core in ("11", "7", "5")] == [
        "Đồng Xuân (11 thôn",
        "Sông Hinh (7",
        "Sơn Hòa (5",
    ]


def test_a_district_named_before_a_figure_is_no_noun_of_the_figure_before() -> None:
    told = figures("Kế đó là thị xã Gò Công 44,9%, thị xã Cai Lậy 41,3%.")
    assert cut(told["41,3%"], told["41,3%"].span) == "thị xã Cai Lậy 41,3%"


def test_a_domain_begins_no_stretch_in_its_middle() -> None:
    told = figures("Phát triển 3.000 tên miền .vn nâng tổng số tên miền .vn lên gần 5.000 tên miền.")
    assert "Vn" not in cut(told["gần 5.000"], told["gần 5.000"].span).title()[:2]


def test_a_clause_that_comes_to_a_target_is_planned() -> None:
    body = "Toàn tỉnh có 12 xã. Ngành phấn đấu tỷ lệ hồ sơ trực tuyến trên 55% năm 2023."
    assert [clause_candidates(one)[0].planned for one in sentences(body)] == [False, True]


def test_an_abbreviation_in_brackets_interrupts_nothing() -> None:
    told = figures("Tỉnh cung cấp 1.012 dịch vụ công (DVCTT) toàn trình và 487 DVCTT một phần.")
    assert [cut(c, c.span) for c in told.values()] == [
        "Tỉnh cung cấp 1.012 dịch vụ công (DVCTT) toàn trình",
        "487 DVCTT một phần",
    ]


def test_the_year_of_an_index_is_no_figure() -> None:
    told = figures("PAR INDEX 2021 đạt 85,27 điểm.")
    assert {core: set(one.years) for core, one in told.items()} == {"85,27": {2021}}


def test_society_is_no_commune_that_goes_on_with_a_list() -> None:
    told = figures("Trong đó chính quyền số xếp thứ 27, xã hội số xếp thứ 45.")
    assert [cut(c, c.span) for c in told.values()] == ["Trong đó chính quyền số xếp thứ 27", "xã hội số xếp thứ 45"]


def test_the_year_of_the_rank_that_follows_is_not_the_first_ones() -> None:
    told = figures("Tỉnh xếp thứ 15 trong khi năm 2021 đứng thứ 20.")
    assert [set(told["thứ 15"].years), set(told["thứ 20"].years)] == [set(), {2021}]


def test_a_clause_with_a_plan_in_brackets_at_its_end_is_a_result() -> None:
    body = "Sở đã chuyển trung tâm dữ liệu sang trụ sở mới (kế hoạch tháng 11); các phần mềm đã nâng cấp."
    assert [one.planned for one in clause_candidates(sentences(body)[0])] == [False, False]


def test_what_a_bracket_parts_a_number_into_are_parts() -> None:
    told = figures("Tổng số trạm là 1.286 trạm (402 trạm 2G, 431 trạm 3G), tăng 58 trạm; 2 trạm 5G đang phát thử.")
    assert {core: one.is_part for core, one in told.items()} == {
        "1.286": False,
        "402": True,
        "431": True,
        "58": False,
        "2": False,
    }


@pytest.mark.parametrize(
    ("body", "core", "years"),
    [
        ("Doanh thu: 428 tỷ đồng (2021: 391 tỷ đồng).", "391 tỷ đồng", {2021}),
        ("Trạm BTS: 4.936. Cuối 2021: 4.702 trạm.", "4.702", {2021}),
        ("Toàn tỉnh có 5.137 trạm BTS (cuối 2021 là 4.866).", "4.866", {2021}),
        ("Nộp trực tuyến 65,6% (chỉ tiêu 60%; năm 2021: 48,2%).", "48,2%", {2021}),
    ],
)
def test_a_value_of_the_year_before_is_of_that_year(body: str, core: str, years: set[int]) -> None:
    candidate = figures(body)[core]
    assert (candidate.years, candidate.planned) == (years, False)


@pytest.mark.parametrize(
    ("body", "core", "direction"),
    [
        ("Doanh thu bưu chính 318 tỷ đồng, hơn năm trước 41 tỷ đồng.", "41 tỷ đồng", "tăng"),
        ("Doanh thu bưu chính 318 tỷ đồng, hơn năm trước 41 tỷ đồng, tương đương 14,8%.", "14,8%", "tăng"),
        ("Số lớp là 31, kém cùng kỳ năm ngoái 4 lớp.", "4", "giảm"),
        ("Chỉ số PCI đứng thứ 2, tiến 29 bậc.", "29", "tăng"),
        ("Doanh thu 3.287 tỷ đồng, nhích 4,6% so với năm 2021.", "4,6%", "tăng"),
        ("So với 2021 thêm 163 vị trí.", "163", "tăng"),
    ],
)
def test_what_differs_from_the_year_before_is_a_change(body: str, core: str, direction: str) -> None:
    assert figures(body)[core].direction == direction


@pytest.mark.parametrize(
    ("body", "core"),
    [
        ("Có 15,24 triệu thuê bao, giảm nhẹ so với 15,61 triệu của năm 2021.", "15,61 triệu"),
        ("Nộp ngân sách 47,5 tỷ đồng, giảm nhẹ so với 48,9 tỷ đồng năm trước.", "48,9 tỷ đồng"),
    ],
)
def test_the_value_this_one_is_held_against_is_of_the_year_before(body: str, core: str) -> None:
    former = figures(body)[core]
    assert (former.former, former.years) == (True, {2021})


def test_the_value_of_the_beginning_of_the_year_is_a_former_one() -> None:
    told = figures("Còn 16.230 thuê bao 2G, giảm từ 71.900 thuê bao hồi đầu năm.")
    assert (told["71.900"].former, told["16.230"].former) == (True, False)


def test_figures_in_brackets_are_of_the_year_that_the_report_says_they_are_of() -> None:
    told = figures(
        "(Số trong ngoặc đơn là số liệu cùng kỳ năm 2021)\n\nHạ tầng: 3.742 trạm BTS (3.508); phủ 4G 99,1% (98,6%)."
    )
    assert [(one.noun, one.years) for one in (told["3.742"], told["3.508"])] == [
        ("trạm BTS", set()),
        ("trạm BTS", {2021}),
    ]
    assert told["98,6%"].former
    assert not figures("Hạ tầng: 3.742 trạm BTS (3.508).")["3.508"].former


def test_a_figure_dated_by_a_later_year_is_planned() -> None:
    told = figures(
        "Toàn tỉnh có 412 trạm 5G. Lãnh đạo yêu cầu năm 2023 có ít nhất 700 trạm 5G. Tháng 1 năm 2023 trao 12 giải."
    )
    assert [(core, one.planned) for core, one in told.items()] == [("412", False), ("ít nhất 700", True), ("12", False)]


def test_a_plan_told_in_brackets_ends_with_them() -> None:
    told = figures("Kinh tế số chiếm 17,9% GRDP (mục tiêu đến 2025: 20%). Có 1.318 doanh nghiệp công nghệ số.")
    assert (told["20%"].planned, told["1.318"].planned) == (True, False)


def test_the_title_of_a_paragraph_stands_over_its_later_sentences() -> None:
    told = figures("3. Viễn thông. Tổng số trạm BTS 2.103. Doanh thu 1.528 tỷ đồng.")
    money = told["1.528 tỷ đồng"]
    assert "Viễn thông" in [cut(money, head) for head in money.heads]


def test_a_part_of_a_whole_without_so_counts_the_same_noun() -> None:
    told = figures("Hiện 37 trong 41 trạm 5G đặt ở Phú Quốc.")
    assert (told["37"].noun, told["41"].is_base) == ("trạm 5G đặt ở Phú Quốc", True)
    assert figures("Có 120 hộ trong 3 xã.")["120"].noun == "hộ"


LEGEND = "Số ghi trong ngoặc là của năm trước.\n\n"


def test_a_noun_behind_another_years_value_is_counted() -> None:
    told = figures(LEGEND + "Tập huấn: 31 (26) lớp, 2.245 (1.870) lượt người.")
    assert {core: one.noun for core, one in told.items()} == {
        "31": "lớp",
        "26": "lớp",
        "2.245": "lượt người",
        "1.870": "lượt người",
    }


def test_a_figure_alone_in_brackets_after_a_place_counts_what_the_one_before_does() -> None:
    told = figures("Đến cuối năm còn 47 thôn, bản tập trung ở Kỳ Sơn (19), Tương Dương (16).")
    assert [(told[core].noun, told[core].is_part) for core in ("19", "16")] == [("thôn, bản", True)] * 2


@pytest.mark.parametrize(
    ("body", "core"),
    [
        ("Cấp xã đạt 46,2% so với yêu cầu 50%.", "50%"),
        ("Vị trí dùng chung đạt 19,4% (Bộ TT&TT giao 20%).", "20%"),
        ("Chữ ký số mới bằng 4,9%, còn xa mốc 10% đặt ra.", "10%"),
        ("Tỷ lệ này cao hơn mức 50% được giao, nay là 52,6%.", "50%"),
    ],
)
def test_what_was_to_be_reached_is_planned(body: str, core: str) -> None:
    assert [told for told, one in figures(body).items() if one.planned] == [core]


def test_a_mark_that_was_passed_is_no_plan() -> None:
    assert not figures("Doanh thu vượt mốc 3.000 tỷ đồng trong năm.")["3.000 tỷ đồng"].planned


def test_the_first_value_of_the_year_is_told_from_the_last() -> None:
    told = figures("Bản trắng sóng: đầu năm 14, cuối năm 5. Đầu năm 2022 còn tới 9 xóm chưa có sóng.")
    assert {core: (one.former, one.years) for core, one in told.items()} == {
        "14": (True, set()),
        "5": (False, set()),
        "9": (True, set()),
    }
    assert not figures("6 tháng đầu năm 14 xã về đích.")["14"].former


def test_points_told_after_a_rank_are_of_its_year() -> None:
    told = figures("Tỉnh xếp hạng 11/63 về chuyển đổi số năm 2021, tăng 15 bậc; điểm đạt 0,4671.")
    assert told["0,4671"].years == {2021}


def test_what_a_figure_is_given_to_belongs_to_the_next_figure() -> None:
    told = figures("Thư viện tặng 4.600 bản sách cho 23 trường. Có 47 điểm Bưu điện - Văn hóa xã và 30 điểm khác.")
    assert cut(told["23"], told["23"].span) == "cho 23 trường"
    assert (told["47"].noun, cut(told["30"], told["30"].span)) == ("điểm Bưu điện - Văn hóa xã", "30 điểm khác")


@pytest.mark.parametrize(
    ("body", "dates"),
    [
        ("Miễn phí từ 01/8/2022 đến hết 2023 với 42 loại.", ["01/8/2022 đến hết 2023"]),
        ("Cuộc thi (01/8 - 15/9/2022): 52 lượt.", ["01/8 - 15/9/2022"]),
        ("Họp ngày 02/3/2022, trao giải ngày 05/4/2022.", ["02/3/2022", "05/4/2022"]),
    ],
)
def test_a_stretch_of_time_is_one_date(body: str, dates: list[str]) -> None:
    assert [cut(one, one.core) for sentence in sentences(body) for one in date_candidates(sentence)] == dates


@pytest.mark.parametrize(
    "body",
    [
        "Thực hiện Đề án chuyển đổi số đến năm 2025, tỉnh đã lắp 45 trạm.",
        "Hội nghị triển khai nhiệm vụ năm 2023 có 120 đại biểu dự.",
        "Phục vụ Tết Quý Mão năm 2023, các đơn vị lắp 45 trạm BTS lưu động.",
        "Đến đầu năm 2023, toàn tỉnh có 2.140 trạm BTS.",
        "Số lượng giao dịch trên Cổng tính đến đầu năm 2023 đạt 15.000 lượt.",
        "Hội nghị giao ban tháng 1 năm 2023 cho biết toàn tỉnh có 2.140 trạm BTS.",
        "Các đơn vị đáp ứng yêu cầu phục vụ Tết Nguyên đán năm 2023, đã lắp đặt 45 trạm.",
        "Sở đã chỉ đạo các doanh nghiệp chuẩn bị tắt sóng 2G năm 2024, hiện còn 1.250 thuê bao 2G.",
        "Đơn vị vượt yêu cầu 2%.",
        "Sở nhận phản ánh (yêu cầu hỗ trợ 45 lượt).",
    ],
)
def test_a_result_beside_a_later_year_or_a_wish_is_no_plan(body: str) -> None:
    assert [one.planned for one in figures(body).values()] == [False]


@pytest.mark.parametrize(
    "body",
    [
        "Đầu năm 2022, Sở chỉ đạo lắp 45 trạm mới.",
        "Chỉ trong nửa đầu năm có 300 hồ sơ.",
        "Trong 10 ngày đầu năm 2022 có 300 hồ sơ.",
        "Doanh thu đạt 105% kế hoạch của năm 2021.",
    ],
)
def test_a_value_of_this_year_is_no_former_one(body: str) -> None:
    assert [one.former for one in figures(body).values()] == [False]


def test_a_year_that_a_figure_is_held_against_dates_none_after_it() -> None:
    told = figures("Toàn tỉnh có 3.214 trạm, nhiều hơn 186 trạm so với cuối năm 2022, trong đó 18 trạm 5G.")
    assert [set(one.years) for one in told.values()] == [set()] * 3


@pytest.mark.parametrize(
    "body",
    [
        "DTI năm 2021 xếp thứ 41/63, giảm 7 bậc so với năm 2020 (thứ 34); riêng trụ cột xã hội số đứng thứ 33.",
        "DTI năm 2021 xếp thứ 41/63. Chỉ số thành phần về nhân lực số xếp thứ 33.",
    ],
)
def test_a_part_of_an_index_is_ranked_in_the_year_of_the_index(body: str) -> None:
    ranked = [one for sentence in sentences(body) for one in figure_candidates(sentence) if one.kind is Kind.RANK]
    assert ranked[-1].years == {2021}


def test_ranks_of_many_sentences_about_parts_of_an_index_are_read_in_time() -> None:
    body = "DTI năm 2021 xếp thứ 40/63. " + "Trụ cột xã hội số đạt 0,51 điểm, tăng 0,05 điểm, hạng 12. " * 12
    with within(5):
        assert figure_candidates(sentences(body)[-1])[-1].years == {2021}
