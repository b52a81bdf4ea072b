"""The wheel holds what answering needs, and answers where nothing else of the project is."""

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
PACKAGES = ("assistant", "index", "prompts", "tiktoken_ext")
QUESTION = "Tổng số trạm BTS của Lai Châu là bao nhiêu?"


def run(*command: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ASSISTANT_"))}
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd, env=kept | environment, capture_output=True, encoding="utf-8", timeout=550, check=False,
    )  # fmt: skip


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it, and a folder to work in that is not the project's."""

    bin: Path
    folder: Path

    def run(self, name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        done = run(self.bin / name, *arguments, cwd=self.folder, HOME=str(self.folder))
        assert done.returncode == 0, done.stderr
        return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an empty environment; its dependencies are installed too when CI is set, else borrowed."""
    folder = tmp_path_factory.mktemp("installed")
    venv = folder / "venv"
    assert run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=folder).returncode == 0
    python = venv / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-compile"]
    pip += ["--disable-pip-version-check"]
    if os.environ.get("CI") and _registry_answers(folder):
        done = run(*pip, "--constraint", ROOT / "requirements.lock", wheel, cwd=folder)
    else:
        done = run(*pip, "--no-deps", "--no-index", wheel, cwd=folder)
        (site,) = (venv / "lib").glob("python*/site-packages")
        # a path file read from here is not searched for path files of its own: the editable project stays out
        (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "work").mkdir()
    return Installed(venv / "bin", folder / "work")


def _registry_answers(folder: Path) -> bool:
    asked = run(sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", folder, "tqdm", cwd=folder)
    return asked.returncode == 0


def test_the_wheel_holds_the_packages_and_nothing_else(names: set[str]) -> None:
    assert {name.partition("/")[0] for name in names} == {*PACKAGES, f"hoi_dap_bao_cao-{VERSION}.dist-info"}


def test_the_wheel_holds_every_file_of_the_packages(names: set[str]) -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files - names == set()


@pytest.mark.parametrize(
    "name",
    [
        "index/embedding_model/model.safetensors",
        "index/embedding_model/tokenizer.json",
        "index/embedding_model/modules.json",
        "index/embedding_model/config_sentence_transformers.json",
        "index/vocabulary.tiktoken",
        "index/syllables.tsv",
        "tiktoken_ext/hoi_dap_bao_cao.py",
        "prompts/__init__.py",
        "assistant/ui/style.css",
    ],
)
def test_the_wheel_holds_what_is_read_at_run_time(names: set[str], name: str) -> None:
    assert name in names


def test_the_wheel_holds_the_bundled_reports(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        bundled = {
            Path(name).name: archive.read(name)
            for name in archive.namelist()
            if name.startswith("assistant/bundled_reports/")
        }
    assert bundled == {path.name: path.read_bytes() for path in (ROOT / "reports").iterdir()}


def test_the_chat_and_the_tests_stay_out_of_the_wheel(names: set[str]) -> None:
    assert [name for name in names if name.endswith("app.py") or name.startswith(("tests", "training"))] == []


def test_the_installed_package_is_the_wheels_own(installed: Installed) -> None:
    done = installed.run("python", "-c", "import assistant, index; print(assistant.__file__, index.__path__[0])")
    assert [Path(path).is_relative_to(installed.bin.parent) for path in done.stdout.split()] == [True, True]


def test_the_installed_command_answers_about_reports_of_ones_own(installed: Installed, small_reports: Path) -> None:
    done = installed.run("assistant", "ask", QUESTION, "--json", "--reports", small_reports, "--index", "index")
    answer = json.loads(done.stdout)
    assert answer["status"] == "answered"
    assert "905" in answer["text"]
    (citation,) = answer["citations"]
    text = (small_reports / citation["report"]).read_text("utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert "thêm 2" in done.stderr


def test_the_installed_package_finds_its_bundled_reports_and_keeps_its_index_at_home(installed: Installed) -> None:
    code = "from assistant import Settings; s = Settings(); print(s.reports_dir, s.index_dir, sep='\\n')"
    reports, index = map(Path, installed.run("python", "-c", code).stdout.splitlines())
    assert reports.is_relative_to(installed.bin.parent)
    assert {path.name for path in reports.iterdir()} == {path.name for path in (ROOT / "reports").iterdir()}
    assert index == installed.folder / ".cache" / "hoi-dap-bao-cao"
