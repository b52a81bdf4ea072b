import pytest

from assistant import kinds
from assistant.types import Asked
from index.lexicon import canonical_words


def pattern(question: str) -> str:
    return kinds.pattern_text(question, canonical_words(question, typed=True))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Có mấy xã?", "co may xa"),
        ("Có máy nào hỏng?", "co [máy] nao hong"),
        ("Tặng giấy khen", "[tang] giay khen"),
        ("tang bao nhieu", "tang bao nhieu"),
        ("Đạt bao nhiêu %?", "dat bao nhieu phan tram"),
    ],
)
def test_accented_words_that_only_look_like_asking_words_are_set_apart(question: str, text: str) -> None:
    assert pattern(question) == text


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Bao giờ khai trương cổng?", Asked.WHEN),
        ("Chạy thử tháng mấy?", Asked.WHEN),
        ("Ông nào phát biểu?", Asked.WHO),
        ("Đoàn họp tại đâu?", Asked.WHERE),
        ("Đứng thứ bao nhiêu?", Asked.RANK),
        ("Được mấy điểm?", Asked.SCORE),
        ("Hồ sơ giảm ra sao?", Asked.CHANGE),
        ("Thu bao nhiêu tiền?", Asked.MONEY),
        ("Số lượng trạm?", Asked.COUNT),
        ("Bao nhiêu phần trăm hộ có mạng?", Asked.PERCENT),
        ("Cổng mở chưa?", Asked.YES_NO),
    ],
)
def test_the_kind_is_told_by_the_words_that_ask(question: str, asked: Asked) -> None:
    assert kinds.kind_asked(pattern(question), counts_noun=False) is asked


def test_a_question_word_beats_the_form_of_yes_or_no() -> None:
    assert kinds.kind_asked(pattern("Có bao nhiêu xã chưa?"), counts_noun=True) is Asked.COUNT


def test_an_indicator_tells_the_kind_unless_a_noun_is_counted() -> None:
    text = pattern("Doanh thu của bao nhiêu xã?")
    assert kinds.kind_asked(text, counts_noun=True) is Asked.COUNT
    assert kinds.kind_asked(pattern("Doanh thu là bao nhiêu?"), counts_noun=False) is Asked.MONEY


def test_no_asking_word_tells_no_kind() -> None:
    assert kinds.kind_asked(pattern("hội nghị tổng kết"), counts_noun=False) is None


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Họp lúc mấy giờ?", "giờ"),
        ("Họp ngày nào?", "ngày"),
        ("Từ tháng mấy?", "tháng"),
        ("Năm nào?", "năm"),
        ("Ai?", ""),
    ],
)
def test_how_fine_a_time_is_asked(question: str, unit: str) -> None:
    assert kinds.time_unit(pattern(question)) == unit


@pytest.mark.parametrize(
    ("question", "extreme"),
    [
        ("Huyện nào cao nhất?", 1),
        ("Nơi nào nhiều trạm nhất?", 1),
        ("Chỉ số nào thấp nhất?", -1),
        ("Bao nhiêu xã?", 0),
        ("Nơi nào ít tổ công nghệ số cộng đồng nhất?", -1),
        ("Huyện nào còn nhiều thôn chưa kéo cáp quang nhất?", 1),
        ("Tháng nào tổng đài nóng máy nhất?", 1),
        ("Huyện nào bận nhất tỉnh?", 1),
        ("Nền tảng nào mới nhất?", 0),
        ("Sở nào hợp nhất?", 0),
        ("Phần mềm nào được cập nhật?", 0),
        ("Ai giành giải nhất?", 0),
    ],
)
def test_the_largest_or_smallest_is_asked(question: str, extreme: int) -> None:
    assert kinds.extreme_asked(pattern(question)) == extreme


@pytest.mark.parametrize(
    ("question", "follows"),
    [
        ("Còn bưu chính?", True),
        ("Thế còn cấp xã?", True),
        ("Năm 2020 thì sao?", True),
        ("rieng cap xa", True),
        ("Bưu chính có bao nhiêu điểm?", False),
        ("Xin chào", False),
    ],
)
def test_which_questions_go_on_from_the_last(question: str, follows: bool) -> None:
    assert kinds.is_follow_up(pattern(question)) is follows


@pytest.mark.parametrize(
    ("question", "total"), [("Tổng cộng bao nhiêu trạm?", True), ("Tất cả mấy xã?", True), ("Mấy xã?", False)]
)
def test_the_whole_is_asked(question: str, total: bool) -> None:
    assert kinds.asks_total(pattern(question), question) is total


def test_words_of_the_kind_alone_are_not_what_it_is_about() -> None:
    assert {"xep", "hang", "thu"} <= kinds.asking_words(Asked.RANK, "xep hang thu may")
    assert {"muc", "tieu"} <= kinds.asking_words(Asked.MONEY, "muc tieu doanh thu bao nhieu")
    assert kinds.asking_words(None, "tram bts") == frozenset()


@pytest.mark.parametrize(
    ("question", "target", "share"),
    [
        ("Năm 2022 nhắm tới doanh thu bao nhiêu?", True, False),
        ("Sở được giao phê duyệt bao nhiêu hệ thống?", True, False),
        ("Tỉnh giao doanh thu viễn thông bao nhiêu?", True, False),
        ("Năm tới muốn có mấy đài?", True, False),
        ("Sang năm nhắm mức nào?", True, False),
        ("Họ muốn gì?", False, False),
        ("Kế hoạch doanh thu là bao nhiêu?", True, False),
        ("Doanh thu bằng bao nhiêu phần trăm kế hoạch?", False, True),
        ("Doanh thu đạt bao nhiêu % so với kế hoạch?", False, True),
        ("Có bao nhiêu giao dịch được giao dịch qua mạng?", False, False),
    ],
)
def test_a_target_is_no_share_of_the_plan(question: str, target: bool, share: bool) -> None:
    text = pattern(question)
    assert (kinds.asks_target(text), kinds.asks_share_of_plan(text)) == (target, share)


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("Năm trước đó thì sao?", True),
        ("Cùng kỳ có bao nhiêu trạm?", True),
        ("Tăng bao nhiêu so với năm trước?", False),
        ("Cao hơn cùng kỳ bao nhiêu?", False),
    ],
)
def test_the_year_before_is_asked_for_only_when_nothing_is_compared_with_it(question: str, before: bool) -> None:
    assert kinds.asks_year_before(pattern(question)) is before


def test_a_move_in_a_ranking_is_a_change() -> None:
    assert kinds.kind_asked(pattern("Thứ hạng lên hay xuống mấy bậc?"), counts_noun=True) is Asked.CHANGE


@pytest.mark.parametrize(
    ("question", "counts", "asked"),
    [
        ("Năm 2025 dựng bao nhiêu trạm 5G?", True, Asked.COUNT),
        ("Đứng bao nhiêu cả nước?", False, Asked.RANK),
        ("LGSP chạy bn triệu giao dịch?", False, Asked.COUNT),
        ("Thưởng mấy triệu?", False, Asked.MONEY),
        ("Doanh thu nhích lên bao nhiêu phần trăm?", False, Asked.CHANGE),
        ("Giấy phép ít đi bao nhiêu?", False, Asked.CHANGE),
        ("Xây thêm mấy trạm phát sóng?", True, Asked.COUNT),
        ("Trung tâm dữ liệu xây ở phường nào?", False, Asked.WHERE),
        ("Địa phương nào có nhiều trạm nhất?", True, Asked.COUNT),
        ("Kinh tế số chiếm bao nhiêu GRDP?", True, Asked.PERCENT),
        ("Phải chạy chính thức trước mốc nào?", False, Asked.WHEN),
        ("Hạn chót hợp nhất là khi nào?", False, Asked.WHEN),
    ],
)
def test_more_ways_to_ask(question: str, counts: bool, asked: Asked) -> None:
    assert kinds.kind_asked(pattern(question), counts) is asked


def test_either_direction_may_be_asked_for() -> None:
    assert kinds.direction_asked(pattern("Giấy phép tăng hay giảm bao nhiêu?")) == ""
    assert kinds.direction_asked(pattern("Giấy phép ít đi bao nhiêu?")) == "giảm"


def test_targets_missed_are_no_targets_asked_for() -> None:
    assert not kinds.asks_target(pattern("Sở hụt những chỉ tiêu nào?"))
    assert kinds.asks_target(pattern("Sang 2025 định nâng lên bao nhiêu?"))
