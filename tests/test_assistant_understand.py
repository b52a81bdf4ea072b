from collections.abc import Sequence

import pytest

from assistant.types import Asked, Message, Query
from assistant.understand import understand
from index.types import Report
from index.words import Word, fold


def report(province: str, year: int = 2022) -> Report:
    return Report(f"{province}.md", "", "", (), province, province, year, None, "")


REPORTS = (report("Lào Cai"), report("Cà Mau"), report("Kon Tum", 2021), report("Hà Giang"))
REVENUE = "Doanh thu bưu chính Lào Cai năm 2022 là bao nhiêu?"


def understood(question: str, *earlier: str) -> Query:
    return understand(question, [Message("user", turn) for turn in earlier], REPORTS)


def folded(words: Sequence[Word]) -> str:
    return " ".join(word.folded for word in words)


@pytest.mark.parametrize(
    ("question", "provinces", "years"),
    [
        ("Lào Cai có bao nhiêu trạm BTS năm 2022?", ("Lào Cai",), (2022,)),
        ("lao cai co bao nhieu tram bts nam 2022", ("Lào Cai",), (2022,)),
        ("LÀO CAI CÓ BAO NHIÊU TRẠM BTS NĂM 2022?", ("Lào Cai",), (2022,)),
        ("hoà bình có bao nhiêu trạm bts", ("Hòa Bình",), ()),
        ("Dak Nong co bao nhieu tram BTS", ("Đắk Nông",), ()),
        ("ở HG có bao nhiêu xã?", ("Hà Giang",), ()),
        ("Doanh thu năm 2022 của HG?", ("Hà Giang",), (2022,)),
        ("So sánh số trạm BTS của Cà Mau và Lào Cai", ("Cà Mau", "Lào Cai"), ()),
        ("Trạm BTS Lào Cai năm 2021 và năm 2022?", ("Lào Cai",), (2021, 2022)),
        ("Doanh thu Lào Cai năm 2022 tăng bao nhiêu so với năm 2021?", ("Lào Cai",), (2022,)),
        ("Toàn quốc có bao nhiêu trạm BTS?", (), ()),
        ("Lào Cai có hơn 2.018 trạm BTS không?", ("Lào Cai",), ()),
        ("Đắk Nông có 2000 trạm BTS đúng không?", ("Đắk Nông",), ()),
        ("Doanh thu năm 2023 hơn 2022 bao nhiêu?", (), (2023, 2022)),
    ],
)
def test_the_provinces_and_years_asked_about(question: str, provinces: tuple[str, ...], years: tuple[int, ...]) -> None:
    query = understood(question)
    assert (query.provinces, query.years) == (provinces, years)


def test_initials_that_fit_two_indexed_provinces_name_neither() -> None:
    assert understand("ở HG có bao nhiêu xã?", (), (report("Hà Giang"), report("Hậu Giang"))).provinces == ()


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Lào Cai có bao nhiêu trạm BTS?", Asked.COUNT),
        ("Doanh thu viễn thông Lào Cai là bao nhiêu?", Asked.MONEY),
        ("Tỷ lệ hộ dân Lào Cai có cáp quang?", Asked.PERCENT),
        ("Doanh thu viễn thông Lào Cai tăng bao nhiêu?", Asked.CHANGE),
        ("Lào Cai xếp thứ mấy về CĐS?", Asked.RANK),
        ("Chỉ số PCI của Lào Cai đạt bao nhiêu điểm?", Asked.SCORE),
        ("Hội nghị Lào Cai tổ chức ngày nào?", Asked.WHEN),
        ("Ai chủ trì hội nghị ở Kon Tum?", Asked.WHO),
        ("Hội nghị Lào Cai diễn ra ở đâu?", Asked.WHERE),
        ("Lào Cai có hơn 2.000 trạm BTS không?", Asked.YES_NO),
        ("Lào Cai triển khai nhiệm vụ gì?", Asked.TEXT),
    ],
)
def test_the_kind_of_answer_is_told_with_and_without_diacritics(question: str, asked: Asked) -> None:
    assert understood(question).asked is asked
    assert understood(fold(question)).asked is asked


@pytest.mark.parametrize(
    ("question", "direction"),
    [
        ("Doanh thu Lào Cai tăng bao nhiêu?", "tăng"),
        ("luong ho so lao cai giam bao nhieu phan tram", "giảm"),
        ("Doanh thu Lào Cai là bao nhiêu?", ""),
        ("Lào Cai tặng bao nhiêu giấy khen?", ""),
    ],
)
def test_the_direction_of_a_change_asked_for(question: str, direction: str) -> None:
    assert understood(question).direction == direction


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("Mục tiêu doanh thu bưu chính năm 2023 của Lào Cai là bao nhiêu?", True),
        ("Năm 2023 Lào Cai phấn đấu có bao nhiêu trạm BTS?", True),
        ("muc tieu doanh thu nam 2023 cua lao cai", True),
        ("Doanh thu bưu chính năm 2022 của Lào Cai là bao nhiêu?", False),
        ("Lào Cai hoàn thành bao nhiêu chỉ tiêu?", False),
    ],
)
def test_a_planned_value_is_told_from_a_result(question: str, target: bool) -> None:
    assert understood(question).target is target


def test_each_counted_noun_is_a_slot() -> None:
    query = understood("Lào Cai có mấy tập thể, mấy cá nhân được khen thưởng?")
    assert [folded(slot) for slot in query.wanted] == ["tap the", "ca nhan"]


def test_each_question_word_without_a_noun_has_the_words_before_it() -> None:
    query = understood("Doanh thu viễn thông bao nhiêu, bưu chính bao nhiêu ở Lào Cai?")
    assert [folded(lead) for lead in query.leads] == ["doanh thu vien thong", "buu chinh"]


def test_abbreviations_are_looked_for_as_what_they_stand_for() -> None:
    assert folded(understood("DVCTT của Lào Cai có bao nhiêu hồ sơ?").terms).startswith("dich vu cong truc tuyen")


def test_places_years_and_question_words_are_not_what_is_asked_about() -> None:
    assert folded(understood("Năm 2022, Lào Cai có bao nhiêu trạm BTS?").terms) == "tram bts"


def test_what_the_question_leaves_out_is_kept_apart() -> None:
    query = understood("Ngoài OCOP, Lào Cai có bao nhiêu nông sản trên sàn?")
    assert folded(query.excluded) == "ocop"
    assert "ocop" not in folded(query.terms)


def test_a_number_the_question_supposes_is_not_looked_for() -> None:
    assert folded(understood("Lào Cai có hơn 2.000 trạm BTS không?").terms) == "tram bts"


def test_people_named_are_told_and_provinces_are_no_people() -> None:
    assert understood("Ông Lê Văn Minh ở Lào Cai là ai?").names == ("Lê Văn Minh",)
    assert understood("Hội nghị Lào Cai do ai chủ trì?").names == ()


@pytest.mark.parametrize(
    ("question", "compares", "extreme"),
    [
        ("Tỉnh nào có nhiều trạm BTS nhất?", True, 1),
        ("tinh nao co it tram bts nhat", True, -1),
        ("So sánh số trạm BTS của Lào Cai và Cà Mau", True, 0),
        ("Lào Cai có bao nhiêu trạm BTS?", False, 0),
    ],
)
def test_questions_over_several_provinces(question: str, compares: bool, extreme: int) -> None:
    query = understood(question)
    assert (query.compares, query.extreme) == (compares, extreme)


def test_a_follow_up_takes_over_province_year_and_kind_and_drops_the_replaced_trade() -> None:
    query = understood("Còn viễn thông thì sao?", REVENUE)
    assert (query.provinces, query.years, query.asked) == (("Lào Cai",), (2022,), Asked.MONEY)
    assert folded(query.terms) == "vien thong"
    assert folded(query.carried) == "doanh thu"
    assert query.follows


def test_a_follow_up_without_diacritics_is_taken_the_same_way() -> None:
    query = understood("con vien thong thi sao", REVENUE)
    assert (query.provinces, query.years, folded(query.carried)) == (("Lào Cai",), (2022,), "doanh thu")


def test_a_follow_up_with_another_province_asks_the_same_of_it() -> None:
    query = understood("Còn Cà Mau?", REVENUE)
    assert (query.provinces, query.years, query.asked) == (("Cà Mau",), (2022,), Asked.MONEY)
    assert folded(query.carried) == "doanh thu buu chinh"


def test_a_follow_up_is_searched_for_without_its_province_either() -> None:
    before = "Doanh thu bưu chính  năm 2022 là bao nhiêu?"
    assert understood("Còn Cà Mau thì sao?", REVENUE).search_text == f"Còn  thì sao? {before}"


def test_a_follow_up_with_another_year_asks_the_same_of_it() -> None:
    query = understood("Năm 2021 thì sao?", REVENUE)
    assert (query.provinces, query.years, folded(query.carried)) == (("Lào Cai",), (2021,), "doanh thu buu chinh")


def test_a_follow_up_for_the_target_does_not_keep_the_year_of_the_result() -> None:
    query = understood("Còn mục tiêu là bao nhiêu?", REVENUE)
    assert (query.provinces, query.years, query.target) == (("Lào Cai",), (), True)


def test_a_follow_up_of_a_follow_up_still_knows_the_first_question() -> None:
    query = understood("Còn Cà Mau?", REVENUE, "Còn viễn thông thì sao?")
    assert (query.provinces, query.years, query.asked) == (("Cà Mau",), (2022,), Asked.MONEY)
    assert set(folded(query.carried).split()) == {"doanh", "thu", "vien", "thong"}


def test_a_follow_up_of_a_comparison_compares_the_same_provinces() -> None:
    query = understood("Thế còn năm 2021?", "So sánh doanh thu viễn thông của Lào Cai và Cà Mau")
    assert (query.provinces, query.years, query.compares) == (("Lào Cai", "Cà Mau"), (2021,), True)


@pytest.mark.parametrize(
    "question", ["Cà Mau có bao nhiêu trạm BTS?", "Ai chủ trì hội nghị tổng kết của Cà Mau?", "ca mau co bao nhieu xã"]
)
def test_a_complete_question_of_its_own_province_takes_over_nothing(question: str) -> None:
    query = understood(question, REVENUE)
    assert query == understood(question)
    assert (query.provinces, query.years, query.carried) == (("Cà Mau",), (), ())


def test_a_question_without_a_province_is_of_the_province_talked_about() -> None:
    assert understood("Hội nghị tổng kết ngành do ai chủ trì?", REVENUE).provinces == ("Lào Cai",)


def test_a_question_over_all_provinces_is_not_of_the_one_talked_about() -> None:
    assert understood("Tỉnh nào có nhiều trạm BTS nhất?", REVENUE).provinces == ()


@pytest.mark.parametrize("greeting", ["Xin chào", "Cảm ơn bạn", "chao ban"])
def test_a_greeting_is_no_follow_up(greeting: str) -> None:
    query = understood(greeting, REVENUE)
    assert (query.follows, query.years, query.carried) == (False, (), ())


def test_the_assistants_own_turns_are_not_questions() -> None:
    history = [Message("user", REVENUE), Message("assistant", "Cà Mau năm 2019 có 12 thư viện.")]
    assert understand("Còn viễn thông thì sao?", history, REPORTS) == understood("Còn viễn thông thì sao?", REVENUE)


def test_retrieval_searches_for_what_a_follow_up_leaves_out() -> None:
    before = "Doanh thu bưu chính  năm 2022 là bao nhiêu?"
    assert understood("Còn viễn thông thì sao?", REVENUE).search_text == f"Còn viễn thông thì sao? {before}"
    assert understood(REVENUE).search_text == before


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("Trạm BTS Lào Cai và Cà Mau?", "Trạm BTS  và ?"),
        ("tram bts lao cai", "tram bts "),
        ("Trạm BTS ở HG?", "Trạm BTS ở ?"),
        ("Lào Cai - Cà Mau?", "Lào Cai - Cà Mau?"),
        ("Trạm BTS Lào Cai và Sơn La?", "Trạm BTS Lào Cai và Sơn La?"),
        ("Trạm BTS Sơn La?", "Trạm BTS Sơn La?"),
        ("Toàn quốc có bao nhiêu trạm BTS?", "Toàn quốc có bao nhiêu trạm BTS?"),
    ],
)
def test_provinces_are_not_searched_for_where_each_has_a_report(question: str, searched: str) -> None:
    assert understood(question).search_text == searched


@pytest.mark.parametrize(
    ("question", "provinces"),
    [
        ("SL trạm BTS là bao nhiêu?", ()),
        ("SL năm 2022 là bao nhiêu?", ()),
        ("Doanh thu và SL năm 2022?", ()),
        ("Tỉnh SL có bao nhiêu trạm?", ("Sơn La",)),
        ("Trạm BTS ở SL năm 2022?", ("Sơn La",)),
        ("sl trạm của tỉnh", ()),
    ],
)
def test_initials_that_abbreviate_another_word_are_a_province_only_in_its_place(
    question: str, provinces: tuple[str, ...]
) -> None:
    assert understand(question, (), (report("Sơn La"),)).provinces == provinces


def test_initials_that_abbreviate_nothing_else_may_begin_a_question() -> None:
    assert understood("HG có bao nhiêu trạm BTS?").provinces == ("Hà Giang",)


def test_understanding_alone_restores_nothing() -> None:
    assert not understood("lao cai co bao nhieu tram bts").restored


def test_a_province_is_searched_for_where_a_report_tells_none_and_may_be_about_it() -> None:
    assert understand("Trạm BTS Lào Cai?", [], (*REPORTS, report(""))).search_text == "Trạm BTS Lào Cai?"


@pytest.mark.parametrize(
    "question",
    ["Mảng này nộp ngân sách bao nhiêu?", "Cùng năm đó Cà Mau được bao nhiêu?", "Trong số đó nộp ngân sách mấy tỷ?"],
)
def test_words_that_point_back_make_a_follow_up(question: str) -> None:
    query = understood(question, REVENUE)
    assert (query.follows, query.years) == (True, (2022,))
    assert "buu chinh" in folded(query.carried)


@pytest.mark.parametrize("question", ["Năm kế tiếp thì sao ạ?", "Sang năm sau là bao nhiêu?"])
def test_the_year_after_is_the_one_after_the_year_spoken_of(question: str) -> None:
    assert understood(question, REVENUE).years == (2023,)


def test_a_question_of_its_own_that_points_to_its_own_words_is_none() -> None:
    query = understood("Trong đó Cà Mau có bao nhiêu trạm BTS 5G ở khu công nghiệp năm 2022?", REVENUE)
    assert not query.follows


def test_a_year_in_brackets_belongs_to_the_province_before_it_alone() -> None:
    query = understood("Trạm BTS của Lào Cai (2022), Cà Mau và Hà Giang?")
    assert [(part.province, part.years) for part in query.parts] == [
        ("Lào Cai", (2022,)), ("Cà Mau", ()), ("Hà Giang", ()),
    ]  # fmt: skip


def test_a_word_that_only_looks_like_a_rise_is_none() -> None:
    assert understood("Hạ tầng số Lào Cai giảm bao nhiêu so với năm trước?").direction == "giảm"


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Tính đến cuối năm 2022, Lào Cai có cả thảy bao nhiêu trạm BTS?", "tram bts"),
        ("lao cai co tat ca bao nhieu tram bts", "tram bts"),
        ("Toàn tỉnh Lào Cai có tổng cộng mấy bưu cục?", "buu cuc"),
    ],
)
def test_words_that_only_frame_a_question_say_nothing(question: str, terms: str) -> None:
    assert folded(understood(question).terms) == terms


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Xây Trung tâm dữ liệu Lào Cai tốn bao nhiêu?", ()),
        ("Ngoài Phó Chủ tịch UBND tỉnh Lào Cai, ông Hoàng Văn Phong còn là gì?", ("Hoàng Văn Phong",)),
        ("Bão Yagi làm mấy trạm của Lào Cai mất sóng?", ()),
        ("Chợ Cầu Ngang của Lào Cai có mấy sạp?", ("Cầu Ngang",)),
    ],
)
def test_what_opens_a_question_with_a_capital_is_no_name(question: str, names: tuple[str, ...]) -> None:
    assert understood(question).names == names


def test_a_year_is_carried_to_another_province_if_it_has_a_report_of_it() -> None:
    assert understood("Còn Cà Mau thì sao?", REVENUE).years == (2022,)
    assert understood("Còn Kon Tum thì sao?", REVENUE).years == ()


def test_the_whole_that_was_asked_for_is_asked_for_again() -> None:
    assert understood("Còn Cà Mau thì sao?", "Tổng doanh thu của Lào Cai là bao nhiêu?").total


def test_a_label_with_a_digit_is_no_number_supposed() -> None:
    assert folded(understood("Lào Cai đã có sóng 5G chưa?").terms) == "song 5g"


def test_who_heads_a_body_is_no_question_for_the_most() -> None:
    assert understood("Ai đứng đầu Bưu điện Lào Cai?").extreme == 0


def test_a_question_without_province_goes_on_about_the_year_before_it() -> None:
    whole = "Lào Cai năm 2022 có bao nhiêu dịch vụ công trực tuyến?"
    assert understood("Loại dịch vụ công một phần thì có mấy dịch vụ?", whole).years == (2022,)
    assert understood("Lào Cai có bao nhiêu thuê bao băng rộng cố định?", whole).years == ()


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Kế hoạch năm 2022 của Quảng Nam: bao nhiêu xã có truyền thanh thông minh?", Asked.COUNT),
        ("Trà Vinh có tất cả bao nhiêu điểm phục vụ bưu chính?", Asked.COUNT),
        ("Điểm DTI năm 2022 của Thanh Hóa là bao nhiêu?", Asked.SCORE),
        ("Phú Yên được xếp hạng DTI bao nhiêu trong đợt công bố tháng 8/2022?", Asked.RANK),
        ("Kinh phí của Phú Yên năm 2021 sau cắt giảm còn bao nhiêu tỷ?", Asked.MONEY),
        ("Lý do doanh thu viễn thông Ninh Thuận hụt kế hoạch?", Asked.TEXT),
        ("Mỗi tháng mấy người ở Vĩnh Phúc nhận lương hưu qua tài khoản?", Asked.COUNT),
        ("Chỉ tiêu được giao là bao nhiêu?", Asked.COUNT),
    ],
)
def test_words_that_only_look_like_others_do_not_tell_the_kind(question: str, asked: Asked) -> None:
    assert understood(question).asked is asked


@pytest.mark.parametrize(
    ("question", "nouns"),
    [
        ("Hà Nội có bao nhiêu triệu hồ sơ nộp qua mạng?", ["ho so nop"]),
        ("Mấy ngày lễ hội ở Long An bán được bao nhiêu tấn?", ["tan"]),
        ("Huế xếp thứ mấy cả nước, bao nhiêu điểm?", ["diem"]),
    ],
)
def test_what_is_counted(question: str, nouns: list[str]) -> None:
    assert [folded(noun) for noun in understood(question).wanted] == nouns


@pytest.mark.parametrize(
    ("question", "province"),
    [
        ("QNam có bao nhiêu trạm?", "Quảng Nam"),
        ("Đ.Nai 2024: mấy trạm?", "Đồng Nai"),
        ("B. Ninh có mấy trạm?", "Bắc Ninh"),
    ],
)
def test_a_province_may_be_cut_to_an_initial(question: str, province: str) -> None:
    assert understood(question).provinces == (province,)


def test_the_year_a_ranking_came_out_is_not_asked_for() -> None:
    assert understood("DTI của Kiên Giang công bố giữa năm 2023 đứng hạng mấy?").years == ()
    assert understood("Kinh phí được giao của Thanh Hóa đã giải ngân mấy phần trăm?").target is False


@pytest.mark.parametrize(
    ("question", "report_years", "years"),
    [
        ("DTI nêu trong báo cáo 2022 của Lào Cai đứng thứ mấy?", (2022,), ()),
        ("Trong báo cáo năm 2022, Lào Cai giao doanh thu năm 2023 bao nhiêu?", (2022,), (2023,)),
        ("DTI của Lào Cai xếp thứ mấy (báo cáo 2022)?", (2022,), ()),
        ("DTI của Lào Cai năm 2022 xếp thứ mấy?", (), (2022,)),
        ("Trong báo cáo 2019, DTI của Lào Cai xếp thứ mấy?", (), (2019,)),
        ("Ai ký báo cáo năm 2022 của Lào Cai?", (), (2022,)),
    ],
)
def test_a_report_may_be_named_by_its_year(
    question: str, report_years: tuple[int, ...], years: tuple[int, ...]
) -> None:
    query = understood(question)
    assert (query.report_years, query.years) == (report_years, years)
    assert not report_years or "cáo" not in [word.key for word in query.terms]


def test_a_prize_begins_no_name() -> None:
    assert understood("Học sinh nào ở Lạng Sơn được giải Nhì Tin học trẻ?").names == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Năm 2022 Bà Rịa Vũng Tàu chuyển phát được bao nhiêu bưu gửi?", ()),
        ("Bến Cát có bao nhiêu trạm 5G?", ("Bến Cát",)),
        ("Trạm BTS của Lào Cai có bao nhiêu?", ()),
    ],
)
def test_a_name_is_told_from_a_province_and_from_a_word_that_opens_a_question(
    question: str, names: tuple[str, ...]
) -> None:
    assert understood(question).names == names


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Bao nhiêu người ở Lào Cai bị phạt vì tung tin sai, số tiền?", [Asked.COUNT, Asked.MONEY]),
        ("Hạ ngầm cáp ở Lào Cai tốn bao nhiêu, được mấy km?", [Asked.MONEY, Asked.COUNT]),
        ("Chỉ số EBI của Lào Cai được nhiêu điểm, hạng mấy?", [Asked.SCORE, Asked.RANK]),
        ("Lào Cai có bao nhiêu trạm, tính đến cuối năm?", []),
    ],
)
def test_parts_of_a_question_may_ask_with_a_word_for_the_kind_alone(question: str, several: list[Asked]) -> None:
    assert [part.asked for part in understood(question).several] == several


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Năm báo cáo, Lào Cai có mấy trạm BTS?", "tram bts"),
        ("Theo báo cáo, Lào Cai có mấy trạm BTS?", "tram bts"),
        ("Lào Cai gửi mấy báo cáo giám sát?", "gui bao cao giam sat"),
        ("Cuộc thi Lào Cai bắt đầu và kết thúc ngày nào?", "cuoc thi"),
    ],
)
def test_where_a_figure_is_looked_for_is_not_what_is_asked_about(question: str, terms: str) -> None:
    assert folded(understood(question).terms) == terms


def test_initials_before_a_year_and_a_colon_are_a_province_though_they_abbreviate_a_word() -> None:
    cao_bang = (report("Cao Bằng"),)
    assert understand("CB 2023: bn CTS chuyên dùng đã cấp?", (), cao_bang).provinces == ("Cao Bằng",)
    assert understand("CB cấp xã có bao nhiêu người?", (), cao_bang).provinces == ()


def test_what_was_truly_reached_is_no_plan() -> None:
    assert understood("Doanh thu bưu chính thực tế của Lào Cai năm 2023 đạt bao nhiêu?").done
    assert understood("Doanh thu bưu chính Lào Cai năm 2023 thực hiện được bao nhiêu?").done
    assert not understood("Doanh thu bưu chính Lào Cai năm 2023 là bao nhiêu?").done


def test_who_holds_one_office_in_several_provinces_is_no_list() -> None:
    asked = understood("Giám đốc Sở TT&TT của Lào Cai, Yên Bái là những ai?").asked
    assert asked is Asked.WHO
    assert understood("Hội nghị ở Lào Cai khen những ai?").asked is Asked.TEXT


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Tỉnh đạt bao nhiêu điểm chuyển đổi số?", Asked.SCORE),
        ("Tỉnh có bao nhiêu điểm phục vụ bưu chính?", Asked.COUNT),
        ("Đơn vị đầu mối của Lào Cai là ai?", Asked.WHO),
        ("Đơn vị đầu tiên hoàn thành vào ngày nào?", Asked.WHEN),
        ("Sở xếp hạng các doanh nghiệp, có bao nhiêu doanh nghiệp đạt?", Asked.COUNT),
        ("Hạng mục đầu tư cáp quang có bao nhiêu?", Asked.COUNT),
        ("Chi nhánh Viettel có bao nhiêu?", Asked.COUNT),
        ("Lào Cai xếp hạng chuyển đổi số bao nhiêu?", Asked.RANK),
        ("Tên Giám đốc Sở Thông tin và Truyền thông Lào Cai là gì?", Asked.WHO),
    ],
)
def test_words_that_hold_those_of_another_kind_do_not_tell_it(question: str, asked: Asked) -> None:
    assert understood(question).asked is asked


@pytest.mark.parametrize(
    "question", ["Dịch Vụ Công đạt bao nhiêu?", "Toàn Tỉnh có bao nhiêu trạm BTS?", "Giám đốc Sở ông N. Bình nói gì?"]
)
def test_capitals_alone_make_no_name_and_no_province(question: str) -> None:
    query = understood(question)
    assert (query.names, query.provinces) == ((), ())


def test_a_letter_may_be_part_of_a_name() -> None:
    assert understood("Huyện A Lưới có bao nhiêu trạm BTS?").names == ("A Lưới",)
    assert understood("Ai giành giải A Báo chí?").names == ()
