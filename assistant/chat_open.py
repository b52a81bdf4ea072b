"""The chat model that the settings name, opened by LangChain."""

import re

from langchain_core.language_models import BaseChatModel

from assistant.chat_errors import opening_errors
from assistant.settings import Settings
from index.errors import UserError

_EXTRAS = {"openai": "openai", "ollama": "ollama", "anthropic": "anthropic", "google_genai": "google"}
_PACKAGE = re.compile(r"pip install ([\w-]+)")


class ChatModelError(UserError):
    """The chat model of the settings cannot be opened."""


def open_chat_model(settings: Settings) -> BaseChatModel:
    """A client of the model; nothing is sent yet.

    Raises:
        ChatModelError: The name is unknown, or a package or key is missing.
    """
    # importing it takes 0.3 s, which nobody without a chat model is to wait for
    from langchain.chat_models import init_chat_model

    name = settings.llm
    provider = name.partition(":")[0]
    given: dict[str, object] = {
        "temperature": 0,
        "timeout": settings.llm_timeout_s,
        "max_tokens": settings.llm_max_tokens,
        "max_retries": 0,  # retried here, alike for all providers and within one time
    }
    if provider == "ollama":  # it calls them otherwise, and would cut a prompt above 4,096 tokens without a word
        given = {
            "temperature": 0,
            "client_kwargs": {"timeout": settings.llm_timeout_s},
            "num_predict": settings.llm_max_tokens,
            "num_ctx": settings.llm_window,
        }
    elif provider == "google_genai":
        given["max_retries"] = 1  # attempts, and 0 means the client's default
    try:
        model: BaseChatModel = init_chat_model(name, **given)  # type: ignore[call-overload]
    except ImportError as error:
        named = _PACKAGE.search(str(error))
        remedy = f'"hoi-dap-bao-cao[{_EXTRAS[provider]}]"' if provider in _EXTRAS else named[1] if named else provider
        raise ChatModelError(f"ASSISTANT_LLM={name!r} cần gói chưa cài: hãy chạy «pip install {remedy}».") from error
    except opening_errors() as error:
        raise ChatModelError(_not_opened(name, error)) from error
    return model


def _not_opened(name: str, error: BaseException) -> str:
    said = " ".join(str(error).split())[:160]
    return (
        f"ASSISTANT_LLM={name!r} không mở được ({said}): hãy ghi nhà cung cấp và tên mô hình, như «ollama:qwen3:8b» "
        f"hay «openai:gpt-4.1-mini», và đặt khoá của nhà cung cấp (OPENAI_API_KEY, ANTHROPIC_API_KEY, …)."
    )
