import ast
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.formats.converted import UnreadableFileError
from index.formats.kinds import Kind
from index.prepare import prepare
from index.sandbox import limits, sandbox
from index.sandbox.frames import BrokenFrameError, Frame, receive, send
from index.sandbox.sandbox import Sandbox
from index.sandbox.told import Raw
from index.types import LoadedText
from tests.report_files import FILES, LINES, docx_of, page_of_web, text_of, zip_of

PDF = (FILES / "two-pages.pdf").read_bytes()
ROOT = Path(__file__).parents[1]
FRAMES = f"import sys, time, os; sys.path.insert(0, {str(ROOT)!r})\nfrom index.sandbox.frames import *\n"


@pytest.fixture
def box():
    made = Sandbox()
    yield made
    made.close()


def playing(tmp_path: Path, code: str, seconds: float = 20.0, **limits: float) -> Sandbox:
    """A sandbox whose process does what a test says."""
    script = tmp_path / "child.py"
    script.write_text(FRAMES + code, "utf-8")
    return Sandbox((sys.executable, str(script)), seconds=seconds, **limits)


def loaded(text: str, pages: tuple[int, ...] = ()) -> LoadedText:
    return LoadedText("a.txt", text, hashlib.sha256(text.encode()).hexdigest(), pages)


def test_files_of_every_format_are_read_by_one_process(box: Sandbox) -> None:
    (text,) = box.convert(Kind.DOCX, docx_of()).parts
    assert text.split("\n\n") == [f"# {LINES[0]}", *LINES[1:]]
    process = box._process
    assert box.convert(Kind.HTML, page_of_web().encode()).parts == (text,)
    assert len(box.convert(Kind.PDF, PDF).parts) == 3
    assert box._process is process


def test_a_reason_comes_back_and_the_process_goes_on(box: Sandbox) -> None:
    with pytest.raises(UnreadableFileError, match=r"^tệp Word hỏng hoặc không đầy đủ$"):
        box.convert(Kind.DOCX, b"PK\x03\x04")
    process = box._process
    assert box.convert(Kind.HTML, "<p>Sở họp.</p>".encode()).parts == ("Sở họp.",)
    assert box._process is process


def test_the_members_of_an_archive_are_read_one_by_one(box: Sandbox) -> None:
    data = zip_of({"a.docx": docx_of(), "b.txt": text_of(), "c.html": page_of_web(), "d.pdf": PDF, "e.exe": "x"})
    with box.archive(data) as archive:
        a, b, c, d, e = archive.members
        docx, plain, web, pdf = (archive.read(member) for member in (a, b, c, d))
        with pytest.raises(UnreadableFileError, match=r"^định dạng chưa được đọc"):
            archive.read(e)
    assert docx.parts[0].startswith(f"# {LINES[0]}")
    assert plain == Raw(Kind.TEXT, text_of().encode())
    assert web == Raw(Kind.HTML, page_of_web().encode())
    assert (len(pdf.parts), pdf.paged) == (3, True)


def test_a_process_that_died_meanwhile_is_replaced_unnoticed(box: Sandbox) -> None:
    box.convert(Kind.HTML, "<p>Sở họp.</p>".encode())
    box._process.kill()
    box._process.wait()
    assert box.convert(Kind.HTML, "<p>Sở họp.</p>".encode()).parts == ("Sở họp.",)


def test_many_threads_get_each_their_own_text(box: Sandbox) -> None:
    def text(number: int) -> str:
        return box.convert(Kind.HTML, f"<p>Có {number} trạm.</p>".encode()).parts[0]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(text, range(60))) == [f"Có {number} trạm." for number in range(60)]


# --- limits


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    code = (
        "asked = receive(sys.stdin.buffer, 10**9)\n"
        "if asked.body == b'slow': time.sleep(600)\n"
        "send(sys.stdout.buffer, Frame({'parts': [2], 'paged': False}, b'ok'))\n"
    )
    box = playing(tmp_path, code, seconds=1.0)
    start = time.monotonic()
    with pytest.raises(UnreadableFileError, match=r"^đọc quá 1 giây: tệp quá lớn, hoặc là tệp phá hoại; hãy chia nhỏ$"):
        box.convert(Kind.PDF, b"slow")
    assert time.monotonic() - start < 10
    assert box.convert(Kind.PDF, b"good").parts == ("ok",)
    box.close()


def test_a_process_that_does_not_read_what_it_is_sent_is_given_up(tmp_path: Path) -> None:
    box = playing(tmp_path, "time.sleep(600)\n", seconds=1.0)
    with pytest.raises(UnreadableFileError, match=r"^đọc quá 1 giây"):
        box.convert(Kind.PDF, b"x" * 5_000_000)
    box.close()


@pytest.mark.parametrize(
    "code",
    [
        "os._exit(1)",
        "os.abort()",
        "sys.stdout.buffer.write(b'x' * 15)",
        "sys.stdout.buffer.write(b'\\xff' * 100)",
        "sys.stdout.buffer.write(b'\\0' * 16)",
        "receive(sys.stdin.buffer, 10**9); send(sys.stdout.buffer, Frame({'parts': 'x'}))",
        "receive(sys.stdin.buffer, 10**9); send(sys.stdout.buffer, Frame({'parts': [-1]}))",
    ],
    ids=["exit", "abort", "short", "huge length", "empty head", "no list", "negative"],
)
def test_a_process_that_dies_or_talks_nonsense_is_told(tmp_path: Path, code: str) -> None:
    box = playing(tmp_path, code)
    with pytest.raises(UnreadableFileError, match=r"^làm hỏng chương trình đọc, có thể là tệp phá hoại$"):
        box.convert(Kind.PDF, b"x")
    box.close()


def test_after_some_deadly_members_the_others_of_an_archive_are_not_tried(tmp_path: Path) -> None:
    code = (
        "while True:\n"
        " asked = receive(sys.stdin.buffer, 10**9)\n"
        " if asked.head.get('archive') != 'open': os._exit(1)\n"
        " send(sys.stdout.buffer, Frame({'members': [[n, f'{n}.pdf', ''] for n in range(6)]}))\n"
    )
    box = playing(tmp_path, code, max_deaths=limits.MAX_DEATHS)
    told = []
    with box.archive(b"x") as archive:
        for member in archive.members:
            with pytest.raises(UnreadableFileError) as caught:
                archive.read(member)
            told.append(str(caught.value))
    deadly, rest = "làm hỏng chương trình đọc, có thể là tệp phá hoại", "không đọc: tệp nén có nhiều tệp phá hoại"
    assert told == [deadly] * limits.MAX_DEATHS + [rest] * (6 - limits.MAX_DEATHS)
    box.close()


def test_all_members_of_an_archive_together_get_so_much_time(tmp_path: Path) -> None:
    code = (
        "while True:\n"
        " asked = receive(sys.stdin.buffer, 10**9)\n"
        " if asked.head.get('archive') != 'open': time.sleep(0.4)\n"
        " send(sys.stdout.buffer, Frame({'members': [[n, f'{n}.pdf', ''] for n in range(6)], 'parts': [0]}))\n"
    )
    box = playing(tmp_path, code, whole_seconds=30.0)
    with box.archive(b"x") as archive:
        assert archive.read(archive.members[0]).parts == ("",)
        assert box._seconds_left < 29.7
        box._seconds_left = 0.0
        with pytest.raises(UnreadableFileError, match=r"^không đọc: tệp nén cần quá nhiều thời gian; hãy chia nhỏ$"):
            archive.read(archive.members[1])
    box.close()


def test_all_members_of_an_archive_together_may_tell_so_much(tmp_path: Path) -> None:
    code = (
        "while True:\n"
        " asked = receive(sys.stdin.buffer, 10**9)\n"
        " send(sys.stdout.buffer, Frame({'members': [[n, f'{n}.pdf', ''] for n in range(6)], 'parts': [3]}, b'abc'))\n"
    )
    box = playing(tmp_path, code, max_told=7)
    with box.archive(b"x") as archive:
        assert archive.read(archive.members[0]).parts == ("abc",)
        archive.read(archive.members[1])
        with pytest.raises(UnreadableFileError, match=r"^không đọc: tệp nén chứa quá nhiều chữ và số liệu"):
            archive.read(archive.members[2])
    box.close()


def test_an_archive_is_opened_anew_by_a_process_that_took_the_place_of_one_that_ended(box: Sandbox) -> None:
    with box.archive(zip_of({"a.docx": docx_of(), "b.txt": text_of()})) as archive:
        docx, plain = archive.members
        archive.read(plain)
        box._process.kill()
        box._process.wait()
        assert archive.read(docx).parts[0].startswith(f"# {LINES[0]}")


# --- what is made of a text


def test_a_text_is_read_as_it_would_be_here(box: Sandbox) -> None:
    for path in (ROOT / "reports").glob("*.md"):
        text = loaded(path.read_text("utf-8"), (0, 100))
        assert box.prepare(text) == prepare(text)


def test_a_text_without_a_word_is_told(box: Sandbox) -> None:
    with pytest.raises(UnreadableFileError, match=r"^không có nội dung$"):
        box.prepare(loaded("!!!"))


def test_the_report_alone_is_made_as_it_would_be_here(box: Sandbox) -> None:
    text = loaded((ROOT / "reports" / "dak-nong-2023.md").read_text("utf-8"))
    assert box.describe(text) == prepare(text).report


def test_a_text_that_takes_too_long_is_given_up(box: Sandbox) -> None:
    box.prepare(loaded("Sở họp."))  # started
    box._seconds = 0.5
    with pytest.raises(UnreadableFileError, match=r"^đọc quá 0 giây: tệp quá lớn"):
        box.prepare(loaded("Có 1.167 trạm, " * 100_000))
    box._seconds = 30
    assert box.prepare(loaded("Sở họp.")) == prepare(loaded("Sở họp."))


def test_what_is_no_report_is_told(tmp_path: Path) -> None:
    code = (
        "while True:\n"
        " receive(sys.stdin.buffer, 10**9)\n"
        " send(sys.stdout.buffer, Frame({}, b'nonsense'))\n"
    )  # fmt: skip
    with playing(tmp_path, code) as box:
        with pytest.raises(UnreadableFileError, match=r"^làm hỏng chương trình đọc, có thể là tệp phá hoại$"):
            box.prepare(loaded("Sở họp."))
        assert box._process.poll() is None  # the answer was told by it, not by its death


def test_a_fault_of_the_program_is_logged_without_what_the_file_holds(caplog: pytest.LogCaptureFixture) -> None:
    code = (
        "from index import prepare\n"
        "def faulty(loaded): raise KeyError(loaded.text)\n"
        "prepare.prepare = faulty\n"
        "from index.sandbox import child; child.main()"
    )
    with Sandbox((sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}")) as box:
        with pytest.raises(UnreadableFileError, match=r"^làm hỏng chương trình đọc"):
            box.prepare(loaded("Lời khai mật."))
        process = box._process
        assert box.convert(Kind.HTML, "<p>Sở họp.</p>".encode()).parts == ("Sở họp.",)
        assert box._process is process
    assert "KeyError" in caplog.text
    assert "faulty" not in caplog.text
    assert "Lời khai" not in caplog.text


def test_a_program_changed_meanwhile_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "code_digest", lambda: "an earlier version")
    with Sandbox() as box, pytest.raises(UnreadableFileError, match=r"^chương trình đã được cập nhật khi đang chạy"):
        box.prepare(loaded("Sở họp."))


# --- memory


@pytest.mark.skipif(os.name != "posix", reason="only time is limited there")
def test_memory_is_limited(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "from index.sandbox import child\n"
        "child._limit_memory()\n"
        "try:\n data = bytearray(3 * 10**9)\nexcept MemoryError:\n print('limited')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "limited\n"


def test_a_file_larger_than_may_be_sent_starts_no_process(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_SENT", 1_000_000)
    with pytest.raises(UnreadableFileError, match=r"^lớn hơn 1 MB$"):
        box.convert(Kind.PDF, b"x" * 1_000_001)
    assert box._process is None


def test_a_file_of_too_much_text_is_refused(box: Sandbox) -> None:
    page = f"<p>{'Sở họp. ' * 1_000}</p>".encode() * 2_000
    assert len(page) > limits.MAX_TEXT
    with pytest.raises(UnreadableFileError, match=r"^chứa hơn 20 MB chữ; hãy chia nhỏ tệp$"):
        box.convert(Kind.HTML, page)


def test_a_folder_somebody_works_in_lends_the_process_no_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lxml.py", "json.py", "index.py"):
        (tmp_path / name).write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    box = Sandbox()
    assert box.convert(Kind.HTML, "<p>Sở họp.</p>".encode()).parts == ("Sở họp.",)
    box.close()


def test_a_process_without_a_parent_ends() -> None:
    parent = subprocess.run(
        [
            sys.executable, "-c",
            "import os; from index.sandbox.sandbox import Sandbox; from index.formats.kinds import Kind\n"
            "box = Sandbox(); box.convert(Kind.HTML, b'<p>a b c</p>')\n"
            "print(box._process.pid, flush=True); os._exit(0)",
        ],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(int(parent.stdout), 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{parent.stdout.strip()}/stat").exists():
            state = Path(f"/proc/{parent.stdout.strip()}/stat").read_text().rpartition(") ")[2][:1]
            if state == "Z":  # ended, and nobody here to bury it
                return
        time.sleep(0.05)
    pytest.fail("the process goes on")


def test_closing_twice_and_using_again_is_fine(box: Sandbox) -> None:
    box.close()
    box.close()
    assert box.convert(Kind.HTML, "<p>Sở họp.</p>".encode()).parts == ("Sở họp.",)


# --- messages


def test_a_message_comes_as_it_was_sent() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb") as sink:
        frame = Frame({"a": "Sở \ud800", "b": [1, None]}, bytes(range(256)))
        thread = threading.Thread(target=send, args=(sink, frame))
        thread.start()
        assert receive(source, 10_000) == frame
        thread.join()


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 15, b"\0" * 7 + b"\5" + b"\0" * 8 + b"nojso", b"\0" * 7 + b"\2" + b"\0" * 8 + b"[]"]
)
def test_what_is_no_message_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    with (tmp_path / "a").open("rb") as file, pytest.raises(BrokenFrameError, match=r"stream ended|no JSON|no object"):
        receive(file, 1000)


def test_a_message_longer_than_may_be_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\0" * 8 + b"\xff" * 8)
    with (tmp_path / "a").open("rb") as file, pytest.raises(BrokenFrameError, match="more than 1000"):
        receive(file, 1000)


def test_no_module_of_the_formats_pickles_or_forks() -> None:
    for path in Path(sandbox.__file__).parent.glob("*.py"):
        names = {
            name.name if isinstance(node, ast.Import) else node.module or ""
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in node.names
        }
        assert not {name.partition(".")[0] for name in names} & {"pickle", "multiprocessing", "concurrent", "shelve"}
    assert json.loads(json.dumps({"a": 1})) == {"a": 1}


def test_the_libraries_that_parse_are_loaded_in_the_other_process_only() -> None:
    code = "import sys, assistant, index.load, index.report, assistant.upload_add; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    parsers = {"lxml", "docx", "justext", "pypdfium2", "pypdfium2_raw", "pytesseract", "PIL"}
    assert {name.partition(".")[0] for name in done.stdout.split()} & parsers == set()


@pytest.mark.skipif(os.name != "posix", reason="Windows cannot wait for a pipe")
def test_a_process_that_nobody_needs_ends_by_itself() -> None:
    code = "from index.sandbox import child; child.IDLE_SECONDS = 0.1; child.main()"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as idle:
        assert idle.wait(20) == 0
