"""Take the screenshots anew: start ``python app.py``, then ``python docs/screenshots/take.py URL``."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
BTS, MOST_BTS = "Đắk Nông có bao nhiêu trạm BTS?", "Tỉnh nào có nhiều trạm BTS nhất?"


def ask(page: Page, *questions: str) -> None:
    """Ask each question and wait for its whole answer."""
    for question in questions:
        before = page.locator("#log .bot .actions").count()
        page.fill("#question textarea", question)
        page.keyboard.press("Enter")
        page.wait_for_function("n => document.querySelectorAll('#log .bot .actions').length > n", arg=before)


def figures(page: Page) -> None:
    """The table of figures with a chart."""
    page.click("button[role=tab]:has-text('Số liệu')")
    page.fill("#indicator input, #indicator textarea", "trạm BTS")
    page.wait_for_selector("#figures .found:has-text('4 số liệu')")
    page.click("#draw")
    page.wait_for_selector("#chart .chart")
    page.click("table.figures tr:has-text('1167') td >> nth=0")


def reports(page: Page) -> None:
    """The list of the reports."""
    page.click("button[role=tab]:has-text('Báo cáo')")


def source_on_a_phone(page: Page) -> None:
    """The drawer with the source."""
    ask(page, BTS)
    page.click("#log .marker")


SHOTS = {
    "chat": ((1440, 900), "light", lambda page: ask(page, BTS, MOST_BTS)),
    "chat-dark": ((1440, 900), "dark", lambda page: ask(page, BTS, MOST_BTS)),
    "figures": ((1440, 900), "light", figures),
    "reports": ((1440, 900), "light", reports),
    "phone": ((360, 740), "light", lambda page: ask(page, BTS)),
    "phone-source": ((360, 740), "light", source_on_a_phone),
}


def main(url: str) -> None:
    """Save what is seen after each shot's steps in a window of its size."""
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, ((width, height), scheme, steps) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(url)
            page.wait_for_selector("#question textarea:focus")
            steps(page)
            page.wait_for_timeout(700)  # scrolling to the newest message is animated
            page.screenshot(path=HERE / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
