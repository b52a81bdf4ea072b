"""How the browser tests use the page."""

from pathlib import Path

from playwright.sync_api import Download, Locator, Page

from tests.conftest import ROOT

BTS = "Đắk Nông có bao nhiêu trạm BTS?"
OFFER_A_WHOLE_ANSWER = "number => document.querySelectorAll('#log .bot .actions').length > number"


def open_chat(page: Page, url: str) -> None:
    """Open the page and wait until it takes questions."""
    page.goto(url)
    page.wait_for_selector("#question textarea:focus")


def ask(page: Page, question: str) -> str:
    """Ask; the text of the whole reply."""
    before = page.locator("#log .bot .actions").count()
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_function(OFFER_A_WHOLE_ANSWER, arg=before)
    return page.locator("#log .bot").last.inner_text()


def quote_in_view(page: Page) -> str:
    """The marked quote of the source pane, once it is seen without scrolling."""
    page.wait_for_function(
        """() => {
          const pane = document.querySelector("#proof .report"), quote = document.getElementById("trich");
          if (!pane || !quote) return false;
          const [around, own] = [pane.getBoundingClientRect(), quote.getBoundingClientRect()];
          return own.top >= around.top - 1 && own.top < around.bottom && around.top < window.innerHeight;
        }"""
    )
    return page.locator("#proof mark.quote").first.inner_text()


def saved(page: Page, button: Locator) -> tuple[str, str]:
    """The name and the text of the file that a button saves."""
    with page.expect_download() as waiting:
        button.click()
    download: Download = waiting.value
    return download.suggested_filename, Path(download.path()).read_text("utf-8")


def report_text(path: str) -> str:
    """The text of a bundled report."""
    return (ROOT / "reports" / path).read_text("utf-8")
