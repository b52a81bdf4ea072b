import asyncio
import base64
from types import SimpleNamespace

import pytest

from assistant.ui.credentials import Credentials

TOOLS, CALL, PAGE = "/gradio_api/mcp/", "/gradio_api/call/answer", "/gradio_api/queue/join"


class Server:
    """Gradio's app as far as credentials look at it, with what it was asked behind them."""

    def __init__(self):
        self.app = SimpleNamespace(tokens={"phien": "lan"}, cookie_id="7")
        self.asked = []
        self.checked = []
        self.now = 0.0
        self.credentials = Credentials(self._answer, self._check, lambda: self.now)

    async def _check(self, name, password):
        self.checked.append((name, password))
        return (name, password) == ("văn-thư", "mật: khẩu")

    async def _answer(self, scope, receive, send):
        headers = dict(scope["headers"])
        token = headers.get(b"cookie", b"").decode().rpartition("=")[2]
        self.asked.append((scope.get("state", {}).get("username"), self.app.tokens.get(token)))
        await send({"type": "http.response.start", "status": 200, "headers": []})

    def ask(self, path, authorization="", cookie=""):
        sent = []

        async def send(message):
            sent.append(message)

        headers = [(b"cookie", cookie.encode())] if cookie else []
        if authorization:
            headers.append((b"authorization", authorization.encode("latin-1")))
        scope = {"type": "http", "method": "POST", "path": path, "headers": headers, "app": self.app}
        asyncio.run(self.credentials(scope, None, send))
        return sent[0]["status"], dict(sent[0]["headers"]).get(b"www-authenticate", b"").decode()


def basic(name, password, scheme="Basic"):
    return f"{scheme} {base64.b64encode(f'{name}:{password}'.encode()).decode()}"


RIGHT = basic("văn-thư", "mật: khẩu")


@pytest.mark.parametrize(
    "path", [TOOLS, "/gradio_api/mcp/sse", "/gradio_api/mcp/schema", "/hoi-dap/gradio_api/mcp/messages/"]
)
def test_tools_ask_for_credentials(path):
    server = Server()
    assert server.ask(path) == (401, 'Basic realm="hoi-dap-bao-cao", charset="UTF-8"')
    assert server.ask(path, cookie="access-token-7=khác")[0] == 401
    assert server.ask(path, cookie="access-token-8=phien")[0] == 401
    assert server.asked == []


def test_what_gradio_guards_itself_is_passed_on_with_no_user():
    server = Server()
    assert (server.ask(CALL)[0], server.ask(PAGE)[0]) == (200, 200)
    assert server.asked == [(None, None), (None, None)]


@pytest.mark.parametrize("name", ["access-token-7", "access-token-unsecure-7"])
def test_a_session_of_the_page_lets_in(name):
    server = Server()
    assert server.ask(TOOLS, cookie=f"{name}=phien")[0] == 200
    assert server.asked[0][0] == "lan"


@pytest.mark.parametrize("path", [TOOLS, CALL])
@pytest.mark.parametrize("cookie", ["", "access-token-7=phien"])
def test_right_credentials_open_a_session_that_ends_with_the_request(path, cookie):
    server = Server()
    assert server.ask(path, RIGHT, cookie)[0] == 200
    assert server.asked == [("văn-thư", "văn-thư")]
    assert server.app.tokens == {"phien": "lan"}


def test_the_session_ends_when_the_request_fails_too():
    server = Server()

    async def fail(scope, receive, send):
        raise RuntimeError("hỏng")

    server.credentials = Credentials(fail, server._check)
    with pytest.raises(RuntimeError, match="hỏng"):
        server.ask(TOOLS, RIGHT)
    assert server.app.tokens == {"phien": "lan"}


@pytest.mark.parametrize("path", [TOOLS, CALL])
@pytest.mark.parametrize(
    "header",
    [basic("văn-thư", "sai"), basic("", "mật: khẩu"), "Basic", "Basic ", "Basic !", "Basic /w==", "Basic YQ",
     "basic Og==", basic("văn-thư", "mật: khẩu").replace("=", "") + "*", "Basic " + "A" * 100_000],
)  # fmt: skip
def test_wrong_credentials_let_nobody_in(path, header):
    server = Server()
    if path == TOOLS or header.lower().startswith("basic "):
        assert server.ask(path, header)[0] == 401
        assert server.asked == []
    assert server.app.tokens == {"phien": "lan"}


def test_wrong_credentials_do_not_fall_back_on_the_session():
    assert Server().ask(TOOLS, basic("văn-thư", "sai"), "access-token-7=phien")[0] == 401


def test_other_schemes_are_none():
    server = Server()
    assert server.ask(TOOLS, basic("văn-thư", "mật: khẩu", "Bearer"))[0] == 401
    assert server.ask(TOOLS, basic("văn-thư", "mật: khẩu", "bAsIc"))[0] == 200


def test_elsewhere_credentials_are_not_looked_at():
    server = Server()
    assert server.ask(PAGE, basic("văn-thư", "sai"))[0] == 200
    assert server.checked == []


def test_a_right_password_is_checked_once_a_minute_and_a_wrong_one_each_time():
    server = Server()
    for _ in range(3):
        assert server.ask(TOOLS, RIGHT)[0] == 200
        assert server.ask(TOOLS, basic("văn-thư", "sai"))[0] == 401
    assert [password for _, password in server.checked] == ["mật: khẩu", "sai", "sai", "sai"]
    server.now = 60.0
    assert server.ask(TOOLS, RIGHT)[0] == 200
    assert len(server.checked) == 5


def test_name_and_password_are_not_mistaken_for_one_another():
    server = Server()
    assert server.ask(TOOLS, RIGHT)[0] == 200
    assert server.ask(TOOLS, basic("văn-thư:mật", " khẩu"))[0] == 200  # the first colon ends the name: the same
    assert server.ask(TOOLS, basic("văn-thưmật", " khẩu"))[0] == 401
