import pytest

from assistant.small_talk import reply_to_small_talk
from assistant.types import Draft
from assistant.understand import understand
from index.types import Report


def report(province: str, year: int | None, title: str) -> Report:
    return Report(f"{province}{year}.md", "", "", (), title, province, year, None, "")


REPORTS = (report("Lào Cai", 2022, "Lào Cai họp *ngành*"), report("Cà Mau", 2021, "Cà Mau tổng kết"))


def reply(question: str, reports: tuple[Report, ...] = REPORTS) -> Draft | None:
    return reply_to_small_talk(understand(question, (), reports), reports)


@pytest.mark.parametrize("greeting", ["Xin chào", "chào bạn!", "hello", "Chao ban nhe", "Alo", "xin chào trợ lý ạ."])
def test_a_greeting_is_returned_with_what_can_be_asked(greeting: str) -> None:
    assert reply(greeting) == Draft("Chào bạn! Mời bạn hỏi về báo cáo của Cà Mau, Lào Cai.", "answered")


def test_a_greeting_over_reports_without_a_province_offers_no_list() -> None:
    assert reply("Xin chào", (report("", 2020, "Tin"),)) == Draft("Chào bạn! Mời bạn đặt câu hỏi.", "answered")


@pytest.mark.parametrize("thanks", ["Cảm ơn", "cam on ban nhieu", "thanks"])
def test_thanks_are_returned(thanks: str) -> None:
    assert reply(thanks) == Draft("Không có gì, mời bạn hỏi tiếp.", "answered")


@pytest.mark.parametrize("question", ["Bạn làm được gì?", "ban giup duoc nhung gi", "Bạn là ai?"])
def test_what_the_assistant_can_do(question: str) -> None:
    told = reply(question)
    assert told is not None
    assert told.text.startswith("Tôi trả lời câu hỏi về các báo cáo đã lập chỉ mục")


@pytest.mark.parametrize("question", ["Có những báo cáo nào?", "danh sách báo cáo", "liet ke cac bao cao hien co gi"])
def test_the_reports_are_listed_by_province_with_their_titles_escaped(question: str) -> None:
    told = reply(question)
    assert told is not None
    assert (
        told.text == "Hiện có 2 báo cáo:\n- Cà Mau tổng kết (Cà Mau, 2021)\n- Lào Cai họp \\*ngành\\* (Lào Cai, 2022)"
    )


def test_a_long_list_is_cut_and_says_how_many_more_there_are() -> None:
    many = tuple(report("Lào Cai", 1950 + number, f"Bản {number}") for number in range(43))
    told = reply("Có những báo cáo nào?", many)
    assert told is not None
    assert told.text.splitlines()[-1] == "- … và 3 báo cáo khác"
    assert len(told.text.splitlines()) == 42


@pytest.mark.parametrize(
    "question",
    [
        "Xin chào, Lào Cai có bao nhiêu trạm BTS?",
        "Lào Cai có bao nhiêu trạm BTS?",
        "Ai gửi lời cảm ơn tại hội nghị Lào Cai?",
        "Lào Cai có những báo cáo nào?",
        "Bạn có biết Lào Cai có bao nhiêu xã?",
    ],
)
def test_a_question_about_the_contents_is_no_small_talk(question: str) -> None:
    assert reply(question) is None
