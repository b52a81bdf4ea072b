"""Questions of programs: four read-only endpoints, over HTTP and as MCP tools.

Gradio makes the schemas of endpoints and tools of their type hints, and the tools' names and descriptions of their
names and docstrings, of which it reads one line a parameter [1]; so these are written for the programs that call them.

[1] https://www.gradio.app/guides/building-mcp-server-with-gradio
"""

import json
import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import cast

import gradio as gr
from anyio import CapacityLimiter, to_thread
from gradio.events import api
from starlette.requests import Request

from assistant.calls import answer_of, filter_of, history_of, text_of, top_of
from assistant.chain import Assistant
from assistant.decoding import AnswerFileError
from assistant.figure_table import chosen
from assistant.ui.credentials import MCP_PATH
from index.errors import QuestionError, UserError
from index.records import figure_to_json

MAX_FIGURES = 100
_FAILED = "Máy chủ gặp lỗi khi trả lời: hãy thử lại; nếu vẫn lỗi, hãy báo người quản trị."
_BUSY = "Máy chủ đang có {waiting} lượt gọi chờ trả lời: hãy gọi lại sau ít giây."
_Work = Callable[[Assistant], Mapping[str, object]]


class McpError(UserError):
    """The package that serves MCP tools is missing, or of a version Gradio cannot use."""


class BusyError(UserError):
    """More calls wait than may."""


class CallError(gr.Error):
    """A call cannot be answered; programs get the message alone, and nothing is written to the log."""

    def __init__(self, message: str) -> None:
        super().__init__(message, print_exception=False)

    def __str__(self) -> str:
        """The message as it is, which MCP clients are shown."""
        return str(self.message)


def check_mcp() -> None:
    """See that MCP tools can be served.

    Raises:
        McpError: The package is missing, or of a version that Gradio cannot use; it would start without them.
    """
    remedy = 'hãy chạy «pip install "hoi-dap-bao-cao[mcp]"», hoặc bỏ ASSISTANT_API'
    try:
        found = version("mcp")
    except PackageNotFoundError as error:
        raise McpError(f"ASSISTANT_API=true cần gói mcp chưa cài: {remedy}.") from error
    if found.partition(".")[0] != "1":
        raise McpError(f"ASSISTANT_API=true cần gói mcp bản 1, không phải {found}: {remedy}.")


def add_endpoints(
    bot: Callable[[], Assistant], admit: Callable[[gr.Request], None], concurrency: int = 4, waiting: int = 64
) -> None:
    """Put the endpoints into the Blocks that is open.

    Args:
        bot: The assistant of now.
        admit: Raises a UserError when the user, or the address, of a request asks too often.
        concurrency: Calls answered at a time.
        waiting: Calls that may wait; more are turned away.
    """
    endpoints = Endpoints(bot, admit, CapacityLimiter(concurrency), waiting)
    for endpoint in (endpoints.answer, endpoints.search, endpoints.verify, endpoints.figures):
        api(
            endpoint,
            api_name=endpoint.__name__,
            # with a queue Gradio would call itself for an MCP client, without its user, address and login
            queue=False,
            concurrency_limit=concurrency,
        )


@dataclass(frozen=True, slots=True)
class Endpoints:
    """What programs may call.

    Attributes:
        bot: The assistant of now.
        admit: Raises a UserError when the user, or the address, of a request asks too often.
        room: Threads that answer, apart from those of the chat.
        waiting: Calls that may wait for one.
    """

    bot: Callable[[], Assistant]
    admit: Callable[[gr.Request], None]
    room: CapacityLimiter
    waiting: int

    # Gradio makes an object's schema of bare dict alone, hence the ignored type-arg
    async def answer(self, question: str, request: gr.Request, history: list[dict[str, str]] | None = None) -> dict:  # type: ignore[type-arg]
        """Answer a question about the yearly reports of Vietnam's provincial ICT departments, with exact quotes.

        The answer is Vietnamese and rests on the quoted passages of the citations alone; when the reports do not
        tell, its status is "abstained". Example question: "Đắk Nông có bao nhiêu trạm BTS?".

        Args:
            question: The question, best in Vietnamese, with or without diacritics; at most 2,000 characters.
            history: Earlier turns for a follow-up question, oldest first: [{"role": "user", "content": "…"}].

        Returns:
            question, text with markers [1], status (answered, partial or abstained), citations, checks, near_misses
        """

        def work(bot: Assistant) -> Mapping[str, object]:
            return bot.answer(text_of("question", question), history_of(history)).to_dict()

        return await self._give(request, work)

    async def search(self, question: str, request: gr.Request, top: int = 10) -> dict:  # type: ignore[type-arg]
        """Find the passages of the reports that are nearest to a question, best first.

        Example question: "doanh thu bưu chính".

        Args:
            question: A question or some words, best in Vietnamese; at most 2,000 characters.
            top: How many passages are wanted, from 1 to 50.

        Returns:
            hits, each with report, start and end (offsets in the report, in code points), text and score
        """

        def work(bot: Assistant) -> Mapping[str, object]:
            return {"hits": [asdict(hit) for hit in bot.search(text_of("question", question), top_of(top))]}

        return await self._give(request, work)

    async def verify(self, answer: dict, request: gr.Request) -> dict:  # type: ignore[type-arg]
        """Check an answer against the reports: every quote, offset and hash, and every figure of its text.

        Example: give what the tool "answer" returned, changed or not.

        Args:
            answer: The whole object that "answer" returned: question, text, status, citations and the rest.

        Returns:
            question, holds (whether all is right), checks (a verdict for each figure), problems (what else is wrong)
        """

        def work(bot: Assistant) -> Mapping[str, object]:
            given = answer_of(answer)
            verification = bot.verify(given)
            return {"question": given.question, "holds": verification.holds, **asdict(verification)}

        return await self._give(request, work)

    async def figures(
        self, request: gr.Request, province: str = "", indicator: str = "", year: int | None = None, kind: str = ""
    ) -> dict:  # type: ignore[type-arg]
        """List the figures of the reports that fit a filter, at most 100 of them, in the reports' order.

        Example: province "Đắk Nông", indicator "trạm BTS".

        Args:
            province: A province of Vietnam, with or without diacritics; empty for all.
            indicator: Vietnamese words that the name of the indicator must hold; empty for all.
            year: The year that the figures are of; 0 or null for all.
            kind: One of result, target, change, share, rank, each, date; empty for all.

        Returns:
            total (how many fit), figures (with written, value, unit, indicator, province, period, report, start, end)
        """

        def work(bot: Assistant) -> Mapping[str, object]:
            found = chosen(bot.index.figures, filter_of(province, indicator, year, kind))
            return {"total": len(found), "figures": [figure_to_json(figure) for figure in found[:MAX_FIGURES]]}

        return await self._give(request, work)

    async def _give(self, request: gr.Request | Request, work: _Work) -> dict:  # type: ignore[type-arg]
        """What a call gives, worked out in a thread.

        Raises:
            CallError: It cannot be answered.
        """
        with _Told(UserError):
            self.admit(_caller(request))
        with _Told(QuestionError, AnswerFileError, BusyError):
            if self.room.statistics().tasks_waiting >= self.waiting:
                raise BusyError(_BUSY.format(waiting=self.waiting))
            values = dict(await to_thread.run_sync(work, self.bot(), limiter=self.room))
        if MCP_PATH in request.url.path:  # Gradio would give an MCP client Python's spelling of a dict
            return cast(dict, json.dumps(values, ensure_ascii=False))  # type: ignore[type-arg]
        return values


class _Told(AbstractContextManager[None]):
    """Tells the caller of errors that the caller can mend; others go to the server's log, with no word of it here."""

    def __init__(self, *mendable: type[UserError]) -> None:
        self._mendable = mendable

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(error, self._mendable):
            raise CallError(str(error)) from error
        if isinstance(error, Exception):
            traceback.print_exception(error)
            raise CallError(_FAILED) from error


def _caller(request: gr.Request | Request) -> gr.Request:
    """The request with its user; for an MCP client Gradio passes on the server's own, whose user ``guard`` tells."""
    if isinstance(request, gr.Request):
        return request
    return gr.Request(request, username=getattr(request.state, "username", None))
