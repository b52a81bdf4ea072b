"""ASGI middleware that keeps pages of other sites, strangers and hostile requests from the server.

Gradio itself lets pages of any site read its answers unless its own address is localhost, with the cookies of a user
who logged in [1]; lets a host name that was pointed at this machine pass for localhost (DNS rebinding); asks nobody
who comes for MCP tools to log in; takes bodies of any length; and fetches the address in whatever looks like a file.

[1] gradio/route_utils.py, CustomCORSMiddleware
"""

import json
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.decoding import shown
from assistant.settings import Settings
from assistant.ui.credentials import MCP_PATH, CheckPassword, Credentials

MAX_BODY_BYTES = 4 * 1024 * 1024
_UPLOAD = "/gradio_api/upload"
_FOREIGN = "Trang của nơi khác không được gọi máy chủ này: hãy mở trang hỏi đáp bằng địa chỉ của nó."
_RENAMED = (
    "Máy chủ không nhận tên {host}: hãy mở bằng http://127.0.0.1 kèm số cổng; nếu đứng sau một proxy, hãy đặt "
    "ASSISTANT_ROOT_PATH là địa chỉ đầy đủ của trang, như https://ten-mien/duong-dan."
)
_TOO_LONG = f"Yêu cầu dài quá giới hạn {MAX_BODY_BYTES // 1024 // 1024} MB: hãy gửi ngắn lại."
_FILE = "Yêu cầu có tệp mà máy chủ không nhận ở đây: hãy gửi chữ."


def guards(settings: Settings, check: CheckPassword | None = None) -> list[Middleware]:
    """The middleware for Gradio's ``app_kwargs``.

    Args:
        settings: Where the server listens, and under which address a proxy serves it.
        check: With logins, the one given to Gradio.
    """
    own = own_names(settings)
    # who has logged in is known by a cookie that a renamed host is not sent; and with a proxy's path alone, whose
    # name is not known, or where others in the network come by any name, none can be called foreign
    strict = check is None and is_loopback(settings.host) and bool(own or not settings.root_path)
    logins = [Middleware(Credentials, check=check)] if check is not None else []
    return [Middleware(OwnPagesOnly, names=own, strict=strict), *logins, Middleware(PlainBodies)]


def own_names(settings: Settings) -> frozenset[str]:
    """Host names that a proxy serves the page by: that of the root path, when it is a whole address."""
    try:
        name = urlsplit(settings.root_path).hostname
    except ValueError:
        name = None
    return frozenset([name] if name else [])


class OwnPagesOnly:
    """Turns away what a browser sends for a page of another site, and requests to a host name that is not ours.

    Browsers tell where a request comes from in headers that no page can set: ``Sec-Fetch-Site`` [1], and over plain
    HTTP the older ``Origin``. Programs send neither.

    [1] https://web.dev/articles/fetch-metadata
    """

    def __init__(self, app: ASGIApp, names: frozenset[str], strict: bool) -> None:
        self._app = app
        self._names = names
        self._strict = strict

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            host = headers.get("host", "")
            if self._strict and not is_own_host(host, self._names):
                await PlainTextResponse(_RENAMED.format(host=shown(host)), 421)(scope, receive, send)
                return
            if is_foreign(scope["method"], headers, self._names):
                await PlainTextResponse(_FOREIGN, 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_own_host(host: str, names: frozenset[str]) -> bool:
    """Whether a ``Host`` header is this machine's: an address, which no name server can redirect, or a name of ours."""
    name = _split(host).hostname or ""
    return _is_address(name) or name == "localhost" or name.endswith(".localhost") or name in names


def is_foreign(method: str, headers: Headers, names: frozenset[str]) -> bool:
    """Whether a browser sends a request for a page of another site; following a link from there is none.

    Args:
        method: Of the request.
        headers: Of the request.
        names: Host names that are ours, whatever ``Host`` a proxy puts.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        followed = method in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
        return site not in ("same-origin", "none") and not followed
    origin = headers.get("origin")
    if origin is None:
        return False
    page, host = _split(origin.partition("://")[2]), _split(headers.get("host", ""))
    same_port = host.port in (None, page.port)  # a proxy may leave it out
    return page.hostname not in names and not (page.hostname and page.hostname == host.hostname and same_port)


def _split(host: str) -> SplitResult:
    """A host and port in their parts; what is none has no host name."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether an address to listen on, or a name for it, is reached from this machine alone."""
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


class PlainBodies:
    """Turns away long bodies, and files where none belong; uploads, whose length Gradio limits, pass.

    Gradio fetches an address that stands in the place of a file's path, and of a path tells MCP clients where on the
    server it looked.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"].rstrip("/").endswith(_UPLOAD):
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            await PlainTextResponse(_TOO_LONG, 413)(scope, receive, send)
        elif holds_file(body, fetched_only=MCP_PATH not in scope["path"]):
            await PlainTextResponse(_FILE, 400)(scope, receive, send)
        else:
            await self._app(scope, _again(body, receive), send)


def holds_file(body: bytes, fetched_only: bool) -> bool:
    """Whether a JSON body holds what Gradio takes for a file; one nested too deep to tell does.

    Args:
        body: Of a request; what is no JSON holds none.
        fetched_only: Whether only files that would be fetched from an address count.
    """
    try:
        parts = [json.loads(body)]
    except RecursionError:
        return True
    except ValueError:
        return False
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            path = _file_path(part)
            if path is not None and (not fetched_only or path.lower().startswith(("http:", "https:"))):
                return True
            parts += part.values()
        elif isinstance(part, list):
            parts += part
    return False


def _file_path(part: dict[str, object]) -> str | None:
    """The path of what Gradio takes for a file."""
    path, meta = part.get("path"), part.get("meta")
    named = isinstance(meta, dict) and meta.get("_type") == "gradio.FileData"
    return path if named and isinstance(path, str) else None


async def _body(receive: Receive) -> bytes | None:
    """A request's body; None when it is longer than MAX_BODY_BYTES, or its sender is gone."""
    body = b""
    while len(body) <= MAX_BODY_BYTES:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return body if len(body) <= MAX_BODY_BYTES else None
    return None


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives a body that was read as if it came now, and then what comes."""
    left = [body]

    async def replay() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return replay
