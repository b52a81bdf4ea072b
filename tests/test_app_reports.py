import shutil

import pytest

from tests.chat_page import BTS, ask, open_chat, quote_in_view, report_text, saved
from tests.conftest import LAI_CHAU, ROOT, running_app

CAO_BANG = """---
title: Cao Bằng tổng kết ngành Thông tin và Truyền thông năm 2022
province: Cao Bằng
year: 2022
---

Năm 2022, tỉnh Cao Bằng có 1.045 trạm BTS phủ sóng 98,6% số xóm.

Doanh thu viễn thông đạt 412 tỷ đồng, tăng 5,1% so với năm 2021.
"""


@pytest.fixture
def own_folder(tmp_path):
    """Two of the bundled reports in a folder that a test may change."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for name in ("dak-nong-2023.md", "tuyen-quang-2023.md"):
        shutil.copy(ROOT / "reports" / name, reports)
    return tmp_path


def started(folder, **environment):
    return running_app(folder, ASSISTANT_REPORTS_DIR=str(folder / "reports"), **environment)


def open_reports(page, url):
    open_chat(page, url)
    page.click("button[role=tab]:has-text('Báo cáo')")
    page.wait_for_selector("table.reports")


def upload(page, **files):
    """Give files, their dots written as double underscores, to the upload area."""
    page.set_input_files(
        "#upload input[type=file]",
        [{"name": name.replace("__", "."), "mimeType": "text/plain", "buffer": data} for name, data in files.items()],
    )


def test_a_new_report_is_added_asked_about_and_removed(page, own_folder):
    with started(own_folder) as own:
        open_reports(page, own.url)
        assert page.locator("table.reports tbody tr").count() == 2
        assert page.locator("#reports button:has-text('Gỡ')").count() == 0  # those of the folder stay
        upload(page, cao_bang__md=CAO_BANG.encode())
        page.wait_for_selector("#status .ok:has-text('Xong: thêm 1')")
        assert "✓ Đã thêm «Cao Bằng tổng kết" in page.locator("#status").inner_text()
        assert (own_folder / "reports" / "tai-len" / "cao_bang.md").read_text("utf-8") == CAO_BANG
        assert page.locator("table.reports tbody tr").count() == 3
        assert page.locator(".masthead .badge").inner_text() == "3 báo cáo"
        page.click("button[role=tab]:has-text('Hỏi đáp')")
        assert "1.045" in ask(page, "Cao Bằng có bao nhiêu trạm BTS?")
        assert "1.045" in quote_in_view(page)
        page.click("button[role=tab]:has-text('Báo cáo')")
        page.once("dialog", lambda dialog: dialog.accept())
        page.click("#reports button:has-text('Gỡ')")
        page.wait_for_selector("#status .ok:has-text('bỏ 1')")
        assert not (own_folder / "reports" / "tai-len" / "cao_bang.md").exists()
        page.click("button[role=tab]:has-text('Hỏi đáp')")
        assert "Kho chưa có báo cáo của Cao Bằng" in ask(page, "Cao Bằng có bao nhiêu trạm BTS?")
        page.locator("#log .marker").first.click()  # the old answer keeps its quote
        page.wait_for_selector("#proof .notice:has-text('không còn trong chỉ mục')")


def test_bad_files_are_turned_away_one_by_one_with_the_reason(page, own_folder):
    known = (own_folder / "reports" / "dak-nong-2023.md").read_bytes()
    with started(own_folder) as own:
        open_reports(page, own.url)
        upload(
            page,
            rong__txt=b"",
            nhi_phan__txt=b"\x00\x01\x02" * 400,
            ma_la__txt=b"B\xe1\xbao c\xff\xfeo" * 50,
            trung__md=known,
            lai_chau__txt=LAI_CHAU.encode(),
        )
        page.wait_for_selector("#status .ok:has-text('Xong: thêm 1')")
        told = page.locator("#status li").all_inner_texts()
        assert [line[0] for line in told] == list("✗✗✗✗✓✓")
        assert "tệp rỗng" in told[0] or "trống" in told[0]
        assert "tệp nhị phân" in told[1]
        assert "UTF-8" in told[2]
        assert "dak-nong-2023.md" in told[3]
        assert [path.name for path in (own_folder / "reports" / "tai-len").glob("[!.]*")] == ["lai_chau.txt"]


def test_what_is_skipped_is_listed_with_the_reason(page, own_folder):
    (own_folder / "reports" / "anh.png").write_bytes(b"\x89PNG")
    (own_folder / "reports" / "<img src=x onerror=hacked=1>.txt").write_text("", "utf-8")
    with started(own_folder) as own:
        open_reports(page, own.url)
        page.click(".skipped summary:has-text('2 tệp bị bỏ qua')")
        told = page.locator(".skipped li").all_inner_texts()
        assert told[0].startswith("<img src=x onerror=hacked=1>.txt: tệp rỗng")
        assert "anh.png: định dạng" in told[1]


def test_a_report_put_into_the_folder_is_found_by_indexing_again(page, own_folder):
    with started(own_folder) as own:
        open_reports(page, own.url)
        page.click("#reindex")
        page.wait_for_selector("#status .ok:has-text('không có gì thay đổi')")
        (own_folder / "reports" / "lai-chau.txt").write_text(LAI_CHAU, "utf-8")
        page.click("#reindex")
        page.wait_for_selector("#status .ok:has-text('Xong: thêm 1')")
        page.wait_for_selector("table.reports td:has-text('Lai Châu')")


def test_a_title_opens_the_whole_report(page, app):
    open_reports(page, app.url)
    page.click("table.reports .act:has-text('Đắk Nông')")
    page.wait_for_selector("#proof .kind:has-text('Toàn văn báo cáo')")
    assert page.locator("#proof mark").count() == 0
    name, text = saved(page, page.locator("#proof footer button"))
    assert (name, text) == ("dak-nong-2023.md", report_text("dak-nong-2023.md"))


def test_uploads_can_be_switched_off(page, own_folder):
    with started(own_folder, ASSISTANT_UPLOADS="false") as own:
        open_reports(page, own.url)
        assert not page.locator("#upload").is_visible()
        assert "đã được tắt" in page.locator("#reports-tab .hint").first.inner_text()
        answer = page.request.post(f"{own.url}gradio_api/upload", multipart={"files": {
            "name": "a.txt", "mimeType": "text/plain", "buffer": b"abc"}})  # fmt: skip
        assert answer.status == 403
        page.click("button[role=tab]:has-text('Hỏi đáp')")
        assert "1.167" in ask(page, BTS)
