"""What chat models and their clients raise → what went wrong, in words for the user.

::

    ModelFailed                the model gave no answer; never leaves the package
    LangChain's ModelError     base of what its integrations raise for HTTP statuses, timeouts, connections [1]
    the clients' own errors    what LangChain does not wrap: a connection lost while streaming, Ollama's errors

[1] https://reference.langchain.com/python/langchain-core/exceptions
"""

import sys
from enum import StrEnum

from langchain_core.exceptions import (
    ContextOverflowError,
    LangChainException,
    ModelConnectionError,
    ModelTimeoutError,
)

_CLIENT_ERRORS = (
    ("openai", "OpenAIError"),
    ("anthropic", "AnthropicError"),
    ("ollama", "RequestError"),
    ("ollama", "ResponseError"),
    ("google.genai.errors", "APIError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("httpx", "HTTPError"),
    ("httpx", "StreamError"),
    ("httpx2", "HTTPError"),
    ("httpx2", "StreamError"),
)
"""Bases of the clients' errors, by module; those of clients that are not loaded cannot be raised."""
_UNFORESEEN = (LookupError, AttributeError, TypeError, ValueError, RuntimeError)
"""What clients raise when a server's reply is not what their types say it is."""
_LONGEST_RETRY_AFTER_S = 30.0


class Trouble(StrEnum):
    """Why the model's answer is not shown: the line for the user.

    No figure stands in them, since every figure of an answer must be backed by a passage.
    """

    SLOW = "Mô hình ngôn ngữ trả lời quá chậm"
    UNREACHABLE = "Không kết nối được với mô hình ngôn ngữ"
    BUSY = "Mô hình ngôn ngữ đã hết hạn mức hoặc đang quá tải"
    DOWN = "Mô hình ngôn ngữ đang gặp sự cố"
    KEY = "Mô hình ngôn ngữ không nhận khoá truy cập"
    UNKNOWN = "Máy chủ không có mô hình ngôn ngữ đã chọn"
    TOO_LONG = "Các đoạn báo cáo dài hơn cửa sổ của mô hình ngôn ngữ"
    REJECTED = "Mô hình ngôn ngữ từ chối câu hỏi này"
    UNREADABLE = "Mô hình ngôn ngữ gửi về nội dung không đọc được"
    EMPTY = "Mô hình ngôn ngữ không trả lời gì"
    UNVERIFIED = "Câu trả lời của mô hình ngôn ngữ không qua kiểm chứng"


class ModelFailed(Exception):  # noqa: N818 - told as a notice, not as an error
    """A model gave no answer.

    Attributes:
        trouble: What went wrong.
        may_pass: Whether asking again may help.
        retry_after: Seconds the server asks to wait, or 0.
    """

    def __init__(self, trouble: Trouble, may_pass: bool = False, retry_after: float = 0.0) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.may_pass = may_pass
        self.retry_after = retry_after


def invocation_errors() -> tuple[type[BaseException], ...]:
    """What a call of a model can raise."""
    return (LangChainException, OSError, *_client_errors(), *_UNFORESEEN)


def opening_errors() -> tuple[type[BaseException], ...]:
    """What making a client can raise: an unknown name, a missing key, a value it does not take."""
    return (LangChainException, OSError, ValueError, TypeError, *_client_errors())


def failure_of(error: BaseException) -> ModelFailed:
    """What an error of a client means."""
    if isinstance(error, ContextOverflowError):
        return ModelFailed(Trouble.TOO_LONG)
    if isinstance(error, ModelTimeoutError | TimeoutError) or "Timeout" in type(error).__name__:
        return ModelFailed(Trouble.SLOW)
    status = _status(error)
    if status == 429:
        return ModelFailed(Trouble.BUSY, getattr(error, "code", "") != "insufficient_quota", _retry_after(error))
    if status >= 500:
        return ModelFailed(Trouble.DOWN, True, _retry_after(error))
    if status >= 400:
        known = {401: Trouble.KEY, 403: Trouble.KEY, 404: Trouble.UNKNOWN, 413: Trouble.TOO_LONG}
        return ModelFailed(known.get(status, Trouble.REJECTED))
    if isinstance(error, ModelConnectionError | OSError) or _is_of_transport(error):
        return ModelFailed(Trouble.UNREACHABLE, True)
    return ModelFailed(Trouble.UNREADABLE)


def _client_errors() -> tuple[type[BaseException], ...]:
    named = [getattr(sys.modules.get(module), name, None) for module, name in _CLIENT_ERRORS]
    return tuple(one for one in named if isinstance(one, type) and issubclass(one, BaseException))


def _is_of_transport(error: BaseException) -> bool:
    """Whether the connection broke: an error of httpx itself, or one whose cause is."""
    return any(cls.__name__ == "TransportError" for cls in type(error).__mro__)


def _status(error: BaseException) -> int:
    """The HTTP status an error tells, or 0."""
    for told in (error, getattr(error, "response", None)):
        for name in ("status_code", "code"):
            status = getattr(told, name, None)
            if isinstance(status, int) and status >= 400:
                return status
    return 0


def _retry_after(error: BaseException) -> float:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        seconds = float(headers.get("retry-after", 0))
    except (ValueError, TypeError, AttributeError):  # it may be a date
        return 0.0
    return seconds if 0 < seconds <= _LONGEST_RETRY_AFTER_S else 0.0
