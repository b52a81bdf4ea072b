import csv
import io

from tests.chat_page import open_chat, quote_in_view, report_text, saved


def open_figures(page, url):
    open_chat(page, url)
    page.click("button[role=tab]:has-text('Số liệu')")
    page.wait_for_selector("table.figures")


def rows(page):
    return [row.split("\t") for row in page.locator("table.figures tbody tr").all_inner_texts()]


def choose(page, label, option):
    page.get_by_label(label).click()
    page.locator("[role=option]", has_text=option).click()


def seen(page, count):
    page.wait_for_selector(f"#figures .found:has-text('{count} số liệu')")


def test_figures_are_filtered_and_saved_as_csv(page, app):
    open_figures(page, app.url)
    choose(page, "Tỉnh", "Đắk Nông")
    choose(page, "Loại", "kết quả")
    page.fill("#indicator input, #indicator textarea", "tram bts")
    seen(page, 1)
    assert rows(page) == [["Đắk Nông", "2023", "kết quả", "tổng số trạm BTS toàn tỉnh … trạm", "1167"]]
    name, text = saved(page, page.locator("#csv"))
    assert name.startswith("so-lieu-")
    assert text.startswith("\ufeff")  # without it a spreadsheet takes the letters for another encoding's
    told = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(row["province"], row["written"], row["value"]) for row in told] == [("Đắk Nông", "1167", "1167")]
    start, end = int(told[0]["start"]), int(told[0]["end"])
    assert report_text(told[0]["report"])[start:end] == "1167"


def test_a_filter_that_nothing_fits_says_so(page, app):
    open_figures(page, app.url)
    page.fill("#indicator input, #indicator textarea", "tàu điện ngầm")
    page.wait_for_selector("#figures .empty:has-text('hãy bỏ bớt điều kiện')")


def test_figures_are_sorted_by_a_column(page, app):
    open_figures(page, app.url)
    page.fill("#indicator input, #indicator textarea", "doanh thu")
    page.wait_for_selector("#figures .found:not(:has-text('175'))")
    page.click("th button:has-text('Tỉnh')")
    page.wait_for_selector("th[aria-sort=ascending]:has-text('Tỉnh')")
    provinces = [row[0] for row in rows(page)]
    assert provinces == sorted(provinces, key=["Đắk Nông", "Điện Biên", "Đồng Tháp", "Phú Thọ", "Tuyên Quang"].index)
    page.click("th button:has-text('Tỉnh')")
    page.wait_for_selector("th[aria-sort=descending]:has-text('Tỉnh')")
    assert rows(page)[0][0] == provinces[-1]


def test_a_long_table_has_pages(page, app):
    open_figures(page, app.url)
    first = rows(page)
    assert len(first) == 50
    page.click("#figures .step >> nth=1")
    page.wait_for_selector("#figures .pages:has-text('Trang 2/4')")
    assert rows(page) != first


def test_a_row_leads_to_its_sentence(page, app):
    open_figures(page, app.url)
    page.fill("#indicator input, #indicator textarea", "doanh thu viễn thông")
    page.wait_for_selector("table.figures td.amount:has-text('165.202')")
    page.click("table.figures tr:has-text('165.202') td >> nth=0")
    page.wait_for_selector("#proof .kind:has-text('Số liệu trong báo cáo')")
    assert "165.202 triệu đồng" in quote_in_view(page)
    assert "165.202" in page.locator("#proof mark strong").inner_text()


def test_chart_compares_the_provinces_and_names_those_that_do_not_tell(page, app):
    open_figures(page, app.url)
    page.click("#draw")
    page.wait_for_selector("#chart .hint:has-text('Nhập một chỉ tiêu')")
    page.fill("#indicator input, #indicator textarea", "trạm BTS")
    page.keyboard.press("Enter")
    bars = page.locator("#chart .chart li")
    bars.first.wait_for()
    assert [" ".join(bar.split()) for bar in bars.all_inner_texts()] == [
        "Đồng Tháp (2024) gần 4.600 trạm BTS", "Tuyên Quang (2023) 1.332 vị trí", "Đắk Nông (2023) 1.167 trạm",
    ]  # fmt: skip
    assert page.locator("#chart .hint").inner_text() == "Không nêu: Điện Biên (2019), Phú Thọ (2023)."
    bars.nth(2).click()
    page.wait_for_selector("#proof .about:has-text('Đắk Nông')")
    assert "1167" in quote_in_view(page)
