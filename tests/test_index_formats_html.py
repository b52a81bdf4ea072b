import pytest

from index.clean import find_content
from index.describe import describe
from index.formats.charsets import decode_html
from index.formats.converted import UnreadableFileError
from index.formats.read_html import read_html
from index.tables import find_rows
from tests.report_files import LINES, page_of_web

LONG = (
    "Năm 2023, ngành thông tin và truyền thông của tỉnh đã có nhiều cố gắng trong việc thực hiện các nhiệm vụ được "
    "giao, nhờ đó các chỉ tiêu đều đạt và vượt so với kế hoạch, được người dân và doanh nghiệp đánh giá cao."
)


def read(page: str) -> str:
    (text,) = read_html(page).parts
    return text


def body(inner: str) -> str:
    return f"<html><body><div><p>{LONG}</p>{inner}<p>{LONG}</p></div></body></html>"


def between(inner: str) -> list[str]:
    """What is read of a part in the middle of an article."""
    lines = read(body(inner)).split("\n\n")
    assert (lines[0], lines[-1]) == (LONG, LONG)
    return lines[1:-1]


def test_the_article_is_read_with_its_headline_and_byline_and_nothing_else() -> None:
    assert read(page_of_web()).split("\n\n") == [f"# {LINES[0]}", *LINES[1:]]


def test_the_dateline_and_the_byline_beside_an_article_are_kept() -> None:
    page = (
        "<body><ul><li><a href='/'>Trang chủ</a></li></ul><h1>Tổng kết năm 2023 của ngành thông tin</h1>"
        f"<div>18/01/2024 08:30</div><div><p>{LONG}</p><p>{LONG}</p></div><div>Theo: tuyenquang.gov.vn</div>"
        "<h3>Các tin khác</h3><ul><li><a href='/1'>Khai mạc lớp tập huấn</a></li></ul></body>"
    )
    text = read(page)
    assert text.split("\n\n") == [
        "# Tổng kết năm 2023 của ngành thông tin", "18/01/2024 08:30", LONG, LONG, "Theo: tuyenquang.gov.vn",
    ]  # fmt: skip
    assert describe(text, find_content(text)).province == "Tuyên Quang"


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://www.stttt.daknong.gov.vn/tin/1">',
        '<meta property="og:url" content="https://stttt.daknong.gov.vn/tin/1">',
    ],
)
def test_the_address_of_a_page_tells_its_publisher_and_province(head: str) -> None:
    text = read(f"<html><head>{head}</head>{body('')}</html>")
    assert text.endswith("\n\nNguồn: stttt.daknong.gov.vn")
    about = describe(text, find_content(text))
    assert (about.province, about.source) == ("Đắk Nông", "stttt.daknong.gov.vn")


def test_a_page_that_names_its_source_keeps_it_alone() -> None:
    text = read(page_of_web(head='<link rel="canonical" href="https://baohagiang.vn/1">'))
    assert text.endswith("\n\nNguồn: Báo Hà Giang")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://[", "/tin/1", "https://localhost/x", ""])
def test_what_is_no_address_names_no_source(address: str) -> None:
    assert "Nguồn" not in read(f'<html><head><link rel="canonical" href="{address}"></head>{body("")}</html>')


def test_rows_of_a_table_are_lines_and_stand_under_its_header() -> None:
    table = (
        "<table><tr><th>Chỉ tiêu</th><th>Năm 2022</th><th>Năm 2023</th></tr>"
        "<tr><td rowspan=2>Trạm | BTS</td><td>1.123</td><td>1.167</td></tr><tr><td colspan='2'>tăng</td></tr></table>"
    )
    assert between(table) == [
        "| Chỉ tiêu | Năm 2022 | Năm 2023 |\n| Trạm / BTS | 1.123 | 1.167 |\n| Trạm / BTS | tăng | |"
    ]
    text = read(body(table))
    assert len(find_rows(text, find_content(text))) == 2


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    page = f"<body><table><tr><td><a href='/'>Trang chủ</a></td><td><p>{LONG}</p><p>{LONG}</p></td></tr></table></body>"
    assert read(page).split("\n\n") == [LONG, LONG]
    deep = f"<table><tr><td>{'<table><tr><td>' * 20}{LONG}{'</td></tr></table>' * 20}</td></tr></table>"
    assert read(f"<body>{deep}</body>") == LONG


@pytest.mark.parametrize(
    ("inner", "lines"),
    [
        ("<ul><li>44 trạm mới</li><li>12 xã</li></ul>", ["- 44 trạm mới", "- 12 xã"]),
        ("<ol><li>một</li><li><b>hai</b> ba</li></ol>", ["1. một", "2. hai ba"]),
        ("<ul><li>- đã có dấu</li></ul>", ["- đã có dấu"]),
        ("<p>dòng một<br>dòng hai<br/><br/>dòng ba</p>", ["dòng một", "dòng hai", "dòng ba"]),
        ("<h2>Viễn\nthông</h2>", ["## Viễn thông"]),
        ("<p>a &amp; b &lt;1&gt;&nbsp;%</p>", ["a & b <1> %"]),
        ("<script>var a = 1;</script><style>p{}</style><!-- thầm -->", []),
        ("<p style='display: none'>thầm</p><p hidden>thầm</p><p aria-hidden='true'>thầm</p>", []),
        ("<div class='share-box'>Chia sẻ</div><aside>bên lề</aside><nav>lối</nav>", []),
        ("<h3>Tin liên quan</h3><ul><li><a href='/1'>Khai mạc lớp tập huấn</a></li></ul>", []),
    ],
)
def test_what_a_reader_sees_is_read_and_no_more(inner: str, lines: list[str]) -> None:
    assert between(inner) == lines


def test_a_list_of_links_within_an_article_does_not_end_it() -> None:
    links = "".join(f"<li><a href='/{at}'>Khai mạc lớp tập huấn số {at}</a></li>" for at in range(9))
    assert between(f"<h3>Tin liên quan</h3><ul>{links}</ul><p>Có 12 trạm.</p>") == ["Có 12 trạm."]


def test_other_articles_on_the_page_are_left_out() -> None:
    links = "".join(f"<li><a href='/{at}'>Khai mạc lớp tập huấn số {at}</a></li>" for at in range(9))
    other = LONG.replace("2023", "1999")
    page = f"<body><div><p>{LONG}</p><p>{LONG}</p></div><ul>{links}</ul><div><p>{other}</p></div></body>"
    assert read(page).split("\n\n") == [LONG, LONG]


def test_a_short_page_is_read_whole() -> None:
    assert read("<p>Sở họp.</p><p>Có 12 trạm.</p>") == "Sở họp.\n\nCó 12 trạm."


# --- bad pages


@pytest.mark.parametrize("page", ["", "<html></html>", "<!-- a -->", "<script>a()</script>", "<nav>Trang chủ</nav>"])
def test_a_page_without_text_is_named(page: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"^trang HTML không có nội dung$"):
        read(page)


def test_a_truncated_page_is_read_as_far_as_it_goes() -> None:
    whole = page_of_web()
    cut = whole[: whole.index("61,5 tỷ") + len("61,5 tỷ")]
    assert read(cut).endswith("Doanh thu bưu chính ước đạt 61,5 tỷ")


def test_elements_nested_without_end_are_survived() -> None:
    try:
        text = read("<div>" * 50_000 + LONG)
    except UnreadableFileError as error:
        text = str(error)
    assert text in (LONG, "trang HTML lồng quá sâu", "trang HTML không có nội dung")


def test_a_table_that_claims_to_be_huge_is_survived() -> None:
    page = body("<table>" + "<tr><td rowspan=99999999 colspan=99999999>a</td><td>b</td></tr>" * 3 + "</table>")
    assert len(read(page)) < 20_000


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x0c", "\ufffe", "&#1;", "&#0;", "&#xfffe;"])
def test_characters_that_no_tree_holds_are_survived(char: str) -> None:
    page = body(f"<ul><li>{char}44 trạm</li></ul><table><tr><td>{char}a</td><td>b</td></tr></table><p>c<br>{char}d</p>")
    assert "44 trạm" in read(page)


@pytest.mark.parametrize(
    "charset", ["undefined", "idna", "punycode", "unicode_escape", "utf-7", "rot13", "hex", "no-such"]
)
def test_a_page_that_declares_what_cannot_be_is_read_as_it_is(charset):
    page = f'<meta charset="{charset}"><p>Tỉnh có 44 trạm .xn--a.</p>'
    assert "44" in decode_html(page.encode())
