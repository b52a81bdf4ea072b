"""Fixtures: no setting of the developer's, made-up reports, the bundled reports indexed once, the app and Chromium."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

for _name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
    del os.environ[_name]
os.environ["HF_HUB_OFFLINE"] = "1"  # before huggingface_hub is imported

ROOT = Path(__file__).resolve().parent.parent
LAI_CHAU = """Sở Thông tin và Truyền thông Lai Châu tổng kết năm 2021

15/01/2022 08:30 Lượt xem: 2.597

Năm 2021, các doanh nghiệp ở Lai Châu dựng thêm 31 trạm BTS, nâng tổng số trạm BTS toàn tỉnh lên 905 trạm.

Doanh thu bưu chính ước đạt 42,5 tỷ đồng, tăng 6,1% so với năm 2020.

Nguồn: Báo Lai Châu
"""
SON_LA = """---
title: Sơn La tổng kết ngành thông tin năm 2022
province: Sơn La
year: 2022
published: 2023-01-09
publisher: Cổng tỉnh Sơn La
---

# Sơn La tổng kết ngành thông tin năm 2022

Toàn tỉnh có 1.336 trạm BTS, phủ sóng tới 99,2% dân số.

Cổng dịch vụ công tiếp nhận gần 4.600 hồ sơ trong năm.
"""
_CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Stop with TimeoutError what takes longer, where the system has alarms."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise TimeoutError(f"took longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def small_reports(tmp_path):
    """A folder of two made-up reports, ``lai-chau.txt`` and ``son-la.md``."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "lai-chau.txt").write_text(LAI_CHAU, "utf-8")
    (folder / "son-la.md").write_text(SON_LA, "utf-8")
    return folder


@pytest.fixture(scope="session")
def bundled_index(tmp_path_factory):
    """An index of the bundled reports; not to be written to."""
    from index.build import build

    folder = tmp_path_factory.mktemp("bundled-index")
    build(ROOT / "reports", folder, "bundled")
    return folder


@pytest.fixture(scope="session")
def bot(bundled_index):
    """An assistant over the bundled reports."""
    from assistant import Assistant, Settings

    return Assistant.open(Settings(index_dir=bundled_index))


@dataclass(frozen=True)
class RunningApp:
    """``python app.py`` in a process of its own."""

    url: str
    folder: Path
    log: Path
    process: subprocess.Popen[str]


@contextmanager
def running_app(folder: Path, **environment: str) -> Iterator[RunningApp]:
    """Start the chat on a free port with its index in ``folder``; stop it at the end."""
    log = folder / f"stderr-{len(list(folder.iterdir()))}.txt"
    # a shell starts jobs in the background with Ctrl+C ignored, which the app would inherit from the tests
    signal.signal(signal.SIGINT, signal.default_int_handler)
    variables = {"ASSISTANT_PORT": "0", "ASSISTANT_INDEX_DIR": str(folder / "index"), **environment}
    with log.open("w") as errors, subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env={**os.environ, **variables}, stdout=subprocess.PIPE, stderr=errors,
        text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            assert "http://" in told, log.read_text("utf-8")
            yield RunningApp(next(word for word in told.split() if word.startswith("http://")), folder, log, process)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    """The chat over the bundled reports."""
    with running_app(tmp_path_factory.mktemp("app")) as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium; of module scope because Playwright holds an event loop while it is open."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium on this machine (apt install chromium)")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=list(_CHROMIUM_FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def new_page(browser):
    """Opens pages, each in a context of its own; whatever a test does, every request must stay on this machine."""
    contexts, asked, problems = [], [], []

    def opened(width=1440, height=900):
        context = browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(90_000)  # ms; a server of its own starts slowly beside other work
        context.on("request", lambda request: asked.append(request.url))
        context.on("weberror", lambda problem: problems.append(str(problem.error)))
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    hosts = {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))}
    assert hosts <= {"127.0.0.1"}
    assert problems == []


@pytest.fixture
def page(new_page):
    """A fresh session."""
    return new_page()
