"""Logging in for programs: the tools and endpoints take HTTP Basic credentials, or the cookie of a session.

Gradio asks for its cookie everywhere but at the MCP tools, which it leaves open. Here they ask too, and for a request
with Basic credentials a session is opened that ends with the request.
"""

import base64
import hashlib
import json
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

CheckPassword = Callable[[str, str], Awaitable[bool]]
"""Whether a user of this name has this password, as ``ui.login.checker`` makes it for Gradio."""
MCP_PATH = "/gradio_api/mcp"
_PROGRAMS = (MCP_PATH, "/gradio_api/call/", "/gradio_api/run/", "/gradio_api/info", "/gradio_api/openapi.json")
_LOG_IN = "Cần đăng nhập: hãy gửi tên và mật khẩu (HTTP Basic), hoặc cookie của phiên đã đăng nhập."
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="hoi-dap-bao-cao", charset="UTF-8"'}
_REMEMBERED_S = 60.0
_MOST_REMEMBERED = 1_000


class Credentials:
    """ASGI middleware below Gradio's app, whose sessions it looks up and opens."""

    def __init__(self, app: ASGIApp, check: CheckPassword, clock: Callable[[], float] = time.monotonic) -> None:
        """Ask for credentials.

        Args:
            app: What is asked once they are right.
            check: The one given to Gradio, so that failed tries are counted together.
            clock: Seconds, never going back.
        """
        self._app = app
        self._check = check
        self._right = _Remembered(clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with its user in ``state.username``, or refuse it."""
        if scope["type"] != "http" or not any(path in scope["path"] for path in _PROGRAMS):
            await self._app(scope, receive, send)
            return
        header = Headers(scope=scope).get("authorization", "")
        if not header.lower().startswith("basic "):
            await self._with_session(scope, receive, send)
            return
        name = await self._name(header)
        if not name:
            await PlainTextResponse(_LOG_IN, 401, _CHALLENGE)(scope, receive, send)
            return
        with _session(scope, name):
            await self._with_session(scope, receive, send)

    async def _with_session(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = session_name(scope)
        if name is None and MCP_PATH in scope["path"]:
            await PlainTextResponse(_LOG_IN, 401, _CHALLENGE)(scope, receive, send)
            return
        scope.setdefault("state", {})["username"] = name
        await self._app(scope, receive, send)

    async def _name(self, header: str) -> str:
        """The name of a Basic header whose password is right, else ""."""
        try:
            given = base64.b64decode(header[len("basic ") :].strip(), validate=True).decode("utf-8")
        except ValueError:
            return ""
        name, _, password = given.partition(":")
        if self._right.has(name, password):
            return name
        if not await self._check(name, password):
            return ""
        self._right.add(name, password)
        return name


class _Remembered:
    """Credentials found right a minute ago at most, as keyed hashes: programs send theirs with each request."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._until: OrderedDict[bytes, float] = OrderedDict()

    def has(self, name: str, password: str) -> bool:
        return self._until.get(self._digest(name, password), 0.0) > self._clock()

    def add(self, name: str, password: str) -> None:
        self._until[self._digest(name, password)] = self._clock() + _REMEMBERED_S
        if len(self._until) > _MOST_REMEMBERED:
            self._until.popitem(last=False)

    def _digest(self, name: str, password: str) -> bytes:
        return hashlib.blake2b(json.dumps([name, password]).encode(), key=self._key).digest()


def session_name(scope: Scope) -> str | None:
    """The user of the session whose cookie a request has, as Gradio looks it up."""
    server, cookies = scope["app"], Request(scope).cookies
    tokens = [cookies.get(f"access-token{kind}-{server.cookie_id}") for kind in ("", "-unsecure")]
    name: str | None = server.tokens.get(tokens[0] or tokens[1])
    return name


@contextmanager
def _session(scope: Scope, name: str) -> Iterator[None]:
    """A session of Gradio's, in place of any other, for as long as a request takes."""
    server, token = scope["app"], secrets.token_urlsafe(32)
    server.tokens[token] = name
    MutableHeaders(scope=scope)["cookie"] = f"access-token-unsecure-{server.cookie_id}={token}"
    try:
        yield
    finally:
        server.tokens.pop(token, None)
