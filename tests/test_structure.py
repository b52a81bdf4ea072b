"""The import graph is a line, each library is behind one door, and nothing is pickled."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    [ROOT / "app.py"]
    + [path for folder in ("assistant", "index", "prompts", "tiktoken_ext") for path in (ROOT / folder).rglob("*.py")]
)
IMPORTS = {
    path.relative_to(ROOT).as_posix(): {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    for path in SOURCES
}


def users(*modules: str) -> set[str]:
    return {path for path, imported in IMPORTS.items() if imported & set(modules)}


def test_the_index_never_imports_the_assistant() -> None:
    assert {path for path in users("assistant", "app") if path.startswith("index/")} == set()
    assert {path for path in users("index") if path.startswith("assistant/")} != set()


@pytest.mark.parametrize(
    ("module", "door"),
    [
        ("faiss", r"index/dense\.py"),
        ("sentence_transformers", r"index/models\.py"),
        ("bm25s", r"index/lexical\.py"),
        ("tiktoken", r"index/tokens\.py"),
        ("lxml", r"index/formats/.*"),
        ("justext", r"index/formats/read_html\.py"),
        ("docx", r"index/formats/.*"),
        ("pypdfium2", r"index/formats/.*"),
        ("pytesseract", r"index/formats/ocr\.py"),
        ("gradio", r"app\.py|assistant/ui/.*"),
        ("langchain_core", r"assistant/(chain|chat\w*|runnable)\.py"),
        ("langchain", r"assistant/chat_open\.py"),
    ],
)
def test_a_library_is_imported_behind_its_door_only(module: str, door: str) -> None:
    found = users(module)
    assert [path for path in found if not re.fullmatch(door, path)] == []
    assert found


def test_only_the_edges_read_the_environment() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if re.search(r"os\.environ\b|os\.getenv\b", path.read_text("utf-8"))
    }
    assert {path for path in readers if not path.startswith("assistant/ui/")} == set()


def test_nothing_is_pickled_and_nothing_dangerous_is_allowed() -> None:
    dangerous = re.compile(r"allow_pickle\s*=\s*True|allow_dangerous|trust_remote_code\s*=\s*True|\beval\(|\bexec\(")
    assert users("pickle", "cloudpickle", "dill", "joblib", "marshal", "shelve") == set()
    assert [path.name for path in SOURCES if dangerous.search(path.read_text("utf-8"))] == []
