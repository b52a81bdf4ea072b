"""The retriever as LangChain knows retrievers: a question → Documents."""

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PositiveInt

from assistant.chain import Ranked
from index.opened import Index


class PassageRetriever(BaseRetriever):
    """Passages of the reports for a question, best first.

    ``index.reports[report].text[start:end] == page_content`` with the metadata of each document; ``id`` is
    "report:start:end".

    Attributes:
        search: ``Assistant.search``.
        index: Tells what the reports are about.
        k: Passages wanted.

    Raises:
        QuestionError: From ``invoke``: the question is empty or too long.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    search: Callable[[str, int], Sequence[Ranked]]
    index: Index
    k: PositiveInt = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [self._document(ranked) for ranked in self.search(query, self.k)]

    def _document(self, ranked: Ranked) -> Document:
        report = self.index.reports[ranked.report]
        metadata: dict[str, Any] = {
            "report": ranked.report,
            "start": ranked.start,
            "end": ranked.end,
            "title": report.title,
            "province": report.province,
            "year": report.year,
            "score": ranked.score,
        }
        return Document(ranked.text, id=f"{ranked.report}:{ranked.start}:{ranked.end}", metadata=metadata)
