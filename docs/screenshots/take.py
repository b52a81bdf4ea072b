"""Take the screenshots anew: start ``python app.py``, then ``python docs/screenshots/take.py URL``."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SHOTS = {
    "chat": (
        (1440, 900),
        [
            "Đắk Nông có bao nhiêu trạm BTS?",
            "Thế còn Tuyên Quang?",
            "Doanh thu viễn thông của Điện Biên năm 2019 là bao nhiêu?",
        ],
    ),
    "chat-phone": ((360, 740), ["Đắk Nông có bao nhiêu trạm BTS?"]),
}


def main(url: str) -> None:
    """Ask each shot's questions in a window of its size and save what is seen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, ((width, height), questions) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(url)
            for number, question in enumerate(questions, start=1):
                page.fill("#question textarea", question)
                page.keyboard.press("Enter")
                page.wait_for_selector(f"#nguon-{number}-1 mark")
            page.wait_for_timeout(500)  # scrolling to the newest message is animated
            page.screenshot(path=HERE / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
