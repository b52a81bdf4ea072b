import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.chat_page import BTS, ask, open_chat
from tests.conftest import ROOT, running_app


def test_pages_forbid_other_hosts_by_header(page, app):
    policy = page.goto(app.url).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "frame-ancestors 'self'" in policy


def test_programs_find_no_endpoint_unless_switched_on(page, app):
    open_chat(page, app.url)
    told = page.request.get(f"{app.url}gradio_api/info").json()
    assert told == {"named_endpoints": {}, "unnamed_endpoints": {}}
    assert page.request.get(f"{app.url}gradio_api/mcp/").status == 404


def run_app(**environment):
    return subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_port_in_use_is_one_line_and_exit_code_2(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_app(ASSISTANT_PORT=str(port), ASSISTANT_INDEX_DIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "ASSISTANT_PORT" in done.stderr


def test_missing_users_file_is_one_line_and_exit_code_2(tmp_path):
    done = run_app(ASSISTANT_PORT="0", ASSISTANT_INDEX_DIR=str(tmp_path), ASSISTANT_USERS_FILE=str(tmp_path / "none"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert str(tmp_path / "none") in done.stderr


def test_ctrl_c_ends_cleanly_with_a_page_open(page, app):
    with running_app(app.folder) as second:
        open_chat(page, second.url)
        second.process.send_signal(signal.SIGINT)
        assert second.process.wait(timeout=60) == 0
    told = second.log.read_text("utf-8")
    assert "Traceback" not in told
    assert told.splitlines()[-1] == "Đã dừng."


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A chat that asks for a login, of its own reports, with a user and an admin."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "reports").mkdir()
    (folder / "reports" / "dak-nong-2023.md").write_bytes((ROOT / "reports" / "dak-nong-2023.md").read_bytes())
    users = folder / "users"
    for name, role in (("nhanvien", []), ("quantri", ["--admin"])):
        command = [sys.executable, "-m", "assistant", "users", "add", name, *role, "--file", str(users)]
        done = subprocess.run(command, cwd=ROOT, input=f"mat khau cua {name}\n", capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    with running_app(folder, ASSISTANT_REPORTS_DIR=str(folder / "reports"), ASSISTANT_USERS_FILE=str(users)) as running:
        yield running


def log_in(page, url, name, password):
    page.goto(url)
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def test_nobody_gets_in_without_the_password(page, office):
    log_in(page, office.url, "nhanvien", "mat khau cua quantri")
    page.wait_for_selector("text=Sai tên hoặc mật khẩu")
    assert page.locator("#question").count() == 0
    assert page.request.get(f"{office.url}gradio_api/info").status == 401


def test_a_user_asks_but_only_an_admin_adds_reports(new_page, office):
    page, admin = new_page(), new_page()
    log_in(page, office.url, "nhanvien", "mat khau cua nhanvien")
    page.wait_for_selector("#question textarea")
    assert "1.167" in ask(page, BTS)
    page.click("button[role=tab]:has-text('Báo cáo')")
    page.wait_for_selector("#reports-tab .hint:has-text('Chỉ người quản trị')")
    assert not page.locator("#upload").is_visible()
    sent = {"files": {"name": "a.txt", "mimeType": "text/plain", "buffer": b"abc"}}
    assert page.request.post(f"{office.url}gradio_api/upload", multipart=sent).status == 403
    log_in(admin, office.url, "quantri", "mat khau cua quantri")
    admin.wait_for_selector("#question textarea")
    admin.click("button[role=tab]:has-text('Báo cáo')")
    admin.wait_for_selector("#upload")


def test_a_shared_browser_keeps_the_conversations_of_each_user_apart(page, office):
    log_in(page, office.url, "nhanvien", "mat khau cua nhanvien")
    page.wait_for_selector("#question textarea")
    ask(page, BTS)
    page.context.clear_cookies()
    log_in(page, office.url, "quantri", "mat khau cua quantri")
    page.wait_for_selector("#log .example")
    page.click("#kept summary")
    page.wait_for_selector("#kept li:has-text('Chưa có hội thoại nào')")
    page.context.clear_cookies()
    log_in(page, office.url, "nhanvien", "mat khau cua nhanvien")
    page.wait_for_selector(f"#kept .open:has-text('{BTS}')", state="attached")  # the list drawn anew is closed
    page.click("#kept summary")
    page.click(f"#kept .open:has-text('{BTS}')")
    page.wait_for_selector("#log .bot .actions")


def test_a_user_logs_in_on_the_english_page_and_out_again(page, office):
    page.goto(f"{office.url}en")
    page.get_by_label("Name").fill("nhanvien")
    page.get_by_label("Password").fill("mat khau cua nhanvien")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_selector("button[role=tab]:has-text('Figures')")
    page.click(".log-out")
    page.wait_for_selector("label[for=password]")


def test_who_is_logged_out_in_the_middle_logs_in_and_goes_on(page, office):
    log_in(page, office.url, "nhanvien", "mat khau cua nhanvien")
    page.wait_for_selector("#question textarea")
    ask(page, BTS)
    page.context.clear_cookies()
    page.fill("#question textarea", "Doanh thu viễn thông của Đắk Nông?")
    page.keyboard.press("Enter")
    page.get_by_label("Mật khẩu").wait_for()
    log_in(page, office.url, "nhanvien", "mat khau cua nhanvien")
    page.wait_for_selector(f"#log .user:has-text('{BTS}')")


class _Proxy(BaseHTTPRequestHandler):
    """Serves another server under a path, as an office's web server would."""

    target, prefix = "", ""
    protocol_version = "HTTP/1.0"

    def log_message(self, format, *arguments):
        pass

    def do_GET(self):
        path = self.path.removeprefix(self.prefix)
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
        passed = {
            name: value for name, value in self.headers.items() if name.lower() not in ("host", "accept-encoding")
        }
        request = urllib.request.Request(self.target + path.removeprefix("/"), sent, passed, method=self.command)
        try:
            answer = urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                    self.send_header(name, value)
            self.end_headers()
            with suppress(HTTPException, ConnectionError):  # the server behind, or the browser, went away
                while piece := answer.read1(65536):
                    self.wfile.write(piece)
                    self.wfile.flush()

    def do_POST(self):
        self.do_GET()


@contextmanager
def proxied(target, prefix="/hoi-dap"):
    handler = type("Proxy", (_Proxy,), {"target": target, "prefix": prefix})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads, server.block_on_close = True, False
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{prefix}/"
        finally:
            server.shutdown()
            thread.join()


def test_behind_a_proxy_under_a_path(page, tmp_path):
    with running_app(tmp_path, ASSISTANT_ROOT_PATH="/hoi-dap") as own, proxied(own.url) as url:
        open_chat(page, url)
        assert "1.167" in ask(page, BTS)
        page.click(".language")
        page.wait_for_selector("button[role=tab]:has-text('Figures')")
        page.wait_for_selector("#log .bot:has-text('figures match the source')")


def test_a_removed_user_is_logged_out(page, office):
    users = office.folder / "users"
    kept = users.read_text("utf-8")
    log_in(page, office.url, "nhanvien", "mat khau cua nhanvien")
    page.wait_for_selector("#question textarea")
    try:
        users.write_text("".join(line for line in kept.splitlines(True) if "nhanvien" not in line), "utf-8")
        page.wait_for_timeout(6500)  # looked at every five seconds
        page.goto(office.url)
        page.get_by_label("Mật khẩu").wait_for()
    finally:
        users.write_text(kept, "utf-8")
