"""Programs ask the real server over loopback, with Gradio's client, an MCP client and bare HTTP."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from importlib.metadata import PackageNotFoundError
from types import SimpleNamespace

import gradio as gr
import httpx
import pytest
from anyio import CapacityLimiter
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from assistant.ui.api import CallError, Endpoints, McpError, check_mcp
from index.types import FigureKind
from tests.conftest import ROOT

QUESTION = "Đắk Nông có bao nhiêu trạm BTS?"
EARLIER = [{"role": "user", "content": "Doanh thu viễn thông của Điện Biên năm 2019 là bao nhiêu?"}]
FOLLOW_UP = "Còn bưu chính thì sao?"
NAMES = ["answer", "search", "verify", "figures"]
FAILED = "Máy chủ gặp lỗi khi trả lời: hãy thử lại; nếu vẫn lỗi, hãy báo người quản trị."
NAME, PASSWORD = "văn-thư", "bốn từ: không đâu"
SERVER = """
import json, sys
from assistant.ui.server import free_port, stay_offline
stay_offline()
import gradio as gr
from assistant import Assistant, Settings
from assistant.ui.api import add_endpoints
from assistant.ui.guard import guards
from index.errors import IndexMismatchError, UserError

settings = Settings()
bot = Assistant.open(settings)
search = bot.search

def broken_search(question, top):
    if question == "hỏng":
        open("/bí/mật")
    if question == "chỉ mục":
        raise IndexMismatchError("Không mở được chỉ mục ở '/bí/mật'.")
    return search(question, top)

bot.search = broken_search

def admit(request):
    if request.headers.get("x-who"):
        raise UserError(f"Người hỏi: {request.username}, từ {request.client.host}.")

async def check(name, password):
    return (name, password) == ("văn-thư", "bốn từ: không đâu")

def serve(api, login):
    with gr.Blocks(title="Thử", analytics_enabled=False) as page:
        box = gr.Textbox()
        box.submit(lambda text: text, box, box, api_visibility="private", api_name="chat")
        if api:
            add_endpoints(lambda: bot, admit)
    page.queue(api_open=False)
    with page.route("English", "en"):
        gr.Textbox()
    return page.launch(
        server_port=free_port("127.0.0.1", 0), mcp_server=api, footer_links=["api"] if api else [],
        auth=check if login else None, quiet=True, prevent_thread_lock=True, ssr_mode=False,
        run_history=False, enable_monitoring=False,
        app_kwargs={"middleware": guards(settings, check if login else None)},
    )[1]

urls = {"open": serve(True, False), "login": serve(True, True), "off": serve(False, False)}
print("\\n" + json.dumps(urls), flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def servers(bundled_index, tmp_path_factory):
    """URLs of three servers: open to all, with logins, and with no API; and the log of all."""
    log = tmp_path_factory.mktemp("api") / "stderr.txt"
    environment = {**os.environ, "ASSISTANT_INDEX_DIR": str(bundled_index), "PYTHONIOENCODING": "utf-8"}
    with log.open("w") as errors, subprocess.Popen(
        [sys.executable, "-c", SERVER], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=errors, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        told = next((line for line in process.stdout if line.startswith("{")), "")
        assert told, log.read_text("utf-8")
        yield SimpleNamespace(**{name: url.rstrip("/") for name, url in json.loads(told).items()}, log=log)
        process.terminate()


@pytest.fixture(scope="module")
def client(servers):
    """Gradio's client of the server open to all."""
    return Client(servers.open, verbose=False)


def tools(url, use, **http):
    """What an MCP client gets: ``use`` is awaited with its session."""

    async def run():
        async with (
            httpx.AsyncClient(timeout=30, follow_redirects=True, **http) as connection,
            streamable_http_client(f"{url}/gradio_api/mcp/", http_client=connection) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await use(session)

    return asyncio.run(run())


def call_tool(url, name, arguments, **http):
    """Whether the tool failed, and its text."""
    result = tools(url, lambda session: session.call_tool(name, arguments), **http)
    (content,) = result.content
    return result.isError, content.text


def run(url, name, *data, **more):
    """A bare HTTP call."""
    return httpx.post(f"{url}/gradio_api/run/{name}", json={"data": list(data)}, **more)


def timeless(answer):
    return {name: value for name, value in answer.items() if name != "elapsed_ms"}


def as_json(value):
    return json.loads(json.dumps(value))


def test_exactly_four_endpoints_are_public(client):
    found = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert list(found) == [f"/{name}" for name in NAMES]
    assert {name: [given["parameter_name"] for given in told["parameters"]] for name, told in found.items()} == {
        "/answer": ["question", "history"],
        "/search": ["question", "top"],
        "/verify": ["answer"],
        "/figures": ["province", "indicator", "year", "kind"],
    }


def test_answers_are_those_of_the_assistant(client, bot):
    got = client.predict(QUESTION, api_name="/answer")
    assert timeless(got) == timeless(as_json(bot.answer(QUESTION).to_dict()))
    assert (got["status"], got["citations"][0]["report"]) == ("answered", "dak-nong-2023.md")


def test_earlier_turns_are_looked_at(client, bot):
    got = client.predict(FOLLOW_UP, EARLIER, api_name="/answer")
    assert timeless(got) == timeless(as_json(bot.answer(FOLLOW_UP, EARLIER).to_dict()))
    assert got["text"] != client.predict(FOLLOW_UP, api_name="/answer")["text"]


def test_passages_are_those_of_the_command(client, bot):
    hits = client.predict("trạm BTS", 3, api_name="/search")["hits"]
    assert [list(hit) for hit in hits] == [["report", "start", "end", "text", "score"]] * 3
    assert [(hit["report"], hit["start"]) for hit in hits] == [
        (hit.report, hit.start) for hit in bot.search("trạm BTS", 3)
    ]
    assert bot.index.reports[hits[0]["report"]].text[hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]
    assert len(client.predict("trạm BTS", api_name="/search")["hits"]) == 10


def test_an_answer_holds_and_an_altered_one_does_not(client):
    answer = client.predict(QUESTION, api_name="/answer")
    assert client.predict(answer, api_name="/verify") == {
        "question": QUESTION,
        "holds": True,
        "checks": answer["checks"],
        "problems": [],
    }
    altered = client.predict(answer | {"text": answer["text"].replace("1.167", "1.176")}, api_name="/verify")
    assert (altered["holds"], [check["supported"] for check in altered["checks"]]) == (False, [False])
    answer["citations"][0]["quote"] += " x"
    assert client.predict(answer, api_name="/verify")["problems"][0]["about"] == "[1] dak-nong-2023.md"


def test_figures_are_filtered_counted_and_limited(client, bot):
    every = client.predict(api_name="/figures")
    assert (every["total"], len(every["figures"])) == (len(bot.index.figures), 100)
    some = client.predict("dak nong", "trạm BTS", 2023, "result", api_name="/figures")
    assert (some["total"], [figure["written"] for figure in some["figures"]]) == (1, ["1167"])
    assert client.predict("Đắk Nông", year=1999, api_name="/figures") == {"total": 0, "figures": []}


WRONG = [
    ("answer", {"question": " "}, "Câu hỏi trống: hãy gõ một câu hỏi, ví dụ «Đắk Nông có bao nhiêu trạm BTS?»."),
    ("answer", {"question": "x" * 2_001}, "Câu hỏi dài 2001 ký tự, quá giới hạn 2000: hãy hỏi ngắn lại."),
    ("search", {"question": "x", "top": 51}, "«top» là 51: hãy cho một số từ 1 đến 50."),
    ("verify", {"answer": {"text": ""}}, "«answer»: thiếu «question»: hãy hỏi lại bằng «assistant ask --json»."),
    ("figures", {"kind": "khác"}, "«kind» là 'khác': hãy chọn một trong result, target, change, share, rank, each, "
     "date, hoặc để trống."),
    ("figures", {"province": "Hà Nội"}, "Không có báo cáo của tỉnh 'Hà Nội': hiện có Đắk Nông, Điện Biên, Đồng Tháp, "
     "Phú Thọ, Tuyên Quang."),
    ("search", {"question": "hỏng"}, FAILED),
    ("search", {"question": "chỉ mục"}, FAILED),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "told"), WRONG)
def test_what_is_wrong_is_told_in_one_line(client, servers, name, given, told):
    with pytest.raises(AppError) as raised:
        client.predict(**given, api_name=f"/{name}")
    assert raised.value.message == told
    assert call_tool(servers.open, name, given) == (True, told)


def test_the_log_alone_tells_of_what_failed_inside(client, servers):
    with pytest.raises(AppError):
        client.predict("hỏng", api_name="/search")
    assert "FileNotFoundError: [Errno 2] No such file or directory: '/bí/mật'" in servers.log.read_text("utf-8")


def test_values_of_any_type_are_taken_apart(servers):
    for name, data in (("answer", [5]), ("answer", ["x", {}]), ("search", ["x", "1"]), ("figures", [[], "", 0, ""])):
        reply = run(servers.open, name, *data, *[None] * (2 - len(data)))
        assert (reply.status_code, reply.json()["error"][:1]) == (500, "«")
    half = {"content": '{"data": ["\\ud83d \\u0000", null]}', "headers": {"content-type": "application/json"}}
    answered = httpx.post(f"{servers.open}/gradio_api/run/answer", **half)
    assert answered.json()["data"][0]["status"] == "abstained"


def test_tools_are_the_four_endpoints_with_their_parameters_described(servers):
    found = tools(servers.open, lambda session: session.list_tools()).tools
    assert [tool.name for tool in found] == NAMES
    assert [tool.description.partition(" ")[0] for tool in found] == ["Answer", "Find", "Check", "List"]
    assert all("Example" in tool.description and "Returns: " in tool.description for tool in found)
    assert [tool.inputSchema.get("required", []) for tool in found] == [["question"], ["question"], ["answer"], []]
    given = {name: about for tool in found for name, about in tool.inputSchema["properties"].items()}
    assert all(len(about["description"]) > 20 for about in given.values())
    assert (given["answer"]["type"], given["top"]["type"], given["top"]["default"]) == ("object", "integer", 10)
    assert all(kind.value in given["kind"]["description"] for kind in FigureKind)


def test_tools_give_what_the_endpoints_give_as_json(client, servers):
    async def call_each(session):
        got = {}
        for name, given in (
            ("answer", {"question": FOLLOW_UP, "history": EARLIER}),
            ("search", {"question": "trạm BTS", "top": 2}),
            ("figures", {"province": "Đắk Nông", "year": None, "kind": "target"}),
        ):
            got[name] = (given, json.loads((await session.call_tool(name, given)).content[0].text))
        got["verify"] = ({"answer": got["answer"][1]}, None)
        text = (await session.call_tool("verify", got["verify"][0])).content[0].text
        return got | {"verify": (got["verify"][0], json.loads(text))}

    for name, (given, got) in tools(servers.open, call_each).items():
        assert timeless(got) == timeless(client.predict(**given, api_name=f"/{name}"))


def test_tools_refuse_what_their_schemas_do_not_allow(servers):
    assert call_tool(servers.open, "answer", {"question": 5}) == (
        True,
        "Input validation error: 5 is not of type 'string'",
    )
    failed, told = call_tool(servers.open, "answer", {})
    assert (failed, told) == (True, "Input validation error: 'question' is a required property")
    assert call_tool(servers.open, "chat", {"text": "x"})[0]


def test_who_asks_too_often_is_turned_away_by_name_and_address(servers):
    who = {"x-who": "1"}
    unknown, known = (f"Người hỏi: {name}, từ 127.0.0.1." for name in (None, NAME))
    assert run(servers.open, "answer", QUESTION, None, headers=who).json()["error"] == unknown
    assert call_tool(servers.open, "answer", {"question": QUESTION}, headers=who) == (True, unknown)
    login = {"headers": who, "auth": (NAME, PASSWORD)}
    assert run(servers.login, "answer", QUESTION, None, **login).json()["error"] == known
    assert call_tool(servers.login, "answer", {"question": QUESTION}, **login) == (True, known)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": "evil.example", "origin": "http://evil.example"}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["run/search", "call/search", "call/v2/search", "queue/join", "mcp/", "info"])
def test_pages_of_other_sites_cannot_call(servers, headers, status, path):
    reply = httpx.post(f"{servers.open}/gradio_api/{path}", json={"data": ["x", 1]}, headers=headers)
    assert (reply.status_code, "hits" in reply.text) == (status, False)


def test_a_browser_is_not_allowed_to_send_json_from_elsewhere(servers):
    asking = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    reply = httpx.options(f"{servers.open}/gradio_api/mcp/", headers=asking)
    assert "access-control-allow-origin" not in reply.headers


def test_hostile_bodies_are_refused(servers):
    file = {"path": "http://127.0.0.1/x", "meta": {"_type": "gradio.FileData"}}
    assert run(servers.open, "verify", file).status_code == 400
    assert run(servers.open, "answer", "x" * 5_000_000, None).status_code == 413
    nested = '{"data": [' + "[" * 100_000 + "]" * 100_000 + "]}"
    assert httpx.post(f"{servers.open}/gradio_api/run/verify", content=nested).status_code == 400
    tool = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "verify", "arguments": {"answer": file}},
    }
    assert httpx.post(f"{servers.open}/gradio_api/mcp/", json=tool).status_code == 400


@pytest.mark.parametrize("auth", [None, (NAME, "sai"), ("", PASSWORD)])
def test_with_logins_nothing_is_open_to_strangers(servers, auth):
    for path in ("run/answer", "call/answer", "call/v2/answer", "mcp/", "mcp/http", "mcp/messages/"):
        reply = httpx.post(f"{servers.login}/gradio_api/{path}", json={"data": [QUESTION, None]}, auth=auth)
        assert reply.status_code == 401
    for path in ("info", "openapi.json", "mcp/", "mcp/schema", "mcp/sse"):
        assert httpx.get(f"{servers.login}/gradio_api/{path}", auth=auth).status_code == 401


def test_with_logins_programs_come_in_by_basic_credentials(servers):
    auth = (NAME, PASSWORD)
    assert run(servers.login, "answer", QUESTION, None, auth=auth).json()["data"][0]["status"] == "answered"
    called = httpx.post(f"{servers.login}/gradio_api/call/v2/answer", json={"question": QUESTION}, auth=auth)
    event = f"{servers.login}/gradio_api/call/answer/{called.json()['event_id']}"
    assert httpx.get(event).status_code == 401
    assert httpx.get(event, auth=auth).text.startswith("event: complete")
    failed, text = call_tool(servers.login, "answer", {"question": QUESTION}, auth=auth)
    assert (failed, json.loads(text)["status"]) == (False, "answered")


def test_with_logins_programs_come_in_by_a_session(servers):
    with httpx.Client() as browser:
        browser.post(f"{servers.login}/login", data={"username": NAME, "password": PASSWORD})
        cookies = dict(browser.cookies)
    assert call_tool(servers.login, "search", {"question": "trạm BTS"}, cookies=cookies)[0] is False
    client = Client(servers.login, auth=(NAME, PASSWORD), verbose=False)
    assert client.predict(QUESTION, api_name="/answer")["status"] == "answered"


def test_without_the_setting_there_is_no_endpoint_and_no_tool(servers):
    assert httpx.get(f"{servers.off}/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}
    for path in ("mcp", "mcp/", "mcp/schema", "mcp/sse"):
        assert httpx.get(f"{servers.off}/gradio_api/{path}").status_code == 404
    assert [run(servers.off, name, QUESTION, None).is_success for name in NAMES] == [False] * 4
    assert '"footer_links":["api"]' not in httpx.get(servers.off).text.replace(" ", "")
    assert '"footer_links":["api"]' in httpx.get(servers.open).text.replace(" ", "")


def test_more_calls_than_may_wait_are_turned_away():
    go_on, began = threading.Event(), threading.Event()

    def search(question, top):
        began.set()
        assert go_on.wait(10)
        return []

    bot = SimpleNamespace(search=search)
    endpoints = Endpoints(lambda: bot, lambda request: None, CapacityLimiter(1), waiting=2)
    request = gr.Request(url=SimpleNamespace(path="/gradio_api/run/search"))

    async def ask():
        calls = [asyncio.create_task(endpoints.search("x", request)) for _ in range(3)]
        while not began.is_set():
            await asyncio.sleep(0.01)
        with pytest.raises(CallError, match=r"^Máy chủ đang có 2 lượt gọi chờ trả lời: hãy gọi lại sau ít giây\.$"):
            await endpoints.search("x", request)
        go_on.set()
        return await asyncio.gather(*calls)

    assert asyncio.run(ask()) == [{"hits": []}] * 3


def test_the_assistant_of_now_is_asked():
    bots = [SimpleNamespace(search=lambda question, top: []), SimpleNamespace(search=lambda question, top: 1 / 0)]
    endpoints = Endpoints(lambda: bots[0], lambda request: None, CapacityLimiter(1), waiting=1)
    request = gr.Request(url=SimpleNamespace(path="/gradio_api/run/search"))
    assert asyncio.run(endpoints.search("x", request)) == {"hits": []}
    del bots[0]
    with pytest.raises(CallError, match=FAILED):
        asyncio.run(endpoints.search("x", request))


def test_an_admission_that_breaks_tells_nothing(capsys):
    def admit(request):
        raise KeyError("/bí/mật")

    endpoints = Endpoints(lambda: None, admit, CapacityLimiter(1), waiting=1)
    with pytest.raises(CallError, match=FAILED):
        asyncio.run(endpoints.figures(gr.Request()))
    assert "KeyError: '/bí/mật'" in capsys.readouterr().err


def test_a_message_reaches_programs_as_it_is_written():
    assert str(CallError("Câu «hỏi» 'trống' \\ <b>")) == "Câu «hỏi» 'trống' \\ <b>"


@pytest.mark.parametrize("found", ["2.3.0", "0.9.1", "10.0"])
def test_another_version_of_mcp_is_told_with_the_remedy(monkeypatch, found):
    monkeypatch.setattr("assistant.ui.api.version", lambda name: found)
    with pytest.raises(McpError, match=rf'bản 1, không phải {found}: hãy chạy «pip install "hoi-dap-bao-cao\[mcp\]"»'):
        check_mcp()


def test_missing_mcp_is_told_with_the_remedy(monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    check_mcp()
    monkeypatch.setattr("assistant.ui.api.version", missing)
    with pytest.raises(McpError, match=r'^ASSISTANT_API=true cần gói mcp chưa cài: .*"hoi-dap-bao-cao\[mcp\]"'):
        check_mcp()


# last: the browser holds an event loop from here on
def test_a_page_in_a_real_browser_cannot_call_another_server_of_this_machine(servers, page):
    page.goto(servers.off)
    call = """async url => (await fetch(url, {method: "POST", body: '{"data": ["trạm BTS", 1]}',
        headers: {"content-type": "application/json"}}).then(reply => reply.status, String))"""
    assert page.evaluate(call, f"{servers.open}/gradio_api/run/search") == 403
    page.goto(servers.open)
    assert page.evaluate(call, f"{servers.open}/gradio_api/run/search") == 200
