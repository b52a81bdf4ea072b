"""An opened index: the reports, passages and figures of a generation, and the scores of passages for a question."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.dense import NONE_ALSO, DenseIndex, Passages
from index.embed import Vectors
from index.late import PassageTokens
from index.lexical import TERM_WEIGHTS, LexicalIndex, TermWeights
from index.manifest import Manifest
from index.types import Figure, Passage, Report


class Index:
    """An opened generation: reports, passages, figures and the scores of passages for a question."""

    def __init__(
        self,
        manifest: Manifest,
        reports: Sequence[Report],
        passages: Sequence[Passage],
        figures: Sequence[Figure],
        dense: DenseIndex,
        lexical: LexicalIndex,
        tokens: PassageTokens,
    ) -> None:
        self.manifest = manifest
        self.reports = {report.path: report for report in reports}
        self.passages = tuple(passages)
        self.figures = tuple(figures)
        self.dense = dense
        self.lexical = lexical
        self.tokens = tokens

    def text(self, passage: Passage) -> str:
        """The passage's exact text."""
        return self.reports[passage.report].text[passage.start : passage.end]

    def lexical_scores(
        self, question: str, restored: bool = False, weights: TermWeights = TERM_WEIGHTS
    ) -> NDArray[np.float32]:
        """BM25 score of every passage; shape (passages,) float32."""
        return self.lexical.scores(question, restored, weights)

    def share(self, key: str) -> float:
        """Share of the passages, 0 to 1, that hold a word, given by its key (see ``words``)."""
        return self.lexical.share(key)

    def passages_with(self, phrase: str) -> Passages:
        """Positions of the passages that hold every word of a phrase, and each two of them side by side."""
        return self.lexical.holding(phrase)

    def dense_scores(self, vector: Vectors, also: Passages = NONE_ALSO) -> NDArray[np.float32]:
        """How near the passages are to a question's vector, see ``DenseIndex.scores``; shape (passages,) float32."""
        return self.dense.scores(vector, also)

    def vectors(self) -> Vectors:
        """All window vectors, shape (windows, d) float32, in passage order."""
        return self.dense.vectors()

    def windows_of(self) -> NDArray[np.int32]:
        """Passage position of each window, shape (windows,)."""
        return self.dense.windows_of
