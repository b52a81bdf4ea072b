"""Open the assistant, serve the chat, wait for Ctrl+C."""

import os
import socket
import sys
import threading

from assistant.chain import Assistant
from assistant.progress import BuildBar, tell_notice, tell_summary
from assistant.settings import Settings
from assistant.ui import texts
from assistant.ui.examples import example_questions
from index.errors import UserError

_LOOPBACK = "127.0.0.1,localhost,::1"


class AddressError(UserError):
    """The chat cannot listen on the address of the settings."""


def serve(settings: Settings) -> None:
    """Serve the chat until Ctrl+C; prints its URL on stdout and what happens on stderr.

    Args:
        settings: Port 0 takes any free port.

    Raises:
        UserError: The address, the reports, the index or the model cannot be used.
    """
    port = free_port(settings.host, settings.port)  # before the slow part, so that a taken port shows at once
    stay_offline()
    print(texts.OPENING.format(folder=settings.reports_dir), file=sys.stderr)
    with BuildBar() as bar:
        bot = Assistant.open(settings, bar.show, tell_summary, tell_notice)
    from assistant.ui.page import build_page, start_page  # Gradio reads the environment when imported

    reports = bot.index.reports
    page = build_page(bot, reports, example_questions(reports.values()))
    try:
        url = start_page(page, settings.host, port)
    except OSError as error:
        raise _address_error(settings.host, port, error) from error
    print(texts.READY.format(url=url), flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print(texts.STOPPED, file=sys.stderr)
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
    return AddressError(texts.PORT_TAKEN.format(host=host, port=port, reason=error.strerror or error))
