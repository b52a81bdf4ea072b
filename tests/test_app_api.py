import asyncio
import json

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from tests.chat_page import BTS
from tests.conftest import running_app


def test_one_switch_opens_the_endpoints_and_the_tools(tmp_path):
    async def list_tools(url):
        async with (
            streamable_http_client(f"{url}gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            called = await session.call_tool("answer", {"question": BTS})
            return {tool.name for tool in (await session.list_tools()).tools}, json.loads(called.content[0].text)

    with running_app(tmp_path, ASSISTANT_API="true", ASSISTANT_RATE_LIMIT="4") as own:
        client = Client(own.url, verbose=False)
        answer = client.predict(BTS, api_name="/answer")
        assert client.predict(answer, api_name="/verify")["holds"] is True
        told = client.predict(province="Đắk Nông", indicator="trạm BTS", api_name="/figures")
        assert [row["written"] for row in told["figures"]] == ["44", "1167"]
        tools, told = asyncio.run(list_tools(own.url))
        assert tools == {"answer", "search", "verify", "figures"}
        assert told["text"] == answer["text"]
        with pytest.raises(AppError, match="giới hạn 4 câu một phút"):
            client.predict(BTS, api_name="/answer")
