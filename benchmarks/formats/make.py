"""The same reports in other formats: web pages with all that stands around an article, Word files, PDFs, UTF-16."""

import io
import shutil
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path

import docx
from playwright.sync_api import sync_playwright

_MENU = ("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản", "Thủ tục hành chính", "Liên hệ")
_OTHERS = (
    "Hội nghị sơ kết 6 tháng đầu năm ngành Thông tin và Truyền thông có 512 trạm BTS mới",
    "Khai giảng lớp tập huấn chuyển đổi số cho 120 cán bộ cấp xã",
    "Đẩy mạnh thanh toán không dùng tiền mặt tại 35 chợ, siêu thị",
    "Ra quân phổ cập chữ ký số cho 2.000 người dân",
)
_STYLE = "body{font:13pt 'Times New Roman',serif;text-align:justify}h1{font-size:16pt;text-align:center}"


def lines_of(text: str) -> list[str]:
    """The lines of a report, the headline first."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def web_page(lines: list[str]) -> str:
    """An article as portals publish it: menus above, other news beside and below, a footer."""
    menu = "".join(f'<li><a href="/{at}">{name}</a></li>' for at, name in enumerate(_MENU))
    others = "".join(
        f'<li><a href="/tin/{at}">{name}</a> <i>(0{at + 1}/03/2022)</i></li>' for at, name in enumerate(_OTHERS)
    )
    body = "\n".join(f"<p>{escape(line)}</p>" for line in lines[1:])
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{escape(lines[0])}</title></head><body><form id="form1">
<div class="top"><a href="/">Cổng thông tin điện tử</a> | <a href="/login">Đăng nhập</a></div>
<ul class="main-menu">{menu}</ul><div class="row"><div class="left"><h3>Tin đọc nhiều</h3><ul>{others}</ul></div>
<div class="content"><h1>{escape(lines[0])}</h1>{body}<h3>Tin liên quan</h3><ul>{others}</ul></div></div>
<div class="bottom"><p>Bản quyền thuộc về Cổng thông tin điện tử. Điện thoại: 0123.456.789</p></div>
</form><script>var views = 2597;</script></body></html>"""


def word_file(lines: list[str]) -> bytes:
    """The report as Word saves it, its headline a heading."""
    document = docx.Document()
    document.add_heading(lines[0], 1)
    for line in lines[1:]:
        document.add_paragraph(line)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def write_pdfs(texts: Mapping[str, str], folder: Path) -> None:
    """Print reports with Chromium on A4, with a running header and numbered pages.

    Args:
        texts: By file name without suffix.
        folder: Where the PDFs go.
    """
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        for name, text in texts.items():
            lines = lines_of(text)
            body = "".join(f"<p>{escape(line)}</p>" for line in lines[1:])
            page.set_content(f"<meta charset=utf-8><style>{_STYLE}</style><h1>{escape(lines[0])}</h1>{body}")
            page.pdf(
                path=folder / f"{name}.pdf",
                format="A4",
                display_header_footer=True,
                margin={"top": "20mm", "bottom": "20mm", "left": "30mm", "right": "20mm"},
                header_template='<div style="font-size:8px;width:100%;text-align:center">Báo cáo tổng kết</div>',
                footer_template='<div style="font-size:8px;width:100%;text-align:center">Trang '
                '<span class="pageNumber"></span>/<span class="totalPages"></span></div>',
            )
        browser.close()


def forms_of(texts: Mapping[str, str], folder: Path) -> Iterator[tuple[str, Path]]:
    """Write the reports in each format; yields the suffix and the folder.

    Args:
        texts: By file name without suffix.
        folder: Where a folder for each format goes.
    """
    forms: dict[str, Callable[[str], bytes]] = {
        "txt": lambda text: text.encode(),
        "UTF-16": lambda text: text.encode("utf-16-le"),
        "html": lambda text: web_page(lines_of(text)).encode(),
        "docx": lambda text: word_file(lines_of(text)),
    }
    for name, form in forms.items():
        suffix = "txt" if name == "UTF-16" else name
        (folder / name).mkdir()
        for stem, text in texts.items():
            (folder / name / f"{stem}.{suffix}").write_bytes(form(text))
        yield name, folder / name
    (folder / "pdf").mkdir()
    write_pdfs(texts, folder / "pdf")
    yield "pdf", folder / "pdf"
