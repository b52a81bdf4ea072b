from assistant.match import Matcher
from assistant.offices import same_office
from assistant.people import name_candidates
from assistant.rank import Scored, score_figure, score_text
from assistant.types import Query
from assistant.understand import understand
from index.candidate import Candidate
from index.candidates import figure_candidates
from tests.test_index_candidates import cut, sentences


def scored(question: str, body: str, slot: int = 0) -> dict[str, Scored]:
    """The figures of a text, scored for a question, by their figure."""
    query = understand(question, (), ())
    matcher = Matcher(query.terms, query.carried, lambda key: 0.0)
    found = [c for s in sentences(body) for c in figure_candidates(s)]
    return {cut(c, c.core): score_figure(c, query, matcher, 0.5, slot) for c in found}


def best(question: str, body: str, slot: int = 0) -> str:
    """The best of the figures that fit the kind of question."""
    fitting = {core: one.score for core, one in scored(question, body, slot).items() if one.fits}
    return max(fitting, key=fitting.__getitem__)


STATIONS = "Các doanh nghiệp lắp mới 64 trạm BTS, nâng tổng số trạm BTS lên 2.018 trạm, phủ sóng 4G tới 1.486 thôn."
REVENUE = (
    "Doanh thu viễn thông ước đạt 912,5 tỷ đồng (kế hoạch 900 tỷ đồng), tăng 7,3% so với năm 2021; "
    "doanh thu bưu chính đạt 186 tỷ đồng, giảm 2,4% so với năm 2021."
)


def test_the_total_is_told_from_what_was_added() -> None:
    assert best("Lào Cai có bao nhiêu trạm BTS?", STATIONS) == "2.018"
    assert best("Lào Cai lắp mới bao nhiêu trạm BTS?", STATIONS) == "64"


def test_the_figure_with_the_counted_noun_answers() -> None:
    assert best("Sóng 4G của Lào Cai tới bao nhiêu thôn?", STATIONS) == "1.486"


def test_the_figure_of_the_trade_asked_answers() -> None:
    assert best("Doanh thu bưu chính Lào Cai là bao nhiêu?", REVENUE) == "186 tỷ đồng"
    assert best("Doanh thu viễn thông Lào Cai là bao nhiêu?", REVENUE) == "ước đạt 912,5 tỷ đồng"


def test_the_plan_answers_only_a_question_for_it() -> None:
    assert best("Kế hoạch doanh thu viễn thông Lào Cai là bao nhiêu?", REVENUE) == "900 tỷ đồng"


def test_the_change_of_the_trade_asked_answers() -> None:
    assert best("Doanh thu viễn thông Lào Cai tăng bao nhiêu phần trăm?", REVENUE) == "7,3%"
    assert best("Doanh thu bưu chính Lào Cai giảm bao nhiêu phần trăm?", REVENUE) == "2,4%"


def test_only_figures_of_the_form_asked_fit() -> None:
    money = scored("Doanh thu viễn thông Lào Cai là bao nhiêu tiền?", REVENUE)
    planned = "900 tỷ đồng"
    assert {core for core, one in money.items() if not one.fits} == {"7,3%", "2,4%", planned}
    change = scored("Doanh thu viễn thông Lào Cai tăng bao nhiêu?", REVENUE)
    assert {core for core, one in change.items() if one.fits} == {"7,3%", "2,4%"}


def test_a_figure_of_another_year_does_not_fit() -> None:
    body = "Năm 2021, tỉnh có 800 trạm BTS; năm 2022 có 861 trạm BTS."
    fits = {core: one.fits for core, one in scored("Lào Cai có bao nhiêu trạm BTS năm 2021?", body).items()}
    assert fits == {"800": True, "861": False}


def test_the_reports_year_dates_its_results_and_the_next_its_plans() -> None:
    body = "Tỉnh có 861 trạm BTS. Ngành phấn đấu có 900 trạm BTS."
    of_next = scored("Mục tiêu số trạm BTS của Lào Cai năm 2023?", body)
    assert {core: one.fits for core, one in of_next.items()} == {"861": False, "900": True}


def test_the_former_value_of_a_change_never_fits() -> None:
    found = scored("Lào Cai còn bao nhiêu bản giấy?", "Số bản giấy giảm từ 168 bản xuống 92 bản.")
    assert {core: one.fits for core, one in found.items()} == {"168": False, "92": True}


def test_a_figure_the_question_itself_tells_does_not_fit() -> None:
    found = scored("19 sở của Lào Cai gửi bao nhiêu văn bản?", "Có 19 sở gửi 5.120 văn bản.")
    assert {core: one.fits for core, one in found.items()} == {"19": False, "5.120": True}


def test_what_is_left_out_does_not_answer() -> None:
    body = "Sàn bán 47 nông sản OCOP và 1.114 nông sản khác."
    assert best("Ngoài OCOP, Lào Cai có bao nhiêu nông sản trên sàn?", body) == "1.114"


def test_each_slot_has_its_own_best_figure() -> None:
    question, body = "Lào Cai có mấy tập thể, mấy cá nhân được khen?", "Có 9 tập thể và 17 cá nhân được khen."
    assert [best(question, body, slot) for slot in (0, 1)] == ["9", "17"]


def test_a_part_answers_only_when_it_is_named() -> None:
    body = "Tỉnh có 1.161 điểm truy cập, trong đó 47 điểm truy cập ở trường học."
    assert best("Lào Cai có bao nhiêu điểm truy cập?", body) == "1.161"
    assert best("Lào Cai có bao nhiêu điểm truy cập ở trường học?", body) == "47"


def test_a_figure_is_sure_only_when_the_weighty_words_stand_by_it() -> None:
    assert scored("Lào Cai có bao nhiêu trạm BTS?", STATIONS)["2.018"].sure
    assert not scored("Lào Cai có bao nhiêu trạm quan trắc?", STATIONS)["2.018"].sure
    assert not any(one.sure for one in scored("Lào Cai có bao nhiêu thư viện?", STATIONS).values())


def named(question: str, body: str) -> dict[str, bool]:
    query: Query = understand(question, (), ())
    matcher = Matcher(query.terms, query.carried, lambda key: 0.0)
    people: list[Candidate] = [c for s in sentences(body) for c in name_candidates(s)]
    return {c.noun: score_text(c, query, matcher, 0.5).fits for c in people}


def test_a_deputy_is_not_the_head_and_the_head_is_no_deputy() -> None:
    body = "Dự họp có ông Hoàng Quốc Khánh, Giám đốc Sở; bà Nguyễn Thị Vân, Phó Giám đốc Sở."
    assert named("Giám đốc Sở của Lào Cai là ai?", body) == {"Hoàng Quốc Khánh": True, "Nguyễn Thị Vân": False}
    assert named("Phó Giám đốc Sở của Lào Cai là ai?", body) == {"Hoàng Quốc Khánh": False, "Nguyễn Thị Vân": True}


COVERED = "Phủ sóng 4G: 98,4% dân số; cùng kỳ 97,1%; kế hoạch 98%, bằng 100,4% kế hoạch."


def test_result_plan_year_before_and_share_of_plan_each_answer_their_own_question() -> None:
    assert best("Phủ sóng 4G Lào Cai năm 2022 đạt bao nhiêu phần trăm dân số?", COVERED) == "98,4%"
    assert best("Phủ sóng 4G Lào Cai năm 2021 đạt bao nhiêu phần trăm dân số?", COVERED) == "97,1%"
    assert best("Năm trước phủ sóng 4G Lào Cai đạt bao nhiêu phần trăm?", COVERED) == "97,1%"
    assert best("Kế hoạch 2022 phủ sóng 4G Lào Cai bao nhiêu phần trăm?", COVERED) == "98%"
    assert best("Phủ sóng 4G Lào Cai bằng bao nhiêu phần trăm kế hoạch?", COVERED) == "100,4%"


def test_a_total_answers_before_those_newly_built() -> None:
    body = "Với 96 trạm BTS xây mới, toàn tỉnh hiện có 2.412 trạm."
    assert best("Lào Cai có bao nhiêu trạm BTS?", body) == "2.412"
    assert best("Lào Cai có bao nhiêu trạm BTS xây mới?", body) == "96"


def test_who_heads_a_department_is_its_director() -> None:
    query = understand("Người đứng đầu Sở TT&TT Lào Cai là ai?", (), ())
    body = "Bà Bùi Thị Nhàn, Phó Giám đốc Sở chia sẻ; ông Hoàng Thế Lực, Giám đốc Sở chủ trì."
    told = {one.noun: same_office(one, query) for one in name_candidates(sentences(body)[0])}
    assert told == {"Bùi Thị Nhàn": False, "Hoàng Thế Lực": True}


def test_a_leader_of_the_province_is_no_director_of_a_department() -> None:
    query = understand("Lãnh đạo UBND tỉnh Lào Cai nào phát biểu?", (), ())
    body = "Bà Bùi Thị Nhàn, Giám đốc Sở chia sẻ; ông Hoàng Thế Lực, Phó Chủ tịch UBND tỉnh phát biểu."
    told = {one.noun: same_office(one, query) for one in name_candidates(sentences(body)[0])}
    assert told == {"Bùi Thị Nhàn": False, "Hoàng Thế Lực": True}
