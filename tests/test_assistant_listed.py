"""The most and the least of things listed with a figure each."""

import pytest

from assistant.listed import extreme_listed, member_meant
from assistant.understand import understand
from index.clauses import clause_candidates
from tests.conftest import within
from tests.test_index_candidates import sentences

DISTRICTS = (
    "Toàn tỉnh có 46,5% hồ sơ trực tuyến. Khoảng cách còn lớn: Tiểu Cần đạt 71,6%, TP Trà Vinh 63,9%, Càng Long 58,3%, "
    "trong khi Cầu Kè chỉ 34,2% và huyện Duyên Hải 31,8%."
)
PARTS = "Doanh thu đạt 150 tỷ đồng; trong đó chuyển phát 25 tỷ đồng; tài chính 35 tỷ đồng; dịch vụ khác 90 tỷ đồng."


@pytest.mark.parametrize(
    ("body", "sign", "told"),
    [
        (DISTRICTS, 1, ["Tiểu Cần đạt 71,6%"]),
        (DISTRICTS, -1, ["huyện Duyên Hải 31,8%"]),
        (PARTS, 1, ["dịch vụ khác 90 tỷ đồng"]),
        (PARTS, -1, ["chuyển phát 25 tỷ đồng"]),
        ("Tỉnh có 1.204 trạm 2G, 1.716 trạm 3G và 2.889 trạm 4G.", 1, ["2.889 trạm 4G"]),
        ("Tỉnh có 1.204 trạm 2G, 1.716 trạm 3G và 2.889 trạm 4G.", -1, ["Tỉnh có 1.204 trạm 2G"]),
        ("Tỉnh có 5.000 trạm BTS, 1.716 trạm 3G và 2.889 trạm 4G.", 1, []),
        ("Tỉnh có 1.204 trạm 2G, 1.716 trạm 3G, thêm 2.889 thuê bao 4G.", 1, []),
        ("VNPT, Viettel, MobiFone có lần lượt 512, 640 và 98 trạm.", 1, ["640"]),
        ("64 thôn, chủ yếu ở Bắc Hà (29 thôn), Sa Pa (18 thôn), Bát Xát (17 thôn).", 1, ["Bắc Hà (29 thôn"]),
        ("Các nhà mạng dựng 146 trạm, hơn kế hoạch 26 trạm, đưa số trạm BTS toàn tỉnh lên 3.214.", 1, []),
        ("Lệ Thủy 156 trạm, Minh Hóa 98 trạm.", 1, []),
    ],
)
def test_the_extreme_of_a_list_is_told_with_its_label(body: str, sign: int, told: list[str]) -> None:
    found = [c for sentence in sentences(body) for c in extreme_listed(sentence, sign)]
    assert [c.sentence.report.text[c.span.start : c.span.end] for c in found] == told


@pytest.mark.parametrize(
    "body",
    [
        "Dẫn đầu về tỷ lệ hộ dùng Internet là các huyện: Bát Xát 71,6%, Bảo Yên 58,3%, Văn Bàn 51,8%.",
        "Số vụ vi phạm: Bát Xát tăng 5%, Bảo Yên giảm 9%, Văn Bàn tăng 3%.",
        "Một số nơi làm tốt: Bát Xát 71,6%, Bảo Yên 58,3%, Văn Bàn 51,8%.",
    ],
)
def test_of_a_list_that_does_not_name_all_nothing_is_the_most(body: str) -> None:
    assert [c for sentence in sentences(body) for sign in (1, -1) for c in extreme_listed(sentence, sign)] == []


def test_what_follows_a_list_belongs_to_its_members() -> None:
    body = "Chủ yếu ở Mường Khương (29 thôn), Bắc Hà (18 thôn), Bát Xát (17 thôn), chưa có cáp quang."
    (found,) = extreme_listed(sentences(body)[0], 1)
    text = found.sentence.report.text
    assert ", chưa có cáp quang." in [text[head.start : head.end].removeprefix(")") for head in found.heads]


def test_the_whole_is_no_member_of_a_list() -> None:
    body = "Doanh thu: VNPT 500 tỷ đồng, Viettel 700 tỷ đồng, MobiFone 120 tỷ đồng, Tổng cộng 1.320 tỷ đồng."
    (found,) = extreme_listed(sentences(body)[0], 1)
    assert found.sentence.report.text[found.span.start : found.span.end] == "Viettel 700 tỷ đồng"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Nhà mạng nào ở Lào Cai có nhiều trạm nhất?", "900"),
        ("Nhà mạng nào ở Lào Cai có ít trạm nhất?", "418"),
        ("Những nhà mạng nào ở Lào Cai có nhiều trạm nhất?", None),
        ("Nhà mạng nào ở Lào Cai có trạm?", None),
    ],
)
def test_of_a_clause_that_lists_several_the_member_meant_is_told(question: str, told: str | None) -> None:
    (clause,) = clause_candidates(sentences("Viettel, VNPT, MobiFone có lần lượt 900, 700 và 418 trạm.")[0])
    member = member_meant(clause, understand(question, (), ()))
    assert (member is clause) == (told is None)
    assert told is None or member.sentence.report.text[member.core.start : member.core.end] == told


def test_a_hostile_list_is_read_in_no_time() -> None:
    (sentence,) = sentences(f"Tiểu Cần {'chỉ có ' * 60}x 71%, Bát Xát 58%, Bảo Yên 51%.")
    with within(5):
        assert extreme_listed(sentence, 1) == []
