"""What every response says, and whose files are taken."""

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's page needs inline scripts and compiles its templates, so this cannot forbid scripts written into
# the page (escaping does that); it does forbid every address but our own, whatever a report or library asks.
_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self'; form-action 'self'; "
    "base-uri 'self'; object-src 'none'; frame-ancestors 'self'"
)


class SafetyHeaders:
    """ASGI middleware that adds the headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; mark the response's start."""

        async def mark(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self._app(scope, receive, mark)


class UploadsOfSome:
    """ASGI middleware that takes files of those alone who may add reports; Gradio would keep anybody's for an hour."""

    def __init__(self, app: ASGIApp, may_upload: Callable[[Scope], bool]) -> None:
        """Take files.

        Args:
            app: What takes them.
            may_upload: Whether those of a request may be taken.
        """
        self._app = app
        self._may_upload = may_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse an upload; pass anything else on."""
        is_upload = scope["type"] == "http" and scope["path"].rstrip("/").endswith("/upload")
        if is_upload and not self._may_upload(scope):
            await PlainTextResponse("Máy chủ không nhận tệp.", 403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
