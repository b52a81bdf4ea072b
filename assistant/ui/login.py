"""Logins of the page: passwords checked beside the event loop, sessions of removed users ended."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from pathlib import Path
from urllib.parse import urlsplit

import gradio as gr
from anyio import to_thread
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.accounts import Accounts
from assistant.login import LoginGuard, log_in
from assistant.ui.credentials import session_name

_address: ContextVar[str] = ContextVar("address", default="")


class RememberAddress:
    """ASGI middleware: lets a login know where it is tried from, which Gradio does not tell."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its address remembered."""
        client = scope.get("client")
        token = _address.set(client[0] if client else "")
        try:
            await self._app(scope, receive, send)
        finally:
            _address.reset(token)


class LoginPage:
    """ASGI middleware below Gradio's app: who has not logged in is given our page for it, Gradio's being English."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        """Give the page.

        Args:
            app: What is asked by those who have logged in.
            root_path: Of the settings; a proxy may leave it in the paths it asks for.
        """
        self._app = app
        prefix = urlsplit(root_path).path.rstrip("/")
        self._paths = {start + path for start in ("", prefix) for path in ("", "/en")}
        self._page = (Path(__file__).resolve().parent / "login_page.html").read_text("utf-8")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page, or pass the request on."""
        opens = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].rstrip("/") in self._paths
        if opens and session_name(scope) is None:
            await HTMLResponse(self._page)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def checker(accounts: Accounts) -> Callable[[str, str], Awaitable[bool]]:
    """What Gradio asks whether a name and a password may log in."""
    guard = LoginGuard()

    async def check(name: str, password: str) -> bool:
        address = _address.get()
        return bool((await to_thread.run_sync(log_in, accounts, guard, name, password, address)).user)

    return check


def end_sessions_of_removed(page: gr.Blocks, accounts: Accounts) -> None:
    """Log out whoever is no longer in the users file."""
    tokens = page.app.tokens
    for token, name in list(tokens.items()):
        if not accounts.is_known(name):
            tokens.pop(token, None)
