"""What is fuzzed: a function of bytes for each thing that reads what strangers wrote; see ``tests.fuzz.run``.

A target lets the errors pass that its docstrings name. Whatever else it raises, and whatever takes longer than SECONDS,
is a fault. Converters run in this process, not in the sandbox, so that faults are seen.
"""

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from assistant.answer_file import parse_answers
from assistant.batch_file import read_batch
from assistant.decoding import AnswerFileError, parse_json
from assistant.passwords import Cost, hash_password
from assistant.receipt import NAME, as_json, digest_of, receipt_of, written
from assistant.receipt_file import read_receipt
from assistant.receipt_page import as_html, page
from assistant.types import Answer, Check, Citation
from assistant.users_file import Role, User, UsersFileError, as_text, read_users
from index.clean import find_content
from index.errors import QuestionError
from index.formats.charsets import decode_html
from index.formats.converted import Converted, ScanError, UnreadableFileError
from index.formats.encodings import decode, mend
from index.formats.kinds import HEAD_BYTES, kind_of
from index.formats.read_docx import read_docx
from index.formats.read_html import read_html
from index.formats.read_pdf import read_pdf
from index.formats.read_zip import members_of, open_archive, unpack
from index.numbers import find_quantities, in_vietnamese_form
from index.prepare import report_of
from index.types import LoadedText
from index.words import nfc, words
from tests.fuzz.places import check_report
from tests.report_files import FILES, LINES, docx_of, page_of_web, text_of, zip_of

SECONDS = 5
"""Of the processor, for one input."""
FOUND = Path(__file__).parent / "found"
"""Inputs that once were faults, in a folder for each target; ``tests.test_fuzz_found`` replays them."""
_LONG = 50_000
_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels", "word/_rels/document.xml.rels")


@dataclass(frozen=True)
class Target:
    """One thing that is fuzzed.

    Attributes:
        run: Takes an input; raises for a fault.
        seeds: Inputs to begin with.
    """

    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


# --- texts


def _text(data: bytes) -> str:
    """A text as loaders give it."""
    return nfc(data.decode("utf-8", "replace"))


def _report(data: bytes) -> None:
    with suppress(UnreadableFileError):
        text = _text(data)
        check_report(report_of(LoadedText("a.txt", text, hashlib.sha256(text.encode()).hexdigest())))


def _repeated(data: bytes) -> None:
    """Texts of one stretch over and over: what takes time by the square of the length shows here."""
    part = _text(data[:200])
    if part:
        text = part * (_LONG // len(part))
        find_content(text)
        find_quantities(text)
        words(text)
        _report(text.encode())


def _numbers(data: bytes) -> None:
    text = _text(data)
    last = 0
    for quantity in find_quantities(text):
        assert last <= quantity.start < quantity.end <= len(text), quantity
        assert 0 <= quantity.precision_start <= quantity.start, quantity
        last = quantity.end
    in_vietnamese_form(text)
    last = 0
    for word in words(text):
        assert last <= word.start < word.end <= len(text), word
        last = word.end


# --- files of reports


def _encodings(data: bytes) -> None:
    for form in (decode, decode_html):
        with suppress(UnreadableFileError):
            nfc(mend(form(data))).encode("utf-8", "replace")


def _convert(converter: Callable[[bytes], Converted], data: bytes) -> None:
    with suppress(UnreadableFileError, ScanError):
        converted = converter(data)
        assert converted.paged or len(converted.parts) == 1
        "".join(converted.parts).encode("utf-8", "replace")


def _html(data: bytes) -> None:
    _convert(lambda given: read_html(given.decode("utf-8", "replace")), data)


def _pdf(data: bytes) -> None:
    _convert(read_pdf, data)


def _docx(data: bytes) -> None:
    """A whole file, or after a small first byte a part of one: CRCs keep mutations out of the parts."""
    if data and data[0] < len(_PARTS):
        data = _with_part(_PARTS[data[0]], data[1:])
    _convert(read_docx, data)


def _with_part(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part, kept in (_DOCX_PARTS | {name: content}).items():
            archive.writestr(part, kept)
    return file.getvalue()


def _zip(data: bytes) -> None:
    with suppress(UnreadableFileError):
        archive = open_archive(data)
        for member in members_of(archive):
            json.dumps([member.position, member.name, member.reason], ensure_ascii=False).encode()
            if not member.reason:
                with suppress(UnreadableFileError):
                    kind_of(PurePosixPath(member.name).suffix.lower(), unpack(archive, member)[:HEAD_BYTES])


# --- files of answers, questions and users


def _answers(data: bytes) -> None:
    with suppress(AnswerFileError):
        parse_answers(data.decode("utf-8", "replace"))


def _receipts(data: bytes) -> None:
    """A file, and one with its digest made anew: else nothing but the digest would be tried."""
    text = data.decode("utf-8", "replace")
    with suppress(AnswerFileError):
        read_receipt(text)
    with suppress(AnswerFileError):
        body = parse_json(text)
        if isinstance(body, Mapping):
            body = {**body, "receipt": NAME, "version": 1}
            sealed = {**body, "digest": digest_of(body)}
            receipt = read_receipt(written(sealed))
            assert read_receipt(page(receipt, sealed)) == receipt


@contextmanager
def _file(data: bytes) -> Iterator[Path]:
    _SCRATCH.write_bytes(data)
    yield _SCRATCH


def _questions(data: bytes) -> None:
    with suppress(QuestionError), _file(data) as path:
        read_batch(path)


def _users(data: bytes) -> None:
    with suppress(UsersFileError), _file(data) as path:
        users = read_users(path)
        path.write_text(as_text(users), "utf-8")
        assert read_users(path) == users


# --- seeds


def _small_pdf() -> bytes:
    """A PDF whose streams are not packed, so that mutations reach what is in them."""
    content = b"BT /F1 12 Tf 72 700 Td (Ha Giang co 1.742 tram BTS) Tj 0 -20 Td (Doanh thu 61,5 ty dong) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, held) for number, held in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + numbered + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


_STYLES = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"""


def _parts_of(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if "thumbnail" not in name}


_SCRATCH = Path(tempfile.mkdtemp()) / "scratch.txt"
_SCRATCH.touch(mode=0o600)
_DOCX_PARTS = _parts_of(docx_of()) | {"word/styles.xml": _STYLES.encode()}
_FRONT = "---\ntitle: Sơn La tổng kết\nprovince: Sơn La\nyear: 2022\npublished: 2023-01-09\n---\n\n"
_TABLE = "# Kết quả\n\n| Chỉ tiêu | 2022 | Kế hoạch 2023 |\n|---|---|---|\n| Trạm BTS | 1.742 | 1.900 |\n"
_CHROME = (
    "Trang chủ » Tin tức » Sự kiện\nLượt xem: 2.597\nNgày 15/01/2023, chiều 9/1\nTin liên quan\nTheo: hagiang.gov.vn\n"
)
_FIGURES = (
    "Gần 4.600 hồ sơ, đạt 99,29%; xếp thứ 3/63, thứ ba; gấp 1,5 lần; 3.311 tỷ đồng; 8,6 tỷ USD; 18/25 xã; "
    "1 234 567 người từ 15 tuổi; mười hai trạm; từ ngày 1 đến 5/12/2022; quý IV/2022; 14h30; giai đoạn 2021-2025."
)
_TEXTS = tuple(text.encode() for text in (text_of(), _FRONT + _TABLE, _CHROME + text_of() + _CHROME, _FIGURES))
_ENCODED = (
    *(text_of().encode(name) for name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")),
    "Tỉnh Hà Giang có hồ sơ".encode("cp1258", "ignore"),
    "Së Th«ng tin vµ TruyÒn th«ng tØnh Hµ Giang".encode("latin-1"),
    "Sôû Thoâng tin vaø Truyeàn thoâng tænh Haø Giang".encode("cp1252"),
    b"<meta charset=windows-1258>" + text_of().encode("utf-16-le"),
)
_GRID = "<table><tr><td rowspan=2>a<td colspan=3>b|c<tr><th>1.742<tr><td><ol><li>x<li>y<br>z</ol></table>"
_PAGES = (page_of_web().encode(), page_of_web((*LINES, _GRID), "<base href='http://hagiang.gov.vn/'>").encode())
_CITED = Citation(1, "a.txt", "Tổng kết", "Hà Giang", 2022, "Báo", 3, 9, "1.742 trạm", "c0ffee")
_ANSWER = Answer("Hỏi?", "905 [1]", "answered", (_CITED,), (Check("905", 0, 3, True, "có"),), (_CITED,), "llm", 2.5)
_RECEIPT = receipt_of(_ANSWER, {}, datetime(2023, 1, 9, tzinfo=UTC))
_SAVED = json.dumps({"id": 1, **_ANSWER.to_dict()}, ensure_ascii=False).encode()
_ASKED = '{"id": 1, "question": "Hỏi?", "history": [{"role": "user", "content": "a"}]}\n'.encode()
_HASHED = hash_password("đúng ngựa pin ghim", "", Cost(1, 1, 1))

TARGETS: Mapping[str, Target] = {
    "encodings": Target(_encodings, (*_TEXTS, *_ENCODED)),
    "html": Target(_html, _PAGES),
    "docx": Target(
        _docx, (zip_of(_DOCX_PARTS), *(bytes([number]) + _DOCX_PARTS[name] for number, name in enumerate(_PARTS)))
    ),
    "pdf": Target(_pdf, (_small_pdf(), *(path.read_bytes() for path in sorted(FILES.glob("*.pdf"))))),
    "zip": Target(_zip, (zip_of({"a.txt": text_of(), "b/c.html": page_of_web()}), zip_of({"../x.md": "x"}))),
    "report": Target(_report, _TEXTS),
    "repeated": Target(_repeated, tuple(text[:200] for text in _TEXTS)),
    "numbers": Target(_numbers, _TEXTS),
    "answers": Target(_answers, (_SAVED, _SAVED + b"\n" + _SAVED, b"[" + _SAVED + b"]")),
    "receipts": Target(_receipts, (as_json(_RECEIPT).encode(), as_html(_RECEIPT).encode())),
    "questions": Target(_questions, (_ASKED, _ASKED + _ASKED)),
    "users": Target(_users, (as_text((User("văn-thư", Role.USER, _HASHED),)).encode(),)),
}
