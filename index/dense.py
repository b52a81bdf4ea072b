"""How near passages are to a question, by the vectors of their windows; the only user of faiss.

In a generation these are ``windows.npy`` and ``windows.faiss``.
"""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embed import Vectors

faiss.omp_set_num_threads(1)  # a question is one search of a millisecond: waiting for threads takes longer

_NEAR = 100
"""Passages whose windows are compared with a question: those whose whole is nearest to it."""
_LEAST = 1e-6
"""Score of a passage that is near but not alike, so that it is still told from one that was not looked into."""
Passages = NDArray[np.int64]
NONE_ALSO = np.zeros(0, dtype=np.int64)


def save_windows(folder: Path, windows_of: NDArray[np.int32], vectors: Vectors) -> None:
    """Write the windows of all passages.

    Args:
        folder: The generation's.
        windows_of: Passage position of each window, shape (windows,) int32.
        vectors: Shape (windows, d) float32, L2-normalised, in passage order.
    """
    np.save(folder / "windows.npy", windows_of, allow_pickle=False)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    # bytes, not a path: faiss opens paths in the ANSI code page on Windows and fails on Vietnamese folders
    (folder / "windows.faiss").write_bytes(faiss.serialize_index(flat).tobytes())


class DenseIndex:
    """Cosines of all passages with a question.

    Args:
        windows_of: Passage position of each window, shape (windows,) int32; the last of a passage is its whole.
        windows: The vectors of the windows, L2-normalised, in that order.
        count: The number of passages.
    """

    def __init__(self, windows_of: NDArray[np.int32], windows: faiss.Index, count: int) -> None:
        self.windows_of = windows_of
        self._windows = windows
        self._count = count
        self._ends = np.searchsorted(windows_of, np.arange(count), side="right")
        self._starts = np.searchsorted(windows_of, np.arange(count), side="left")
        # half precision: it only chooses which passages are looked into, and reading it is what takes time
        self._whole = faiss.IndexScalarQuantizer(windows.d, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        self._whole.add(windows.reconstruct_batch(self._ends - 1))

    @classmethod
    def load(cls, folder: Path, count: int) -> "DenseIndex":
        """Read what ``save_windows`` wrote; ``count`` is the number of passages."""
        windows_of = np.load(folder / "windows.npy", allow_pickle=False)
        data = np.frombuffer((folder / "windows.faiss").read_bytes(), dtype=np.uint8)
        return cls(windows_of, faiss.deserialize_index(data), count)

    def scores(self, vector: Vectors, also: Passages = NONE_ALSO) -> NDArray[np.float32]:
        """Cosine of a question with every passage near it: the mean of that with the whole and with its best window.

        Args:
            vector: Shape (d,) float32, L2-normalised.
            also: Positions of passages to score though the whole is not near, shape (n,).

        Returns:
            Shape (passages,) float32, above 0 for those near and 0 for the others; all 0 for a zero vector.
        """
        scores = np.zeros(self._count, dtype=np.float32)
        if not vector.any():
            return scores
        _, near = self._whole.search(vector[None, :], min(self._whole.ntotal, _NEAR))
        chosen = np.union1d(near[0], also)
        counts = self._ends[chosen] - self._starts[chosen]
        begins = np.cumsum(counts) - counts
        rows = np.arange(counts.sum()) - np.repeat(begins - self._starts[chosen], counts)
        cosines = self._windows.reconstruct_batch(rows) @ vector
        means = (np.maximum.reduceat(cosines, begins) + cosines[begins + counts - 1]) / 2
        scores[chosen] = np.maximum(means, _LEAST)
        return scores

    def vectors(self) -> Vectors:
        """All window vectors, shape (windows, d) float32, in passage order."""
        return np.asarray(self._windows.reconstruct_n(0, self._windows.ntotal), dtype=np.float32)
