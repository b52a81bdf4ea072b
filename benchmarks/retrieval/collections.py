"""Retrieval tests: documents, questions about them, and which passages answer each."""

import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality import ROOT, SHARED
from index import store
from index.build import build
from index.embed import BUNDLED
from index.opened import Index
from index.types import Passage
from training.corpus import QuestionPair, read_documents, read_questions

WIKI_QUESTIONS = ROOT / "benchmarks" / "retrieval" / "wiki_questions.jsonl"


@dataclass(frozen=True, slots=True)
class Target:
    """Where an answer stands: a whole document, or a stretch ``[start, end)`` of its text."""

    report: str
    start: int = 0
    end: int | None = None

    def is_in(self, passage: Passage) -> bool:
        """Whether a passage is of the document and holds at least half of the stretch."""
        if passage.report != self.report:
            return False
        if self.end is None:
            return True
        shared = min(self.end, passage.end) - max(self.start, passage.start)
        return 2 * shared >= min(self.end - self.start, passage.end - passage.start)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the places that answer it."""

    text: str
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """An opened index and the questions asked of it."""

    name: str
    index: Index
    questions: tuple[Question, ...]


def wiki(half: str, work: Path) -> Collection:
    """Our questions on paragraphs of Wikipedia which nothing was trained on: 5 of each of 48 articles.

    Args:
        half: "tune" or "hold"; the documents are those of both.
        work: Folder for the documents and the index.
    """
    rows = [json.loads(line) for line in WIKI_QUESTIONS.read_text("utf-8").splitlines()]
    titles = {row["title"] for row in rows}
    # files come by name, so that of two articles of a title the one of wikipedia_vi stays
    articles = {d.title: d.text for d in read_documents(SHARED / "corpus") if d.title in titles}
    places = list(dict.fromkeys((row["title"], row["start"], row["end"]) for row in rows))
    name_of = {place: f"{at:04}.txt" for at, place in enumerate(places)}
    texts = {name_of[title, start, end]: articles[title][start:end] for title, start, end in places}
    asked = tuple(
        Question(row["question"], (Target(name_of[row["title"], row["start"], row["end"]]),))
        for row in rows
        if row["half"] == half
    )
    return Collection(f"wiki, {half} half", _indexed(texts, work), asked)


def qa(part: str, work: Path) -> Collection:
    """The question pairs of ``../shared/qa``: each distinct context one document, several relevant to a question.

    Args:
        part: "train" or "dev".
        work: Folder for the documents and the index.
    """
    pairs: list[QuestionPair] = read_questions(SHARED / "qa" / f"wiki_qa_{part}.jsonl")
    name_of = {context: f"{at:04}.txt" for at, context in enumerate(dict.fromkeys(pair.context for pair in pairs))}
    targets: dict[str, dict[str, None]] = {}
    for pair in pairs:
        targets.setdefault(pair.question, {})[name_of[pair.context]] = None
    asked = tuple(Question(text, tuple(map(Target, names))) for text, names in targets.items())
    return Collection(f"qa, {part}", _indexed({name: text for text, name in name_of.items()}, work), asked)


def reports(name: str, folder: Path, questions: Path, work: Path, half: str = "") -> Collection:
    """Questions about reports, with the stretches that answer, as quotes or by offsets; follow-ups are left out."""
    index = _opened(folder, work)
    asked = []
    for line in questions.read_text("utf-8").splitlines():
        row = json.loads(line)
        if half and row["half"] != half:
            continue
        found = [_find(index, report, quote) for quote in row.get("evidence", ()) for report in row["reports"]]
        found += [Target(span["report"], span["start"], span["end"]) for span in row.get("spans", ())]
        targets = tuple(target for target in found if target is not None)
        if targets and not row["history"]:
            asked.append(Question(row["question"], targets))
    return Collection(name, index, tuple(asked))


def _find(index: Index, report: str, quote: str) -> Target | None:
    """Where a quote stands in a report, white space aside."""
    text = index.reports[report].text
    solid = [at for at, letter in enumerate(text) if not letter.isspace()]
    wanted = "".join(unicodedata.normalize("NFC", quote).split()).lower()
    at = "".join(text[place] for place in solid).lower().find(wanted)
    return Target(report, solid[at], solid[at + len(wanted) - 1] + 1) if at >= 0 else None


def _indexed(texts: dict[str, str], work: Path) -> Index:
    documents = work / "documents"
    documents.mkdir(parents=True)
    for name, text in texts.items():
        (documents / name).write_text(text, "utf-8")
    return _opened(documents, work)


def _opened(folder: Path, work: Path) -> Index:
    build(folder, work / "index", BUNDLED)
    index = store.read(work / "index")
    assert index is not None
    return index


def collections_to_learn_from(work: Path) -> list[Collection]:
    """The collections that weights are chosen on; needs ``../shared``."""
    dev = SHARED / "eval" / "dev_questions.jsonl"
    return [
        _bundled_reports(work),
        _unseen_reports("tune", work),
        reports("reports, published", SHARED / "reports", dev, work / "published"),
        qa("train", work / "train"),
        wiki("tune", work / "wiki-tune"),
    ]


def collections_to_measure(work: Path) -> list[Collection]:
    """The collections that figures are told of: all at hand but ``qa, train``, which the model was trained on."""
    if not SHARED.is_dir():
        return [_bundled_reports(work), _unseen_reports("tune", work), _unseen_reports("hold", work)]
    learned_from = [collection for collection in collections_to_learn_from(work) if collection.name != "qa, train"]
    return [*learned_from, _unseen_reports("hold", work), qa("dev", work / "dev"), wiki("hold", work / "wiki-hold")]


def _bundled_reports(work: Path) -> Collection:
    questions = ROOT / "tests" / "bundled_questions.jsonl"
    return reports("reports, bundled", ROOT / "reports", questions, work / "bundled")


def _unseen_reports(half: str, work: Path) -> Collection:
    folder = ROOT / "benchmarks" / "unseen" / "reports"
    questions = folder.with_name("questions.jsonl")
    return reports(f"reports, unseen, {half} half", folder, questions, work / f"unseen-{half}", half)
