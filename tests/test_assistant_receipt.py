import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.decoding import AnswerFileError
from assistant.receipt import Receipt, Stretch, Surroundings, as_json, digest_of, make, receipt_of
from assistant.receipt_file import check_target, read_receipt, write_receipt
from assistant.receipt_page import as_html
from assistant.types import Answer, Check, Citation, Problem, Verification
from index.types import Report, Span

TEXT = "Tổng kết năm 2022. Tỉnh có 905 trạm BTS. Thu 912,5 tỷ đồng, tăng 7,3%. Tỉnh xếp thứ 14."
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
REPORT = Report("a.txt", TEXT, SHA, (Span(0, len(TEXT)),), "Tổng kết", "Lào Cai", 2022, None, "https://laocai.gov.vn/a")
NOW = datetime(2026, 3, 1, 20, 30, 5, 999, UTC)
FORMS = [as_json, as_html]


def citation(quote: str = "Tỉnh có 905 trạm BTS.", **changed: object) -> Citation:
    start = TEXT.find(quote)
    known = {
        "marker": 1, "report": "a.txt", "title": REPORT.title, "province": REPORT.province, "year": 2022,
        "source": REPORT.source, "start": start, "end": start + len(quote), "quote": quote, "sha256": SHA,
    }  # fmt: skip
    return Citation(**{**known, **changed})  # type: ignore[arg-type]


def answer(text: str = "**Lào Cai:** 905 trạm [1]", *citations: Citation, question: str = "Bao nhiêu trạm?") -> Answer:
    return Answer(question, text, "answered", citations or (citation(),), (), (), "extractive", 1.5)


def receipt(given: Answer | None = None, holds: bool = True) -> Receipt:
    checks = (Check("905", 13, 16, holds, "có trong đoạn trích" if holds else "không thấy trong đoạn trích"),)
    return make(given or answer(), Verification(checks, ()), {"a.txt": REPORT}, NOW)


class Page(HTMLParser):
    """Elements and attributes of a page, and the text it shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.shown = ""
        self._hidden = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._hidden = tag if tag in ("style", "template", "title") else self._hidden

    def handle_endtag(self, tag: str) -> None:
        self._hidden = "" if tag == self._hidden else self._hidden

    def handle_data(self, data: str) -> None:
        self.shown += "" if self._hidden else data


# --- what it holds


def test_a_receipt_tells_the_quote_in_its_surroundings() -> None:
    (around,) = receipt().surroundings
    assert around == Surroundings(
        1, Stretch(0, 18, "Tổng kết năm 2022."), Stretch(41, 70, "Thu 912,5 tỷ đồng, tăng 7,3%."), (Span(8, 11),)
    )
    assert TEXT[41:70] == "Thu 912,5 tỷ đồng, tăng 7,3%."


def test_a_quote_within_a_sentence_is_surrounded_by_its_rest() -> None:
    (around,) = receipt(answer("7,3% [1]", citation("tăng 7,3%"))).surroundings
    assert around.before is not None
    assert around.after is not None
    assert (around.before.text, around.after.text) == ("Thu 912,5 tỷ đồng, ", ".")


@pytest.mark.parametrize(
    "cited",
    [citation(report="gone.txt"), citation(start=20), citation(quote="Tỉnh có 906 trạm BTS.", start=19, end=40)],
)
def test_a_quote_that_does_not_stand_there_has_no_surroundings(cited: Citation) -> None:
    assert receipt(answer("905 [1]", cited)).surroundings[0].before is None


def test_the_first_and_last_sentence_have_one_neighbour() -> None:
    first, last = receipt(answer("[1] [2]", citation("Tổng kết năm 2022."), citation("Tỉnh xếp thứ 14."))).surroundings
    assert first.before is None
    assert last.after is None


def test_a_receipt_tells_its_time_in_utc_and_in_vietnam() -> None:
    told = receipt().to_dict()
    assert told["made"] == {"utc": "2026-03-01T20:30:05Z", "vietnam": "2026-03-02T03:30:05+07:00"}
    elsewhere = make(answer(), Verification((), ()), {}, NOW.astimezone(timezone(timedelta(hours=-9))))
    assert elsewhere.to_dict()["made"] == told["made"]


def test_a_receipt_verifies_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = Verification((), (Problem("[1]", "đoạn trích không còn"),))
    monkeypatch.setattr("assistant.receipt.verify_answer", lambda answer, reports: verdict)
    made = receipt_of(answer(), {"a.txt": REPORT}, NOW)
    assert made.verification == verdict
    assert json.loads(as_json(made))["verification"] == {
        "holds": False, "checks": [], "problems": [{"about": "[1]", "reason": "đoạn trích không còn"}],
    }  # fmt: skip
    assert receipt_of(answer(), {"a.txt": REPORT}).made.tzinfo is UTC


def test_json_holds_everything_and_its_digest() -> None:
    told = json.loads(as_json(receipt()))
    assert list(told) == [
        "receipt", "version", "program", "made", "answer", "surroundings", "verification", "digest",
    ]  # fmt: skip
    assert (told["receipt"], told["version"], told["program"]) == ("hoi-dap-bao-cao", 1, "0.1.0")
    assert told["answer"] == json.loads(json.dumps(answer().to_dict()))
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", told["digest"])


# --- the page


def test_the_page_shows_question_answer_quote_and_verdict() -> None:
    page = Page(as_html(receipt()))
    for told in (
        "Bao nhiêu trạm?", "Lào Cai: 905 trạm [1]", "ĐẠT: mọi trích dẫn", "Tỉnh có 905 trạm BTS.", "Tổng kết năm 2022.",
        "Thu 912,5 tỷ đồng, tăng 7,3%.", SHA, "ký tự 19–40", "Lào Cai · năm 2022 · https://laocai.gov.vn/a",
        "2026-03-02T03:30:05+07:00 (giờ Việt Nam)", "2026-03-01T20:30:05Z (UTC)", "có trong đoạn trích",
        json.loads(as_json(receipt()))["digest"],
    ):  # fmt: skip
        assert told in page.shown
    html = as_html(receipt())
    assert "<mark>Tỉnh có <strong>905</strong> trạm BTS.</mark>" in html
    assert "<strong>Lào Cai:</strong> 905" in html


def test_the_page_shows_what_does_not_hold() -> None:
    verdict = Verification((Check("906", 0, 3, False, "không thấy"),), (Problem("[2]", "không có trích dẫn"),))
    shown = Page(as_html(make(answer(), verdict, {}, NOW))).shown
    for told in ("KHÔNG ĐẠT: có điều không khớp", "Không đạt", "không thấy", "[2]: không có trích dẫn"):
        assert told in shown


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    html = as_html(receipt())
    page = Page(html)
    assert {"script", "link", "img", "iframe", "object", "base", "form", "a"} & set(page.tags) == set()
    assert {name for name, _ in page.attributes} <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "id",
    }  # fmt: skip
    assert "url(" not in html
    assert "@import" not in html
    policy = next(value for name, value in page.attributes if name == "content" and "default-src" in (value or ""))
    assert policy is not None
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-")


ATTACKS = [
    "<script>alert(1)</script>", "</script><script>x", "<img src=x onerror=alert(1)>", "</template><b>", "</style>x",
    "<!-- ", "]]>", '" onload="x', "&lt;b&gt;", "**<i>x</i>**", "\\<i>", '<template id="receipt">{}</template>',
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_people_and_reports_wrote_is_shown_as_text(attack: str) -> None:
    plain = set(Page(as_html(make(answer(), Verification((), ()), {}, NOW))).tags)
    text = f"Đầu. {attack} giữa. Cuối."
    report = Report("a.txt", text, "0", (Span(0, len(text)),), attack, "", None, None, attack)
    cited = Citation(1, attack, attack, attack, 2022, attack, 5, 5 + len(attack), attack, attack)
    hostile = Answer(attack, attack, "answered", (cited,), (), (cited,), attack, 0.0)
    verdict = Verification((Check(attack, 0, 1, True, attack),), (Problem(attack, attack),))
    made = make(hostile, verdict, {attack: report}, NOW)
    html = as_html(made)
    page = Page(html)
    assert set(page.tags) <= plain | {"ul", "li", "table", "tr", "td", "th", "strong"}
    assert page.tags.count("template") == 1
    assert page.shown.count(attack) >= 8
    assert read_receipt(html) == made


def test_letters_that_turn_text_about_are_not_laid_into_the_page() -> None:
    html = as_html(receipt(answer("905\u202e\x00 [1]")))
    assert "\u202e" not in html.partition("<template")[0]
    assert "\x00" not in html


PAGE_OF_FORMAT_1 = "dca48952c301a0efc960d26beb026d3e3848adeb6c95ed69218a551019c8b302"


def test_the_pages_looks_belong_to_the_version_of_the_format() -> None:
    """A receipt is compared with its page made anew: change FORMAT, and keep reading the older, when this fails."""
    html = as_html(replace(receipt(), program="0.1.0"))
    assert hashlib.sha256(html.encode()).hexdigest() == PAGE_OF_FORMAT_1


# --- read back


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("holds", [True, False])
def test_a_receipt_read_back_is_the_same(form, holds: bool) -> None:
    assert read_receipt(form(receipt(holds=holds))) == receipt(holds=holds)


ODD = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(list("<>&\"'\\*[]{}\0\r\n\u2028\ufeff\u202e"))),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(question=ODD, text=ODD, quote=ODD, title=ODD, reader=ODD, figure=ODD, year=st.none() | st.integers(0, 9999))
def test_odd_texts_come_back_as_they_were(
    question: str, text: str, quote: str, title: str, reader: str, figure: str, year: int | None
) -> None:
    around = f"Trước đó. {quote} Sau đó."
    report = Report("a.txt", around, "0", (Span(0, len(around)),), title, "", year, None, "")
    cited = Citation(1, "a.txt", title, "", year, title, 10, 10 + len(quote), quote, "0")
    given_answer = Answer(question, text, "partial", (cited,), (), (cited,), reader, 0.25)
    verdict = Verification((Check(figure, 0, 1, False, title),), (Problem(figure, reader),))
    made = make(given_answer, verdict, {"a.txt": report}, NOW)
    assert made.answer == given_answer
    for form in FORMS:
        assert read_receipt(form(made).encode().decode()) == made


@settings(max_examples=150, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("form", FORMS)
def test_a_changed_byte_is_found(form, data: st.DataObject) -> None:
    whole = form(receipt())
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from([char for char in "0a \n\t<é" if char != whole[place]]))
    with pytest.raises(AnswerFileError):
        read_receipt(whole[:place] + other + whole[place + 1 :])


@pytest.mark.parametrize("form", FORMS)
def test_anything_added_or_left_out_is_found(form) -> None:
    whole = form(receipt())
    for changed in (whole + "\n", "\ufeff" + whole, whole.replace("\n", "\r\n"), whole[:-1], whole[: len(whole) // 2]):
        with pytest.raises(AnswerFileError):
            read_receipt(changed)


def test_a_changed_figure_is_told_by_the_digest() -> None:
    with pytest.raises(AnswerFileError, match=r"biên nhận đã bị sửa \(mã kiểm ghi 'sha256:.*: hãy lấy lại bản gốc"):
        read_receipt(as_json(receipt()).replace("905 trạm [1]", "906 trạm [1]"))
    with pytest.raises(AnswerFileError, match=r"biên nhận đã bị sửa \(tệp không còn đúng từng ký tự"):
        read_receipt(as_html(receipt()).replace("905 trạm [1]</p>", "906 trạm [1]</p>"))


def resealed(**changed: object) -> str:
    body = {**receipt().to_dict(), **changed}
    return json.dumps({**body, "digest": digest_of(body)}, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"version": 2}, r"biên nhận dạng '2' mới hơn chương trình \(đọc đến dạng 1\): hãy cập nhật chương trình"),
        ({"version": 0}, "dạng biên nhận '0' không có"),
        ({"version": True}, "dạng biên nhận 'true' không có"),
        ({"version": None}, "dạng biên nhận 'null' không có"),
        ({"receipt": "khác"}, "không phải biên nhận"),
        ({"program": 1}, "«program» phải là chuỗi, không phải '1': hãy lấy lại bản gốc"),
        ({"answer": []}, "«answer» phải là đối tượng JSON"),
        ({"made": {"utc": "hôm qua", "vietnam": ""}}, "«made.utc» không phải thời điểm ISO 8601: 'hôm qua'"),
        ({"made": {"utc": "2026-03-01T20:30:05Z", "vietnam": "2026-03-02T04:30:05+07:00"}}, "«made» mâu thuẫn"),
        ({"verification": {"holds": False, "checks": [], "problems": []}}, "«verification.holds» mâu thuẫn"),
        ({"surroundings": []}, "«surroundings» mâu thuẫn"),
    ],
)
def test_a_receipt_sealed_anew_that_cannot_be_ours_is_refused(changed: dict[str, object], told: str) -> None:
    with pytest.raises(AnswerFileError, match=told):
        read_receipt(resealed(**changed))


@pytest.mark.parametrize(
    "text", ["<html></html>", "{}", "[]", '"receipt"', "<", '<template id="receipt">{}</template>']
)
def test_what_is_no_receipt_is_told(text: str) -> None:
    with pytest.raises(AnswerFileError, match="không phải biên nhận của Hỏi đáp báo cáo"):
        read_receipt(text)


def test_the_page_of_a_quote_is_shown_and_comes_back() -> None:
    paged = receipt(answer("**Lào Cai:** 905 trạm [1]", citation(page=3)))
    assert "Tệp a.txt, trang 3, ký tự 19–40" in as_html(paged)
    for form in FORMS:
        assert read_receipt(form(paged)) == paged


def test_a_receipt_without_pages_is_written_as_before_there_were_any() -> None:
    assert "page" not in json.loads(as_json(receipt()))["answer"]["citations"][0]
    assert "trang" not in as_html(receipt()).partition("<article>")[2].partition("</article>")[0]


# --- files


@pytest.mark.parametrize("name", ["a.json", "a.HTML", "a.htm"])
def test_the_suffix_names_the_form(tmp_path, name: str) -> None:
    check_target(tmp_path / name, batch=False)
    write_receipt(tmp_path / name, receipt())
    written = (tmp_path / name).read_bytes()
    assert written == (as_json if name == "a.json" else as_html)(receipt()).encode()


def test_half_a_character_of_a_model_is_no_error(tmp_path) -> None:
    made = receipt(answer("\ud83d trạm [1]", question="\udc00"))
    assert (made.answer.text, made.answer.question) == ("\ufffd trạm [1]", "\ufffd")
    write_receipt(tmp_path / "a.json", made)
    assert read_receipt((tmp_path / "a.json").read_text("utf-8")) == made
