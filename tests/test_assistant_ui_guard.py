import asyncio
import json

import pytest
from starlette.datastructures import Headers

from assistant.settings import Settings
from assistant.ui.credentials import Credentials
from assistant.ui.guard import MAX_BODY_BYTES, OwnPagesOnly, PlainBodies, guards, holds_file, is_foreign, is_own_host

NONE = frozenset()
OURS = frozenset({"hoidap.example.vn"})


async def nobody(name, password):
    return False


def strict(check=None, **settings):
    return guards(Settings(**settings), check)[0].kwargs["strict"]


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:7860", "127.0.0.1:7860", "[::1]:7860", "192.168.1.5:7860", "chat.localhost:7860",
     "hoidap.example.vn", "HoiDap.example.vn:443"],
)  # fmt: skip
def test_addresses_and_own_names_are_own_hosts(host):
    assert is_own_host(host, OURS)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "localhost.evil.example", "notlocalhost",
     "localhost.", "127.0.0.1@evil.example", "evil.example/127.0.0.1", "evil.example#localhost", "", ":7860", "[::1",
     "a]b", "127.0.0.1:x", "x.hoidap.example.vn", "hoidap.example.vn.evil.example",
     "127.0.0.1\x00.evil.example", "e" * 70_000],
)  # fmt: skip
def test_other_names_are_not_own_hosts(host):
    assert not is_own_host(host, OURS)


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {}),  # a program
        ("POST", {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:7860"}),
        ("POST", {"sec-fetch-site": "same-origin", "origin": "https://behind.example"}),  # a proxy puts another Host
        ("GET", {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}),  # a link
        ("POST", {"origin": "http://127.0.0.1:7860"}),
        ("POST", {"origin": "https://hoidap.example.vn"}),
    ],
)  # fmt: skip
def test_own_pages_and_programs_are_not_foreign(method, headers):
    assert not is_foreign(method, Headers({"host": "127.0.0.1:7860", **headers}), OURS)


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {"sec-fetch-site": "cross-site"}),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}),
        ("POST", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}),  # a form
        ("POST", {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:3000"}),
        ("POST", {"sec-fetch-site": "", "origin": "http://127.0.0.1:7860"}),
        ("POST", {"origin": "http://evil.example"}),
        ("GET", {"origin": "http://evil.example"}),
        ("POST", {"origin": "http://evil.example", "x-forwarded-host": "evil.example"}),
        ("POST", {"origin": "null"}),
        ("POST", {"origin": ""}),
        ("POST", {"origin": "http://127.0.0.1:3000"}),
        ("POST", {"origin": "http://127.0.0.1:7860.evil.example"}),
        ("POST", {"origin": "http://127.0.0.1:x"}),
    ],
)  # fmt: skip
def test_pages_of_other_sites_are_foreign(method, headers):
    assert is_foreign(method, Headers({"host": "127.0.0.1:7860", **headers}), OURS)


@pytest.mark.parametrize(("origin", "foreign"), [("https://a.example:8443", False), ("https://b.example:8443", True)])
def test_a_proxy_may_leave_out_the_port(origin, foreign):
    assert is_foreign("POST", Headers({"host": "a.example", "origin": origin}), NONE) is foreign


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, NONE),
        ({"root_path": "/hoi-dap"}, NONE),
        ({"root_path": "https://HoiDap.example.vn/hoi-dap"}, OURS),
        ({"root_path": "http://[::1/"}, NONE),
    ],
)
def test_the_name_a_proxy_serves_by_is_ours(settings, names):
    assert guards(Settings(**settings))[0].kwargs["names"] == names


def test_host_names_are_looked_at_where_only_this_machine_is_meant():
    assert strict()
    assert strict(host="::1")
    assert strict(host="localhost", root_path="https://hoidap.example.vn")
    assert not strict(root_path="/hoi-dap")
    assert not strict(host="0.0.0.0")
    assert not strict(nobody)


def test_credentials_are_asked_for_with_logins_alone():
    assert [guard.cls for guard in guards(Settings())] == [OwnPagesOnly, PlainBodies]
    assert [guard.cls for guard in guards(Settings(), nobody)] == [OwnPagesOnly, Credentials, PlainBodies]


def file(path, **more):
    return {"path": path, "meta": {"_type": "gradio.FileData"}, **more}


@pytest.mark.parametrize(
    ("value", "fetched", "any_file"),
    [
        ({"data": ["trạm BTS", None, 1.5, True]}, False, False),
        (
            {"data": [file("/tmp/gradio/a.pdf", url="http://127.0.0.1:7860/gradio_api/file=/tmp/gradio/a.pdf")]},
            False,
            True,
        ),
        ({"data": [[{"content": [file("http://127.0.0.1/x")]}]]}, True, True),
        ({"data": {"a": file("HTTPS://example.org")}}, True, True),
        ({"data": [{"path": "http://example.org", "meta": {"_type": "khác"}}]}, False, False),
        ({"data": [{"path": "http://example.org", "meta": "gradio.FileData"}]}, False, False),
        ({"data": [{"path": ["http://example.org"], "meta": {"_type": "gradio.FileData"}}]}, False, False),
    ],
)
def test_files_are_found_wherever_they_are_hidden(value, fetched, any_file):
    body = json.dumps(value).encode()
    assert (holds_file(body, fetched_only=True), holds_file(body, fetched_only=False)) == (fetched, any_file)
    assert holds_file(body.replace(b"gradio", b"\\u0067radio"), fetched_only=True) is fetched
    assert holds_file(json.dumps(value).encode("utf-16"), fetched_only=True) is fetched


@pytest.mark.parametrize(("body", "found"), [(b"", False), (b"\xff{", False), (b"a=b", False), (b"[" * 200_000, True)])
def test_bodies_that_are_no_json_hold_no_file_unless_nobody_can_tell(body, found):
    assert holds_file(body, fetched_only=True) is found


def passed(middleware, messages, path="/gradio_api/run/answer", method="POST"):
    """What the app behind a middleware reads of a request, and the status that is sent."""
    read, sent, left = [], [], list(messages)

    async def app(scope, receive, send):
        while left or not read:
            read.append(await receive())
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive():
        return left.pop(0)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [(b"host", b"127.0.0.1")]}
    asyncio.run(middleware(app)(scope, receive, send))
    return read, sent[0]["status"]


def part(body, more=False):
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_is_passed_on_whole_and_what_comes_after_it():
    gone = {"type": "http.disconnect"}
    read, status = passed(PlainBodies, [part(b'{"data"', True), part(b": []}"), gone])
    assert (read, status) == ([part(b'{"data": []}'), gone], 200)


def test_a_body_as_long_as_allowed_passes_and_a_longer_one_is_not_read_to_its_end():
    half = b"x" * (MAX_BODY_BYTES // 2)
    assert passed(PlainBodies, [part(half, True), part(half)])[1] == 200
    assert passed(PlainBodies, [part(half, True), part(half + b"x")]) == ([], 413)
    assert passed(PlainBodies, [part(half, True)] * 1_000) == ([], 413)


def test_a_sender_who_goes_away_is_not_waited_for():
    assert passed(PlainBodies, [part(b"{", True), {"type": "http.disconnect"}]) == ([], 413)


def test_uploads_and_requests_without_a_body_are_not_looked_into():
    long = [part(b"x" * (MAX_BODY_BYTES + 1))]
    assert passed(PlainBodies, long, "/gradio_api/upload") == (long, 200)
    assert passed(PlainBodies, long, "/hoi-dap/gradio_api/upload/") == (long, 200)
    assert passed(PlainBodies, long, method="GET") == (long, 200)
    assert passed(PlainBodies, long, "/gradio_api/upload/x") == ([], 413)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/gradio_api/mcp/", 400), ("/x/gradio_api/mcp/messages/", 400), ("/gradio_api/queue/join", 200)],
)
def test_tools_take_no_file_at_all(path, status):
    assert passed(PlainBodies, [part(json.dumps(file("/tmp/a")).encode())], path)[1] == status
    assert passed(PlainBodies, [part(json.dumps(file("http://a")).encode())], path)[1] == 400
