"""Open the assistant, serve the page, wait for Ctrl+C."""

import os
import socket
import sys
import threading
from functools import partial

from assistant import feedback
from assistant.accounts import Accounts
from assistant.chain import Assistant
from assistant.live import LiveAssistant
from assistant.progress import BuildBar, tell_notice, tell_summary
from assistant.rate import RateLimit
from assistant.settings import Settings
from assistant.ui.guard import is_loopback
from index.errors import UserError

_LOOPBACK = "127.0.0.1,localhost,::1"
_LOOK_AGAIN_S = 5.0
_WARM_UP = "Có bao nhiêu trạm BTS?"
_READY = "Mở trình duyệt tại {url} để bắt đầu hỏi (Ctrl+C để dừng)."
_STOPPED = "Đã dừng."
_OPENING = "Đang mở báo cáo ở {folder} …"
_PORT_TAKEN = (
    "Không mở được địa chỉ {host}:{port} ({reason}): có thể cổng đang được dùng; "
    "hãy đặt ASSISTANT_PORT hoặc ASSISTANT_HOST khác."
)
_OPEN_TO_ALL = (
    "Lưu ý: ai vào được {host} trong mạng đều hỏi được{changed} mà không cần đăng nhập; "
    "hãy lập tài khoản bằng «assistant users add» rồi đặt ASSISTANT_USERS_FILE."
)


class AddressError(UserError):
    """The chat cannot listen on the address of the settings."""


def serve(settings: Settings) -> None:
    """Serve the chat until Ctrl+C; prints its URL on stdout and what happens on stderr.

    Args:
        settings: Port 0 takes any free port.

    Raises:
        UserError: The address, the reports, the index, the model or the users file cannot be used.
    """
    port = free_port(settings.host, settings.port)  # before the slow part, so that a taken port shows at once
    accounts = Accounts.read(settings.users_file) if settings.users_file else None
    stay_offline()
    if settings.api:
        from assistant.ui.api import check_mcp  # imports Gradio

        check_mcp()
    print(_OPENING.format(folder=settings.reports_dir), file=sys.stderr)
    with BuildBar() as bar:
        bot = Assistant.open(settings, bar.show, tell_summary, tell_notice)
    if accounts is None and not is_loopback(settings.host):
        changed = ", thêm và gỡ báo cáo" if settings.uploads else ""
        print(_OPEN_TO_ALL.format(host=settings.host, changed=changed), file=sys.stderr)
    _serve(bot, settings, port, accounts)


def _serve(bot: Assistant, settings: Settings, port: int, accounts: Accounts | None) -> None:
    from assistant.ui.login import end_sessions_of_removed  # Gradio reads the environment when imported
    from assistant.ui.page import Services, build_page
    from assistant.ui.serving import may_change, start_page

    keep = partial(feedback.append, settings.feedback_file)
    page = build_page(Services(LiveAssistant(bot), RateLimit(settings.rate_limit), keep, may_change(accounts)))
    bot.read(_WARM_UP)  # what the first question would have to load
    try:
        url = start_page(page, settings, port, accounts)
    except OSError as error:
        raise _address_error(settings.host, port, error) from error
    print(_READY.format(url=url), flush=True)
    stop = threading.Event()
    try:
        while not stop.wait(_LOOK_AGAIN_S if accounts else None):
            if accounts:
                end_sessions_of_removed(page, accounts)
    except KeyboardInterrupt:
        print(_STOPPED, file=sys.stderr)
    finally:
        page.close(verbose=False)


def free_port(host: str, port: int) -> int:
    """Check that ``port`` can be listened on; port 0 gives any free one.

    Raises:
        AddressError: It is taken, or ``host`` is no address of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # elsewhere the option would let two programs share the port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            found: int = probe.getsockname()[1]
            return found
    except OSError as error:
        raise _address_error(host, port, error) from error


def stay_offline() -> None:
    """Tell Gradio and the model hub, before they are imported, to make no connection."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # Gradio calls itself once when it starts, which a proxy of the environment would catch
    for name in ("no_proxy", "NO_PROXY"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), _LOOPBACK)))


def _address_error(host: str, port: int, error: OSError) -> AddressError:
    return AddressError(_PORT_TAKEN.format(host=host, port=port, reason=error.strerror or error))
