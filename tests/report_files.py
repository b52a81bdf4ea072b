"""Report files of every format, made by code, and hostile ones."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx

FILES = Path(__file__).parent / "files"
"""PDFs that need a browser or another program to be made."""
LINES = (
    "Sở Thông tin và Truyền thông Hà Giang tổng kết năm 2022",
    "Năm 2022, toàn tỉnh Hà Giang có 1.742 trạm BTS, phủ sóng tới 98,1% dân số của các huyện vùng cao biên giới.",
    "Doanh thu bưu chính ước đạt 61,5 tỷ đồng, tăng 4,2% so với năm 2021, nộp ngân sách nhà nước 3,1 tỷ đồng.",
    "Nguồn: Báo Hà Giang",
)


def text_of(lines: Sequence[str] = LINES) -> str:
    return "\n\n".join(lines) + "\n"


def docx_of(lines: Sequence[str] = LINES) -> bytes:
    document = docx.Document()
    document.add_heading(lines[0], 1)
    for line in lines[1:]:
        document.add_paragraph(line)
    return saved(document)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def page_of_web(lines: Sequence[str] = LINES, head: str = "") -> str:
    links = "".join(
        f'<li><a href="/{at}">Khai mạc lớp tập huấn kỹ năng số cho {at}00 cán bộ</a></li>' for at in range(1, 7)
    )
    body = "".join(f"<p>{line}</p>" for line in lines[1:])
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}<title>{lines[0]}</title></head><body>"
        f"<form><ul class='menu'><li><a href='/'>Trang chủ</a></li><li><a href='/v'>Văn bản</a></li></ul>"
        f"<div id='main'><h1>{lines[0]}</h1>{body}</div><h3>Tin liên quan</h3><ul>{links}</ul>"
        f"<p>© 2022 Bản quyền thuộc về Cổng thông tin điện tử</p></form></body></html>"
    )


def zip_of(members: Mapping[str, bytes | str]) -> bytes:
    """An archive of these members, the same bytes every time: tests are called by what they are given."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def with_size_in_directory(archive: bytes, size: int) -> bytes:
    """An archive of one member whose headers claim another size than it has."""
    data = bytearray(archive)
    central = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, size)
    struct.pack_into("<I", data, 22, size)
    return bytes(data)


def locked(archive: bytes) -> bytes:
    """An archive of one member that says it needs a password."""
    data = bytearray(archive)
    central = data.rindex(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    return bytes(data)
