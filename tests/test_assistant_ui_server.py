import os
import socket
import subprocess
import sys

import pytest

from assistant.ui.server import AddressError, free_port, stay_offline


def test_port_0_gives_a_free_port():
    assert 1024 <= free_port("127.0.0.1", 0) <= 65535


def test_taken_port_is_told_with_the_remedy():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressError, match=f"127.0.0.1:{port}.*ASSISTANT_PORT"):
            free_port("127.0.0.1", port)


def test_address_of_another_machine_is_told():
    with pytest.raises(AddressError, match=r"192\.0\.2\.1"):
        free_port("192.0.2.1", 0)


def test_stays_offline_and_away_from_proxies(monkeypatch):
    monkeypatch.setattr(os, "environ", {"no_proxy": "intranet.example"})
    stay_offline()
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert os.environ["no_proxy"] == "intranet.example,127.0.0.1,localhost,::1"


def test_importing_the_package_does_not_import_gradio():
    code = "import sys, assistant.ui; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
