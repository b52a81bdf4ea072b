from datetime import date

import pytest

from assistant.chat_text import Said, complete, plain, said
from assistant.refusals import REFUSAL
from assistant.tokens import Shown
from assistant.types import Evidence, Problem
from index.types import Report, Span

TEXT = "Năm 2021, Lai Châu dựng thêm 31 trạm BTS, tổng số 905 trạm. Doanh thu bưu chính ước đạt 42,5 tỷ đồng."
FIRST, SECOND = Span(0, 59), Span(60, len(TEXT))
REPORT = Report("lc.txt", TEXT, "0", (Span(0, len(TEXT)),), "Tổng kết", "Lai Châu", 2021, date(2022, 1, 15), "")
SHOWN = (Shown(REPORT, FIRST), Shown(REPORT, SECOND))


def read(written: str) -> Said:
    return said(written, SHOWN, "Lai Châu có bao nhiêu trạm BTS?")


def test_markers_are_numbered_anew_in_the_order_they_come() -> None:
    told = read("Doanh thu ước đạt 42,5 tỷ đồng [2]. Tổng số 905 trạm [1]. Dựng thêm 31 trạm [1].")
    assert told.draft.text == "Doanh thu ước đạt 42,5 tỷ đồng [1]. Tổng số 905 trạm [2]. Dựng thêm 31 trạm [2]."
    assert told.draft.evidence == (Evidence("lc.txt", SECOND), Evidence("lc.txt", FIRST))
    assert (told.draft.status, told.problems, told.notes) == ("answered", (), ())


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("**Lai Châu:** 905 trạm [1]", "**Lai Châu:** 905 trạm [1]"),
        ("* 905 trạm [1]\n\n1. 31 trạm [1]", "- 905 trạm [1]\n- 31 trạm [1]"),
        ("## Lai Châu có 905 trạm [1]", "Lai Châu có 905 trạm [1]"),
        ("905 <b>trạm</b> [1]", "905 \\<b\\>trạm\\</b\\> [1]"),
        ("905 [trạm](lc.txt) [1]", "905 \\[trạm\\](lc.txt) [1]"),
        ("905 ![trạm](x.png) [1]", "905 \\!\\[trạm\\](x.png) [1]"),
        ("`905` trạm | _bts_ [1]", "\\`905\\` trạm \\| \\_bts\\_ [1]"),
        ("905\u200b trạm\u202e [1]", "905 trạm [1]"),
        ("９０５ trạm [１]", "905 trạm [1]"),
    ],
)
def test_bold_items_and_markers_stay_and_other_markup_is_made_plain(written: str, text: str) -> None:
    assert read(written).draft.text == text


@pytest.mark.parametrize(
    "written",
    [REFUSAL, REFUSAL.rstrip("."), REFUSAL.upper(), f"  {REFUSAL}\n", f"Xin lỗi. {REFUSAL}", f"**{REFUSAL}**"],
)
def test_a_refusal_is_told_by_the_one_phrase(written: str) -> None:
    told = read(written)
    assert (told.draft.text, told.draft.status, told.draft.evidence) == (REFUSAL, "abstained", ())
    assert told.problems == ()


def test_a_refusal_beside_a_figure_is_partial() -> None:
    told = read("- Lai Châu: 905 trạm [1].\n- Báo cáo không nêu: Sơn La.")
    assert (told.draft.status, told.problems) == ("partial", ())


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", Problem("câu trả lời", "trống")),
        ("… [1]", Problem("câu trả lời", "trống")),
        ("Lai Châu có 905 trạm.", Problem("“Lai Châu có 905 trạm.”", "không dẫn đoạn nào")),
        (
            "Có 31 trạm mới [1]. Tổng số là 905 trạm.",
            Problem("“Tổng số là 905 trạm.”", "có số liệu mà không dẫn đoạn nào trong câu"),
        ),
        ("905 trạm [1], xem www.x.vn.", Problem("www.x.vn", "không có địa chỉ này trong các đoạn")),
        ("905 trạm [1] https://x.vn/a?b=c", Problem("https://x.vn/a?b=c", "không có địa chỉ này trong các đoạn")),
        ("905 trạm [1] a.b@x.vn", Problem("a.b@x.vn", "không có địa chỉ này trong các đoạn")),
        (
            "Các đoạn không nêu, nhưng có 9 trạm.",
            Problem("“Các đoạn không nêu, nhưng có 9 trạm.”", "không dẫn đoạn nào"),
        ),
        ("⑨05 trạm [1]", Problem("⑨", "hãy viết số bằng chữ số thường")),
        ("905 trạm [1] [9]", Problem("[9]", "không có đoạn này; các đoạn mang số từ 1 đến 2")),
        (
            "Quả táo chín rụng xuống dòng sông xanh [1]",
            Problem("“Quả táo chín rụng xuống dòng sông xanh”", "không giống đoạn được dẫn"),
        ),
        (f"{'trạm ' * 2000} [1]", Problem("câu trả lời", "quá dài")),
    ],
)
def test_what_no_passage_need_be_looked_into_for_is_a_problem(written: str, problem: Problem) -> None:
    assert problem in read(written).problems


@pytest.mark.parametrize("written", ["Theo báo cáo:\n- 905 trạm [1]", "905 trạm. [1]", "Có, tổng số 905 trạm [1]"])
def test_cited_answers_have_no_problem(written: str) -> None:
    assert read(written).problems == ()


def test_thoughts_are_left_out_even_unfinished_ones() -> None:
    assert plain("<think>9 trạm?</think>\n905 trạm") == "905 trạm"
    assert plain("<thinking>9 trạm?") == ""


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("Lai Châu có 905", ""),
        ("Lai Châu có 905 trạm [1].", ""),
        ("Lai Châu có 905 trạm [1]. D", "Lai Châu có 905 trạm [1]."),
        ("Lai Châu có 1.", ""),
        ("Có 1.167 trạm [1]. Thêm 4.", "Có 1.167 trạm [1]."),
        ("905 trạm. [1] D", "905 trạm. [1]"),
        ("- 905 trạm [1]\n- 31", "- 905 trạm [1]\n"),
        ("<think>Có. Không. Có", ""),
        ("<think>Có.</think>905 trạm [1]. D", "<think>Có.</think>905 trạm [1]."),
    ],
)
def test_of_a_growing_text_the_whole_sentences_are_told(written: str, whole: str) -> None:
    assert complete(written) == whole
