import pytest

from assistant.counting import counting, counts_no_people, counts_no_share, moves_no_share
from assistant.rank import noun_match
from assistant.understand import understand
from index.candidates import figure_candidates
from tests.test_index_candidates import sentences


def told(question: str, body: str) -> dict[str, float]:
    query = understand(question, (), ())
    return counting(figure_candidates(sentences(body)[0])[0], query.wanted[0], query)


@pytest.mark.parametrize(
    ("question", "body", "sort"),
    [
        ("Lào Cai có bao nhiêu người trong các tổ?", "Các tổ có 9.214 thành viên.", "sort"),
        ("Mấy tờ báo viết về Lào Cai?", "Có 70 cơ quan báo chí viết bài.", "sort"),
        ("Bao nhiêu chỗ có sóng ở Lào Cai?", "Sóng có ở 38 vị trí.", "sort"),
        ("Lào Cai có bao nhiêu người trong các tổ?", "Tỉnh có 148 tổ công nghệ.", "other_sort"),
    ],
)
def test_nouns_that_people_exchange_are_of_one_sort(question: str, body: str, sort: str) -> None:
    assert told(question, body)[sort] == 1.0


def test_the_noun_asked_is_told_from_another() -> None:
    assert told("Lào Cai có bao nhiêu trạm BTS?", "Tỉnh có 64 trạm BTS.")["head"] == 1.0
    assert told("Lào Cai có bao nhiêu trạm BTS?", "Tỉnh có 64 xã.")["other_head"] == 1.0


def test_a_figure_that_counts_nothing_is_neither() -> None:
    assert told("Lào Cai có bao nhiêu trạm BTS?", "Doanh thu tăng 7,3%.") == {}


@pytest.mark.parametrize(
    ("body", "is_other"),
    [
        ("Tỉnh có 148 tổ công nghệ.", True),
        ("Sở mở 11 lớp.", True),
        ("Các tổ có 9.214 thành viên.", False),
        ("Có 7.850 lượt tập huấn.", False),
        ("Có 41.260 thuê bao.", False),
        ("Có 350 bạn trẻ dự.", False),
        ("Có 214 báo cáo viên được tập huấn.", False),
        ("Có 120 đại diện doanh nghiệp dự.", False),
        ("Có 12 trường hợp bị phạt.", False),
    ],
)
def test_bodies_places_and_meetings_are_no_people(body: str, is_other: bool) -> None:
    people = understand("Lào Cai có bao nhiêu người trong các tổ?", (), ())
    teams = understand("Lào Cai có bao nhiêu tổ công nghệ?", (), ())
    candidate = figure_candidates(sentences(body)[0])[0]
    assert counts_no_people(candidate, people) == is_other
    assert not counts_no_people(candidate, teams)


def test_all_people_are_counted_as_people() -> None:
    wanted = understand("Lào Cai có bao nhiêu người trong các tổ?", (), ()).wanted[0]
    members, teams = (
        figure_candidates(sentences(body)[0])[0] for body in ("Các tổ có 9.214 thành viên.", "Có 148 tổ.")
    )
    assert noun_match(members, wanted) == 1.0
    assert noun_match(teams, wanted) == 0.0


@pytest.mark.parametrize(
    ("question", "body", "no_share"),
    [
        ("Doanh thu Lào Cai tăng bao nhiêu phần trăm?", "Có 17 doanh nghiệp (tăng 3 so với năm trước).", True),
        ("Doanh thu Lào Cai tăng bao nhiêu phần trăm?", "Doanh thu tăng 17,6%.", False),
        ("Điểm DTI Lào Cai tăng mấy phần trăm?", "Chỉ số tăng 3 điểm phần trăm.", False),
        ("Lào Cai tăng bao nhiêu trạm BTS?", "Có 17 trạm (tăng 3 so với năm trước).", False),
        ("Lào Cai có bao nhiêu phần trăm hộ nghèo?", "Tỉnh có 17 hộ nghèo.", False),
    ],
)
def test_a_number_is_no_share_that_something_moved_by(question: str, body: str, no_share: bool) -> None:
    figure = figure_candidates(sentences(body)[0])[-1]
    assert moves_no_share(figure, understand(question, (), ())) is no_share


def test_things_counted_are_no_share() -> None:
    goals = figure_candidates(sentences("Còn 3 chỉ tiêu chưa đạt.")[0])[0]
    share = figure_candidates(sentences("Tỷ lệ đạt 16,4%.")[0])[0]
    asked = understand("Tỷ lệ người dân Lào Cai có chữ ký số đạt mấy phần trăm?", (), ())
    assert counts_no_share(goals, asked)
    assert not counts_no_share(share, asked)
    assert not counts_no_share(figure_candidates(sentences("Toàn bộ 105 xã có mạng.")[0])[0], asked)
    assert not counts_no_share(goals, understand("Tỷ lệ máy tính ở Lào Cai là bao nhiêu?", (), ()))
    assert not counts_no_share(goals, understand("Bắc Hà chiếm bao nhiêu trong số đó ở Lào Cai?", (), ()))
