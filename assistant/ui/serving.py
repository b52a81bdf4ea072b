"""How Gradio serves the page: address, login, queue, headers, nothing from elsewhere."""

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import gradio as gr
from starlette.middleware import Middleware
from starlette.types import Scope

from assistant.accounts import Accounts
from assistant.settings import Settings
from assistant.ui.built_in import built_in_texts
from assistant.ui.credentials import CheckPassword, session_name
from assistant.ui.guard import guards
from assistant.ui.headers import SafetyHeaders, UploadsOfSome
from assistant.ui.identity import username
from assistant.ui.login import LoginPage, RememberAddress, checker

_FOLDER = Path(__file__).resolve().parent
# plain names: Gradio fetches web fonts only for its GoogleFont class; all of these have Vietnamese letters
_FONTS = ("BlinkMacSystemFont", "Segoe UI", "Roboto", "Noto Sans", "Arial", "sans-serif")
_MONO_FONTS = ("Consolas", "Liberation Mono", "monospace")


def may_change(accounts: Accounts | None) -> Callable[[gr.Request], bool]:
    """Who may add and remove reports: an admin, or anyone where nobody logs in."""
    return lambda request: accounts is None or accounts.is_admin(username(request))


def start_page(page: gr.Blocks, settings: Settings, port: int, accounts: Accounts | None) -> str:
    """Serve a page from a thread of its own.

    Returns:
        The page's URL.

    Raises:
        OSError: The address cannot be used.
    """
    check = checker(accounts) if accounts else None
    page.queue(max_size=settings.queue_size, default_concurrency_limit=settings.concurrency, api_open=False)
    with redirect_stdout(sys.stderr):  # where Gradio tells of its MCP server
        _, url, _ = page.launch(
            server_name=settings.host,
            server_port=port,
            root_path=settings.root_path or None,
            auth=check,  # type: ignore[arg-type]  # it may be a coroutine function
            max_file_size=2 * settings.upload_mb * 1_000_000,  # what is a little too long is told so by us
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            ssr_mode=False,  # else Gradio looks for Node and serves through it
            run_history=False,
            enable_monitoring=False,
            footer_links=["api"] if settings.api else [],
            i18n=built_in_texts(),
            favicon_path=_FOLDER / "favicon.svg",
            theme=gr.themes.Base(font=_FONTS, font_mono=_MONO_FONTS, primary_hue="teal", neutral_hue="slate"),
            css_paths=_FOLDER / "style.css",
            head_paths=_FOLDER / "head.html",
            mcp_server=settings.api,
            app_kwargs={"middleware": _middleware(settings, accounts, check)},
        )
    return url


def _middleware(settings: Settings, accounts: Accounts | None, check: CheckPassword | None) -> list[Middleware]:
    """What each request passes, the first outermost."""

    def may_upload(scope: Scope) -> bool:
        return settings.uploads and (accounts is None or accounts.is_admin(session_name(scope) or ""))

    logins = [Middleware(RememberAddress), Middleware(LoginPage, root_path=settings.root_path)] if check else []
    uploads = Middleware(UploadsOfSome, may_upload=may_upload)
    return [Middleware(SafetyHeaders), *logins, *guards(settings, check), uploads]
