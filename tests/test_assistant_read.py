import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant import Answer, Assistant
from assistant.choose import told_together
from assistant.ranker import Ranked
from index.candidates import figure_candidates
from tests.made_up import assistant_over
from tests.test_index_candidates import sentences

LAO_CAI = """Ngành thông tin Lào Cai tổng kết năm 2022

09:15 - Thứ Năm, 12/01/2023

Trong năm 2022, các doanh nghiệp ở tỉnh Lào Cai lắp mới 64 trạm BTS, nâng tổng số trạm BTS toàn tỉnh lên 2.018 trạm, \
phủ sóng 4G tới 1.486 thôn.

Doanh thu viễn thông ước đạt 912,5 tỷ đồng, tăng 7,3% so với năm 2021; doanh thu bưu chính đạt 186 tỷ đồng, \
giảm 2,4% so với năm 2021.

Cổng dịch vụ công của tỉnh tiếp nhận gần 58.300 hồ sơ trực tuyến, trong đó 41.207 hồ sơ được giải quyết trước hạn.

Tỉnh xếp thứ 14/63 tỉnh, thành phố về chỉ số chuyển đổi số, tăng 5 bậc so với năm 2021.

Hội nghị tổng kết diễn ra ngày 11/01/2023 tại thành phố Lào Cai, do ông Hoàng Quốc Khánh, Phó Chủ tịch UBND tỉnh \
chủ trì; bà Nguyễn Thị Vân, Phó Giám đốc Sở trình bày báo cáo.

Dịp này, 9 tập thể và 17 cá nhân được tặng giấy khen.

## Mục tiêu năm 2023

Phấn đấu doanh thu viễn thông đạt 970 tỷ đồng; tỷ lệ hộ gia đình có cáp quang đạt 82%.

Nguồn: Báo Lào Cai
"""
CA_MAU = """---
title: Cà Mau đánh giá công tác thông tin năm 2022
province: Cà Mau
year: 2022
---

# Cà Mau đánh giá công tác thông tin năm 2022

Đến cuối năm 2022, toàn tỉnh có 1.745 trạm BTS, tỷ lệ người dân dùng điện thoại thông minh đạt 76,8%.

Toàn tỉnh thành lập 883 tổ công nghệ số cộng đồng với 6.120 thành viên.
"""
KON_TUM = """---
title: Kon Tum - số liệu ngành năm 2021
province: Kon Tum
year: 2021
---

# Kon Tum - số liệu ngành năm 2021

| Chỉ tiêu | Đơn vị tính | Năm 2020 | Năm 2021 | Kế hoạch năm 2022 |
|---|---|---|---|---|
| Trạm BTS | trạm | 802 | 861 | 900 |
| Thư viện xã | điểm | 31 | 44 | 60 |

Toàn tỉnh có 102/102 xã có điểm bưu điện văn hóa.
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over three made-up reports, embedded without torch."""
    reports = {"lao-cai.txt": LAO_CAI, "ca-mau.md": CA_MAU, "kon-tum.md": KON_TUM}
    with assistant_over(tmp_path_factory.mktemp("read"), reports) as opened:
        yield opened


def ask(reader: Assistant, question: str, *earlier: str) -> Answer:
    """The answer, its quotes held against the reports."""
    reply = reader.answer(question, [{"role": "user", "content": turn} for turn in earlier])
    for citation in (*reply.citations, *reply.near_misses):
        assert reader.index.reports[citation.report].text[citation.start : citation.end] == citation.quote
    assert (reply.status == "abstained") is (reply.citations == ())
    return reply


def told(reader: Assistant, question: str, *earlier: str) -> str:
    """The text of an answer whose every figure is supported."""
    reply = ask(reader, question, *earlier)
    assert reply.status == "answered"
    assert [check.figure for check in reply.checks if not check.supported] == []
    return reply.text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Lào Cai có bao nhiêu trạm BTS?", "Nâng tổng số trạm BTS toàn tỉnh lên 2.018 trạm [1]"),
        ("Sóng 4G của Lào Cai tới bao nhiêu thôn?", "Phủ sóng 4G tới 1.486 thôn [1]"),
        ("Doanh thu viễn thông Lào Cai năm 2022?", "Doanh thu viễn thông ước đạt 912,5 tỷ đồng [1]"),
        ("Doanh thu bưu chính Lào Cai?", "Doanh thu bưu chính đạt 186 tỷ đồng [1]"),
        (
            "Lào Cai tiếp nhận bao nhiêu hồ sơ trực tuyến?",
            "Cổng dịch vụ công của tỉnh tiếp nhận gần 58.300 hồ sơ trực tuyến [1]",
        ),
        (
            "Doanh thu viễn thông Lào Cai tăng bao nhiêu so với năm 2021?",
            "Doanh thu viễn thông … tăng 7,3% so với năm 2021 [1]",
        ),
    ],
)
def test_the_figure_asked_is_told_alone_in_the_reports_words(reader: Assistant, question: str, text: str) -> None:
    assert told(reader, question) == f"**Lào Cai (2022):** {text}"


@pytest.mark.parametrize(
    ("question", "figure", "others"),
    [
        ("lao cai lap moi bao nhieu tram bts", "64", ["2.018", "1.486"]),
        ("Lào Cai dựng thêm bao nhiêu cột sóng năm 2022?", "64", ["2.018", "1.486"]),
        ("Bao nhiêu hồ sơ của Lào Cai được giải quyết trước hạn?", "41.207", ["58.300"]),
        ("LC xếp thứ mấy về CĐS? (tỉnh Lào Cai)", "14/63", ["5 bậc"]),
        ("Tỷ lệ dùng smartphone ở Cà Mau?", "76,8%", ["1.745"]),
        ("Cà Mau có bao nhiêu tổ công nghệ số cộng đồng?", "883", ["6.120"]),
        ("Kon Tum có bao nhiêu xã có điểm bưu điện văn hóa?", "102/102", ["861"]),
    ],
)
def test_the_figure_among_several_is_the_one_asked(
    reader: Assistant, question: str, figure: str, others: list[str]
) -> None:
    text = told(reader, question)
    assert figure in text
    assert [other for other in others if other in text] == []


def test_the_quote_is_the_whole_sentence(reader: Assistant) -> None:
    reply = ask(reader, "Lào Cai có bao nhiêu trạm BTS?")
    assert [(c.report, c.province, c.year, c.source) for c in reply.citations] == [
        ("lao-cai.txt", "Lào Cai", 2022, "Báo Lào Cai")
    ]
    assert reply.citations[0].quote.startswith("Trong năm 2022, các doanh nghiệp")
    assert reply.citations[0].quote.endswith("phủ sóng 4G tới 1.486 thôn.")


def test_a_question_in_nfd_gets_the_same_answer(reader: Assistant) -> None:
    question = "Lào Cai có bao nhiêu trạm BTS?"
    assert ask(reader, unicodedata.normalize("NFD", question)).text == ask(reader, question).text


def test_the_target_is_told_for_a_target_and_the_result_for_a_result(reader: Assistant) -> None:
    target = "**Lào Cai (mục tiêu 2023):** Phấn đấu doanh thu viễn thông đạt 970 tỷ đồng [1]"
    assert told(reader, "Mục tiêu doanh thu viễn thông của Lào Cai?") == target
    assert told(reader, "Doanh thu viễn thông Lào Cai năm 2023 đặt mục tiêu bao nhiêu?") == target
    assert "970" not in told(reader, "Doanh thu viễn thông Lào Cai?")


def test_a_planned_cell_of_a_table_is_told_as_a_plan(reader: Assistant) -> None:
    reply = ask(reader, "Kế hoạch năm 2022 của Kon Tum về trạm BTS là bao nhiêu?")
    assert reply.text == "**Kon Tum (mục tiêu 2022):** Trạm BTS (Kế hoạch năm 2022): 900 trạm [1] [2]"


def test_of_a_table_without_a_year_asked_the_latest_result_is_told(reader: Assistant) -> None:
    assert told(reader, "Kon Tum có bao nhiêu trạm BTS?").startswith(
        "**Kon Tum (2021):** Trạm BTS (Năm 2021): 861 trạm"
    )


def test_a_yes_or_no_without_a_figure_says_neither(reader: Assistant) -> None:
    assert "Có." not in ask(reader, "Kon Tum có trung tâm dữ liệu không?").text


def test_a_target_the_report_does_not_set_is_refused(reader: Assistant) -> None:
    reply = ask(reader, "Mục tiêu số trạm BTS của Lào Cai năm 2023?")
    assert reply.text == ("Các báo cáo không nêu điều này. Báo cáo của Lào Cai không cho biết mục tiêu này năm 2023.")


def test_a_year_without_a_report_is_refused_and_the_years_there_are_named(reader: Assistant) -> None:
    reply = ask(reader, "Doanh thu viễn thông Lào Cai năm 2019 là bao nhiêu?")
    assert reply.text == (
        "Các báo cáo không nêu điều này. Không thấy số liệu năm 2019; báo cáo hiện có của Lào Cai là của năm 2022."
    )
    assert "912,5" in reply.near_misses[0].quote


def test_a_result_of_the_year_after_the_report_is_refused(reader: Assistant) -> None:
    assert ask(reader, "Lào Cai có bao nhiêu trạm BTS năm 2023?").status == "abstained"


def test_a_province_without_a_report_is_refused_and_the_known_ones_are_named(reader: Assistant) -> None:
    reply = ask(reader, "Thanh Hóa có bao nhiêu trạm BTS?")
    assert reply.text == (
        "Các báo cáo không nêu điều này. Kho chưa có báo cáo của Thanh Hóa; hiện có: Cà Mau, Kon Tum, Lào Cai."
    )
    assert reply.near_misses == ()


@pytest.mark.parametrize(
    "question",
    ["Lào Cai có bao nhiêu thư viện?", "Cà Mau có bao nhiêu máy bay?", "Doanh thu bưu chính Cà Mau là bao nhiêu?"],
)
def test_an_indicator_the_report_does_not_tell_is_refused(reader: Assistant, question: str) -> None:
    reply = ask(reader, question)
    assert reply.status == "abstained"
    assert reply.text.startswith("Các báo cáo không nêu điều này. Báo cáo của ")
    assert not any(char.isdigit() for char in reply.text)


@pytest.mark.parametrize("question", ["Ai là tổng thống Mỹ?", "Thời tiết hôm nay thế nào?"])
def test_a_question_about_something_else_is_refused(reader: Assistant, question: str) -> None:
    assert ask(reader, question).text == (
        "Các báo cáo không nêu điều này. Không báo cáo nào trong kho cho biết thông tin này."
    )


@pytest.mark.parametrize(
    "question",
    ["Ông Trần Văn Bình ở Lào Cai giữ chức vụ gì?", "Hội nghị Lào Cai do Trần Văn Bình chủ trì phải không?"],
)
def test_an_unknown_person_is_refused_by_name(reader: Assistant, question: str) -> None:
    assert ask(reader, question).text == (
        "Các báo cáo không nêu điều này. Báo cáo của Lào Cai không nhắc đến Trần Văn Bình."
    )


def test_who_presided_is_told_with_the_office(reader: Assistant) -> None:
    assert told(reader, "Ai chủ trì hội nghị tổng kết ở Lào Cai?") == (
        "**Lào Cai (2022):** Ông Hoàng Quốc Khánh, Phó Chủ tịch UBND tỉnh chủ trì [1]"
    )


def test_a_deputy_is_not_told_for_the_head(reader: Assistant) -> None:
    assert ask(reader, "Giám đốc Sở TT&TT Lào Cai là ai?").status == "abstained"
    assert "Nguyễn Thị Vân" in told(reader, "Phó Giám đốc Sở TT&TT Lào Cai là ai?")


def test_when_and_where_the_conference_was(reader: Assistant) -> None:
    assert "ngày 11/01/2023" in told(reader, "Hội nghị tổng kết của Lào Cai diễn ra ngày nào?")
    assert "tại thành phố Lào Cai" in told(reader, "Hội nghị tổng kết của Lào Cai diễn ra ở đâu?")


def test_when_the_article_was_published_is_not_when_the_conference_was(reader: Assistant) -> None:
    assert told(reader, "Bài về Lào Cai đăng ngày nào?") == (
        "**Lào Cai (2022):** Bài đăng 09:15 - Thứ Năm, 12/01/2023 [1]"
    )


def test_a_change_the_other_way_is_corrected(reader: Assistant) -> None:
    reply = ask(reader, "Doanh thu bưu chính Lào Cai tăng bao nhiêu phần trăm?")
    assert (reply.status, reply.text) == (
        "partial",
        "Báo cáo không nói số này tăng.\n**Lào Cai (2022):** Doanh thu bưu chính … giảm 2,4% so với năm 2021 [1]",
    )
    other = ask(reader, "Doanh thu viễn thông Lào Cai giảm bao nhiêu?")
    assert other.status == "partial"
    assert other.text.startswith("Báo cáo không nói số này giảm.\n")
    assert "tăng 7,3%" in other.text


def test_several_things_asked_are_each_told_with_one_citation(reader: Assistant) -> None:
    question = "Lào Cai có mấy tập thể, mấy cá nhân được khen?"
    assert told(reader, question) == "**Lào Cai (2022):** 9 tập thể [1]; 17 cá nhân [1]"
    assert len(ask(reader, question).citations) == 1


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Lào Cai có hơn 2.000 trạm BTS không?", "Có. "),
        ("lao cai co hon 2100 tram bts khong", "Không. "),
    ],
)
def test_yes_or_no_is_told_with_the_reports_figure(reader: Assistant, question: str, verdict: str) -> None:
    assert told(reader, question) == (
        f"**Lào Cai (2022):** {verdict}Nâng tổng số trạm BTS toàn tỉnh lên 2.018 trạm [1]"
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Kon Tum có bao nhiêu trạm BTS năm 2020?", "**Kon Tum (2020):** Trạm BTS (Năm 2020): 802 trạm"),
        ("Kon Tum có bao nhiêu trạm BTS năm 2021?", "**Kon Tum (2021):** Trạm BTS (Năm 2021): 861 trạm"),
        ("kon tum co bao nhieu thu vien xa nam 2021", "**Kon Tum (2021):** Thư viện xã (Năm 2021): 44 điểm"),
    ],
)
def test_of_a_table_the_cell_of_the_year_asked_is_told(reader: Assistant, question: str, text: str) -> None:
    reply = ask(reader, question)
    assert (reply.status, reply.text) == ("answered", f"{text} [1] [2]")


def test_a_follow_up_on_another_trade_is_answered_of_it(reader: Assistant) -> None:
    assert told(reader, "Còn bưu chính thì sao?", "Doanh thu viễn thông Lào Cai năm 2022?") == (
        "**Lào Cai (2022):** Doanh thu bưu chính đạt 186 tỷ đồng [1]"
    )


def test_a_follow_up_on_another_province_is_answered_of_it(reader: Assistant) -> None:
    assert told(reader, "Còn Cà Mau?", "Lào Cai có bao nhiêu trạm BTS?") == (
        "**Cà Mau (2022):** Toàn tỉnh có 1.745 trạm BTS [1]"
    )


def test_a_new_subject_is_answered_of_the_province_talked_about(reader: Assistant) -> None:
    assert "2.018" in told(reader, "Có bao nhiêu trạm BTS?", "Doanh thu bưu chính Lào Cai năm 2022 là bao nhiêu?")


def test_a_greeting_in_a_conversation_is_only_a_greeting(reader: Assistant) -> None:
    reply = reader.answer("Xin chào", [{"role": "user", "content": "Lào Cai có bao nhiêu trạm BTS?"}])
    assert reply.text == "Chào bạn! Mời bạn hỏi về báo cáo của Cà Mau, Kon Tum, Lào Cai."
    assert (reply.status, reply.citations) == ("answered", ())


def test_many_things_asked_at_once_are_answered_in_time(reader: Assistant) -> None:
    began = time.perf_counter()
    ask(reader, "bao nhiêu trạm, " * 110)
    assert time.perf_counter() - began < 4


def test_several_threads_read_the_same_sentences(reader: Assistant) -> None:
    question = "Lào Cai có bao nhiêu trạm BTS?"
    alone = ask(reader, question).text
    with ThreadPoolExecutor(8) as pool:
        assert {reply.text for reply in pool.map(lambda _: ask(reader, question), range(24))} == {alone}


def test_figures_of_two_years_stand_under_their_own(reader: Assistant) -> None:
    reply = ask(reader, "Doanh thu viễn thông Lào Cai từ mấy năm 2022 lên mấy năm 2023 theo kế hoạch?")
    assert [line.partition(":**")[0] for line in reply.text.splitlines()] == [
        "**Lào Cai (2022)",
        "**Lào Cai (mục tiêu 2023)",
    ]
    assert all(check.supported for check in reply.checks)


def test_two_things_counted_are_told_of_one_clause() -> None:
    body = "5 tập thể, 8 cá nhân được Bộ trưởng khen; 1 tập thể, 3 cá nhân được Chủ tịch khen."
    first, second, third, fourth = figure_candidates(sentences(body)[0])
    slots = [
        [Ranked(third, 0.5, True), Ranked(first, 0.45, True)],
        [Ranked(second, 0.9, True), Ranked(fourth, 0.05, True)],
    ]
    assert told_together(slots) == [first, second]
    assert told_together(slots[:1]) == []
