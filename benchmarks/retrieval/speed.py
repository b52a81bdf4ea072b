"""How fast texts are encoded and questions retrieved."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from assistant.chain import understood
from assistant.retrieve import Retriever
from benchmarks.quality import SHARED
from benchmarks.rows import Row
from index import store
from index.build import build
from index.embed import BUNDLED, question_embedder
from index.models import load_sentence_transformer, model_folder
from training.corpus import read_documents, read_questions

PASSAGES = 10_000
_SUBJECT = "retrieval speed"


def measure_speed() -> Iterator[Row]:
    """Passages encoded a second on one core, and the time of a question over an index of 10,000 passages."""
    if not SHARED.is_dir():
        yield Row(_SUBJECT, "question", None, "ms", f"not measured: no {SHARED}")
        return
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        yield from _measure(Path(folder))


def _measure(work: Path) -> Iterator[Row]:
    documents = work / "documents"
    documents.mkdir()
    texts = (document.text for document in read_documents(SHARED / "corpus"))
    for at, text in enumerate(islice(texts, PASSAGES // 4)):
        (documents / f"{at:05}.txt").write_text(text, "utf-8")
    build(documents, work / "index", BUNDLED)
    index = store.read(work / "index")
    assert index is not None
    passages = [index.text(passage) for passage in index.passages[:PASSAGES]]
    yield from _encoding(passages)
    retriever = Retriever(index, question_embedder(BUNDLED))
    times = []
    for pair in read_questions(SHARED / "qa" / "wiki_qa_dev.jsonl"):
        began = time.perf_counter()
        retriever.retrieve(understood(pair.question, (), index))
        times.append(1000 * (time.perf_counter() - began))
    note = f"question understood and retrieved, over {len(index.passages)} passages"
    yield Row(_SUBJECT, "question, median", round(statistics.median(times), 2), "ms", note)
    yield Row(_SUBJECT, "question, 95th of 100", round(float(np.percentile(times, 95)), 2), "ms", note)


def _encoding(passages: list[str]) -> Iterator[Row]:
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    model = load_sentence_transformer(str(model_folder(BUNDLED)))
    for name, encode in (
        ("encoding, torch", lambda: model.encode(passages, batch_size=256, show_progress_bar=False)),
        ("encoding, numpy", lambda: question_embedder(BUNDLED).encode(passages)),
    ):
        began = time.process_time()
        encode()
        yield Row(_SUBJECT, name, round(len(passages) / (time.process_time() - began)), "passages/s", "processor time")
    torch.set_num_threads(threads)
