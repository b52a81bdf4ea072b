from assistant.origin import MAX_CHARS, province_told
from index.types import Report, Span


def report(text: str, province: str = "Lào Cai", content: tuple[Span, ...] = ()) -> Report:
    return Report("a.txt", text, "", content or (Span(0, len(text)),), "", province, 2022, None, "")


def quoted(one: Report) -> str | None:
    told = province_told(one)
    return one.text[told.span.start : told.span.end] if told else None


def test_the_first_line_that_names_the_province_is_quoted_whole() -> None:
    assert quoted(report("Tổng kết năm 2022\n  Sở TT&TT Lào Cai họp \nLào Cai có 5 trạm")) == "Sở TT&TT Lào Cai họp"


def test_a_name_outside_the_content_serves_where_the_content_has_none() -> None:
    text = "province: Lào Cai\n\nToàn tỉnh có 5 trạm."
    assert quoted(report(text, content=(Span(19, len(text)),))) == "province: Lào Cai"


def test_another_province_named_first_does_not_count() -> None:
    assert quoted(report("Đoàn Cà Mau tới thăm.\nSở Lào Cai đón đoàn.")) == "Sở Lào Cai đón đoàn."


def test_of_a_long_line_the_name_alone_is_quoted() -> None:
    assert quoted(report("dài " * MAX_CHARS + "Lào Cai có 5 trạm")) == "Lào Cai"


def test_a_report_of_no_province_has_no_origin() -> None:
    assert quoted(report("Toàn tỉnh có 5 trạm.", province="")) is None
